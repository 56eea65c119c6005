"""Defaults from `planlog.toml` and the environment."""

import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal, get_args

import attrs

from planlog.errors import ConfigurationError, Flaw
from planlog.toml import parsed

Language = Literal["de", "en"]
Format = Literal["table", "markdown", "csv", "json", "jsonl"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

INTERNAL: Final = (
    *("level", "stage", "note", "goal", "description", "responsible", "partners", "due"),
    *("cost", "funding", "attributes", "by", "source", "reason", "text", "votes", "reference"),
)
"""What a plan may declare internal, beside ``attributes.KEY`` and ``field:FIELD``."""

FIELD: Final = "field:"

FILE: Final = "planlog.toml"
"""What the file with a plan's defaults is called; it lies beside the folder of event files."""

MOST_BYTES: Final = 65_536
"""The longest such file."""


@attrs.frozen(kw_only=True)
class Defaults:
    """What need not be said on the command line; absent where nothing says it."""

    on: str | None = None
    by: str | None = None
    source: str | None = None
    lang: Language | None = None
    format: Format | None = None
    color: bool | None = None
    internal: tuple[str, ...] = ()


def load(folder: Path | None, environ: Mapping[str, str]) -> Defaults:
    """Return the defaults in *folder* (absent: in none); what *environ* says comes first.

    Raises `ConfigurationError` for what cannot be used, unknown keys included.
    """
    path = None if folder is None else folder / FILE
    values = {} if path is None else _checked(_table(path), str(path))
    return Defaults(**{**values, **_checked(_from(environ), "environment", _variable)})


def from_locale(environ: Mapping[str, str]) -> Language | None:
    """Return the language that the locale in *environ* asks for, if planlog speaks it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return spoken(environ[name])
    return None


def spoken(language: str | None) -> Language | None:
    """Return the language that a tag such as ``de``, ``de-DE`` or ``de_DE.UTF-8`` begins with."""
    tag = (language or "").casefold()
    return next(
        (one for one in LANGUAGES if tag == one or tag.startswith((f"{one}-", f"{one}_"))), None
    )


def _table(path: Path) -> dict[str, Any]:
    from planlog.stores.eventfiles import content_of  # whoever finds a log has loaded it

    try:
        if not _is_there(path):
            return {}
        content = content_of(path, str(path), MOST_BYTES)
    except OSError as error:
        raise ConfigurationError(str(path), "-", "a readable file", error.strerror) from error
    if isinstance(content, Flaw):
        if "size" not in content.details:
            raise ConfigurationError(str(path), "-", "a file", "something else")
        size = content.details["size"]
        raise ConfigurationError(str(path), "-", "a file of at most 65536 bytes", size)
    return _parsed(content, str(path))


def _is_there(path: Path) -> bool:
    """Whether there is a file called *path*, which is no link: nobody is led out of the folder."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    if not stat.S_ISREG(mode):
        raise ConfigurationError(str(path), "-", "a file", "something else")
    return True


def _parsed(text: bytes, place: str) -> dict[str, Any]:
    try:
        return parsed(text)
    except UnicodeDecodeError as error:
        found = error.object[error.start : error.end]
        raise ConfigurationError(place, "-", "UTF-8", found) from error
    except ValueError as error:
        raise ConfigurationError(place, "-", "TOML", str(error)) from error


def _from(environ: Mapping[str, str]) -> dict[str, Any]:
    """What the environment says; a variable that is empty says nothing."""
    said = {name: environ.get(_variable(name)) for name in _KEYS if name not in _IN_FILE_ONLY}
    return {name: value for name, value in said.items() if value}


def _variable(name: str) -> str:
    return f"PLANLOG_{name.upper()}"


def _checked(
    values: Mapping[str, Any], place: str, shown: Callable[[str], str] = str
) -> dict[str, Any]:
    for name, value in values.items():
        if name not in _KEYS:
            raise ConfigurationError(
                place, shown(name), f"one of the keys {', '.join(_KEYS)}", value
            )
        expected, fits = _KEYS[name]
        if not fits(value):
            raise ConfigurationError(place, shown(name), expected, value)
    return {name: tuple(one) if isinstance(one, list) else one for name, one in values.items()}


def _are_internal(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, str) and _is_internal(one) for one in value
    )


def _is_internal(name: str) -> bool:
    stem, dot, key = name.partition(".")
    is_key = stem == "attributes" and bool(dot and key)
    is_field = name.startswith(FIELD) and _is_text(name.removeprefix(FIELD))
    return name in INTERNAL or is_key or is_field


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not value.isspace() and value != ""


_KEYS: Final[Mapping[str, tuple[str, Callable[[object], bool]]]] = {
    "on": ("a text", _is_text),
    "by": ("a text", _is_text),
    "source": ("a text", _is_text),
    "lang": (f"one of {', '.join(LANGUAGES)}", lambda value: value in LANGUAGES),
    "format": (f"one of {', '.join(FORMATS)}", lambda value: value in FORMATS),
    "color": ("true or false", lambda value: isinstance(value, bool)),
    "internal": (
        f"a list of {', '.join(INTERNAL)}, attributes.KEY, {FIELD}FIELD",
        _are_internal,
    ),
}
"""What each key may be."""

_IN_FILE_ONLY: Final = frozenset({"color", "internal"})
"""The keys that no variable sets."""
