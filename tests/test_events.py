"""Every type of event."""

import re
from collections.abc import Callable
from datetime import date

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from planlog.dates import InexactDate
from planlog.errors import DateError
from planlog.events import (
    EVENT_CLASSES,
    TYPES,
    UNSET,
    Amended,
    Decided,
    Event,
    Merged,
    NewEvent,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Split,
    Started,
    VersionRecorded,
)
from planlog.keys import keys_of
from planlog.mappings import FrozenMapping
from planlog.testing.logs import contents
from tests.histories import recorded

DESCRIBING = "title?* field?* number?* goal?* description?* responsible?* partners?* due?* cost?*"

# DESIGN, section 2: `?` may be left out, `*` may be null.
DATA = {
    "plan_opened": "title place? programme? language?",
    "plan_amended": "title place? programme? language?",
    "field_added": "field title number?",
    "field_amended": "field title number?",
    "goal_added": "goal field title",
    "conference_held": "conference title kind place?",
    "proposed": (
        "measure title? field? number? goal? description? responsible? partners? due? cost? "
        "funding? attributes? stage? note?"
    ),
    "amended": f"measure {DESCRIBING} funding?* attributes?*",
    "prioritized": "field ranking",
    "rated": "measure level*",
    "started": "measure stage? note?",
    "progressed": "measure stage?* note?*",
    "implemented": "measure stage? note?",
    "made_permanent": "measure stage? note?",
    "paused": "measure stage? note?",
    "resumed": "measure stage? note?",
    "dropped": "measure cause stage? note?",
    "merged": "measures into",
    "split": "measure into",
    "decided": "conference outcome measures? fields? text? votes? reference?",
    "version_recorded": "version title? coverage attributes measures? document?",
    "noted": "about? text",
    "retracted": "event",
    "erased": (
        "event position leaf ground type corrects? target? on? recorded? "
        "measures? fields? goals? conferences? versions?"
    ),
}


class TestTypes:
    """Tests for `TYPES` and `EVENT_CLASSES`."""

    def test_words(self) -> None:
        """The types are those of the format, each the word of one class."""
        assert list(DATA) == [cls.TYPE for cls in EVENT_CLASSES] == list(TYPES)

    @pytest.mark.parametrize("word", DATA)
    def test_keys(self, word: str) -> None:
        """Each type's data has the keys of the format, in its order."""
        written = [
            key.name + ("" if key.required else "?") + ("*" if key.nullable else "")
            for key in keys_of(TYPES[word])
        ]
        assert DATA[word].split() == written

    @pytest.mark.parametrize("cls", EVENT_CLASSES)
    def test_class(self, cls: type[Event]) -> None:
        """An event is made by naming its keys, and its class says what it means."""
        assert all(field.kw_only for field in attrs.fields(cls))
        assert re.fullmatch(r"[A-Z].+\.", (cls.__doc__ or "").partition("\n")[0])

    @given(st.sampled_from(EVENT_CLASSES).flatmap(contents))
    def test_frozen(self, event: Event) -> None:
        """An event cannot change, and can be in a set."""
        for field in attrs.fields(type(event)):
            with pytest.raises(FrozenInstanceError):
                setattr(event, field.name, None)
        assert hash(event) == hash(attrs.evolve(event))


class TestConverters:
    """Tests for what an event's values become when it is made."""

    def test_lists(self) -> None:
        """Lists are kept as tuples, so that nobody changes them later."""
        assert ("a-1", "a-2") == Prioritized(field="a", ranking=["a-1", "a-2"]).ranking
        assert ("a-1",) == Merged(measures=["a-1"], into="a-2").measures
        assert ("a-1", "a-2") == Split(measure="a", into=iter(["a-1", "a-2"])).into
        assert ("a",) == Decided(conference="c", outcome="noted", fields=["a"]).fields
        assert ("GWA",) == Proposed(measure="a-1", responsible=["GWA"]).responsible
        assert ("GWA",) == Amended(measure="a-1", partners=["GWA"]).partners

    @pytest.mark.parametrize(
        "make",
        [
            lambda: Prioritized(field="a", ranking="a-1"),
            lambda: Merged(measures="a-1", into="a-2"),
            lambda: Proposed(measure="a-1", responsible="GWA"),
            lambda: Amended(measure="a-1", responsible="GWA"),
            lambda: VersionRecorded(
                version="deck", coverage="excerpt", attributes=[], measures={"a-1": "title"}
            ),
        ],
    )
    def test_text_for_a_list(self, make: Callable[[], Event]) -> None:
        """A text is never taken for the list of its letters."""
        with pytest.raises(TypeError, match="expected a list of texts, got the text"):
            make()

    def test_dates(self) -> None:
        """A due date may be a day of the calendar, a text or an inexact date."""
        due = InexactDate.parse("2024-05-01")
        for form in (due, "2024-05-01", date(2024, 5, 1)):
            assert due == Proposed(measure="a-1", due=form).due
            assert due == Amended(measure="a-1", due=form).due
            assert due == NewEvent(event=Started(measure="a-1"), on=form).on

    def test_malformed_date(self) -> None:
        """A due date that is none is refused at once."""
        with pytest.raises(DateError, match="'soon'"):
            Proposed(measure="a-1", due="soon")

    def test_mappings(self) -> None:
        """Mappings are kept as frozen ones."""
        pairs = FrozenMapping({"topic": "Garten"})
        assert pairs == Proposed(measure="a-1", attributes={"topic": "Garten"}).attributes
        assert isinstance(
            Amended(measure="a-1", attributes={"topic": None}).attributes, FrozenMapping
        )
        version = VersionRecorded(
            version="deck", coverage="excerpt", attributes=["title"], measures={"a-1": ["title"]}
        )
        assert FrozenMapping({"a-1": ("title",)}) == version.measures
        assert hash(version) == hash(attrs.evolve(version))

    def test_left_out(self) -> None:
        """What is left out of a proposal is absent; what is left out of a change is unset."""
        proposed, amended = Proposed(measure="a-1"), Amended(measure="a-1")
        assert {None} == set(attrs.asdict(proposed).values()) - {"a-1"}
        assert {UNSET} == set(attrs.asdict(amended).values()) - {"a-1"}
        assert UNSET is Progressed(measure="a-1").stage
        assert "UNSET" == repr(UNSET)

    def test_null(self) -> None:
        """Null where null clears is kept."""
        cleared = Amended(
            measure="a-1", title=None, responsible=None, partners=None, due=None, attributes=None
        )
        assert {"a-1", None, UNSET} == set(attrs.asdict(cleared).values())
        assert cleared.responsible is cleared.due is cleared.attributes is None

    def test_new_event_without_a_day(self) -> None:
        """A new event may leave the day to whoever records it."""
        assert NewEvent(event=Started(measure="a-1")).on is None


class TestRecordedEvent:
    """Tests for `RecordedEvent`."""

    def test_type(self) -> None:
        """It is of the type of what happened."""
        assert "rated" == recorded(0, Rated(measure="a-1", level=None), "2023").type
