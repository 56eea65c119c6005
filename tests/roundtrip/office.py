"""Lets LibreOffice open tables, do what a person does in them, and save them in every form.

``PYTHON tests/roundtrip/office.py JOB…`` with a Python that has LibreOffice's module ``uno``. Each
job is a file of JSON: the *table* to open, the *stem* of the files to save, and *typed*, what is
typed into which cells; where that is `None`, a row is inserted above the cell.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

FORMS: Final = {
    "xlsx": ("Calc MS Excel 2007 XML", ""),
    "ods": ("calc8", ""),
    # Semicolons and quotation marks; 1 is cp1252. Cells are saved as they are shown.
    "csv": ("Text - txt - csv (StarCalc)", "59,34,1,1,,0,false,true"),
}
"""The filter and its options for each ending."""

OPENING: Final = ("Text - txt - csv (StarCalc)", "59,34,76,1,,0,false,true")
"""The same for a text that is opened; 76 is UTF-8."""

_PATIENCE: Final = 25


def work(jobs: Sequence[Path]) -> None:
    """Do what *jobs* say, in one run of LibreOffice."""
    with _desktop() as (desktop, dispatcher):
        for job in jobs:
            told = json.loads(job.read_text("utf-8"))
            _edit(desktop, dispatcher, Path(told["table"]), Path(told["stem"]), told["typed"])


@contextmanager
def _desktop() -> Iterator[tuple[Any, Any]]:
    """LibreOffice with a profile of its own, so that nobody's settings or windows count."""
    import uno  # type: ignore[import-not-found]  # only LibreOffice's Python has it

    profile = tempfile.mkdtemp()
    accepting = f"pipe,name={Path(profile).name};urp"
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
            "--nodefault",
            f"--accept={accepting};",
        ]
    )
    try:
        context = _connected(uno.getComponentContext(), f"{accepting};StarOffice.ComponentContext")
        made = context.ServiceManager.createInstanceWithContext
        desktop = made("com.sun.star.frame.Desktop", context)
        yield desktop, made("com.sun.star.frame.DispatchHelper", context)
        desktop.terminate()
        office.wait(_PATIENCE)
    finally:
        office.kill()
        shutil.rmtree(profile, ignore_errors=True)


def _connected(local: Any, address: str) -> Any:
    import uno

    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:{address}")
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _edit(
    desktop: Any, dispatcher: Any, table: Path, stem: Path, typed: list[tuple[str, str | None]]
) -> None:
    name, options = OPENING if table.suffix == ".csv" else ("", "")
    given = _named(Hidden=True, **({"FilterName": name, "FilterOptions": options} if name else {}))
    document = desktop.loadComponentFromURL(table.as_uri(), "_blank", 0, given)
    frame = document.CurrentController.Frame

    def do(command: str, **arguments: str) -> None:
        dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, _named(**arguments))

    for cell, text in typed:
        do("GoToCell", ToPoint=cell)
        if text is None:
            do("InsertRowsBefore")
        else:
            do("EnterString", StringName=text)
    for ending, (name, options) in FORMS.items():
        saved = stem.with_suffix(f".{ending}").as_uri()
        document.storeToURL(saved, _named(FilterName=name, FilterOptions=options))
    document.close(True)


def _named(**values: Any) -> tuple[Any, ...]:
    from com.sun.star.beans import (  # type: ignore[import-not-found]  # uno makes it on the way
        PropertyValue,
    )

    found = []
    for name, value in values.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        found.append(one)
    return tuple(found)


if __name__ == "__main__":
    work([Path(job) for job in sys.argv[1:]])
