"""An immutable mapping."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.mappings import FrozenMapping

MAPPINGS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2))


class TestFrozenMapping:
    """Tests for `FrozenMapping`."""

    def test_reads_like_a_mapping(self) -> None:
        """It has what it was made from, in that order."""
        mapping = FrozenMapping({"topic": "Garten", "light": "grün"})
        assert "Garten" == mapping["topic"]
        assert ["topic", "light"] == list(mapping)
        assert 2 == len(mapping)
        assert "other" not in mapping

    def test_nothing_given(self) -> None:
        """Made from nothing it is empty."""
        assert 0 == len(FrozenMapping[str]())

    def test_unknown_key(self) -> None:
        """A key that it lacks is an error, as in any mapping."""
        with pytest.raises(KeyError, match="other"):
            FrozenMapping({"topic": "Garten"})["other"]

    def test_source_changed(self) -> None:
        """It does not change with what it was made from."""
        source = {"topic": "Garten"}
        mapping = FrozenMapping(source)
        source["topic"] = "Haus"
        assert "Garten" == mapping["topic"]

    def test_assignment(self) -> None:
        """It offers no way to change it."""
        mapping = FrozenMapping({"topic": "Garten"})
        with pytest.raises(TypeError, match="item assignment"):
            mapping["topic"] = "Haus"  # type: ignore[index]  # that is the promise
        with pytest.raises(AttributeError, match="attribute"):
            mapping.other = 1  # type: ignore[attr-defined]  # that is the promise

    @given(MAPPINGS, MAPPINGS)
    def test_equality(self, one: dict[str, int], other: dict[str, int]) -> None:
        """Two are equal when they map alike, whatever the order, and then hash alike."""
        equal = FrozenMapping(one) == FrozenMapping(other)
        assert (one == other) == equal
        assert equal == (FrozenMapping(one) == other)
        reordered = FrozenMapping(dict(reversed(one.items())))
        assert FrozenMapping(one) == reordered
        assert hash(FrozenMapping(one)) == hash(reordered)

    def test_hashed_twice(self) -> None:
        """Its hash stays the same."""
        mapping = FrozenMapping({"topic": "Garten"})
        assert hash(mapping) == hash(mapping)

    def test_other_things(self) -> None:
        """It equals nothing that is no mapping."""
        assert FrozenMapping({}) != ()

    def test_printed(self) -> None:
        """It prints as what would make it again."""
        assert "FrozenMapping({'topic': 'Garten'})" == repr(FrozenMapping({"topic": "Garten"}))

    def test_copied(self) -> None:
        """Copies, and what was pickled and read back, are equal to it."""
        mapping = FrozenMapping({"topic": "Garten"})
        assert mapping == copy.deepcopy(mapping) == pickle.loads(pickle.dumps(mapping))
