"""One run of the command line: which log it is about, in which language, with which defaults."""

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from planlog import config
from planlog.errors import LogNotFoundError, PlanlogError
from planlog.events import Erased, PlanAmended, PlanOpened, RecordedEvent, Retracted

if TYPE_CHECKING:
    from planlog.cli.output import Catch
    from planlog.log import PlanLog
    from planlog.wording import Words


class Session:
    """What the parts of a command share; each thing is looked up when it is first needed."""

    def __init__(self) -> None:
        self.named_log: str | None = None
        self.named_language: config.Language | None = None
        self.named_color: bool | None = None
        self.debug = False
        self.is_brief = False
        self.catch: Catch | None = None

    @cached_property
    def location(self) -> Path | None:
        """Where the log is: as named, else in the nearest folder upward that has one.

        Raises `StoreReadError` where nobody can tell whether a folder on the way has one.
        """
        named = self.named_log or os.environ.get("PLANLOG_LOG")
        return Path(named) if named else _nearest_log()

    def begin_here(self) -> Path:
        """Be about the log that is to be begun as named, or right here; return where that is.

        Whatever lies upward is another one, with settings of its own.
        """
        self.location = Path(self.named_log or os.environ.get("PLANLOG_LOG") or os.curdir)
        vars(self).pop("defaults", None)
        return self.location

    @cached_property
    def log(self) -> "PlanLog":
        """The log; raises `LogNotFoundError` where there is none."""
        from planlog.log import PlanLog

        if self.location is None:
            raise LogNotFoundError(os.curdir)
        return PlanLog.open(self.location)

    @cached_property
    def defaults(self) -> config.Defaults:
        """What need not be said; raises `ConfigurationError`."""
        from planlog.stores.folder import events_folder

        location = self.location
        folder = None if location is None else events_folder(location).absolute().parent
        return config.load(folder, os.environ)

    @property
    def speaks(self) -> bool:
        """Whether it has been settled by now in which language to speak."""
        return "words" in vars(self)

    def settle_language(self) -> None:
        """Let everything that is said from now on be said in one language."""
        _ = self.words

    @cached_property
    def words(self) -> "Words":
        """The words to speak with, click's own among them; to settle on them never fails."""
        from planlog import wording

        language = self._language()
        wording.activate(language)
        return wording.words_for(language)

    def refuse(self, message: str, *, about: str | None = None, **details: object) -> NoReturn:
        """Refuse how the command was used; *about* names the argument or option at fault."""
        said = self.words(message, **details)
        if about is None:
            raise click.UsageError(said)
        raise click.BadParameter(said, param_hint=f"'{about}'")

    def _language(self) -> config.Language:
        return (
            self.named_language
            or self._default_language()
            or self._language_of_plan()
            or config.from_locale(os.environ)
            or "en"
        )

    def _default_language(self) -> config.Language | None:
        try:
            return self.defaults.lang
        except PlanlogError:  # told by the command that needs the defaults
            return None

    def _language_of_plan(self) -> config.Language | None:
        try:
            if self.location is None:
                return None
            if self.is_brief:
                return config.spoken(_language(_first_event(self.location)))
            return config.spoken(_language(self.log.events()))
        except PlanlogError:  # told by the command that needs the log
            return None


def session_of(context: click.Context) -> Session:
    """The session that a context belongs to."""
    return context.ensure_object(Session)


def _language(events: Sequence[RecordedEvent]) -> str | None:
    """The language of the plan, from what can be about it alone: the rest need not be folded."""
    from planlog.fold import replay
    from planlog.slots import live_slots
    from planlog.timeline import in_fold_order

    about = (PlanOpened, PlanAmended, Retracted, Erased)
    found = [event for event in events if event.corrects or isinstance(event.event, about)]
    return replay(in_fold_order(live_slots(found))).language


def _nearest_log() -> Path | None:
    from planlog.stores.folder import holds_event_files

    try:
        here = Path.cwd()
    except OSError:  # somebody removed the folder we are in
        return None
    # What cannot be read may be the log that is meant: passing it by could write into another.
    return next((one for one in (here, *here.parents) if holds_event_files(one / "events")), None)


def _first_event(location: Path) -> Sequence[RecordedEvent]:
    """The first event, if it can be read: all of a log can be much, or broken."""
    from planlog.codec import decode
    from planlog.stores.folder import events_folder
    from planlog.verification.files import first_line

    line = first_line(events_folder(location))
    return [] if line is None else [decode(line, 0)]
