"""Every exception raised on purpose."""

import inspect
import pickle
import re
from string import Formatter
from typing import Any

import attrs
import pytest

from planlog import errors
from planlog.errors import (
    AmbiguousReferenceError,
    DateError,
    Flaw,
    FlawsError,
    InvalidEventError,
    PlanlogError,
    SizeError,
    UnknownReferenceError,
)

EXCEPTIONS = [
    cls
    for _, cls in inspect.getmembers(errors, inspect.isclass)
    if issubclass(cls, PlanlogError) and cls not in (PlanlogError, FlawsError)
]
VALUES: dict[str, Any] = {"size": 3, "asked": 7, "expected": 3, "actual": 4, "seconds": 1.5}


def attributes(cls: type) -> list[str]:
    """The names of an exception's attributes."""
    return [field.name for field in attrs.fields(cls)]


def example(cls: type[PlanlogError]) -> PlanlogError:
    """An exception of a class, with some value in each attribute."""
    if issubclass(cls, FlawsError):
        return cls((Flaw("x", "too much"),))
    if cls is AmbiguousReferenceError:
        return AmbiguousReferenceError("measure", "16", (("a", "A"), ("b", "")))
    return cls(**{name: VALUES.get(name, "something") for name in attributes(cls)})


class TestPlanlogError:
    """Tests for every exception."""

    @pytest.mark.parametrize("cls", EXCEPTIONS)
    def test_family(self, cls: type[PlanlogError]) -> None:
        """Every exception is named an error and carries a code of its own that tells it apart."""
        assert cls.__name__.endswith("Error")
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", cls.code)
        assert 1 == [other.code for other in EXCEPTIONS].count(cls.code)

    @pytest.mark.parametrize("cls", EXCEPTIONS)
    def test_template(self, cls: type[PlanlogError]) -> None:
        """The template needs nothing but the exception's own attributes."""
        needed = {name for _, name, _, _ in Formatter().parse(cls.template) if name}
        assert needed <= set(example(cls).details)

    @pytest.mark.parametrize("cls", EXCEPTIONS)
    def test_message(self, cls: type[PlanlogError]) -> None:
        """A message begins in lower case and has no full stop."""
        message = str(example(cls))
        assert re.match(r"[a-z'#]", message)
        assert not message.endswith(".")

    @pytest.mark.parametrize("cls", EXCEPTIONS)
    def test_raised(self, cls: type[PlanlogError]) -> None:
        """Whoever catches `PlanlogError` catches each of them, as itself."""
        error = example(cls)
        with pytest.raises(PlanlogError) as caught:
            raise error
        assert error is caught.value

    @pytest.mark.parametrize("cls", EXCEPTIONS)
    def test_sent_to_another_process(self, cls: type[PlanlogError]) -> None:
        """An exception that is pickled comes back with its message."""
        error = example(cls)
        assert str(error) == str(pickle.loads(pickle.dumps(error)))

    def test_offending_value(self) -> None:
        """The offending value is shown as Python writes it, so that nothing hides in it."""
        assert "got '2023\\n'" in str(DateError("2023\n"))

    def test_numbers(self) -> None:
        """Numbers are shown as numbers."""
        assert "the log has 3 events, #7 asks for more" == str(SizeError(7, 3))

    def test_braces_in_a_value(self) -> None:
        """A value that looks like a placeholder is shown as it is."""
        assert "no measure fits '{kind}'" == str(UnknownReferenceError("measure", "{kind}"))

    def test_without_attributes(self) -> None:
        """An exception of one's own needs no attributes."""

        class PlainError(PlanlogError):
            code = "plain"
            template = "nothing to tell"

        assert {} == PlainError().details
        assert "nothing to tell" == str(PlainError())


class TestFlaw:
    """Tests for `Flaw`."""

    def test_place_and_key(self) -> None:
        """A flaw names the place, then the key, then what is wrong."""
        flaw = Flaw("x", "expected a date, got {value!r}", {"value": "x"}, "on", "a.jsonl:2")
        assert "a.jsonl:2: on: expected a date, got 'x'" == str(flaw)

    def test_neither(self) -> None:
        """Without a place or a key there is only what is wrong."""
        assert "too much" == str(Flaw("x", "too much"))

    def test_at(self) -> None:
        """A flaw can be put at a place; the first one stays as it is."""
        flaw = Flaw("x", "too much", key="data")
        assert "a.jsonl:2: data: too much" == str(flaw.at("a.jsonl:2"))
        assert "data: too much" == str(flaw)

    def test_translated(self) -> None:
        """Another sentence gets the same place in front."""
        assert "a.jsonl: zu viel" == Flaw("x", "too much", place="a.jsonl").located("zu viel")


class TestFlawsError:
    """Tests for `FlawsError`."""

    def test_several(self) -> None:
        """Every flaw stands on a line of its own."""
        flaws = (Flaw("x", "too much"), Flaw("y", "too little", key="data"))
        assert "too much\ndata: too little" == str(InvalidEventError(flaws))


class TestAmbiguousReferenceError:
    """Tests for `AmbiguousReferenceError`."""

    def test_listing(self) -> None:
        """Everything that fits is listed, with what tells it apart."""
        error = AmbiguousReferenceError("measure", "16", (("a-16", "A: Garten"), ("b-16", "")))
        assert (
            "'16' fits more than one measure: a-16 (A: Garten), b-16; name one of them by its id"
            == str(error)
        )
