"""The memory store keeps the contract."""

import time
from pathlib import Path

from planlog.stores import EventStore
from planlog.stores.memory import MemoryStore
from tests.storage.contract import StoreContract


class TestMemoryStore(StoreContract):
    """A log in memory is reached again through the object only."""

    stores: dict[Path, MemoryStore]

    def make(self, place: Path) -> EventStore:
        """Remember the store under its place."""
        self.stores = {place: MemoryStore()}
        return self.stores[place]

    def reopen(self, place: Path) -> EventStore:
        """Look the store up."""
        return self.stores[place]

    def test_thread_that_hesitates(self, place: Path) -> None:
        """Between a look at the size and the appending, no other thread comes in."""
        self.stores = {place: MemoryStore()}
        self.stores[place]._lines = _HesitatingList()
        self.test_many_with_one_expectation(self.stores[place], place)


class _HesitatingList(list[bytes]):
    def __len__(self) -> int:
        length = super().__len__()
        time.sleep(0.001)
        return length
