"""What differs between two plans, and which events made the difference."""

from planlog.diff.gross import steps
from planlog.diff.net import difference
from planlog.diff.planchange import Axis, ChangeKind, PlanChange, attribute_names
from planlog.diff.values import Basis, PlanDiff

__all__ = [
    "Axis",
    "Basis",
    "ChangeKind",
    "PlanChange",
    "PlanDiff",
    "attribute_names",
    "difference",
    "steps",
]
