"""Dates as tables write them, in a form that the map declares and never in a guessed one."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from planlog.dates import InexactDate
from planlog.errors import DateError

_PARTS: Final = {"DD": "day", "MM": "month", "YYYY": "year"}
_FORM: Final = re.compile("(DD|MM|YYYY)([^A-Za-z0-9]*)" * 2 + "(DD|MM|YYYY)([^A-Za-z0-9]*)")

_USUAL: Final = (
    # With dots nobody puts the month first.
    "DD.MM.YYYY",
    "DD/MM/YYYY",
    "MM/DD/YYYY",
    "DD-MM-YYYY",
    "MM-DD-YYYY",
    "YYYY/MM/DD",
    "YYYY.MM.DD",
)


def is_form(form: str) -> bool:
    """Whether *form* says how dates are written: ``DD``, ``MM`` and ``YYYY`` once each.

    >>> is_form("DD.MM.YYYY"), is_form("DD.MM."), is_form("TT.MM.JJJJ")
    (True, False, False)
    """
    found = _FORM.fullmatch(form)
    return found is not None and set(found.groups()[0::2]) == set(_PARTS)


def read_day(text: str, form: str) -> date | None:
    """Read *text* as a date of this *form*; nothing where it is none.

    A day or month may lack its zero where marks keep it apart.

    >>> read_day("1.3.2023", "DD.MM.YYYY")
    datetime.date(2023, 3, 1)
    """
    found = _shape(form).fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def forms_of(texts: Iterable[str]) -> tuple[str, ...] | None:
    """The forms that all *texts* can be dates of; nothing where planlog's own form is enough.

    Two forms that both fit leave the question open which of them is meant.

    >>> forms_of(["1.3.2023", "2023"]), forms_of(["03/04/2023"]), forms_of(["2023-03"])
    (('DD.MM.YYYY',), ('DD/MM/YYYY', 'MM/DD/YYYY'), None)
    """
    foreign = [text.strip() for text in texts if not _is_own(text.strip())]
    if not foreign:
        return None
    return tuple(form for form in _USUAL if all(read_day(text, form) for text in foreign))


def _is_own(text: str) -> bool:
    try:
        InexactDate.parse(text)
    except DateError:
        return False
    return True


def written_day(day: date, form: str | None) -> str:
    """Write *day* in a *form*, or as planlog does.

    >>> written_day(date(2023, 3, 1), "DD.MM.YYYY"), written_day(date(2023, 3, 1), None)
    ('01.03.2023', '2023-03-01')
    """
    if form is None:
        return day.isoformat()
    parts = {"YYYY": f"{day.year:04}", "MM": f"{day.month:02}", "DD": f"{day.day:02}"}
    return re.sub("YYYY|MM|DD", lambda found: parts[found[0]], form)


@lru_cache(maxsize=64)
def _shape(form: str) -> re.Pattern[str]:
    found = _FORM.fullmatch(form)
    assert found is not None
    first, mark, second, other, third, end = found.groups()
    digits = "{1,2}" if mark and other else "{2}"
    shapes = [
        f"(?P<{_PARTS[part]}>[0-9]{'{4}' if part == 'YYYY' else digits})"
        for part in (first, second, third)
    ]
    return re.compile(
        shapes[0] + re.escape(mark) + shapes[1] + re.escape(other) + shapes[2] + re.escape(end)
    )
