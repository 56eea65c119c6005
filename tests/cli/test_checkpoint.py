"""``planlog checkpoint``."""

import base64
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from planlog import PlanLog
from planlog.stores.checkpointfiles import KeptCheckpoint, read_checkpoints
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.notes import SignedNote, Signer, VerifierKey, verified
from planlog.trust.spoken import Spoken, parse_spoken
from tests.cli.running import Folder, Outcome

COUNCIL = Signer("council.example", bytes([1]) * 32)
RESIDENTS = Signer("residents.example", bytes([2]) * 32)


def lines_of(plan: Folder) -> list[bytes]:
    """The raw lines of the log."""
    paths = sorted((plan.path / "events").glob("*.jsonl"))
    return [line for path in paths for line in path.read_bytes().splitlines()]


def root(lines: Sequence[bytes]) -> bytes:
    """The root of *lines*, as RFC 9162 defines it."""
    if len(lines) == 1:
        return hashlib.sha256(b"\0" + lines[0]).digest()
    split = 1 << (len(lines) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(lines[:split]) + root(lines[split:])).digest()


def kept(plan: Folder) -> tuple[KeptCheckpoint, ...]:
    """The checkpoints in the folder."""
    return read_checkpoints(plan.path / "checkpoints")


def note_in(plan: Folder, name: str) -> SignedNote:
    """A signed checkpoint in the folder."""
    return SignedNote.parse((plan.path / "checkpoints" / name).read_bytes())


def text_of(plan: Folder, size: int, origin: str | None = None) -> str:
    """The checkpoint of that *size*, as anybody can compute it."""
    encoded = base64.b64encode(root(lines_of(plan)[:size])).decode()
    return f"{origin or plan.log.origin}\n{size}\n{encoded}\n"


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, str]:
    """The files of two secret keys, outside of any plan."""
    files = {}
    for signer in (COUNCIL, RESIDENTS):
        path = tmp_path / "keys" / signer.name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{signer.text}\n")
        path.chmod(0o600)
        files[signer.name] = str(path)
    return files


class TestNewCheckpoint:
    def test_is_kept(self, plan: Folder) -> None:
        """The three lines of the present size are in a file that is named after it."""
        outcome = plan.run("checkpoint", "--lang", "en")
        assert (0, "written to checkpoints/0000000008.checkpoint\n") == (
            outcome.code,
            outcome.words,
        )
        written = (plan.path / "checkpoints" / "0000000008.checkpoint").read_bytes()
        assert text_of(plan, 8).encode() == written

    def test_sheet_for_the_minutes(self, plan: Folder) -> None:
        """What is printed has the lines as they are, what is read out, and how to check it."""
        sheet = plan.do("checkpoint", "--at", "stk-3", "--lang", "en")
        spoken = Spoken.of(Checkpoint.parse(text_of(plan, 8).encode())).text
        recorded = f"{plan.log.events()[-1].recorded:%Y-%m-%dT%H:%M:%SZ}"
        assert [
            "Checkpoint for the minutes: 3. Konferenz (stk-3, 2023-03-16)",
            "",
            *text_of(plan, 8).splitlines(),
            "",
            "To read out:",
            spoken,
            "",
            f"Made on {plan.log.today()}, for 8 events, the last of them recorded at",
            f"{recorded}. It is the first checkpoint.",
            "",
            "Whoever has these lines can find out at any time whether one of these events was",
            "changed or removed, or another put among them. To check it, type them in, or",
            "what was read out, after this command:",
            "",
            "planlog verify --checkpoint -",
        ] == sheet.splitlines()

    def test_sheet_with_a_name_like_lines(self, plan: Folder) -> None:
        """What somebody calls the log makes no lines of its own on paper."""
        plan.do("checkpoint", "--origin", "x\u2028999\x85AAAA")
        sheet = plan.do("checkpoint", "--lang", "en").splitlines()
        assert r"x\u2028999\x85AAAA" == sheet[2]
        assert ["8", ""] == [sheet[3], sheet[5]]

    def test_sheet_in_german(self, plan: Folder) -> None:
        """The sheet speaks the language of the plan, and fits the page."""
        sheet = plan.do("checkpoint", "--lang", "de")
        assert sheet.startswith("Prüfpunkt für das Protokoll\n\nplanlog/")
        assert "Es ist der erste Prüfpunkt." in sheet.replace("\n", " ")
        assert 80 >= max(map(len, sheet.splitlines()))

    def test_conference_means_ill(self, plan: Folder) -> None:
        """The title of a conference cannot steer the terminal."""
        plan.do("hold-conference", "stk-4", "Ende\x1b[31m", "conference", "--on", "2024-01-01")
        sheet = plan.do("checkpoint", "--at", "stk-4", "--lang", "en")
        assert "minutes: Ende\\x1b[31m (stk-4, 2024-01-01)\n" in sheet

    def test_conference_of_which_nothing_is_known(self, plan: Folder) -> None:
        """A conference is named by its id where there is no title and no day."""
        held = next(one.id for one in plan.log.events() if one.type == "conference_held")
        plan.do("decide", "stk-2", "adopted", "--measure", "wohnen/1", "--on", "2022-05-24")
        plan.do("retract", held, "--reason", "Irrtum", "--on", "2022-05-25")
        sheet = plan.do("checkpoint", "--at", "stk-2", "--lang", "en")
        assert "Checkpoint for the minutes: stk-2" == sheet.splitlines()[0]

    def test_how_many_have_come(self, plan: Folder) -> None:
        """It tells how many events are new since the checkpoint before."""
        plan.do("checkpoint")
        plan.do("start", "wohnen-1", "--on", "2023-03-16")
        for _ in ("first", "again"):
            sheet = plan.do("checkpoint", "--lang", "en")
            assert "1 event has come since the checkpoint of 8." in sheet
        plan.do("pause", "wohnen-1", "--on", "2023-03-17")
        plan.do("resume", "wohnen-1", "--on", "2023-03-18")
        sheet = plan.do("checkpoint", "--lang", "en").replace("\n", " ")
        assert "2 events have come since the checkpoint of 9." in sheet
        assert [8, 9, 11] == [one.checkpoint and one.checkpoint.size for one in kept(plan)]

    def test_again(self, plan: Folder) -> None:
        """Asked again at the same size, it says the same and writes nothing."""
        first = plan.do("checkpoint")
        before = plan.files
        outcome = plan.run("checkpoint", "--lang", "en")
        assert "was there already: checkpoints/0000000008.checkpoint\n" == outcome.words
        assert first.splitlines()[2:5] == outcome.data.splitlines()[2:5]
        assert before == plan.files

    def test_only_the_spoken_line(self, plan: Folder) -> None:
        """Alone, what is read out is one line, and fits the log."""
        found = parse_spoken(plan.do("checkpoint", "--spoken"))
        assert found.fits(8, root(lines_of(plan)))
        assert 1 == len(kept(plan))

    def test_other_name_of_the_log(self, plan: Folder) -> None:
        """A name that is agreed at first is kept by all that follow."""
        plan.do("checkpoint", "--origin", "ahlhorn.example/plan")
        plan.do("start", "wohnen-1", "--on", "2023-03-16")
        plan.do("checkpoint")
        plan.do("checkpoint", "--origin", "ahlhorn.example/plan")
        assert [text_of(plan, size, "ahlhorn.example/plan") for size in (8, 9)] == [
            one.checkpoint and one.checkpoint.text for one in kept(plan)
        ]

    def test_name_is_changed(self, plan: Folder) -> None:
        """Nobody gives the log another name than its checkpoints have."""
        plan.do("checkpoint")
        words = plan.refused("checkpoint", "--origin", "other", "--lang", "en")
        assert f"the checkpoints of this log call it {plan.log.origin!r}" in words

    def test_name_that_is_none(self, plan: Folder) -> None:
        """A name is one line."""
        assert "origin: expected one line" in plan.refused("checkpoint", "--origin=a\nb")

    def test_unknown_conference(self, plan: Folder) -> None:
        """A conference that the log does not have is refused, with those that it has."""
        words = plan.refused("checkpoint", "--at", "stk-9", "--lang", "en")
        assert "no conference or version 'stk-9' in this log; known are: stk-2, stk-3" in words

    def test_empty_log(self, empty: Folder) -> None:
        """Of nothing there is no checkpoint."""
        PlanLog.create(empty.path)
        words = empty.refused("--log", str(empty.path), "checkpoint", "--lang", "en")
        assert "the log is empty" in words

    def test_link_in_place_of_the_folder(self, plan: Folder, tmp_path: Path) -> None:
        """Nothing is written through a link that leads out of the plan's folder."""
        (tmp_path / "elsewhere").mkdir()
        (plan.path / "checkpoints").symlink_to(tmp_path / "elsewhere")
        assert "checkpoints" in plan.refused("checkpoint", code=3)
        assert [] == os.listdir(tmp_path / "elsewhere")

    def test_after_an_erasure(self, plan: Folder) -> None:
        """After a text was erased, further checkpoints are made that fit the earlier ones."""
        plan.do("checkpoint")
        before = root(lines_of(plan)[:8])
        plan.log.erase(plan.log.events()[5].id, ground="GDPR art. 17", by="GWA", on="2026-01-01")
        plan.do("checkpoint")
        first, second = (one.checkpoint for one in kept(plan))
        assert first is not None
        assert second is not None
        assert (before, 9) == (first.root, second.size)


class TestEarlierCheckpoints:
    @staticmethod
    def refused(plan: Folder) -> str:
        """Ask for a checkpoint that must be refused, and return the reason."""
        words = plan.refused("checkpoint", "--lang", "en")
        assert "planlog verify" in words
        return words.replace("\n", " ")

    def test_changed_line(self, plan: Folder) -> None:
        """No checkpoint is made over a log in which an event was changed."""
        plan.do("checkpoint")
        plan.do("start", "wohnen-1", "--on", "2023-03-16")
        path = sorted((plan.path / "events").glob("*.jsonl"))[5]
        path.write_bytes(path.read_bytes().replace(b"Wohnraum", b"Wohntraum"))
        assert "checkpoints/0000000008.checkpoint does not fit the first 8 events" in self.refused(
            plan
        )

    def test_first_that_does_not_fit(self, plan: Folder) -> None:
        """Of several, the one that does not fit is named, though those around it do."""
        plan.do("checkpoint")
        plan.do("start", "wohnen-1", "--on", "2023-03-16")
        wrong = Checkpoint(plan.log.origin, 9, bytes(32))
        (plan.path / "checkpoints" / "0000000009.checkpoint").write_text(wrong.text)
        plan.do("pause", "wohnen-1", "--on", "2023-03-17")
        right = Checkpoint(plan.log.origin, 10, root(lines_of(plan)))
        (plan.path / "checkpoints" / "0000000010.checkpoint").write_text(right.text)
        assert "0000000009.checkpoint does not fit the first 9 events" in self.refused(plan)

    def test_missing_end(self, plan: Folder) -> None:
        """No checkpoint is made over a log that had more events once."""
        plan.do("checkpoint")
        max((plan.path / "events").glob("*.jsonl")).unlink()
        assert (
            "checkpoints/0000000008.checkpoint is of 8 events, and the log has 7"
            in self.refused(plan)
        )

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("0000000003.checkpoint", "nonsense\n", "expected three lines"),
            ("minutes.checkpoint", None, "expected a name such as '0000000008.checkpoint'"),
        ],
    )
    def test_unreadable(self, plan: Folder, name: str, content: str | None, message: str) -> None:
        """What is wrong with the file of an earlier one is told."""
        (plan.path / "checkpoints").mkdir()
        (plan.path / "checkpoints" / name).write_text(content or text_of(plan, 8))
        words = self.refused(plan)
        assert f"checkpoints/{name}: " in words
        assert message in words


class TestDamage:
    """Nobody is to vouch for what can be seen to be damaged."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [(b"\n", b"\r\n"), (b'{"v":1,', b'{"v": 1,'), ("ß".encode(), b"\\u00df")],
        ids=["line ends", "spaces", "escapes"],
    )
    def test_another_spelling(self, plan: Folder, old: bytes, new: bytes) -> None:
        """Lines that planlog would write otherwise are named, and no checkpoint is made."""
        plan.do("propose", "wohnen", "Maßnahme", "--on", "2022")
        path = max((plan.path / "events").glob("*.jsonl"))
        path.write_bytes(path.read_bytes().replace(old, new))
        words = plan.refused("checkpoint", "--lang", "en")
        assert f"events/{path.name}:1 is not as planlog writes it" in words

    def test_an_altered_line_that_was_erased(self, plan: Folder) -> None:
        """Nor is one where the line that an erasure tells of is another one now."""
        path = max((plan.path / "events").glob("*.jsonl"))
        before = path.read_bytes()
        id = plan.log.events()[7].id
        plan.do("erase", id, "--ground", "DSGVO", "--on", "2026", "--uncovered")
        path.write_bytes(before.replace(b"Begleitung", b"Verleitung"))
        words = plan.refused("checkpoint", "--lang", "en")
        assert "no checkpoint is made before that is settled: see planlog verify" in words

    def test_two_origins(self, plan: Folder) -> None:
        """Where the checkpoints name the log differently, that is settled first."""
        plan.do("checkpoint")
        other = plan.path / "checkpoints" / "0000000008-2.checkpoint"
        other.write_text(text_of(plan, 8, "planlog/other"))
        words = plan.refused("checkpoint", "--lang", "en")
        assert "call it by different names (checkpoints/0000000008.checkpoint: planlog/" in words
        assert "checkpoints/0000000008-2.checkpoint: planlog/other" in words


class TestSignatures:
    def test_several(self, plan: Folder, keys: dict[str, str]) -> None:
        """Several sign one checkpoint, and the sheet names them."""
        sheet = plan.do(
            "checkpoint",
            *("--sign", keys["council.example"], "--sign", keys["residents.example"]),
            *("--lang", "en"),
        )
        note = note_in(plan, "0000000008.checkpoint")
        assert text_of(plan, 8) == note.text
        assert (COUNCIL.key, RESIDENTS.key) == verified(note, [RESIDENTS.key, COUNCIL.key])
        listing = ", ".join(f"{one.name} ({one.key.key_id.hex()})" for one in (COUNCIL, RESIDENTS))
        assert f"Signed by: {listing}." in sheet.replace("\n", " ")

    @pytest.mark.skipif(os.name != "posix", reason="elsewhere the mode of a file says nothing")
    def test_key_that_others_may_read(self, plan: Folder, keys: dict[str, str]) -> None:
        """Who can read the key can sign: that is told, and the checkpoint is made."""
        path = keys["council.example"]
        assert "others may read" not in plan.run("checkpoint", "--sign", path, "--lang=en").words
        Path(path).chmod(0o640)
        outcome = plan.run("checkpoint", "--sign", path, "--lang", "en")
        assert (0, f"Warning: others may read the secret key in {path!r}") == (
            outcome.code,
            outcome.lines[0].partition(";")[0],
        )

    def test_key_from_standard_input(self, plan: Folder) -> None:
        """A key can come from a program that keeps it."""
        plan.do("checkpoint", "--sign", "-", input=COUNCIL.text.encode())
        note = note_in(plan, "0000000008.checkpoint")
        assert (COUNCIL.key,) == verified(note, [COUNCIL.key])

    @pytest.mark.parametrize(
        "content", [COUNCIL.key.text.encode(), b"", b"\xff\x00", b"x" * 99_999]
    )
    def test_file_without_a_key(self, plan: Folder, keys: dict[str, str], content: bytes) -> None:
        """What is no secret key is refused, without showing what it is."""
        Path(keys["council.example"]).write_bytes(content)
        words = plan.refused("checkpoint", "--sign", keys["council.example"], "--lang", "en")
        assert f"{keys['council.example']}: expected a secret key" in words

    def test_missing_file(self, plan: Folder, tmp_path: Path) -> None:
        """A file that is not there is named."""
        words = plan.refused("checkpoint", "--sign", str(tmp_path / "none"), "--lang", "en")
        assert "'--sign': cannot read" in words

    @pytest.mark.parametrize("place", ["key", "events/key", "secrets/key"])
    def test_key_in_the_folder_of_a_plan(self, plan: Folder, place: str) -> None:
        """A key that is given away with the plan is not signed with."""
        (plan.path / "secrets").mkdir()
        (plan.path / place).write_text(COUNCIL.text)
        words = plan.refused("checkpoint", "--sign", place, "--lang", "en")
        assert "is in the folder of a plan" in words

    def test_without_the_extra(
        self, plan: Folder, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever signs without what it takes is told how to get it; others need nothing."""
        monkeypatch.setitem(sys.modules, "cryptography", None)
        for name in [name for name in sys.modules if name.startswith("cryptography.")]:
            monkeypatch.setitem(sys.modules, name, None)
        words = plan.refused("checkpoint", "--sign", keys["council.example"], "--lang", "en")
        assert "install it with: pip install 'planlog[trust]'" in words
        plan.do("checkpoint")


class TestCosign:
    def test_adds_a_signature(self, plan: Folder, keys: dict[str, str]) -> None:
        """Another signature goes below the first, in a file beside the one that was signed."""
        plan.do("checkpoint", "--sign", keys["council.example"])
        first = note_in(plan, "0000000008.checkpoint")
        plan.do("start", "wohnen-1", "--on", "2023-03-16")
        outcome = plan.run(
            *("checkpoint", "--cosign", "checkpoints/0000000008.checkpoint"),
            *("--sign", keys["residents.example"], "--lang", "en"),
        )
        assert "written to checkpoints/0000000008-2.checkpoint\n" == outcome.words
        note = note_in(plan, "0000000008-2.checkpoint")
        assert (COUNCIL.key, RESIDENTS.key) == verified(note, [COUNCIL.key, RESIDENTS.key])
        assert (first.text, first.signatures[0]) == (note.text, note.signatures[0])
        assert first == note_in(plan, "0000000008.checkpoint")

    def test_one_that_nobody_signed(
        self, plan: Folder, keys: dict[str, str], tmp_path: Path
    ) -> None:
        """Three lines from elsewhere can be signed as they are, with all that stands in them."""
        text = text_of(plan, 5, "ahlhorn.example") + "a line of others\n"
        (tmp_path / "typed").write_text(text)
        sheet = plan.do(
            *("checkpoint", "--cosign", str(tmp_path / "typed"), "--lang", "en"),
            *("--sign", keys["council.example"]),
        )
        note = note_in(plan, "0000000005.checkpoint")
        assert (text, (COUNCIL.key,)) == (note.text, verified(note, [COUNCIL.key]))
        assert text in sheet
        assert "for 5 events" in sheet

    def test_one_that_means_ill(self, plan: Folder, keys: dict[str, str], tmp_path: Path) -> None:
        """The lines of others cannot deceive the eye when they are shown."""
        (tmp_path / "typed").write_text(text_of(plan, 5, "a\u202eb"))
        sheet = plan.do(
            *("checkpoint", "--cosign", str(tmp_path / "typed")),
            *("--sign", keys["council.example"]),
        )
        assert "\na\\u202eb\n5\n" in sheet

    def test_again(self, plan: Folder, keys: dict[str, str]) -> None:
        """Who has signed already does not sign again."""
        sign = ("--sign", keys["council.example"])
        plan.do("checkpoint", *sign)
        before = plan.files
        plan.do("checkpoint", "--cosign", "checkpoints/0000000008.checkpoint", *sign)
        assert before == plan.files

    @pytest.mark.parametrize(
        ("size", "message"),
        [(3, "typed does not fit the first 3 events"), (9, "is of 9 events, and the log has 8")],
    )
    def test_other_log(
        self, plan: Folder, keys: dict[str, str], tmp_path: Path, size: int, message: str
    ) -> None:
        """What the log does not bear out is not signed."""
        wrong = Checkpoint(plan.log.origin, size, bytes(32))
        (tmp_path / "typed").write_text(wrong.text)
        words = plan.refused(
            *("checkpoint", "--cosign", str(tmp_path / "typed"), "--lang", "en"),
            *("--sign", keys["council.example"]),
        )
        assert message in words.replace("\n", " ")

    def test_no_checkpoint(self, plan: Folder, keys: dict[str, str], tmp_path: Path) -> None:
        """A file that holds none is named with what is wrong."""
        (tmp_path / "typed").write_text("planlog\n063\n-\n")
        words = plan.refused(
            *("checkpoint", "--cosign", str(tmp_path / "typed"), "--lang", "en"),
            *("--sign", keys["council.example"]),
        )
        assert f"{tmp_path / 'typed'}: size: expected a number of events" in words
        assert f"{tmp_path / 'typed'}: root: expected the base64" in words

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (["--cosign", "x"], "name the key to sign with"),
            (["--cosign", "x", "--sign", "y", "--origin", "z"], "has an origin already"),
            (["-o", "x"], "add --new-key NAME"),
        ],
    )
    def test_options_that_do_not_fit(self, plan: Folder, options: list[str], message: str) -> None:
        """What cannot be meant together is refused before anything is read."""
        assert message in plan.refused("checkpoint", *options, "--lang", "en")


class TestNewKey:
    @staticmethod
    def make(folder: Folder, path: Path, *more: str) -> Outcome:
        """Ask for a key."""
        return folder.run(
            "checkpoint", "--new-key", "council.example", "-o", str(path), "--lang", "en", *more
        )

    def test_both_halves(self, empty: Folder, tmp_path: Path) -> None:
        """One half is for the owner alone, the other is printed; no log is needed."""
        path = tmp_path / "council.key"
        outcome = self.make(empty, path)
        assert 0 == outcome.code, outcome.words
        signer = Signer.parse(path.read_text().rstrip("\n"))
        assert "council.example" == signer.name
        assert signer.key == VerifierKey.parse(outcome.data.rstrip("\n"))
        assert signer.text not in outcome.data + outcome.words
        assert 0o600 == stat.S_IMODE(path.stat().st_mode)
        assert f"the secret key is in {str(path)!r}" in outcome.words

    def test_signs(self, plan: Folder, tmp_path: Path) -> None:
        """A new key can be signed with, and its public half tells the signature."""
        key = VerifierKey.parse(self.make(plan, tmp_path / "council.key").data.rstrip("\n"))
        plan.do("checkpoint", "--sign", str(tmp_path / "council.key"))
        assert (key,) == verified(note_in(plan, "0000000008.checkpoint"), [key])

    def test_never_overwrites(self, empty: Folder, tmp_path: Path) -> None:
        """A key that is there stays, and no link is followed."""
        path = tmp_path / "council.key"
        path.write_text("the only key")
        assert "is there already" in self.make(empty, path).words
        assert "the only key" == path.read_text()
        (tmp_path / "link").symlink_to(tmp_path / "nowhere")
        assert 2 == self.make(empty, tmp_path / "link").code
        assert not (tmp_path / "nowhere").exists()

    @pytest.mark.parametrize("place", ["key", "events/key", "new/key"])
    def test_in_the_folder_of_a_plan(self, plan: Folder, place: str) -> None:
        """Nobody makes a key where it is given away with the plan."""
        (plan.path / "new").mkdir()
        outcome = self.make(plan, plan.path / place)
        assert (2, "") == (outcome.code, outcome.data)
        assert "is in the folder of a plan" in outcome.words
        assert not (plan.path / place).exists()

    def test_in_the_folder_of_another_plan(
        self, plan: Folder, empty: Folder, tmp_path: Path
    ) -> None:
        """Not even of a plan that is not asked about, and by no detour."""
        other = tmp_path / "other"
        shutil.copytree(plan.path, other)
        (other / "notes").mkdir()
        (tmp_path / "detour").symlink_to(other / "notes")
        assert 2 == self.make(plan, tmp_path / "detour" / "key").code
        assert [] == os.listdir(other / "notes")

    def test_in_the_folder_of_an_unusual_log(self, empty: Folder, tmp_path: Path) -> None:
        """The folder around the events is the plan's, whatever they lie in."""
        ledger = tmp_path / "other" / "ledger"
        PlanLog.create(tmp_path / "made")
        shutil.copytree(tmp_path / "made" / "events", ledger)
        (ledger / "0000000000-plan-opened-9f3c.jsonl").write_bytes(b"x\n")
        outcome = self.make(empty, tmp_path / "other" / "key", "--log", str(ledger))
        assert "is in the folder of a plan" in outcome.words

    @pytest.mark.parametrize("output", [[], ["-o", "-"]])
    def test_without_a_file(self, empty: Folder, output: list[str]) -> None:
        """A secret key is never printed."""
        words = empty.refused("checkpoint", "--new-key", "a", *output, "--lang", "en")
        assert "a secret key goes to a file for its owner alone" in words

    def test_name_that_is_none(self, empty: Folder, tmp_path: Path) -> None:
        """A name that no signature can bear is refused before there is a file."""
        path = tmp_path / "key"
        words = empty.refused("checkpoint", "--new-key", "a b", "-o", str(path), "--lang", "en")
        assert "expected the name of a key" in words
        assert not path.exists()

    def test_missing_folder(self, empty: Folder, tmp_path: Path) -> None:
        """What the platform refuses is told."""
        assert "cannot write" in self.make(empty, tmp_path / "none" / "key").words

    def test_full_disk(
        self, empty: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """No half of a key is left where it could not be written."""

        def full(descriptor: int) -> None:
            raise OSError(28, "no space")

        monkeypatch.setattr(os, "fsync", full)
        outcome = self.make(empty, tmp_path / "key")
        assert (2, "") == (outcome.code, outcome.data)
        assert "no space" in outcome.words
        assert not (tmp_path / "key").exists()

    @pytest.mark.parametrize(
        "more", [["--at", "stk-3"], ["--sign", "x"], ["--spoken"], ["--origin", "x"]]
    )
    def test_options_that_do_not_fit(self, plan: Folder, tmp_path: Path, more: list[str]) -> None:
        """A key is made by itself."""
        assert "a new key is made alone" in self.make(plan, tmp_path / "key", *more).words
        assert not (tmp_path / "key").exists()
