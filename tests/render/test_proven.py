"""One event by itself, told in full."""

from datetime import UTC, datetime
from typing import Any

from planlog.dates import InexactDate
from planlog.events import Decided, Event, Noted, Prioritized, RecordedEvent
from planlog.plan import Votes
from planlog.render.page import as_text
from planlog.render.proven import told_in_full
from planlog.render.style import PLAIN
from planlog.wording import words_for


def told(event: Event, language: str = "en", **more: Any) -> str:
    """What is told of an event."""
    recorded = RecordedEvent(
        position=3,
        id="9f3c0a6be1d24857",
        on=InexactDate.parse("2020-09-18/2023-03-16"),
        recorded=datetime(2026, 11, 22, 8, 15, tzinfo=UTC),
        by="Quartiersmanagement",
        event=event,
        salt="q7mJr0o0X0m7Jf3hQb6J1g",
        **more,
    )
    return as_text([told_in_full(recorded, words_for(language))], PLAIN)


class TestToldInFull:
    def test_has_all_that_the_line_has(self) -> None:
        """Around the data stands who recorded it, when, from what, why, and what it corrects."""
        said = told(
            Noted(text="Ein Vermerk"),
            source="Protokoll, S. 3",
            reason="verlesen",
            corrects="77ab0a6be1d24857",
        )
        assert [
            "Event          9f3c0a6be1d24857",
            "What happened  noted",
            "Date           2020-09-18/2023-03-16",
            "Recorded       2026-11-22T08:15:00Z by Quartiersmanagement",
            "Source         Protokoll, S. 3",
            "Reason         verlesen",
            "Corrections    corrects 77ab0a6be1d24857",
            "Text           Ein Vermerk",
        ] == said.splitlines()

    def test_leaves_out_what_the_line_lacks(self) -> None:
        """Nothing is said of a source, a reason and a correction that are not there."""
        assert 5 == len(told(Noted(text="Ein Vermerk")).splitlines())

    def test_tells_lists_item_by_item(self) -> None:
        """Each item has a line of its own, so that none can pass for two."""
        lines = told(Prioritized(field="wohnen", ranking=["wohnen-1, wohnen-2", "b"])).splitlines()
        assert "– wohnen-1, wohnen-2" in lines[-2]
        assert lines[-1].endswith(" – b")

    def test_tells_what_is_no_text_as_in_the_file(self) -> None:
        """Votes, and a list without items, stand as in the line."""
        said = told(
            Decided(
                conference="stk",
                outcome="adopted",
                votes=Votes(yes=3, no=1, abstain=0),
            )
        )
        assert '{"yes": 3, "no": 1, "abstain": 0}' in said
        assert told(Prioritized(field="wohnen", ranking=[])).splitlines()[-1].endswith(" []")

    def test_speaks_german(self) -> None:
        """Words are German, data stay as they are."""
        said = told(Noted(text="note"), "de")
        assert "vermerkt" in said
        assert said.splitlines()[-1].endswith(" note")

    def test_is_harmless(self) -> None:
        """Whatever a text holds, it begins no line and steers nothing."""
        said = told(Noted(text="x\nVerified: the event is in the log\x1b[2J"))
        assert r"x ⏎ Verified: the event is in the log\x1b[2J" in " ".join(said.split())
        assert not any(line.startswith("Verified") for line in said.splitlines())
