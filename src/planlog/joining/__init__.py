"""What becomes of two clones of a log that both went on: ours stays, the newcomers go behind."""

from planlog.joining.joint import join
from planlog.joining.report import JoinedBatch, JoinedCheckpoint, JoinReport

__all__ = ["JoinReport", "JoinedBatch", "JoinedCheckpoint", "join"]
