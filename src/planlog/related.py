"""Which slots can matter for a subject: to fold only these takes a fraction of the time."""

from collections.abc import Iterable

from planlog.effects import MENTION, Subject, effects
from planlog.slots import Slot


class Related:
    """The slots of a fold by what they are about; one may come and go.

    What a subject is hangs on the slots that speak of it. The rank of a measure and what was
    decided about it through a list hang on the lists of the fields that these name as well.
    """

    def __init__(self, slots: Iterable[Slot] = ()) -> None:
        """Take in *slots*."""
        self._writing: dict[Subject, dict[str, Slot]] = {}
        self._naming: dict[Subject, dict[str, Slot]] = {}
        for slot in slots:
            self.enter(slot)

    def enter(self, slot: Slot) -> None:
        """Take in one slot."""
        for subject, attribute, _ in effects(slot):
            index = self._naming if attribute == MENTION else self._writing
            index.setdefault(subject, {})[slot.id] = slot

    def leave(self, slot: Slot) -> None:
        """Forget one slot."""
        for subject, attribute, _ in effects(slot):
            index = self._naming if attribute == MENTION else self._writing
            index[subject].pop(slot.id, None)

    def writing(self, subject: Subject) -> Iterable[Slot]:
        """The slots that set something of a subject."""
        return self._writing.get(subject, {}).values()

    def to(self, subjects: Iterable[Subject], *, lists: bool = True) -> list[Slot]:
        """The slots that can matter for *subjects*, by position.

        Without *lists*, ranks and what was decided through a list may come out otherwise.
        """
        found: dict[str, Slot] = {}
        for subject in subjects:
            found |= self._writing.get(subject, {})
            naming = self._naming.get(subject, {})
            # That a thing is spoken of lets it appear, and nothing else; but to be named on a list
            # gives a measure its rank.
            found |= naming if subject[0] == "measure" else dict(list(naming.items())[:1])
        if lists:
            fields = {
                subject
                for slot in found.values()
                for subject, _, _ in effects(slot)
                if subject[0] == "field"
            }
            for field in fields:
                found |= self._writing.get(field, {})
        return sorted(found.values(), key=lambda slot: slot.position)
