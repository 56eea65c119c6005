"""What the annotations of an event class mean."""

from typing import Literal

import attrs

from planlog.dates import InexactDate
from planlog.events import (
    About,
    Amended,
    Decided,
    Digest,
    Erased,
    Identifies,
    Merged,
    Noted,
    Prioritized,
    Proposed,
    Rated,
    Split,
    Started,
    Texts,
    VersionRecorded,
)
from planlog.keys import Key, keys_of
from planlog.mappings import FrozenMapping
from planlog.plan import Votes


def key(cls: type, name: str) -> Key:
    """The key of a class that has a *name*."""
    return next(key for key in keys_of(cls) if key.name == name)


class TestKeysOf:
    """Tests for `keys_of`."""

    def test_identifies(self) -> None:
        """A key that names something tells what, how many, and whether it brings it in."""
        assert Identifies("measure", introduces=True) == key(Proposed, "measure").identifies
        assert Identifies("measure") == key(Started, "measure").identifies
        assert Identifies("field") == key(Amended, "field").identifies
        assert Identifies("goal") == key(Proposed, "goal").identifies
        assert Identifies("measure") == key(Prioritized, "ranking").identifies
        assert Identifies("field") == key(Decided, "fields").identifies
        assert Identifies("event") == key(Erased, "target").identifies
        assert key(Started, "note").identifies is None
        assert key(VersionRecorded, "document").identifies is None

    def test_many(self) -> None:
        """A list is told from a single value."""
        assert ["measures"] == [key.name for key in keys_of(Merged) if key.many]
        assert ["into"] == [key.name for key in keys_of(Split) if key.many]
        assert key(Proposed, "responsible").many
        assert not key(Proposed, "attributes").many

    def test_choices(self) -> None:
        """A closed list is told, whether or not the key may be left out."""
        assert ("complete", "excerpt") == key(VersionRecorded, "coverage").choices
        assert ("adopted", "rejected", "deferred", "noted") == key(Decided, "outcome").choices
        assert () == key(Decided, "text").choices

    def test_shapes(self) -> None:
        """The shape of a value is told without its being optional."""
        assert str is key(Rated, "level").shape
        assert Texts == key(Proposed, "partners").shape
        assert InexactDate is key(Amended, "due").shape
        assert Votes is key(Decided, "votes").shape
        assert About is key(Noted, "about").shape
        assert Digest == key(VersionRecorded, "document").shape
        assert FrozenMapping[str] == key(Proposed, "attributes").shape
        assert FrozenMapping[str | None] == key(Amended, "attributes").shape
        assert int is key(Erased, "position").shape

    def test_objects_inside(self) -> None:
        """The objects inside an event are told like events."""
        assert ["yes", "no", "abstain"] == [key.name for key in keys_of(Votes)]
        assert all(key.required and key.shape is int for key in keys_of(Votes))
        assert ["measure", "field", "conference", "version"] == [key.name for key in keys_of(About)]

    def test_optional_choice(self) -> None:
        """A closed list that may be left out keeps its choices."""

        @attrs.frozen
        class Answer:
            light: Literal["green", "red"] | None = None

        assert ("green", "red") == key(Answer, "light").choices
