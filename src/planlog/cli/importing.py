"""The command ``import``: from a version of the plan in a spreadsheet to the events it asks for."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import attrs
import click

from planlog import timeline
from planlog.cli.command import Argument, Command, Option
from planlog.cli.kinds import DAY
from planlog.cli.lookup import Lookup
from planlog.cli.output import STDOUT, deliver, say, style
from planlog.cli.progress import Progress, progress
from planlog.cli.reading import output_option
from planlog.cli.recording import (
    MOST_TRIES,
    RECORDING,
    Circumstances,
    circumstance_options,
    first_given,
    print_lines,
    report_batch,
    size_options,
)
from planlog.cli.session import Session
from planlog.cli.stated import Document, answers, document, proposed_map
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

FORMATS: Final = ("words", "markdown", "json")


def command() -> Command:
    """Make the command."""
    return Command(
        "import",
        _run,
        [
            Argument(
                "table",
                metavar="TABLE",
                type=click.Path(allow_dash=True),
                help="The table: XLSX, ODS or CSV; - for standard input.",
            ),
            Option(
                "--map",
                "map_file",
                metavar="MAP",
                type=click.Path(),
                help="How to read it, as docs/reference/map.md tells; planlog's own exports need "
                "none.",
            ),
            Option(
                "--sheet",
                metavar="NAME",
                help="The sheet that is meant, whatever the map says.",
            ),
            Option(
                "--propose-map",
                is_flag=True,
                help="Read nothing but headings and status words, and write a first map.",
            ),
            Option(
                "--version",
                metavar="ID",
                help="The id of this version of the plan: made from the file's name, unless given.",
            ),
            Option("--version-title", metavar="TEXT", help="What this version is called."),
            Option(
                "--title",
                metavar="TEXT",
                help="What the plan is called, where no log has been begun yet: it is begun then.",
            ),
            Option(
                "--language",
                metavar="LANGUAGE",
                help="The language in which the plan is written, such as de, where it is begun.",
            ),
            Option(
                "--answers",
                "answers_file",
                metavar="FILE",
                type=click.Path(),
                help="Which measures the rows are, as far as that has to be confirmed.",
            ),
            Option("--accept", is_flag=True, help="Take what is likely as confirmed."),
            Option("--reject", is_flag=True, help="Take nothing for likely: rows are as they say."),
            Option(
                "--format",
                type=click.Choice(FORMATS),
                default="words",
                help="How the proposal is written: in words, unless given here.",
            ),
            output_option(),
            *_recording_options(),
        ],
        about="The table is compared with the plan of the day; what differs becomes events, which "
        "are shown and recorded as one batch. If anything is wrong with the table, nothing is "
        "recorded, and all that is wrong is told with sheet, row and column. Versions may come in "
        "any order, and the same one again adds nothing.\n\n"
        "Where a row may be a measure that was renumbered, renamed, moved, merged or split, that "
        "is not guessed: nothing is recorded, and what has to be confirmed goes to standard "
        "output as a file (> answers.toml) to edit and to hand in with --answers.",
        examples=(
            "planlog import plan-2023.xlsx --propose-map -o map.toml",
            "planlog import plan-2023.xlsx --map map.toml --on 16.03.2023 --dry-run",
            "planlog import plan-2023.xlsx --map map.toml --on 16.03.2023 --answers answers.toml",
        ),
    )


def _recording_options() -> list[click.Parameter]:
    """The options of recording, with what is special about the day and the source of a version."""
    by = [option for option in circumstance_options() if option.name == "by"]
    return [
        Option(
            "--on",
            section=RECORDING,
            metavar="DAY",
            type=DAY,
            help="The day as of which the table states the plan: 2023-03-16, 16.03.2023, today, or "
            "a conference; an exact one [PLANLOG_ON, planlog.toml].",
        ),
        *by,
        Option(
            "--source",
            section=RECORDING,
            metavar="TEXT",
            help="The document that the table is; the file's name, unless given [PLANLOG_SOURCE, "
            "planlog.toml].",
        ),
        *size_options(),
    ]


def _run(
    session: Session,
    table: str,
    map_file: str | None,
    sheet: str | None,
    propose_map: bool,
    accept: bool,
    reject: bool,
    answers_file: str | None,
    format: "ProposalFormat",
    output: str | None,
    **params: Any,
) -> int:
    if accept and reject:
        session.refuse("choose one of --accept and --reject")
    with progress(quiet=format == "json") as line:
        if propose_map:
            text = proposed_map(session, table, line)
            line.clear()
            _deliver_toml(session, text, output)
            return 0
        importing = _Importing(
            session=session,
            line=line,
            circumstances=Circumstances.taken_from(session, params),
            version=params["version"],
            version_title=params["version_title"],
            title=params["title"],
            language=params["language"],
            format=format,
            output=output,
        )
        found = _log(session, params["title"])
        importing.check(found, table)
        read = document(session, table, map_file, sheet, line)
        said = answers(session, answers_file, accept=accept, reject=reject)
        return importing.repeat(read, said)


@attrs.frozen
class _Found:
    """The log that is imported into; one that has to be begun first is empty, and nowhere yet."""

    log: PlanLog
    is_there: bool


def _log(session: Session, title: str | None) -> _Found:
    try:
        return _Found(session.log, is_there=True)
    except LogNotFoundError:
        if title is None:
            raise
        session.begin_here()
        return _Found(PlanLog(MemoryStore()), is_there=False)


def _deliver_toml(session: Session, text: str, output: str | None) -> None:
    """Write a file of TOML: it is UTF-8 whatever the terminal is."""
    from planlog.render.text import toml_text

    deliver(session, toml_text(text), "jsonl", output)


@attrs.frozen(kw_only=True)
class _Importing:
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

    def check(self, found: _Found, table: str) -> None:
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
                return self._import(_log(self.session, self.title), read, said)
            except (ConflictError, LogExistsError):
                tries += 1
                if self.circumstances.expect_size is not None or tries == MOST_TRIES:
                    raise

    def _import(self, found: _Found, read: Document, said: Answers) -> int:
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
                version=self.version or version_id(read.file, read.digest, day, log.everything()),
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
            everything=timeline.plan_at(slots, date.max, before.known),
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

    def _print(self, found: _Found, events: Sequence[NewEvent]) -> None:
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

    def _record(self, found: _Found, proposal: Proposal) -> None:
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
            _deliver_toml(session, answers_template(proposal.suggestions, heading), self.output)
        refusal = words.plural(
            "{n} match has to be confirmed; nothing was recorded. Edit the answers that planlog "
            "wrote and hand them in with --answers, or say --accept or --reject",
            "{n} matches have to be confirmed; nothing was recorded. Edit the answers that planlog "
            "wrote and hand them in with --answers, or say --accept or --reject",
            len(proposal.suggestions),
        )
        say(words("Error: {message}", message=refusal))
        return REFUSED
