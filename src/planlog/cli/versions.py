"""A version that is imported: what is proposed for it, shown, asked, and recorded."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import attrs

from planlog import timeline
from planlog.cli.lookup import Lookup
from planlog.cli.output import STDOUT, deliver, say, style
from planlog.cli.progress import Progress
from planlog.cli.recording import (
    MOST_TRIES,
    Circumstances,
    first_given,
    print_lines,
    report_batch,
)
from planlog.cli.session import Session
from planlog.cli.stated import Document
from planlog.cli.version_ids import version_id
from planlog.errors import ConflictError, LogExistsError, LogNotFoundError, TableError
from planlog.events import NewEvent, RecordedEvent
from planlog.log import PlanLog
from planlog.slots import live_slots
from planlog.stores.folder import events_folder
from planlog.stores.memory import MemoryStore
from planlog.versions.matching.answers import Answers
from planlog.versions.proposal import Proposal

if TYPE_CHECKING:
    from planlog.render.proposal import Offer, ProposalFormat

REFUSED: Final = 2


@attrs.frozen
class Found:
    """The log that is imported into; one that has to be begun first is empty, and nowhere yet."""

    log: PlanLog
    is_there: bool


def log_found(session: Session, title: str | None) -> Found:
    """Find the log; under a *title* that need not be there yet, an empty one will do."""
    try:
        return Found(session.log, is_there=True)
    except LogNotFoundError:
        if title is None:
            raise
        session.begin_here()
        return Found(PlanLog(MemoryStore()), is_there=False)


def deliver_toml(session: Session, text: str, output: str | None) -> None:
    """Write a file of TOML: it is UTF-8 whatever the terminal is."""
    from planlog.render.text import toml_text

    deliver(session, toml_text(text), "jsonl", output)


@attrs.frozen(kw_only=True)
class Importing:
    """One run of the command: what was asked for, and how to say what comes of it."""

    session: Session
    line: Progress
    circumstances: Circumstances
    version: str | None
    version_title: str | None
    title: str | None
    language: str | None
    format: "ProposalFormat"
    output: str | None

    def check(self, found: Found, table: str) -> None:
        """Refuse what can be refused before any table is read."""
        session = self.session
        if self._by is None:
            self.circumstances.refuse_missing()
        if table == STDOUT and self.version is None:
            session.refuse("say what the version is called with --version")
        day = self._day(Lookup.of(session, found.log))
        titles = {found.log.plan(day).title, found.log.everything().title} - {None}
        if self.title is not None and titles and self.title not in titles:
            session.refuse(
                "the log has a plan already, {title!r}; leave --title out, or name another log "
                "with --log",
                about="--title",
                title=found.log.everything().title,
            )

    def repeat(self, read: Document, said: Answers) -> int:
        """Import, and begin anew where somebody else records in between."""
        tries = 0
        while True:
            try:
                return self._import(log_found(self.session, self.title), read, said)
            except (ConflictError, LogExistsError):
                tries += 1
                if self.circumstances.expect_size is not None or tries == MOST_TRIES:
                    raise

    def _import(self, found: Found, read: Document, said: Answers) -> int:
        session, log = self.session, found.log
        day = self._day(Lookup.of(session, log))
        proposal = self._proposal(log, read, said, day)
        self.line.clear()
        if proposal.suggestions:
            return self._ask(log, proposal, read)
        recorded = log.preview(proposal.events, expected_size=self._expected(proposal))
        self._show(self._offer(log, proposal, read, recorded))
        if proposal.already:
            say(session.words("already recorded: version {version}", version=proposal.version))
        elif self.circumstances.dry_run:
            self._print(found, proposal.events)
        else:
            self._record(found, proposal)
        return 0

    @property
    def _by(self) -> str | None:
        return first_given(self.circumstances.by, self.session.defaults.by)

    def _day(self, lookup: Lookup) -> date:
        day = self.circumstances.day(lookup)
        if not day.exact:
            self.session.refuse(
                "a version is of an exact day, got {value!r}", about="--on", value=day.text
            )
        return day.last

    def _proposal(self, log: PlanLog, read: Document, said: Answers, day: date) -> Proposal:
        words = self.session.words
        name = PurePath(read.file).name if read.file != STDOUT else None
        source = first_given(self.circumstances.source, self.session.defaults.source, name)
        try:
            proposal = log.version_proposal(
                read.statement,
                day=day,
                version=self.version or self._named(log, read, day),
                document=read.digest,
                title=self.version_title,
                source=source or None,
                opening=self.title,
                language=self.language,
                answers=said,
                progress=lambda done, total: self.line.tell(
                    words("comparing: {done} of {total} measures", done=done, total=total)
                ),
            )
        except TableError as error:
            raise read.told(error) from error
        by = self._by
        events = tuple(attrs.evolve(event, by=by) for event in proposal.events)
        return attrs.evolve(proposal, events=events)

    def _named(self, log: PlanLog, read: Document, day: date) -> str:
        """Name the version after its file, unless another file of the day has that name."""
        versions = log.everything()
        id = version_id(read.file, read.digest, day, versions)
        if any(one.id == id and one.document != read.digest for one in versions.versions):
            self.session.refuse(
                "version {version!r} of this day is recorded from another file; if this one takes "
                "its place, say so with --version {version}, else give it another name",
                about="--version",
                version=id,
            )
        return id

    def _expected(self, proposal: Proposal) -> int:
        expected = self.circumstances.expect_size
        return proposal.size if expected is None else expected

    def _offer(
        self,
        log: PlanLog,
        proposal: Proposal,
        read: Document,
        recorded: Sequence[RecordedEvent] = (),
    ) -> "Offer":
        """What is proposed, with the plans before and after."""
        from planlog.render.proposal import Offer

        before = log.plan(proposal.day)
        slots = live_slots([*log.events(stop=proposal.size), *recorded])
        return Offer(
            proposal=proposal,
            statement=read.statement,
            document=read.digest,
            plans=(before, timeline.plan_at(slots, proposal.day, before.known)),
            moment=log.moment(proposal.day),
            everything=log.everything(),
            events=recorded,
            whole=self.circumstances.dry_run,
        )

    def _show(self, offer: "Offer") -> None:
        """Show the proposal; in a dry run beside the lines, if it is to be read."""
        from planlog.render.proposal import render_proposal

        session, words = self.session, self.session.words
        if self.format == "json":
            deliver(session, render_proposal(offer, "json", words=words), "json", self.output)
        elif self.circumstances.dry_run:
            say(render_proposal(offer, self.format, words=words).rstrip("\n"))
        elif not offer.proposal.already:
            look = style(session, self.output)
            text = render_proposal(offer, self.format, words=words, style=look)
            deliver(session, text, "table", self.output)

    def _print(self, found: Found, events: Sequence[NewEvent]) -> None:
        """Print what ``planlog record`` would take; the JSON has it already."""
        session = self.session
        if self.format == "json":
            say(session.words("nothing was recorded: this was a dry run"))
            return
        print_lines(session, events, self.output)
        if not found.is_there:
            folder = str(events_folder(session.begin_here()))
            say(
                session.words(
                    "planlog record needs a log: make the folder {path!r}, and name it with --log",
                    path=folder,
                )
            )

    def _record(self, found: Found, proposal: Proposal) -> None:
        session, log = self.session, found.log
        if not found.is_there:
            log = PlanLog.create(session.begin_here())
        recorded = log.record_all(proposal.events, expected_size=self._expected(proposal))
        report_batch(session, log, recorded, ())

    def _ask(self, log: PlanLog, proposal: Proposal, read: Document) -> int:
        """Tell what has to be confirmed, and hand out the file to do it with."""
        from planlog.render.proposal import render_proposal
        from planlog.render.suggestions import suggestion_told
        from planlog.versions.matching.answers import answers_template
        from planlog.wording import visible

        session, words = self.session, self.session.words
        for one in proposal.suggestions:
            say(suggestion_told(one, words))
        if self.format == "json":
            text = render_proposal(self._offer(log, proposal, read), "json", words=words)
            deliver(session, text, "json", self.output)
        else:
            heading = words(
                "Which measures the rows of {file} are: a proposal.\n"
                "Where it is wrong, take the line below instead, or write the row under new.\n"
                "Hand the file in with --answers.",
                file=visible(read.file),
            )
            deliver_toml(session, answers_template(proposal.suggestions, heading), self.output)
        refusal = words.plural(
            "{n} match has to be confirmed; nothing was recorded. Edit the answers that planlog "
            "wrote and hand them in with --answers, or say --accept or --reject",
            "{n} matches have to be confirmed; nothing was recorded. Edit the answers that planlog "
            "wrote and hand them in with --answers, or say --accept or --reject",
            len(proposal.suggestions),
        )
        say(words("Error: {message}", message=refusal))
        return REFUSED
