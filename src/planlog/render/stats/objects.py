"""Statistics in JSON: every number beside the ids that it was counted from."""

from collections.abc import Iterator

from planlog.render.objects import Object, point_object
from planlog.stats import (
    DaySpan,
    Delays,
    FirstTime,
    Flips,
    LateEvent,
    OpenSubject,
    PhaseCount,
    RecordKeeping,
    Silence,
    Stats,
    TurnedMeasure,
)


def stats_object(stats: Stats) -> Object:
    """Everything in one object, with a key for each section."""
    return {
        "schema": "planlog.stats/1",
        "from": point_object(stats.before),
        "to": point_object(stats.after),
        "silent": stats.silent,
        **dict(_sections(stats)),
    }


def lines(stats: Stats) -> Iterator[Object]:
    """The entries of all sections, each with the name of its section in front."""
    for name, found in _sections(stats):
        yield from ({"section": name, **entry} for entry in found)


def _sections(stats: Stats) -> Iterator[tuple[str, list[Object]]]:
    """Each section by its name, and its entries."""
    titles = {one.id: one.title for one in stats.after.measures}

    def about(one: TurnedMeasure | Silence | Flips | Delays) -> Object:
        return {"measure": one.measure, "title": titles[one.measure]}

    yield "counts", [{"field": one.field, **_count(one)} for one in stats.counts]
    yield "totals", [_count(one) for one in stats.totals]
    yield "implemented", [{**about(one), **_turned(one)} for one in stats.implemented]
    yield "dropped", [{**about(one), **_turned(one)} for one in stats.dropped]
    yield "silences", [{**about(one), **_silence(one)} for one in stats.silences]
    yield "flips", [{**about(one), **_flips(one)} for one in stats.flips]
    yield "delays", [{**about(one), **_delays(one)} for one in stats.delays]
    yield "typical", list(_typical(stats))
    yield "recording", list(_recording(stats.recording))
    yield "late", [_late(one) for one in stats.recording.late]
    yield "uncertain", [_uncertainty(one) for one in stats.uncertain]


def _count(one: PhaseCount) -> Object:
    return {
        "phase": one.phase,
        "listed": one.listed,
        "before": {"count": len(one.before), "measures": list(one.before)},
        "after": {"count": len(one.after), "measures": list(one.after)},
    }


def _turned(one: TurnedMeasure) -> Object:
    return {"phase": one.phase, "events": list(one.events)}


def _silence(one: Silence) -> Object:
    return {
        "phase": one.phase,
        "event": one.event,
        "on": one.on.text,
        "conferences": list(one.conferences),
    }


def _flips(one: Flips) -> Object:
    return {
        "phases": list(one.phases),
        "events": list(one.events),
        "returns": list(one.returns),
    }


def _delays(one: Delays) -> Object:
    return {
        "decided": _first(one.decided),
        "started": _first(one.started),
        "implemented": _first(one.implemented),
        "to_start": _span(one.to_start),
        "to_implementation": _span(one.to_implementation),
    }


def _first(one: FirstTime | None) -> Object | None:
    if one is None:
        return None
    return {
        "earliest": one.earliest.isoformat(),
        "latest": one.latest.isoformat(),
        "events": list(one.events),
    }


def _span(one: DaySpan | None) -> Object | None:
    if one is None:
        return None
    return {"least": one.least, "most": one.most, "or_before": one.or_before}


def _typical(stats: Stats) -> Iterator[Object]:
    for key, one in (
        ("to_start", stats.typical_start),
        ("to_implementation", stats.typical_implementation),
    ):
        if one is not None:
            measures = list(one.measures)
            yield {"key": key, "least": one.least, "most": one.most, "measures": measures}


def _recording(found: RecordKeeping) -> Iterator[Object]:
    for key, events in found.parts().items():
        yield {"key": key, "count": len(events), "events": list(events)}


def _late(one: LateEvent) -> Object:
    return {
        "event": one.event,
        "type": one.content.type,
        "on": one.content.on.text,
        "recorded": one.recorded.isoformat(),
        "conference": one.conference,
        "days": one.days,
        "backfilled": one.backfilled,
    }


def _uncertainty(one: OpenSubject) -> Object:
    return {"subject": one.kind, "id": one.id, "attributes": list(one.attributes)}
