"""Folders to run commands in."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import BY, SOURCE, Folder


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty folder that is the current one, with who records and from what set for it."""
    folder = tmp_path / "plan"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PLANLOG_BY", BY)
    monkeypatch.setenv("PLANLOG_SOURCE", SOURCE)
    # Speaking a language sets it for what other packages say; that ends with the test.
    monkeypatch.setenv("LANGUAGE", "")
    return Folder(folder)


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small plan, recorded once."""
    path = tmp_path_factory.mktemp("recorded")
    for command in (
        ("init", "Sozialer Plan", "--on", "2020-09-18"),
        ("add-field", "wohnen", "Wohnen", "--number", "1", "--on", "2020-09-18"),
        ("add-field", "gesundheit", "Gesundheit", "--number", "2", "--on", "2020-09-18"),
        ("hold-conference", "stk-2", "2. Konferenz", "conference", "--on", "2022-05-24"),
        ("hold-conference", "stk-3", "3. Konferenz", "conference", "--on", "2023-03-16"),
        ("propose", "wohnen", "Wohnraum", "--number", "1", "--on", "2021-07-07"),
        ("propose", "wohnen", "Nachbarschaften", "--number", "16", "--on", "2021-07-07"),
        ("propose", "gesundheit", "Begleitung", "--number", "16", "--on", "2021-07-07"),
    ):
        Folder(path).do("--log", str(path), *command, "--by", BY, "--source", SOURCE)
    return path


@pytest.fixture
def plan(empty: Folder, recorded: Path) -> Folder:
    """A small plan: two fields, three measures, two of them numbered 16, and two conferences."""
    shutil.copytree(recorded, empty.path, dirs_exist_ok=True)
    return empty
