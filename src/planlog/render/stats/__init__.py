"""What two points say about the course of a plan: counts, silence, flips, delays, lateness."""

from collections.abc import Sequence

from planlog.render.answer import Answer
from planlog.render.erased import Gap, gap_objects, gaps_told
from planlog.render.stats.objects import lines, stats_object
from planlog.render.stats.page import page
from planlog.render.stats.rows import COLUMNS, rows
from planlog.render.style import PLAIN, Format, Style
from planlog.stats import Stats
from planlog.timeline import Moment
from planlog.wording import Words

__all__ = ["COLUMNS", "render_stats"]


def render_stats(
    stats: Stats,
    format: Format,
    *,
    words: Words,
    moments: tuple[Moment, Moment],
    erased: Sequence[Gap] = (),
    style: Style = PLAIN,
) -> str:
    """Write *stats* about two *moments*; every number can be followed up by the ids beside it.

    *erased* are the texts that are missing at either.
    """
    return Answer(
        whole=lambda: {**stats_object(stats), "erased": gap_objects(erased)},
        items=lambda: lines(stats),
        columns=COLUMNS,
        rows=lambda: rows(stats),
        page=lambda: (*page(stats, words, moments), *gaps_told(erased, words)),
    ).written(format, style)
