"""No JSON text crashes the codec, keeps it busy for long, or is silently mended."""

import json
from time import perf_counter

import pytest

from planlog.codec import decode, decode_new, encode
from planlog.errors import Flaw, InvalidEventError
from tests.codec.json_texts import TEXTS, as_bytes

TAKEN = [(name, text) for name, text, wrong in TEXTS if not wrong]


def verdict(text: str | bytes) -> tuple[Flaw, ...]:
    """Everything that is wrong with a text."""
    try:
        decode(as_bytes(text), 0)
    except InvalidEventError as error:
        return error.flaws
    return ()


def verdict_from_outside(text: str | bytes) -> tuple[Flaw, ...]:
    """Everything that is wrong with a text that is handed in."""
    try:
        decode_new(as_bytes(text), "outside")
    except InvalidEventError as error:
        return error.flaws
    return ()


class TestTheTable:
    def test_number_of_texts(self) -> None:
        """There are more than 300 texts, each with a name of its own."""
        assert 300 < len({name for name, _, _ in TEXTS}) == len(TEXTS)

    @pytest.mark.parametrize(("name", "text", "wrong"), TEXTS, ids=[name for name, _, _ in TEXTS])
    def test_names_agree_with_what_happens(self, name: str, text: str | bytes, wrong: str) -> None:
        """What must be taken has nothing wrong with it, what must be refused has."""
        assert name.startswith("i_") or (wrong != "") == name.startswith("n_")


@pytest.mark.parametrize(("name", "text", "wrong"), TEXTS, ids=[name for name, _, _ in TEXTS])
class TestEveryText:
    def test_is_taken_or_refused_for_what_is_wrong(
        self, name: str, text: str | bytes, wrong: str
    ) -> None:
        """A text is taken, or refused with all that is wrong with it and nothing else."""
        told = [f"{flaw.key} {flaw.code}".strip() for flaw in verdict(text)]
        assert sorted(filter(None, wrong.split("; "))) == sorted(told)

    def test_is_judged_soon_and_in_few_words(
        self, name: str, text: str | bytes, wrong: str
    ) -> None:
        """No text keeps the codec busy, and none makes a message that fills the screen."""
        start = perf_counter()
        messages = [str(flaw) for flaw in verdict(text)]
        assert 5 > perf_counter() - start
        assert all(len(message) < 1_000 for message in messages)

    def test_is_judged_alike_from_outside(self, name: str, text: str | bytes, wrong: str) -> None:
        """Handed in from outside, a text has the same flaws, but for what may be absent then."""
        may_be_absent = {
            f"{key} missing-key" for key in ("v", "id", "on", "recorded", "by", "salt")
        }
        told = [flaw for flaw in wrong.split("; ") if flaw and flaw not in may_be_absent]
        keys = [flaw.rpartition(" ")[0] for flaw in told]
        assert sorted(keys) == sorted(flaw.key for flaw in verdict_from_outside(text))


@pytest.mark.parametrize(("name", "text"), TAKEN, ids=[name for name, _ in TAKEN])
class TestTakenTexts:
    def test_say_the_same_when_written_again(self, name: str, text: str | bytes) -> None:
        """Written again, a text that was taken holds what a lenient parser finds in it."""
        line = encode(decode(as_bytes(text), 0))
        assert json.loads(as_bytes(text)) == json.loads(line)

    def test_differ_in_form_only(self, name: str, text: str | bytes) -> None:
        """Written again, a text that was taken is read as the same event."""
        event = decode(as_bytes(text), 0)
        assert event == decode(encode(event), 0)
