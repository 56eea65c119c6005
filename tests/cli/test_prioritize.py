"""``planlog prioritize``."""

from tests.cli.running import Folder


def ranking(folder: Folder, point: str = "today") -> tuple[str, ...]:
    """The list of the field Wohnen."""
    return folder.log.plan(point).field("wohnen").ranking


class TestPrioritize:
    def test_whole_list(self, plan: Folder) -> None:
        """The list is set as given, and a bare number means the field's own measure."""
        plan.do("prioritize", "wohnen", "16", "1", "--on", "stk-3")
        assert ("wohnen-16", "wohnen-1") == ranking(plan)

    def test_any_reference(self, plan: Folder) -> None:
        """Ids and field with number will do as well, also those of another field."""
        plan.do("prioritize", "1", "wohnen-1", "gesundheit/16", "--on", "stk-3")
        assert ("wohnen-1", "gesundheit-16") == ranking(plan)

    def test_number_of_another_field(self, plan: Folder) -> None:
        """A bare number that only another field has is refused."""
        plan.do("propose", "gesundheit", "Picknick", "--number", "20", "--on", "2021")
        words = plan.refused("prioritize", "wohnen", "20", "--on", "stk-3", "--lang", "en")
        assert "no measure fits 'wohnen/20'" in words

    def test_exact_id_wins(self, plan: Folder) -> None:
        """A measure whose id looks like a number of the field is meant by it."""
        plan.do("propose", "-", "Kurz", "--id", "16", "--on", "2021")
        plan.do("prioritize", "wohnen", "16", "--on", "stk-3")
        assert ("16",) == ranking(plan)

    def test_append(self, plan: Folder) -> None:
        """Appending writes the whole list of that day with the new ones behind."""
        plan.do("prioritize", "wohnen", "16", "--on", "stk-2")
        plan.do("prioritize", "wohnen", "--append", "1", "--on", "stk-3")
        assert ("wohnen-16", "wohnen-1") == ranking(plan)
        assert ("wohnen-16",) == ranking(plan, "stk-2")

    def test_append_before_there_is_a_list(self, plan: Folder) -> None:
        """Appending to nothing begins a list; what a later day lists does not count."""
        plan.do("prioritize", "wohnen", "16", "--on", "stk-3")
        plan.do("prioritize", "wohnen", "--append", "1", "--on", "2020-01-01")
        assert ("wohnen-1",) == ranking(plan, "2020-01-01")

    def test_append_twice(self, plan: Folder) -> None:
        """What is on the list already is not put there again."""
        plan.do("prioritize", "wohnen", "16", "--on", "stk-2")
        words = plan.refused(
            "prioritize", "wohnen", "--append", "16", "--on", "stk-3", "--lang", "en"
        )
        assert "data.ranking[1]: expected each id once, got 'wohnen-16' again" in words

    def test_clear(self, plan: Folder) -> None:
        """A list can be emptied on purpose."""
        plan.do("prioritize", "wohnen", "16", "--on", "stk-2")
        plan.do("prioritize", "wohnen", "--clear", "--on", "stk-3")
        assert () == ranking(plan)

    def test_never_by_accident(self, plan: Folder) -> None:
        """Without measures nothing is written, nor with measures and --clear."""
        for arguments in ((), ("--append",), ("--clear", "16"), ("--clear", "--append")):
            words = plan.refused(
                "prioritize", "wohnen", *arguments, "--on", "stk-3", "--lang", "en"
            )
            assert "name the measures on the list, best first" in words

    def test_needs_a_day(self, plan: Folder) -> None:
        """A list that is appended to is the list of a day."""
        words = plan.refused("prioritize", "wohnen", "--append", "16", "--lang", "en")
        assert "say when it happened" in words
