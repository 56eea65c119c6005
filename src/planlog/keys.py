"""What the annotations of an event class mean: the keys of its ``data``, one by one."""

from functools import cache
from typing import Any, Literal, get_args

import attrs

from planlog.events import Identifies, Unset
from planlog.values import Value


@attrs.frozen(repr=False)
class Key(Value):
    """One key of an event's ``data``, read off its class.

    *shape* is the annotation without its optional parts. *required*: it must be there;
    *nullable*: it may be null.
    """

    name: str
    shape: object
    required: bool
    nullable: bool
    identifies: Identifies | None
    many: bool
    """Whether the value is a list (or, for a version's measures, a mapping)."""
    choices: tuple[str, ...]
    """The closed list of its values, if it has one."""


def keys_of(cls: type) -> tuple[Key, ...]:
    """Tell the keys of an event class, or of an object inside one, in the order of the file."""
    return _keys(cls)


@cache
def _keys(cls: Any) -> tuple[Key, ...]:
    return tuple(_key(attribute) for attribute in attrs.fields(cls))


def _key(attribute: "attrs.Attribute[object]") -> Key:
    options = _options(attribute.type)
    shape = next(option for option in options if option not in (type(None), Unset))
    inner = get_args(shape)[0] if _is_list(shape) else shape
    marks = [mark for mark in getattr(inner, "__metadata__", ()) if isinstance(mark, Identifies)]
    return Key(
        name=attribute.name,
        shape=shape,
        required=attribute.default is attrs.NOTHING,
        nullable=type(None) in options and attribute.default is not None,
        identifies=marks[0] if marks else None,
        many=_is_list(shape),
        choices=get_args(shape) if getattr(shape, "__origin__", None) is Literal else (),
    )


def _options(annotation: object) -> tuple[object, ...]:
    """The members of a union, or the annotation alone."""
    if getattr(annotation, "__metadata__", None) is not None:
        return (annotation,)
    if type(None) in get_args(annotation) or Unset in get_args(annotation):
        return get_args(annotation)
    return (annotation,)


def _is_list(shape: object) -> bool:
    return getattr(shape, "__origin__", None) is tuple
