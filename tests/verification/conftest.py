"""Logs that tests of verifying may damage."""

from pathlib import Path

import pytest

from tests.verification.logs import SIZES, Kept, copied, record


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A log of ten events in four files, that is left alone."""
    return record(tmp_path_factory.mktemp("recorded"))


@pytest.fixture
def bare(recorded: Kept, tmp_path: Path) -> Kept:
    """That log, without any checkpoint."""
    return copied(recorded, tmp_path / "plan")


@pytest.fixture
def kept(bare: Kept) -> Kept:
    """That log, with a checkpoint over all of it."""
    bare.mark()
    return bare


@pytest.fixture
def often(bare: Kept) -> Kept:
    """That log, with a checkpoint where each file ends."""
    for size in SIZES:
        bare.mark(size)
    return bare
