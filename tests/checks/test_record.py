"""The record itself: corrections, retractions, sources."""

from datetime import date

import attrs
import pytest

from planlog.checks import check
from planlog.events import Noted, Retracted, Started
from tests.checks.examples import ERASED, EXAMPLES, FIELD, SOUND, found, places
from tests.histories import Entry, id_at, log


class TestCorrections:
    """Tests for what corrections and retractions aim at."""

    @pytest.mark.parametrize("target", [7, 8, 99])
    def test_correction_of_nothing_before_it(self, target: int) -> None:
        """A correction of itself, of a later event or of none is an error."""
        correction: Entry = (Started(measure="wohnen-16"), "2023-03-15", target)
        (finding,) = found("dangling-correction", [*SOUND, correction, FIELD])
        assert ("error", 7) == (finding.severity, finding.position)
        assert id_at(target) in str(finding)

    def test_correction_of_a_correction(self) -> None:
        """A correction may name another one."""
        again: Entry = (Started(measure="wohnen-16"), "2023-03-14", 7)
        events = [*SOUND, (Started(measure="wohnen-16"), "2023-03-15", 4), again]
        assert () == check(log(*events), date(2023, 6, 30))

    @pytest.mark.parametrize("target", [7, 8, 99])
    def test_retraction_of_nothing_before_it(self, target: int) -> None:
        """A retraction of itself, of a later event or of none is an error."""
        retraction: Entry = (Retracted(event=id_at(target)), "2023-03-15")
        (finding,) = found("dangling-retraction", [*SOUND, retraction, FIELD])
        assert ("error", 7) == (finding.severity, finding.position)
        assert id_at(target) in str(finding)

    def test_retraction_of_what_is_there(self) -> None:
        """A retraction may name any event before it, another retraction too."""
        events = log(
            *SOUND,
            (Retracted(event=id_at(6)), "2023-04-01"),
            (Retracted(event=id_at(7)), "2023-04-01"),
        )
        assert () == check(events, date(2023, 6, 30))

    @pytest.mark.parametrize("code", ["dangling-correction", "dangling-retraction"])
    def test_dangling_and_taken_back(self, code: str) -> None:
        """Retracting what dangles mends it; retracting that retraction brings it up again."""
        mended = [*EXAMPLES[code], (Retracted(event=id_at(7)), "2023-04-01")]
        assert [] == places(code, *mended)
        assert [7] == places(code, *mended, (Retracted(event=id_at(8)), "2023-04-01"))

    def test_dangling_and_named_by_a_retraction_before_it(self) -> None:
        """A retraction that aims at a later event dangles itself and hides nothing."""
        events = log(
            (Retracted(event=id_at(1)), "2023-04-01"), (Retracted(event=id_at(99)), "2023-04-01")
        )
        assert [0, 1] == [f.position for f in check(events, None) if f.severity == "error"]

    def test_correction_of_a_retraction(self) -> None:
        """A retraction holds nothing to be corrected; it is retracted instead."""
        (finding,) = found("not-correctable", EXAMPLES["not-correctable"])
        assert ("error", 8) == (finding.severity, finding.position)
        undone = (Retracted(event=id_at(8)), "2023-04-01")
        assert [] == places("not-correctable", *EXAMPLES["not-correctable"], undone)

    def test_correction_and_retraction_of_an_erasure(self) -> None:
        """An erasure can neither be corrected nor taken back."""
        erased: list[Entry] = [*SOUND, (ERASED, "2023-04-01")]
        assert [8] == places("not-correctable", *erased, (Noted(text="Protokoll"), "2023", 7))
        (finding,) = found("not-retractable", EXAMPLES["not-retractable"])
        assert ("error", 8) == (finding.severity, finding.position)
        assert [] == places("not-retractable", *erased, (Retracted(event=id_at(6)), "2023"))


class TestSource:
    """Tests for events without a source."""

    @pytest.mark.parametrize("source", [None, "", " \t"])
    def test_without(self, source: str | None) -> None:
        """What nobody can look up is found."""
        events = list(log(*SOUND))
        events[4] = attrs.evolve(events[4], source=source)
        (finding,) = check(events, date(2023, 6, 30))
        assert ("no-source", 4) == (finding.code, finding.position)
        assert f"started 2023-03-16 ({id_at(4)}) has no source" in str(finding)

    def test_retraction(self) -> None:
        """A retraction has its reason, and what it took back needs no source any more."""
        events = log(*SOUND, (Retracted(event=id_at(6)), "2023-04-01"))
        sourceless = [attrs.evolve(event, source=None) for event in events[6:]]
        assert () == check([*events[:6], *sourceless], date(2023, 6, 30))
