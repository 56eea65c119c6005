"""Names, e-mail addresses and telephone numbers in free text."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import attrs
import pytest

from planlog.checks import check
from planlog.checks.privacy import emails_in, names_in, phones_in
from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Event,
    FieldAdded,
    Noted,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Retracted,
    VersionRecorded,
)
from tests.checks.examples import SOUND, found, reported
from tests.histories import Entry, id_at, log

LENGTH = 65_000
"""How long a text can be."""


class TestNames:
    """Tests for `names_in`."""

    @pytest.mark.parametrize(
        "name",
        [
            "Herr Meier",
            "Herrn Meier",
            "Hr. Meier",
            "Frau Meier",
            "Fr. Meier",
            "Fr.Meier",
            "Familie Meier",
            "Dr. Meier",
            "Dr.-Ing. Meier",
            "Prof. Meier",
            "Prof. Dr. med. dent. Meier",
            "Prof.Dr.Meier",
            "Frau Dr. Meier",
            "Herr Prof. Dr. Dr. h. c. mult. Meier",
            "Mr Smith",
            "Mr. Smith",
            "Mrs Smith",
            "Mrs. Smith",
            "Ms Smith",
            "Ms. Smith",
            "Miss Smith",
            "Mr O’Neill",
            "Mr O'Neill",
            "Frau Müller-Lüdenscheidt",
            "Frau Müller-Meier-Schulze",
            "Frau Özil",
            "Frau O\u0308zil",
            "Frau Şahin",
            "Herr Łukasz",
            "Herr Дмитриев",
            "Frau A. Meier",
            "Frau A. M. Meier",
            "Frau von Meier",
            "Frau von der Leyen",
            "Herr van den Berg",
            "Herr al-Ahmad",
            "Dr Meier",
            "Herr Prof Dr Meier",
            "Frau zu Guttenberg",
            "Frau ten Brink",
            "Frau d'Avila",
            "Fam. Yilmaz",
        ],
    )
    def test_found(self, name: str) -> None:
        """A form of address or a title with a name behind it is found, whatever is around it."""
        for text in (name, f"bei {name}, GWA", f"({name})", f"„{name}“", f"Leitung:{name}."):
            assert [name] == list(names_in(text)), text

    def test_several(self) -> None:
        """All of them are found, in their order."""
        text = "Frau Schulze und Frau Dr. Meier sowie Familie Öztürk; Herr und Frau Lange"
        expected = ["Frau Schulze", "Frau Dr. Meier", "Familie Öztürk", "Frau Lange"]
        assert expected == list(names_in(text))

    @pytest.mark.parametrize("space", ["\n", "\u00a0", "  ", "\t"])
    def test_spaces(self, space: str) -> None:
        """A name may stand in the next line."""
        assert ["Herr Dr. Meier"] == list(names_in(f"Herr{space}Dr.{space}Meier"))

    @pytest.mark.parametrize(
        "text",
        [
            "Frauen Meier",
            "Frauenhaus Oldenburg",
            "Herren Meier",
            "Damen und Herren Vertreter",
            "Frau und Beruf",
            "Familie und Beruf",
            "Familie, Kinder, Jugend",
            "von Frau zu Frau",
            "Herr der Ringe",
            "Frau M.",
            "Frau z. B. Beratung",
            "Frau 2",
            "Quartiersmanagement",
            "Missbrauch Kinder",
            "Mississippi Dampfer",
            "frau meier",
            "",
        ],
    )
    def test_no_name(self, text: str) -> None:
        """What only begins like a form of address, or names nobody, is not found."""
        assert [] == list(names_in(text))

    @pytest.mark.parametrize(
        "text",
        [
            "Dr.-Meier-Straße",
            "Dr.-Schüßler-Str. 5",
            "Prof.-Schmidt-Platz",
            "Dr. Schüßler Straße",
            "Dr. Schüßler Str. 5",
            "Dr. Schüßler-Straße",
            "Dr. Schüßlerstraße",
            "Dr. Martin Luther King Straße",
            "Dr.-Meier-Schule",
            "Prof. Schmidt Haus",
            "Frau-Holle-Weg",
        ],
    )
    def test_places(self, text: str) -> None:
        """A street or a school is called after somebody and is nobody."""
        assert [] == list(names_in(text))

    def test_people_in_places(self) -> None:
        """A place that is told of besides hides nobody."""
        for text in ("Dr. Meier in der Schule", "Frau Meier Platz für Kinder"):
            assert 1 == len(list(names_in(text)))

    @pytest.mark.parametrize(
        "text",
        [
            "damit jede Frau Zugang hat",
            "für jede Familie Platz",
            "keine Familie Ahlhorns",
            "je Familie Euro",
            "Mo.-Fr. Beratung",
            "Mo – Fr. Beratung",
            "Di bis Fr. Sprechstunde",
            "Mi, Fr. Treff",
            "Fr. Vormittag",
            "Treff Fr. Nachmittags",
            "Familie zu Hause",
            "Herr Bürgermeister",
            "Frau Sozialministerin und andere",
            "Familie Jugend und Soziales",
        ],
    )
    def test_nobody_addressed(self, text: str) -> None:
        """Any woman, any family and Friday are not addressed."""
        assert [] == list(names_in(text))

    def test_who_holds_an_office(self) -> None:
        """An office with a name behind it is somebody."""
        assert ["Frau Bürgermeisterin"] == list(names_in("Frau Bürgermeisterin Meier"))

    def test_wednesday(self) -> None:
        """The day before a name hides nobody."""
        assert ["Frau Meier"] == list(names_in("Mi, Frau Meier"))


class TestEmails:
    """Tests for `emails_in`."""

    @pytest.mark.parametrize(
        "address",
        [
            "meier@ahlhorn.example",
            "j.meier+plan@quartier.gross-kneten.example",
            "MEIER@AHLHORN.DE",
            "müller@bücher.example",
            "a@b.de",
            "0441_a-b%c@x1.de",
            "info(at)ahlhorn.de",
        ],
    )
    def test_found(self, address: str) -> None:
        """An ordinary address is found, whatever is around it."""
        for text in (
            address,
            f"Mail: {address}.",
            f"<{address}>",
            f"mailto:{address}",
            f"/{address},",
        ):
            assert [address] == list(emails_in(text)), text

    def test_several(self) -> None:
        """All of them are found."""
        assert ["a@b.de", "c@d.de"] == list(emails_in("a@b.de;c@d.de"))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "@",
            "@ahlhorn",
            "@ahlhorn.de",
            "meier@ahlhorn",
            "meier @ ahlhorn.de",
            "meier@ahlhorn.7",
            "a@b.c",
            "10@2.50",
            "meier (at) home",
            "Instagram: @jugendpflege",
        ],
    )
    def test_no_address(self, text: str) -> None:
        """Names in networks, prices and what has no domain are not found."""
        assert [] == list(emails_in(text))


class TestPhones:
    """Tests for `phones_in`."""

    @pytest.mark.parametrize(
        "number",
        [
            "0441 123456",
            "04435/600-123",
            "04435 / 600 123",
            "(04435) 6000",
            "(0441) 12 34-56",
            "0171-1234567",
            "0171 12 34 56 7",
            "01711234567",
            "0441–123456",
            "0441\u00a0123456",
            "030 123456",
            "0800 1234567",
            "+49 441 123456",
            "+49441123456",
            "+49 (0)441 / 12 34 56",
            "0049 441 123456",
            "+41 44 668 18 00",
            "+1 212 555 0100",
        ],
    )
    def test_found(self, number: str) -> None:
        """A number with the code of a town, a network or a country is found in any notation."""
        for text in (number, f"Tel.: {number}.", f"Tel.{number}, Fax", f"Folie 6 {number}"):
            assert [number] == list(phones_in(text)), text

    def test_several(self) -> None:
        """All of them are found, and no more than them."""
        text = "0441 123456, 16.03.2023 oder (0441 654321) am 0171 1234567 16 Uhr"
        assert ["0441 123456", "0441 654321", "0171 1234567"] == list(phones_in(text))

    def test_day_behind(self) -> None:
        """A day behind a number does not belong to it."""
        assert ["0441 123456"] == list(phones_in("0441 123456 16.03.2023"))

    @pytest.mark.parametrize(
        "text",
        [
            "2023",
            "16.03.2023",
            "01.02.2023",
            "01-02-2023",
            "01/02/2023",
            "01022023",
            "2023-03-16",
            "2020-09-18/2023-03-16",
            "2021/2022",
        ],
    )
    def test_days(self, text: str) -> None:
        """Days and years are no telephone numbers."""
        assert [] == list(phones_in(text))

    @pytest.mark.parametrize(
        "text",
        [
            "2023-16",
            "BV/2023/017",
            "BV 012/2023",
            "045-2023-1",
            "00123/2023-001",
            "2023-0441-123456",
            "BV-0123/23",
            "1.10",
            "007",
            "S. 045-078",
            "S. 12, 13",
            "0163729384ab",
            "0163729384756102",
            "01067 Dresden",
            "978-3-16-148410-0",
        ],
    )
    def test_labels(self, text: str) -> None:
        """Numbers of files, papers, measures, pages, events and towns are none either."""
        assert [] == list(phones_in(text))

    @pytest.mark.parametrize(
        "text",
        [
            "2.500 €",
            "1.000.000",
            "10 000 000",
            "+10 000 000 €",
            "+100 000 000 €",
            "+100 000 000 Euro",
            "0,50",
            "09:00-18:00",
            "0800-1600 Uhr",
            "DE89 3704 0044 0532 0130 00",
            "DE02120300000000202051",
            "BE68 5390 0754 7034",
        ],
    )
    def test_amounts(self, text: str) -> None:
        """Nor are amounts, times of day and bank accounts."""
        assert [] == list(phones_in(text))


HOSTILE: list[tuple[Callable[[str], Iterator[str]], str]] = [
    *(
        (names_in, text)
        for text in (
            "Frau ",
            "Frau A. ",
            "Dr. ",
            "Dr. med. ",
            "Dr. A A A ",
            "Frau von der ",
            "Mo. - ",
            "jede ",
            "Frau A-",
            "Dr ",
            "Frau zu ",
            "Fr. ",
            "Frau d'",
            " ",
            "A",
        )
    ),
    *((emails_in, text) for text in ("a@", "a.", "a@a.", "@", "-", "a", "a@a", "a(at)", "(at)")),
    *(
        (phones_in, text)
        for text in ("0", "0441 ", "0441/", "(0", "+4", "1 ", "0441 - ( ", "DE89 ", "AB12ABCD ")
    ),
]


class TestTime:
    @pytest.mark.parametrize(("search", "repeated"), HOSTILE)
    @pytest.mark.parametrize("beginning", ["", "Frau ", "a@", "0441 "])
    def test_grows_with_the_length(
        self, search: Callable[[str], Iterator[str]], repeated: str, beginning: str
    ) -> None:
        """The longest text takes no time to speak of, however it was made up."""
        text = beginning + repeated * (LENGTH // len(repeated))
        begun = time.process_time()
        for _ in search(text):
            pass
        # A hundred times what it takes. Were it the square of the length, it would be minutes.
        assert time.process_time() - begun < 5


class TestWhere:
    """Tests for which texts are looked at."""

    CODES = ("name-in-text", "email-in-text", "phone-in-text")
    TEXT = "Frau Meier, meier@ahlhorn.de, 0441 123456"

    @pytest.mark.parametrize(
        ("event", "key"),
        [
            (PlanOpened(title=TEXT), "title"),
            (PlanOpened(title="Plan", place=TEXT), "place"),
            (PlanOpened(title="Plan", programme=TEXT), "programme"),
            (FieldAdded(field="soziales", title="S", number=TEXT), "number"),
            (ConferenceHeld(conference="stk-4", title=TEXT, kind="council"), "title"),
            (Proposed(measure="wohnen-16", description=TEXT), "description"),
            (Proposed(measure="wohnen-16", responsible=["GWA", TEXT]), "responsible"),
            (Proposed(measure="wohnen-16", partners=[TEXT]), "partners"),
            (Proposed(measure="wohnen-16", attributes={"Ort": "A", "Wer": TEXT}), "attributes.Wer"),
            (Amended(measure="wohnen-16", attributes={"Ort": None, "Wer": TEXT}), "attributes.Wer"),
            (Amended(measure="wohnen-16", cost=TEXT), "cost"),
            (Amended(measure="wohnen-16", funding=TEXT), "funding"),
            (Rated(measure="wohnen-16", level=TEXT), "level"),
            (Progressed(measure="wohnen-16", stage=TEXT), "stage"),
            (Progressed(measure="wohnen-16", note=TEXT), "note"),
            (Decided(conference="stk-3", outcome="noted", text=TEXT), "text"),
            (Decided(conference="stk-3", outcome="noted", reference=TEXT), "reference"),
            (Noted(text=TEXT), "text"),
            (VersionRecorded(version="d", title=TEXT, coverage="complete", attributes=()), "title"),
        ],
    )
    def test_data(self, event: Event, key: str) -> None:
        """Every free text of an event is looked at, and its key is named."""
        for code in self.CODES:
            (finding,) = found(code, [*SOUND, (event, "2023-05-04")])
            assert ("warning", 7) == (finding.severity, finding.position)
            assert (f"data.{key}",) == finding.details["keys"]

    @pytest.mark.parametrize("key", ["source", "reason", "by"])
    def test_around(self, key: str) -> None:
        """So is what stands around the data."""
        events = [*log(*SOUND)]
        said: dict[str, Any] = {key: self.TEXT}
        events[4] = attrs.evolve(events[4], **said)
        findings = check(events, date(2023, 6, 30))
        assert [(code, 4, (key,)) for code in self.CODES] == [
            (finding.code, finding.position, finding.details["keys"]) for finding in findings
        ]

    @pytest.mark.parametrize(
        "event",
        [
            Rated(measure=TEXT, level=None),
            Proposed(measure=TEXT, title="Frau und Beruf"),
            Prioritized(field="wohnen", ranking=[TEXT]),
            Decided(conference="stk-3", outcome="noted", measures=[TEXT]),
            VersionRecorded(
                version="d",
                coverage="excerpt",
                attributes=("title",),
                measures={TEXT: ("title",)},
                document="0" * 64,
            ),
        ],
    )
    def test_ids(self, event: Event) -> None:
        """An id names a thing and is not looked at."""
        for code in self.CODES:
            assert [] == found(code, [*SOUND, (event, "2023-05-04")])

    def test_once_an_event(self) -> None:
        """An event has one finding of a kind, with every text once and all its keys."""
        said = Proposed(
            measure="wohnen-16",
            description="Frau Meier und Herr Lange",
            note="Frau Meier",
            partners=["Herr Lange", "Familie Öztürk"],
        )
        (finding,) = found("name-in-text", [*SOUND, (said, "2023-05-04")])
        assert ("Frau Meier", "Herr Lange", "Familie Öztürk") == finding.details["found"]
        assert ("data.description", "data.partners", "data.note") == finding.details["keys"]
        assert (
            "proposed 2023-05-04 (0000000000000007) seems to name a person in 'data.description', "
            "'data.partners', 'data.note': 'Frau Meier', 'Herr Lange', 'Familie Öztürk'; correct "
            "it, naming a role or an organisation instead"
        ) == str(finding)

    def test_what_holds_now(self) -> None:
        """What was corrected or taken back is not found any more; what it says instead is."""
        entries: list[Entry] = [*SOUND, reported("Frau Meier")]
        mended: Entry = (Progressed(measure="wohnen-16", note="GWA"), "2023-05-04", 7)
        worse: Entry = (Progressed(measure="wohnen-16", note="Herr Lange"), "2023-05-04", 7)
        taken_back: Entry = (Retracted(event=id_at(7)), "2023-05-04")
        assert [] == found("name-in-text", [*entries, mended])
        assert [] == found("name-in-text", [*entries, taken_back])
        assert [8] == [one.position for one in found("name-in-text", [*entries, worse])]

    def test_retractions(self) -> None:
        """A retraction gives a reason, too; one that was taken back itself says nothing more."""
        said = "Frau Meier (04435/600-123, a@b.de) hat widersprochen"
        events = log(*SOUND, reported("GWA"), (Retracted(event=id_at(7)), "2023-05-04"))
        told = (*events[:8], attrs.evolve(events[8], reason=said))
        assert ["name-in-text", "email-in-text", "phone-in-text"] == [
            one.code for one in check(told, date(2023, 6, 30)) if one.position == 8
        ]
        (name, *_) = (one for one in check(told, None) if one.position == 8)
        assert str(name).endswith(
            "take it back, and record it anew naming a role or an organisation"
        )
        (again,) = log((Retracted(event=id_at(8)), "2023-05-05"))
        undone = (*told, attrs.evolve(again, position=9, id=id_at(9)))
        assert [] == [one for one in check(undone, date(2023, 6, 30)) if one.position == 8]

    def test_sound(self) -> None:
        """A role records, and a document is the source: nothing is said."""
        events: tuple[RecordedEvent, ...] = log(*SOUND)
        assert {"Quartiersmanagement"} == {event.by for event in events}
        assert () == check(events, date(2023, 6, 30))
