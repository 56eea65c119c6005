"""Every word a reader sees, in every language."""

import ast
import gettext
import os
import string
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import get_args

import attrs
import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result

import planlog
from planlog import codec, errors, events, plan, wording
from planlog.dates import Point
from planlog.errors import (
    AmbiguousReferenceError,
    ConfigurationError,
    DamagedLogError,
    Flaw,
    InvalidEventError,
    LogNotFoundError,
    StoreReadError,
    UnknownReferenceError,
)
from planlog.findings import Affected, Cells, Finding, Severity
from planlog.plan import Prefix
from planlog.possible import PRESENT
from planlog.timeline import Moment
from planlog.wording import LOCALE, Words, activate, words_for

DE, EN = words_for("de"), words_for("en")

PACKAGE = Path(planlog.__file__).parent
CLICK = Path(click.__file__).parent
CATALOGUE = LOCALE / "de" / "LC_MESSAGES" / "planlog.po"


# What is said


TEMPLATES = {
    "words": (0,),
    "refuse": (0,),
    "plural": (0, 1),
    "Flaw": (1,),
    "error": (2,),
    "warning": (2,),
    "Finding": (),
}
"""The functions that take messages, and at which places."""

CLICK_MODULES = (
    "core",
    "decorators",
    "exceptions",
    "formatting",
    "parser",
    "shell_completion",
    "termui",
    "types",
)

PHRASES = {
    *("a text", "true or false", "a file", "a readable file", "one of", "one of the keys"),
    *("a list of", "a file of at most 65536 bytes", "it is a link, and links are not followed"),
    *("symlink", "folder", "fifo", "socket", "device"),
}
"""What details of errors say in words of ours."""

BY_NAME = {"required"}
"""What click translates without naming it in the call."""


@cache
def catalogue() -> Catalog:
    """The German catalogue, as it is written."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="de")


def messages() -> Iterator[Message]:
    """The entries of the German catalogue."""
    return (message for message in catalogue() if message.id)


def forms(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """A message or a translation, singular and plural."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def texts(node: ast.expr | None) -> Iterator[str]:
    """The texts that an expression can be."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from texts(body)
            yield from texts(orelse)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file, with the name of what is called."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield name, node


def written() -> Iterator[str]:
    """The messages that stand in the source where they are used."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for name, call in calls(path):
            places = (0,) if name == "self" and path.stem == "wording" else TEMPLATES.get(name, ())
            for place in places:
                yield from texts(dict(enumerate(call.args)).get(place))
            for keyword in call.keywords:
                if name == "Finding" and keyword.arg == "template":
                    yield from texts(keyword.value)


def raised(base: type[errors.PlanlogError] = errors.PlanlogError) -> Iterator[str]:
    """The messages of every error, but for those that a test made."""
    for cls in base.__subclasses__():
        if cls.__module__.startswith("planlog.") and hasattr(cls, "template") and cls.template:
            yield cls.template
        yield from raised(cls)


def terms() -> Iterator[str]:
    """The words of closed lists, and the names of attributes."""
    lists = (plan.Phase, plan.Outcome, plan.ConferenceKind, plan.Coverage, plan.Cause)
    for choices in (*lists, events.Kind, Severity):
        yield from get_args(choices)
    yield from events.TYPES
    for cls in (plan.Measure, plan.ActionField, plan.Goal, plan.Conference, plan.Version):
        yield from (attribute.name for attribute in attrs.fields(cls))
    yield from ("decision", "language", "place", "plan", "programme")
    yield from ("source", "reason", "recorded")


@attrs.frozen
class Overheard(Words):
    """English words that remember what was asked of them."""

    asked: list[str] = attrs.field(factory=list)

    def __call__(self, message: str, /, **details: object) -> str:
        """Remember *message*, and translate it."""
        self.asked.append(message)
        return super().__call__(message, **details)


def helped() -> list[str]:
    """What the help of every command says."""
    from planlog.cli.app import app
    from planlog.cli.commands import COMMANDS
    from planlog.cli.session import Session

    session, words = Session(), Overheard("en")
    vars(session)["words"] = words
    root = click.Context(app, info_name="planlog", obj=session)
    app.get_help(root)
    for name, entry in COMMANDS.items():
        command = entry.load()
        command.get_help(click.Context(command, info_name=name, parent=root))
    return words.asked


@cache
def said() -> set[str]:
    """Everything that planlog says, in English."""
    spaced = (word.replace("_", " ") for word in terms())
    return {*written(), *raised(), *codec.FLAWS.values(), *spaced, *helped(), *PHRASES}


@cache
def said_by_click() -> set[str]:
    """Everything that click says to users; what it says to programmers raises other errors."""
    found = set(BY_NAME)
    for module in CLICK_MODULES:
        tree = ast.parse((CLICK / f"{module}.py").read_bytes())
        inner = {
            id(node)
            for raised in ast.walk(tree)
            if isinstance(raised, ast.Raise) and is_for_programmers(raised)
            for node in ast.walk(raised)
        }
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="_" | "ngettext")) if id(node) not in inner:
                    found.update(text for place in node.args for text in texts(place))
    return found


def is_for_programmers(node: ast.Raise) -> bool:
    """Whether an error is about how click is used by a program."""
    match node.exc:
        case ast.Call(func=ast.Name(id="TypeError" | "ValueError" | "RuntimeError")):
            return True
        case _:
            return False


class TestCatalogue:
    def translated(self) -> set[str]:
        """Every message that the catalogue has words for."""
        return {
            form
            for message in messages()
            if all(forms(message.string)) and not message.fuzzy
            for form in forms(message.id)
        }

    def test_has_every_message(self) -> None:
        """Nothing that planlog says is left untranslated."""
        missing = said() - self.translated()
        assert not missing, "\n".join(["untranslated:", *sorted(missing)])

    def test_has_every_message_of_click(self) -> None:
        """What click says to users is said in the same language."""
        assert [] == sorted(said_by_click() - self.translated())

    def test_has_nothing_else(self) -> None:
        """No translation is left over from a message that is gone."""
        assert [] == sorted(self.translated() - said() - said_by_click())

    def test_fills_in_what_the_message_fills_in(self) -> None:
        """No translation asks for a detail that the message does not give, or forgets one."""
        different = [
            message.id
            for message in messages()
            if placeholders(forms(message.id)) != placeholders(forms(message.string))
        ]
        assert [] == different

    def test_begins_and_ends_as_the_message_does(self) -> None:
        """White space at the ends, and the full stop of a sentence, are kept."""
        different = [
            one
            for message in messages()
            for one, other in zip(forms(message.id), forms(message.string), strict=True)
            if frame(one) != frame(other)
        ]
        assert [] == different

    def test_is_compiled(self) -> None:
        """What is read when planlog runs is what is written in the catalogue."""
        compiled = gettext.translation("planlog", LOCALE, ["de"])
        stale = [
            message.id
            for message in messages()
            if isinstance(message.id, str) and compiled.gettext(message.id) != message.string
        ]
        assert [] == stale, "compile the catalogue: any target of make does"


def placeholders(parts: tuple[str, ...]) -> set[str]:
    """What a message fills in, in any of its forms."""
    found = (field for part in parts for _, field, _, _ in string.Formatter().parse(part))
    return {field for field in found if field is not None}


def frame(text: str) -> tuple[str, str, bool]:
    """How a text begins and ends."""
    return (
        text[: len(text) - len(text.lstrip())],
        text[len(text.rstrip()) :],
        " " in text and text.endswith("."),
    )


class TestWordsFor:
    @pytest.mark.parametrize("language", ["de", "de_DE.UTF-8", "de-AT", "DE"])
    def test_knows_german(self, language: str) -> None:
        """Every way to ask for German gets it."""
        assert "de" == words_for(language).language
        assert "Prioritätenliste" == words_for(language)("priority list")

    @pytest.mark.parametrize("language", ["en", "en_GB", "fr", "", "C", None])
    def test_speaks_english_else(self, language: str | None) -> None:
        """Whoever speaks something else gets English."""
        assert "en" == words_for(language).language
        assert "priority list" == words_for(language)("priority list")


class TestWords:
    def test_fill_in_details(self) -> None:
        """Details are data and stay as they are."""
        assert "Nr. seit" == DE("no. {number}", number="seit")

    def test_details_may_be_called_anything(self) -> None:
        """No detail clashes with what the words themselves are given."""
        assert "a b" == EN("{self} {message}", self="a", message="b")

    @pytest.mark.parametrize(("n", "text"), [(0, "0 Ereignisse"), (1, "1 Ereignis")])
    def test_know_numbers(self, n: int, text: str) -> None:
        """One is another form than none or several."""
        assert text == DE.plural("{n} event", "{n} events", n)

    def test_name_what_closed_lists_hold(self) -> None:
        """Words of the files are shown as people write them."""
        assert ["nicht umsetzbar", "not feasible"] == [
            words.term("not_feasible") for words in (DE, EN)
        ]
        assert "" == DE.term("")

    def test_name_phases(self) -> None:
        """Each phase has its German word; a measure may have none yet."""
        assert [
            "vorgeschlagen",
            "begonnen",
            "umgesetzt",
            "laufend",
            "zurückgestellt",
            "entfallen",
            "ersetzt",
            "noch ohne Stand",
        ] == [DE.phase(phase) for phase in (*plan.PHASES, None)]

    def test_tell_a_note_from_taking_note(self) -> None:
        """A conference that takes note does something else than somebody who notes."""
        assert "vermerkt" == DE.term("noted")
        assert "zur Kenntnis genommen" == DE.outcome("noted")
        assert "beschlossen" == DE.outcome("adopted")

    def test_leave_dates_alone(self) -> None:
        """The language changes words, never data."""
        assert "2023-03-16" == DE.date(date(2023, 3, 16)) == EN.date(date(2023, 3, 16))


def moment(point: str, day: date | None = date(2023, 3, 16), *, foreseen: bool = False) -> Moment:
    """A point as it was understood."""
    return Moment(Point.parse(point), day, 58, foreseen)


class TestMoment:
    @pytest.mark.parametrize(
        ("point", "until"),
        [
            ("stk-3", "today"),
            ("stk-3@today", "today"),
            ("stk-3@2023-04", "2023-04-30"),
            ("stk-3@2026-11-22T08:15:00Z", "2026-11-22T08:15:00Z"),
            ("stk-3@#58", "#58"),
            ("stk-3@stk-2", "stk-2"),
            ("stk-3@before:stk-2", "before:stk-2"),
            ("stk-3@start", "the start"),
        ],
    )
    def test_says_what_was_known(self, point: str, until: str) -> None:
        """The day, the number of events, and until when they were known are printed back."""
        assert f"state at the end of 2023-03-16, 58 events, known until {until}" == EN.moment(
            moment(point), Prefix(size=58)
        )

    def test_says_so_in_german(self) -> None:
        """Words are German, dates are not."""
        assert "Stand am Ende des Tages 2023-03-16, 1 Ereignis, bekannt bis heute" == DE.moment(
            moment("stk-3"), Prefix(size=1, recorded=datetime.now(UTC))
        )

    def test_says_when_there_is_no_day(self) -> None:
        """At the start nothing has happened yet."""
        assert (
            "state at the start, before anything happened, 58 events, known until today"
            == EN.moment(moment("start", None), Prefix(size=58))
        )

    def test_says_when_a_name_was_looked_up_elsewhere(self) -> None:
        """An answer that uses what was not known by then says so."""
        told = EN.moment(moment("stk-3@#1", foreseen=True), Prefix(size=1))
        assert told.endswith(
            "known until #1; stk-3 was not known by then and was looked up in the whole log"
        )


class TestError:
    def test_fills_in_the_details(self) -> None:
        """An error is told with its values, and what to do about it."""
        assert (
            "in '/plan' ist kein Logbuch; bitte mit --log eines angeben oder mit planlog init "
            "eines beginnen" == DE.error(LogNotFoundError("/plan"))
        )

    def test_is_in_english_what_the_error_says_itself(self) -> None:
        """English needs no catalogue."""
        error = UnknownReferenceError("measure", "wohnen-99")
        assert str(error) == EN.error(error)

    def test_tells_kinds_in_words(self) -> None:
        """Words of closed lists among the details are translated, data is not."""
        error = AmbiguousReferenceError("measure", "16", (("a-16", "Wohnen"), ("b-16", "")))
        assert (
            "'16' ist mehrdeutig (Maßnahme): a-16 (Wohnen), b-16; bitte eine Kennung davon angeben"
            == DE.error(error)
        )

    @pytest.mark.parametrize(
        ("expected", "text"),
        [
            ("a text", "ein Text"),
            ("one of de, en", "eines von de, en"),
            ("one of the keys on, by", "einer der Schlüssel on, by"),
            ("TOML", "TOML"),
            ("", ""),
        ],
    )
    def test_tells_what_was_expected_in_words(self, expected: str, text: str) -> None:
        """What a key may be is translated; what it may be called is not."""
        error = ConfigurationError("planlog.toml", "lang", expected, "fr")
        assert f"planlog.toml: lang: erwartet wird {text}, nicht 'fr'" == DE.error(error)

    def test_tells_every_flaw_on_a_line(self) -> None:
        """All flaws of a text come at once, each with its place and key in front."""
        error = InvalidEventError(
            (
                Flaw("expected-text", "expected a text, got {value!r}", {"value": 7}, "data.title"),
                Flaw("missing-key", "missing who records it", {}, "by", "event 2"),
                Flaw("cut-file", "expected this key, it is missing", place="events/a.jsonl:2"),
            )
        )
        assert (
            "data.title: erwartet wird ein Text, nicht 7\n"
            "Ereignis 2: by: es fehlt, wer es erfasst\n"
            "events/a.jsonl:2: dieser Schlüssel fehlt"
        ) == DE.error(error)

    def test_steers_no_terminal(self) -> None:
        """Texts in errors are as harmless as everywhere."""
        flaw = Flaw(
            "x",
            "expected one of the types {known}; got {value!r}",
            {"known": "\x1b", "value": "\n"},
        )
        assert r"expected one of the types \x1b; got '\n'" == EN.error(InvalidEventError((flaw,)))
        damaged = DamagedLogError((Flaw("x", "expected this key, it is missing", place="a\nb"),))
        assert "a ⏎ b: expected this key, it is missing" == EN.error(damaged)
        assert "\x1b" not in EN.error(StoreReadError("x", "\x1b[31m"))


class TestFinding:
    def test_tells_types_in_words(self) -> None:
        """The type of an event is a word, its id and date are data."""
        finding = Finding(
            code="no-source",
            severity="warning",
            template="{type} {on} ({event}) has no source; correct it, naming the document and the "
            "place in it",
            details={"type": "field_added", "on": "2023", "event": "9f3c"},
        )
        assert DE.finding(finding).startswith("„Handlungsfeld aufgenommen“ 2023 (9f3c) hat keine")
        assert EN.finding(finding).startswith("field added 2023 (9f3c) has no source")

    def test_tells_what_else_it_names_in_words(self) -> None:
        """The type of another event and a phase are words, too."""
        finding = Finding(
            code="x",
            severity="warning",
            template="{other_type}, {phase}, {measure}",
            details={"other_type": "made_permanent", "phase": "ongoing", "measure": "started"},
        )
        assert "verstetigt, laufend, started" == DE.finding(finding)
        assert "made permanent, ongoing, started" == EN.finding(finding)

    @pytest.mark.parametrize(
        ("affected", "text"),
        [
            (
                Affected(("measure", "a-1"), "phase", ("'started'", "'paused'")),
                "Phase von Maßnahme 'a-1' ('started' oder 'paused')",
            ),
            (Affected(("measure", "a-1"), "attributes.since"), "„since“ von Maßnahme 'a-1'"),
            (Affected(("measure", "a-1"), "attributes"), "weitere Angaben von Maßnahme 'a-1'"),
            (
                Affected(("field", "a"), "decisions.9f3c"),
                "Beschlüsse 9f3c von Handlungsfeld 'a'",
            ),
            (Affected(("measure", "a-1"), PRESENT), "Maßnahme 'a-1' (im Plan oder nicht)"),
            (Affected(("plan", ""), "title"), "Titel von dem Plan"),
        ],
    )
    def test_tells_cells_in_words(self, affected: Affected, text: str) -> None:
        """What a finding names is told in the language of the rest."""
        finding = Finding(
            code="x", severity="warning", template="{cells}", details={"cells": Cells((affected,))}
        )
        assert text == DE.finding(finding)


@click.group()
def app() -> None:
    """A program that says nothing itself."""


@app.command()
@click.argument("number", type=int)
@click.option("--kind", type=click.Choice(["a", "b"]), required=True)
@click.option("--file", type=click.Path(exists=True), default=".", show_default=True)
def do(number: int, kind: str, file: str) -> None:
    """Do."""


@pytest.fixture(name="global_words")
def _global_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put back what is shared by the whole process."""
    monkeypatch.setenv("LANGUAGE", "en")
    before = gettext.textdomain()
    yield
    gettext.textdomain(before)


@pytest.mark.usefixtures("global_words")
class TestActivate:
    def run(self, language: str, *arguments: str) -> Result:
        """What a program of click's says."""
        activate(language)
        return CliRunner().invoke(app, arguments, prog_name="do")

    @pytest.mark.parametrize(
        ("arguments", "text"),
        [
            (["--help"], "Aufruf: do [OPTIONS]"),
            (["--help"], "Optionen:"),
            (["--help"], "Befehle:"),
            (["--help"], "Zeigt diese Hilfe und endet."),
            (["do", "--help"], "[nötig]"),
            (["do", "--help"], "[Vorgabe: .]"),
            (["do"], "Fehler: Es fehlt das Argument 'NUMBER'."),
            (["do", "1"], "Fehler: Es fehlt die Option '--kind'. Möglich sind:"),
            (["do", "x"], "Ungültiger Wert für 'NUMBER': 'x' ist nicht gültig (integer)."),
            (["do", "1", "--kind", "c"], "'c' ist keines von 'a', 'b'."),
            (["do", "1", "--kind"], "Die Option '--kind' braucht einen Wert."),
            (["do", "1", "--kind", "a", "2"], "Ein Argument ist zu viel (2)"),
            (["do", "1", "--kind", "a", "2", "3"], "Diese Argumente sind zu viel (2 3)"),
            (["do", "1", "--kind", "a", "--file", "weg"], "'weg' gibt es nicht."),
            (["do", "--kint"], "Eine Option '--kint' gibt es nicht. Ist '--kind' gemeint?"),
            (["weg"], "Einen Befehl 'weg' gibt es nicht."),
            (["do"], "Hilfe gibt es mit 'do do --help'."),
        ],
    )
    def test_click_speaks_german(self, arguments: list[str], text: str) -> None:
        """What click says comes out of planlog's catalogue."""
        # The help option is made, with its words, when it is first asked for.
        for command in (app, do):
            command._help_option = None
        assert text in " ".join(self.run("de", *arguments).output.split())

    def test_click_speaks_english_again(self) -> None:
        """English is what click says without a catalogue, whatever was spoken before."""
        self.run("de")
        assert "Error: Missing argument 'NUMBER'." in self.run("en", "do").output

    def test_is_told_to_what_is_started(self) -> None:
        """A program that planlog starts speaks the same language."""
        activate("de_DE.UTF-8")
        assert "de" == os.environ["LANGUAGE"]

    def test_words_are_no_mapping_of_the_process(self) -> None:
        """Words in hand keep their language, whatever is activated."""
        activate("en")
        assert isinstance(DE, Words)
        assert "heute" == DE("today")
        assert wording.DOMAIN == gettext.textdomain()
