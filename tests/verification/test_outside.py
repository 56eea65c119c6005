"""A checkpoint from outside that does not fit: what is certain, and what may be otherwise."""

from collections.abc import Callable
from typing import Any

import pytest

from planlog import (
    Checkpoint,
    NewEvent,
    Noted,
    NoteError,
    SignedNote,
    Signer,
    Spoken,
    verify,
)
from planlog.trust.spoken import spoken
from planlog.verification import sizes
from tests.verification.logs import SAID, Kept

SIGNER = Signer("gwa.example", bytes(range(32)))


def resized(checkpoint: Checkpoint, size: int) -> Checkpoint:
    """The same root with another number of events."""
    return Checkpoint(checkpoint.origin, size, checkpoint.root)


class TestSizes:
    @pytest.mark.parametrize("size", [0, 6, 8, 9, 70])
    @pytest.mark.parametrize(
        "make", [lambda it: it, lambda it: Spoken(it.size, Spoken.of(it).prefix)]
    )
    def test_mistyped(
        self, kept: Kept, size: int, make: Callable[[Checkpoint], Checkpoint | Spoken]
    ) -> None:
        """Where the root is that of another number of events, the number is wrong for certain."""
        (damage,) = kept.verdict(make(resized(kept.log.checkpoint(7), size))).damages
        assert ("mistyped-size", "outside[0]", True) == (
            damage.code,
            damage.flaw.place,
            damage.certain,
        )
        assert {"stated": size, "found": 7} == damage.flaw.details

    def test_of_its_own(self, bare: Kept) -> None:
        """So it is with a checkpoint that lies in the folder."""
        bare.keep(resized(bare.log.checkpoint(), 9))
        assert [("mistyped-size", "checkpoints/0000000009.checkpoint")] == bare.found()

    @pytest.mark.parametrize(
        ("size", "is_found"), [(6, True), (70, True), (17, True), (71, True), (123, False)]
    )
    def test_in_a_long_log(
        self, bare: Kept, monkeypatch: pytest.MonkeyPatch, size: int, is_found: bool
    ) -> None:
        """In a long log only slips are looked for: a digit wrong, too few, too many, or swapped."""
        monkeypatch.setattr(sizes, "MOST_LINES", 9)
        found = bare.found(resized(bare.log.checkpoint(7), size))
        assert is_found == (("mistyped-size", "outside[0]") in found)

    def test_swapped_digits(self, bare: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """Digits that changed places are one slip."""
        monkeypatch.setattr(sizes, "MOST_LINES", 9)
        bare.log.record_all([NewEvent(event=Noted(text="Neu"), **SAID) for _ in range(2)])
        (damage,) = bare.verdict(resized(bare.log.checkpoint(), 21)).damages
        assert {"stated": 21, "found": 12} == damage.flaw.details


class TestUnlike:
    @pytest.mark.parametrize("size", [1, 2, 12])
    def test_may_be_of_another_clone(self, bare: Kept, size: int) -> None:
        """Nothing that only a checkpoint from outside shows is certain: it may be another's."""
        for said in (Checkpoint(bare.log.origin, size, bytes(32)), Spoken(size, 0)):
            (damage,) = bare.verdict(said).damages
            assert ("edited" if size < 12 else "end-cut-off", False) == (
                damage.code,
                damage.certain,
            )
            assert "is of another clone (planlog join) or of another plan" in str(damage)

    def test_one_position(self, bare: Kept) -> None:
        """A range of a single line is told as that."""
        (damage,) = bare.verdict(Checkpoint(bare.log.origin, 1, bytes(32))).damages
        assert "the line at position 0 was edited" in str(damage)
        assert "outside[0]" in str(damage)

    def test_of_its_own(self, bare: Kept) -> None:
        """Of a checkpoint in the folder nobody thinks that, yet it may have been changed."""
        bare.keep(Checkpoint(bare.log.origin, 1, bytes(32)))
        (damage,) = bare.verdict().damages
        assert ("edited", False) == (damage.code, damage.certain)
        assert "clone" not in str(damage)
        assert "the line at position 0 was edited" in str(damage)

    def test_contradicted(self, kept: Kept) -> None:
        """One from outside that another from outside contradicts may be another clone's."""
        wrong = Checkpoint(kept.log.origin, 7, bytes(32))
        (damage,) = kept.verdict(wrong, kept.log.checkpoint()).damages
        assert ("wrong-checkpoint", False) == (damage.code, damage.certain)

    def test_that_explains_itself(self, bare: Kept) -> None:
        """What was tried and fits is certain, with a checkpoint from outside too."""
        checkpoint = bare.log.checkpoint()
        bare.edit(1, lambda content: content.replace(b"\n", b"\r\n"))
        (damage,) = bare.verdict(checkpoint).damages
        assert ("line-ends", True) == (damage.code, damage.certain)


class TestGiven:
    @pytest.mark.parametrize(
        "make",
        [
            lambda it: it.text,
            lambda it: it.text.encode(),
            spoken,
            lambda it: SignedNote(it.text, (SIGNER.sign(it.text),)).whole,
        ],
    )
    def test_as_text(self, bare: Kept, make: Callable[[Checkpoint], str | bytes]) -> None:
        """Checkpoints may be given as they were typed."""
        verdict = verify(bare.path, outside=[make(bare.log.checkpoint())])
        assert "verified" == verdict.kind

    def test_no_checkpoint(self, bare: Kept) -> None:
        """What is none is refused with its place in the list."""
        with pytest.raises(NoteError, match=r"^outside\[1\]: expected three lines"):
            verify(bare.path, outside=[bare.log.checkpoint(), "x"])

    @pytest.mark.parametrize("make", [lambda it: it, lambda it: it.text, Spoken.of])
    def test_alone(self, bare: Kept, make: Callable[[Checkpoint], Any]) -> None:
        """One that stands alone is refused, and so is what cannot be one."""
        with pytest.raises(TypeError, match=r"expected a list of checkpoints, got '\w+' alone"):
            verify(bare.path, outside=make(bare.log.checkpoint()))
        numbers: Any = [7]
        with pytest.raises(TypeError, match=r"outside\[0\]: expected a checkpoint, got 'int'"):
            verify(bare.path, outside=numbers)
