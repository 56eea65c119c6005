"""What is read out of a checkpoint comes back when it is typed in, or the wrong group is named."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.errors import NoteError
from planlog.trust.checkpoints import LARGEST, Checkpoint
from planlog.trust.spoken import PREFIX_BITS, Spoken, looks_spoken, parse_spoken, spoken

ORIGIN = "planlog/9f3c0a6be1d24857"
ROOT = bytes(range(32))
TEXT = "63-8 · 0000-2 1032-5 0386-9 0080-9 3086-3 0514-9 2128-9"
GROUPS = TEXT.split(" · ")[1].split()

CHECKPOINTS = st.builds(
    Checkpoint,
    st.just(ORIGIN),
    st.integers(0, LARGEST),
    st.binary(min_size=32, max_size=32),
)


def codes(text: str) -> list[str]:
    """What is wrong with *text*."""
    with pytest.raises(NoteError) as caught:
        parse_spoken(text)
    return [flaw.code for flaw in caught.value.flaws]


class TestSpoken:
    def test_tells_size_and_beginning_of_the_root(self) -> None:
        """The size and the first 91 bits of the root, 13 to a group, each with a check digit."""
        assert TEXT == spoken(Checkpoint(ORIGIN, 63, ROOT))
        bits = "".join(f"{byte:08b}" for byte in ROOT)
        told = [int(bits[start : start + 13], 2) for start in range(0, 91, 13)]
        assert told == [int(group[:4]) for group in GROUPS]

    @pytest.mark.parametrize(("digits", "check"), [("572", 4), ("11294", 6)])
    def test_has_published_check_digits(self, digits: str, check: int) -> None:
        """The size has the check digit that others give it by the same method."""
        assert spoken(Checkpoint(ORIGIN, int(digits), ROOT)).startswith(f"{digits}-{check} ")

    @given(CHECKPOINTS)
    def test_is_read_as_it_was_written(self, checkpoint: Checkpoint) -> None:
        """Every checkpoint fits what is spoken of it."""
        found = parse_spoken(spoken(checkpoint))
        assert Spoken.of(checkpoint) == found
        assert found.fits(checkpoint.size, checkpoint.root)

    @given(CHECKPOINTS, st.integers(0, 255))
    def test_fits_the_beginning_of_a_root(self, checkpoint: Checkpoint, bit: int) -> None:
        """A root that differs in a spoken bit does not fit; the others are not looked at."""
        other = (int.from_bytes(checkpoint.root) ^ 1 << (255 - bit)).to_bytes(32)
        assert (bit >= PREFIX_BITS) == Spoken.of(checkpoint).fits(checkpoint.size, other)

    @given(CHECKPOINTS)
    def test_fits_one_size(self, checkpoint: Checkpoint) -> None:
        """The same root at another size does not fit."""
        assert not Spoken.of(checkpoint).fits(checkpoint.size + 1, checkpoint.root)


class TestParseSpoken:
    @pytest.mark.parametrize(
        "text",
        [
            TEXT.replace("-", ""),
            TEXT.replace("-", " – "),
            TEXT.replace(" · ", "\r\n").replace(" ", "\n"),
            TEXT.replace(" ", ", "),
            f"\n  {TEXT}.\n\n",
        ],
    )
    def test_takes_any_spacing(self, text: str) -> None:
        """How it is put in lines and parted does not matter."""
        assert parse_spoken(TEXT) == parse_spoken(text)

    def test_names_every_wrong_digit(self) -> None:
        """Whatever single digit is wrong, the group with it is named, and no other."""
        for place, digit in enumerate(TEXT):
            for wrong in set("0123456789") - {digit}:
                text = TEXT[:place] + wrong + TEXT[place + 1 :]
                if digit.isdigit() and not text.startswith("0"):
                    self.names_one(text, place)

    def test_names_every_swap_of_neighbours(self) -> None:
        """Whichever two neighbouring digits change places, the group with them is named."""
        text = TEXT.replace("-", "")
        for place in range(len(text) - 1):
            one, other = text[place], text[place + 1]
            if one.isdigit() and other.isdigit() and one != other:
                self.names_one(text[:place] + other + one + text[place + 2 :], place, text)

    @staticmethod
    def names_one(text: str, place: int, right: str = TEXT) -> None:
        """Assert that the group at *place*, and no other, is told to be wrong."""
        with pytest.raises(NoteError) as caught:
            parse_spoken(text)
        (flaw,) = caught.value.flaws
        number = len(right[: place + 1].replace("·", "").split()) - 1
        assert (f"group {number}" if number else "the size") in str(flaw)

    def test_every_group_is_safe(self) -> None:
        """No wrong digit and no swap of neighbours passes, at any place and in any group."""
        for number, digits in product(range(1, 8), range(0, 8192, 397)):
            prefix = digits << 13 * (7 - number)
            words = Spoken(1, prefix).text.split()
            group = words[1 + number].replace("-", "")
            swaps = {group[:i] + group[i + 1] + group[i] + group[i + 2 :] for i in range(4)}
            wrong = {group[:i] + str(d) + group[i + 1 :] for i in range(5) for d in range(10)}
            for other in (swaps | wrong) - {group}:
                assert len(codes(" ".join([*words[: 1 + number], other, *words[2 + number :]])))

    def test_names_groups_that_changed_places(self) -> None:
        """Right groups in each other's places are both named."""
        groups = [*GROUPS[:2], GROUPS[3], GROUPS[2], *GROUPS[4:]]
        assert 2 * ["spoken-group-digit"] == codes(" ".join(["63-8", *groups]))

    def test_names_all_that_is_wrong(self) -> None:
        """Everything is told at once."""
        with pytest.raises(NoteError) as caught:
            parse_spoken("36-8 · 0000-2 1032-6 03b6-9 0080-9 3086-3 9999-9 2128-9")
        assert [
            "the size: the check digit does not fit in '36-8'; read it again",
            (
                "group 2: the check digit does not fit in '1032-6'; read it again, and look "
                "whether it stands in its place"
            ),
            (
                "group 3: expected four digits, at most 8191, and a check digit, such as 4821-7, "
                "got '03b6-9'"
            ),
            (
                "group 6: expected four digits, at most 8191, and a check digit, such as 4821-7, "
                "got '9999-9'"
            ),
        ] == str(caught.value).split("\n")

    @pytest.mark.parametrize("size", ["063-8", "x-0", "7", f"{LARGEST + 1}-0", "٦٣-8", "-8"])
    def test_wrong_size(self, size: str) -> None:
        """A size is a number as checkpoints write it, and a check digit."""
        assert ["spoken-size"] == codes(" ".join([size, *GROUPS]))

    @pytest.mark.parametrize("text", ["", "63-8", TEXT.rsplit(" ", 1)[0], f"{TEXT} {TEXT}"])
    def test_wrong_count(self, text: str) -> None:
        """A group that is missing, or one too many, is told before anything else."""
        assert ["spoken-count"] == codes(text)

    def test_is_not_kept_busy(self) -> None:
        """Of a text that is far too long the beginning is enough to refuse it."""
        with pytest.raises(NoteError, match="got 500 in all"):
            parse_spoken("1 " * 1_000_000)


class TestLooksSpoken:
    @pytest.mark.parametrize("text", [TEXT, TEXT.replace("1", "l"), "63-8\n0000-2\n"])
    def test_is_meant_to_be(self, text: str) -> None:
        """What is mostly digits is meant to be spoken, typing errors and all."""
        assert looks_spoken(text)

    @pytest.mark.parametrize("text", ["", "planlog", Checkpoint("9" * 200, 63, ROOT).text])
    def test_is_something_else(self, text: str) -> None:
        """A checkpoint is none, whatever it is called."""
        assert not looks_spoken(text)
