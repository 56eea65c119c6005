"""Record the story of Nordhang, an invented neighbourhood whose plan is seven years old.

``python -m tests.nordhang.story FOLDER`` wrote what lies beside this file. The log was opened in
2022 with what had happened since 2019; from then on recording follows what happens, sometimes
late, sometimes wrong at first. Its ids, salts and times follow from the story, so that recording
it again gives the same bytes.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.nordhang import catching_up, in_2022, in_2023, in_2024, in_2025, opening
from tests.nordhang.telling import Batch, record


def batches() -> Iterator[Batch]:
    """Tell the whole story in the order of recording."""
    for chapter in (opening, catching_up, in_2022, in_2023, in_2024, in_2025):
        yield from chapter.batches()


if __name__ == "__main__":
    record(batches(), Path(sys.argv[1]))
