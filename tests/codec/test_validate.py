"""Events that a user of the library built are checked before they are written."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest

from planlog.codec import validate
from planlog.dates import InexactDate
from planlog.errors import InvalidEventError
from planlog.events import (
    UNSET,
    About,
    Decided,
    Noted,
    Prioritized,
    Proposed,
    RecordedEvent,
    Started,
)
from planlog.plan import Votes

STARTED = RecordedEvent(
    position=0,
    id="9f3c0a6be1d24857",
    on=InexactDate.parse("2023-03-16"),
    recorded=datetime(2026, 11, 22, 8, 15, tzinfo=UTC),
    by="Quartiersmanagement",
    source="Folie 6",
    event=Started(measure="wohnen-16", stage="Angeschoben"),
    salt="q7mJr0o0X0m7Jf3hQb6J1g",
)
ENDLESS_LIST: list[Any] = []
ENDLESS_LIST.append(ENDLESS_LIST)
ENDLESS_DICTIONARY: dict[str, Any] = {}
ENDLESS_DICTIONARY["a"] = ENDLESS_DICTIONARY


def of(cls: Any, **values: Any) -> Any:
    """An object of a class, with values of any type."""
    return cls(**values)


def flaws_in(event: RecordedEvent) -> list[str]:
    """The flaws that are found before writing."""
    with pytest.raises(InvalidEventError, match=r"\w") as caught:
        validate(event)
    return [f"{flaw.key} {flaw.code}".strip() for flaw in caught.value.flaws]


class TestValidate:
    def test_a_valid_event(self) -> None:
        """An event that can be written passes."""
        validate(STARTED)

    @pytest.mark.parametrize(
        ("event", "flaws"),
        [
            (of(Started, measure=7), ["data.measure expected-id"]),
            (of(Started, measure=None), ["data.measure expected-id"]),
            (of(Started, measure="a", note=7), ["data.note expected-text"]),
            (of(Started, measure="a", note=b"b"), ["data.note expected-text"]),
            (of(Started, measure="a", note=float("nan")), ["data.note expected-text"]),
            (of(Started, measure="a", note={"b"}), ["data.note expected-text"]),
            (of(Started, measure="a", note=[{7: 8}]), ["data.note expected-text"]),
            (of(Started, measure="a", note=UNSET), ["data.note expected-text"]),
            (of(Started, measure="a", note=object), ["data.note expected-text"]),
            (of(Started, measure="a", note=ENDLESS_LIST), ["data.note expected-text"]),
            (of(Started, measure="a", note=ENDLESS_DICTIONARY), ["data.note expected-text"]),
            (of(Started, measure="a", note="\ud800"), ["data.note lone-surrogate"]),
            (
                of(Started, measure="a", note="\0", stage="\0"),
                ["data.stage nul", "data.note nul"],
            ),
            (
                of(Prioritized, field="a", ranking=[7, "b", "b"]),
                ["data.ranking[0] expected-id", "data.ranking[2] listed-twice"],
            ),
            (of(Prioritized, field="a", ranking=(("b", 1),)), ["data.ranking[0] expected-id"]),
            (of(Proposed, measure="a", attributes={7: "b"}), ["data.attributes.7 expected-text"]),
            (of(Proposed, measure="a", attributes={"b": 7}), ["data.attributes.b expected-text"]),
            (
                of(Proposed, measure="a", attributes={"b": None}),
                ["data.attributes.b expected-text"],
            ),
            (
                of(Proposed, measure="a", attributes={"\ud800": "b"}),
                ["data.attributes['\\ud800'] lone-surrogate"],
            ),
            (
                of(
                    Decided,
                    conference="b",
                    outcome="agreed",
                    votes=of(Votes, yes=True, no=1.0, abstain=-1),
                ),
                [
                    "data.outcome expected-choice",
                    "data.votes.yes expected-count",
                    "data.votes.no expected-count",
                    "data.votes.abstain expected-count",
                ],
            ),
            (
                of(Decided, conference="b", outcome="noted", votes={"yes": 1}),
                ["data.votes expected-object"],
            ),
            (of(Noted, about=About(), text=""), ["data.about not-one"]),
            (of(Noted, about={"measure": "a"}, text=""), ["data.about expected-object"]),
            (of(Noted, about=Started(measure="a"), text=""), ["data.about unfaithful"]),
            (of(Noted, text="a" * 70_000), ["too-long"]),
            ("started", ["data not-an-event"]),
            (Started, ["data not-an-event"]),
        ],
    )
    def test_flawed_data(self, event: Any, flaws: list[str]) -> None:
        """Whatever stands in the data in place of what belongs there is refused, not coerced."""
        assert flaws == flaws_in(attrs.evolve(STARTED, event=event))

    @pytest.mark.parametrize(
        ("change", "flaws"),
        [
            ({"id": 7}, ["id expected-event-id"]),
            ({"id": None}, ["id missing-key"]),
            ({"on": "2023-03-16"}, ["on unfaithful"]),
            ({"on": "bald"}, ["on date"]),
            ({"recorded": "2026-11-22T08:15:00Z"}, ["recorded unfaithful"]),
            ({"recorded": STARTED.recorded.replace(tzinfo=None)}, ["recorded unfaithful"]),
            ({"recorded": STARTED.recorded.replace(microsecond=1)}, ["recorded unfaithful"]),
            ({"by": " "}, ["by blank"]),
            ({"by": "\ud800", "source": 7}, ["by lone-surrogate", "source expected-text"]),
            ({"reason": 7}, ["reason expected-text"]),
            ({"corrects": "9f3c0a6be1d24858"}, ["reason missing-reason"]),
            ({"salt": "A"}, ["salt expected-salt"]),
            ({"v": 0}, ["v unfaithful"]),
        ],
    )
    def test_flawed_keys_around_the_data(self, change: dict[str, Any], flaws: list[str]) -> None:
        """Whatever stands around the data in place of what belongs there is refused."""
        assert flaws == flaws_in(attrs.evolve(STARTED, **change))

    def test_another_time_zone(self) -> None:
        """A moment is the same moment in any time zone."""
        there = STARTED.recorded.astimezone(timezone(timedelta(hours=2)))
        validate(attrs.evolve(STARTED, recorded=there))
