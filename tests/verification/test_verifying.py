"""What a log is compared with, and what comes of it."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from planlog import (
    Checkpoint,
    Flaw,
    LogNotFoundError,
    Noted,
    NoteError,
    PlanLog,
    Policy,
    SignedNote,
    Signer,
    Spoken,
    StoreReadError,
    Verdict,
    verify,
)
from planlog.stores.joinedfiles import write_joined
from planlog.trust.merkle import EMPTY_ROOT, leaf_hash, root_of
from planlog.trust.notes import cosigned
from planlog.trust.orders import Order
from planlog.verification import verifying
from planlog.verification.files import Listing, listed
from tests.storage.folders import traces
from tests.verification.logs import SAID, Kept, copied, record

HERE, THERE = Signer("gwa.example", bytes(range(32))), Signer("amt.example", bytes(range(1, 33)))
STRANGER = Signer("fremd.example", bytes(range(2, 34)))


def policy(needed: int = 1) -> Policy:
    """A policy that wants so many of two signatures."""
    lines = [
        f"witness gwa {HERE.key.text}",
        f"witness amt {THERE.key.text}",
        f"group all {needed} gwa amt",
        "quorum all",
    ]
    return Policy.parse("".join(f"{line}\n" for line in lines).encode())


def signed(checkpoint: Checkpoint, *signers: Signer) -> SignedNote:
    """A checkpoint with signatures."""
    note = SignedNote(checkpoint.text, (signers[0].sign(checkpoint.text),))
    for signer in signers[1:]:
        note = cosigned(note, signer)
    return note


def statuses(verdict: Verdict) -> list[tuple[str, str, str]]:
    """The place of each checkpoint, whose it is, and what became of it."""
    return [(one.claim.place, one.claim.source, one.status) for one in verdict.checkpoints]


class TestKinds:
    def test_cannot_tell(self, bare: Kept) -> None:
        """Without any checkpoint nobody can tell; that is never called well."""
        verdict = bare.verdict()
        assert ("cannot-tell", 4, 10, 10, 0) == (
            verdict.kind,
            verdict.code,
            verdict.size,
            verdict.uncovered,
            verdict.vouched,
        )
        assert bare.log.checkpoint().root == verdict.root
        assert bare.log.origin == verdict.origin

    def test_own_only(self, bare: Kept) -> None:
        """With checkpoints of its own a log agrees, and events behind them are counted."""
        bare.mark(3)
        bare.mark(7)
        verdict = bare.verdict()
        assert ("own-only", 0, 3, 0) == (
            verdict.kind,
            verdict.code,
            verdict.uncovered,
            verdict.vouched,
        )
        assert [
            ("checkpoints/0000000003.checkpoint", "kept", "fits"),
            ("checkpoints/0000000007.checkpoint", "kept", "fits"),
        ] == statuses(verdict)

    def test_verified(self, kept: Kept) -> None:
        """A checkpoint from outside verifies as many events as it counts."""
        verdict = kept.verdict(kept.log.checkpoint(7))
        assert ("verified", 0, 0, 7) == (
            verdict.kind,
            verdict.code,
            verdict.uncovered,
            verdict.vouched,
        )
        assert ("outside[0]", "outside", "fits") in statuses(verdict)

    def test_damaged(self, kept: Kept) -> None:
        """Anything wrong is damage, whatever else fits."""
        kept.edit(3, lambda content: content + b"\n")
        verdict = kept.verdict()
        assert ("damaged", 1) == (verdict.kind, verdict.code)

    def test_empty(self, tmp_path: Path) -> None:
        """Of a log without events nobody can tell anything; its root is that of nothing."""
        (tmp_path / "events").mkdir()
        verdict = verify(tmp_path, outside=[Checkpoint("x", 0, EMPTY_ROOT)])
        assert ("cannot-tell", 0, EMPTY_ROOT, None) == (
            verdict.kind,
            verdict.size,
            verdict.root,
            verdict.origin,
        )

    def test_checkpoint_of_nothing(self, bare: Kept) -> None:
        """A checkpoint that counts no events covers none, even if it fits."""
        assert "cannot-tell" == bare.verdict(Checkpoint("x", 0, EMPTY_ROOT)).kind
        assert [("empty-root", "outside[0]")] == bare.found(Checkpoint("x", 0, bytes(32)))


class TestOutside:
    @pytest.mark.parametrize("make", [lambda it: it, Spoken.of, lambda it: signed(it, STRANGER)])
    def test_forms(self, bare: Kept, make: Callable[[Checkpoint], Checkpoint]) -> None:
        """A checkpoint may be given as it is, as it was read out, or signed."""
        assert "verified" == bare.verdict(make(bare.log.checkpoint())).kind

    def test_other_spoken(self, kept: Kept) -> None:
        """Read-out digits that do not fit are found as well."""
        spoken = Spoken(10, Spoken.of(kept.log.checkpoint()).prefix ^ 1)
        assert [("rewritten", "outside[0]")] == kept.found(spoken)

    def test_no_checkpoint(self, bare: Kept) -> None:
        """A note about something else is refused."""
        text = "Nichts dergleichen\n"
        with pytest.raises(NoteError, match="expected three lines"):
            bare.verdict(SignedNote(text, (HERE.sign(text),)))

    def test_rewritten(self, kept: Kept) -> None:
        """Who rewrites lines and checkpoints is caught by one that they could not rewrite."""
        before = kept.log.checkpoint()
        kept.edit(3, lambda content: content.replace(b"Caf", b"Kaf"))
        shutil.rmtree(kept.path / "checkpoints")
        kept.mark(3)
        kept.mark()
        (damage,) = kept.verdict(before).damages
        assert ("rewritten", False) == (damage.code, damage.certain)
        assert {"other": "checkpoints/0000000010.checkpoint"} == damage.flaw.details

    def test_another_log(self, kept: Kept, tmp_path: Path) -> None:
        """A checkpoint of another plan is told as that, whether it is short or long."""
        other = record(tmp_path / "other")
        origins = {"stated": other.log.origin, "origin": kept.log.origin}
        for size in (3, 10):
            (damage,) = kept.verdict(other.log.checkpoint(size)).damages
            assert ("another-log", False) == (damage.code, damage.certain)
            assert origins == damage.flaw.details
        (damage,) = kept.verdict(Checkpoint(other.log.origin, 99, bytes(32))).damages
        assert "another-log" == damage.code

    def test_kept_of_another_log(self, bare: Kept, tmp_path: Path) -> None:
        """So is one that lies in the folder."""
        bare.keep(record(tmp_path / "other").log.checkpoint())
        assert ["another-log"] == [code for code, _ in bare.found()]

    def test_under_a_name_of_its_own(self, bare: Kept) -> None:
        """A log may be called otherwise by its own checkpoints, and by those from outside."""
        bare.mark(7, "example.org/plan")
        assert "verified" == bare.verdict(bare.log.checkpoint(3, "example.org/plan")).kind
        longer = Checkpoint("example.org/plan", 12, bytes(32))
        assert [("end-cut-off", "outside[0]")] == bare.found(longer)

    @pytest.mark.parametrize(
        ("letters", "code"), [(1, "mistyped-root"), (4, "mistyped-root"), (5, "edited")]
    )
    def test_mistyped(self, bare: Kept, letters: int, code: str) -> None:
        """A root in which few letters are wrong was probably mistyped; both are shown."""
        right = bare.log.checkpoint()
        origin, size, root, _ = right.text.split("\n")
        typed = "".join("AB"[letter == "A"] for letter in root[:letters]) + root[letters:]
        text = f"{origin}\n{size}\n{typed}\n"
        (damage,) = bare.verdict(Checkpoint.parse(text.encode())).damages
        assert (code, False) == (damage.code, damage.certain)
        if code == "mistyped-root":
            assert {"found": root, "stated": typed} == damage.flaw.details

    def test_cut_off(self, bare: Kept) -> None:
        """A larger checkpoint shows that the end is missing."""
        checkpoint = bare.log.checkpoint()
        (bare.events / bare.names[3]).unlink()
        assert [("end-cut-off", "outside[0]")] == bare.found(checkpoint)
        assert ["too-long"] == [one.status for one in bare.verdict(checkpoint).checkpoints]


class TestKept:
    def test_changed(self, kept: Kept) -> None:
        """A checkpoint that a later one contradicts was changed itself."""
        kept.keep(Checkpoint(kept.log.origin, 7, bytes(32)))
        (damage,) = kept.verdict().damages
        assert ("wrong-checkpoint", "checkpoints/0000000007.checkpoint") == (
            damage.code,
            damage.flaw.place,
        )

    def test_contradicted_from_outside(self, kept: Kept) -> None:
        """Where two from outside contradict each other, one of them is wrong."""
        wrong = Checkpoint(kept.log.origin, 7, bytes(32))
        assert [("wrong-checkpoint", "outside[0]")] == kept.found(wrong, kept.log.checkpoint())

    def test_unreadable(self, kept: Kept) -> None:
        """A checkpoint that cannot be read is damage, and says what is wrong."""
        (kept.path / "checkpoints" / "0000000003.checkpoint").write_bytes(b"nothing\n")
        (damage,) = kept.verdict().damages
        assert ("checkpoint-lines", "checkpoints/0000000003.checkpoint") == (
            damage.code,
            damage.flaw.place,
        )

    def test_link(self, kept: Kept, tmp_path: Path) -> None:
        """A folder of checkpoints that is a link is refused, not followed."""
        shutil.move(kept.path / "checkpoints", tmp_path / "elsewhere")
        (kept.path / "checkpoints").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(StoreReadError, match="checkpoints"):
            kept.verdict()


class TestPolicy:
    def test_satisfied(self, bare: Kept) -> None:
        """A checkpoint in the folder that enough known keys signed verifies the log."""
        bare.keep(signed(bare.log.checkpoint(), THERE, STRANGER, HERE))
        verdict = verify(bare.path, policy=policy(2))
        assert "verified" == verdict.kind
        assert [("amt.example", "gwa.example")] == [
            one.claim.signers for one in verdict.checkpoints
        ]

    @pytest.mark.parametrize("signers", [(HERE,), (HERE, STRANGER)])
    def test_not_satisfied(self, bare: Kept, signers: Sequence[Signer]) -> None:
        """Who asks for signatures cannot tell by a checkpoint that too few signed."""
        bare.keep(signed(bare.log.checkpoint(), *signers))
        verdict = verify(bare.path, policy=policy(2))
        assert ("cannot-tell", 4) == (verdict.kind, verdict.code)
        (judged,) = verdict.checkpoints
        assert (("gwa.example",), 2, 1) == (
            judged.claim.signers,
            judged.claim.needed,
            judged.claim.missing,
        )

    def test_not_signed_at_all(self, kept: Kept) -> None:
        """Nor by one that nobody signed; one from outside is believed as ever."""
        verdict = verify(kept.path, policy=policy(2))
        assert ("cannot-tell", 2) == (verdict.kind, verdict.checkpoints[0].claim.missing)
        outside = [kept.log.checkpoint()]
        assert "verified" == verify(kept.path, outside=outside, policy=policy(2)).kind
        kept.edit(1, lambda content: content + b"\n")
        assert "damaged" == verify(kept.path, policy=policy(2)).kind

    def test_without_policy(self, bare: Kept) -> None:
        """Without a policy nobody's signature counts."""
        bare.keep(signed(bare.log.checkpoint(), HERE, THERE))
        assert "own-only" == verify(bare.path).kind

    def test_wrong_signature(self, bare: Kept) -> None:
        """A wrong signature of a known key is damage, though the root is right."""
        checkpoint = bare.log.checkpoint()
        other = Checkpoint(checkpoint.origin, 9, checkpoint.root)
        note = SignedNote(checkpoint.text, (HERE.sign(other.text),))
        bare.keep(note)
        (damage,) = verify(bare.path, policy=policy()).damages
        assert ("bad-signature", "checkpoints/0000000010.checkpoint") == (
            damage.code,
            damage.flaw.place,
        )


def one_file(path: Path) -> tuple[Kept, list[Checkpoint], list[bytes]]:
    """Make a log of one file; return it, its checkpoints of two and all lines, and its leaves."""
    log = PlanLog.create(path)
    log.record_all([Noted(text=f"Neu {number}") for number in range(6)], on="2023", by="GWA")
    return Kept(path), [log.checkpoint(2), log.checkpoint(6)], log.leaves()


def change(path: Path, edit: Callable[[list[bytes]], list[bytes]]) -> None:
    """Write the lines of the only file anew."""
    (file,) = (path / "events").glob("*.jsonl")
    lines = file.read_bytes().splitlines()
    file.write_bytes(b"\n".join((*edit(lines), b"")))


class TestJoined:
    def joined(self, kept: Kept, sizes: Sequence[int] = (8,)) -> tuple[Order, list[Checkpoint]]:
        """Keep checkpoints of a clone that had some lines in another order, and one more."""
        lines = kept.log.store.read()
        leaves = list(map(leaf_hash, lines))
        order = Order.of([0, 1, 2, leaf_hash(b"left out"), 8, 9, 3, 4], 10, root_of(leaves))
        theirs = order.leaves(leaves)
        checkpoints = [Checkpoint("planlog/x", size, root_of(theirs[:size])) for size in sizes]
        notes = [(one.size, one.text) for one in checkpoints]
        write_joined(kept.path / "checkpoints", order, notes)
        return order, checkpoints

    def test_fits(self, bare: Kept) -> None:
        """A checkpoint of a joined clone is compared with the lines in its order."""
        self.joined(bare, (3, 4, 7, 8))
        verdict = bare.verdict()
        assert ["joined"] * 4 == [one.claim.source for one in verdict.checkpoints]
        assert ["fits"] * 4 == [one.status for one in verdict.checkpoints]
        assert ("own-only", 3) == (verdict.kind, verdict.uncovered)

    def test_with_own(self, bare: Kept) -> None:
        """Lines that both cover are counted once."""
        self.joined(bare)
        bare.mark(3)
        assert 3 == bare.verdict().uncovered

    def test_does_not_fit(self, bare: Kept) -> None:
        """It is told where it does not fit."""
        self.joined(bare)
        bare.edit(3, lambda content: content.replace(b"Caf", b"Kaf"))
        assert ["joined-checkpoint"] == [code for code, _ in bare.found()]

    def test_smaller_ones_where_lines_are_missing(self, bare: Kept) -> None:
        """One whose lines are all there fits, whatever is missing behind them."""
        self.joined(bare, (3, 8))
        (bare.events / bare.names[3]).unlink()
        assert ["fits", "too-long"] == [one.status for one in bare.verdict().checkpoints]

    def test_lines_are_missing(self, bare: Kept) -> None:
        """So it is where lines are missing."""
        self.joined(bare)
        (bare.events / bare.names[3]).unlink()
        assert ["joined-checkpoint"] == [code for code, _ in bare.found()]

    def test_from_outside(self, kept: Kept) -> None:
        """A checkpoint that the clone printed verifies the lines it covers here, and says how."""
        _, (shorter,) = self.joined(kept, (3,))
        verdict = kept.verdict(shorter)
        assert ("verified", 3, 0) == (
            verdict.kind,
            verdict.vouched,
            verdict.checkpoints[-1].claim.absent,
        )
        assert ["another-log"] == [c for c, _ in kept.found(Checkpoint("planlog/x", 8, bytes(32)))]

    def test_with_a_line_that_is_not_here(self, kept: Kept) -> None:
        """Of what is there by its hash alone the keeper could say anything: nobody vouches."""
        _, theirs = self.joined(kept, (8, 5))
        for one in theirs:
            verdict = kept.verdict(one)
            assert ("cannot-tell", 0) == (verdict.kind, verdict.vouched)
            (claim,) = [one.claim for one in verdict.checkpoints if one.claim.source == "outside"]
            assert 1 == claim.absent

    def test_edited_line_that_is_given_by_its_hash(self, tmp_path: Path) -> None:
        """Whoever edits a line and names its old hash in an order gets no line vouched for."""
        kept, outside, leaves = one_file(tmp_path)
        order = Order.of([0, 1, 2, leaves[3], 4, 5], 6, root_of(leaves))
        write_joined(tmp_path / "checkpoints", order, [])
        assert "verified" == kept.verdict(*outside).kind
        change(tmp_path, lambda lines: [*lines[:3], lines[3].replace(b"Neu", b"Alt"), *lines[4:]])
        assert ("cannot-tell", 2) == (kept.verdict(*outside).kind, kept.verdict(*outside).vouched)

    def test_lines_in_another_order(self, tmp_path: Path) -> None:
        """An order that somebody made up is told as one, also beside a checkpoint that fits."""
        kept, outside, leaves = one_file(tmp_path)
        change(tmp_path, lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]])
        assert "damaged" == kept.verdict(*outside).kind
        order = Order.of([0, 1, 2, 4, 3, 5], 6, root_of(leaves))
        write_joined(tmp_path / "checkpoints", order, [])
        verdict = kept.verdict(*outside)
        assert ("verified", 6) == (verdict.kind, verdict.vouched)
        assert verdict.in_another_order
        assert not kept.verdict(outside[0]).in_another_order

    def test_among_its_own(self, bare: Kept) -> None:
        """So does one of theirs that lies among our own, as after a merge."""
        _, (theirs,) = self.joined(bare)
        bare.keep(theirs)
        verdict = bare.verdict()
        assert ("own-only", ()) == (verdict.kind, verdict.damages)
        assert ["fits", "fits"] == [one.status for one in verdict.checkpoints]

    def test_order_cannot_be_read(self, bare: Kept) -> None:
        """What is wrong with the file that tells the order is told."""
        order, _ = self.joined(bare)
        (bare.path / "checkpoints" / "joined" / order.name / "lines.join").write_text("nothing\n")
        assert bare.found()
        assert () == bare.verdict().checkpoints


class TestReading:
    def test_writes_nothing(self, kept: Kept) -> None:
        """Nothing in the folder is touched, and no lock is taken."""
        (kept.events / ".lock").unlink()
        kept.edit(1, lambda content: content.replace(b"\n", b"\r\n"))
        before = traces(kept.events)
        assert "damaged" == kept.verdict().kind
        assert before == traces(kept.events)

    def test_nothing_there(self, tmp_path: Path) -> None:
        """Where there is no log, that is an error and no verdict."""
        with pytest.raises(LogNotFoundError):
            verify(tmp_path / "nowhere")

    def test_platform_refuses(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """What the platform does not let anybody read is an error that names the file."""

        def refuse(*_: object) -> int:
            raise PermissionError(13, "Permission denied", str(kept.events / kept.names[1]))

        monkeypatch.setattr("planlog.verification.files.os.open", refuse)
        with pytest.raises(StoreReadError, match=f"{kept.names[1]}.*Permission denied"):
            kept.verdict()

    def test_a_huge_file(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that no batch fills is not read."""
        monkeypatch.setattr("planlog.verification.files.MAX_FILE", 1_000)
        assert ("huge-file", kept.place(1)) in kept.found()

    def test_a_folder(self, kept: Kept) -> None:
        """A folder that is called like a file of events is told."""
        (kept.events / "0000000099-noted-0000.jsonl").mkdir()
        assert [("not-a-file", "events/0000000099-noted-0000.jsonl")] == kept.found()

    def test_a_pipe_since_it_was_listed(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """What became no file since it was listed keeps nobody waiting."""
        before = listed(kept.events)
        monkeypatch.setattr(verifying, "listed", lambda _: before)
        (kept.events / kept.names[1]).unlink()
        os.mkfifo(kept.events / kept.names[1])
        assert ("not-a-file", kept.place(1)) in kept.found()

    def test_a_link_since_it_was_listed(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """What became a link is not followed."""
        before = listed(kept.events)
        monkeypatch.setattr(verifying, "listed", lambda _: before)
        shutil.move(kept.events / kept.names[1], kept.path / "elsewhere")
        (kept.events / kept.names[1]).symlink_to(kept.path / "elsewhere")
        with pytest.raises(StoreReadError, match="0000000003-proposed"):
            kept.verdict()


class TestMeanwhile:
    """Somebody else works on the log while it is verified."""

    def listings(self, monkeypatch: pytest.MonkeyPatch, *first: Listing) -> list[int]:
        """Let the *first* listings be what they are given, and count them all."""
        left, count = list(first), [0]

        def one(folder: Path) -> Listing:
            count[0] += 1
            return left.pop(0) if left else listed(folder)

        monkeypatch.setattr(verifying, "listed", one)
        return count

    def test_appended(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """A listing that lacks a file which was there all the time is not believed."""
        whole = listed(kept.events)
        lacking = Listing([whole.names[0], *whole.names[2:]], [], [])
        self.listings(monkeypatch, lacking)
        assert "own-only" == kept.verdict().kind

    def test_renamed(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that is gone since it was listed is looked for again."""
        whole = listed(kept.events)
        self.listings(monkeypatch, Listing([*whole.names, "0000000010-gone-0000.jsonl"], [], []))
        assert "own-only" == kept.verdict().kind

    def test_damaged_all_the_time(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is still the same after the reading is judged once."""
        kept.edit(1, lambda content: content + b"\n")
        count = self.listings(monkeypatch)
        assert "damaged" == kept.verdict().kind
        assert [2] == count

    def test_never_settled(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """A folder that never comes to rest is judged in the end."""
        kept.edit(1, lambda content: content + b"\n")
        whole = listed(kept.events)
        odd = [Listing(whole.names, [], [Flaw("x", f"{i}")]) for i in range(9)]
        count = self.listings(monkeypatch, *odd)
        assert "damaged" == kept.verdict().kind
        assert [6] == count

    def test_never_there(self, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that is listed again and again and never there is an error."""
        gone = Listing(["0000000000-gone-0000.jsonl"], [], [])
        self.listings(monkeypatch, *[gone] * 9)
        with pytest.raises(StoreReadError, match="0000000000-gone"):
            kept.verdict()

    def test_recorded_events(self, kept: Kept) -> None:
        """Events that were recorded since the last checkpoint are no damage."""
        from planlog import Noted

        kept.log.record(Noted(text="Neu"), **SAID)
        verdict = kept.verdict()
        assert ("own-only", 1) == (verdict.kind, verdict.uncovered)


def test_copies_agree(kept: Kept, tmp_path: Path) -> None:
    """The same log gives the same verdict, wherever it lies."""
    assert kept.verdict() == copied(kept, tmp_path / "copy").verdict()
