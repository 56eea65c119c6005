"""``planlog diff``."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from planlog.render.text import width_of
from tests.cli.running import SOURCE, Folder


@pytest.fixture
def changed(plan: Folder) -> Folder:
    """The small plan, in which something happens between its conferences and at the second."""
    plan.do("prioritize", "wohnen", "1", "16", "--on", "stk-2")
    plan.do("start", "wohnen/16", "--stage", "Angeschoben", "--on", "2022-09-01")
    plan.do("propose", "gesundheit", "Lauftreff", "--number", "2", "--on", "stk-3")
    plan.do("prioritize", "wohnen", "16", "1", "--on", "stk-3")
    plan.do("decide", "stk-3", "adopted", "--field", "wohnen", "--on", "stk-3")
    return plan


def changes(data: str) -> list[tuple[str, str, str | None]]:
    """What the JSON of a diff has changes of."""
    return [(one["id"], one["kind"], one["attribute"]) for one in json.loads(data)["changes"]]


BETWEEN = [
    ("wohnen", "changed", "ranking"),
    ("stk-3", "added", None),
    ("wohnen-16", "changed", "rank"),
    ("wohnen-16", "changed", "phase"),
    ("wohnen-16", "changed", "since"),
    ("wohnen-16", "changed", "stage"),
    ("wohnen-1", "changed", "rank"),
    ("gesundheit-2", "added", None),
]


class TestPoints:
    def test_words(self, changed: Folder) -> None:
        """Unless told otherwise, what differs is told in words, with its grounds."""
        told = changed.do("diff", "stk-2", "stk-3", "--lang", "en").replace(
            "\N{NO-BREAK SPACE}", " "
        )
        event = "2023-03-16, 3. Konferenz: adopted"
        assert (
            """
New
- Gesundheit 2: Lauftreff; proposed [1]
- Conference: 3. Konferenz (2023-03-16) [1]

Started
- Wohnen 16: Nachbarschaften: proposed → started (2022-09-01); “Angeschoben” [1]

Priority up or down
- Wohnen: Ranking: 1, 16 → 16, 1 [1,2]
- Wohnen 16: Nachbarschaften: Rank: 2 → 1 (moved up) [1,2]

Decided
"""
            in told
        )
        assert f"- [1] {SOURCE}\n- [2] {event} ({SOURCE})\n" in told

    def test_german(self, changed: Folder) -> None:
        """In German all words are German."""
        told = changed.do("diff", "stk-2", "stk-3", "--lang", "de")
        assert "von: Stand am Ende des Tages 2022-05-24" in told
        assert (
            "\nPriorität gestiegen oder gefallen\n- Wohnen: Prioritätenliste: 1, 16 → 16, 1" in told
        )
        assert "Rang: 2 → 1 (nach oben)" in told
        assert not re.search("from:|started|Ranking|adopted", told)

    def test_to_today(self, changed: Folder) -> None:
        """Without a second point, what is compared is today."""
        assert changed.do("diff", "stk-2", "--format", "csv") == changed.do(
            "diff", "stk-2", "today", "--format", "csv"
        )

    def test_backwards(self, changed: Folder) -> None:
        """The other way round, the same differs and the answer says which way it goes."""
        back = changed.do("diff", "stk-3", "stk-2", "--format", "json")
        undone = {"added": "removed", "changed": "changed"}
        expected = {(id, undone[kind], attribute) for id, kind, attribute in BETWEEN}
        found = {one for one in changes(back) if not str(one[2]).startswith("decisions")}
        assert expected == found
        assert "backwards: the second point lies before the first" in changed.do(
            "diff", "stk-3", "stk-2", "--lang", "en"
        )

    def test_start(self, changed: Folder) -> None:
        """At the start there is nothing: all there is, is new."""
        found = changes(changed.do("diff", "start", "stk-2", "--format", "json"))
        assert {"added"} == {kind for id, kind, _ in found if id}

    def test_before_a_conference(self, changed: Folder) -> None:
        """The day before a conference lacks what it brought, and nothing else."""
        told = changed.do("diff", "before:stk-3", "stk-3", "--lang", "en")
        assert "Lauftreff" in told
        assert "Started" not in told

    def test_learned(self, changed: Folder) -> None:
        """What was recorded since about one day is told as learned."""
        told = changed.do("diff", "stk-3@#11", "stk-3", "--lang", "en")
        assert (
            "Corrections of the record and late entries\n- Wohnen: Ranking: 1, 16 → 16, 1" in told
        )
        data = json.loads(changed.do("diff", "stk-3@#11", "stk-3", "--format", "json"))
        assert {"learned"} == {one["axis"] for one in data["changes"]}
        assert (11, 13) == (data["from"]["known"]["size"], data["to"]["known"]["size"])

    def test_foreseen(self, changed: Folder) -> None:
        """A conference that was not known by then is looked up, and the answer says so."""
        told = changed.do("diff", "stk-3@#3", "stk-3", "--lang", "en")
        assert "stk-3 was not known by then" in " ".join(told.split())

    @pytest.mark.parametrize("points", [(), ("stk-9", "stk-3"), ("stk-2", "2023-13")])
    def test_no_point(self, changed: Folder, points: tuple[str, ...]) -> None:
        """What is no point is refused."""
        changed.refused("diff", *points)


class TestExitCode:
    def test_nothing(self, changed: Folder) -> None:
        """Where nothing differs, the run ends with 0."""
        outcome = changed.run("diff", "stk-3", "stk-3", "--exit-code", "--lang", "en")
        assert 0 == outcome.code
        assert outcome.data.endswith("nothing differs\n")

    def test_difference(self, changed: Folder) -> None:
        """A difference ends it with 1, but only where that is asked for."""
        assert 1 == changed.run("diff", "stk-2", "stk-3", "--exit-code").code
        assert 0 == changed.run("diff", "stk-2", "stk-3").code

    def test_of_what_was_asked_for(self, changed: Folder) -> None:
        """What was not asked for does not differ."""
        assert 0 == changed.run("diff", "stk-2", "stk-3", "--exit-code", "--attribute", "cost").code

    def test_wrong_usage(self, changed: Folder) -> None:
        """Wrong usage ends it with 2, whatever differs."""
        changed.refused("diff", "--exit-code", code=2)


class TestField:
    @pytest.mark.parametrize("reference", ["gesundheit", "Gesundheit", "2"])
    def test_named(self, changed: Folder, reference: str) -> None:
        """A field is named by its id, its title or its number; what belongs to it is told."""
        data = changed.do("diff", "stk-2", "stk-3", "--field", reference, "--format", "json")
        assert [("gesundheit-2", "added", None)] == changes(data)

    def test_everything_of_it(self, changed: Folder) -> None:
        """The list of the field belongs to it, its goals and its measures, wherever they went."""
        changed.do("add-goal", "ruhe", "wohnen", "Ruhe", "--on", "stk-3")
        changed.do("amend", "wohnen/16", "--field", "gesundheit", "--on", "stk-3")
        data = changed.do("diff", "stk-2", "stk-3", "--field", "wohnen", "--name-only")
        assert ["field wohnen", "goal ruhe", "measure wohnen-1", "measure wohnen-16"] == sorted(
            data.splitlines()
        )

    def test_what_passed_through(self, changed: Folder) -> None:
        """Step by step, what belonged to it only for a while is told as well."""
        changed.do("amend", "gesundheit/16", "--field", "wohnen", "--on", "2022-06-01")
        changed.do("amend", "gesundheit-16", "--field", "gesundheit", "--on", "2022-07-01")
        changed.do("propose", "wohnen", "Irrtum", "--number", "9", "--on", "2022-06-01")
        known = f"stk-3@#{changed.log.size}"
        changed.do("retract", changed.log.events()[-1].id[:8], "--reason", "doppelt")
        back = ("--gross", "--field", "wohnen", "--name-only")
        assert "measure gesundheit-16" in changed.do("diff", "stk-2", "stk-3", *back)
        assert "measure wohnen-9" in changed.do("diff", known, "stk-3", *back)

    def test_unknown(self, changed: Folder) -> None:
        """An unknown field is refused with the nearest there is."""
        words = changed.refused("diff", "stk-2", "--field", "wohnung", "--lang", "en")
        assert "no field fits 'wohnung'; did you mean 'wohnen'?" in words

    def test_known_at_the_first_point_only(self, changed: Folder) -> None:
        """Backwards in what was known, a field may be known at the first point alone."""
        told = changed.do("diff", "stk-3", "stk-3@#1", "--field", "Wohnen", "--lang", "en")
        assert "- Wohnen: no longer there" in told
        assert "backwards: less was known at the second point" in told


class TestAttribute:
    def test_one(self, changed: Folder) -> None:
        """Only the changes of an attribute are told."""
        data = changed.do("diff", "stk-2", "stk-3", "--attribute", "rank", "--format", "json")
        assert [("wohnen-16", "changed", "rank"), ("wohnen-1", "changed", "rank")] == changes(data)

    def test_several(self, changed: Folder) -> None:
        """Several attributes are told together, also those of what is new."""
        names = ("--attribute", "phase", "--attribute", "ranking")
        data = changed.do("diff", "stk-2", "stk-3", *names, "--format", "json")
        assert [
            ("wohnen", "changed", "ranking"),
            ("wohnen-16", "changed", "phase"),
            ("gesundheit-2", "changed", "phase"),
        ] == changes(data)

    def test_of_what_is_new(self, changed: Folder) -> None:
        """Where an attribute came with something new, nobody says that nothing differs."""
        told = changed.do("diff", "start", "stk-3", "--attribute", "number", "--lang", "en")
        assert "nothing differs" not in told
        outcome = changed.run("diff", "start", "stk-3", "--attribute", "number", "--exit-code")
        assert 1 == outcome.code

    def test_with_keys(self, changed: Folder) -> None:
        """Of attributes with keys, all or one can be asked for."""
        changed.do(
            "amend", "wohnen/1", "--attribute", "topic=Bau", "--attribute", "a.b=c", "--on", "stk-3"
        )
        for name, keys in (
            ("attributes", ["attributes.a.b", "attributes.topic"]),
            ("attributes.topic", ["attributes.topic"]),
            ("attributes.a.b", ["attributes.a.b"]),
            ("attributes.a", []),
        ):
            data = changed.do("diff", "stk-2", "stk-3", "--attribute", name, "--format", "json")
            assert keys == [attribute for _, _, attribute in changes(data)]

    @pytest.mark.parametrize("name", ["id", "rang", "", "added", ".topic"])
    def test_unknown(self, changed: Folder, name: str) -> None:
        """What is no attribute is refused with what there is."""
        words = changed.refused("diff", "stk-2", "--attribute", name, "--lang", "en")
        assert f"Invalid value for '--attribute': no attribute {name!r}; there are: title" in words
        assert ", rank, level, phase, since, stage" in words


class TestForms:
    def test_names(self, changed: Folder) -> None:
        """Names come alone on standard output; what was compared goes to standard error."""
        outcome = changed.run("diff", "stk-2", "stk-3", "--name-only", "--lang", "en")
        assert (
            "field wohnen\nconference stk-3\n"
            "measure wohnen-16\nmeasure wohnen-1\nmeasure gesundheit-2\n"
        ) == outcome.data
        assert [
            "state at the end of 2022-05-24, 13 events, known until today",
            "state at the end of 2023-03-16, 13 events, known until today",
        ] == outcome.lines

    def test_stat(self, changed: Folder) -> None:
        """Counts come field by field, under what is compared."""
        told = changed.run("diff", "stk-2", "stk-3", "--stat", "--lang", "en")
        assert ["Wohnen", "–", "1", "1", "1", "6"] in [
            line.split() for line in told.data.splitlines()
        ]
        assert "" == told.words
        data = changed.do("diff", "stk-2", "stk-3", "--stat", "--format", "csv")
        assert "field,added,removed,phase,moved,shifted,listed,unlisted,other\n" in data

    def test_one_of_both(self, changed: Folder) -> None:
        """Names and counts are two answers."""
        words = changed.refused("diff", "stk-2", "--stat", "--name-only", "--lang", "en")
        assert "choose one of --name-only and --stat" in words

    def test_gross(self, changed: Folder) -> None:
        """Step by step, what happened and was undone is told."""
        changed.do("pause", "wohnen/16", "--on", "2022-10-01")
        changed.do("resume", "wohnen/16", "--on", "2022-11-01")
        net = changed.do("diff", "stk-2", "stk-3", "--lang", "en")
        assert "paused" not in net
        gross = changed.do("diff", "stk-2", "stk-3", "--gross", "--lang", "en")
        assert "2022-10-01: paused\n" in gross
        assert "Phase: started → paused; Stage: Angeschoben → –" in gross
        data = changed.do(
            "diff", "stk-2", "stk-3", "--gross", "--attribute", "phase", "--format", "csv"
        )
        assert 5 == len(data.splitlines())

    @pytest.mark.parametrize("format", ["csv", "json", "jsonl"])
    def test_data(self, changed: Folder, format: str) -> None:
        """Data comes alone; what was compared goes to standard error."""
        outcome = changed.run("diff", "stk-2", "stk-3", "--format", format, "--lang", "en")
        assert (0, 2) == (outcome.code, len(outcome.lines))
        assert outcome.lines[0].startswith("state at the end of 2022-05-24")
        if format == "json":
            assert "planlog.diff/1" == json.loads(outcome.data)["schema"]
        elif format == "jsonl":
            assert 11 == len([json.loads(line) for line in outcome.data.splitlines()])
        else:
            assert 12 == len(list(csv.reader(io.StringIO(outcome.data))))

    def test_pages(self, changed: Folder) -> None:
        """A table has a row for each change, Markdown headings."""
        table = changed.do("diff", "stk-2", "stk-3", "--format", "table", "--lang", "en")
        assert re.search(r"\nWohnen 16 +Rank: 2 → 1 \(moved up\) +[0-9a-f]{8}\n", table)
        page = changed.do("diff", "stk-2", "stk-3", "--format", "markdown", "--lang", "en")
        assert "\n## Priority up or down\n" in page

    def test_default(self, changed: Folder) -> None:
        """A format that is set for the plan or in the environment holds; words are asked for."""
        (changed.path / "planlog.toml").write_text('format = "csv"\n')
        asked = ("diff", "stk-2", "stk-3")
        assert changed.do(*asked).startswith("subject,id,kind,")
        assert changed.do(*asked, env={"PLANLOG_FORMAT": "jsonl"}).startswith('{"subject":')
        assert "\nNew\n" in changed.do(*asked, "--format", "words", "--lang", "en")

    def test_words_are_no_default(self, changed: Folder) -> None:
        """Only a diff is told in words, so nobody sets them for everything."""
        words = changed.refused("diff", "stk-2", "--lang", "en", env={"PLANLOG_FORMAT": "words"})
        assert "PLANLOG_FORMAT" in words
        assert "'words'" in words

    def test_file(self, changed: Folder) -> None:
        """The answer goes to a file, whole."""
        asked = ("diff", "stk-2", "stk-3", "--lang", "en")
        outcome = changed.run(*asked, "-o", "diff.txt")
        assert (0, "", "") == (outcome.code, outcome.data, outcome.words)
        assert changed.do(*asked) == (changed.path / "diff.txt").read_text("utf-8")

    def test_colour(self, changed: Folder) -> None:
        """Colour adds nothing that is not said."""
        painted = changed.do("diff", "stk-2", "stk-3", "--color")
        assert "\x1b[" in painted
        assert changed.do("diff", "stk-2", "stk-3") == re.sub(r"\x1b\[[0-9]*m", "", painted)


class TestReading:
    def test_changes_nothing(self, changed: Folder) -> None:
        """A question changes no file."""
        before = changed.files
        changed.do("diff", "stk-2")
        assert before == changed.files


ROOT = Path(__file__).parent.parent.parent

FIELDS = ("Wohnen", "Soziales", "Freizeit und Kultur", "Gesundheit und Sicherheit")
MEASURES = {
    "Wohnen": (1, 16, 4),
    "Soziales": (29, 31),
    "Freizeit und Kultur": (14, 15, 20, 3, 6),
    "Gesundheit und Sicherheit": (16, 20, 13, 1),
}


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The log of the repository, which is only read here."""
    monkeypatch.setenv("PLANLOG_LOG", str(ROOT))
    monkeypatch.setenv("LANGUAGE", "")
    return Folder(ROOT / "events")


class TestExample:
    @pytest.mark.parametrize("language", ["de", "en"])
    def test_third_conference(self, example: Folder, language: str) -> None:
        """What the third conference brought fits one screen: measures, fields, the decision."""
        told = example.do("diff", "stk-2", "stk-3", "--lang", language)
        lines = told.splitlines()
        assert 50 >= len(lines)
        assert 80 >= max(map(width_of, lines))
        for field, numbers in MEASURES.items():
            for number in numbers:
                assert 1 == len([one for one in lines if one.startswith(f"- {field} {number}: ")])
        text = " ".join(told.split())
        assert f": {'; '.join(FIELDS)} [" in text
        assert "Prioritätenlisten vorgestellt, besprochen, um weitere Maßnahmen ergänzt" in text

    def test_what_the_conference_added(self, example: Folder) -> None:
        """On the day itself three measures were added and two lists became longer."""
        told = example.do("diff", "before:stk-3", "stk-3", "--lang", "de")
        assert "- Freizeit und Kultur: Prioritätenliste: 14, 15, 20 → 14, 15, 20, 3, 6" in told
        assert "- Gesundheit und Sicherheit: Prioritätenliste: 16, 20, 13 → 16, 20, 13, 1" in told
        new = told.partition("\nNeu\n")[2].partition("\n\n")[0]
        assert [
            "Freizeit und Kultur 3",
            "Freizeit und Kultur 6",
            "Gesundheit und Sicherheit 1",
        ] == (re.findall(r"^- ([^:]* \d+): ", new, re.MULTILINE))

    def test_from_the_start(self, example: Folder) -> None:
        """From the start to today, all there is, is new."""
        names = example.do("diff", "start", "today", "--name-only").splitlines()
        assert [1, 4, 5, 1, 14] == [
            len([one for one in names if one.split()[0] == kind])
            for kind in ("plan", "field", "conference", "version", "measure")
        ]
        assert "– → " not in example.do("diff", "start", "today", "--format", "table")

    def test_learned(self, example: Folder) -> None:
        """What was recorded after the first twenty events is told as learned."""
        data = json.loads(example.do("diff", "stk-3@#20", "stk-3", "--format", "json"))
        assert {"learned"} == {one["axis"] for one in data["changes"]}
        added = [one["id"] for one in data["changes"] if one["kind"] == "added"]
        assert 5 == len(added)

    @pytest.mark.parametrize(
        "points",
        [("stk-3", "stk-2"), ("stk-3", "before:stk-3"), ("today", "start"), ("stk-3", "stk-3@#20")],
    )
    def test_reversed(self, example: Folder, points: tuple[str, str]) -> None:
        """The other way round the same differs, with before and after changed over."""

        def cells(*points: str) -> list[tuple[object, ...]]:
            data = json.loads(example.do("diff", *points, "--format", "json"))
            return sorted(
                (one["id"], str(one["attribute"]), str(one["before"]), str(one["after"]))
                for one in data["changes"]
            )

        there, back = cells(*points), cells(*points[::-1])
        assert sorted((id, name, after, before) for id, name, before, after in back) == there

    def test_nothing(self, example: Folder) -> None:
        """Nothing differs from itself."""
        assert example.do("diff", "stk-3", "stk-3", "--exit-code").endswith("kein Unterschied\n")
        assert 1 == example.run("diff", "stk-2", "stk-3", "--exit-code").code
