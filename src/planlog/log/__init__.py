"""`PlanLog`: a store, the codec and the pure core joined; what users open."""

from planlog.log.kept import AnyPoint, Clock, system_clock
from planlog.log.recording import OverriddenWarning, PlanLog

__all__ = ["AnyPoint", "Clock", "OverriddenWarning", "PlanLog", "system_clock"]
