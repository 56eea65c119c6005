"""Tests of whole shelves of real tables, which lie beside the repository and not in it."""
