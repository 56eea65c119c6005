"""What git has stored, read without letting a repository's configuration run anything.

Only plumbing is used that starts no other program, and what could make it start one is switched
off: hooks, the monitor of the file system, and every way to fetch what is missing.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import attrs

_SETTINGS: Final = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    # What is asked is what is stored; a file beside it may say anything else.
    "core.commitGraph=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
)
_ENVIRONMENT: Final = {
    # None may be used, whatever a repository allows for single ones.
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


BROKEN: Final = "broken"
"""The type of what is there and cannot be read."""
PATIENCE: Final = 600.0
"""How many seconds git may take: who made a repository can let it wait for ever."""

_SILENT: Final = b"git took too long, or ended before it had answered"


class Stored(NamedTuple):
    """An object in git's store."""

    id: str
    type: str
    size: int


def has_repository(folder: Path) -> bool:
    """Whether *folder*, or one above it, seems to be kept with git."""
    return any(os.path.lexists(one / ".git") for one in (folder, *folder.parents))


def find_git(folder: Path, search_path: str | None = None) -> str | None:
    """Return where git is installed, but for one that lies in *folder* itself."""
    import shutil

    searched = os.environ.get("PATH", os.defpath) if search_path is None else search_path
    absolute = [one for one in searched.split(os.pathsep) if os.path.isabs(one)]
    found = shutil.which("git", path=os.pathsep.join(absolute))
    # Windows looks into the current folder as well, whatever is searched.
    if found is None or not os.path.isabs(found):
        return None
    if Path(found).resolve().is_relative_to(folder.resolve()):
        return None
    return found


@attrs.frozen
class Git:
    """The *program* git, asked about the repository that *folder* lies in.

    Raises `subprocess.CalledProcessError` where it does not answer.
    """

    program: str
    folder: Path

    def answer(self, *arguments: str, fine: tuple[int, ...] = (0,)) -> bytes:
        """Return what git says to *arguments*."""
        command = self._command(arguments)
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=_environment(),
                check=False,
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired:
            raise subprocess.CalledProcessError(1, command, b"", _SILENT) from None
        if done.returncode not in fine:
            raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
        return done.stdout

    def objects(self) -> Iterator[Stored]:
        """Give every object that is stored, those too that nothing refers to any more."""
        listed = self.answer("cat-file", "--batch-check", "--batch-all-objects", "--unordered")
        for line in listed.decode().splitlines():
            id, type, *size = line.split(" ")
            yield Stored(id, type, int(size[0])) if size else Stored(id, BROKEN, 0)

    def contents(self, wanted: Iterable[Stored]) -> Iterator[tuple[Stored, bytes]]:
        """Give the contents of the objects *wanted*, one after another, from one process."""
        import tempfile
        import threading

        ordered = list(wanted)
        command = self._command(("cat-file", "--batch", "--buffer"))
        with tempfile.TemporaryFile() as ids, tempfile.TemporaryFile() as complaints:
            ids.write("".join(f"{one.id}\n" for one in ordered).encode())
            ids.seek(0)
            with subprocess.Popen(
                command, stdin=ids, stdout=subprocess.PIPE, stderr=complaints, env=_environment()
            ) as process:
                assert process.stdout is not None
                watch = threading.Timer(PATIENCE, process.kill)
                watch.start()
                try:
                    for one in ordered:
                        header = process.stdout.readline()
                        content = process.stdout.read(one.size + 1)[:-1]
                        if header != f"{one.id} {one.type} {one.size}\n".encode():
                            complaints.seek(0)
                            said = complaints.read() or header or _SILENT
                            raise subprocess.CalledProcessError(1, command, b"", said)
                        yield one, content
                finally:
                    watch.cancel()
                    process.kill()

    def _command(self, arguments: Iterable[str]) -> list[str]:
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        return [self.program, "--no-pager", *settings, "-C", str(self.folder), *arguments]


def _environment() -> Mapping[str, str]:
    """The environment without what would lead git elsewhere."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return {**kept, **_ENVIRONMENT}
