"""A shelf of tables, one for each half-year, of a plan of some hundred measures: made, not real."""

import csv
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

FIELDS = ("Wohnen", "Soziales", "Kultur", "Gesundheit", "Verkehr", "Bildung", "Arbeit")
STAGES = ("in Prüfung", "begonnen", "umgesetzt", "Daueraufgabe", "ruht")
HEADINGS = ("ID", "Handlungsfeld", "Nr.", "Maßnahme", "Rang", "Stand", "Sachstand")
WORDS = ("Treff", "Garten", "Werkstatt", "Beratung", "Fest", "Kurs", "Netzwerk", "Spielplatz")
NOTE = "Träger und Kosten sind bis zur Sitzung {} zu klären; die Arbeitsgruppe berichtet."
RANKED = 12
"""How many measures of each field are on its priority list."""

MAP = """
coverage = "complete"

[columns]
measure = "ID"
field = "Handlungsfeld"
number = "Nr."
title = "Maßnahme"
rank = "Rang"
stage = "Stand"
note = "Sachstand"

[stages]
"in Prüfung" = "proposed"
"begonnen" = "started"
"umgesetzt" = "implemented"
"Daueraufgabe" = "ongoing"
"ruht" = "paused"
"""

Measure = dict[str, str]


def write_shelf(folder: Path, versions: int, measures: int) -> list[tuple[Path, date]]:
    """Write the map and *versions* tables to *folder*; return the tables and their days."""
    (folder / "map.toml").write_text(MAP, encoding="utf-8")
    written = []
    for number, plan in enumerate(_plans(versions, measures)):
        day = date(1990 + number // 2, 1 + number % 2 * 6, 1)
        path = folder / f"plan-{number + 1}.csv"
        with path.open("w", encoding="utf-8", newline="") as table:
            rows = csv.DictWriter(table, HEADINGS, delimiter=";")
            rows.writeheader()
            rows.writerows(plan)
        written.append((path, day))
    return written


def _plans(versions: int, measures: int) -> Iterator[list[Measure]]:
    """The plan at each version: of a hundred measures some twelve are told anew, one is another."""
    draw = random.Random(2023)
    plan = [_measure(draw, number) for number in range(measures)]
    for version in range(versions):
        if version:
            for index, one in enumerate(plan):
                plan[index] = _later(draw, one, version, measures * version + index)
        yield _ranked(draw, plan)


def _measure(draw: random.Random, number: int) -> Measure:
    return {
        "ID": f"m-{number}",
        "Handlungsfeld": FIELDS[number % len(FIELDS)],
        "Nr.": str(number // len(FIELDS) + 1),
        "Maßnahme": f"{draw.choice(WORDS)} im Quartier {number}",
        "Stand": STAGES[0],
        "Sachstand": "",
    }


def _later(draw: random.Random, one: Measure, version: int, new: int) -> Measure:
    chance = draw.random()
    if chance < 0.01:
        return _measure(draw, new)
    if chance < 0.03:
        return one | {"Maßnahme": f"{draw.choice(WORDS)} für alle {new}"}
    if chance < 0.12:
        return one | {"Stand": draw.choice(STAGES), "Sachstand": NOTE.format(version)}
    return one


def _ranked(draw: random.Random, plan: list[Measure]) -> list[Measure]:
    """*plan* with the first measures of each field on its list; now and then two change places."""
    found = []
    ranks = {field: list(range(1, RANKED + 1)) for field in FIELDS}
    for list_of_field in ranks.values():
        if draw.random() < 0.3:
            list_of_field[:2] = reversed(list_of_field[:2])
    for one in plan:
        left = ranks[one["Handlungsfeld"]]
        found.append(one | {"Rang": str(left.pop(0)) if left else ""})
    return found
