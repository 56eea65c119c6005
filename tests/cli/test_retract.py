"""``planlog retract``."""

from tests.cli.running import Folder

WHY = ("--reason", "doppelt")


class TestRetract:
    def test_counts_no_more(self, plan: Folder) -> None:
        """What was taken back does not count, and giving it back undoes that."""
        plan.do("start", "wohnen/16", "--on", "stk-3")
        started = plan.log.events()[-1].id
        plan.do("retract", started[:10], *WHY)
        assert "proposed" == plan.log.plan().measure("wohnen-16").phase
        plan.do("retract", plan.log.events()[-1].id, "--on", "2023", *WHY)
        assert "started" == plan.log.plan().measure("wohnen-16").phase

    def test_day(self, plan: Folder) -> None:
        """Its day means nothing: today's, whatever is set, unless one is given."""
        target = plan.log.events()[-1].id
        plan.do("retract", target, *WHY, env={"PLANLOG_ON": "2020"})
        assert str(plan.log.today()) == str(plan.log.events()[-1].on)
        plan.do("retract", target, *WHY, "--on", "2023")
        assert "2023" == str(plan.log.events()[-1].on)

    def test_without_a_reason(self, plan: Folder) -> None:
        """A retraction has a reason."""
        target = plan.log.events()[-1].id
        assert "Missing option '--reason'" in plan.refused("retract", target, "--lang", "en")

    def test_unknown_event(self, plan: Folder) -> None:
        """What is not there cannot be taken back."""
        assert "no event fits 'zz'" in plan.refused("retract", "zz", *WHY, "--lang", "en")
