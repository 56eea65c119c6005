"""``planlog schema``."""

import json
import re
from typing import Any

import pytest

from planlog.events import EVENT_CLASSES
from tests.cli.running import Folder


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether *value* fits a *schema*, as far as the schemas made here go."""
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "anyOf" in schema and not any(fits(value, each) for each in schema["anyOf"]):
        return False
    if "oneOf" in schema and 1 != sum(fits(value, each) for each in schema["oneOf"]):
        return False
    types = {"string": str, "object": dict, "array": list, "integer": int, "null": type(None)}
    named = schema.get("type", list(types))
    if not any(isinstance(value, types[n]) for n in ([named] if isinstance(named, str) else named)):
        return False
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return False
    if isinstance(value, list):
        return all(fits(item, schema.get("items", {})) for item in value)
    return not isinstance(value, dict) or fits_object(value, schema)


def fits_object(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether an object has the keys that a *schema* wants and no others."""
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    return (
        set(schema.get("required", ())) <= set(value)
        and schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", 99)
        and all(fits(item, known[key]) for key, item in value.items() if key in known)
        and all(
            others is True or (others and fits(item, others))
            for key, item in value.items()
            if key not in known
        )
    )


def lines_of(plan: Folder) -> list[bytes]:
    """The lines of the log as they are stored."""
    return list(plan.log.store.read())


class TestSchema:
    @pytest.fixture
    def schema(self, empty: Folder) -> dict[str, Any]:
        """The schema as it is printed; it needs no log."""
        found: dict[str, Any] = json.loads(empty.do("schema"))
        return found

    def test_every_type(self, schema: dict[str, Any]) -> None:
        """Each type of event has its form."""
        types = [form["properties"]["type"]["const"] for form in schema["oneOf"]]
        assert [cls.TYPE for cls in EVENT_CLASSES] == types

    def test_a_log_fits_it(self, plan: Folder, schema: dict[str, Any]) -> None:
        """The lines of a log fit the schema."""
        plan.do("decide", "stk-3", "adopted", "--measure", "1", "--votes", "1/2/3", "--on", "stk-3")
        plan.do(
            "amend", "1", "--clear", "goal", "--attribute", "a=b", "--due", "2024", "--on", "2023"
        )
        plan.do("note", "x", "--field", "wohnen", "--on", "2023")
        plan.do("record-version", "deck", "excerpt", "title", "--measure", "1", "--on", "2023")
        lines = [json.loads(line) for line in lines_of(plan)]
        assert 12 == len(lines)
        assert [] == [line for line in lines if not fits(line, schema)]

    @pytest.mark.parametrize(
        "flaw",
        [
            {"type": "begun"},
            {"on": "16.03.2023"},
            {"data": {}},
            {"data": {"measure": "1", "x": 1}},
            {"data": {"measure": 7}},
            {"id": "x"},
            {"more": 1},
        ],
    )
    def test_flaws_do_not_fit(
        self, plan: Folder, schema: dict[str, Any], flaw: dict[str, Any]
    ) -> None:
        """What planlog would refuse, the schema refuses."""
        plan.do("start", "1", "--on", "2023")
        line = json.loads(lines_of(plan)[-1])
        assert fits(line, schema)
        assert not fits({**line, **flaw}, schema)
