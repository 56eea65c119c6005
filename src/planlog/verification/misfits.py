"""What can be wrong with a checkpoint, be it that itself or a log of which it says more."""

from planlog.errors import Flaw


def unlike_outside(place: str, first: int, last: int, files: str, checkpoint: str) -> Flaw:
    """The log is not as a checkpoint from outside says, and nothing shows which is right."""
    return Flaw(
        "edited",
        "the line at position {first} was edited, or another one was put there ({files}), or the "
        "checkpoint in {checkpoint} is of another clone (planlog join) or of another plan; "
        "compare both with where they come from"
        if first == last
        else "a line was edited, added, deleted or moved between positions {first} and {last} "
        "({files}), or the checkpoint in {checkpoint} is of another clone (planlog join) or of "
        "another plan; compare both with where they come from",
        {"first": first, "last": last, "files": files, "checkpoint": checkpoint},
        place=place,
    )


def wrong_checkpoint(place: str, other: str) -> Flaw:
    """A checkpoint is contradicted by a later one."""
    return Flaw(
        "wrong-checkpoint",
        "this checkpoint was changed or mistyped, or is of another clone (planlog join) or of "
        "another plan: the log agrees with {other}, which counts as many events or more, and not "
        "with this one",
        {"other": other},
        place=place,
    )


def rewritten(place: str, other: str) -> Flaw:
    """A checkpoint from outside is contradicted by one in the folder."""
    return Flaw(
        "rewritten",
        "lines and checkpoints of the folder were both rewritten, or this checkpoint is of another "
        "clone (planlog join) or of another plan: the log agrees with {other} of its own, and not "
        "with this one from outside",
        {"other": other},
        place=place,
    )


def mistyped(place: str, stated: str, found: str) -> Flaw:
    """A root differs from the right one in a few letters."""
    return Flaw(
        "mistyped-root",
        "the root was typed as {stated}, the log has {found}: "
        "compare the few letters that differ with where it comes from",
        {"stated": stated, "found": found},
        place=place,
    )


def mistyped_size(place: str, stated: int, found: int) -> Flaw:
    """A checkpoint states another number of events than that at which the log has its root."""
    return Flaw(
        "mistyped-size",
        "the number of events was mistyped or changed: with {found} instead of {stated} the "
        "checkpoint fits; compare it with where it comes from",
        {"stated": stated, "found": found},
        place=place,
    )


def another_log(place: str, stated: str, origin: str) -> Flaw:
    """A checkpoint is about another log."""
    return Flaw(
        "another-log",
        "the checkpoint is about the log {stated!r}, this one is {origin!r}: "
        "it is another plan's, or the beginning of this log was replaced",
        {"stated": stated, "origin": origin},
        place=place,
    )


def wrong_empty_root(place: str) -> Flaw:
    """A log without events has one root only."""
    return Flaw(
        "empty-root",
        "the checkpoint counts no events and states a root that no empty log has: "
        "it was changed or mistyped",
        place=place,
    )


def unfitting_order(place: str) -> Flaw:
    """A joined checkpoint does not fit the lines it is said to cover."""
    return Flaw(
        "joined-checkpoint",
        "the checkpoint of the joined clone does not fit the lines that it is said to cover: "
        "one of them was changed, or the file that tells their order",
        place=place,
    )
