"""What every store passes; it lies in the library, so that others can test stores of their own."""

from planlog.testing.contract import StoreContract

__all__ = ["StoreContract"]
