"""The words that tables of plans use for their columns and for where measures stand."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from planlog.tables.rows.words import compared

HEADINGS: Final[Mapping[str, str]] = {
    "measure": "ID|Maßnahmen-ID|Maßnahme ID|Measure ID|Item ID|Key|Schlüssel|Kennung|Kennziffer",
    "field": "Handlungsfeld|Handlungsfelder|Action field|Field|Field of action|Handlungsbereich|"
    "Aktionsfeld|Themenfeld|Themenbereich|Bereich|Arbeitsfeld|Schwerpunkt|Kategorie|Category|"
    "Cluster|Kapitel",
    "number": "Maßnahmen-Nr.|Maßnahmennr.|Maßnahmennummer|Maßnahme Nr.|M-Nr.|Nr.|Nummer|Number|"
    "No.|Ziffer|lfd. Nr.|laufende Nr.|laufende Nummer|lfd. Nummer",
    "title": "Maßnahme|Maßnahmen|Maßnahmentitel|Titel|Titel der Maßnahme|Name der Maßnahme|"
    "Maßnahmenbezeichnung|Bezeichnung|Title|Measure|Projekt|Projekttitel|Projektname|Vorhaben|"
    "Name",
    "rank": "Rang|Rank|Rangfolge|Ranking|Platz|Reihenfolge",
    "level": "Priorität|Prioritätsstufe|Prio|Priority|Level|Dringlichkeit",
    "stage": "Umsetzungsstand|Umsetzungsstatus|Stand der Umsetzung|Status|Stand|Bearbeitungsstand|"
    "Projektstand|Sachstand|Stage|State|Phase",
    "note": "Bemerkung|Bemerkungen|Anmerkung|Anmerkungen|Hinweis|Hinweise|Kommentar|Notiz|Note|"
    "Notes|Aktueller Stand|Erläuterung zum Stand|Begründung",
    "goal": "Teilziel|Ziel|Handlungsziel|Zielsetzung|Goal|Objective",
    "description": "Beschreibung|Kurzbeschreibung|Maßnahmenbeschreibung|Description|Erläuterung|"
    "Inhalt",
    "responsible": "Federführung|Federführend|Verantwortlich|Verantwortliche|Verantwortlichkeit|"
    "Verantwortliche Stelle|Zuständig|Zuständigkeit|Zuständige Stelle|Träger|Responsible|Lead",
    "partners": "Beteiligte|Weitere Beteiligte|Beteiligte Akteure|Partner|Kooperationspartner|"
    "Mitwirkende|Akteure|Partners",
    "due": "Termin|Frist|Fällig|Fällig am|Umsetzung bis|Bis wann|Zeithorizont|Zeitrahmen|Zeitraum|"
    "Zeitplan|Zieldatum|Fertigstellung|Ende|Due|Due date|Deadline",
    "cost": "Kosten|Gesamtkosten|Geschätzte Kosten|Kostenschätzung|Kosten in Euro|Kosten in EUR|"
    "Budget|Cost|Costs",
    "funding": "Finanzierung|Finanzierungsquelle|Förderung|Fördermittel|Mittel|Funding",
}
"""What columns are called; of two columns that could be the same, the earlier word wins."""

STATUSES: Final[Mapping[str, str]] = {
    "proposed": "vorgeschlagen|Vorschlag|Idee|in Prüfung|beschlossen|nicht begonnen|"
    "noch nicht begonnen|geplant|in Planung|in Vorbereitung|proposed|planned|idea|open|offen|"
    "not started",
    "started": "angeschoben|Anschubphase|begonnen|eingeleitet|in Umsetzung|in Arbeit|im Gange|"
    "in Bearbeitung|teilweise umgesetzt|verzögert|started|in progress|delayed",
    "implemented": "umgesetzt|abgeschlossen|erledigt|fertiggestellt|implemented|done|completed|"
    "finished",
    "ongoing": "laufend|fortlaufend|Daueraufgabe|verstetigt|ongoing|permanent",
    "paused": "zurückgestellt|ruht|verschoben|pausiert|paused|on hold|postponed",
    "dropped:not_feasible": "nicht umsetzbar|not feasible",
    "dropped:rejected": "abgelehnt|verworfen|rejected",
    "dropped:other": "entfallen|entfällt|gestrichen|nicht weiterverfolgt|dropped|cancelled",
    "replaced": "zusammengeführt|ersetzt|ersetzt durch|replaced|merged",
}
"""The words that tell where a measure stands, and the phase that each means."""

TOTALS: Final = ("summe", "gesamt", "insgesamt", "zwischensumme", "total", "gesamtsumme")
"""How rows begin that add up what stands above them."""

_BRACKETED: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ALTERNATIVES: Final = re.compile(r"/|,|;|&|\bund\b|\bbzw\b|\band\b|\boder\b|\bor\b|:")
_SPELT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def folded(text: str) -> str:
    """*text* without what people write differently: capitals, umlauts, marks, dates, brackets.

    >>> folded("Umsetzungsstand (Stand: 12/2023)"), folded("Maßnahmen-Nr."), folded("Fällig 2023")
    ('umsetzungsstand', 'massnahmen nr', 'faellig')
    """
    spelt = _BRACKETED.sub(" ", compared(text)).translate(_SPELT)
    words = re.findall(r"[^\W_]+", spelt)
    return " ".join(word for word in words if not word.isdecimal())


def name_for(heading: str) -> str | None:
    """The name of the column that is called *heading*, or the first thing in it that is known."""
    return next((_KNOWN[one] for one in _readings(heading) if one in _KNOWN), None)


def precedence(heading: str) -> int:
    """How sure a *heading* is for what it is known as, the least being the surest."""
    return next((_ORDER[one] for one in _readings(heading) if one in _ORDER), len(_ORDER))


def near_name(heading: str) -> str | None:
    """The name of a column that is called much like *heading*."""
    near = _near(folded(heading), _KNOWN)
    return None if near is None else _KNOWN[near]


def phase_for(status: str) -> str | None:
    """The phase, or ``dropped:CAUSE``, that a status word means."""
    return _PHASES.get(folded(status))


def near_phase(status: str) -> str | None:
    """The phase of a status word that is much like *status*."""
    near = _near(folded(status), _PHASES)
    return None if near is None else _PHASES[near]


def _readings(heading: str) -> Iterator[str]:
    yield folded(heading)
    yield from (folded(part) for part in _ALTERNATIVES.split(compared(heading)))


def _near(text: str, known: Mapping[str, str]) -> str | None:
    import difflib  # only the first map of a table needs it

    return next(iter(difflib.get_close_matches(text, known, 1, 0.8)), None)


def _by_word(lists: Mapping[str, str]) -> dict[str, str]:
    return {folded(word): meant for meant, words in lists.items() for word in words.split("|")}


_KNOWN: Final = _by_word(HEADINGS)
_ORDER: Final = {word: place for place, word in enumerate(_KNOWN)}
_PHASES: Final = _by_word(STATUSES)
