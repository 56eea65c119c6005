"""Delimited text (CSV) to a sheet."""

import pytest

from planlog.errors import TableError
from planlog.tables.files.delimited import read_delimited
from planlog.tables.files.limits import LONGEST_TEXT, MOST_ROWS, Room
from planlog.tables.sheets import Cell, Sheet
from tests.tables.files import delimited

GERMAN = "Nr.;Maßnahme\r\n16;Bänke, Tische\r\n"
ROWS = (("Nr.", "Maßnahme"), ("16", "Bänke, Tische"))


def read(
    content: bytes | str, *, encoding: str | None = None, delimiter: str | None = None
) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a file ``plan.csv``; a text is taken as UTF-8."""
    room = Room("plan.csv")
    raw = content.encode() if isinstance(content, str) else content
    sheet = read_delimited(raw, room, encoding=encoding, delimiter=delimiter)
    room.raise_any()
    return sheet.rows


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_found_out(self, encoding: str) -> None:
        """A file is read in its encoding, with or without a byte order mark."""
        assert read(GERMAN.encode(encoding)) == ROWS

    def test_big_endian(self) -> None:
        """A byte order mark says which byte of two comes first."""
        assert read(b"\xfe\xff" + GERMAN.encode("utf-16-be")) == ROWS

    @pytest.mark.parametrize("encoding", ["utf-16-le", "mac-roman", "cp850", "UTF-8"])
    def test_declared(self, encoding: str) -> None:
        """Any encoding that Python knows can be declared."""
        assert read(GERMAN.encode(encoding), encoding=encoding) == ROWS

    def test_declared_beside_a_byte_order_mark(self) -> None:
        """A byte order mark is no part of the first heading."""
        assert read(GERMAN.encode("utf-8-sig"), encoding="utf-8") == ROWS

    def test_declared_and_not_fitting(self) -> None:
        """What is no text in the declared encoding is refused with byte, offset and line."""
        told = r"plan\.csv: the byte 0xdf at offset 6, in line 1, is none of a text in utf-8; "
        with pytest.raises(TableError, match=told):
            read(GERMAN.encode("cp1252"), encoding="utf-8")

    def test_mark_of_another(self) -> None:
        """A file that its mark says is UTF-8, and is not, is not read as something else."""
        with pytest.raises(TableError, match="0xe4 at offset 22, in line 2, is none"):
            read(b"\xef\xbb\xbf" + b"Nr.;Titel\n" * 1 + b"1;Caf\xc3\xa9 B\xe4nke\n")

    def test_damaged(self) -> None:
        """Text that begins as UTF-8 and has one bad byte is refused, not garbled."""
        with pytest.raises(TableError, match=r"0xff at offset 11, in line 2, is none .* utf-8;"):
            read("Größe\r\nab".encode() + b"\xffc")

    def test_fits_none(self) -> None:
        """A byte that no usual encoding has is refused with the remedy to declare one."""
        with pytest.raises(TableError, match=r"0x81 .* cp1252; declare the encoding in the map"):
            read(b"Ma\x81nahme")

    @pytest.mark.parametrize("encoding", ["klingon", "zlib", "\0", "undefined"])
    def test_unknown(self, encoding: str) -> None:
        """A declared encoding that is none of texts is refused."""
        with pytest.raises(TableError, match="expected an encoding such as utf-8 or cp1252, got"):
            read(GERMAN, encoding=encoding)

    @pytest.mark.parametrize("encoding", [None, "cp1252"])
    def test_binary(self, encoding: str | None) -> None:
        """What has a NUL in it is no text, whatever is declared."""
        with pytest.raises(TableError, match="got something that is no text"):
            read(b"\x89PNG\r\n\0\0", encoding=encoding)

    def test_empty(self) -> None:
        """A file without anything in it is a sheet without rows."""
        assert Sheet("", ()) == read_delimited(b"", Room("plan.csv"))


class TestDelimiters:
    @pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
    def test_found_out(self, delimiter: str) -> None:
        """The delimiter is known by how evenly it divides the rows."""
        rows = [("Nr.", "Titel", "Kosten"), ("1", "a,b; c|d", "1,5"), ("2", "Bänke", "2,25")]
        assert tuple(rows) == read(delimited(rows, delimiter))

    def test_commas_in_texts(self) -> None:
        """Commas in titles do not outdo the semicolons, though there are more of them."""
        rows = [("Nr.", "Titel"), ("1", "a, b, c, d"), ("2", "e, f"), ("3", "g")]
        assert tuple(rows) == read(delimited(rows, ";"))

    def test_lines_above_the_table(self) -> None:
        """A title above the table does not hide its delimiter."""
        text = "Maßnahmenplan 2023, Stand: Mai\n\nNr.;Titel;Stand\n1;a;x\n2;b;y\n"
        assert ("1", "a", "x") == read(text)[3]

    def test_one_column(self) -> None:
        """A table of one column has no delimiter."""
        assert (("Titel",), ("Bänke",)) == read("Titel\nBänke\n")

    def test_declared(self) -> None:
        """Another delimiter can be declared."""
        assert (("a", "b;c"), ("d", "e;f")) == read("a~b;c\nd~e;f", delimiter="~")

    @pytest.mark.parametrize("delimiter", [";;", '"', "\n"])
    def test_unusable(self, delimiter: str) -> None:
        """What cannot divide cells is refused."""
        with pytest.raises(TableError, match="expected one character as the delimiter, got"):
            read(GERMAN, delimiter=delimiter)

    @pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
    def test_line_that_declares_it(self, line: str) -> None:
        """The line in which Excel names the delimiter counts, and is no row."""
        text = f"{line}\r\na,b;c\r\n1,2;3\r\n"
        assert (("a,b", "c"), ("1,2", "3")) == read(text)

    def test_line_and_declaration(self) -> None:
        """What is declared outside goes before what the file says."""
        assert (("a", "b;c"),) == read("sep=;\na,b;c", delimiter=",")

    def test_lines_are_counted_with_it(self) -> None:
        """A line that is no row is a line all the same."""
        with pytest.raises(TableError, match="the row from line 3 on falls into no cells"):
            read('sep=;\na;b\n"c;d\n')


class TestRows:
    def test_quoted_line_breaks(self) -> None:
        """A cell may go over lines; a row is a row, whatever its lines."""
        assert (("a", "b\nc"), ("d", 'e"f')) == read('a;"b\nc"\nd;"e""f"\n')

    def test_empty(self) -> None:
        """Empty cells are nothing, and empty lines are rows, but for those at the ends."""
        assert (("a", None, "c"), (), ("d",)) == read('a;;c;\n\nd;"";\n;;\n\n', delimiter=";")

    def test_blanks(self) -> None:
        """Blanks around a text are for others to judge."""
        assert ((" a ", " "),) == read(" a ; \n")

    def test_guarded(self) -> None:
        """What planlog guarded when it wrote the file is as it was."""
        assert (("=1+1", "'s Lädchen", "'=x"),) == read("'=1+1;'s Lädchen;''=x")

    def test_not_guarded(self) -> None:
        """A workbook of ours that somebody saved as text has nothing guarded in it."""
        told = ("'=1+1", "Hof", "begonnen")
        assert told == read("Kennung;Titel;Phase\n'=1+1;Hof;begonnen")[1]
        assert told == read("Id;Title;Phase\n'=1+1;Hof;begonnen")[1]

    @pytest.mark.parametrize("text", ['a;b\nc;"d\ne;f\n', 'a;b\nc;"d"e\n'])
    def test_torn(self, text: str) -> None:
        """A quotation mark that is not closed, or not doubled, is told with its line."""
        with pytest.raises(TableError, match=r"^plan\.csv: the row from line 2 on falls into no "):
            read(text)

    def test_long(self) -> None:
        """Every text that is too long is told with its cell."""
        long = "x" * (LONGEST_TEXT + 1)
        with pytest.raises(TableError) as caught:
            read(f"a;{long}\n{long};{long[:-1]}\n")
        assert ["plan.csv: B1", "plan.csv: A2"] == [flaw.place for flaw in caught.value.flaws]
        assert f"at most {LONGEST_TEXT} characters, got {LONGEST_TEXT + 1}" in str(caught.value)

    def test_endless(self) -> None:
        """A text without end is refused."""
        with pytest.raises(TableError, match="a cell has far more than"):
            read("x" * 200_000)

    def test_most(self) -> None:
        """As many rows as the limit says are read, and not one more."""
        assert MOST_ROWS == len(read("x\n" * MOST_ROWS))
        with pytest.raises(TableError, match=rf"plan\.csv: A{MOST_ROWS + 1}: expected at most"):
            read("x\n" * 100_000)
