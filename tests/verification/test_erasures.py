"""What was erased is gone, and an event tells of everything that is gone."""

import json
from pathlib import Path

import attrs
import pytest

from planlog import Checkpoint, Erased, codec
from planlog.codec import tombstone_line
from planlog.stores.joinedfiles import write_joined
from planlog.trust.leaves import leaf_of
from planlog.trust.orders import Order
from tests.verification.logs import Kept, record


def erase(kept: Kept, position: int) -> tuple[str, bytes]:
    """Erase the text of an event, and return its id and the line that it had."""
    log = kept.log
    (line,) = log.store.read(position, position + 1)
    id = log.events()[position].id
    log.erase(id, ground="Art. 17 DSGVO", on="2024-01-01", by="Amt")
    return id, line


class TestErasures:
    @pytest.mark.parametrize("position", [0, 4, 9])
    def test_leave_the_log_as_it_was(self, kept: Kept, position: int) -> None:
        """After an erasure everything is as it should be, and every checkpoint fits."""
        origin = kept.verdict().origin
        erase(kept, position)
        verdict = kept.verdict()
        assert ("own-only", ()) == (verdict.kind, verdict.damages)
        assert (11, 1) == (verdict.size, verdict.uncovered)
        assert origin == verdict.origin

    def test_told_twice(self, kept: Kept) -> None:
        """A later event that tells otherwise of an erasure is passed over."""
        id, _ = erase(kept, 4)
        (erasure,) = kept.log.events()[10:]
        assert isinstance(erasure.event, Erased)
        said = attrs.evolve(erasure.event, ground="anything else")
        line = codec.encode(attrs.evolve(erasure, id="f" * 16, by="Anna", event=said))
        kept.log.store.append([line], 11)
        (text,) = kept.verdict().erased
        assert (id, "Amt", "Art. 17 DSGVO") == (text.event, text.by, text.ground)

    def test_not_carried_out(self, kept: Kept) -> None:
        """A text that is still there though its erasure is recorded is told with its place."""
        id, line = erase(kept, 4)
        kept.edit_lines(1, lambda lines: [lines[0], line, *lines[2:]])
        (damage,) = kept.verdict().damages
        assert ("erasure-not-carried-out", kept.place(1, 2)) == (damage.code, damage.flaw.place)
        assert (id, 4, True) == (damage.event, damage.position, damage.certain)
        assert f"planlog erase {id}" in str(damage)

    def test_not_carried_out_in_a_last_line(self, kept: Kept) -> None:
        """So it is in a line that has no end, or stands behind empty ones."""
        _, line = erase(kept, 6)
        kept.edit_lines(1, lambda lines: [*lines[:3], b"", line])
        kept.edit(1, lambda content: content[:-1])
        assert ["blank-line", "no-final-line-feed", "erasure-not-carried-out"] == [
            code for code, _ in kept.found()
        ]

    def test_without_event(self, kept: Kept) -> None:
        """A mark that nobody speaks of is damage although the root is right."""
        kept.edit_lines(1, lambda lines: [lines[0], _marked(lines[1], 4), *lines[2:]])
        (damage,) = kept.verdict().damages
        assert ("lone-tombstone", kept.place(1, 2), 4) == (
            damage.code,
            damage.flaw.place,
            damage.position,
        )

    def test_first_without_event(self, kept: Kept) -> None:
        """Nobody knows what a log is called whose first line is gone like that."""
        kept.edit_lines(0, lambda lines: [_marked(lines[0], 0), *lines[1:]])
        verdict = kept.verdict()
        assert ["lone-tombstone"] == [one.code for one in verdict.damages]
        assert verdict.origin is None

    def test_is_told(self, kept: Kept) -> None:
        """What was erased is told with the verdict: the event, the day, by whom and why."""
        id, _ = erase(kept, 4)
        verdict = kept.verdict()
        assert [(id, "2024-01-01", "Amt", "Art. 17 DSGVO")] == [
            (one.event, str(one.on), one.by, one.ground) for one in verdict.erased
        ]

    def test_with_another_position(self, kept: Kept) -> None:
        """A mark that names neither where it stands nor where it stood was changed."""
        id, line = erase(kept, 4)
        kept.edit_lines(1, lambda lines: [lines[0], _marked(line, 5), *lines[2:]])
        (damage,) = kept.verdict().damages
        assert ("displaced-tombstone", id) == (damage.code, damage.event)
        assert {"stated": 5, "position": 4} == damage.flaw.details

    def test_with_another_position_after_a_join(self, kept: Kept) -> None:
        """In a log that was joined, the mark may have moved with its line."""
        _, line = erase(kept, 4)
        leaves = kept.log.leaves()
        order = Order.of(range(len(leaves)), len(leaves), kept.log.checkpoint().root)
        write_joined(kept.path / "checkpoints", order, [])
        kept.edit_lines(1, lambda lines: [lines[0], _marked(line, 5), *lines[2:]])
        assert [] == [one for one in kept.found() if one[0] == "displaced-tombstone"]

    def test_of_a_line_that_is_nowhere(self, kept: Kept) -> None:
        """An erasure whose line has another hash by now is told, besides what became of it."""
        id, line = erase(kept, 4)
        kept.edit_lines(1, lambda lines: [lines[0], line + b" ", *lines[2:]])
        found = kept.verdict().damages
        assert ["re-serialised", "erasure-without-line"] == [one.code for one in found]
        assert id in str(found[1])

    def test_that_cannot_be_read(self, kept: Kept) -> None:
        """An event about an erasure that nobody can read tells of none."""
        erase(kept, 4)
        kept = Kept(kept.path)
        kept.edit(4, lambda content: content.replace(b'"ground"', b'"grund"'))
        assert ("lone-tombstone", kept.place(1, 2)) in kept.found()

    def test_that_are_none(self, bare: Kept) -> None:
        """What only has their word at the place of the type is none, be it an event or not."""
        event = json.loads(bare.read(3).split(b"\n")[0]) | {"id": "f" * 16}
        looking = {"by": "x" * 32 + "erased", **{k: v for k, v in event.items() if k != "by"}}
        written = json.dumps(looking, separators=(",", ":"), ensure_ascii=False).encode()
        nothing = b'{"v":1,"id":"0123456789abcdef","type":"erased or not, it is no event"}'
        assert {b"erased"} == {line[39:45] for line in (written, nothing)}
        bare.edit_lines(3, lambda lines: [*lines, written, nothing + b" " * 90])
        assert [] == bare.found()

    def test_behind_the_first_chunk(self, tmp_path: Path) -> None:
        """Marks are found wherever they stand in a long file."""
        kept = record(tmp_path)
        lines = [b'{"v":1,"id":"%016x","type":"noted"%s}' % (i, b" " * 100) for i in range(2_000)]
        gone = [_marked(line, i) if i == 1_500 else line for i, line in enumerate(lines, 10)]
        (kept.events / "0000000010-noted-0000.jsonl").write_bytes(b"\n".join((*gone, b"")))
        verdict = kept.verdict(Checkpoint("x", 10, kept.verdict().root))
        assert [1_500] == [one.position for one in verdict.damages if one.code == "lone-tombstone"]


def _marked(line: bytes, position: int) -> bytes:
    return tombstone_line(leaf_of(line).hex(), position)
