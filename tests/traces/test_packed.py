"""What stands in a file of any kind, also in what is packed in it."""

import bz2
import gzip
import io
import lzma
import sqlite3
import zipfile

import pytest

from planlog.traces import forms, packed
from planlog.traces.forms import Sought
from planlog.traces.packed import Look, Unseen

TEXT = "Frau Müßig ruft an"
RAW = TEXT.encode()


def zipped(*parts: bytes, names: tuple[str, ...] = (), method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack *parts* as zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for number, part in enumerate(parts):
            archive.writestr(names[number] if names else f"part{number}", part)
    return file.getvalue()


def database(*texts: str, journal: str = "delete") -> bytes:
    """Make a database with *texts* in a table of its own."""
    connection = sqlite3.connect(":memory:")
    connection.execute('CREATE TABLE "a ""table" (number INTEGER, text TEXT, data BLOB)')
    connection.executemany(
        'INSERT INTO "a ""table" VALUES (?, ?, ?)',
        [(number, text, text.encode()) for number, text in enumerate(texts)],
    )
    connection.commit()
    content = connection.serialize()
    connection.close()
    return content if journal == "delete" else content[:18] + b"\2\2" + content[20:]


def look(content: bytes) -> tuple[int, tuple[Unseen, ...]]:
    """How often the text was found, and what was not looked into."""
    one = Look(Sought(b"line", [TEXT]))
    return one.into(content, "file")[TEXT], tuple(one.unseen)


class TestZip:
    def test_is_unpacked(self) -> None:
        """What stands in the parts is counted together."""
        assert (3, ()) == look(zipped(RAW, b"no", b"<t>Frau M&#252;&szlig;ig ruft an</t>" * 2))

    def test_is_unpacked_within_another(self) -> None:
        """Files that are packed twice are found, and those packed for ever are told."""
        assert (1, ()) == look(zipped(zipped(gzip.compress(RAW))))
        assert (0, (Unseen("file: part0: part0: part0", "compressed"),)) == look(
            zipped(zipped(zipped(gzip.compress(RAW))))
        )

    def test_has_names(self) -> None:
        """A part may be called by the text, which then stands at the part and in the directory."""
        assert (2, ()) == look(zipped(b"no", names=(f"{TEXT}.txt",)))

    def test_is_told_where_it_is_damaged(self) -> None:
        """A part that does not come out right is named, and so is a file that has no end."""
        content = zipped(RAW * 20, b"no")
        assert (0, (Unseen("file", "unreadable"),)) == look(content[:-30])
        broken = bytearray(content)
        broken[40:50] = b"\xff" * 10
        assert (0, (Unseen("file: part0", "unreadable"),)) == look(bytes(broken))

    def test_is_told_where_it_is_encrypted(self) -> None:
        """Nobody asks for a password."""
        content = zipped(b"no").replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
        )
        assert (0, (Unseen("file: part0", "encrypted"),)) == look(content)

    def test_is_told_where_it_is_packed_otherwise(self) -> None:
        """Only what every office program writes is unpacked."""
        assert (0, (Unseen("file: part0", "compressed"),)) == look(
            zipped(RAW, method=zipfile.ZIP_BZIP2)
        )

    def test_shows_no_name_that_steers_a_terminal(self) -> None:
        """The name of a part is harmless to show."""
        content = zipped(RAW, names=("\x1b[2J",), method=zipfile.ZIP_LZMA)
        assert (Unseen(r"file: \x1b[2J", "compressed"),) == look(content)[1]

    def test_is_no_bomb(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Parts that are too large or too many are told, and nothing more is unpacked."""
        monkeypatch.setattr(packed, "MOST_UNPACKED", 100)
        assert (1, ()) == look(zipped(RAW + b" " * 80))
        assert (0, (Unseen("file: part0", "large"),)) == look(zipped(RAW + b" " * 81))
        monkeypatch.setattr(packed, "MOST_UNPACKED_TOGETHER", 150)
        assert (1, (Unseen("file: part1", "large"),)) == look(zipped(RAW + b" " * 80, RAW * 3))
        monkeypatch.setattr(packed, "MOST_PARTS", 2)
        assert (0, (Unseen("file", "large"),)) == look(zipped(RAW, RAW, RAW))


class TestGzip:
    def test_is_unpacked(self) -> None:
        """Several that stand one behind another are one text."""
        assert (2, ()) == look(gzip.compress(RAW) + gzip.compress(RAW))

    def test_is_told_where_it_is_damaged(self) -> None:
        """What is cut off is not looked into."""
        assert (0, (Unseen("file", "unreadable"),)) == look(gzip.compress(RAW)[:-9])

    def test_is_no_bomb(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What unpacks to too much is told."""
        monkeypatch.setattr(packed, "MOST_UNPACKED", 10)
        assert (0, (Unseen("file", "large"),)) == look(gzip.compress(RAW))


class TestDatabase:
    @pytest.mark.parametrize("journal", ["delete", "wal"])
    def test_is_read(self, journal: str) -> None:
        """Long texts, which stand in pieces, are found, whichever journal the database has."""
        long = "x" * 10_000
        content = database(f"{long}{TEXT} {long}{TEXT}", journal=journal)
        text = f"{TEXT} {long}{TEXT}"
        one = Look(Sought(b"line", [text]))
        assert text.encode() not in content
        assert 2 == one.into(content, "file")[text]
        assert [] == one.unseen

    def test_is_read_in_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """However large a database is, only some of its values are held at a time."""
        monkeypatch.setattr(packed, "_BATCH", 10)
        assert (6, ()) == look(database(TEXT, "no", TEXT, TEXT))

    def test_keeps_what_was_deleted(self) -> None:
        """A text that was deleted stands in the file until the database is packed anew."""
        connection = sqlite3.connect(":memory:")
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE a (text TEXT)")
        connection.execute("INSERT INTO a VALUES (?)", [TEXT])
        connection.execute("DELETE FROM a")
        connection.commit()
        assert (1, ()) == look(connection.serialize())
        connection.execute("VACUUM")
        assert (0, ()) == look(connection.serialize())
        connection.close()

    def test_is_told_where_it_is_damaged(self) -> None:
        """Of a damaged one at least the bytes are searched."""
        content = database(TEXT)
        broken = content[:100] + b"\xff" * 100 + content[200:]
        assert (2, (Unseen("file", "bytes-only"),)) == look(broken)

    def test_runs_nothing_that_it_brings_along(self) -> None:
        """A view is no table, and what takes for ever is left."""
        connection = sqlite3.connect(":memory:")
        connection.execute(
            "CREATE VIEW a AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT * FROM n"
        )
        content = connection.serialize()
        connection.close()
        assert (0, ()) == look(content)

    def test_is_left_where_it_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """There is an end to the steps that are taken for one file."""
        monkeypatch.setattr(packed, "_MOST_STEPS", 1)
        content = database(*["no"] * 10_000, TEXT)
        assert (2, (Unseen("file", "bytes-only"),)) == look(content)


class TestOtherFiles:
    @pytest.mark.parametrize(
        "content",
        [
            *(b"%PDF-1.7\n", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF1234WEBP"),
            *(b"II*\0", b"MM\0*", b"\0\0\0\x20ftypisom", b"ID3\x04", b"OggS"),
        ],
    )
    def test_may_show_a_text_in_another_form(self, content: bytes) -> None:
        """A picture that shows a text has it not in its bytes; what has it there is found."""
        assert (1, (Unseen("file", "form"),)) == look(content + RAW)

    @pytest.mark.parametrize(
        "content",
        [
            bz2.compress(b"no"),
            lzma.compress(b"no"),
            b"7z\xbc\xaf\x27\x1c",
            b"Rar!",
            b"\x28\xb5\x2f\xfd",
        ],
    )
    def test_may_be_packed_in_another_way(self, content: bytes) -> None:
        """What cannot be unpacked here is told."""
        assert (0, (Unseen("file", "compressed"),)) == look(content)

    def test_may_be_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of a long text only the bytes are searched, and that is told; a program is no text."""
        monkeypatch.setattr(packed, "MOST_READ", 100)
        monkeypatch.setattr(forms, "MOST_READ", 100)
        assert (1, (Unseen("file", "bytes-only"),)) == look(RAW + b" " * 100)
        assert (1, ()) == look(RAW + b"\0" * 100)
