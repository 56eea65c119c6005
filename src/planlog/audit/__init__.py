"""Who changed it? Every value of a plan with the event behind it, and every decision."""

from planlog.audit.decisions import Aftermath, RegisteredDecision, decisions
from planlog.audit.history import Change, HistoryEntry, Standing, history
from planlog.audit.origins import Origin, origins
from planlog.audit.priorities import Priority, priorities, priority_changes

__all__ = [
    "Aftermath",
    "Change",
    "HistoryEntry",
    "Origin",
    "Priority",
    "RegisteredDecision",
    "Standing",
    "decisions",
    "history",
    "origins",
    "priorities",
    "priority_changes",
]
