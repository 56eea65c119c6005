"""``planlog verify``."""

import json
import shutil
from pathlib import Path

import pytest

from planlog import Checkpoint, Noted, Signer, Verdict, join
from planlog.render.verdict import render_verdict, verdict_json
from planlog.stores.checkpointfiles import write_checkpoint
from planlog.stores.joinedfiles import write_joined
from planlog.trust.merkle import root_of
from planlog.trust.notes import SignedNote
from planlog.trust.orders import Order
from planlog.trust.spoken import spoken
from planlog.verification.erasures import ErasedText
from planlog.wording import words_for
from tests.cli.running import Folder
from tests.cli.test_hostile import ATTACK, assert_harmless

SIGNER = Signer("gwa.example", bytes(range(32)))


def checkpoint(plan: Folder, size: int | None = None) -> Checkpoint:
    """What the log is at a size."""
    return plan.log.checkpoint(size)


def keep(plan: Folder, text: str, size: int) -> None:
    """Write a checkpoint beside the log."""
    write_checkpoint(plan.path / "checkpoints", text, size)


@pytest.fixture
def kept(plan: Folder) -> Folder:
    """The small plan, with a checkpoint over seven of its eight events."""
    keep(plan, checkpoint(plan, 7).text, 7)
    return plan


def event_file(plan: Folder, number: int) -> Path:
    """One of the files of events, from 0."""
    return sorted((plan.path / "events").glob("*.jsonl"))[number]


class TestVerdicts:
    def test_cannot_tell(self, plan: Folder) -> None:
        """Without a checkpoint it says that it cannot tell, and exits with 4."""
        outcome = plan.run("verify", "--lang", "en")
        assert 4 == outcome.code
        assert outcome.data.startswith("Cannot tell: there is no checkpoint")
        assert "" == outcome.words

    def test_own_only(self, kept: Folder) -> None:
        """Agreement with what lies in the same folder is called just that, in both languages."""
        outcome = kept.run("verify", "--lang", "en")
        assert 0 == outcome.code
        said = " ".join(outcome.data.split())
        assert "whoever keeps the folder could have rewritten both" in said
        assert "checkpoints/0000000007.checkpoint 7 its own fits" in said
        assert "in no checkpoint 1" in said
        german = " ".join(kept.do("verify", "--lang", "de").split())
        assert "wer den Ordner führt, könnte beides neu geschrieben haben" in german

    @pytest.mark.parametrize(
        "file", ["checkpoints/0000000007.checkpoint", "way", "checkpoints/joined/x/minutes.txt"]
    )
    def test_own_given_as_from_outside(self, kept: Folder, file: str) -> None:
        """What is kept with the log vouches for nothing, however it is named."""
        (kept.path / "way").symlink_to("checkpoints/0000000007.checkpoint")
        words = kept.refused("verify", "--checkpoint", file, "--lang", "en")
        assert f"'{file}' is kept with the log, so it is none from outside" in words

    def test_own_given_with_a_proof(self, kept: Folder, tmp_path: Path) -> None:
        """Nor does it vouch for a proof; elsewhere the same file may come from anybody."""
        own = "checkpoints/0000000007.checkpoint"
        kept.do("prove", kept.log.events()[0].id, "-o", "one.tlog-proof")
        files = ("--proof", "one.tlog-proof", "--line", "one.line")
        asked = ("verify", "--checkpoint", own, *files, "--lang", "en")
        assert "is kept with the log" in kept.refused(*asked)
        (kept.path / "events").rename(tmp_path / "elsewhere")
        kept.do(*asked)

    def test_verified(self, kept: Folder) -> None:
        """A checkpoint from outside verifies; what it covers and the root are told."""
        (kept.path / "minutes.txt").write_text(checkpoint(kept).text)
        said = " ".join(kept.do("verify", "--checkpoint", "minutes.txt", "--lang", "en").split())
        assert said.startswith("Verified: 8 of 8 events are exactly those")
        assert "minutes.txt 8 from outside fits" in said
        assert checkpoint(kept).text.split("\n")[2] in said

    def test_damaged(self, kept: Folder) -> None:
        """Damage is named with file and line, and exits with 1."""
        path = event_file(kept, 2)
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        outcome = kept.run("verify", "--lang", "en")
        assert 1 == outcome.code
        said = " ".join(outcome.data.split())
        assert "Damaged: the log or one of the checkpoints is not what it was" in said
        assert f"- certainly: events/{path.name}: line endings were changed" in said

    def test_damaged_event(self, kept: Folder) -> None:
        """Where an event is known it is named with it, here that with a single wrong bit."""
        path = event_file(kept, 3)
        id = kept.log.events()[3].id
        path.write_bytes(path.read_bytes().replace(b"Konferenz", b"Konferen{"))
        said = " ".join(kept.run("verify", "--lang", "de").data.split())
        assert "7 eigener stimmt nicht" in said
        assert f"mit Sicherheit: events/{path.name}:1: in Byte" in said
        assert f"(Ereignis {id})" in said

    def test_probable(self, plan: Folder) -> None:
        """What is only probable is called so."""
        path = event_file(plan, 2)
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        outcome = plan.run("verify", "--lang", "en")
        assert 1 == outcome.code
        assert "- probably: " in outcome.data

    def test_narrow(self, kept: Folder) -> None:
        """Every line fits the width that there is."""
        path = event_file(kept, 2)
        path.write_bytes(path.read_bytes()[:-9])
        for language in ("de", "en"):
            data = kept.run("verify", "--lang", language, env={"COLUMNS": "80"}).data
            assert max(map(len, data.splitlines())) <= 80

    def test_many(self, kept: Folder) -> None:
        """What happened again and again is told once, with the first places and how many more."""
        path = event_file(kept, 2)
        path.write_bytes(b"\n" * 300 + path.read_bytes())
        data = kept.run("verify", "--lang", "en", env={"COLUMNS": "1000"}).data
        place = f"events/{path.name}"
        assert f"- certainly: {place}:1: expected an event, got an empty line; " in data
        assert f"; the same in 299 more places, such as {place}:2, {place}:3\n" in data
        assert 1 == data.count("- certainly: ")
        assert 300 == len(json.loads(kept.run("verify", "--format", "json").data)["damages"])

    @pytest.mark.parametrize(("count", "told"), [(3, 3), (4, 1)])
    def test_few(self, kept: Folder, count: int, told: int) -> None:
        """What happened three times is told each time."""
        path = event_file(kept, 2)
        path.write_bytes(b"\n" * count + path.read_bytes())
        assert told == kept.run("verify", "--lang", "en").data.count("- certainly: ")

    def test_erased(self, kept: Folder) -> None:
        """What was erased is told, with the day, the person and the ground; at most ten of them."""
        ids = [event.id for event in kept.log.events()]
        kept.log.erase(ids[3], ground="Art. 17", on="2024-01-02", by="Amt")
        said = " ".join(kept.do("verify", "--lang", "en").split())
        assert "Texts erased 1 " in said
        told = (
            f"What was erased - event {ids[3]}: text erased on 2024-01-02 by Amt; ground: Art. 17"
        )
        assert said.endswith(told)
        german = " ".join(kept.do("verify", "--lang", "de").split())
        assert f"Was gelöscht wurde - Ereignis {ids[3]}: Text gelöscht am 2024-01-02 von" in german
        (erased,) = json.loads(kept.do("verify", "--format", "json"))["erased"]
        assert {
            "event": ids[3],
            "on": "2024-01-02",
            "by": "Amt",
            "ground": "Art. 17",
        } == erased

    def test_much_erased(self) -> None:
        """Of much that was erased the first ten are told."""
        texts = tuple(ErasedText(f"{i:016x}", None, "Amt", "Art. 17") for i in range(12))
        verdict = Verdict("cannot-tell", None, 12, bytes(32), 0, 12, (), (), texts)
        said = render_verdict(verdict, words=words_for("en"))
        assert 10 == said.count("text erased on day unknown by Amt")
        assert said.endswith("- and 2 more\n")
        assert [None] * 12 == [
            one["on"] for one in json.loads(verdict_json(verdict, words=words_for("en")))["erased"]
        ]


class TestLanguage:
    """Nothing but the first event is read to find out in which language to speak."""

    def test_of_the_first_event(self, empty: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is that of the plan as it was opened, in a log that is broken further on as well."""
        empty.do("init", "Plan", "--language", "de", "--on", "2020-09-18")
        monkeypatch.setattr("planlog.log.PlanLog.open", None)
        assert empty.run("verify").data.startswith("Nicht feststellbar")
        (empty.path / "events" / "x.jsonl").write_bytes(b"x")
        assert empty.run("verify").data.startswith("Beschädigt")

    @pytest.mark.parametrize("content", [b"", b"x", b"x\n"])
    def test_of_no_event(self, empty: Folder, content: bytes) -> None:
        """Where it cannot be read, it is that of the environment."""
        empty.do("init", "Plan", "--language", "de", "--on", "2020-09-18")
        event_file(empty, 0).write_bytes(content)
        assert empty.run("verify", env={"LANG": "en_GB.UTF-8"}).data

    def test_of_no_log(self, empty: Folder) -> None:
        """So it is where there is nothing."""
        (empty.path / "events").mkdir()
        outcome = empty.run("verify", "--log", str(empty.path), env={"LANG": "de_DE.UTF-8"})
        assert (4, "Nicht") == (outcome.code, outcome.data[:5])


class TestCheckpoints:
    @pytest.mark.parametrize("form", ["lines", "spoken", "note"])
    def test_typed(self, kept: Folder, form: str) -> None:
        """The three lines, a signed note and what was read out are taken from standard input."""
        now = checkpoint(kept)
        note = SignedNote(now.text, (SIGNER.sign(now.text),))
        text = {"lines": now.text, "spoken": spoken(now), "note": note.whole}[form]
        data = kept.do("verify", "--checkpoint", "-", "--lang", "en", input=text.encode())
        assert data.startswith("Verified")
        assert "standard input" in data

    def test_several(self, kept: Folder) -> None:
        """More than one can be given; the whole is only as good as the worst of them."""
        (kept.path / "a.txt").write_text(checkpoint(kept, 3).text)
        (kept.path / "b.txt").write_text(Checkpoint(checkpoint(kept).origin, 9, bytes(32)).text)
        outcome = kept.run(
            "verify", "--checkpoint", "a.txt", "--checkpoint", "b.txt", "--lang", "en"
        )
        assert 1 == outcome.code
        assert "counts more events than there are" in " ".join(outcome.data.split())

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"planlog/x\n7\n", "minutes.txt: expected three lines (origin, size, root), got 2"),
            (b"planlog/x\n07\nx\n", "minutes.txt: the second line is the number of events"),
            (b"7-9 4821-7", "minutes.txt: expected the size and"),
        ],
    )
    def test_mistyped(self, kept: Folder, content: bytes, told: str) -> None:
        """One that is none is refused with everything that is wrong in it."""
        (kept.path / "minutes.txt").write_bytes(content)
        assert told in kept.refused("verify", "--checkpoint", "minutes.txt", "--lang", "en")

    @pytest.mark.parametrize(
        ("damaged", "told"), [(False, "Does not fit as it was typed: "), (True, "Damaged: ")]
    )
    def test_slip(self, kept: Folder, damaged: bool, told: str) -> None:
        """Whoever mistypes a number is not told that the log is damaged, unless it is."""
        now = checkpoint(kept)
        if damaged:
            path = event_file(kept, 7)
            path.write_bytes(path.read_bytes() + b"\n")
        typed = now.text.replace("\n8\n", "\n9\n").encode()
        outcome = kept.run("verify", "--checkpoint", "-", "--lang", "en", input=typed)
        assert (1, told) == (outcome.code, outcome.data[: len(told)])
        assert "with 8 instead of 9 the checkpoint fits" in " ".join(outcome.data.split())

    def test_german(self, kept: Folder) -> None:
        """What is wrong with it is told in German without the keys that programs use."""
        origin, size, root, _ = checkpoint(kept).text.split("\n")
        typed = f"{origin}\n\n{size}\n\n{root[1:]}\n".encode()
        said = kept.refused("verify", "--checkpoint", "-", "--lang", "de", input=typed)
        assert (
            "Fehler: Standardeingabe: die dritte Zeile hat 44 Zeichen und endet auf '='; "
            "diese hat 43 und endet auf '='\n"
        ) == said

    def test_sheet(self, kept: Folder) -> None:
        """The whole sheet that was printed is taken as well."""
        sheet = kept.do("checkpoint", "--lang", "de")
        data = kept.do("verify", "--checkpoint", "-", "--lang", "en", input=sheet.encode())
        assert data.startswith("Verified: 8 of 8")

    def test_at_a_keyboard(self, kept: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Who is to type is told so, and how to end."""
        typed = checkpoint(kept).text.encode()
        asked = ("verify", "--checkpoint", "-", "--lang", "en")
        assert "" == kept.run(*asked, input=typed).words
        monkeypatch.setattr("planlog.cli.outside.is_typed_in", lambda: True)
        outcome = kept.run(*asked, input=typed)
        assert (0, "type in the three lines, or what was read out; end with Ctrl-D (Windows: ") == (
            outcome.code,
            outcome.words[:73],
        )

    def test_missing(self, kept: Folder) -> None:
        """So is a file that is not there."""
        assert "cannot read 'gone.txt'" in kept.refused(
            "verify", "--checkpoint", "gone.txt", "--lang", "en"
        )

    def test_joined(self, plan: Folder) -> None:
        """A checkpoint of a joined clone is called that."""
        from planlog.stores.joinedfiles import write_joined
        from planlog.trust.orders import Order

        now = checkpoint(plan)
        write_joined(plan.path / "checkpoints", Order.of(range(8), 8, now.root), [(8, now.text)])
        said = " ".join(plan.do("verify", "--lang", "en", env={"COLUMNS": "120"}).split())
        assert "8 joined clone fits" in said

    def test_joined_and_printed(self, plan: Folder, tmp_path: Path) -> None:
        """One that a clone printed is told as from outside, and as that of a joined clone."""
        other = Folder(tmp_path / "other")
        shutil.copytree(plan.path, other.path)
        for folder in (plan, other):
            folder.log.record(Noted(text="Neu"), by="GWA", source="Protokoll", on="2024-01-01")
        (tmp_path / "minutes.txt").write_text(checkpoint(other).text)
        join(plan.path, other.path)
        asked = ("verify", "--checkpoint", str(tmp_path / "minutes.txt"))
        said = " ".join(plan.do(*asked, "--lang", "de", env={"COLUMNS": "200"}).split())
        assert said.startswith("Bestätigt in anderer Reihenfolge: 9 von 10 Ereignissen")
        assert "minutes.txt 9 von außen stimmt – verbundener Klon" in said
        (found,) = json.loads(plan.do(*asked, "--format", "json"))["checkpoints"]
        assert (True, 0, "fits") == (found["in_joined_order"], found["absent"], found["status"])

    def test_joined_with_a_line_left_out(self, plan: Folder) -> None:
        """What stands there by its hash alone is told, and vouches for nothing."""
        leaves = plan.log.leaves()
        order = Order.of([0, 1, bytes(32), 3], 8, root_of(leaves))
        theirs = Checkpoint("planlog/x", 4, root_of(order.leaves(leaves)))
        write_joined(plan.path / "checkpoints", order, [(4, theirs.text)])
        said = " ".join(plan.do("verify", "--lang", "en", env={"COLUMNS": "200"}).split())
        assert said.startswith("Agrees with its own checkpoints only")
        assert "joined clone fits – 1 of its lines is not here, only its hash" in said
        (plan.path / "minutes.txt").write_text(theirs.text)
        outcome = plan.run("verify", "--checkpoint", "minutes.txt", "--lang", "de")
        assert 4 == outcome.code
        assert "Nicht feststellbar: einige Zeilen, um die es" in outcome.data


class TestPolicy:
    def test_satisfied(self, plan: Folder) -> None:
        """A kept checkpoint with enough signatures verifies, and names who signed."""
        now = checkpoint(plan)
        keep(plan, SignedNote(now.text, (SIGNER.sign(now.text),)).whole, 8)
        policy = plan.path / "policy.txt"
        policy.write_text(f"witness gwa {SIGNER.key.text}\nquorum gwa\n")
        data = plan.do("verify", "--policy", "policy.txt", "--lang", "en")
        assert data.startswith("Verified: 8 of 8")
        said = " ".join(data.split())
        assert "8 trusted key fits – signed by gwa.example" in said
        assert "policy" not in said

    def test_not_satisfied(self, plan: Folder) -> None:
        """Where no checkpoint has the signatures, it cannot tell, and says how many are missing."""
        now = checkpoint(plan)
        keep(plan, SignedNote(now.text, (SIGNER.sign(now.text),)).whole, 8)
        keep(plan, checkpoint(plan, 7).text, 7)
        other = Signer("amt.example", bytes(range(1, 33)))
        (plan.path / "policy.txt").write_text(
            f"witness gwa {SIGNER.key.text}\nwitness amt {other.key.text}\n"
            "group both 2 gwa amt\nquorum both\n"
        )
        outcome = plan.run("verify", "--policy", "policy.txt", "--lang", "en")
        assert 4 == outcome.code
        said = " ".join(outcome.data.split())
        assert "8 its own fits – signed by gwa.example" in said
        assert said.startswith("Cannot tell: no checkpoint has the signatures that the policy ")
        assert (
            "checkpoints/0000000007.checkpoint: the policy is not met: 0 of 2 signatures "
            "- checkpoints/0000000008.checkpoint: the policy is not met: 1 of 2 signatures "
            "(gwa.example)"
        ) in said
        asked = ("verify", "--policy", "policy.txt", "--format", "json")
        found = json.loads(plan.run(*asked).data)["checkpoints"]
        assert [([], 2), (["gwa.example"], 1)] == [
            (one["signers"], one["signatures_missing"]) for one in found
        ]
        (plan.path / "minutes.txt").write_text(now.text)
        assert "Verified" in plan.do(*asked[:3], "--checkpoint", "minutes.txt", "--lang", "en")

    def test_wrong(self, plan: Folder) -> None:
        """A policy that is none is refused with its file and line."""
        (plan.path / "policy.txt").write_text("quorum all\nwhatever\n")
        said = plan.refused("verify", "--policy", "policy.txt", "--lang", "en")
        assert "policy.txt:2: expected a line that begins with" in said


class TestFormats:
    def test_json(self, kept: Folder) -> None:
        """As JSON the verdict has every key, in every language the same."""
        origin = kept.log.origin
        path = event_file(kept, 7)
        path.write_bytes(path.read_bytes() + b"\n")
        outcome = kept.run("verify", "--format", "json")
        assert 1 == outcome.code
        verdict = json.loads(outcome.data)
        assert {
            "schema": "planlog.verdict/1",
            "verdict": "damaged",
            "origin": origin,
            "size": 8,
            "vouched": 0,
            "uncovered": 1,
            "checkpoints": [
                {
                    "place": "checkpoints/0000000007.checkpoint",
                    "source": "kept",
                    "origin": origin,
                    "size": 7,
                    "signers": [],
                    "signatures_missing": None,
                    "in_joined_order": False,
                    "absent": 0,
                    "status": "fits",
                }
            ],
        }.items() <= verdict.items()
        (damage,) = verdict["damages"]
        assert ("blank-line", True, f"events/{path.name}:2", None, None) == tuple(
            damage[key] for key in ("code", "certain", "place", "event", "position")
        )
        assert damage["message"].startswith(f"events/{path.name}:2: ")
        assert 44 == len(verdict["root"])

    def test_as_set(self, kept: Folder) -> None:
        """The format may be set; one that a verdict cannot have gives the table."""
        assert json.loads(kept.do("verify", env={"PLANLOG_FORMAT": "json"}))
        data = kept.do("verify", "--lang", "en", env={"PLANLOG_FORMAT": "csv"})
        assert data.startswith("Agrees with its own checkpoints only")

    def test_file(self, kept: Folder) -> None:
        """The verdict can be written to a file, the exit code stays."""
        assert "" == kept.do("verify", "--format", "json", "-o", "verdict.json")
        assert "own-only" == json.loads((kept.path / "verdict.json").read_text())["verdict"]


class TestElsewhere:
    def test_proof(self, kept: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """The proof of one event is checked by itself, with what was given."""
        asked: list[object] = []

        def check(_: object, *rest: object) -> int:
            asked.append(rest)
            return 4

        monkeypatch.setattr("planlog.cli.proof_checking.verify_proof", check)
        arguments = ("--proof", "a.proof", "--checkpoint", "c.txt", "--policy", "p.txt")
        assert 4 == kept.run("verify", *arguments, "--line", "a.line").code
        assert 4 == kept.run("verify", *arguments).code
        same = (("c.txt",), "p.txt")
        assert [(Path("a.proof"), line, *same) for line in (Path("a.line"), None)] == asked

    def test_receipt(self, kept: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """So is a receipt."""
        asked: list[str] = []

        def ask(_: object, file: str) -> int:
            asked.append(file)
            return 1

        monkeypatch.setattr("planlog.cli.receipts.verify_receipt", ask)
        assert 1 == kept.run("verify", "--receipt", "plan.csv.receipt").code
        assert ["plan.csv.receipt"] == asked

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("--line", "a.line"), "name that with --proof"),
            (("--proof", "a", "--line", "b", "--receipt", "c"), "one at a time"),
            (("--checkpoint", "-", "--checkpoint", "-"), "only once"),
            (("--checkpoint", "-", "--policy", "-"), "only once"),
            (("--proof", "a", "--line", "-", "--checkpoint", "-"), "only once"),
            (("--proof", "-", "--line", "-"), "only once"),
            (("--proof", "a", "--line", "b", "--format", "json"), "--format says nothing with"),
            (("--proof", "a", "--line", "b", "-o", "c"), "-o says nothing with --proof"),
            (("--receipt", "a", "--policy", "b"), "--policy says nothing with --receipt"),
            (("--receipt", "a", "--checkpoint", "b"), "--checkpoint says nothing with --receipt"),
        ],
    )
    def test_refusals(self, kept: Folder, arguments: tuple[str, ...], told: str) -> None:
        """What cannot be meant together is refused."""
        assert told in kept.refused("verify", *arguments, "--lang", "en")

    def test_no_log(self, empty: Folder) -> None:
        """Where there is no log, that is told, and the exit code is that of an unreadable one."""
        assert "no log" in empty.refused("verify", "--lang", "en", code=3)
        assert "no log" in empty.refused("verify", "--log", "x", "--lang", "en", code=3)

    def test_link(self, kept: Folder) -> None:
        """So is a folder that cannot be read."""
        shutil.move(kept.path / "checkpoints", kept.path / "elsewhere")
        (kept.path / "checkpoints").symlink_to(kept.path / "elsewhere")
        assert "cannot read" in kept.refused("verify", "--lang", "en", code=3)


class TestHostile:
    @pytest.mark.parametrize("language", ["de", "en"])
    @pytest.mark.parametrize("format", ["table", "json"])
    def test_answers(self, plan: Folder, format: str, language: str) -> None:
        """No name of a file, no checkpoint and no line steers a terminal."""
        now = checkpoint(plan)
        origin = "\u202egnp.exe \u2066## Umgesetzt"
        keep(plan, Checkpoint(origin, 7, bytes(32)).text, 7)
        (plan.path / "checkpoints" / "\x1b[31m\n.checkpoint").write_text(ATTACK)
        (plan.path / "events" / "0000000099-\x1b[31mrot\n::error::.jsonl").write_text(ATTACK)
        (plan.path / "events" / "0000000008-noted-0000.jsonl").write_text(ATTACK)
        name = "\x1b[31m\u202e.txt"
        (plan.path / name).write_text(Checkpoint(origin, 8, now.root).text)
        outcome = plan.run("verify", "--checkpoint", name, "--format", format, "--lang", language)
        assert 1 == outcome.code
        assert_harmless(outcome.data)
        assert_harmless(outcome.words)
        assert not any(line.startswith("::") for line in outcome.data.splitlines())

    def test_refusals(self, plan: Folder) -> None:
        """Neither does what is told of one that is none."""
        (plan.path / "x").write_text(f"{ATTACK}\n")
        assert_harmless(plan.refused("verify", "--checkpoint", "x"))
        assert_harmless(plan.refused("verify", "--policy", "x"))
        assert_harmless(plan.refused("verify", "--checkpoint", "\x1b[31m"))
