"""What has to be confirmed before a table can be taken: which measure a row may be, and why."""

from collections.abc import Iterator
from typing import assert_never

from planlog.render.objects import Object
from planlog.versions.matching.answers import Ground, Suggestion
from planlog.wording import Words


def suggestion_told(suggestion: Suggestion, words: Words) -> str:
    """Tell what is likely of which rows and measures, and what speaks for it."""
    rows = ", ".join(
        _titled(name, row.cells.get("title"))
        for name, row in zip(suggestion.names, suggestion.rows, strict=True)
    )
    titles = suggestion.titles or (None,) * len(suggestion.measures)
    measures = ", ".join(
        _titled(id, title) for id, title in zip(suggestion.measures, titles, strict=True)
    )
    match suggestion.kind:
        case "same":
            text = words("{rows} may be the measure {measures}", rows=rows, measures=measures)
        case "merged":
            text = words("{rows} may be what became of {measures}", rows=rows, measures=measures)
        case "split":
            text = words("{measures} may have become {rows}", rows=rows, measures=measures)
        case _:
            assert_never(suggestion.kind)
    told = [
        *(_ground(ground, suggestion, words) for ground in suggestion.grounds),
        *_against(suggestion, words),
    ]
    return f"{suggestion.rows[0].place}: {text} ({'; '.join(told)})"


def suggestion_object(suggestion: Suggestion) -> Object:
    """The same as it stands in JSON."""
    return {
        "kind": suggestion.kind,
        "rows": [
            {"row": name, "place": row.place, "title": row.cells.get("title")}
            for name, row in zip(suggestion.names, suggestion.rows, strict=True)
        ],
        "measures": list(suggestion.measures),
        "titles": list(suggestion.titles),
        "likeness": round(suggestion.likeness, 2),
        "grounds": list(suggestion.grounds),
        "otherwise": list(suggestion.otherwise),
        "displaced": [row.place for row in suggestion.displaced],
        "contested": suggestion.contested,
    }


def _titled(name: str, title: str | None) -> str:
    return f"{name} “{title}”" if title and title != name else name


def _against(suggestion: Suggestion, words: Words) -> Iterator[str]:
    """What is so without it, and what else may be."""
    for name, id in zip(suggestion.names, suggestion.otherwise, strict=True):
        yield (
            words("else {row} is a new measure", row=name)
            if id is None
            else words("else {row} is {measure}", row=name, measure=id)
        )
    if suggestion.contested:
        yield words("but something else is just as likely")


def _ground(ground: Ground, suggestion: Suggestion, words: Words) -> str:
    match ground:
        case "key":
            return words("the same key, spelt otherwise")
        case "number":
            return words("the same number")
        case "title":
            return words("the titles are {n} % alike", n=round(100 * suggestion.likeness))
        case "parts":
            return words("the number is made of the other")
        case _:
            assert_never(ground)
