"""Where the text of an event still stands: in files, in the commits of git, in other events."""

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

import attrs

from planlog.render.happenings import ID_DIGITS
from planlog.render.page import Block, Heading, Points, Sentence, as_text, at_most
from planlog.render.style import Style
from planlog.render.text import shortened
from planlog.traces.commits import GitTraces
from planlog.traces.files import FileTraces, Kind, Trace
from planlog.traces.history import CommitTrace, Holding
from planlog.traces.packed import Reason
from planlog.traces.texts import Telling
from planlog.values import Value
from planlog.wording import Words

_LONGEST: Final = 60
_MOST: Final = 50
_MOST_IDS: Final = 5
_COMMIT_DIGITS: Final = 12


@attrs.frozen(kw_only=True, repr=False)
class Traces(Value):
    """All that was found of one event: in *files*, in *git*, and the *tellings* of its text.

    *texts* are what was looked for besides the line.
    """

    files: FileTraces
    git: GitTraces
    tellings: Sequence[Telling]
    texts: Sequence[str] = ()


def render_traces(traces: Traces, *, words: Words, style: Style) -> str:
    """Write *traces* for somebody who has to go after each of them."""
    return as_text(_page(traces, words), style)


def _page(traces: Traces, words: Words) -> Iterator[Block]:
    if traces.texts:
        yield Heading(words("Looked for, besides the line itself:"), 2)
        yield Points(
            at_most(
                _MOST,
                [words("“{text}”", text=shortened(one, _LONGEST)) for one in traces.texts],
                words,
            )
        )
    copies = [_file(one, words) for one in traces.files.traces if one.kind != "event"]
    events = [_file(one, words) for one in traces.files.traces if one.kind == "event"]
    if copies or events:
        yield Heading(words("Files of the folder in which the text stands:"), 2)
        # Every copy has to be gone after; of events there may be as many as the log has.
        yield Points((*copies, *at_most(_MOST, events, words)))
    else:
        yield Sentence(
            words.plural(
                "The text stands in no other file of the folder ({n} looked into).",
                "The text stands in no other file of the folder ({n} looked into).",
                traces.files.looked,
            )
        )
    unseen = [f"{one.place}: {_reason(one.reason, words)}" for one in traces.files.unseen]
    if unseen:
        yield Heading(words("Not, or not wholly, looked into:"), 2)
        yield Points(at_most(_MOST, unseen, words))
    said = [_elsewhere(telling, words) for telling in traces.tellings if telling.elsewhere]
    if said:
        yield Heading(words("Not looked for, since other events say it as well:"), 2)
        yield Points(at_most(_MOST, said, words))
    short = [telling.text for telling in traces.tellings if telling.left_out == "short"]
    if short:
        yield Heading(words("Not looked for, since it is too short to mean anything:"), 2)
        yield Points(at_most(_MOST, [words("“{text}”", text=text) for text in short], words))
    yield from _git(traces.git, words)


def _file(trace: Trace, words: Words) -> str:
    what = [words("the whole line")] if trace.whole else []
    what += [words("“{text}”", text=shortened(text, _LONGEST)) for text in trace.texts]
    return f"{trace.place} ({_kind(trace.kind, words)}): {', '.join(what)}"


def _elsewhere(telling: Telling, words: Words) -> str:
    ids = telling.elsewhere
    named = ", ".join(id[:ID_DIGITS] for id in ids[:_MOST_IDS])
    return words.plural(
        "“{text}” ({n} event: {ids})",
        "“{text}” ({n} events: {ids})",
        len(ids),
        text=shortened(telling.text, _LONGEST),
        ids=named + (" …" if len(ids) > _MOST_IDS else ""),
    )


def _git(git: GitTraces, words: Words) -> Iterator[Block]:
    match git.state:
        case "no-repository":
            yield Sentence(words("The folder is not kept with git."))
        case "no-git":
            yield Sentence(
                words(
                    "The folder is kept with git, and git is not installed here: whether its "
                    "history holds the text is not known."
                )
            )
        case "unreadable":
            yield Sentence(words("The history of git could not be read: {cause}", cause=git.cause))
        case _:
            yield from _searched(git, words)


def _searched(git: GitTraces, words: Words) -> Iterator[Block]:
    if not (git.line.anything or git.texts.anything):
        yield Sentence(words("No commit of git holds it."))
    else:
        yield Heading(words("Git still holds it:"), 2)
        line = words("the line itself")
        texts = words("a text of it, in other files")
        yield Points((*_holding(line, git.line, words), *_holding(texts, git.texts, words)))
        yield Sentence(
            words(
                "planlog changes nothing of that: commits can be copied to anywhere, and only "
                "who keeps the copies can rewrite them all."
            )
        )
    if git.unseen:
        yield Sentence(
            words.plural(
                "{n} file of the past was too large or damaged, and was not looked into.",
                "{n} files of the past were too large or damaged, and were not looked into.",
                git.unseen,
            )
        )


def _holding(what: str, held: Holding, words: Words) -> Iterator[str]:
    if held.first is not None and held.last is not None:
        yield words.plural(
            "{what}: {n} commit, {first}",
            "{what}: {n} commits, from {first} to {last}",
            held.commits,
            what=what,
            first=_commit(held.first, words),
            last=_commit(held.last, words),
        )
        yield words("in it as: {paths}", paths=", ".join(held.paths))
    if held.refs:
        yield words("reached from: {refs}", refs=", ".join(held.refs))
    if held.stashes:
        yield words.plural(
            "put aside with git stash: {n} time",
            "put aside with git stash: {n} times",
            held.stashes,
        )
    if held.logged or held.dangling:
        yield words(
            "{what}: commits that no branch reaches any more: {n}; git gc removes them in time",
            what=what,
            n=held.logged + held.dangling,
        )
    if held.staged:
        yield words(
            "{what}: in the index, until the folder is committed anew: {paths}",
            what=what,
            paths=", ".join(held.staged),
        )
    if held.loose:
        yield words(
            "{what}: contents that belong to no commit: {n}; git gc removes them in time",
            what=what,
            n=held.loose,
        )


def _commit(commit: CommitTrace, words: Words) -> str:
    day = words.date(commit.made.date())
    return words(
        "{id} ({day}, “{subject}”)",
        id=commit.id[:_COMMIT_DIGITS],
        day=day,
        subject=commit.subject,
    )


def _kind(kind: Kind, words: Words) -> str:
    match kind:
        case "event":
            return words("another event")
        case "temporary":
            return words("what a program left behind")
        case "backup":
            return words("what an editor kept")
        case "copy":
            return words("an export, a report or a copy")
        case "name":
            return words("in its name")
        case _:
            assert_never(kind)


def _reason(reason: Reason, words: Words) -> str:
    match reason:
        case "large":
            return words("too large")
        case "bytes-only":
            return words("too large for more than a look at its bytes")
        case "unreadable":
            return words("cannot be read")
        case "encrypted":
            return words("encrypted")
        case "compressed":
            return words("compressed in a way that planlog cannot undo")
        case "form":
            return words("a PDF, picture, sound or film: look at it yourself")
        case "repository":
            return words("a repository of its own")
        case "many":
            return words("too many files")
        case _:
            assert_never(reason)
