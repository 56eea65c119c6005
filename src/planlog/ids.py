"""What is a new field, goal, measure or version called? Ids made from words."""

import re
import unicodedata
from collections.abc import Container
from typing import Final

LONGEST_SLUG: Final = 60
"""How long an id made of words may be: people will write it."""

_SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slug(text: str) -> str:
    """Make an id from *text*: lower-case letters, digits, full stops and hyphens.

    >>> slug("Anlaufstelle für Mieter: Beratung")
    'anlaufstelle-fuer-mieter-beratung'
    """
    folded = unicodedata.normalize("NFC", text).lower().translate(_SPELT_OUT)
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", folded)
        if not unicodedata.combining(letter)
    )
    return re.sub(r"[^\w.]+|_+", "-", plain).strip("-.")


def short_slug(text: str) -> str:
    """Make an id from *text*, cut off between two words where it is too long."""
    made = slug(text)
    if len(made) <= LONGEST_SLUG:
        return made
    return made[: LONGEST_SLUG + 1].rpartition("-")[0] or made[:LONGEST_SLUG]


def distinct(id: str, taken: Container[str]) -> str:
    """Return *id*, with the first number behind it that makes it another than those *taken*.

    >>> distinct("wohnen", {"wohnen", "wohnen-2"})
    'wohnen-3'
    """
    made, number = id, 1
    while made in taken:
        number += 1
        made = f"{id}-{number}"
    return made
