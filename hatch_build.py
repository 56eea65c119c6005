"""Compile the message catalogues while planlog is built or installed."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Put a compiled catalogue beside each one under ``src/planlog/locale``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are gathered, for a wheel and for an editable install."""
        for source in sorted(Path(self.root, "src/planlog/locale").glob("*/LC_MESSAGES/*.po")):
            with source.open("rb") as file:
                catalogue = read_po(file, domain=source.stem)
            with source.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue)
