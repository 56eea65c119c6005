"""What happened to a log is named: found out by trying, and by what is left of the files."""

import gzip
import json
import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planlog import Checkpoint, NewEvent, Noted, Verdict
from planlog.trust.leaves import leaf_of
from planlog.trust.merkle import root_of
from planlog.verification import searching
from planlog.verification.damage import Damage
from planlog.verification.parts import Part
from tests.verification.logs import SAID, Kept, record


def rewritten(**how: Any) -> Callable[[list[bytes]], list[bytes]]:
    """Write the JSON of lines as another program does."""
    return lambda lines: [json.dumps(json.loads(line), **how).encode() for line in lines]


def windows(content: bytes) -> bytes:
    """Change the line endings."""
    return content.replace(b"\n", b"\r\n")


def normalised(content: bytes) -> bytes:
    """Take letters and their dots apart."""
    return unicodedata.normalize("NFD", content.decode()).encode()


def only(verdict: Verdict) -> Damage:
    """The one thing that is wrong with a log."""
    assert "damaged" == verdict.kind
    (damage,) = verdict.damages
    return damage


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search no longer than is needed for small things: there is nothing to be found."""
    monkeypatch.setattr("planlog.verification.explaining.MOST_HASHES", 2_000)


class TestWholeFiles:
    @pytest.mark.parametrize(
        ("code", "change"),
        [
            ("line-ends", windows),
            ("byte-order-mark", lambda content: b"\xef\xbb\xbf" + content),
            ("encoding", lambda content: content.decode().encode("utf-16")),
            ("encoding", lambda content: content.decode().encode("cp1252")),
            ("encoding", lambda content: content.decode("cp1252").encode()),
            ("compressed", gzip.compress),
        ],
    )
    def test_bytes(self, kept: Kept, code: str, change: Callable[[bytes], bytes]) -> None:
        """What a program did to all bytes of a file is certain, if undoing it gives the root."""
        kept.edit(1, change)
        damage = only(kept.verdict())
        assert (code, kept.place(1), True) == (damage.code, damage.flaw.place, damage.certain)

    @pytest.mark.parametrize(
        "how",
        [
            {"ensure_ascii": False},
            {"separators": (",", ":")},
            {"separators": (",", ":"), "ensure_ascii": False, "indent": 2},
            {"indent": 4},
        ],
    )
    def test_json(self, kept: Kept, how: dict[str, Any]) -> None:
        """So is other JSON of the same meaning: blanks, escapes, and events over several lines."""
        kept.edit_lines(1, rewritten(**how))
        damage = only(kept.verdict())
        assert ("re-serialised", kept.place(1)) == (damage.code, damage.flaw.place)

    def test_json_in_another_order(self, kept: Kept) -> None:
        """So is JSON whose keys were sorted, as planlog knows their right order."""
        kept.edit_lines(2, rewritten(sort_keys=True))
        assert ("re-serialised", True) == (
            only(kept.verdict()).code,
            only(kept.verdict()).certain,
        )

    def test_json_in_a_list(self, kept: Kept) -> None:
        """So are lines that were put into a list."""
        kept.edit_lines(1, lambda lines: [b"[", *(line + b"," for line in lines), b"]"])
        assert "re-serialised" == only(kept.verdict()).code

    def test_in_one_line_only(self, kept: Kept) -> None:
        """It is told how many lines of a file it happened to."""
        kept.edit_lines(1, lambda lines: [*rewritten()(lines[:1]), *lines[1:]])
        assert {"count": 1} == only(kept.verdict()).flaw.details

    def test_several_at_once(self, kept: Kept) -> None:
        """What an editor does along the way is told one by one, file by file."""
        kept.edit(0, windows)
        kept.edit(1, lambda content: b"\xef\xbb\xbf" + windows(content))
        assert [
            ("line-ends", kept.place(0)),
            ("byte-order-mark", kept.place(1)),
            ("line-ends", kept.place(1)),
        ] == kept.found()

    def test_normalised_to_decomposed(self, kept: Kept) -> None:
        """Letters that were taken apart are told."""
        kept.edit(3, normalised)
        damage = only(kept.verdict())
        assert ("normalised", kept.place(3)) == (damage.code, damage.flaw.place)
        assert {"count": 2, "form": "NFC"} == damage.flaw.details

    def test_normalised_to_composed(self, bare: Kept) -> None:
        """Letters that were put together are told, even if some always were."""
        bare.edit(3, normalised)
        bare.mark()
        bare.edit(3, lambda content: unicodedata.normalize("NFC", content.decode()).encode())
        assert ("normalised", bare.place(3)) == (bare.found()[0])

    def test_besides_something_else(self, kept: Kept) -> None:
        """What else was done is found behind it."""
        kept.edit_lines(1, lambda lines: [lines[1], lines[0], *lines[2:]])
        kept.edit(1, windows)
        assert ["line-ends", "lines-swapped", "lines-swapped"] == [c for c, _ in kept.found()]

    @pytest.mark.parametrize(
        ("code", "change"),
        [
            ("line-ends", windows),
            ("byte-order-mark", lambda content: b"\xef\xbb\xbf" + content),
            ("encoding", lambda content: content.decode().encode("utf-16")),
            ("compressed", gzip.compress),
        ],
    )
    def test_without_a_checkpoint(
        self, bare: Kept, code: str, change: Callable[[bytes], bytes]
    ) -> None:
        """Without a root to try it on, what planlog never writes is told as probable."""
        bare.edit(3, change)
        found = bare.verdict()
        assert (code, False) in [(one.code, one.certain) for one in found.damages]

    @pytest.mark.usefixtures("hasty")
    def test_packed_too_well(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of what was packed no more is looked at than fits into memory, of all files together."""
        unpacked: list[int] = []
        of = Part.of

        def count(name: str, place: str, content: bytes) -> Part:
            unpacked.append(len(content))
            return of(name, place, content)

        monkeypatch.setattr("planlog.verification.mends._MOST_UNPACKED", 10_000)
        monkeypatch.setattr(Part, "of", count)
        for file in range(3):
            kept.write(file, gzip.compress(b"x" * 6_000))
        assert kept.found()
        assert [6_000, 4_001, 1] == unpacked[-3:]

    @pytest.mark.parametrize(
        "content",
        [
            b'{\x81\n{"a":1\n{\n',
            b'{\n"a":1\n',
            b"{\n" + b"[" * 100_000 + b"\n",
            b'[1]\n7\n{"a":"\\ud800"}\n{"type":"started","data":7}\n',
        ],
    )
    @pytest.mark.usefixtures("hasty")
    def test_no_json_after_all(self, kept: Kept, content: bytes) -> None:
        """What cannot be read as JSON is told without ado, however hostile it is."""
        kept.write(2, content)
        assert kept.found()

    @pytest.mark.parametrize("content", [b"\x1f\x8b nothing", b"\xff\xfe\x00", b"\x1f\x8b\x08"])
    def test_no_such_file_after_all(self, kept: Kept, content: bytes) -> None:
        """What only begins like another kind of file is told without being read."""
        kept.write(1, content)
        assert kept.found()


class TestFiles:
    def test_missing_between(self, often: Kept) -> None:
        """A missing file is told apart from missing lines where checkpoints show it."""
        (often.events / often.names[1]).unlink()
        assert [("missing-file", often.place(2))] == often.found()

    def test_missing_or_shortened(self, kept: Kept) -> None:
        """Where nothing shows it, both are possible."""
        (kept.events / kept.names[1]).unlink()
        damage = only(kept.verdict())
        assert ("missing-lines", kept.place(2)) == (damage.code, damage.flaw.place)
        assert {"first": 3, "last": 6}.items() <= damage.flaw.details.items()

    def test_missing_first(self, kept: Kept) -> None:
        """A log that does not begin at its beginning is no other log."""
        (kept.events / kept.names[0]).unlink()
        assert [("missing-first-file", kept.place(1))] == kept.found()

    def test_missing_last(self, kept: Kept) -> None:
        """A log that is shorter than its checkpoint says was cut off."""
        (kept.events / kept.names[3]).unlink()
        damage = only(kept.verdict())
        assert "end-cut-off" == damage.code
        assert {"expected": 10, "size": 8} == damage.flaw.details

    def test_missing_all(self, kept: Kept) -> None:
        """A log without any file left was cut off as well."""
        for name in kept.names:
            (kept.events / name).unlink()
        assert [("end-cut-off", "checkpoints/0000000010.checkpoint")] == kept.found()

    def test_empty(self, kept: Kept) -> None:
        """An empty file is told, and not what would follow from it."""
        kept.write(1, b"")
        assert [("empty-file", kept.place(1))] == kept.found()

    def test_copied(self, kept: Kept) -> None:
        """Of a file and its copy, the copy is the one that is not called as it should be."""
        other = kept.names[1].replace("proposed", "noted")
        shutil.copy(kept.events / kept.names[1], kept.events / other)
        damage = only(kept.verdict())
        assert ("copied-file", f"events/{other}") == (damage.code, damage.flaw.place)
        assert {"other": kept.place(1)} == damage.flaw.details

    def test_copied_behind_the_end(self, kept: Kept) -> None:
        """So is a copy behind the last checkpoint."""
        other = f"0000000010{kept.names[2][10:]}"
        shutil.copy(kept.events / kept.names[2], kept.events / other)
        assert [("copied-file", f"events/{other}")] == kept.found()

    def test_strange(self, kept: Kept) -> None:
        """A file that does not belong to the log is the one without which the root is right."""
        name = "0000000003-noted-1234.jsonl"
        (kept.events / name).write_bytes(b'{"v":1,"id":"1234567890abcdef","type":"noted"}\n')
        assert [("strange-file", f"events/{name}")] == kept.found()

    @pytest.mark.parametrize("digits", ["0000", "ffff"])
    @pytest.mark.parametrize("file", range(3))
    def test_strange_of_another_plan(
        self, kept: Kept, tmp_path: Path, file: int, digits: str
    ) -> None:
        """A file of another plan is the strange one, be it in front of ours or behind."""
        other = record(tmp_path / "other")
        content = other.read(file).replace(other.names[file][-10:-6].encode(), digits.encode(), 1)
        name = f"{other.names[file][:-10]}{digits}.jsonl"
        (kept.events / name).write_bytes(content)
        damage = only(kept.verdict())
        assert ("strange-file", f"events/{name}", True) == (
            damage.code,
            damage.flaw.place,
            damage.certain,
        )

    @pytest.mark.parametrize("name", ["0163 (copy).jsonl", "kopie.jsonl"])
    def test_copied_to_no_name(self, kept: Kept, name: str) -> None:
        """A copy under a name that no event file has is told as a copy, with the one it is of."""
        shutil.copy(kept.events / kept.names[1], kept.events / name)
        damage = only(kept.verdict())
        assert ("copied-file", f"events/{name}") == (damage.code, damage.flaw.place)
        assert {"other": kept.place(1)} == damage.flaw.details

    def test_copied_in_part(self, kept: Kept) -> None:
        """One that has other lines too is no copy."""
        (kept.events / "kopie.jsonl").write_bytes(kept.read(1) + b"x\n")
        assert [("foreign-file", "events/kopie.jsonl")] == kept.found()

    def test_empty_without_a_name(self, kept: Kept) -> None:
        """Nor is one without any line."""
        (kept.events / "kopie.jsonl").write_bytes(b"")
        assert [("foreign-file", "events/kopie.jsonl")] == kept.found()

    def test_copied_in_between(self, bare: Kept) -> None:
        """Where a copy is told, the file that it pushes aside is not."""
        name = f"{bare.names[3][:11]}copy{bare.names[1][-11:]}"
        shutil.copy(bare.events / bare.names[1], bare.events / name)
        assert [("copied-file", f"events/{name}")] == bare.found()

    def test_partly_repeated(self, bare: Kept) -> None:
        """Lines that stand twice in a file with others are told one by one."""
        bare.edit(3, lambda content: content + bare.read(2))
        assert [("doubled-line", bare.place(3, 3))] == bare.found()

    @pytest.mark.parametrize("ending", [".jsonl.txt", ".JSONL", ".json", ".jsonl~", ".jsonl.bak"])
    def test_with_another_ending(self, kept: Kept, ending: str) -> None:
        """A file that has only lost its ending is found and told, with the name it should have."""
        name = kept.names[1].replace(".jsonl", ending)
        os.rename(kept.events / kept.names[1], kept.events / name)
        damage = only(kept.verdict())
        assert ("renamed-file", f"events/{name}") == (damage.code, damage.flaw.place)
        shutil.rmtree(kept.path / "checkpoints")
        found = kept.verdict().damages
        assert ["misnamed-file", "missing-lines"] == [one.code for one in found]
        assert {"expected": kept.names[1]} == found[0].flaw.details

    def test_backups(self, kept: Kept) -> None:
        """Where nothing is missing, other endings and other files concern nobody."""
        shutil.copy(kept.events / kept.names[1], kept.events / f"{kept.names[1]}.bak")
        (kept.events / "liesmich.txt").write_text("Hier liegt der Plan")
        (kept.events / "0000000099-noted-12345").write_text("")
        (kept.events / "0000000099-noted-1234.d").mkdir()
        assert [] == kept.found()

    def test_one_position(self, kept: Kept) -> None:
        """A gap of one position is told as that."""
        (kept.events / kept.names[2]).unlink()
        assert "position 7 is missing: " in str(only(kept.verdict()))

    def test_renamed_in_its_place(self, kept: Kept) -> None:
        """A file whose lines stand where they should has only a wrong name."""
        name = f"0000000004{kept.names[1][10:]}"
        os.rename(kept.events / kept.names[1], kept.events / name)
        damage = only(kept.verdict())
        assert ("renamed-file", f"events/{name}") == (damage.code, damage.flaw.place)
        assert {"position": 3, "expected": kept.names[1]} == damage.flaw.details

    def test_renamed_digits(self, kept: Kept) -> None:
        """A name with the beginning of another id is wrong, though every root is right."""
        name = f"{kept.names[1][:-10]}0000.jsonl"
        os.rename(kept.events / kept.names[1], kept.events / name)
        damage = only(kept.verdict())
        assert ("foreign-file", f"events/{name}") == (damage.code, damage.flaw.place)
        assert kept.names[1] == damage.flaw.details["expected"]

    def test_renamed_between_checkpoints(self, often: Kept) -> None:
        """However many checkpoints there are."""
        name = f"0000000009{often.names[2][10:]}"
        os.rename(often.events / often.names[2], often.events / name)
        os.rename(often.events / often.names[3], often.events / f"0000000011{often.names[3][10:]}")
        assert ["renamed-file", "renamed-file"] == [code for code, _ in often.found()]

    def test_renamed_to_no_name(self, kept: Kept) -> None:
        """A file that is no longer called as event files are is found and put in its place."""
        os.rename(kept.events / kept.names[1], kept.events / "5.jsonl")
        damage = only(kept.verdict())
        assert ("renamed-file", "events/5.jsonl") == (damage.code, damage.flaw.place)
        assert {"position": 3, "expected": kept.names[1]} == damage.flaw.details

    def test_renamed_to_the_end(self, kept: Kept) -> None:
        """A file that stands at the wrong place is put back in thought."""
        name = f"0000000099{kept.names[1][10:]}"
        os.rename(kept.events / kept.names[1], kept.events / name)
        damage = only(kept.verdict())
        assert ("files-reordered", f"events/{name}") == (damage.code, damage.flaw.place)
        assert {"expected": kept.names[1]} == damage.flaw.details

    def test_swapped(self, kept: Kept) -> None:
        """Files that have each other's lines are told, each with the name of its lines."""
        one, other = kept.read(1), kept.read(2)
        kept.write(1, other)
        kept.write(2, one)
        verdict = kept.verdict()
        assert [("files-swapped", kept.place(2)), ("files-swapped", kept.place(1))] == [
            (found.code, found.flaw.place) for found in verdict.damages
        ]
        first, second = kept.names[1], kept.names[2]
        assert [{"expected": first, "others": first}, {"expected": second, "others": second}] == [
            found.flaw.details for found in verdict.damages
        ]

    def test_ordered_by_time(self, bare: Kept) -> None:
        """Files are tried in the order in which their events were recorded."""
        for file in range(4):
            day = b'"recorded":"20%02d-01-01T00:00:00Z"' % (30 + file)
            bare.write(file, _recorded(bare.read(file), day))
        bare.mark()
        names = [f"{3 - file}{name[1:]}" for file, name in enumerate(bare.names)]
        for old, new in zip(bare.names, names, strict=True):
            os.rename(bare.events / old, bare.events / new)
        found = bare.verdict().damages
        assert {"files-reordered"} == {one.code for one in found}
        assert bare.names == [one.flaw.details["expected"] for one in found]

    def test_a_link(self, kept: Kept) -> None:
        """A link is told, and not followed."""
        elsewhere = kept.path / "elsewhere"
        os.rename(kept.events / kept.names[2], elsewhere)
        (kept.events / kept.names[2]).symlink_to(elsewhere)
        assert ("not-a-file", kept.place(2)) in kept.found()


def _recorded(content: bytes, day: bytes) -> bytes:
    head, _, rest = content.partition(b'"recorded"')
    parts = [head]
    while rest:
        behind = rest[len(b':"2026-11-22T08:15:00Z"') :]
        text, _, rest = behind.partition(b'"recorded"')
        parts.append(day + text)
    return b"".join(parts)


class TestLines:
    def test_swapped(self, kept: Kept) -> None:
        """Two lines that changed places are named with their events."""
        ids = [event.id for event in kept.log.events()]
        kept.edit_lines(1, lambda lines: [lines[0], lines[2], lines[1], lines[3]])
        found = kept.verdict().damages
        assert [
            ("lines-swapped", kept.place(1, 2), ids[5]),
            ("lines-swapped", kept.place(1, 3), ids[4]),
        ] == [(one.code, one.flaw.place, one.event) for one in found]
        assert [4, 5] == [one.position for one in found]

    def test_swapped_across_files(self, kept: Kept) -> None:
        """They may be in different files."""
        one, other = kept.read(0).split(b"\n"), kept.read(1).split(b"\n")
        kept.edit_lines(0, lambda lines: [lines[0], other[2], lines[2]])
        kept.edit_lines(1, lambda lines: [*lines[:2], one[1], lines[3]])
        assert [
            ("lines-swapped", kept.place(0, 2)),
            ("lines-swapped", kept.place(1, 3)),
        ] == kept.found()

    @pytest.mark.parametrize(
        ("order", "told"), [((3, 2, 1, 0), "4, 3, 2, 1"), ((1, 2, 3, 0), "4, 1, 2, 3")]
    )
    def test_reordered(self, kept: Kept, order: tuple[int, ...], told: str) -> None:
        """Lines of a small file are put back in any order."""
        kept.edit_lines(1, lambda lines: [lines[i] for i in order])
        damage = only(kept.verdict())
        assert ("lines-reordered", kept.place(1)) == (damage.code, damage.flaw.place)
        assert {"numbers": told} == damage.flaw.details

    def test_moved(self, bare: Kept) -> None:
        """A line that was moved within a longer file is found."""
        notes = [NewEvent(event=Noted(text=f"Notiz {i}"), **SAID) for i in range(8)]
        bare.log.record_all(notes)
        kept = Kept(bare.path)
        kept.mark()
        kept.edit_lines(4, lambda lines: [*lines[1:6], lines[0], *lines[6:]])
        damage = only(kept.verdict())
        assert "lines-reordered" == damage.code
        assert "6, 1, 2, 3, 4, 5, 7, 8" == damage.flaw.details["numbers"]

    @pytest.mark.parametrize("line", range(4))
    def test_doubled(self, kept: Kept, line: int) -> None:
        """A line that stands twice is named, with the place where it stood before."""
        kept.edit_lines(1, lambda lines: [*lines[: line + 1], *lines[line:]])
        damage = only(kept.verdict())
        assert ("doubled-line", kept.place(1, line + 2)) == (damage.code, damage.flaw.place)
        assert {"first": kept.place(1, line + 1)} == damage.flaw.details
        assert 3 + line + 1 == damage.position

    def test_copied_forward(self, kept: Kept) -> None:
        """Of two, the first may be the one that is too many."""
        last = kept.read(3).split(b"\n")[0]
        kept.edit_lines(0, lambda lines: [lines[0], last, *lines[1:]])
        damage = only(kept.verdict())
        assert ("doubled-line", kept.place(0, 2)) == (damage.code, damage.flaw.place)

    def test_inserted(self, kept: Kept) -> None:
        """A line that was put in is the one without which the root is right."""
        line = kept.read(3).split(b"\n")[0].replace(b"Caf", b"Kaf")
        kept.edit_lines(1, lambda lines: [*lines[:2], line, *lines[2:]])
        assert [("inserted-line", kept.place(1, 3))] == kept.found()

    def test_deleted(self, kept: Kept) -> None:
        """Of a line that was deleted, the file and the number are told."""
        kept.edit_lines(1, lambda lines: [lines[0], *lines[2:]])
        damage = only(kept.verdict())
        assert {
            "first": 6,
            "last": 6,
            "before": kept.names[1],
        }.items() <= damage.flaw.details.items()

    def test_single_bit(self, kept: Kept) -> None:
        """A single wrong bit is found, with its line, its event and its byte."""
        ids = [event.id for event in kept.log.events()]
        kept.edit(1, lambda content: content.replace(b"nahme 2", b"nahme 3"))
        damage = only(kept.verdict())
        assert ("flipped-bit", kept.place(1, 3), ids[5], 5) == (
            damage.code,
            damage.flaw.place,
            damage.event,
            damage.position,
        )
        line = kept.read(1).split(b"\n")[2]
        assert {"byte": line.index(b"nahme 3") + 7} == damage.flaw.details

    @pytest.mark.usefixtures("hasty")
    def test_edited(self, kept: Kept) -> None:
        """Where nothing can show which line was edited, it is said between which positions."""
        kept.edit(1, lambda content: content.replace(b"nahme 2", b"nahme 9x"))
        damage = only(kept.verdict())
        assert ("edited", "events") == (damage.code, damage.flaw.place)
        assert {"first": 0, "last": 9}.items() <= damage.flaw.details.items()
        assert f"{kept.names[2]} …" in str(damage)

    @pytest.mark.usefixtures("hasty")
    def test_edited_between_checkpoints(self, often: Kept) -> None:
        """Checkpoints on both sides narrow it down, here to one file."""
        often.edit(1, lambda content: content.replace(b"nahme 2", b"nahme 9x"))
        damage = only(often.verdict())
        assert ("edited", often.place(1)) == (damage.code, damage.flaw.place)
        assert {"first": 3, "last": 6, "files": often.names[1]} == damage.flaw.details

    @pytest.mark.usefixtures("hasty")
    def test_edited_behind_checkpoints(self, often: Kept) -> None:
        """The last one that fits counts."""
        often.edit(3, lambda content: content.replace(b"Caf", b"Kaffee"))
        damage = only(often.verdict())
        assert {"first": 8, "last": 9, "files": often.names[3]} == damage.flaw.details

    @pytest.mark.usefixtures("hasty")
    @pytest.mark.parametrize(
        ("old", "new"), [(b'"title":', b'"titel":'), (b'"by":', b'"by": '), (b'"by"', b"")]
    )
    def test_edited_so_that_it_shows(self, kept: Kept, old: bytes, new: bytes) -> None:
        """A line that planlog would not write like that is probably the one."""
        kept.edit(1, lambda content: content.replace(b"nahme 2", b"nahme 9x"))
        kept.edit_lines(1, lambda lines: [lines[0], lines[1].replace(old, new), *lines[2:]])
        found = kept.verdict().damages
        assert [("line-edited", kept.place(1, 2), False), ("edited", "events", False)] == [
            (one.code, one.flaw.place, one.certain) for one in found
        ]

    @pytest.mark.usefixtures("hasty")
    def test_cut_within(self, kept: Kept) -> None:
        """A file that breaks off within a line is told with that line."""
        kept.edit(1, lambda content: content[:-30])
        assert [("cut-line", kept.place(1, 4))] == kept.found()

    def test_windows_behind_the_checkpoint(self, bare: Kept) -> None:
        """Line endings that were changed behind the last checkpoint are seen, not those before."""
        bare.mark(6)
        bare.edit_lines(1, lambda lines: [*lines[:3], lines[3] + b"\r"])
        (damage,) = bare.verdict().damages
        assert ("line-ends", False) == (damage.code, damage.certain)

    def test_returns_that_always_were(self, bare: Kept) -> None:
        """What was there when somebody vouched for it is no damage."""
        store = bare.log.store
        store.append([b'{"v":1,"id":"0123456789abcdef","type":"noted"%s}\r' % (b" " * 90)], 10)
        root = root_of(map(leaf_of, store.read()))
        assert "verified" == bare.verdict(Checkpoint(bare.verdict().origin or "", 11, root)).kind

    def test_without_its_end(self, kept: Kept) -> None:
        """A file that only lacks its last line feed is told as that."""
        kept.edit(1, lambda content: content[:-1])
        assert [("no-final-line-feed", kept.place(1))] == kept.found()

    def test_without_its_end_besides_something_else(self, kept: Kept) -> None:
        """It stays told where something else is explained."""
        kept.edit(3, lambda content: content[:-1])
        kept.edit(0, windows)
        assert ["line-ends", "cut-line"] == [code for code, _ in kept.found()]

    def test_without_its_end_and_windows(self, kept: Kept) -> None:
        """What is explained by line endings is not told once more."""
        kept.edit(1, lambda content: windows(content)[:-1])
        assert [("line-ends", kept.place(1))] == kept.found()

    @pytest.mark.parametrize(("number", "content"), [(1, b"\n%s"), (5, b"%s\n"), (6, b"%s\n\n")])
    def test_blank(self, kept: Kept, number: int, content: bytes) -> None:
        """An empty line is damage though every root is right."""
        kept.edit(1, lambda old: content % old)
        assert ("blank-line", kept.place(1, number)) == kept.found()[-1]

    def test_too_long(self, kept: Kept) -> None:
        """A line that is longer than an event can be is not read to its end."""
        kept.edit(1, lambda content: b"x" * 200_000 + content)
        assert [("long-line", kept.place(1))] == kept.found()

    def test_doubled_behind_the_end(self, kept: Kept) -> None:
        """Behind the last checkpoint a line that stands twice is found as well."""
        kept.edit_lines(3, lambda lines: [*lines, lines[1]])
        assert [("doubled-line", kept.place(3, 3))] == kept.found()

    def test_doubled_without_a_checkpoint(self, bare: Kept) -> None:
        """So it is without any checkpoint."""
        bare.edit_lines(3, lambda lines: [*lines, lines[1]])
        assert [("doubled-line", bare.place(3, 3))] == bare.found()


class TestSearch:
    def test_ends(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """No more is tried than there is time for; what changed is told all the same."""
        monkeypatch.setattr("planlog.verification.explaining.MOST_HASHES", 12)
        kept.edit_lines(1, lambda lines: [lines[0], lines[2], lines[1], lines[3]])
        assert [("edited", "events")] == kept.found()

    def test_leaves_large_logs_alone(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """A log that does not fit into memory is not searched; signs are told as probable."""
        monkeypatch.setattr("planlog.verification.explaining.MOST_BYTES", 1_000)
        kept.edit(1, windows)
        assert [("line-ends", False), ("edited", False)] == [
            (one.code, one.certain) for one in kept.verdict().damages
        ]

    def test_goes_on_behind_what_it_found(self, often: Kept) -> None:
        """What was done between other checkpoints is found too."""
        often.edit_lines(0, lambda lines: [lines[0], lines[2], lines[1]])
        often.edit_lines(3, lambda lines: [lines[1], lines[0]])
        assert [often.place(0, 2), often.place(0, 3), often.place(3, 1), often.place(3, 2)] == [
            place for _, place in often.found()
        ]

    @pytest.mark.usefixtures("hasty")
    def test_stops_behind_what_it_cannot_explain(self, often: Kept) -> None:
        """Behind lines that nobody knows no root can be judged."""
        often.edit_lines(0, lambda lines: [lines[0], lines[2], lines[1]])
        often.edit(2, lambda content: content.replace(b"Angeschoben", b"Umgesetzt"))
        assert ["lines-swapped", "lines-swapped", "edited"] == [code for code, _ in often.found()]

    def test_something_else_behind_what_it_found(self, kept: Kept) -> None:
        """What is wrong behind the last checkpoint is told beside what was found before it."""
        kept.edit(0, windows)
        kept.edit_lines(3, lambda lines: [*lines, lines[0]])
        assert [("line-ends", kept.place(0)), ("doubled-line", kept.place(3, 3))] == kept.found()

    @pytest.mark.usefixtures("hasty")
    def test_what_never_belonged_here(self, kept: Kept) -> None:
        """A file that is no part of the log at any place stays told by its name."""
        (kept.events / "notes.jsonl").write_bytes(b"Notizen\n")
        kept.edit(1, lambda content: content.replace(b"nahme 2", b"nahme 9x"))
        assert ("foreign-file", "events/notes.jsonl") in kept.found()

    def test_takes_about_a_second(self) -> None:
        """The limit is one that a person can wait for."""
        assert 10**5 < searching.MOST_HASHES < 10**7
