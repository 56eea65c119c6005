"""References to measures and fields whose numbers and titles have changed."""

from tests.cli.running import Folder


def renumbered(folder: Folder) -> None:
    """Record two measures of which the second takes the number of the first."""
    folder.do("init", "Plan", "--language", "de", "--on", "2021-01-01")
    folder.do("add-field", "wohnen", "Wohnen", "--on", "2021-01-01")
    for number in ("16", "17"):
        folder.do("propose", "wohnen", f"Titel {number}", "--number", number, "--on", "2021-01-01")
    folder.do("amend", "wohnen-16", "--number", "18", "--on", "2022-01-01")
    folder.do("amend", "wohnen-17", "--number", "16", "--on", "2022-01-01")


class TestNumbers:
    def test_reading(self, empty: Folder) -> None:
        """A number means the measure that carried it at the point asked about."""
        renumbered(empty)
        assert "Titel 16" in empty.do("show", "wohnen/16", "--at", "2021-06-01")
        assert "Titel 17" in empty.do("show", "wohnen/16")
        assert "Titel 17" in empty.do("history", "wohnen/17", "--at", "2021-06-01")

    def test_recording(self, empty: Folder) -> None:
        """A number means the measure that carries it today, whatever is planned for later."""
        renumbered(empty)
        empty.do("amend", "wohnen-17", "--number", "99", "--on", "2099-01-01")
        empty.do("amend", "wohnen-16", "--number", "16", "--on", "2099-01-01")
        empty.do("start", "wohnen/16", "--on", "2023-01-01")
        assert "begonnen" in empty.do("show", "wohnen-17", "--lang", "de")

    def test_only_later(self, empty: Folder) -> None:
        """A number that means nothing today means what it will mean."""
        renumbered(empty)
        empty.do("amend", "wohnen-17", "--number", "99", "--on", "2099-01-01")
        assert "wohnen-17" in empty.do("show", "wohnen/99", "--lang", "en")

    def test_fields(self, empty: Folder) -> None:
        """A field's title means the field that has it today."""
        renumbered(empty)
        empty.do("add-field", "zuhause", "Zuhause", "--on", "2021-01-01")
        empty.do("amend-field", "wohnen", "Zuhause", "--on", "2099-01-01")
        empty.do("propose", "Zuhause", "Neu", "--number", "1", "--on", "2023-01-01")
        assert "zuhause-1" in empty.do("show", "zuhause-1", "--lang", "en")
