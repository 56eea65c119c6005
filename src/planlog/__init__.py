"""Keep the history of a plan: record what happened as events, rebuild the plan at any date."""

from importlib import import_module
from typing import TYPE_CHECKING

from planlog.dates import InexactDate, Point
from planlog.errors import (
    AlreadyErasedError,
    AmbiguousReferenceError,
    BadSignatureError,
    CloneNotFoundError,
    ConfigurationError,
    ConflictError,
    DamagedLogError,
    DateError,
    DiffMismatchError,
    DuplicateIdError,
    ErasedEventError,
    Flaw,
    FlawsError,
    InvalidEventError,
    JoinError,
    LogExistsError,
    LogNotFoundError,
    NoteError,
    NotErasableError,
    NoTrustExtraError,
    PlanlogError,
    PointError,
    SizeError,
    StoreBusyError,
    StoreReadError,
    StoreUncertainError,
    StoreWriteError,
    TableError,
    UncoveredError,
    UnfinishedErasureError,
    UnfinishedJoinError,
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
    from planlog.joining import JoinedBatch, JoinedCheckpoint, JoinReport, join
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
    from planlog.stores.checkpointfiles import KeptCheckpoint
    from planlog.trust.checkpoints import Checkpoint
    from planlog.trust.notes import Signature, SignedNote, Signer, VerifierKey
    from planlog.trust.policies import Policy, Vouching
    from planlog.trust.proofs import TlogProof
    from planlog.trust.spoken import Spoken
    from planlog.verification.claims import Claim, Judged
    from planlog.verification.damage import Damage
    from planlog.verification.verdict import Verdict
    from planlog.verification.verifying import verify
    from planlog.versions.matching.answers import Answers, Suggestion
    from planlog.versions.proposal import Proposal
    from planlog.versions.statement import StatedMeasure, Statement

__all__ = [
    "UNSET",
    "About",
    "ActionField",
    "Aftermath",
    "AlreadyErasedError",
    "AmbiguousReferenceError",
    "Amended",
    "Answers",
    "BadSignatureError",
    "Basis",
    "Cell",
    "Change",
    "Checkpoint",
    "Claim",
    "CloneNotFoundError",
    "Conference",
    "ConferenceHeld",
    "ConfigurationError",
    "ConflictError",
    "Damage",
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
    "ErasedEventError",
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
    "JoinError",
    "JoinReport",
    "JoinedBatch",
    "JoinedCheckpoint",
    "Judged",
    "KeptCheckpoint",
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
    "NotErasableError",
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
    "Policy",
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
    "Signature",
    "SignedNote",
    "Signer",
    "Silence",
    "SizeError",
    "Split",
    "Spoken",
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
    "TlogProof",
    "TurnedMeasure",
    "TypicalSpan",
    "UncoveredError",
    "UnfinishedErasureError",
    "UnfinishedJoinError",
    "UnknownNameError",
    "UnknownReferenceError",
    "UnknownSignersError",
    "Verdict",
    "VerifierKey",
    "Version",
    "VersionRecorded",
    "Votes",
    "Vouching",
    "join",
    "verify",
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
    "planlog.joining": ("JoinReport", "JoinedBatch", "JoinedCheckpoint", "join"),
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
    "planlog.trust.proofs": ("TlogProof",),
    "planlog.stores.checkpointfiles": ("KeptCheckpoint",),
    "planlog.trust.checkpoints": ("Checkpoint",),
    "planlog.trust.notes": ("Signature", "SignedNote", "Signer", "VerifierKey"),
    "planlog.trust.policies": ("Policy", "Vouching"),
    "planlog.trust.spoken": ("Spoken",),
    "planlog.verification.claims": ("Claim", "Judged"),
    "planlog.verification.damage": ("Damage",),
    "planlog.verification.verdict": ("Verdict",),
    "planlog.verification.verifying": ("verify",),
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
