"""What keeps a text in git: commits, what refers to them, stashes and the index."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import attrs

from planlog.stores.eventfiles import shown
from planlog.traces.git import Git, Stored
from planlog.values import Value

MOST_PATHS: Final = 20
"""How many files of a commit are named."""

_FOLDER: Final = b"40000"
_LONGEST_SUBJECT: Final = 100
_COMMITTED: Final = re.compile(rb"committer .*> (-?[0-9]{1,12}) [+-][0-9]{4}")


@attrs.frozen(repr=False)
class CommitTrace(Value):
    """A commit: its *id*, when it was made (in UTC), and its *subject*, harmless to show."""

    id: str
    made: datetime
    subject: str


@attrs.frozen(kw_only=True, repr=False)
class Holding(Value):
    """What holds something: how many *commits*, and the *first* and *last* of them.

    *paths* are the files of these two that do. *refs* are the branches, tags and others that
    reach any of the commits, by their full names (``refs/heads/main``; ``HEAD`` where it is on no
    branch). *stashes* counts what was put aside with ``git stash``. Of the commits that no ref
    reaches, *logged* stand in the log of where a ref once was, and *dangling* ones nowhere: they
    are there until git cleans up. *staged* are files in the index. *loose* counts contents that
    are in no commit and not in the index any more.
    """

    commits: int = 0
    first: CommitTrace | None = None
    last: CommitTrace | None = None
    paths: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    stashes: int = 0
    logged: int = 0
    dangling: int = 0
    staged: tuple[str, ...] = ()
    loose: int = 0

    @property
    def anything(self) -> bool:
        """Whether there is anything."""
        return bool(self.commits or self.staged or self.loose)


@attrs.frozen
class _Commit:
    tree: str
    parents: tuple[str, ...]
    trace: CommitTrace


class History:
    """All commits, and of the trees those that lead to something found."""

    def __init__(self) -> None:
        self._commits: dict[str, _Commit] = {}
        self._tags: dict[str, str] = {}
        self._entries: dict[str, list[tuple[str, str]]] = {}
        """Of each tree: what it has by which name, folders and what was found only."""
        self._refs: dict[str, tuple[str, ...]] = {}
        """Of each ref: the tags that it leads over, and what it leads to."""
        self._order: dict[str, int] = {}
        self._stashes: list[str] = []
        self._index: list[tuple[str, str]] = []

    def take(self, one: Stored, content: bytes) -> None:
        """Take in an object that is no tree."""
        if one.type == "commit":
            self._commits[one.id] = _commit(one.id, content)
        elif one.type == "tag":
            self._tags[one.id] = content[len("object ") :].partition(b"\n")[0].decode()

    def take_tree(self, id: str, content: bytes, found: Mapping[bytes, str]) -> None:
        """Take in a tree, as far as it has folders or what was *found*, by bytes and in hex."""
        entries = [
            (shown(name.decode(errors="surrogateescape")), found.get(hash) or hash.hex())
            for mode, name, hash in _tree_entries(content, len(id) // 2)
            if mode == _FOLDER or hash in found
        ]
        if entries:
            self._entries[id] = entries

    def take_refs(self, git: Git) -> None:
        """Take in what refers to objects: refs, the logs of these, stashes and the index."""
        for line in _lines(git.answer("show-ref", "--head", fine=(0, 1))):
            id, _, name = line.partition(" ")
            self._refs[shown(name)] = self._way(id)
        on_branch = [way for name, way in self._refs.items() if name.startswith("refs/heads/")]
        if self._refs.get("HEAD") in on_branch:
            del self._refs["HEAD"]
        ordered = _lines(git.answer("rev-list", "--all", "--reflog", "--date-order", "--reverse"))
        self._order = {id: place for place, id in enumerate(ordered)}
        if "refs/stash" in self._refs:
            self._stashes = _lines(git.answer("rev-list", "--walk-reflogs", "refs/stash"))
        staged = git.answer("ls-files", "--stage", "-z", "--full-name", "--", ":/")
        for entry in staged.decode(errors="surrogateescape").split("\0")[:-1]:
            facts, _, path = entry.partition("\t")
            self._index.append((shown(path), facts.split(" ")[1]))

    def holding(self, found: Collection[str]) -> Holding:
        """Tell what holds any of the objects that were *found*."""
        if not found:
            return Holding()
        trees = self._leading_to(found)
        holders = [
            id for id, commit in self._commits.items() if id in found or commit.tree in trees
        ]
        # Commits made within one second come by what the other ones rest on.
        holders.sort(key=lambda id: (self._commits[id].trace.made, self._order.get(id, -1)))
        reaching = self._descendants(holders) | trees | set(found)
        reached = self._ancestors(way[-1] for way in self._refs.values())
        left = [id for id in holders if id not in reached]
        staged = {path: id for path, id in self._index if id in found}
        kept = self._below(holders, trees) | {*holders, *staged.values(), *self._tags}
        return Holding(
            commits=len(holders),
            first=self._commits[holders[0]].trace if holders else None,
            last=self._commits[holders[-1]].trace if holders else None,
            paths=self._paths({*holders[:1], *holders[-1:]}, found, trees),
            refs=tuple(sorted(n for n, way in self._refs.items() if not reaching.isdisjoint(way))),
            stashes=sum(id in reaching for id in self._stashes),
            logged=sum(id in self._order for id in left),
            dangling=sum(id not in self._order for id in left),
            staged=tuple(sorted(staged)),
            loose=len(set(found) - kept),
        )

    def _way(self, id: str) -> tuple[str, ...]:
        way = [id]
        while way[-1] in self._tags:
            way.append(self._tags[way[-1]])
        return tuple(way)

    def _leading_to(self, found: Collection[str]) -> set[str]:
        """The trees that have any of *found*, in them or in one of their folders."""
        above: dict[str, list[str]] = {}
        for tree, entries in self._entries.items():
            for _, id in entries:
                above.setdefault(id, []).append(tree)
        return _closure((tree for id in found for tree in above.get(id, ())), above)

    def _below(self, holders: Iterable[str], trees: set[str]) -> set[str]:
        """Everything that the commits *holders* have in any of *trees*."""
        roots = {self._commits[id].tree for id in holders} & trees
        inside = {tree: [id for _, id in self._entries[tree]] for tree in trees}
        return _closure(roots, inside)

    def _descendants(self, holders: Iterable[str]) -> set[str]:
        children: dict[str, list[str]] = {}
        for id, commit in self._commits.items():
            for parent in commit.parents:
                children.setdefault(parent, []).append(id)
        return _closure(holders, children)

    def _ancestors(self, tips: Iterable[str]) -> set[str]:
        parents = {id: commit.parents for id, commit in self._commits.items()}
        return _closure(tips, parents)

    def _paths(
        self, holders: Iterable[str], found: Collection[str], trees: set[str]
    ) -> tuple[str, ...]:
        paths: set[str] = set()
        for holder in holders:
            waiting = [("", self._commits[holder].tree)]
            while waiting and len(paths) < MOST_PATHS:
                before, tree = waiting.pop()
                for name, id in self._entries.get(tree, ()):
                    if id in found:
                        paths.add(before + name)
                    elif id in trees:
                        waiting.append((f"{before}{name}/", id))
        return tuple(sorted(paths)[:MOST_PATHS])


def _closure(starts: Iterable[str], following: Mapping[str, Sequence[str]]) -> set[str]:
    """Everything that can be reached from *starts*, these included."""
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += following.get(one, ())
    return seen


def _commit(id: str, content: bytes) -> _Commit:
    head, _, message = content.partition(b"\n\n")
    lines = head.split(b"\n")
    made = next((found for line in lines if (found := _COMMITTED.fullmatch(line))), None)
    subject = message.lstrip().partition(b"\n")[0].decode(errors="replace").strip()
    return _Commit(
        tree=lines[0].removeprefix(b"tree ").decode(),
        parents=tuple(line[7:].decode() for line in lines if line.startswith(b"parent ")),
        trace=CommitTrace(
            id, _moment(int(made[1]) if made else 0), shown(subject[:_LONGEST_SUBJECT])
        ),
    )


def _moment(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):  # beyond all calendars
        return datetime.fromtimestamp(0, UTC)


def _tree_entries(content: bytes, length: int) -> Iterator[tuple[bytes, bytes, bytes]]:
    pattern = rb"([0-7]+) ([^\0]+)\0(.{%d})" % length
    for entry in re.finditer(pattern, content, re.DOTALL):
        yield entry[1], entry[2], entry[3]


def _lines(answer: bytes) -> list[str]:
    return answer.decode(errors="surrogateescape").split("\n")[:-1]
