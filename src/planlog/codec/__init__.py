"""Events to and from JSON lines, and older lines up to today's form.

`json` makes values of bytes, `lifting` makes today's lines of older ones, `structure` makes events
of values, and where it cannot, `detail` tells why, with cattrs. `tombstones` has the one line that
holds no event: the mark of an erased one.
"""

from planlog.codec.flaws import FLAWS
from planlog.codec.json import MAX_LINE
from planlog.codec.lifting import LIFTS, Lift
from planlog.codec.outside import HandedIn, decode_new, same_content
from planlog.codec.reading import decode, decode_lines
from planlog.codec.tombstones import Tombstone, erased_record, read_tombstone, tombstone_line
from planlog.codec.writing import EVENT_COLUMNS, encode, encode_new, line_of, validate

__all__ = [
    "EVENT_COLUMNS",
    "FLAWS",
    "LIFTS",
    "MAX_LINE",
    "HandedIn",
    "Lift",
    "Tombstone",
    "decode",
    "decode_lines",
    "decode_new",
    "encode",
    "encode_new",
    "erased_record",
    "line_of",
    "read_tombstone",
    "same_content",
    "tombstone_line",
    "validate",
]
