"""``planlog init``."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from planlog import PlanLog, PlanOpened
from planlog.stores.folder import FolderStore
from tests.cli.running import Folder


class TestInit:
    def test_begins_a_log_right_here(self, empty: Folder) -> None:
        """The folder of events is made in the current folder, and the plan is opened."""
        outcome = empty.run("init", "Sozialer Plan", "--language", "de", "--on", "2020-09-18")
        assert 0 == outcome.code
        assert "events/0000000000-plan-opened-" in outcome.words
        plan = empty.log.plan()
        assert ("Sozialer Plan", "de") == (plan.title, plan.language)

    def test_elsewhere(self, empty: Folder) -> None:
        """A log is begun where --log says, in a folder that need not be there."""
        empty.do("--log", "a/b", "init", "Plan", "--on", "2020", "--programme", "Zusammenhalt")
        assert (empty.path / "a" / "b" / "events").is_dir()

    def test_where_the_environment_says(self, empty: Folder) -> None:
        """PLANLOG_LOG names the place as --log does."""
        empty.do("init", "Plan", "--on", "2020", env={"PLANLOG_LOG": "there"})
        assert (empty.path / "there" / "events").is_dir()

    def test_not_the_log_around_it(self, plan: Folder) -> None:
        """Below a plan a new one is begun, and the one around it is left alone."""
        plan.do("init", "Teilplan", "--on", "2020", "--log", "teil")
        assert 8 == plan.log.size

    def test_with_settings_that_are_there_already(self, plan: Folder) -> None:
        """The settings are those of the new plan, not those of one around it."""
        (plan.path / "planlog.toml").write_text('by = "außen"\n')
        inner = plan.path / "inner"
        inner.mkdir()
        (inner / "planlog.toml").write_text('by = "innen"\n')
        plan.do("init", "Teilplan", "--on", "2020", "--log", "inner", env={"PLANLOG_BY": ""})
        assert "innen" == Folder(inner).log.events()[0].by

    def test_where_there_is_one(self, plan: Folder) -> None:
        """A log is never begun anew."""
        assert "there is a log at" in plan.refused("init", "X", "--on", "2020", "--lang", "en")

    def test_somebody_else_in_between(self, empty: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of two that begin a log at once, the second is told that there is one."""
        append = FolderStore.append

        def raced(store: FolderStore, lines: Sequence[bytes], expected_size: int) -> str:
            monkeypatch.setattr(FolderStore, "append", append)
            empty.log.record(PlanOpened(title="Erster"), on="2020", by="GWA")
            return append(store, lines, expected_size)

        monkeypatch.setattr(FolderStore, "append", raced)
        outcome = empty.run("init", "Zweiter", "--on", "2020", "--lang", "en")
        assert (2, True) == (outcome.code, "there is a log at" in outcome.words)
        assert [PlanOpened(title="Erster")] == [event.event for event in empty.log.events()]

    def test_somebody_else_just_before(
        self, empty: Folder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """So is the second where the first was done before it had looked."""
        create = PlanLog.create

        def raced(location: Path) -> PlanLog:
            log = create(location)
            log.record(PlanOpened(title="Erster"), on="2020", by="GWA")
            return log

        monkeypatch.setattr(PlanLog, "create", raced)
        outcome = empty.run("init", "Zweiter", "--on", "2020", "--lang", "en")
        assert (2, True) == (outcome.code, "there is a log at" in outcome.words)
        assert 1 == empty.log.size

    def test_incomplete(self, empty: Folder) -> None:
        """Nothing is made when something is missing, and all of it is named."""
        words = empty.refused("init", "X", "--lang", "en", env={"PLANLOG_BY": ""})
        assert "say when it happened with --on" in words
        assert "say who records it with --by" in words
        assert {} == empty.files
        assert [] == list(empty.path.iterdir())

    def test_flawed(self, empty: Folder) -> None:
        """Nothing is made when the event cannot be written."""
        words = empty.refused("init", "X\0", "--on", "2020", "--lang", "en")
        assert "data.title: expected a text without NUL" in words
        assert [] == list(empty.path.iterdir())

    def test_dry_run(self, empty: Folder) -> None:
        """A dry run prints the event and makes nothing."""
        data = empty.do("init", "X", "--on", "2020", "--dry-run")
        assert "plan_opened" == json.loads(data)["type"]
        assert [] == list(empty.path.iterdir())
