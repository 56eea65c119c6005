"""How a version is called that nobody gave a name."""

from datetime import date

import pytest

from planlog.cli.version_ids import version_id
from planlog.dates import InexactDate
from planlog.plan import Conference, Plan, Version

DAY = date(2023, 3, 16)
OTHER = date(2024, 3, 16)


def of(id: str, day: date | str = DAY, document: str | None = "0") -> Version:
    """A version that the log has."""
    on = InexactDate.parse(day) if isinstance(day, str) else InexactDate.of(day)
    return Version(id=id, on=on, coverage="complete", document=document)


def named(file: str, *versions: Version, document: str = "1", day: date = DAY) -> str:
    """What a file is called in a log that has *versions*."""
    conferences = (Conference(id="stk-3", on=InexactDate.of(OTHER)),)
    return version_id(file, document, day, Plan(versions=versions, conferences=conferences))


class TestVersionId:
    @pytest.mark.parametrize(
        ("file", "name"),
        [
            ("plan.xlsx", "plan"),
            ("plans/Maßnahmenplan 2023 (Entwurf).xlsx", "massnahmenplan-2023-entwurf"),
            ("plan.v2.csv", "plan-v2"),
            ("Ελλάδα-2.csv", "version-2023-03-16"),
            ("план x.csv", "x"),
            ("2023-03-16.csv", "version-2023-03-16"),
            ("16.03.2021.csv", "version-2023-03-16"),
            ("2021.csv", "version-2023-03-16"),
            ("today.csv", "version-2023-03-16"),
            ("---.csv", "version-2023-03-16"),
            ("stk-3.csv", "stk-3-2023-03-16"),
        ],
    )
    def test_comes_from_the_file(self, file: str, name: str) -> None:
        """It is made from the file's name, where that is no date and no conference's id."""
        assert name == named(file)

    def test_of_the_same_file_each_year(self) -> None:
        """Where the name is that of another day, the day stands behind it."""
        assert "plan-2023-03-16" == named("plan.xlsx", of("plan", OTHER))
        assert "plan-2023-03-16" == named("plan.xlsx", of("plan", "2023"))

    def test_of_the_same_day(self) -> None:
        """A file of a day is called the same when it comes again, whatever came in between."""
        assert "plan" == named("plan.xlsx", of("plan"))
        there = (of("plan", OTHER), of("plan-2023-03-16"))
        assert "plan-2023-03-16" == named("plan.xlsx", *there)

    def test_of_the_same_document(self) -> None:
        """A document that is a version of the day keeps its name, however its file is called."""
        assert "v-2" == named("plan.xlsx", of("v-1"), of("v-2", document="1"))
        assert "plan" == named("plan.xlsx", of("v-2", OTHER, document="1"))
        assert "plan" == named("plan.xlsx", of("v-2", "2023-03", document="1"))

    def test_is_free(self) -> None:
        """A name that is taken with the day behind it gets a number."""
        there = (of("plan", OTHER), of("plan-2023-03-16", OTHER))
        assert "plan-2023-03-16-2" == named("plan.xlsx", *there)
