"""Keep the history of a plan: record what happened as events, rebuild the plan at any date."""

from importlib import import_module
from typing import TYPE_CHECKING

from planlog.dates import InexactDate, Point
from planlog.errors import (
    AmbiguousReferenceError,
    BadSignatureError,
    ConfigurationError,
    ConflictError,
    DamagedLogError,
    DateError,
    DiffMismatchError,
    DuplicateIdError,
    Flaw,
    FlawsError,
    InvalidEventError,
    LogExistsError,
    LogNotFoundError,
    NoteError,
    NoTrustExtraError,
    PlanlogError,
    PointError,
    SizeError,
    StoreBusyError,
    StoreReadError,
    StoreUncertainError,
    StoreWriteError,
    TableError,
    UnknownNameError,
    UnknownReferenceError,
    UnknownSignersError,
)
from planlog.events import (
    UNSET,
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Erased,
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
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.findings import Finding
from planlog.log import OverriddenWarning, PlanLog
from planlog.mappings import FrozenMapping
from planlog.plan import (
    ActionField,
    Conference,
    Decision,
    Goal,
    Measure,
    Occasion,
    Plan,
    Prefix,
    Version,
    Votes,
)
from planlog.possible import Cell, Possibilities
from planlog.stores import EventStore
from planlog.stores.folder import FolderStore
from planlog.stores.memory import MemoryStore
from planlog.timeline import Moment

if TYPE_CHECKING:
    from planlog.audit import (
        Aftermath,
        Change,
        HistoryEntry,
        Origin,
        Priority,
        RegisteredDecision,
    )
    from planlog.diff import Basis, PlanChange, PlanDiff
    from planlog.matrix import Matrix, MatrixCell, MatrixRow
    from planlog.stats import (
        DaySpan,
        Delays,
        FieldPhaseCount,
        FirstTime,
        Flips,
        LateEvent,
        OpenSubject,
        PhaseCount,
        RecordKeeping,
        Silence,
        Stats,
        TurnedMeasure,
        TypicalSpan,
    )
    from planlog.versions.matching.answers import Answers, Suggestion
    from planlog.versions.proposal import Proposal
    from planlog.versions.statement import StatedMeasure, Statement

__all__ = [
    "UNSET",
    "About",
    "ActionField",
    "Aftermath",
    "AmbiguousReferenceError",
    "Amended",
    "Answers",
    "BadSignatureError",
    "Basis",
    "Cell",
    "Change",
    "Conference",
    "ConferenceHeld",
    "ConfigurationError",
    "ConflictError",
    "DamagedLogError",
    "DateError",
    "DaySpan",
    "Decided",
    "Decision",
    "Delays",
    "DiffMismatchError",
    "Dropped",
    "DuplicateIdError",
    "Erased",
    "Event",
    "EventStore",
    "FieldAdded",
    "FieldAmended",
    "FieldPhaseCount",
    "Finding",
    "FirstTime",
    "Flaw",
    "FlawsError",
    "Flips",
    "FolderStore",
    "FrozenMapping",
    "Goal",
    "GoalAdded",
    "HistoryEntry",
    "Implemented",
    "InexactDate",
    "InvalidEventError",
    "LateEvent",
    "LogExistsError",
    "LogNotFoundError",
    "MadePermanent",
    "Matrix",
    "MatrixCell",
    "MatrixRow",
    "Measure",
    "MemoryStore",
    "Merged",
    "Moment",
    "NewEvent",
    "NoTrustExtraError",
    "NoteError",
    "Noted",
    "Occasion",
    "OpenSubject",
    "Origin",
    "OverriddenWarning",
    "Paused",
    "PhaseCount",
    "Plan",
    "PlanAmended",
    "PlanChange",
    "PlanDiff",
    "PlanLog",
    "PlanOpened",
    "PlanlogError",
    "Point",
    "PointError",
    "Possibilities",
    "Prefix",
    "Prioritized",
    "Priority",
    "Progressed",
    "Proposal",
    "Proposed",
    "Rated",
    "RecordKeeping",
    "RecordedEvent",
    "RegisteredDecision",
    "Resumed",
    "Retracted",
    "Silence",
    "SizeError",
    "Split",
    "Started",
    "StatedMeasure",
    "Statement",
    "Stats",
    "StoreBusyError",
    "StoreReadError",
    "StoreUncertainError",
    "StoreWriteError",
    "Suggestion",
    "TableError",
    "TurnedMeasure",
    "TypicalSpan",
    "UnknownNameError",
    "UnknownReferenceError",
    "UnknownSignersError",
    "Version",
    "VersionRecorded",
    "Votes",
]

_LOADED_WHEN_ASKED_FOR = {
    "planlog.audit": (
        "Aftermath",
        "Change",
        "HistoryEntry",
        "Origin",
        "Priority",
        "RegisteredDecision",
    ),
    "planlog.diff": ("Basis", "PlanChange", "PlanDiff"),
    "planlog.matrix": ("Matrix", "MatrixCell", "MatrixRow"),
    "planlog.stats": (
        "DaySpan",
        "Delays",
        "FieldPhaseCount",
        "FirstTime",
        "Flips",
        "LateEvent",
        "OpenSubject",
        "PhaseCount",
        "RecordKeeping",
        "Silence",
        "Stats",
        "TurnedMeasure",
        "TypicalSpan",
    ),
    "planlog.versions.matching.answers": ("Answers", "Suggestion"),
    "planlog.versions.proposal": ("Proposal",),
    "planlog.versions.statement": ("StatedMeasure", "Statement"),
}
"""What answers are made of, by the module that gives them.

To load it with everything else would take a quarter of the time in which `planlog show` answers.
"""


if not TYPE_CHECKING:  # pragma: no branch (a type checker would take any name for one of ours)

    def __getattr__(name: str) -> object:
        for module, names in _LOADED_WHEN_ASKED_FOR.items():
            if name in names:
                return getattr(import_module(module), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
