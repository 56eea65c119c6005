"""From what a document states to the events that make the record say so."""

from datetime import timedelta
from typing import Any

import attrs
from hypothesis import given

from planlog.changes import Trace
from planlog.errors import TableError
from planlog.events import UNSET, Amended, VersionRecorded
from planlog.mappings import FrozenMapping
from planlog.plan import Plan
from planlog.slots import live_slots
from planlog.timeline import in_fold_order
from planlog.versions.statement import Statement
from planlog.versions.wanted import same
from tests.versions.documents import FIRST_DAY, Document, imported, sequences, statements, take


def stated_by(statement: Statement, plan: Plan) -> bool:
    """Whether *plan* has what *statement* says, and lacks what it leaves out."""
    titles = {field.id: field.title for field in plan.fields}
    measures = {measure.id: measure for measure in plan.measures}
    for row in statement.measures:
        assert row.key is not None
        measure = measures[row.key]
        held: dict[str, Any] = attrs.asdict(measure, recurse=False)
        held |= {f"attributes.{key}": value for key, value in measure.attributes.items()}
        held["field"] = titles.get(measure.field or "")
        if not all(same(value, held.get(name)) for name, value in row.cells.items()):
            return False
    if statement.coverage == "complete":
        listed = {row.key for row in statement.measures}
        gone = [one for one in plan.measures if one.id not in listed]
        return all(one.phase in ("dropped", "replaced") for one in gone)
    return True


class TestStatement:
    @given(documents=sequences())
    def test_the_plan_is_what_was_stated(self, documents: list[Document]) -> None:
        """At the end of a version's day the plan is what the version states."""
        try:
            log = imported(documents)
        except TableError:
            return
        for document in documents:
            assert stated_by(document.statement, log.plan(document.day))

    @given(documents=sequences())
    def test_twice(self, documents: list[Document]) -> None:
        """Importing all of them again adds nothing."""
        try:
            log = imported(documents)
        except TableError:
            return
        for document in documents:
            proposal = document.proposed(log.events())
            assert proposal.already
            assert () == proposal.events

    @given(documents=sequences(), statement=statements("complete"))
    def test_nothing_becomes_what_it_was(
        self, documents: list[Document], statement: Statement
    ) -> None:
        """No event says "A → A": each changes something, and an amendment all it names."""
        days = FIRST_DAY, FIRST_DAY + timedelta(days=9)
        newest = Document("newest", days[1], statement)
        log = imported([attrs.evolve(documents[0], day=days[0])])
        size = log.size
        take(log, newest)
        trace = Trace()
        for slot in in_fold_order(live_slots(log.events())):
            changes = trace.take(slot)
            if slot.position >= size and not isinstance(slot.content.event, VersionRecorded):
                assert changes
                if isinstance(slot.content.event, Amended):
                    named = _named(slot.content.event)
                    changed = {change.attribute for change in changes if change.attribute}
                    assert named == changed & named

    @given(documents=sequences(most=2))
    def test_a_document_of_what_is_there_already(self, documents: list[Document]) -> None:
        """A second document that states the same leads to no event but the version."""
        first = documents[0]
        log = imported([first])
        again = Document("again", first.day + timedelta(days=1), first.statement)
        assert [VersionRecorded] == [type(new.event) for new in again.proposed(log.events()).events]


def _named(event: Amended) -> set[str]:
    names = {field.name for field in attrs.fields(Amended)} - {"measure", "attributes"}
    given = {name for name in names if getattr(event, name) is not UNSET}
    if isinstance(event.attributes, FrozenMapping):
        given |= {f"attributes.{key}" for key in event.attributes}
    return given
