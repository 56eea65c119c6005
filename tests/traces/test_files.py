"""Files of a plan's folder in which a text still stands."""

import os
from pathlib import Path
from typing import get_args

import pytest

from planlog import PlanLog, Started, StoreReadError
from planlog.config import Format
from planlog.errors import Flaw
from planlog.stores.eventfiles import content_of
from planlog.traces import files
from planlog.traces.files import FileTraces, Trace, find
from planlog.traces.packed import Unseen
from tests.cli.running import BY, SOURCE, Folder
from tests.tables.files import ods
from tests.traces.events import NOTE

TEXT = "Frau Müßig ruft an"
TITLE = NOTE.replace("Frau", "Herr")
BOTH = (TITLE, NOTE)
LINE = b'{"v":1,"id":"0000000000000001","data":{"text":"Frau M\xc3\xbc\xc3\x9fig ruft an"}}'


def traces(folder: Path, texts: tuple[str, ...] = (TEXT,), line: bytes = LINE) -> FileTraces:
    """What is found of the usual line and text in *folder*."""
    return find(folder, line, texts)


def places(found: FileTraces) -> dict[str, str]:
    """Where something was found, and of which kind that is."""
    return {trace.place: trace.kind for trace in found.traces}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A plan with a text that every form writes in another way."""
    folder = Folder(tmp_path_factory.mktemp("plan"))
    around = ("--log", str(folder.path), "--by", BY, "--source", SOURCE, "--on", "2020-09-18")
    folder.do("init", "Sozialer Plan", *around)
    folder.do("add-field", "wohnen", "Wohnen", *around)
    folder.do("propose", "wohnen", TITLE, "--number", "1", *around)
    folder.do("hold-conference", "stk-1", "Erste", "conference", *around)
    log = PlanLog.open(folder.path)
    log.record(Started(measure="wohnen-1", note=NOTE), on="2020-09-18", by=BY, source=SOURCE)
    return folder


class TestFind:
    def test_finds_nothing_where_there_is_nothing(self, tmp_path: Path) -> None:
        """Files without the text leave no trace, and are counted."""
        (tmp_path / "planlog.toml").write_text("lang = 'de'\n")
        (tmp_path / "events").mkdir()
        (tmp_path / "events" / "0000000000-noted-0001.jsonl").write_bytes(b"{}\n")
        assert FileTraces((), (), 2) == traces(tmp_path)

    def test_tells_what_it_found(self, tmp_path: Path) -> None:
        """A trace says which texts were found, whether the whole line was, and how often."""
        (tmp_path / "copy.jsonl").write_bytes(LINE + b"\n")
        (tmp_path / "report.md").write_text(f"{TEXT}\n{TEXT}\nAngeschoben\n")
        assert (
            Trace("copy.jsonl", "copy", (TEXT,), True, 2),
            Trace("report.md", "copy", (TEXT, "Angeschoben"), False, 3),
        ) == traces(tmp_path, (TEXT, "Angeschoben")).traces

    def test_names_lines_of_the_log(self, tmp_path: Path) -> None:
        """In the log itself each line is named that says a text, the erased one among them."""
        events = tmp_path / "events"
        events.mkdir()
        other = b'{"v":1,"data":{"text":"Gestern: Frau M\\u00fc\\u00dfig ruft an"}}'
        name = "0000000000-noted-0001.jsonl"
        (events / name).write_bytes(b"\n".join([b"{}", LINE, b"{}", other, b""]))
        assert (
            Trace(f"events/{name}:2", "event", (TEXT,), True, 2),
            Trace(f"events/{name}:4", "event", (TEXT,), False, 1),
        ) == traces(tmp_path).traces

    def test_knows_a_log_of_another_name(self, tmp_path: Path) -> None:
        """The folder of the log may be told; event files elsewhere are copies."""
        for folder in ("log", "events"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "0000000000-noted-0001.jsonl").write_bytes(LINE + b"\n")
        found = find(tmp_path, LINE, [TEXT], tmp_path / "log")
        assert {
            "events/0000000000-noted-0001.jsonl": "copy",
            "log/0000000000-noted-0001.jsonl:1": "event",
        } == places(found)

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("events/.planlog-0123456789abcdef.tmp", "temporary"),
            ("plan.tmp", "temporary"),
            (".~lock.plan.ods#", "temporary"),
            ("~$plan.xlsx", "temporary"),
            ("events/0000000000-noted-0001.jsonl~", "backup"),
            ("events/.0000000000-noted-0001.jsonl.swp", "backup"),
            ("events/.hidden.jsonl", "copy"),
            ("#notes.md#", "backup"),
            (".#notes.md", "backup"),
            ("plan.bak", "backup"),
            ("plan.md.orig", "backup"),
            (".cache/plan.json", "copy"),
            ("checkpoints/0000000063.checkpoint", "copy"),
            ("exports/2023/plan.csv", "copy"),
        ],
    )
    def test_looks_everywhere(self, tmp_path: Path, name: str, kind: str) -> None:
        """Hidden files are looked into, what writers and editors leave, and folders in folders."""
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, "utf-8")
        assert {name: kind} == places(traces(tmp_path))

    def test_looks_at_names(self, tmp_path: Path) -> None:
        """Files and folders may be called by the text."""
        (tmp_path / f"Brief: {TEXT}.txt").touch()
        (tmp_path / f"{TEXT} und Herr Muster").mkdir()
        assert (
            Trace(f"Brief: {TEXT}.txt", "name", (TEXT,), False, 1),
            Trace(f"{TEXT} und Herr Muster", "name", (TEXT, "Herr Muster"), False, 2),
        ) == traces(tmp_path, (TEXT, "Herr Muster")).traces

    def test_comes_in_one_order(self, tmp_path: Path) -> None:
        """Places stand by name, what is in a folder together."""
        for name in ("b/y", "a/x", "c", "b/z/1", "a/w"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(TEXT, "utf-8")
        assert ["c", "a/w", "a/x", "b/y", "b/z/1"] == list(places(traces(tmp_path)))

    def test_shows_no_name_that_steers_a_terminal(self, tmp_path: Path) -> None:
        """A place is harmless to show, whatever a file is called."""
        (tmp_path / "\x1b[2J").write_text(TEXT, "utf-8")
        (tmp_path / os.fsdecode(b"\xff")).write_text(TEXT, "utf-8")
        assert [r"\x1b[2J", r"\udcff"] == list(places(traces(tmp_path)))

    def test_leaves_git_alone(self, tmp_path: Path) -> None:
        """The folder of git is another search; one further down is told."""
        for folder in (".git", "old/.git"):
            (tmp_path / folder).mkdir(parents=True)
            (tmp_path / folder / "file").write_text(TEXT, "utf-8")
        assert FileTraces((), (Unseen("old/.git", "repository"),), 0) == traces(tmp_path)

    def test_follows_no_links(self, tmp_path: Path) -> None:
        """What lies outside the folder is not looked into, and a circle of links ends nothing."""
        (tmp_path / "outside").mkdir()
        (tmp_path / "outside" / "file").write_text(TEXT, "utf-8")
        plan = tmp_path / "plan"
        plan.mkdir()
        (plan / "folder").symlink_to(tmp_path / "outside")
        (plan / "file").symlink_to(tmp_path / "outside" / "file")
        (plan / "circle").symlink_to(plan)
        assert FileTraces((), (), 0) == traces(plan)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the platform has no such files")
    def test_waits_for_nobody(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is no file is left alone, even where it becomes one only after it was listed."""
        os.mkfifo(tmp_path / "pipe")
        assert FileTraces((), (), 0) == traces(tmp_path)
        (tmp_path / "file").write_text(TEXT, "utf-8")
        monkeypatch.setattr(
            files, "content_of", lambda _, *told: content_of(tmp_path / "pipe", *told)
        )
        assert (Unseen("file", "unreadable"),) == traces(tmp_path).unseen

    def test_tells_what_it_cannot_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Files and folders that the platform does not let us read are told, not passed over."""
        (tmp_path / "locked").mkdir()
        (tmp_path / "file").write_text(TEXT, "utf-8")
        scandir = os.scandir

        def scanned(path: Path) -> object:
            if path.name == "locked":
                raise PermissionError(13, "Permission denied")
            return scandir(path)

        def refused(path: Path, place: str, limit: int) -> bytes:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "scandir", scanned)
        monkeypatch.setattr(files, "content_of", refused)
        assert (Unseen("file", "unreadable"), Unseen("locked", "unreadable")) == traces(
            tmp_path
        ).unseen

    def test_passes_over_what_is_gone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file or folder that goes while we look leaves no trace."""
        (tmp_path / "folder").mkdir()
        (tmp_path / "file").write_text(TEXT, "utf-8")
        (tmp_path / "folder" / "file").write_text(TEXT, "utf-8")

        def removing(path: Path, place: str, limit: int) -> bytes | Flaw:
            (tmp_path / "folder" / "file").unlink()
            (tmp_path / "folder").rmdir()
            path.unlink()
            return content_of(path, place, limit)

        monkeypatch.setattr(files, "content_of", removing)
        assert FileTraces((), (), 1) == traces(tmp_path)

    def test_has_limits(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is too large, and everything after too many files, is told."""
        for name in ("a", "b", "c", "d"):
            (tmp_path / name).write_text(TEXT, "utf-8")
        (tmp_path / "b").write_text(f"{TEXT}{' ' * 100}", "utf-8")
        monkeypatch.setattr(files, "MOST_BYTES", 50)
        monkeypatch.setattr(files, "MOST_FILES", 2)
        found = traces(tmp_path)
        assert {"a": "copy"} == places(found)
        assert (Unseen("b", "large"), Unseen("c", "many")) == found.unseen
        assert 2 == found.looked

    def test_refuses_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        """Nothing found is never said of a folder that nobody could read."""
        with pytest.raises(StoreReadError, match=r"cannot read '.*none': No such file"):
            traces(tmp_path / "none")


class TestExports:
    """What planlog itself writes into the folder of a plan."""

    @pytest.mark.parametrize(
        ("command", "texts"),
        [
            *(
                (("show", "--format", form), BOTH)
                for form in ("table", "markdown", "json", "jsonl")
            ),
            *((("log", "--format", form), BOTH) for form in get_args(Format)),
            (("show", "wohnen-1"), BOTH),
            (("history", "wohnen-1"), BOTH),
            (("show", "--format", "csv"), (TITLE,)),
            (("show", "--matrix"), (TITLE,)),
            (("diff", "start"), (TITLE,)),
            (("diff", "start", "--format", "markdown"), (TITLE,)),
        ],
    )
    def test_answers_are_found(
        self, plan: Folder, tmp_path: Path, command: tuple[str, ...], texts: tuple[str, ...]
    ) -> None:
        """What a reading command wrote into a file tells the text in its own way."""
        plan.do(*command, "--log", str(plan.path), "-o", str(tmp_path / "answer"))
        assert [("answer", texts)] == [
            (trace.place, trace.texts) for trace in find(tmp_path, LINE, BOTH).traces
        ]
        assert () == find(tmp_path, LINE, [f"{NOTE}!"]).traces

    @pytest.mark.parametrize(
        ("name", "options", "texts"),
        [
            ("plan.csv", (), BOTH),
            ("utf-16.csv", ("--encoding", "utf-16"), BOTH),
            ("plan.xlsx", (), BOTH),
            ("events.xlsx", ("--events",), BOTH),
            ("matrix.xlsx", ("--matrix",), (TITLE,)),
            ("plan.md", (), BOTH),
            ("plan.sqlite", (), BOTH),
        ],
    )
    def test_exports_are_found(
        self,
        plan: Folder,
        tmp_path: Path,
        name: str,
        options: tuple[str, ...],
        texts: tuple[str, ...],
    ) -> None:
        """What was handed on as a file for a spreadsheet or a database tells the text."""
        plan.do("export", str(tmp_path / name), *options, "--log", str(plan.path))
        found = find(tmp_path, LINE, BOTH)
        assert [(name, "copy", texts)] == [
            (trace.place, trace.kind, trace.texts) for trace in found.traces
        ]
        assert () == found.unseen

    def test_an_opendocument_is_found(self, tmp_path: Path) -> None:
        """A table that a spreadsheet program saved tells the text, broken into lines as well."""
        broken = NOTE.replace(" ", "\n")
        (tmp_path / "plan.ods").write_bytes(ods([["Maßnahme", "Stand"], [NOTE, broken]]))
        assert (Trace("plan.ods", "copy", (NOTE,), False, 2),) == find(
            tmp_path, LINE, [NOTE]
        ).traces
