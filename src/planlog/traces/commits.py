"""Commits in which a text still stands."""

import subprocess
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path
from typing import Final, Literal

import attrs

from planlog.stores.eventfiles import shown
from planlog.traces.forms import Sought
from planlog.traces.git import BROKEN, Git, Stored, find_git, has_repository
from planlog.traces.history import History, Holding
from planlog.traces.packed import Look
from planlog.values import Value

MOST_BYTES: Final = 64 * 2**20
"""The largest file of the past that is looked into."""

MOST_BYTES_TOGETHER: Final = 2**31
"""How much of the past is looked into; what is left out are its largest files."""

State = Literal["searched", "no-repository", "no-git", "unreadable"]
"""How far the search got: the folder is not kept with git, git is not installed, or git or the
platform refused to read."""

_NONE: Final = Holding()


@attrs.frozen(kw_only=True, repr=False)
class GitTraces(Value):
    """What git keeps of a raw *line*, and of *texts* in other files than those with the line.

    *unseen* counts files of the past that are too large, or damaged; *cause* is what git said when
    it refused.
    """

    state: State
    cause: str = ""
    line: Holding = _NONE
    texts: Holding = _NONE
    unseen: int = 0


def commits_holding(folder: Path, line: bytes, texts: Iterable[str] = ()) -> GitTraces:
    """Tell where git's history of *folder* still holds a raw *line*, or one of *texts*.

    Everything stored is read, reachable or not, and nothing is written, fetched or run.
    """
    absolute = folder.absolute()
    if not has_repository(absolute):
        return GitTraces(state="no-repository")
    program = find_git(absolute)
    if program is None:
        return GitTraces(state="no-git")
    try:
        return _searched(Git(program, absolute), line, Sought(line, texts))
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines() or [str(error)]
        return GitTraces(state="unreadable", cause=shown(said[-1]))
    except OSError as error:
        return GitTraces(state="unreadable", cause=error.strerror or str(error))


def _searched(git: Git, line: bytes, sought: Sought) -> GitTraces:
    objects = list(git.objects())
    blobs = [one for one in objects if one.type == "blob"]
    chosen = _affordable(blobs)
    history = History()
    with_line, with_texts = set(), set()
    for one, content in git.contents((*chosen, *_of(objects, "commit", "tag"))):
        history.take(one, content)
        if line in content:
            with_line.add(one.id)
        elif sought.texts and Look(sought).into(content, ""):
            with_texts.add(one.id)
    if with_line or with_texts:
        found = {bytes.fromhex(id): id for id in with_line | with_texts}
        for one, content in git.contents(_of(objects, "tree")):
            history.take_tree(one.id, content, found)
        history.take_refs(git)
    return GitTraces(
        state="searched",
        line=history.holding(with_line),
        texts=history.holding(with_texts),
        unseen=len(blobs) - len(chosen) + len(_of(objects, BROKEN)),
    )


def _of(objects: Iterable[Stored], *types: str) -> list[Stored]:
    return [one for one in objects if one.type in types]


def _affordable(blobs: list[Stored]) -> list[Stored]:
    """The files of the past that are looked into, in the order in which they are stored."""
    left = MOST_BYTES_TOGETHER
    for one in sorted(blobs, key=attrgetter("size")):
        left -= one.size
        if one.size > MOST_BYTES or left < 0:
            return [other for other in blobs if other.size < one.size]
    return blobs
