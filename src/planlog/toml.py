"""TOML that somebody else wrote: read within limits, and refused in one way."""

import re
from typing import Any, Final

MOST_BYTES: Final = 4 * 2**20
"""The longest text: a map or the answers about a thousand rows take a small part of it."""

MOST_DOTS: Final = 100
"""The dots of one key: the reader takes time and memory for each pair of them."""

_QUOTED: Final = re.compile(r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")


def parsed(text: bytes) -> dict[str, Any]:
    r"""Read *text*, which may begin with a byte order mark.

    >>> parsed(b'columns.title = "Ma\xc3\x9fnahme"')
    {'columns': {'title': 'Maßnahme'}}

    Raises `UnicodeDecodeError` for what is no UTF-8, and `ValueError` that tells the cause for all
    else that cannot be read.
    """
    import tomllib  # most plans have no such file, and it takes its time to load

    if len(text) > MOST_BYTES:
        raise ValueError(f"more than {MOST_BYTES} bytes")
    decoded = text.decode("utf-8-sig")
    for number, line in enumerate(decoded.split("\n"), 1):
        if line.count(".") > MOST_DOTS and _QUOTED.sub("", line).count(".") > MOST_DOTS:
            raise ValueError(f"more than {MOST_DOTS} dots (at line {number})")
    try:
        return tomllib.loads(decoded)
    except RecursionError as error:
        raise ValueError("too deeply nested") from error
