"""Where tables, maps and events come from: files that are named, or standard input."""

import click

from planlog.cli.session import Session


def content_of(session: Session, file: str, about: str, most: int) -> bytes:
    """Read what is in *file* (``-`` for standard input), which *about* names on the command line.

    No more than *most* bytes are read: a caller that asks for one more than it takes can tell.
    """
    try:
        with click.open_file(file, "rb") as stream:
            content: bytes = stream.read(most)
    except OSError as error:
        session.refuse(
            "cannot read {path!r}: {cause}", about=about, path=file, cause=error.strerror
        )
    return content
