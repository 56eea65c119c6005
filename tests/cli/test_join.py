"""Tests for the command ``join``."""

import json
import shutil

import pytest

from planlog.events import NewEvent, Noted, Prioritized, Proposed
from planlog.stores.checkpointfiles import checkpoints_folder, write_checkpoint
from planlog.trust.checkpoints import Checkpoint
from tests.cli.running import Folder
from tests.joining.folders import DAY, Plan, begun, laid_together


@pytest.fixture
def clones(empty: Folder) -> tuple[Folder, Plan]:
    """The plan here, and a clone beside it; both went on and have a checkpoint."""
    start = begun(empty.path / "start")
    shutil.copytree(start.path, empty.path, dirs_exist_ok=True)
    ours, theirs = Plan(empty.path), Plan(empty.path.parent / "theirs", "Büro")
    shutil.move(start.path, theirs.path)
    shutil.rmtree(empty.path / "start")
    ours.record(Prioritized(field="wohnen", ranking=("wohnen-1", "wohnen-2")), at=5)
    theirs.record(Prioritized(field="wohnen", ranking=("wohnen-2", "wohnen-1")), at=6)
    theirs.record(Noted(text="eins"), Noted(text="zwei"), at=7)
    theirs.checkpoint()
    return empty, theirs


class TestJoin:
    def test_other_folder(self, clones: tuple[Folder, Plan]) -> None:
        """It tells what came, under which name, which checkpoints, and what is odd since then."""
        ours, theirs = clones
        names = theirs.names
        ids = [ours.log.events()[4].id, theirs.log.events()[4].id]
        text = ours.do("join", str(theirs.path), "--lang", "en", env={"COLUMNS": "400"})
        order = Plan(ours.path).joined[0].name
        moved = [name[10:] for name in names[2:]]
        assert (
            "3 events came behind the 5 that were here\n"
            f"- {names[2]} → events/0000000005{moved[0]} (1 event)\n"
            f"- {names[3]} → events/0000000006{moved[1]} (2 events)\n"
            "\n"
            "Checkpoints of the other clone\n"
            f"- 0000000007.checkpoint: kept in checkpoints/joined/{order}, and planlog verify "
            "checks it\n"
            "\n"
            "What is odd since then\n"
            f"- prioritized ({ids[0]}) and prioritized ({ids[1]}), which came from different "
            "clones, set the same on one day: ranking of field 'wohnen' "
            f"(['wohnen-1', 'wohnen-2'] or ['wohnen-2', 'wohnen-1']); {ids[1]} counts because it "
            "stands behind: correct what is wrong, or one of the dates\n"
        ) == text
        assert 8 == ours.log.size

    def test_in_german(self, clones: tuple[Folder, Plan]) -> None:
        """It is told in German as well, and what would be done otherwise than what was."""
        ours, theirs = clones
        told = ours.do("join", str(theirs.path), "--dry-run", "--lang", "de")
        assert "3 Ereignisse kämen hinter die 5, die schon da sind\n" in told
        assert all(len(line) <= 80 for line in told.splitlines())
        assert "„priorisiert“" in told
        done = ours.do("join", str(theirs.path), "--lang", "de")
        assert "3 Ereignisse kamen hinter die 5, die schon da waren\n" in done
        assert told.partition("\n")[2] == done.partition("\n")[2]
        assert "nichts zu verbinden\n" == ours.do("join", "--lang", "de")

    def test_json(self, clones: tuple[Folder, Plan]) -> None:
        """Programs are told the same."""
        ours, theirs = clones
        events = [event.id for event in theirs.log.events()[4:]]
        told = json.loads(ours.do("join", str(theirs.path), "--format", "json"))
        assert ["planlog.join/1", False, 5, 8] == [
            told[key] for key in ("schema", "dry_run", "before", "size")
        ]
        assert [[events[0]], events[1:]] == [one["events"] for one in told["batches"]]
        assert [5, 6] == [one["position"] for one in told["batches"]]
        assert theirs.names[2:] == [one["from"] for one in told["batches"]]
        assert all(one["to"].startswith("events/") for one in told["batches"])
        assert [("0000000007.checkpoint", 7, "joined")] == [
            (one["from"], one["size"], one["fits"]) for one in told["checkpoints"]
        ]
        assert ["set-on-one-day"] == [one["code"] for one in told["odd"]]
        assert ([], [], []) == (told["known"], told["erased"], told["unsure"])
        assert told["all_orders_kept"]
        again = json.loads(ours.do("join", str(theirs.path), "--format", "json"))
        assert events == again["known"]

    def test_format_from_settings(self, clones: tuple[Folder, Plan]) -> None:
        """Where JSON is what somebody has set, it is what they get; else it is text."""
        ours, _ = clones
        assert ours.do("join", env={"PLANLOG_FORMAT": "json"}).startswith("{")
        assert "nothing to join\n" == ours.do("join", env={"PLANLOG_FORMAT": "csv"})

    def test_output(self, clones: tuple[Folder, Plan]) -> None:
        """The answer goes to a file if that is asked for."""
        ours, theirs = clones
        assert "" == ours.do("join", str(theirs.path), "-o", "joined.txt")
        assert "3 events came" in (ours.path / "joined.txt").read_text("utf-8")

    def test_merged_files(self, clones: tuple[Folder, Plan]) -> None:
        """What git merge left side by side is joined where it lies."""
        ours, theirs = clones
        merged = Folder(laid_together(Plan(ours.path), theirs, "../merged").path)
        told = merged.run("--log", str(merged.path), "show", "--lang", "en")
        assert 3 == told.code
        assert "run planlog join" in told.words
        done = merged.do("--log", str(merged.path), "join", "--ours", Plan(ours.path).names[-1])
        assert done.startswith("3 events came behind the 5 that were here\n")
        assert 8 == merged.log.size

    def test_files_of_either_branch(self, empty: Folder) -> None:
        """Files that could belong to either branch are named, with what makes it certain."""
        ours = begun(empty.path)
        theirs = Plan(ours.clone("theirs").path, ours.by)
        ours.note("unser", at=5)
        theirs.note("ihr", at=6)
        theirs.note("ihr", at=7)
        shutil.copytree(theirs.events, ours.events, dirs_exist_ok=True)
        told = json.loads(empty.do("--log", str(ours.path), "join", "--dry-run", "--format=json"))
        assert [f"events/{theirs.names[-1]}"] == told["unsure"]
        text = empty.do("--log", str(ours.path), "join", "--dry-run", "--lang", "en")
        assert (
            "Files that could belong to either branch\n"
            f"- events/{theirs.names[-1]}\n"
            "They go where they fit best, and every order that the events may have had is"
        ) in text
        other = Plan(ours.clone("other").path, ours.by)
        shutil.rmtree(other.events)
        shutil.copytree(theirs.events, other.events)
        (other.events / theirs.names[-1]).unlink()
        for hour in range(8, 14):
            theirs.note("ihr", at=hour)
            other.note("noch einer", at=hour)
        for plan in (theirs, other):
            shutil.copytree(plan.events, ours.events, dirs_exist_ok=True)
        text = empty.do("--log", str(ours.path), "join", "--lang", "de")
        assert "mehr Reihenfolgen gehabt haben" in " ".join(text.split())
        assert all(len(line) <= 80 for line in text.splitlines())

    def test_known_and_erased(self, clones: tuple[Folder, Plan]) -> None:
        """What was left out and what was erased is counted."""
        ours, theirs = clones
        same = NewEvent(event=Noted(text="beide"), id="00000000000000aa")
        for plan in (Plan(ours.path), theirs):
            plan.log.record_all([same], on=DAY, by="GWA")
        for event in theirs.log.events()[2:4]:
            theirs.log.erase(event.id, ground="DSGVO", on=DAY, by="Büro", uncovered=True)
        words = ours.refused("join", str(theirs.path), "--lang", "en")
        assert 2 == words.count("agree with --erase")
        text = ours.do("join", str(theirs.path), "--erase", "--lang", "en")
        assert "- 1 event of the other clone stood here already and was left out\n" in text
        assert (
            "- the texts of 2 events that were erased in the other clone are erased here as\n"
            "  well\n"
        ) in text

    def test_unfit_checkpoint(self, clones: tuple[Folder, Plan]) -> None:
        """A checkpoint that does not fit their log makes the exit code 1."""
        ours, theirs = clones
        wrong = Checkpoint("planlog/x", 6, bytes(32))
        write_checkpoint(checkpoints_folder(theirs.events), wrong.text, 6)
        outcome = ours.run("join", str(theirs.path), "--lang", "en")
        assert 1 == outcome.code
        assert "0000000006.checkpoint: not kept, since the other clone's log has" in outcome.data

    def test_many(self, clones: tuple[Folder, Plan]) -> None:
        """Of very many batches no more are listed than anybody reads."""
        ours, theirs = clones
        for number in range(5, 207):
            line = f'{{"v":1,"id":"{number:016x}","type":"noted","on":"{DAY}"'
            line += ',"recorded":"2023-04-02T08:00:00Z","by":"x","data":{"text":"x"}'
            line += ',"salt":"q7mJr0o0X0m7Jf3hQb6J1g"}'
            name = f"{number + 2:010d}-noted-0000.jsonl"
            (theirs.events / name).write_text(line + "\n")
        text = ours.do("join", str(theirs.path), "--dry-run", "--lang", "en")
        assert "- and 4 more\n" in text


class TestRefusals:
    def test_another_plan(self, clones: tuple[Folder, Plan]) -> None:
        """Another plan is refused."""
        ours, _ = clones
        other = begun(ours.path.parent / "other")
        assert "only clones of one plan" in ours.refused("join", str(other.path), "--lang", "en")

    def test_damage(self, clones: tuple[Folder, Plan]) -> None:
        """Damage of the other log is told with its folder; it cannot be read."""
        ours, theirs = clones
        (theirs.events / theirs.names[2]).unlink()
        words = ours.refused("join", str(theirs.path), code=3)
        assert f"{theirs.path}/events/{theirs.names[2]}" in words

    def test_ours_and_a_folder(self, clones: tuple[Folder, Plan]) -> None:
        """Which branch is ours is only asked where there are branches."""
        ours, theirs = clones
        words = ours.refused("join", str(theirs.path), "--ours", "x", "--lang", "en")
        assert "takes no --ours when FOLDER is given" in words

    def test_no_log(self, empty: Folder) -> None:
        """Without a log there is nothing to join to."""
        assert "no log at '.'" in empty.refused("join", code=3)

    def test_texts_that_steer_a_terminal(self, clones: tuple[Folder, Plan]) -> None:
        """What somebody wrote into the other log cannot steer a terminal."""
        ours, theirs = clones
        title = "\x1b[31mrot\u202e"
        for plan in (Plan(ours.path), theirs):
            plan.record(Proposed(measure="wohnen-9", title=title, field="wohnen"), at=9)
        text = ours.do("join", str(theirs.path), "--lang", "en")
        assert "both bring in measure" in text
        assert not {"\x1b", "\u202e"} & set(text)

    def test_no_clone(self, clones: tuple[Folder, Plan]) -> None:
        """Where the other clone is not, its folder is to be named, not that of the log."""
        ours, _ = clones
        words = ours.refused("join", "../nowhere", "--lang", "en", code=3)
        assert "no log at '../nowhere'; name the folder of another clone of the plan" in words

    def test_no_branches(self, clones: tuple[Folder, Plan]) -> None:
        """Where nothing lies side by side, nothing can be ours."""
        ours, _ = clones
        words = ours.refused("join", "--ours", "zz", "--lang", "en")
        assert "there are no branches of which one could be 'zz'" in words

    def test_idle(self, clones: tuple[Folder, Plan]) -> None:
        """What was odd is not told again where nothing is joined."""
        ours, theirs = clones
        assert "What is odd" in ours.do("join", str(theirs.path), "--lang", "en")
        assert "What is odd" not in ours.do("join", str(theirs.path), "--lang", "en")

    def test_lines_of_another_form(self, clones: tuple[Folder, Plan]) -> None:
        """Of a file that was written anew, one line is told, and who tells the rest."""
        ours, theirs = clones
        path = theirs.events / theirs.names[1]
        events = map(json.loads, path.read_bytes().splitlines())
        path.write_text("".join(json.dumps(one, indent=1) + "\n" for one in events))
        target = Plan(ours.path).events / theirs.names[1]
        target.write_bytes(path.read_bytes())
        told = ours.run("show", "--lang", "en")
        assert 3 == told.code
        assert "planlog verify tells what happened" in told.words
        words = ours.refused("join", "--lang", "en", code=3)
        assert 2 == len(words.splitlines())
        assert "more in this file; planlog verify tells what probably happened" in words
