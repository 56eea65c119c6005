"""Spreadsheet files to sheets: the form is known by what a file holds, not by its name."""

from typing import Final

import attrs

from planlog.errors import Flaw, TableError
from planlog.formulas import unguarded
from planlog.tables.columns import are_names
from planlog.tables.files.limits import MOST_BYTES, Room
from planlog.tables.places import refused
from planlog.tables.sheets import Sheet

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_PDF: Final = b"%PDF-"
_MARKUP: Final = (b"<!doctype", b"<html", b"<head", b"<meta", b"<table", b"<?xml", b"<!--")
_BYTE_ORDER_MARKS: Final = b"\xef\xbb\xbf\xfe\xff"


def read(
    content: bytes, file: str, *, encoding: str | None = None, delimiter: str | None = None
) -> tuple[Sheet, ...]:
    """Read the sheets of a spreadsheet *file*, given its *content*: XLSX, ODS or CSV.

    *encoding* and *delimiter* are those of a CSV file, found out unless given. Raises `TableError`
    if it cannot be read.
    """
    room = Room(file)
    _check(content, file)
    if content.startswith(_ZIP):
        sheets = _unpacked(content, room)
    else:
        from planlog.tables.files.delimited import read_delimited

        sheets = (read_delimited(content, room, encoding=encoding, delimiter=delimiter),)
    room.raise_any()
    return sheets


def _unpacked(content: bytes, room: Room) -> tuple[Sheet, ...]:
    from planlog.tables.files.archive import Archive
    from planlog.tables.files.opendocument import is_document, read_document
    from planlog.tables.files.workbook import is_workbook, read_workbook

    archive = Archive(content, room)
    if is_workbook(archive):
        return tuple(map(_unguarded, read_workbook(archive)))
    if is_document(archive):
        return tuple(map(_unguarded, read_document(archive)))
    raise refused(
        Flaw(
            "no-table",
            "expected XLSX, ODS or CSV, got a zip file with something else in it; save the table "
            "as one of these",
            place=room.file,
        )
    )


def _unguarded(sheet: Sheet) -> Sheet:
    """A sheet as planlog meant it, if somebody saved our own text file as a workbook."""
    if not sheet.rows or not are_names({cell for cell in sheet.rows[0] if isinstance(cell, str)}):
        return sheet
    return attrs.evolve(
        sheet,
        rows=tuple(
            tuple(unguarded(cell) if isinstance(cell, str) else cell for cell in row)
            for row in sheet.rows
        ),
    )


def _check(content: bytes, file: str) -> None:
    """Refuse what is known to be something else."""
    if len(content) > MOST_BYTES:
        raise refused(
            Flaw(
                "huge-table",
                "expected a file of at most {limit} bytes, got {size}; save the sheet of the plan "
                "without pictures as a file of its own",
                {"limit": MOST_BYTES, "size": len(content)},
                place=file,
            )
        )
    if content.startswith(_OLE):
        raise _old_or_encrypted(content, file)
    if content.startswith(_PDF):
        raise refused(
            Flaw(
                "no-table",
                "expected XLSX, ODS or CSV, got a PDF; save the table it was made from as one of "
                "these",
                place=file,
            )
        )
    # In UTF-16 every other byte is NUL.
    head = content[:200].replace(b"\0", b"").lstrip(_BYTE_ORDER_MARKS + b" \t\r\n").lower()
    if head.startswith(_MARKUP):
        raise refused(
            Flaw(
                "no-table",
                "expected XLSX, ODS or CSV, got HTML or XML, whatever the name says; open it in a "
                "spreadsheet program and save it as one of these",
                place=file,
            )
        )


def _old_or_encrypted(content: bytes, file: str) -> TableError:
    """The two kinds of file that have the same beginning."""
    return refused(
        Flaw(
            "no-table",
            "the file is protected by a password; save it without one"
            if _ENCRYPTED in content
            else "expected XLSX, ODS or CSV, got the binary form of old Excel; save it as one of "
            "these",
            place=file,
        )
    )
