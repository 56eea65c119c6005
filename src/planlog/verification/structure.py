"""Whether the files of a log follow one another as their names say."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from planlog.errors import Flaw
from planlog.stores import flaws
from planlog.stores.eventfiles import place_of
from planlog.stores.names import EventFile, event_file
from planlog.verification import damage


def joint_flaws(
    folder: Path, counted: Iterable[tuple[str, int | None]], sizes: Collection[int]
) -> Iterator[Flaw]:
    """Tell where a file does not begin at the position where the one before it ends.

    *counted* are the files and how many lines each has, where that is known. At the *sizes*, of
    which there is one at least, the log is right as a whole: nothing is missing before the largest.
    """
    right = max(sizes)
    start = end = 0
    is_known = True
    before: EventFile | None = None
    for name, count in counted:
        file = event_file(name)
        assert file is not None  # nothing else is listed as one
        place = place_of(folder, name)
        if is_known and file.position != end:
            if start < right:
                expected = f"{start:010d}{name[10:]}"
                yield damage.renamed_file(place, start, expected)
                file = file._replace(position=start)
            else:
                yield _joint_flaw(place, before, end, file, start in sizes)
        is_known = count is not None
        if count is None:  # a flaw of its own tells why nobody knows where it ends
            before = file
            continue
        start += count
        if file.position + count > end:
            end, before = file.position + count, file


def _joint_flaw(
    place: str, before: EventFile | None, end: int, file: EventFile, is_whole: bool
) -> Flaw:
    if before is None:
        return flaws.missing_first_file(place, file)
    if file.position < end:
        return flaws.doubled_file(place, file, before)
    if is_whole:
        return flaws.missing_file(place, before, end, file)
    return damage.missing_lines(place, end, file.position - 1, before.name, file.name)
