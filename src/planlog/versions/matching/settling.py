"""What people's answers say of the rows of a table, and what is wrong with them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from planlog.errors import Flaw
from planlog.values import Value
from planlog.versions.matching.answers import Answers, row_name
from planlog.versions.matching.rows import Known, Row


@attrs.frozen(eq=False, repr=False)
class Settled(Value):
    """What is said of rows, by their indexes: which measures they are, and that they are new.

    *merged* and *split* are measures with the rows that they became.
    """

    same: dict[int, str] = attrs.field(factory=dict)
    new: set[int] = attrs.field(factory=set)
    merged: list[tuple[tuple[str, ...], int]] = attrs.field(factory=list)
    split: list[tuple[str, tuple[int, ...]]] = attrs.field(factory=list)
    flaws: list[Flaw] = attrs.field(factory=list)

    @property
    def rows(self) -> set[int]:
        """All rows of which something is said."""
        became = {index for _, index in self.merged}
        parts = {index for _, indexes in self.split for index in indexes}
        return {*self.same, *self.new, *became, *parts}

    @property
    def spent(self) -> set[str]:
        """The measures that became others."""
        return {id for ids, _ in self.merged for id in ids} | {id for id, _ in self.split}


def settle(rows: Sequence[Row], known: Known, answers: Answers) -> Settled:
    """Work out what *answers* say of *rows*; what cannot be taken is among the flaws."""
    return _Settling(rows, known, answers).settled()


def names_of(rows: Sequence[Row]) -> list[str]:
    """Return what to call each of *rows* in answers: its place, where others have its name."""
    names = [row_name(row.stated) for row in rows]
    uses = Counter(names)
    return [
        name if uses[name] == 1 else row.stated.place for name, row in zip(names, rows, strict=True)
    ]


class _Settling:
    def __init__(self, rows: Sequence[Row], known: Known, answers: Answers) -> None:
        self._rows, self._known, self._answers = rows, known, answers
        self._called = _Called(rows)
        self._settled = Settled()

    def settled(self) -> Settled:
        found, answers = self._settled, self._answers
        for name, id in answers.same.items():
            for index in self._row(name, f"same.{name!r}"):
                self._measure(id, f"same.{name!r}")
                self._once(index in found.same, name, f"same.{name!r}")
                found.same[index] = id
        for name in sorted(answers.new):
            for index in self._row(name, "new"):
                self._once(index in found.same, name, "new")
                self._refuse_known(index, name)
                found.new.add(index)
        for name, ids in answers.merged.items():
            for index in self._row(name, f"merged.{name!r}"):
                for id in ids:
                    self._measure(id, f"merged.{name!r}")
                    self._once(id in found.spent, id, f"merged.{name!r}")
                found.merged.append((tuple(dict.fromkeys(ids)), index))
        for id, names in answers.split.items():
            key = f"split.{id!r}"
            self._measure(id, key)
            self._once(id in found.spent, id, key)
            indexes = [index for name in names for index in self._row(name, key)]
            found.split.append((id, tuple(dict.fromkeys(indexes))))
        return found

    def _flaw(self, flaw: Flaw, key: str) -> None:
        self._settled.flaws.append(attrs.evolve(flaw, key=key, place=self._answers.place))

    def _row(self, name: str, key: str) -> list[int]:
        """The row that is called *name*, or none."""
        found = self._called.named(name)
        if not found:
            self._flaw(self._unknown_row(name), key)
        elif len(found) > 1:
            places = ", ".join(self._rows[index].stated.place for index in found)
            self._flaw(
                Flaw(
                    "ambiguous-name",
                    "more than one row is called {name!r}: {places}; name each by its place",
                    {"name": name, "places": places},
                ),
                key,
            )
        return found if len(found) == 1 else []

    def _unknown_row(self, name: str) -> Flaw:
        near = _near(name, self._called.names)
        return Flaw(
            "unknown-row",
            "the table has no row {name!r}; did you mean {near!r}?"
            if near
            else "the table has no row {name!r}; a row is called by its key, by field and number "
            "as in 'Wohnen/16', or by its title",
            {"name": name, "near": near},
        )

    def _measure(self, id: str, key: str) -> None:
        if id not in self._known.all:
            near = _near(id, self._known.all)
            self._flaw(
                Flaw(
                    "unknown-reference",
                    "no {kind} {id!r} in this log; did you mean {near!r}?"
                    if near
                    else "no {kind} {id!r} in this log; name it by its id",
                    {"kind": "measure", "id": id, "near": near},
                ),
                key,
            )

    def _once(self, again: bool, name: str, key: str) -> None:
        if again:
            self._flaw(
                Flaw(
                    "answered-twice",
                    "expected one answer about {name!r}, got another; leave one out",
                    {"name": name},
                ),
                key,
            )

    def _refuse_known(self, index: int, name: str) -> None:
        key = self._rows[index].key
        if key is not None and key in self._known.all:
            self._flaw(
                Flaw(
                    "not-new",
                    "{name!r} cannot be new: the log has a measure of this id; give the row "
                    "another key",
                    {"name": name},
                ),
                "new",
            )


class _Called:
    """The rows by what they are called: by their names first, else by anything that fits."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._names: dict[str, list[int]] = {}
        self._others: dict[str, list[int]] = {}
        for index, row in enumerate(rows):
            self._names.setdefault(row_name(row.stated), []).append(index)
            for name in {row.stated.place, *_by_field(row)}:
                self._others.setdefault(name, []).append(index)

    @property
    def names(self) -> Iterable[str]:
        return self._names

    def named(self, name: str) -> list[int]:
        return self._names.get(name) or self._others.get(name) or []


def _by_field(row: Row) -> Iterator[str]:
    if row.number is not None:
        yield row_name(attrs.evolve(row.stated, key=None))
        yield f"{row.field}/{row.number}"


def _near(name: str, names: Iterable[str]) -> str | None:
    from difflib import get_close_matches  # for refusals only

    return next(iter(get_close_matches(name, names, 1)), None)
