"""What every value of the core has in common: it shows itself in short."""

from typing import Any

import attrs


class Value:
    """The base of frozen values.

    Its ``repr`` tells only what is not as by default. attrs would make one for each class; to
    compile it when the program starts takes as long as all the rest of the class.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(type(self))  # type: ignore[arg-type]  # every value is an attrs class
        shown = (
            f"{field.name}={value!r}"
            for field in fields
            if field.repr and (value := getattr(self, field.name)) != field.default
        )
        return f"{type(self).__name__}({', '.join(shown)})"
