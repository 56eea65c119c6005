"""The verbs that record: one table, from each verb to the type of event it records."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs
import click

from planlog.cli import prioritizing, proposing
from planlog.cli.command import Command
from planlog.cli.keys import parameters
from planlog.cli.lookup import Lookup
from planlog.cli.making import Make, amended, plain, rated, retracted
from planlog.cli.recording import Circumstances, record, recording_options
from planlog.cli.session import Session
from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Event,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    NewEvent,
    Noted,
    Paused,
    PlanAmended,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)


@attrs.frozen(kw_only=True)
class Verb:
    """A verb, the *event* it records, and what its help says.

    *named*: required keys that may be given by their name instead of by their place; *helps*: what
    keys mean where it is not what they mean elsewhere; *without*: keys that *more* parameters see
    to; *make*: how the event is made from what was given.
    """

    event: type[Event]
    about: str = ""
    examples: Sequence[str] = ()
    named: Sequence[str] = ()
    helps: Mapping[str, str] = attrs.field(factory=dict)
    without: Sequence[str] = ()
    more: Callable[[], list[click.Parameter]] = list
    make: Make = plain


_PHASE: Final = (
    "A stage or note that is not given is none: what an earlier event said of them is over."
)

VERBS: Final[Mapping[str, Verb]] = {
    "amend-plan": Verb(
        event=PlanAmended,
        examples=('planlog amend-plan "Sozialer Maßnahmenplan Ahlhorn" --on 2023-03-16',),
    ),
    "add-field": Verb(
        event=FieldAdded,
        helps={"field": "The id the field is to have, such as wohnen."},
        examples=("planlog add-field wohnen Wohnen --number 1 --on 2020-09-18",),
    ),
    "amend-field": Verb(
        event=FieldAmended,
        helps={"title": "The title it has from now on."},
        examples=('planlog amend-field wohnen "Wohnen und Bauen" --on 2023-03-16',),
    ),
    "add-goal": Verb(
        event=GoalAdded,
        helps={"goal": "The id the goal is to have."},
        examples=('planlog add-goal wohnen-a wohnen "Bezahlbarer Wohnraum" --on 2020-09-18',),
    ),
    "hold-conference": Verb(
        event=ConferenceHeld,
        named=("kind",),
        helps={
            "conference": "The id the conference is to have: lower-case letters, digits and "
            "hyphens; from then on it names its day wherever a point in time is asked for.",
        },
        examples=('planlog hold-conference stk-3 "3. Konferenz" conference --on 16.03.2023',),
    ),
    "propose": Verb(
        event=Proposed,
        about="Its id is made from field and number, or from the title where it has no number, "
        "unless --id gives one. A measure that exists is refused unless --again says that it "
        "was proposed once more; that restates what is given and puts it back to proposed.",
        without=("measure", "field", "title", "number"),
        more=proposing.parameters,
        make=proposing.make,
        examples=(
            'planlog propose wohnen "Anlaufstelle mit Mieterberatung" --number 4 --on 2021-07-07',
            "planlog propose wohnen --number 4 --again --on stk-3",
        ),
    ),
    "amend": Verb(
        event=Amended,
        make=amended,
        about="Only what is given changes. The measure and its history stay the same one.",
        examples=(
            "planlog amend wohnen/16 --number 17 --on stk-3",
            "planlog amend wohnen-16 --field soziales --clear number --on stk-3",
        ),
    ),
    "prioritize": Verb(
        event=Prioritized,
        without=("ranking",),
        more=prioritizing.parameters,
        make=prioritizing.make,
        about="The list is the whole list: what is not on it has no rank. With --append, the "
        "measures go to the end of the list as it was on that day.",
        examples=(
            "planlog prioritize wohnen 1 16 4 --on stk-3",
            "planlog prioritize wohnen --append 4 --on stk-3",
        ),
    ),
    "rate": Verb(
        event=Rated,
        make=rated,
        about="The class is independent of a measure's place in the priority list.",
        examples=("planlog rate wohnen/16 hoch --on stk-3",),
    ),
    "start": Verb(
        event=Started,
        about=_PHASE,
        examples=("planlog start wohnen/16 --stage Angeschoben --on 2023-03-16",),
    ),
    "progress": Verb(
        event=Progressed,
        about="Stage and note stay as they are unless they are given or cleared. With neither, "
        "somebody looked and nothing had changed.",
        examples=('planlog progress wohnen/16 --note "Räume gefunden" --on today',),
    ),
    "implement": Verb(
        event=Implemented,
        about=_PHASE,
        examples=("planlog implement freizeit/6 --stage Umgesetzt --on 2023",),
    ),
    "make-permanent": Verb(
        event=MadePermanent,
        about=_PHASE,
        examples=("planlog make-permanent soziales/29 --on 2023",),
    ),
    "pause": Verb(
        event=Paused,
        about=_PHASE,
        examples=("planlog pause soziales/29 --on 2023-06",),
    ),
    "resume": Verb(
        event=Resumed,
        about=f"It is started again.\n\n{_PHASE}",
        examples=("planlog resume soziales/29 --on 2023-09",),
    ),
    "drop": Verb(
        event=Dropped,
        named=("cause",),
        about=_PHASE,
        examples=("planlog drop freizeit/14 not_feasible --on stk-3",),
    ),
    "merge": Verb(
        event=Merged,
        named=("into",),
        about="The others are replaced by the one that remains, which may be one of them. A "
        "measure that takes the place of another one is a merge of one.",
        helps={"measures": "What is joined into it."},
        examples=(
            "planlog merge wohnen/1 wohnen/4 wohnen/16 --on stk-3",
            "planlog merge wohnen/4 wohnen/16 --into wohnen/1 --on stk-3",
        ),
    ),
    "split": Verb(
        event=Split,
        about="The parts are proposed before. The measure is replaced by them, unless it is itself "
        "one of them.",
        helps={"into": "What it is divided into: two or more."},
        examples=("planlog split wohnen/16 wohnen/17 wohnen/18 --on stk-3",),
    ),
    "decide": Verb(
        event=Decided,
        named=("outcome",),
        helps={"text": "The words of the decision."},
        examples=("planlog decide stk-3 adopted --field wohnen --votes 12/0/1 --on stk-3",),
    ),
    "record-version": Verb(
        event=VersionRecorded,
        named=("coverage", "attributes"),
        about="What a document leaves out it does not drop: so say what it states, and for an "
        "excerpt about which measures.",
        helps={
            "version": "The id the version is to have: lower-case letters, digits and hyphens; "
            "from then on it names its day wherever a point in time is asked for.",
            "attributes": "What it states: title, rank, stage, …",
            "measures": "A measure that an excerpt mentions, and what it states of it where that "
            "is not all of it; may be repeated.",
        },
        examples=("planlog record-version deck excerpt title rank --measure wohnen/1 --on stk-3",),
    ),
    "note": Verb(
        event=Noted,
        examples=('planlog note "ggf. Beschluss" --conference stk-3 --on stk-3',),
    ),
    "retract": Verb(
        event=Retracted,
        make=retracted,
        about="It then counts no more, and stays readable. Taking a correction back restores what "
        "stood before it; taking a retraction back undoes that. The day is today's unless "
        "--on says otherwise, and means nothing.",
        examples=('planlog retract 9f3c --reason "recorded twice"',),
    ),
}
"""Each verb; what it is called in the list of commands stands in `planlog.cli.commands`."""


def command(name: str) -> Command:
    """Make the command of a verb."""
    verb = VERBS[name]

    def run(session: Session, **params: Any) -> None:
        circumstances = Circumstances.taken_from(session, params)

        def build(lookup: Lookup) -> list[NewEvent]:
            return [verb.make(verb.event, params, circumstances, lookup)]

        record(session, session.log, circumstances, build)

    return Command(
        name,
        run,
        [
            *parameters(verb.event, without=verb.without, named=verb.named, helps=verb.helps),
            *verb.more(),
            *recording_options(mending=verb.event is Retracted),
        ],
        about=verb.about,
        examples=verb.examples,
    )
