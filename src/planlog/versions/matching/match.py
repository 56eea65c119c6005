"""Which measure each row of a table is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from planlog.errors import Flaw
from planlog.ids import distinct
from planlog.plan import Plan
from planlog.values import Value
from planlog.versions.matching.alike import alike
from planlog.versions.matching.answers import Answers, Suggestion
from planlog.versions.matching.grown import grown
from planlog.versions.matching.guesses import Guess, Question
from planlog.versions.matching.rows import Known, Row, title_likeness
from planlog.versions.matching.settling import names_of, settle
from planlog.versions.statement import Statement


@attrs.frozen(kw_only=True, repr=False)
class Matching(Value):
    """Which measure each row is.

    *ids* are those of the rows, in their order; for a row about which a suggestion has to be
    confirmed, what it is without. *merged* are the ids of measures with the one they went into,
    *split* the other way round. *suggestions* are what has to be confirmed, *accepted* what was
    taken without, *flaws* why the rows cannot be told apart.
    """

    ids: tuple[str, ...]
    merged: tuple[tuple[tuple[str, ...], str], ...] = ()
    split: tuple[tuple[str, tuple[str, ...]], ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    accepted: tuple[Suggestion, ...] = ()
    flaws: tuple[Flaw, ...] = ()


def match(
    statement: Statement,
    fields: Sequence[str | None],
    now: Plan,
    everything: Plan,
    answers: Answers,
) -> Matching:
    """Tell which measure each row of *statement* is; *fields* are the ids of the fields they name.

    *now* is the plan at the end of the version's day, *everything* the one of all days. A key is
    the id of a measure; without one, field and number say which it is, and without a number the
    title. What is likely beyond that is a suggestion. The key of a flaw is the name of a column as
    in `planlog.versions.statement`, or a key of the answers.
    """
    rows = [Row(stated, field) for stated, field in zip(statement.measures, fields, strict=True)]
    return _Matching(rows, Known(now, everything), answers).done()


class _Matching:
    def __init__(self, rows: Sequence[Row], known: Known, answers: Answers) -> None:
        self._rows, self._known = rows, known
        self._handling = answers.suggestions
        self._said = settle(rows, known, answers)
        keys = {index: row.key for index, row in enumerate(rows) if row.key is not None}
        self._fixed: dict[int, str] = {**keys, **self._said.same}
        self._flaws = list(self._said.flaws)

    def done(self) -> Matching:
        claims, _ = self._claims()
        guesses = [] if self._handling == "ignore" else self._guesses(claims)
        taken = [guess for guess in guesses if self._takes(guess)]
        left = [guess for guess in guesses if not self._takes(guess)]
        accepted, suggestions = self._told(taken, claims), self._told(left, claims)
        for guess in taken:
            self._take(guess)
        claims, ambiguous = self._claims()
        ids = self._ids(claims)
        self._flaws += [*ambiguous, *self._nameless(), *self._doubled(ids), *self._lost(ids)]
        return Matching(
            ids=ids,
            merged=tuple((old, ids[row]) for old, row in self._said.merged if old != (ids[row],)),
            split=tuple((old, tuple(ids[row] for row in rows)) for old, rows in self._said.split),
            suggestions=suggestions,
            accepted=accepted,
            flaws=tuple(self._flaws),
        )

    # What is known

    def _claims(self) -> tuple[dict[int, str], list[Flaw]]:
        """The known measures that rows are for certain, and why it cannot be told of others.

        Of rows with the same number, one that has the title of the measure as well comes first.
        What is left is a measure of another day, if it has the id that a new one would get.
        """
        claims = {index: id for index, id in self._fixed.items() if id in self._known.all}
        flaws: list[Flaw] = []
        waiting = [
            index
            for index in range(len(self._rows))
            if index not in self._fixed and index not in self._said.new
        ]
        taken = set(claims.values())
        for index in waiting:
            row = self._rows[index]
            found = self._known.fitting(row, taken)
            if len(found) == 1 and self._known.all[found[0]].title == row.title:
                claims[index] = found[0]
        taken |= set(claims.values())
        waiting = [index for index in waiting if index not in claims]
        fitting = {index: self._known.fitting(self._rows[index], taken) for index in waiting}
        claims |= {index: found[0] for index, found in fitting.items() if len(found) == 1}
        taken |= set(claims.values())
        for index, found in fitting.items():
            row = self._rows[index]
            if len(found) > 1:
                flaws.append(self._ambiguous(row, found))
            elif not found and row.new_id in self._known.absent.keys() - taken:
                claims[index] = row.new_id
        return claims, flaws

    def _ids(self, claims: Mapping[int, str]) -> tuple[str, ...]:
        """The measures that rows are, with new ids for new ones."""
        ids = {**self._fixed, **claims}
        taken = {*self._known.all, *ids.values()}
        for index, row in enumerate(self._rows):
            if index not in ids:
                ids[index] = distinct(row.new_id, taken)
                taken.add(ids[index])
        return tuple(ids[index] for index in range(len(self._rows)))

    # What is likely

    def _guesses(self, claims: Mapping[int, str]) -> list[Guess]:
        said = self._said.rows
        question = Question(
            rows=self._rows,
            known=self._known,
            open=[
                index
                for index, row in enumerate(self._rows)
                if index not in said and (row.key is None or index not in claims)
            ],
            claims=claims,
            spent=frozenset(self._said.spent),
        )
        found = grown(question)
        told = {index for guess in found for index in guess.rows}
        spent = {id for guess in found for id in guess.measures}
        open = [index for index in question.open if index not in told]
        found += alike(attrs.evolve(question, open=open), spent)
        return sorted(found, key=lambda guess: guess.rows)

    def _told(self, guesses: Sequence[Guess], claims: Mapping[int, str]) -> tuple[Suggestion, ...]:
        """Guesses for those who have to confirm them."""
        names = names_of(self._rows) if guesses else []
        claimants: dict[str, list[int]] = {}
        for index, id in claims.items():
            claimants.setdefault(id, []).append(index)
        return tuple(
            self._suggestion(
                guess,
                names=tuple(names[index] for index in guess.rows),
                otherwise=tuple(claims.get(index) for index in guess.rows),
                displaced=tuple(
                    self._rows[index].stated
                    for id in guess.measures
                    for index in claimants.get(id, ())
                ),
            )
            for guess in guesses
        )

    def _suggestion(self, guess: Guess, **told: Any) -> Suggestion:
        measures = [self._known.all[id] for id in guess.measures]
        rows = [self._rows[index] for index in guess.rows]
        return Suggestion(
            kind=guess.kind,
            rows=tuple(row.stated for row in rows),
            measures=guess.measures,
            titles=tuple(one.title for one in measures),
            likeness=max(title_likeness(row, one) for row in rows for one in measures),
            grounds=guess.grounds,
            contested=guess.contested,
            **told,
        )

    def _takes(self, guess: Guess) -> bool:
        return self._handling == "accept" and not guess.contested

    def _take(self, guess: Guess) -> None:
        if guess.kind == "same":
            self._fixed[guess.rows[0]] = guess.measures[0]
        elif guess.kind == "merged":
            self._said.merged.append((guess.measures, guess.rows[0]))
        else:
            self._said.split.append((guess.measures[0], guess.rows))

    # What cannot be

    def _ambiguous(self, row: Row, found: Sequence[str]) -> Flaw:
        return Flaw(
            "ambiguous-row",
            "more than one measure fits: {ids}; say in a file of answers which it is",
            {"ids": ", ".join(found)},
            key="title" if row.number is None else "number",
            place=row.stated.place,
        )

    def _nameless(self) -> Iterator[Flaw]:
        for index, row in enumerate(self._rows):
            if index not in self._fixed and row.number is None and not row.title:
                yield Flaw(
                    "nameless-row",
                    "nothing says which measure this is; give it a key, a number or a title",
                    place=row.stated.place,
                )

    def _doubled(self, ids: Sequence[str]) -> Iterator[Flaw]:
        rows: dict[str, list[Row]] = {}
        for row, id in zip(self._rows, ids, strict=True):
            rows.setdefault(id, []).append(row)
        for id, same in rows.items():
            if len(same) > 1:
                for row in same:
                    other = same[1] if row is same[0] else same[0]
                    yield Flaw(
                        "one-measure",
                        "expected another measure in each row, {id!r} is the one at {other} as "
                        "well; say in a file of answers which is which",
                        {"id": id, "other": other.stated.place},
                        key=_identifying(row),
                        place=row.stated.place,
                    )

    def _lost(self, ids: Sequence[str]) -> Iterator[Flaw]:
        """Measures that went into others, and have a row of their own all the same."""
        became: list[tuple[str, tuple[int, ...]]] = [
            *((id, (row,)) for old, row in self._said.merged for id in old),
            *self._said.split,
        ]
        own = {id: index for index, id in enumerate(ids)}
        for id, rows in became:
            if id in own and own[id] not in rows:
                row = self._rows[own[id]]
                yield Flaw(
                    "became-another",
                    "expected no row of {id!r}, which became another measure by the answers; "
                    "leave one out",
                    {"id": id},
                    key=_identifying(row),
                    place=row.stated.place,
                )


def _identifying(row: Row) -> str:
    if row.key is not None:
        return "measure"
    return "title" if row.number is None else "number"
