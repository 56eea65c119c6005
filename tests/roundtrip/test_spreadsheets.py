"""The example plan to a spreadsheet program and back: what was edited there is what is proposed.

The files in ``files`` are what LibreOffice made of the exported plan in German, when a person's
edits were typed into it. ``ROUNDTRIP=write`` in the environment makes them anew.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from planlog import Event, FieldAdded, GoalAdded, NewEvent, PlanLog, PlanOpened, Proposed
from planlog.config import LANGUAGES, Language
from tests.cli.running import Folder
from tests.roundtrip import office

FILES: Final = Path(__file__).parent / "files"
EXAMPLE: Final = Path(__file__).parents[2] / "events"

Typed = Sequence[tuple[str, str | None]]
"""What is typed into which cells, one after the other; for nothing a row is inserted."""


def typed(proposed: str, implemented: str) -> Typed:
    """A row added, one renumbered, one status changed, two ranks swapped; in words for phases."""
    return (
        *(("A5", None), ("B5", "Wohnen"), ("C5", "017"), ("D5", "Mietertreff „Ecke“")),
        ("G5", proposed),
        ("C7", "3.10"),
        *(("G10", implemented), ("H10", "Umgesetzt")),
        *(("E13", "2"), ("E14", "1")),
    )


TYPED: Final[Mapping[Language, Typed]] = {
    "de": typed("vorgeschlagen", "umgesetzt"),
    "en": typed("proposed", "implemented"),
}
"""What a person types into the exported example."""

TYPED_BY_FIELD: Final = (
    *(
        ("$Wohnen.B5", "Wohnen"),
        ("C5", "017"),
        ("D5", "Mietertreff „Ecke“"),
        ("G5", "vorgeschlagen"),
    ),
    ("$Soziales.C3", "3.10"),
    *(("$'Freizeit und Kultur'.G4", "umgesetzt"), ("H4", "Umgesetzt")),
    *(("$'Gesundheit und Sicherheit'.E2", "2"), ("E3", "1")),
)
"""The same where each field has a sheet, in German."""

ASKED: Final = [
    (
        "proposed",
        {
            "measure": "wohnen-017",
            "title": "Mietertreff „Ecke“",
            "field": "wohnen",
            "number": "017",
        },
    ),
    ("amended", {"measure": "soziales-31", "number": "3.10"}),
    (
        "implemented",
        {
            "measure": "freizeit-kultur-20",
            "stage": "Umgesetzt",
            "note": "Angebote Musikraum Jugendzentrum, Verfügungsfond",
        },
    ),
    (
        "prioritized",
        {
            "field": "gesundheit-sicherheit",
            "ranking": [f"gesundheit-sicherheit-{number}" for number in (20, 16, 13, 1)],
        },
    ),
]
"""What these edits ask for."""

FORMULAS: Final = (
    *(
        "=1+1",
        "+49 4435 1234",
        "-x",
        "@cmd",
        "'=x",
        "''-1",
        "'s Lädchen",
        "\t=1",
        "a\n=b",
        "=",
        "-",
    ),
    *('=HYPERLINK("http://x";"y")', "+1", "-1", "'", '"=1"', "'x'", "a;b", 'say "no"'),
)
"""Texts that a spreadsheet program could take for formulas, or for their marks."""

ALIKE: Final = (
    *("007", "1.10", "16.03.2023", "TRUE", "1e5", "50%", "1,5", "12:30", "1/2", "2023-03-16"),
    *("#REF!", " blank ", "_x0041_"),
)
"""Texts that it could take for something else: in a text file nothing tells it not to."""


def proposed(log: Path, table: Path) -> list[tuple[str, dict[str, Any]]]:
    """What the events that a table asks for say, in their order, but for the version itself."""
    arguments = ("--on", "2023-06-01", "--by", "Quartiersmanagement", "--dry-run")
    lines = Folder(table.parent).do("--log", str(log), "import", str(table), *arguments)
    events = [json.loads(line) for line in lines.splitlines()]
    assert "version_recorded" == events[-1]["type"]
    return [(event["type"], event["data"]) for event in events[:-1]]


@pytest.mark.parametrize("ending", office.FORMS)
def test_edited(ending: str) -> None:
    """Four edits in a spreadsheet program lead to four events, in whatever form it saved them."""
    assert ASKED == proposed(EXAMPLE, FILES / f"edited.{ending}")


@pytest.mark.parametrize(
    "more", [("plan.csv",), ("plan.xlsx",), ("plan.xlsx", "--lang", "en"), ("x.xlsx", "--by-field")]
)
def test_odd_texts(tmp_path: Path, more: tuple[str, ...]) -> None:
    """Whatever a text looks like, it comes back from an exported file as it was."""
    log = _record(tmp_path / "odd", (*FORMULAS, *ALIKE))
    Folder(tmp_path).do("--log", str(log), "export", str(tmp_path / more[0]), *more[1:])
    assert [] == proposed(log, tmp_path / more[0])


class TestLive:
    """What LibreOffice makes of exported files, where it is installed."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("ending", office.FORMS)
    def test_edited(self, saved: Path, language: Language, ending: str) -> None:
        """The same four edits lead to the same four events, in either language."""
        assert ASKED == proposed(EXAMPLE, saved / f"{language}.{ending}")

    @pytest.mark.parametrize("ending", ["xlsx", "ods"])
    def test_a_sheet_for_each_field(self, saved: Path, ending: str) -> None:
        """So they do where each field has a sheet, and the new row stands below the others."""
        assert ASKED == proposed(EXAMPLE, saved / f"fields.{ending}")

    @pytest.mark.parametrize("ending", office.FORMS)
    def test_a_workbook_of_odd_texts(self, saved: Path, ending: str) -> None:
        """What looks like a formula, a number or a date comes back from a workbook as it was."""
        assert [] == proposed(saved / "odd", saved / f"workbook.{ending}")

    @pytest.mark.parametrize("ending", office.FORMS)
    def test_a_text_of_odd_texts(self, saved: Path, ending: str) -> None:
        """What looks like a formula comes back from a text file as it was, however it is saved."""
        assert [] == proposed(saved / "f", saved / f"text.{ending}")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that LibreOffice opened, edited and saved; all in one run, as it starts slowly."""
    python = _python()
    if python is None:
        pytest.skip("LibreOffice, or a Python with its module uno, is not installed")
    path = tmp_path_factory.mktemp("saved")
    odd, formulas = _record(path / "odd", (*FORMULAS, *ALIKE)), _record(path / "f", FORMULAS)
    jobs = [
        _job(path, EXAMPLE, "de.xlsx", "--at", "stk-3", edits=TYPED["de"]),
        _job(path, EXAMPLE, "en.xlsx", "--at", "stk-3", "--lang", "en", edits=TYPED["en"]),
        _job(path, EXAMPLE, "fields.xlsx", "--at", "stk-3", "--by-field", edits=TYPED_BY_FIELD),
        _job(path, odd, "workbook.xlsx"),
        _job(path, formulas, "text.csv"),
    ]
    # Nothing of the environment in which planlog runs: this Python is another one.
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [python, office.__file__, *jobs]
    subprocess.run(command, check=True, capture_output=True, timeout=60, env=environment)
    if os.environ.get("ROUNDTRIP") == "write":
        for ending in office.FORMS:
            shutil.copyfile(path / f"de.{ending}", FILES / f"edited.{ending}")
    return path


def _python() -> str | None:
    """The Python that can talk to LibreOffice: its own, or that of the system."""
    program = shutil.which("soffice")
    if program is None:
        return None
    for python in (str(Path(program).resolve().with_name("python")), "/usr/bin/python3"):
        if shutil.which(python) and not _run(python, "-c", "import uno").returncode:
            return python
    return None


def _run(*command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, check=False, capture_output=True, timeout=30)


def _record(folder: Path, texts: Sequence[str]) -> Path:
    """Record a plan in which each of *texts* stands wherever a text can."""
    events: list[Event] = [
        PlanOpened(title="=Plan", language="de"),
        FieldAdded(field="f", title="=Feld"),
        GoalAdded(goal="g", field="f", title="+Ziel"),
    ]
    for number, text in enumerate(texts):
        events.append(
            Proposed(
                measure=f"m-{number}",
                title=text,
                field="f",
                number=f"={number}",
                goal="g",
                description=text,
                responsible=[text, "GWA"],
                cost=text,
                attributes={"=Thema": text},
                stage=text,
                note=text,
            )
        )
    new = [NewEvent(event=event, on="2023-01-02", source="Protokoll") for event in events]
    PlanLog.create(folder).record_all(new, by="Quartiersmanagement")
    return folder


def _job(path: Path, log: Path, name: str, *more: str, edits: Typed = ()) -> str:
    """Export a plan and say what is to be done with it; the files are named alike."""
    exported = path / "exported" / name
    exported.parent.mkdir(exist_ok=True)
    Folder(path).do("--log", str(log), "export", str(exported), *more)
    job = path / f"{name}.json"
    told = {"table": str(exported), "stem": str(path / exported.stem), "typed": edits}
    job.write_text(json.dumps(told), "utf-8")
    return str(job)
