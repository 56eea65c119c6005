"""``planlog completion``, and what it completes."""

import pytest

from tests.cli.running import Folder


class TestScript:
    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_of_a_shell(self, empty: Folder, shell: str) -> None:
        """The script asks planlog itself how a word may go on."""
        assert "_PLANLOG_COMPLETE" in empty.do("completion", shell)

    def test_unknown_shell(self, empty: Folder) -> None:
        """Another shell is refused with those there are."""
        words = empty.refused("completion", "tcsh", "--lang", "en")
        assert "'bash', 'zsh', 'fish'" in words


def offered(folder: Folder, line: str) -> list[str]:
    """What bash is offered for the last word of a *line*."""
    words = line.split(" ")
    env = {
        "_PLANLOG_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    outcome = folder.run(env=env)
    assert (0, "") == (outcome.code, outcome.words)
    return [one.removeprefix("plain,") for one in outcome.data.splitlines() if one]


class TestOffers:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("planlog hi", ["history"]),
            ("planlog history w", ["wohnen-1", "wohnen-16", "wohnen/1", "wohnen/16"]),
            ("planlog history gesundheit/", ["gesundheit/16"]),
            ("planlog prioritize g", ["gesundheit"]),
            ("planlog prioritize wohnen wohnen-1 wohnen-16", ["wohnen-16"]),
            ("planlog show --at s", ["stk-2", "stk-3", "start"]),
            ("planlog show --at b", ["before:stk-2", "before:stk-3", "before:deck"]),
            ("planlog start wohnen-1 --on t", ["today"]),
            ("planlog decide stk-3 a", ["adopted"]),
            ("planlog decide s", ["stk-2", "stk-3"]),
            ("planlog hold-conference x X --ki", ["--kind"]),
            ("planlog hold-conference x X --kind wo", ["workshop", "working_group"]),
            ("planlog amend 1 --clear n", ["number"]),
            ("planlog note x --version ", ["deck"]),
            ("planlog amend 1 --goal ", ["wohnen-a"]),
            ("planlog show --at nix", []),
        ],
    )
    def test_of_what_there_is(self, plan: Folder, line: str, expected: list[str]) -> None:
        """Commands, measures, fields, conferences, days and points are completed."""
        plan.do("record-version", "deck", "complete", "title", "--on", "2023-03-16")
        plan.do("add-goal", "wohnen-a", "wohnen", "Ziel", "--on", "2023-03-16")
        assert expected == offered(plan, line)

    def test_events(self, plan: Folder) -> None:
        """Events are completed by their ids."""
        ids = [event.id for event in plan.log.events()]
        assert ids == offered(plan, "planlog retract ")
        assert [ids[0]] == offered(plan, f"planlog correct {ids[0][:8]}")

    def test_in_another_folder(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """The log that is named is the one that is asked."""
        monkeypatch.chdir("/")
        assert ["gesundheit-16", "gesundheit/16"] == offered(
            plan, f"planlog --log {plan.path} history g"
        )

    @pytest.mark.parametrize(
        "line", ["planlog show w", "planlog retract a", "planlog start 1 --on s"]
    )
    def test_without_a_log(self, empty: Folder, line: str) -> None:
        """Where there is no log there is nothing to offer, and no error."""
        assert [] == offered(empty, line)

    def test_damaged_log(self, plan: Folder) -> None:
        """A damaged log offers nothing, and no error."""
        next((plan.path / "events").glob("0000000003-*")).unlink()
        assert [] == offered(plan, "planlog show w")

    def test_undated_conference(self, plan: Folder) -> None:
        """A conference of which no day is known is no point to offer."""
        held = next(event for event in plan.log.events() if event.type == "conference_held")
        plan.do("decide", "stk-2", "noted", "--on", "2022-05-24")
        plan.do("retract", held.id, "--reason", "x")
        assert ["stk-3", "start"] == offered(plan, "planlog show --at s")

    def test_words_that_would_steer_the_terminal(self, plan: Folder) -> None:
        """What holds control characters or turns the reading direction is not offered."""
        plan.do("propose", "wohnen", "X", "--id", "x-1", "--number", "\x1b[31m", "--on", "2021")
        plan.do("propose", "wohnen", "Y", "--id", "x-2", "--number", "\u202e7", "--on", "2021")
        assert ["x-1", "x-2"] == offered(plan, "planlog history x")
        assert ["wohnen/1", "wohnen/16"] == offered(plan, "planlog history wohnen/")

    @pytest.mark.parametrize(
        "id",
        [
            *("x;touch y", "x$(touch y)", "x`touch y`", "x|sh", "x&y", "x>y", "x<y", "x y"),
            *("x*", "x?", "x[ab]", "x{a,b}", "x~", "x!1", "x#", "x'y", 'x"y', "x\\y", "x=y"),
            *("--output=y", "-x", "~x", "=ls", "%1", "@x"),
        ],
    )
    def test_words_that_would_mean_something_to_a_shell(self, plan: Folder, id: str) -> None:
        """What a shell would run, expand or take apart is not offered, nor what is an option."""
        plan.do("propose", "wohnen", "X", f"--id={id}", "--on", "2021")
        assert id in {one.id for one in plan.log.plan().measures}
        there = ["gesundheit-16", "gesundheit/16", "wohnen-1", "wohnen-16", "wohnen/1", "wohnen/16"]
        assert there == sorted(offered(plan, "planlog history "))

    def test_titles_that_would_be_offers(self, plan: Folder) -> None:
        """A title with line breaks makes no offers of its own."""
        plan.do("propose", "wohnen", "X\nplain\nrm\x1b\nY", "--id", "x-1", "--on", "2021")
        env = {
            "_PLANLOG_COMPLETE": "zsh_complete",
            "COMP_WORDS": "planlog history x",
            "COMP_CWORD": "2",
        }
        told = plan.run(env=env).data.splitlines()
        assert ["plain", "x-1", "X ⏎ plain ⏎ rm\\x1b ⏎ Y"] == told

    @pytest.mark.parametrize("instruction", ["bash_complete", "tcsh_complete", "x"])
    def test_never_fails_loudly(self, empty: Folder, instruction: str) -> None:
        """A shell that asks badly gets no answer and no traceback."""
        outcome = empty.run(env={"_PLANLOG_COMPLETE": instruction})
        assert (1, "", "") == (outcome.code, outcome.data, outcome.words)
