"""Rules about personal data in free text: names, e-mail addresses and telephone numbers.

Texts are long at times and come from anywhere, so no pattern here repeats anything without a
bound: the time that each takes grows with the length of the text, and no faster. They are made
ready when they are first used, since most commands never do.
"""

import re
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Final

from planlog.checks.evidence import Evidence, warning
from planlog.checks.record import undone_by_retractions
from planlog.events import RecordedEvent, Retracted
from planlog.findings import Finding, Listing
from planlog.texts import free_texts

_LETTER: Final = r"(?:[^\W\d_][\u0300-\u036f]?)"
"""A letter, also where its diacritic is a character of its own."""

_TITLE: Final = r"""
    (?: (?: Herrn? | Frau | Familie | Mrs? | Ms | Miss ) \s{1,4}
    |   Fr \. \s{0,4} (?! (?: Vormittag | Nachmittag | Mittag | Abend ) s? \b )
    |   (?: Fam | Hr | Mrs? | Ms ) \. \s{0,4}
    |   (?: Dr | Prof ) \s{1,4}
    |   (?: Dr | Prof ) \. (?: -Ing\. )? \s{0,4}
        (?: (?: agr | c | dent | e | h | habil | iur | jur | med | mult | nat | oec | phil | pol
            |   rer | soc | theol | vet ) \. \s{0,4} ){0,6}
    )"""

_NO_ADDRESS: Final = r"""
    (?: (?: [Jj]ede[nmrs]? | [Kk]eine[nmrs]? | [Jj]e | [Pp]ro ) \s{1,4}
    |   (?: Mo | Di | Mi | Do ) \.? \s? (?: [-–/,+&] | bis | und ) \s? (?= Fr\. )
    )"""
"""What stands before "Frau" or "Fr." when nobody is addressed: "jede Frau", "Mo.-Fr."."""

_NAME: Final = rf"""
    (?<! [\w-] ) (?P<no_address> {_NO_ADDRESS} )?
    (?P<titles> {_TITLE}{{1,6}}+ )
    (?P<initials> (?: {_LETTER} \. \s{{0,4}} ){{0,3}}+ )
    (?: (?: von | van ) (?: \s{{1,4}} (?: de | dem | den | der ) )? \s{{1,4}}
    |   (?: zu | ten ) \s{{1,4}} (?! (?: Hause | Hilfe | Besuch | Gast ) \b )
    |   d ['’]
    |   (?: al | de | del | di | el ) (?: \s{{1,4}} | - ) )?
    (?! (?: Herrn? | Frau | Familie | Dr | Prof ) \b | (?: Fam | Fr | Hr ) \. )
    (?P<name> {_LETTER} (?: ['’]? {_LETTER} ){{1,39}} (?: - {_LETTER}{{1,40}} ){{0,3}} )
    (?= (?P<behind> (?: [\s-]{{1,4}} {_LETTER}{{1,40}} ){{0,3}} ) )
    """

_PLACES: Final = frozenset(
    {
        *("Straße", "Strasse", "Str", "Platz", "Weg", "Allee", "Ring", "Gasse", "Chaussee"),
        *("Promenade", "Ufer", "Damm", "Brücke", "Pfad", "Park"),
        *("Schule", "Gymnasium", "Haus", "Halle", "Stiftung"),
    }
)
"""What is called after somebody with a doctorate."""

_OFFICES: Final = tuple(
    f"{office}{ending}" for office in ("bürgermeister", "minister") for ending in ("", "in")
)
"""How the names of offices end; who holds one is named only where a name follows."""

_DEPARTMENTS: Final = frozenset({"Bildung", "Frauen", "Jugend", "Kinder", "Senioren", "Soziales"})
"""What stands beside families in the name of a department: "Familie Jugend und Soziales"."""

_EMAIL: Final = r"""
    (?<! [\w.%+-] ) [\w.%+-]{1,64}+ (?: @ | \(at\) )
    (?: [\w-]{1,63} \. ){1,8} [^\W\d_]{2,24} (?! [\w-] )
    """

_GAP: Final = r"[ \u00a0\u202f]"

_PHONE: Final = rf"""
    (?P<account>
        \b [A-Z]{{2}} \d\d (?: {_GAP}? [0-9A-Z]{{4}} ){{3,7}}+ (?: {_GAP}? \d{{1,3}} )? \b )
    |
    (?<! \w ) (?<! \d [./,:-] )
    (?: (?P<international> (?: \+ | 00 ) {_GAP}? [1-9] ) | \(? 0[1-9]\d )
    (?: [ \u00a0\u202f()/–-]{{0,3}} \d ){{4,14}}
    (?! \w | [.,:]\d | {_GAP}? (?: Uhr | Euro | EUR | € | % ) )
    """

_MOST_DIGITS: Final = 15
"""How many digits a telephone number has at most (ITU-T E.164)."""

_FILE_NUMBER: Final = r"0\d{1,14}[/-](?:19|20)\d\d(?:[/-]\d{1,3})?"
"""A number of a file or of a paper, with its year: "012/2023"."""


def names_in_texts(evidence: Evidence) -> Iterator[Finding]:
    """Find texts that seem to name somebody, with a form of address or an academic title."""
    for event, keys, texts in _found(evidence, names_in):
        yield warning(
            "name-in-text",
            event,
            "{type} {on} ({event}) seems to name a person in {keys}: {found}; take it back, and "
            "record it anew naming a role or an organisation"
            if isinstance(event.event, Retracted)
            else "{type} {on} ({event}) seems to name a person in {keys}: {found}; correct it, "
            "naming a role or an organisation instead",
            keys=keys,
            found=texts,
        )


def emails_in_texts(evidence: Evidence) -> Iterator[Finding]:
    """Find texts with e-mail addresses."""
    for event, keys, texts in _found(evidence, emails_in):
        yield warning(
            "email-in-text",
            event,
            "{type} {on} ({event}) has an e-mail address in {keys}: {found}; take it back, and "
            "record it anew without"
            if isinstance(event.event, Retracted)
            else "{type} {on} ({event}) has an e-mail address in {keys}: {found}; correct it, "
            "leaving that out",
            keys=keys,
            found=texts,
        )


def phones_in_texts(evidence: Evidence) -> Iterator[Finding]:
    """Find texts with what looks like a telephone number."""
    for event, keys, texts in _found(evidence, phones_in):
        yield warning(
            "phone-in-text",
            event,
            "{type} {on} ({event}) has what looks like a telephone number in {keys}: {found}; "
            "take it back, and record it anew without"
            if isinstance(event.event, Retracted)
            else "{type} {on} ({event}) has what looks like a telephone number in {keys}: "
            "{found}; correct it, leaving that out",
            keys=keys,
            found=texts,
        )


def names_in(text: str) -> Iterator[str]:
    """Find forms of address and academic titles, each with the name behind it."""
    for found in re.finditer(_NAME, text, re.VERBOSE):
        if not found["no_address"] and _is_name(found):
            yield " ".join(text[found.start("titles") : found.end("name")].split())


def emails_in(text: str) -> Iterator[str]:
    """Find e-mail addresses."""
    if "@" in text or "(at)" in text:
        yield from (found[0] for found in re.finditer(_EMAIL, text, re.VERBOSE))


def phones_in(text: str) -> Iterator[str]:
    """Find what looks like a telephone number of Germany, or of any country with its code."""
    for found in re.finditer(_PHONE, text, re.VERBOSE):
        if not found["account"] and _is_phone(found[0], bool(found["international"])):
            yield found[0] if ")" in found[0] else found[0].lstrip("(")


def _is_name(found: re.Match[str]) -> bool:
    initials = found["initials"]
    if initials != initials.upper() or not found["name"][0].isupper():
        return False
    name, behind = found["name"], found["behind"].strip()
    if name.lower().endswith(_OFFICES) and not _is_capitalised(behind):
        return False
    if name in _DEPARTMENTS and found["titles"].startswith("Familie"):
        return False
    if not found["titles"].startswith(("Dr", "Prof")):
        return True
    words: list[str] = re.split(r"[\s-]+", found["name"] + found["behind"])
    capitalised = takewhile(_is_capitalised, words)
    return _PLACES.isdisjoint(capitalised) and not _is_street(words[0])


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper()


def _is_street(word: str) -> bool:
    return word.endswith(("straße", "strasse", "platz", "allee"))


def _is_phone(text: str, international: bool) -> bool:
    digits = sum(map(str.isdigit, text))
    # Without anything between them, eight digits may be a day: 01022023.
    least = 9 if international or text.isdigit() else 7
    return least <= digits <= _MOST_DIGITS and not re.fullmatch(_FILE_NUMBER, text)


def _found(
    evidence: Evidence, search: Callable[[str], Iterator[str]]
) -> Iterator[tuple[RecordedEvent, Listing, Listing]]:
    """Each event in whose texts *search* finds something, under which keys, and what."""
    undone = undone_by_retractions(evidence.events)
    standing = [
        one for one in evidence.events if isinstance(one.event, Retracted) and one.id not in undone
    ]
    for event in (*(slot.content for slot in evidence.slots), *standing):
        found: list[tuple[str, str]] = [
            (key, one) for key, text in free_texts(event) for one in search(text)
        ]
        if found:
            keys, texts = zip(*found, strict=True)
            yield event, Listing.of(keys), Listing.of(texts)
