"""What is a version called that nobody gave a name? After its file, and its day if need be."""

import re
from datetime import date
from pathlib import PurePath

from planlog.dates import is_name
from planlog.ids import distinct, short_slug
from planlog.plan import Plan


def version_id(file: str, document: str, day: date, plan: Plan) -> str:
    """Name the version that *file* states as of *day*, in a log whose *plan* has all that is known.

    A *document* (a hash) that is a version of the day already keeps its name, and the same file as
    of the same day has the same. Files are often called the same each year: with the day behind it
    the name is another.
    """
    versions = {one.id: one for one in plan.versions}
    of_day = [one for one in plan.versions if one.on.exact and one.on.last == day]
    same = [one.id for one in of_day if one.document == document]
    if same:
        return same[0]
    taken = {*versions, *(one.id for one in plan.conferences)} - {one.id for one in of_day}
    stem = _name(PurePath(file).stem)
    if stem is not None and stem not in taken:
        return stem
    return distinct(f"{stem or 'version'}-{day}", taken)


def _name(stem: str) -> str | None:
    """Make an id of a file's name, if it is no date (in whatever order) and has letters."""
    made = re.sub(r"[^a-z0-9]+", "-", short_slug(stem), flags=re.ASCII).strip("-")
    return made if is_name(made) and re.search("[a-z]", made) else None
