"""An immutable mapping: for a measure's free attributes and a version's statements."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

V_co = TypeVar("V_co", covariant=True)


class FrozenMapping(Mapping[str, V_co], Generic[V_co]):
    """A hashable mapping from texts that cannot change; the order of its keys does not count."""

    __slots__ = ("_hash", "_items")

    def __init__(self, items: Mapping[str, V_co] | None = None) -> None:
        """Copy *items*."""
        self._items: dict[str, V_co] = dict(items or {})
        self._hash: int | None = None

    def __getitem__(self, key: str) -> V_co:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenMapping):
            return self._items == other._items
        return self._items == other

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._items.items()))
        return self._hash

    def __repr__(self) -> str:
        return f"FrozenMapping({self._items!r})"
