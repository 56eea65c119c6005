"""What would a spreadsheet take for a formula? Texts that are kept from it, and taken back.

A text that looks like one has an apostrophe in front in the delimited text that planlog writes.
"""

import re
from typing import Final

_GUARDABLE: Final = re.compile(r"'*[=+\-@\t\r\n]")


def guarded(text: str) -> str:
    """Put an apostrophe in front of a text that a spreadsheet would take for a formula.

    It is put in front of one that looks guarded already, too: `unguarded` takes one away.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'s Lädchen")
    ("'=1+1", "''=1+1", "'s Lädchen")
    """
    return f"'{text}" if _GUARDABLE.match(text) else text


def unguarded(text: str) -> str:
    """Take away the apostrophe that `guarded` put in front of *text*, if it did.

    >>> unguarded("'=1+1"), unguarded("'s Lädchen")
    ('=1+1', "'s Lädchen")
    """
    return text[1:] if text.startswith("'") and _GUARDABLE.match(text) else text
