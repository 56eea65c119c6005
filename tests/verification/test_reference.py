"""The page about verifying lists what verifying can find."""

import ast
import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

from planlog.errors import BadSignatureError
from planlog.stores import flaws
from planlog.verification import damage, misfits

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "verify.md"

pytestmark = pytest.mark.docs


def codes(module: ModuleType) -> set[str]:
    """The codes of all flaws that are made in a module."""
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Call(func=ast.Name(id="Flaw"), args=[ast.Constant(value=str(code)), *_]):
                found.add(code)
            case ast.Call(func=ast.Name(id="Flaw"), args=[ast.Name(id=name), *_]):
                found.add(getattr(module, name))
    return found


class TestPage:
    def test_lists_every_code(self) -> None:
        """Each kind of damage stands in the table, and nothing else does."""
        rows = re.findall(r"^\| (`[a-z`, -]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
        told = {code for row in rows for code in re.findall("`([a-z-]+)`", row)}
        verdicts = {"verified", "own-only", "damaged", "cannot-tell"}
        found = (
            codes(damage) | codes(misfits) | codes(flaws) - {"cut-file"} | {BadSignatureError.code}
        )
        assert found == told - verdicts
