"""From the keys of an event to arguments and options, and from what was given back to values."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from planlog.cli.command import Argument, Option
from planlog.cli.kinds import CONFERENCE, DAY, EVENT, FIELD, GOAL, MEASURE, VERSION, Named
from planlog.cli.lookup import Lookup
from planlog.cli.meanings import HELP
from planlog.dates import InexactDate
from planlog.events import About, Digest, Event, Kind, Texts
from planlog.keys import Key, keys_of
from planlog.mappings import FrozenMapping
from planlog.plan import Votes

_FLAGS: Final[Mapping[str, str]] = {
    "attributes": "--attribute",
    "fields": "--field",
    "measures": "--measure",
    "partners": "--partner",
}
_METAVARS: Final[Mapping[str, str]] = {
    "attributes": "ATTRIBUTE",
    "measures": "MEASURE",
    "ranking": "MEASURE",
}
_NAMED: Final[Mapping[Kind, Named]] = {
    "measure": MEASURE,
    "field": FIELD,
    "goal": GOAL,
    "conference": CONFERENCE,
    "version": VERSION,
    "event": EVENT,
}
_VOTES: Final = re.compile(r"(\d{1,15})/(\d{1,15})/(\d{1,15})", re.ASCII)

CLEAR: Final = "clear"


def parameters(
    cls: type[Event],
    *,
    without: Collection[str] = (),
    named: Collection[str] = (),
    helps: Mapping[str, str] | None = None,
) -> list[click.Parameter]:
    """Return an argument for each required key of *cls*, lists last, and an option for the others.

    *without*: keys that somebody else sees to; *named*: required keys that are taken as options
    too; *helps*: what keys mean where `HELP` does not say it.
    """
    helps = {**HELP, **(helps or {})}
    keys = [key for key in keys_of(cls) if key.name not in without]
    required = sorted((key for key in keys if key.required), key=lambda key: key.many)
    arguments: list[click.Parameter] = [_argument(key, helps[key.name]) for key in required]
    twins = [_option(key, helps[key.name], twin=True) for key in required if key.name in named]
    others = [
        option for key in keys if not key.required for option in _options(key, helps[key.name])
    ]
    return [*arguments, *twins, *others, *_clearing(keys)]


def given(cls: type[Event], params: Mapping[str, Any], lookup: Lookup) -> dict[str, Any]:
    """Return what *params* say about the keys of *cls*, references resolved."""
    refuse_empty_number(params, lookup)
    values = {}
    for key in keys_of(cls):
        raw = _about(params) if key.shape is About else params.get(key.name)
        if raw not in (None, ()):
            values[key.name] = value(key, raw, lookup)
        if key.shape == FrozenMapping[Texts] and key.name in values:
            stated = values[key.name].items()
            values[key.name] = {id: said or values["attributes"] for id, said in stated}
    for name in _cleared(cls, params, lookup):
        stem, dot, entry = name.partition(".")
        if not dot:
            values[name] = None
        elif values.get(stem, {}) is not None:
            values[stem] = {**values.get(stem, {}), entry: None}
    return values


def refuse_empty_number(params: Mapping[str, Any], lookup: Lookup) -> None:
    """Refuse a number that says nothing: it would tell no measure from another."""
    number = params.get("number")
    if number is not None and not number.strip():
        lookup.session.refuse(
            "expected a number, got {value!r}; leave it out where there is none",
            about="--number",
            value=number,
        )


def value(key: Key, raw: Any, lookup: Lookup) -> Any:
    """Return what a text, or several, stand for as the value of *key*."""
    option = flag(key.name)
    if key.many:
        return tuple(_one(key, text, lookup) for text in raw)
    if key.shape == FrozenMapping[Texts]:
        return dict(_statement(text, lookup) for text in raw)
    if key.shape in (FrozenMapping[str], FrozenMapping[str | None]):
        return dict(_pair(text, option, lookup) for text in raw)
    if key.shape is InexactDate:
        return lookup.day(raw, option)
    if key.shape is Votes:
        return votes(raw, option, lookup)
    if key.shape is About:
        return About(**{kind: named_one(kind, text, lookup) for kind, text in raw.items()})
    if key.shape == Digest:
        return _digest(raw, option, lookup)
    return _one(key, raw, lookup)


def votes(raw: str, option: str, lookup: Lookup) -> Votes:
    """Read how a vote went."""
    found = _VOTES.fullmatch(raw)
    if found is None:
        lookup.session.refuse(
            "expected three numbers YES/NO/ABSTAIN, such as 12/3/1; got {value!r}",
            about=option,
            value=raw,
        )
    yes, no, abstain = map(int, found.groups())
    return Votes(yes=yes, no=no, abstain=abstain)


def flag(name: str) -> str:
    """How the option for a key is written."""
    return _FLAGS.get(name, f"--{name}")


def _one(key: Key, text: str, lookup: Lookup) -> str:
    if key.identifies is None or key.identifies.introduces:
        return text
    return named_one(key.identifies.kind, text, lookup)


def named_one(kind: str, text: str, lookup: Lookup) -> str:
    """Return the id of what a text names."""
    match kind:
        case "measure":
            return lookup.measure(text).id
        case "field":
            return lookup.field(text)
        case "event":
            return lookup.event(text)
        case _:  # goals, conferences and versions have no other name than their id
            return text


def _pair(text: str, option: str, lookup: Lookup) -> tuple[str, str]:
    name, separator, said = text.partition("=")
    if not separator or not name:
        lookup.session.refuse("expected KEY=VALUE, got {value!r}", about=option, value=text)
    return name, said


def _statement(text: str, lookup: Lookup) -> tuple[str, Texts]:
    reference, _, attributes = text.partition("=")
    return lookup.measure(reference).id, tuple(filter(None, attributes.split(",")))


def _digest(text: str, option: str, lookup: Lookup) -> str:
    import hashlib

    if re.fullmatch(r"[0-9a-f]{64}", text):
        return text
    try:
        with Path(text).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        lookup.session.refuse(
            "cannot read {path!r}: {cause}", about=option, path=text, cause=error.strerror
        )


def _about(params: Mapping[str, Any]) -> dict[str, str] | None:
    subjects = {key.name: params.get(f"about_{key.name}") for key in keys_of(About)}
    return {kind: text for kind, text in subjects.items() if text is not None} or None


def _cleared(cls: type[Event], params: Mapping[str, Any], lookup: Lookup) -> Iterable[str]:
    asked = params.get(CLEAR) or ()
    clearable = [key.name for key in keys_of(cls) if key.nullable]
    if asked is True:
        return clearable
    for name in asked:
        if name not in clearable and not (
            name.startswith("attributes.") and "attributes" in clearable
        ):
            lookup.session.refuse(
                "expected one of {choices}; got {value!r}",
                about="--clear",
                choices=", ".join(clearable),
                value=name,
            )
    return asked


# Their appearance


def _argument(key: Key, help: str) -> click.Parameter:
    return Argument(
        key.name,
        metavar=_METAVARS.get(key.name),
        type=_type(key),
        nargs=-1 if key.many else 1,
        required=not key.nullable,
        help=help,
    )


def _option(key: Key, help: str, *, twin: bool = False) -> click.Parameter:
    several = key.many or getattr(key.shape, "__origin__", None) is FrozenMapping
    return Option(
        flag(key.name),
        key.name,
        metavar=_metavar(key),
        type=_type(key),
        multiple=several,
        twin=twin,
        help=help,
    )


def _options(key: Key, help: str) -> Sequence[click.Parameter]:
    if key.shape is not About:
        return [_option(key, help)]
    return [
        Option(
            f"--{inner.name}",
            f"about_{inner.name}",
            metavar=inner.name.upper(),
            type=_type(inner),
            help=help,
        )
        for inner in keys_of(About)
    ]


def _clearing(keys: Sequence[Key]) -> list[click.Parameter]:
    clearable = [key.name for key in keys if key.nullable]
    if not clearable:
        return []
    if any(key.required for key in keys if key.nullable):
        return [Option("--clear", CLEAR, is_flag=True, help="Leave it without any from now on.")]
    return [
        Option(
            "--clear",
            CLEAR,
            metavar="KEY",
            multiple=True,
            shell_complete=lambda ctx, param, incomplete: [
                name for name in clearable if name.startswith(incomplete)
            ],
            help="Leave it without this from now on, such as stage or number; one of several "
            "attributes is attributes.KEY. May be repeated.",
        )
    ]


def _metavar(key: Key) -> str | None:
    if key.choices:
        return None
    if key.shape is Votes:
        return "YES/NO/ABSTAIN"
    if key.shape == FrozenMapping[Texts]:
        return "MEASURE[=ATTRIBUTE,...]"
    if getattr(key.shape, "__origin__", None) is FrozenMapping:
        return "KEY=VALUE"
    if key.shape is InexactDate:
        return "DAY"
    if key.shape == Digest:
        return "FILE"
    return _METAVARS.get(key.name) or (key.identifies.kind.upper() if key.identifies else "TEXT")


def _type(key: Key) -> click.ParamType[Any]:
    if key.choices:
        return click.Choice(key.choices)
    if key.identifies is not None and not key.identifies.introduces:
        return _NAMED[key.identifies.kind]
    if key.shape == FrozenMapping[Texts]:
        return MEASURE
    if key.shape is InexactDate:
        return DAY
    if key.shape == Digest:
        return click.Path()
    return click.STRING
