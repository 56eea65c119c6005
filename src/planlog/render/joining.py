"""How two logs were joined: what came, what was left out, and what is odd since."""

from collections.abc import Iterator
from typing import Final

from planlog.joining.report import JoinedBatch, JoinedCheckpoint, JoinReport
from planlog.render.objects import Object, finding_object
from planlog.render.page import Block, Heading, Points, Sentence, as_text, at_most
from planlog.render.style import PLAIN, Style
from planlog.render.text import json_text
from planlog.wording import Words

_MOST_TOLD: Final = 200


def render_join(report: JoinReport, *, words: Words, style: Style = PLAIN) -> str:
    """Write *report* for people."""
    return as_text(_page(report, words), style)


def join_json(report: JoinReport, *, words: Words) -> str:
    """Write *report* for programs."""
    return json_text(
        {
            "schema": "planlog.join/1",
            "dry_run": report.dry_run,
            "before": report.before,
            "size": report.size,
            "batches": [_batch_object(one) for one in report.batches],
            "known": list(report.known),
            "removed": list(report.removed),
            "erased": list(report.erased),
            "checkpoints": [_checkpoint_object(one) for one in report.checkpoints],
            "unsure": list(report.unsure),
            "all_orders_kept": report.all_orders_kept,
            "odd": [finding_object(one, words.finding(one)) for one in report.odd],
        }
    )


def _batch_object(batch: JoinedBatch) -> Object:
    return {
        "from": batch.source,
        "to": batch.place,
        "position": batch.position,
        "events": list(batch.events),
    }


def _checkpoint_object(one: JoinedCheckpoint) -> Object:
    return {"from": one.source, "size": one.size, "fits": one.kept, "kept_in": one.place}


def _page(report: JoinReport, words: Words) -> Iterator[Block]:
    if report.is_idle:
        yield Sentence(words("nothing to join"))
    else:
        yield Sentence(_summary(report, words))
    told = [_batch(one, words) for one in report.batches]
    if report.known:
        told.append(
            words.plural(
                "{n} event of the other clone stood here already and was left out",
                "{n} events of the other clone stood here already and were left out",
                len(report.known),
            )
        )
    told += [words("{name}: removed, it held nothing else", name=one) for one in report.removed]
    if report.erased:
        told.append(
            words.plural(
                "the text of {n} event that was erased in the other clone is erased here as well",
                "the texts of {n} events that were erased in the other clone are erased here as "
                "well",
                len(report.erased),
            )
        )
    if told:
        yield Points(at_most(_MOST_TOLD, told, words))
    if report.checkpoints:
        yield Heading(words("Checkpoints of the other clone"), 2)
        yield Points(tuple(_checkpoint(one, words) for one in report.checkpoints))
    if report.unsure:
        yield Heading(words("Files that could belong to either branch"), 2)
        yield Points(at_most(_MOST_TOLD, report.unsure, words))
        yield Sentence(_remedy(report, words))
    if report.odd:
        yield Heading(words("What is odd since then"), 2)
        yield Points(at_most(_MOST_TOLD, [words.finding(one) for one in report.odd], words))


def _summary(report: JoinReport, words: Words) -> str:
    n = report.size - report.before
    if report.dry_run:
        return words.plural(
            "{n} event would come behind the {before} that are here",
            "{n} events would come behind the {before} that are here",
            n,
            before=report.before,
        )
    return words.plural(
        "{n} event came behind the {before} that were here",
        "{n} events came behind the {before} that were here",
        n,
        before=report.before,
    )


def _remedy(report: JoinReport, words: Words) -> str:
    if report.all_orders_kept:
        return words(
            "They go where they fit best, and every order that the events may have had is kept, so "
            "that checkpoints of either branch can still be verified. A checkpoint that was only "
            "printed makes it certain if it is put into the folder checkpoints before joining."
        )
    return words(
        "They go where they fit best. The events may have had more orders than are kept, so put "
        "checkpoints that were only printed into the folder checkpoints before joining."
    )


def _batch(batch: JoinedBatch, words: Words) -> str:
    return words.plural(
        "{source} → {place} ({n} event)",
        "{source} → {place} ({n} events)",
        len(batch.events),
        source=batch.source,
        place=batch.place,
    )


def _checkpoint(one: JoinedCheckpoint, words: Words) -> str:
    if one.kept == "unfit":
        return words(
            "{source}: not kept, since the other clone's log has another root at {size} events; "
            "find out there what happened, with planlog verify",
            source=one.source,
            size=one.size,
        )
    return words(
        "{source}: kept in {place}, and planlog verify checks it",
        source=one.source,
        place=one.place,
    )
