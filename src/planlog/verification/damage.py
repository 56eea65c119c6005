"""What can have happened to a log, each with its sentence and its remedy."""

from collections.abc import Sequence

import attrs

from planlog.errors import Flaw
from planlog.values import Value


@attrs.frozen(repr=False)
class Damage(Value):
    """Something that is wrong with a log or a checkpoint: the *flaw* tells what, and where.

    It is *certain* where nothing else explains what was found, or where taking it back in thought
    gives exactly the root that a checkpoint states; else it is only probable. *event* is the id of
    the event it is about and *position* that event's place in the log; both are absent where it is
    about no single one.
    """

    flaw: Flaw
    certain: bool = True
    event: str | None = None
    position: int | None = None

    @property
    def code(self) -> str:
        """The word by which programs know what happened."""
        return self.flaw.code

    def __str__(self) -> str:
        """The damage in English."""
        return str(self.flaw)


# What programs do to whole files


def line_ends(place: str, count: int) -> Flaw:
    """Lines end with CR LF."""
    return Flaw(
        "line-ends",
        "line endings were changed: they are CR LF, as Windows has it, in so many lines: {count}; "
        "put the file back from a copy or from version control, and keep '*.jsonl -text' in "
        ".gitattributes",
        {"count": count},
        place=place,
    )


def byte_order_mark(place: str) -> Flaw:
    """A file begins with a byte order mark."""
    return Flaw(
        "byte-order-mark",
        "a byte order mark was put in front of the first line, as some editors do; "
        "put the file back from a copy or from version control",
        place=place,
    )


def encoding(place: str, name: str) -> Flaw:
    """A file was saved in another encoding."""
    return Flaw(
        "encoding",
        "the text was saved in another encoding, {encoding} instead of UTF-8; "
        "put the file back from a copy or from version control",
        {"encoding": name},
        place=place,
    )


def compressed(place: str) -> Flaw:
    """A file was compressed."""
    return Flaw(
        "compressed",
        "the file was compressed with gzip; unpack it, or put it back from a copy",
        place=place,
    )


def reserialised(place: str, count: int) -> Flaw:
    """Another program wrote the JSON."""
    return Flaw(
        "re-serialised",
        "one line was written anew as other JSON of the same meaning (spaces, escapes or the order "
        "of keys); put the file back from a copy or from version control"
        if count == 1
        else "{count} lines were written anew as other JSON of the same meaning (spaces, escapes "
        "or the order of keys); put the file back from a copy or from version control",
        {"count": count},
        place=place,
    )


def normalised(place: str, count: int, form: str) -> Flaw:
    """Letters were composed or decomposed."""
    return Flaw(
        "normalised",
        "accented letters were replaced by others that look the same (they were in the form {form} "
        "of Unicode), in so many lines: {count}; put the file back from a copy or from version "
        "control",
        {"count": count, "form": form},
        place=place,
    )


# What happens to files


def cut_within_line(place: str) -> Flaw:
    """A file ends within a line."""
    return Flaw(
        "cut-line",
        "the file breaks off within this line; put it back from a copy or from version control",
        place=place,
    )


def final_line_feed(place: str) -> Flaw:
    """The last line has no end."""
    return Flaw(
        "no-final-line-feed",
        "the line feed at the end of the file is missing, and nothing else of it; "
        "put the file back from a copy or from version control",
        place=place,
    )


def empty_file(place: str) -> Flaw:
    """Nothing is left of a file."""
    return Flaw(
        "empty-file",
        "the file is empty: all its lines are missing; "
        "put it back from a copy or from version control",
        place=place,
    )


def missing_lines(place: str, first: int, last: int, before: str, after: str) -> Flaw:
    """Between two files lines are missing, be it those of a whole file or not."""
    return Flaw(
        "missing-lines",
        "position {first} is missing: a line of {before!r} was deleted, or a file between it and "
        "{after!r} is missing; put it back from a copy or from version control"
        if first == last
        else "positions {first} to {last} are missing: lines of {before!r} were deleted, or a file "
        "between it and {after!r} is missing; put it back from a copy or from version control",
        {"first": first, "last": last, "before": before, "after": after},
        place=place,
    )


def renamed_file(place: str, position: int, expected: str) -> Flaw:
    """A file has a name that is not its own, and its lines are right."""
    return Flaw(
        "renamed-file",
        "the file was renamed: its lines begin at position {position}; "
        "give it back its name {expected!r}",
        {"position": position, "expected": expected},
        place=place,
    )


def swapped_files(place: str, others: Sequence[str], expected: str) -> Flaw:
    """Files have each other's names."""
    return Flaw(
        "files-swapped",
        "files have changed places: this one holds the lines of {expected!r} "
        "(together with: {others}); give them back their names",
        {"expected": expected, "others": ", ".join(others)},
        place=place,
    )


def files_reordered(place: str, expected: str) -> Flaw:
    """A file stands at another place of the log."""
    return Flaw(
        "files-reordered",
        "the file stands at the wrong place of the log; give it back its name {expected!r}",
        {"expected": expected},
        place=place,
    )


def copied_file(place: str, other: str) -> Flaw:
    """All lines of a file stand in another one."""
    return Flaw(
        "copied-file",
        "all lines of the file stand in {other!r} already: it is a copy; move it out of the folder",
        {"other": other},
        place=place,
    )


def stranger(place: str) -> Flaw:
    """A file does not belong to the log."""
    return Flaw(
        "strange-file",
        "the file does not belong to the log that the checkpoint vouches for; if another clone of "
        "the plan went on, run planlog join, else move the file out of the folder",
        place=place,
    )


def misnamed_file(place: str, expected: str) -> Flaw:
    """A file has another ending than the event file that is missing."""
    return Flaw(
        "misnamed-file",
        "the file is called like {expected!r}, which is missing, but for its ending; "
        "give it back that name",
        {"expected": expected},
        place=place,
    )


def cut_end(place: str, expected: int, size: int, *, is_outside: bool) -> Flaw:
    """The log is shorter than a checkpoint says."""
    return Flaw(
        "end-cut-off",
        "the checkpoint counts {expected} events, the log has {size}: its end is cut off, or the "
        "checkpoint is of another clone (planlog join) or of another plan; "
        "put back what begins at position {size}, from a copy or from version control"
        if is_outside
        else "the checkpoint counts {expected} events, the log has {size}: its end is cut off; "
        "put back what begins at position {size}, from a copy or from version control",
        {"expected": expected, "size": size},
        place=place,
    )


# What happens to lines


def reordered_lines(place: str, numbers: Sequence[int]) -> Flaw:
    """Lines of a file changed places."""
    return Flaw(
        "lines-reordered",
        "lines changed places: in their right order they are {numbers}; "
        "put the file back from a copy or from version control",
        {"numbers": ", ".join(map(str, numbers))},
        place=place,
    )


def swapped_line(place: str, other: str) -> Flaw:
    """Two lines changed places."""
    return Flaw(
        "lines-swapped",
        "the line changed places with that at {other}; "
        "put both files back from a copy or from version control",
        {"other": other},
        place=place,
    )


def doubled_line(place: str, first: str) -> Flaw:
    """A line stands twice."""
    return Flaw(
        "doubled-line",
        "the line stands twice, for the first time at {first}; "
        "put the file back from a copy or from version control",
        {"first": first},
        place=place,
    )


def inserted_line(place: str) -> Flaw:
    """A line was put in."""
    return Flaw(
        "inserted-line",
        "the line was put in: without it the log is as the checkpoint says; "
        "put the file back from a copy or from version control",
        place=place,
    )


def flipped_bit(place: str, byte: int) -> Flaw:
    """One bit is wrong."""
    return Flaw(
        "flipped-bit",
        "a single bit is wrong in byte {byte} of the line, as a failing disk or memory does it; "
        "put the file back from a copy or from version control",
        {"byte": byte},
        place=place,
    )


def edited_line(place: str) -> Flaw:
    """A line is not as planlog writes lines."""
    return Flaw(
        "line-edited",
        "the line was edited: it is no event as planlog writes it; "
        "put the file back from a copy or from version control",
        place=place,
    )


def edited_between(place: str, first: int, last: int, files: str) -> Flaw:
    """Something changed between two positions."""
    return Flaw(
        "edited",
        "the line at position {first} was edited, or another one was put there ({files}); "
        "compare it with a copy or with version control"
        if first == last
        else "a line was edited, added, deleted or moved between positions {first} and {last} "
        "({files}); compare the lines with a copy or with version control",
        {"first": first, "last": last, "files": files},
        place=place,
    )


# What is wrong with erasures


def lone_tombstone(place: str) -> Flaw:
    """No event tells of an erasure."""
    return Flaw(
        "lone-tombstone",
        "the text of this event is gone, and no event tells of its erasure; "
        "put the line back from a copy or from version control",
        place=place,
    )


def displaced_tombstone(place: str, stated: int, position: int) -> Flaw:
    """The mark of an erased line names another position."""
    return Flaw(
        "displaced-tombstone",
        "the mark of the erased line names position {stated} and stands at {position}; "
        "put the file back from a copy or from version control",
        {"stated": stated, "position": position},
        place=place,
    )


def unfinished_erasure(place: str, event: str) -> Flaw:
    """The text of an erased event is still there."""
    return Flaw(
        "erasure-not-carried-out",
        "the erasure of this event is recorded, and its text still stands here; "
        "finish it with: planlog erase {event}",
        {"event": event},
        place=place,
    )


def erasure_of_nothing(place: str, event: str) -> Flaw:
    """An erasure names a line that is nowhere."""
    return Flaw(
        "erasure-without-line",
        "the event tells that {event} was erased, and no line of the log has the hash that it "
        "names; the erased line or its mark was changed since",
        {"event": event},
        place=place,
    )
