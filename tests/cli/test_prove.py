"""One event, shown to somebody who sees nothing else of the log."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from planlog.cli import proving
from planlog.cli.proof_checking import verify_proof
from planlog.cli.session import Session
from planlog.codec import MAX_LINE
from planlog.errors import NoteError
from planlog.stores.checkpointfiles import checkpoints_folder, write_checkpoint
from planlog.stores.durable import write_once
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.leaves import leaf_of
from planlog.trust.merkle import leaf_hash
from planlog.trust.notes import SignedNote, Signer
from planlog.trust.proofs import TlogProof
from planlog.trust.spoken import spoken
from tests.cli.running import BY, Folder

OFFICE = Signer("office.example", bytes(range(32)))
COUNCIL = Signer("council.example", bytes(range(1, 33)))


def keep(plan: Folder, size: int, *signers: Signer, of: Checkpoint | None = None) -> str:
    """Keep a checkpoint of the plan, and return its text."""
    stated = of or plan.log.checkpoint(size)
    note = (
        SignedNote(stated.text, tuple(one.sign(stated.text) for one in signers)).whole
        if (signers)
        else stated.text
    )
    write_checkpoint(checkpoints_folder(plan.path / "events"), note, size)
    return note


def id_at(plan: Folder, position: int) -> str:
    """The id of an event."""
    return plan.log.events()[position].id


def raw(plan: Folder, position: int) -> bytes:
    """A line as it stands in the log."""
    return plan.log.store.read(position, position + 1)[0]


@pytest.fixture
def kept(plan: Folder) -> Folder:
    """A plan of eight events with a checkpoint of all."""
    keep(plan, 8)
    return plan


class TestProve:
    def test_writes_the_proof_and_the_line(self, kept: Folder) -> None:
        """Two files are named after the event, and together they show it."""
        id = id_at(kept, 5)
        outcome = kept.run("prove", id[:8], "--lang", "en")
        assert (0, "") == (outcome.code, outcome.data)
        line = kept.files[f"{id}.line"]
        assert raw(kept, 5) == line
        proof = TlogProof.parse(kept.files[f"{id}.tlog-proof"])
        assert (5, 8) == (proof.index, proof.checkpoint.size)
        assert proof.proves(leaf_hash(line))
        command = f"planlog verify --proof {id}.tlog-proof --line {id}.line"
        assert [
            f"proof of event {id} at position 5, by the checkpoint of 8 events: {id}.tlog-proof",
            f"all that was recorded of it: {id}.line",
            "nobody signed the checkpoint: it proves something to those who have a copy",
            f"who has both files can check it: {command}",
        ] == outcome.lines

    def test_proves_every_event(self, kept: Folder) -> None:
        """Every event of a plan is proven, by every checkpoint that covers it."""
        for size in range(1, 9):
            keep(kept, size)
        leaves = kept.log.leaves()
        for position in range(8):
            for size in range(position + 1, 9):
                name = f"{position}-{size}.tlog-proof"
                kept.do("prove", id_at(kept, position), "-o", name, "--checkpoint", str(size))
                proof = TlogProof.parse((kept.path / name).read_bytes())
                assert (position, size) == (proof.index, proof.checkpoint.size)
                assert proof.proves(leaves[position])

    def test_writes_a_line_of_which_anybody_can_make_the_leaf(self, kept: Folder) -> None:
        """What a shell makes of the line is the leaf that the log has."""
        if shutil.which("sha256sum") is None or shutil.which("sh") is None:
            pytest.skip("there is no sha256sum here")
        id = id_at(kept, 5)
        kept.do("prove", id)
        recipe = f"printf '\\0' | cat - {id}.line | sha256sum"
        found = subprocess.run(["sh", "-c", recipe], cwd=kept.path, capture_output=True, check=True)
        assert kept.log.leaves()[5].hex() == found.stdout.decode().split()[0]

    def test_takes_the_newest_checkpoint_signed_by_most(self, plan: Folder) -> None:
        """An older checkpoint is passed by, and so is the same one with fewer signatures."""
        keep(plan, 6, OFFICE, COUNCIL)
        keep(plan, 8)
        keep(plan, 8, COUNCIL, OFFICE)
        keep(plan, 8, OFFICE)
        outcome = plan.run("prove", id_at(plan, 0), "-o", "one.tlog-proof", "--lang", "en")
        assert 3 == len(outcome.lines)
        note = TlogProof.parse(plan.files["one.tlog-proof"]).note
        assert note is not None
        assert ["council.example", "office.example"] == [one.name for one in note.signatures]
        assert 8 == int(note.text.split("\n")[1])

    def test_takes_the_checkpoint_that_is_named(self, kept: Folder) -> None:
        """A checkpoint is named by its size, or by a file that holds it."""
        keep(kept, 6)
        id = id_at(kept, 2)
        kept.do("prove", id, "--checkpoint", "6", "-o", "a.tlog-proof")
        (kept.path / "minutes").write_text(kept.log.checkpoint(4).text)
        kept.do("prove", id, "--checkpoint", "minutes", "-o", "b.tlog-proof")
        sizes = [TlogProof.parse(kept.files[f"{name}.tlog-proof"]).checkpoint.size for name in "ab"]
        assert [6, 4] == sizes

    def test_puts_the_line_where_it_is_told(self, kept: Folder) -> None:
        """The line lies beside the proof, or where it is named."""
        (kept.path / "out").mkdir()
        kept.do("prove", id_at(kept, 2), "-o", "out/a.tlog-proof")
        kept.do("prove", id_at(kept, 2), "-o", "out/b", "--line", "c.txt")
        assert {"out/a.tlog-proof", "out/a.line", "out/b", "c.txt"} <= set(kept.files)
        assert kept.files["out/a.line"] == kept.files["c.txt"]

    def test_quotes_names_for_the_shell(self, kept: Folder) -> None:
        """What is said can be copied, whatever the files are called."""
        outcome = kept.run("prove", id_at(kept, 2), "-o", "my proof")
        assert outcome.lines[-1].endswith("verify --proof 'my proof' --line 'my proof.line'")

    @pytest.mark.parametrize("carried_out", [True, False])
    def test_of_an_erased_event_gives_no_text_away(self, kept: Folder, carried_out: bool) -> None:
        """Its hash is proven; the text is gone, even where it still stands in its file."""
        id = id_at(kept, 5)
        path, before = next(
            (path, path.read_bytes())
            for path in (kept.path / "events").iterdir()
            if b"Wohnraum" in path.read_bytes()
        )
        kept.log.erase(id, ground="Art. 17", on="2026-11-22", by=BY)
        if not carried_out:
            path.write_bytes(before)
        outcome = kept.run("prove", id, "--lang", "en")
        assert 0 == outcome.code, outcome.words
        assert f"its text was erased; the hash that it had: {id}.line" in outcome.lines
        line = kept.files[f"{id}.line"]
        assert b"Wohnraum" not in line
        assert TlogProof.parse(kept.files[f"{id}.tlog-proof"]).proves(leaf_of(line))


class TestRefusals:
    def test_where_no_checkpoint_covers_the_event(self, plan: Folder) -> None:
        """What no checkpoint covers cannot be proven yet, and a checkpoint is what is missing."""
        for size in (None, 5):
            if size:
                keep(plan, size)
            words = plan.refused("prove", id_at(plan, 5), "--lang", "en")
            assert "no checkpoint covers event" in words
            assert "make one with: planlog checkpoint" in words

    def test_where_the_named_checkpoint_is_too_old(self, kept: Folder) -> None:
        """A checkpoint from before the event says nothing of it."""
        keep(kept, 5)
        words = kept.refused("prove", id_at(kept, 5), "--checkpoint", "5", "--lang", "en")
        assert "covers the first 5 events, and event" in words
        assert "is at position 5; choose a later one" in words

    @pytest.mark.parametrize(("sizes", "told"), [((), "none"), ((8, 6, 8), "6, 8")])
    def test_where_none_of_that_size_is_kept(
        self, plan: Folder, sizes: tuple[int, ...], told: str
    ) -> None:
        """What is kept is listed."""
        for number, size in enumerate(sizes):
            keep(plan, size, *[OFFICE][:number])
        words = plan.refused("prove", id_at(plan, 5), "--checkpoint", "7", "--lang", "en")
        assert f"no checkpoint of 7 events is kept; kept are: {told}\n" in words

    @pytest.mark.parametrize("size", [8, 9])
    def test_where_the_checkpoint_does_not_fit(self, plan: Folder, size: int) -> None:
        """A checkpoint of another history, or of a longer one, proves nothing."""
        keep(plan, size, of=Checkpoint(plan.log.origin, size, bytes(32)))
        words = plan.refused("prove", id_at(plan, 5), "--lang", "en")
        assert f"the checkpoint of {size} events does not fit the log" in words
        assert "see planlog verify" in words

    def test_where_a_file_holds_no_checkpoint(self, kept: Folder) -> None:
        """Every flaw is told with the name of the file."""
        (kept.path / "minutes").write_text("planlog/x\n08\nAAAA\n")
        words = kept.refused("prove", id_at(kept, 5), "--checkpoint", "minutes", "--lang", "en")
        assert ["Error: minutes: size:", "Error: minutes: root:"] == [
            line[:21] for line in words.splitlines()
        ]
        assert "cannot read" in kept.refused(
            "prove", id_at(kept, 5), "--checkpoint", "nowhere", "--lang", "en"
        )

    def test_warns_of_a_checkpoint_that_cannot_be_read(self, kept: Folder) -> None:
        """A flawed one is told of and passed by."""
        (kept.path / "checkpoints" / "0000000009.checkpoint").write_bytes(b"x\n")
        outcome = kept.run("prove", id_at(kept, 5), "--lang", "en")
        assert 0 == outcome.code
        assert outcome.lines[0].startswith("Warning: checkpoints/0000000009.checkpoint: ")

    @pytest.mark.parametrize("name", ["one.tlog-proof", "one.line"])
    def test_to_write_over_a_file(self, kept: Folder, name: str) -> None:
        """Nothing is written where one of the two files is there."""
        (kept.path / name).write_text("mine")
        words = kept.refused("prove", id_at(kept, 5), "-o", "one.tlog-proof", "--lang", "en")
        assert f"{name!r} is there already and is not written over" in words

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["-o", "-"], "it goes to a file"),
            (["--line", "-"], "it goes to a file"),
            (["-o", "a", "--line", "./a"], "proof and line are two files"),
            (["-o", "events/a"], "is among the event files"),
            (["--line", "events/a"], "is among the event files"),
            (["-o", "."], "is there already"),
            (["-o", "nowhere/a"], "cannot write 'nowhere/a.line'"),
        ],
    )
    def test_of_other_places(self, kept: Folder, arguments: list[str], said: str) -> None:
        """Two new files are written, and none of them among the events."""
        assert said in kept.refused("prove", id_at(kept, 5), *arguments, "--lang", "en")

    def test_leave_nothing_half_written(
        self, kept: Folder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where the second file cannot be written, the first is taken away."""

        def once(folder: Path, name: str, content: bytes) -> None:
            if name.endswith("-proof"):
                raise OSError(28, "No space left on device")
            write_once(folder, name, content)

        monkeypatch.setattr(proving, "write_once", once)
        assert "No space left" in kept.refused("prove", id_at(kept, 5), "--lang", "en")


# Without the log


class Bundle:
    """A proof and its line, alone in a folder that has no log."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.proof, self.line = path / "one.tlog-proof", path / "one.line"

    @classmethod
    def of(cls, plan: Folder, path: Path, position: int = 5) -> "Bundle":
        """Prove an event of a plan."""
        bundle = cls(path)
        plan.do("prove", id_at(plan, position), "-o", str(bundle.proof))
        return bundle

    def verify(
        self, capsys: pytest.CaptureFixture[str], *checkpoints: str, policy: str | None = None
    ) -> tuple[int, str]:
        """The exit code, and what is said in English, its lines joined."""
        session = Session()
        session.named_language = "en"
        files = []
        for number, text in enumerate(checkpoints):
            file = self.path / f"outside-{number}"
            file.write_text(text)
            files.append(str(file))
        if policy is not None:
            (self.path / "policy").write_text(policy)
        capsys.readouterr()
        asked = None if policy is None else str(self.path / "policy")
        code = verify_proof(session, self.proof, self.line, files, asked)
        return code, " ".join(capsys.readouterr().out.replace("\n  ", " ").split())


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Folder], Bundle]:
    """Makes a proof of a plan, and moves away from it."""

    def make(plan: Folder) -> Bundle:
        path = tmp_path / "apart"
        path.mkdir()
        bundle = Bundle.of(plan, path)
        shutil.rmtree(plan.path)
        monkeypatch.chdir(path)
        return bundle

    return make


Apart = Callable[[Folder], Bundle]
Capture = pytest.CaptureFixture[str]


class TestVerifyProof:
    def test_cannot_tell_where_nobody_vouches(
        self, kept: Folder, apart: Apart, capsys: Capture
    ) -> None:
        """A checkpoint that came with the proof says nothing by itself."""
        stated = kept.log.checkpoint(8)
        code, said = apart(kept).verify(capsys)
        assert 4 == code
        assert said.startswith(
            "Cannot tell whether the event is in the log it fits the checkpoint that came with "
            "it, which nobody vouches for Event "
        )
        assert "compare the checkpoint with one from elsewhere" in said
        assert stated.text.split("\n")[2] in said
        assert spoken(stated) in said

    def test_verifies_by_the_same_checkpoint_from_outside(
        self, kept: Folder, apart: Apart, capsys: Capture
    ) -> None:
        """A copy of the checkpoint makes it certain, and the event is told in full."""
        id, stated = id_at(kept, 5), kept.log.checkpoint(8)
        code, said = apart(kept).verify(capsys, stated.text)
        assert 0 == code
        assert said.startswith("Verified: the event is in the log its checkpoint is the one in ")
        for told in (id, "proposed", "2021-07-07", BY, "Protokoll, S. 3", "Wohnraum", "wohnen-1"):
            assert told in said
        assert f"Log {stated.origin} Position 5 Checkpoint 8 events" in said
        assert "compare the checkpoint" not in said

    @pytest.mark.parametrize(
        "typed",
        [
            lambda text: text.replace("\n", "\r\n"),
            lambda text: "\ufeff\n\n " + text.replace("\n", " \n").rstrip(),
            lambda text: SignedNote(text, (OFFICE.sign(text),)).whole,
            lambda text: spoken(Checkpoint.parse(text.encode())),
        ],
    )
    def test_takes_a_checkpoint_however_it_was_typed(
        self, kept: Folder, apart: Apart, capsys: Capture, typed: Callable[[str], str]
    ) -> None:
        """Blanks and line ends do not matter, a note will do, and so will what was read out."""
        stated = kept.log.checkpoint(8).text
        assert 0 == apart(kept).verify(capsys, typed(stated))[0]

    def test_cannot_compare_another_size(self, kept: Folder, apart: Apart, capsys: Capture) -> None:
        """A checkpoint of other events may be as true, so a proof by it has to be asked for."""
        older = kept.log.checkpoint(7)
        code, said = apart(kept).verify(capsys, older.text, spoken(older))
        assert 4 == code
        assert 2 == said.count("covers 7 events, that of the proof 8: only one of the same number")
        assert "planlog prove --checkpoint 7" in said

    @pytest.mark.parametrize("form", ["text", "spoken"])
    def test_tells_of_another_root(
        self, kept: Folder, apart: Apart, capsys: Capture, form: str
    ) -> None:
        """Two histories of one size prove nothing, even where another copy agrees."""
        mine = kept.log.checkpoint(8)
        other = Checkpoint(mine.origin, 8, bytes(32))
        told = other.text if form == "text" else spoken(other)
        code, said = apart(kept).verify(capsys, mine.text, told)
        assert 1 == code
        assert said.startswith("Not proven the checkpoint in ")
        assert "has another root for the same 8 events: one of the two is forged" in said
        assert "Wohnraum" not in said
        assert "its checkpoint is the one" not in said

    def test_tells_of_another_log(self, kept: Folder, apart: Apart, capsys: Capture) -> None:
        """An event of one log is none of another."""
        other = Checkpoint("planlog/other", 8, kept.log.checkpoint(8).root)
        code, said = apart(kept).verify(capsys, other.text)
        assert 1 == code
        unbroken = said.replace("/ ", "/")  # a long path breaks the lines elsewhere
        assert (
            "is of another log: of 'planlog/other', and that of the proof of 'planlog/" in unbroken
        )

    def test_refuses_what_is_no_checkpoint(
        self, kept: Folder, apart: Apart, capsys: Capture
    ) -> None:
        """What cannot be read says nothing, and is told with the name of the file."""
        with pytest.raises(NoteError, match=r"outside-0: the second line is the number of events"):
            apart(kept).verify(capsys, "planlog/x\n08\nAAAA\n")

    def test_refuses_to_do_without_the_line(self, kept: Folder) -> None:
        """A proof without its line says nothing."""
        session = Session()
        session.named_language = "en"
        with pytest.raises(click.BadParameter, match="name the file that came with it"):
            verify_proof(session, Path("one.tlog-proof"), None, [], None)


class TestCommand:
    def test_needs_no_log(self, kept: Folder, empty: Folder, tmp_path: Path) -> None:
        """A proof is checked where there is no log at all, by a checkpoint typed in."""
        bundle, stated = Bundle.of(kept, tmp_path), kept.log.checkpoint(8).text
        shutil.rmtree(kept.path)
        empty.path.mkdir()
        asked = ("verify", "--proof", str(bundle.proof), "--line", str(bundle.line))
        outcome = empty.run(*asked, "--checkpoint", "-", "--lang", "en", input=stated.encode())
        assert (0, "") == (outcome.code, outcome.words)
        assert outcome.data.startswith("Verified: the event is in the log\n")
        assert "its checkpoint is the one in 'standard input'\n" in outcome.data
        assert 4 == empty.run(*asked).code


POLICY = (
    f"witness office {OFFICE.key.text}\nwitness council {COUNCIL.key.text}\n"
    "group both 2 office council\nquorum both\n"
)


class TestPolicy:
    def test_is_satisfied(self, plan: Folder, apart: Apart, capsys: Capture) -> None:
        """Whose signatures are enough vouches for the checkpoint."""
        keep(plan, 8, OFFICE, COUNCIL)
        code, said = apart(plan).verify(capsys, policy=POLICY)
        assert 0 == code
        assert "signed by office.example, council.example: enough for the policy" in said

    @pytest.mark.parametrize(
        ("signers", "told"),
        [
            ((), "nobody signed its checkpoint, and the policy demands it"),
            ((OFFICE,), "signed by office.example: the policy demands 1 more signature "),
            ((Signer("x.example", bytes(32)),), "signed by nobody: the policy demands 2 more"),
        ],
    )
    def test_is_not_satisfied(
        self, plan: Folder, apart: Apart, capsys: Capture, signers: tuple[Signer, ...], told: str
    ) -> None:
        """How many have to sign besides is told; nothing is verified by then."""
        keep(plan, 8, *signers)
        code, said = apart(plan).verify(capsys, policy=POLICY)
        assert 4 == code
        assert told in said

    def test_is_not_needed_beside_a_copy(self, kept: Folder, apart: Apart, capsys: Capture) -> None:
        """A copy of the checkpoint is enough; what the policy lacks is told."""
        stated = kept.log.checkpoint(8).text
        code, said = apart(kept).verify(capsys, stated, policy=POLICY)
        assert 0 == code
        assert "nobody signed its checkpoint" in said

    def test_is_broken_by_a_wrong_signature(
        self, plan: Folder, apart: Apart, capsys: Capture
    ) -> None:
        """A signature that is not that of its key makes everything doubtful."""
        stated = plan.log.checkpoint(8).text
        forged = SignedNote(stated, (OFFICE.sign("another\n"), COUNCIL.sign(stated)))
        write_checkpoint(checkpoints_folder(plan.path / "events"), forged.whole, 8)
        code, said = apart(plan).verify(capsys, stated, policy=POLICY)
        assert 1 == code
        assert said.startswith("Not proven the signature of 'office.example' ")


class TestLine:
    def test_may_end_with_a_line_feed(self, kept: Folder, apart: Apart, capsys: Capture) -> None:
        """One line feed at the end is what an editor puts there."""
        stated, bundle = kept.log.checkpoint(8).text, apart(kept)
        bundle.line.write_bytes(bundle.line.read_bytes() + b"\n")
        assert 0 == bundle.verify(capsys, stated)[0]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda line: line + b"\r\n", "the line ends were changed"),
            (lambda line: line + b"\n\n", "the line ends were changed"),
            (lambda line: b" " + line, "the line ends were changed"),
            (lambda line: b"\xef\xbb\xbf" + line + b"\n", "a byte order mark was put in front"),
            (lambda line: line.replace(b"Wohnraum", b"Wohnraeume"), "does not lead to the root"),
            (lambda line: line + b"\n" + line, "does not lead to the root"),
            (lambda line: line + b" " * 65_536, "does not lead to the root"),
            (lambda _: b"", "does not lead to the root"),
        ],
    )
    def test_must_be_as_it_was(
        self,
        kept: Folder,
        apart: Apart,
        capsys: Capture,
        change: Callable[[bytes], bytes],
        said: str,
    ) -> None:
        """Nothing else is mended, and what probably happened is said; the text is not shown."""
        stated, bundle = kept.log.checkpoint(8).text, apart(kept)
        bundle.line.write_bytes(change(bundle.line.read_bytes()))
        code, told = bundle.verify(capsys, stated)
        assert 1 == code
        assert told.startswith("Not proven ")
        assert said in told
        assert "Event" not in told

    def test_of_an_erased_event_has_no_text(
        self, kept: Folder, tmp_path: Path, capsys: Capture
    ) -> None:
        """That it was there is verified; so is the text, by those who still have it."""
        line = raw(kept, 5)
        kept.log.erase(id_at(kept, 5), ground="Art. 17", on="2026-11-22", by=BY)
        bundle = Bundle.of(kept, tmp_path)
        stated = kept.log.checkpoint(8).text
        code, said = bundle.verify(capsys, stated)
        assert 0 == code
        assert "the line only has the hash of the event: its text was erased" in said
        bundle.line.write_bytes(line)
        code, said = bundle.verify(capsys, stated)
        assert 0 == code
        assert "Wohnraum" in said

    def test_that_planlog_cannot_read_is_shown(self, tmp_path: Path, capsys: Capture) -> None:
        """What was proven is shown as it is, made harmless, and why it could not be told."""
        line = b'{"v":99,"id":"9f3c0a6be1d24857","text":"\xc2\x9b2J\xff"}'
        code, said = of_one_line(tmp_path, line).verify(capsys, checkpoint_of_one(line).text)
        assert 0 == code
        assert "this planlog cannot read the line, whose beginning stands below" in said
        assert r"\x9b2J\xff" in said

    def test_is_one_line_of_a_log(self, tmp_path: Path, capsys: Capture) -> None:
        """What no log can hold is not proven, even where somebody hashed it into a tree."""
        for line in (b"{}\n{}", b" " * (MAX_LINE + 1)):
            bundle = of_one_line(tmp_path, line)
            assert 1 == bundle.verify(capsys, checkpoint_of_one(line).text)[0]
        line = b" " * MAX_LINE
        assert 0 == of_one_line(tmp_path, line).verify(capsys, checkpoint_of_one(line).text)[0]


ORIGIN = "planlog/\u202eevil\x9b2J"


def checkpoint_of_one(line: bytes) -> Checkpoint:
    """The checkpoint of a log of one line, whose origin means ill."""
    return Checkpoint(ORIGIN, 1, leaf_hash(line))


def of_one_line(path: Path, line: bytes) -> Bundle:
    """The proof of the only line of such a log."""
    bundle = Bundle(path)
    text = TlogProof.of([leaf_hash(line)], 0, checkpoint_of_one(line).text).text
    bundle.proof.write_bytes(text.encode())
    bundle.line.write_bytes(line)
    return bundle


class TestWords:
    def test_are_harmless(self, tmp_path: Path, capsys: Capture) -> None:
        """Nothing that came with a proof steers the terminal."""
        code, said = of_one_line(tmp_path, b"{}").verify(capsys, spoken(checkpoint_of_one(b"{}")))
        assert 0 == code
        assert r"Log planlog/\u202eevil\x9b2J Position 0" in said
        assert said.isprintable()

    def test_are_german_too(self, kept: Folder, apart: Apart, capsys: Capture) -> None:
        """What a German auditor reads is German, but for the data."""
        bundle = apart(kept)
        session = Session()
        session.named_language = "de"
        assert 4 == verify_proof(session, bundle.proof, bundle.line, [], None)
        said = capsys.readouterr().out
        assert said.startswith("Nicht feststellbar, ob das Ereignis im Logbuch steht\n")
        assert "vorgeschlagen" in said


class TestProof:
    def test_that_cannot_be_read_proves_nothing(
        self, kept: Folder, apart: Apart, capsys: Capture
    ) -> None:
        """Every flaw is told, with the name of the file."""
        stated, bundle = kept.log.checkpoint(8).text, apart(kept)
        bundle.proof.write_bytes(bundle.proof.read_bytes().replace(b"\n", b"\r\n"))
        code, said = bundle.verify(capsys, stated)
        assert 1 == code
        assert said.startswith("Not proven ")
        assert "one.tlog-proof: expected lines that end with LF alone, got CR as well" in said

    def test_is_refused_after_any_bit_was_flipped(
        self, kept: Folder, apart: Apart, capsys: Capture
    ) -> None:
        """No single bit of the proof, its checkpoint or the line can change unnoticed."""
        stated, bundle = kept.log.checkpoint(8).text, apart(kept)
        assert 0 == bundle.verify(capsys, stated)[0]
        for path in (bundle.proof, bundle.line):
            whole = path.read_bytes()
            # The bits of a byte in turn: each kind of flip meets every part of the file.
            for position in range(len(whole)):
                changed = bytearray(whole)
                changed[position] ^= 1 << position % 8
                path.write_bytes(changed)
                assert 0 != bundle.verify(capsys, stated)[0], position
            path.write_bytes(whole)
