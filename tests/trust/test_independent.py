"""What others make of what planlog writes, who have nothing of planlog: openssl and a few lines."""

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from planlog import MemoryStore, PlanAmended, PlanLog, PlanOpened
from planlog.trust.notes import SignedNote, Signer

DER: bytes = bytes.fromhex("302a300506032b6570032100")
"""What stands before an Ed25519 key where it is written as RFC 8410 has it."""


@pytest.fixture
def note() -> bytes:
    """A checkpoint of a small log, signed by two."""
    log = PlanLog(MemoryStore())
    log.record(PlanOpened(title="Plan"), on="2023", by="GWA")
    text = log.checkpoint().text
    signers = [Signer(name, bytes([number]) * 32) for number, name in enumerate(("a.b", "c.d"))]
    return SignedNote(text, tuple(signer.sign(text) for signer in signers)).whole.encode()


def read(note: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Part a note into what is signed, and the names and signatures below."""
    body, _, below = note.rpartition(b"\n\n")
    signatures = [line.split(" ") for line in below.decode().splitlines()]
    assert {"—"} == {dash for dash, _, _ in signatures}
    return body + b"\n", [(name, base64.b64decode(text)) for _, name, text in signatures]


class TestCheckpoint:
    def test_root_by_a_few_lines(self) -> None:
        """The three lines are what a program of a few lines makes of the raw lines of a log."""
        log = PlanLog(MemoryStore())
        log.record(PlanOpened(title="Plan"), on="2023", by="GWA")
        for number in range(12):
            log.record(PlanAmended(title=f"Plan {number}"), on="2023", by="GWA")
        origin, size, root, end = log.checkpoint().text.split("\n")
        assert ("13", "") == (size, end)
        assert f"planlog/{log.events()[0].id}" == origin
        assert base64.b64decode(root) == _tree([_leaf(line) for line in log.store.read()])


class TestSignature:
    @pytest.mark.parametrize("number", [0, 1])
    def test_by_openssl(self, note: bytes, number: int, tmp_path: Path) -> None:
        """Each signature is one that openssl verifies, for the text above the empty line."""
        openssl = shutil.which("openssl")
        if openssl is None:
            pytest.skip("openssl is not installed")
        body, signatures = read(note)
        name, signature = signatures[number]
        key = Signer(name, bytes([number]) * 32).key
        assert signature[:4] == hashlib.sha256(f"{name}\n\x01".encode() + key.public).digest()[:4]
        files = {"key": DER + key.public, "body": body, "signature": signature[4:]}
        for file, content in files.items():
            (tmp_path / file).write_bytes(content)
        command = [
            *(openssl, "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin"),
            *("-inkey", "key", "-in", "body", "-sigfile", "signature"),
        ]
        done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
        if "-rawin" in done.stderr:
            pytest.skip(f"this openssl knows no Ed25519: {done.stderr.strip()}")
        assert "Signature Verified Successfully" in done.stdout
        (tmp_path / "body").write_bytes(body.replace(b"1", b"2", 1))
        done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
        assert "Signature Verified Successfully" not in done.stdout


def _leaf(line: bytes) -> bytes:
    return hashlib.sha256(b"\0" + line).digest()


def _tree(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + _tree(leaves[:half]) + _tree(leaves[half:])).digest()
