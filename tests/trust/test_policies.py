"""Who has to vouch for a checkpoint is read as it is written, and nobody counts twice."""

import base64
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.errors import BadSignatureError, NoteError
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.notes import Signature, SignedNote, Signer, VerifierKey, cosigned
from planlog.trust.policies import Group, Policy, Vouching

ORIGIN = "planlog/9f3c0a6be1d24857"
TEXT = Checkpoint(ORIGIN, 63, bytes(32)).text
LOG = Signer(ORIGIN, bytes([9]) * 32)
SIGNERS = [Signer(f"witness-{i}.example", bytes([i]) * 32) for i in range(1, 7)]
KEYS = [signer.key for signer in SIGNERS]
STRANGER = Signer("stranger.example", bytes([77]) * 32)

WITNESSES = "".join(f"witness W{i} {key.text}\n" for i, key in enumerate(KEYS, start=1))
TWO_OF_THREE = "".join(WITNESSES.splitlines(keepends=True)[:3]) + "group G 2 W1 W2 W3\nquorum G\n"


def policy(text: str) -> Policy:
    """Read a policy, which means the same as text and as bytes."""
    return Policy.parse(text, "council.policy")


def note(*signers: Signer) -> SignedNote:
    """Return a checkpoint with the signatures of *signers*."""
    return SignedNote(TEXT, tuple(signer.sign(TEXT) for signer in signers))


def flaws(text: str) -> list[tuple[str, str]]:
    """What is wrong with a policy, and where."""
    with pytest.raises(NoteError) as caught:
        policy(text)
    return [(flaw.place, flaw.code) for flaw in caught.value.flaws]


class TestParse:
    def test_two_of_three(self) -> None:
        """Witnesses by the names the policy gives them, a group, and who is enough."""
        found = policy(TWO_OF_THREE)
        assert {f"W{i}": KEYS[i - 1] for i in (1, 2, 3)} == found.witnesses
        assert (Group("G", 2, ("W1", "W2", "W3")),) == found.groups
        assert ((), "G") == (found.logs, found.quorum)
        assert tuple(KEYS[:3]) == found.keys

    def test_log_alone(self) -> None:
        """A log's own key can be enough."""
        found = policy(f"log {LOG.key.text}\nquorum none\n")
        assert ((LOG.key,), None) == (found.logs, found.quorum)

    def test_comments_blanks_and_addresses(self) -> None:
        """Empty lines, comments, blanks, tabs and the addresses of others are passed by."""
        key, other = KEYS[0].text, LOG.key.text
        text = (
            "# who vouches\n \t \n\t# indented\n"
            f"  log\t{other}   https://log.example/ \n"
            f"\twitness Stadt#1  {key} https://witness.example/\nquorum\tStadt#1 \n"
        )
        assert policy(f"log {other}\nwitness Stadt#1 {key}\nquorum Stadt#1\n") == policy(text)

    @pytest.mark.parametrize(("word", "needed"), [("any", 1), ("all", 3), ("1", 1), ("03", 3)])
    def test_thresholds(self, word: str, needed: int) -> None:
        """How many are needed is a number or a word."""
        (group,) = policy(TWO_OF_THREE.replace("G 2", f"G {word}")).groups
        assert needed == group.needed

    def test_names_every_line_that_is_wrong(self) -> None:
        """All of them are told at once, with file and line."""
        text = f"log\nwitness W1 {KEYS[0].text} a b\nsigner W1\ngroup G 2\nquorum\n"
        with pytest.raises(NoteError) as caught:
            policy(text)
        assert [
            "council.policy:1: expected log KEY [URL]",
            "council.policy:2: expected witness NAME KEY [URL]",
            (
                "council.policy:3: expected a line that begins with log, witness, group, quorum, "
                "got 'signer'"
            ),
            "council.policy:4: expected group NAME NUMBER|any|all NAME...",
            "council.policy:5: expected quorum NAME",
            "council.policy: expected a line that says whose signatures are enough: quorum NAME",
        ] == str(caught.value).split("\n")

    @pytest.mark.parametrize("needed", ["0", "4", "-1", "1.0", "two", "٢", "9" * 5000])
    def test_impossible_threshold(self, needed: str) -> None:
        """Nobody can be asked for none of three, or for four."""
        text = TWO_OF_THREE.replace("G 2", f"G {needed}")
        assert [("council.policy:4", "threshold")] == flaws(text)

    def test_same_key_under_two_names(self) -> None:
        """Whoever has two names counts once, so the second is refused: names are only names."""
        renamed = VerifierKey("other.example", KEYS[0].public)
        text = TWO_OF_THREE.replace(KEYS[1].text, renamed.text)
        assert [("council.policy:2", "same-key")] == flaws(text)

    def test_same_key_of_log_and_witness(self) -> None:
        """A log is no witness of its own."""
        text = f"log {LOG.key.text}\nwitness W {LOG.key.text}\nquorum W\n"
        assert [("council.policy:2", "same-key")] == flaws(text)

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            (f"witness W1 {KEYS[4].text}\nquorum W1\n", "same-name"),
            ("group W1 any W2\nquorum W1\n", "same-name"),
            (f"witness none {KEYS[4].text}\nquorum W1\n", "reserved-name"),
            ("group none any W1\nquorum W1\n", "reserved-name"),
            ("group G any W1 W9\nquorum G\n", "unknown-member"),
            ("group G any W1 none\nquorum G\n", "unknown-member"),
            ("group G any W1 G\nquorum G\n", "unknown-member"),
            ("group G 2 W1 W1\nquorum G\n", "same-member"),
            ("quorum W9\n", "unknown-member"),
        ],
    )
    def test_wrong_names(self, more: str, code: str) -> None:
        """A name means one thing that stands above it, and is in one group once."""
        text = "".join(WITNESSES.splitlines(keepends=True)[:3])
        assert [("council.policy:4", code)] == flaws(text + more)

    def test_member_of_two_groups(self) -> None:
        """Nobody is in two groups, or one signature would count for both."""
        text = WITNESSES + "group A any W1 W2\ngroup B any W2 W3\ngroup C all A B\nquorum C\n"
        assert [("council.policy:8", "same-member")] == flaws(text)

    def test_second_quorum(self) -> None:
        """There is one answer to who is enough."""
        assert [("council.policy:6", "second-quorum")] == flaws(TWO_OF_THREE + "quorum W1\n")

    def test_needs_nobody(self) -> None:
        """A policy that every checkpoint satisfies is none."""
        assert [("council.policy", "empty-policy")] == flaws(WITNESSES + "quorum none\n")

    @pytest.mark.parametrize(
        ("key", "code"),
        [
            ("W1", "verifier-key"),
            (SIGNERS[0].text, "secret-key"),
            (KEYS[0].text.replace("+", "+0", 1), "key-hash"),
            # The kind of key with which witnesses state a time.
            (f"w.example+00000000+{base64.b64encode(bytes([4]) * 33).decode()}", "verifier-key"),
        ],
    )
    def test_wrong_key(self, key: str, code: str) -> None:
        """What is no key is told, and its name is known all the same."""
        text = TWO_OF_THREE.replace(KEYS[0].text, key)
        assert [("council.policy:1", code)] == flaws(text)
        text = f"log {key}\nwitness W {KEYS[5].text}\nquorum W\n"
        assert [("council.policy:1", code)] == flaws(text)

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (b"", "cut-text"),
            (b"quorum W1", "cut-text"),
            (b"quorum W1\r\n", "line-ends"),
            (b"quorum W\xfc\n", "not-utf8"),
            (b"quorum \x00\n", "control"),
            (b"#" * 1_000_001, "long-note"),
        ],
    )
    def test_text_that_is_none(self, raw: bytes, code: str) -> None:
        """A policy is UTF-8 in whole lines, and not endless."""
        with pytest.raises(NoteError) as caught:
            Policy.parse(raw, "council.policy")
        assert [("council.policy", code)] == [(f.place, f.code) for f in caught.value.flaws]

    def test_other_marks_part_no_words(self) -> None:
        """Only blanks and tabs stand between words, as only a line feed ends a line."""
        text = f"witness Stadt\u00a0Amt\u2028 {KEYS[0].text}\nquorum Stadt\u00a0Amt\u2028\n"
        assert "Stadt\u00a0Amt\u2028" == policy(text).quorum


class TestNeeded:
    @pytest.mark.parametrize(
        ("text", "count"),
        [
            (TWO_OF_THREE, 2),
            (f"log {LOG.key.text}\n{TWO_OF_THREE}", 3),
            (f"log {LOG.key.text}\nquorum none\n", 1),
        ],
    )
    def test_how_many(self, text: str, count: int) -> None:
        """So many signatures there have to be, that of the log among them."""
        assert count == policy(text).needed


class TestJudged:
    @pytest.mark.parametrize("count", range(4))
    def test_two_of_three(self, count: int) -> None:
        """Any two of the three are enough, and fewer lack as many as are missing."""
        for signers in combinations(SIGNERS[:3], count):
            found = policy(TWO_OF_THREE).judged(note(*signers, STRANGER))
            assert Vouching(tuple(one.key for one in signers), max(0, 2 - count)) == found
            assert (count >= 2) == found.is_enough

    def test_signing_twice_counts_once(self) -> None:
        """The same signature again is no second one."""
        first = SIGNERS[0].sign(TEXT)
        found = policy(TWO_OF_THREE).judged(SignedNote(TEXT, (first, first)))
        assert Vouching((KEYS[0],), 1) == found

    def test_strangers_count_nothing(self) -> None:
        """Who is not in the policy has said nothing."""
        assert Vouching((), 2) == policy(TWO_OF_THREE).judged(note(STRANGER))

    def test_same_name_and_another_key(self) -> None:
        """A key counts by what it is, not by what it is called."""
        forger = Signer(SIGNERS[0].name, bytes([55]) * 32)
        assert Vouching((), 2) == policy(TWO_OF_THREE).judged(note(forger))

    def test_wrong_signature(self) -> None:
        """A wrong signature of a known key is an error, though the others were enough."""
        right = note(*SIGNERS[:2])
        wrong = Signature(KEYS[2].name, KEYS[2].key_id, bytes(64))
        with pytest.raises(BadSignatureError, match=KEYS[2].name):
            policy(TWO_OF_THREE).judged(SignedNote(TEXT, (*right.signatures, wrong)))

    def test_signature_of_another_text(self) -> None:
        """What was signed for one checkpoint does not count for another."""
        signature = SIGNERS[0].sign(TEXT.replace("63", "64"))
        with pytest.raises(BadSignatureError):
            policy(TWO_OF_THREE).judged(SignedNote(TEXT, (signature,)))

    def test_log_and_witnesses(self) -> None:
        """Where logs are named, one of them has to sign besides the witnesses."""
        both = policy(f"log {LOG.key.text}\n{TWO_OF_THREE}")
        assert 1 == both.judged(note(*SIGNERS[:2])).missing
        assert 2 == both.judged(note(LOG)).missing
        assert both.judged(cosigned(note(*SIGNERS[:2]), LOG)).is_enough

    def test_log_of_another_name(self) -> None:
        """The key of a log counts for checkpoints of that log only."""
        other = Signer("planlog/ffffffffffffffff", bytes([8]) * 32)
        alone = policy(f"log {other.key.text}\nquorum none\n")
        assert Vouching((), 1) == alone.judged(note(other))

    def test_witness_alone(self) -> None:
        """A quorum can be one witness."""
        alone = policy(WITNESSES + "quorum W2\n")
        assert Vouching((KEYS[0],), 1) == alone.judged(note(SIGNERS[0]))
        assert Vouching((KEYS[1],), 0) == alone.judged(note(SIGNERS[1]))

    @given(st.sets(st.integers(0, 5)), st.integers(1, 3), st.integers(1, 3), st.integers(1, 2))
    def test_groups_of_groups(self, signing: set[int], a: int, b: int, both: int) -> None:
        """As many are missing as the smallest set that has to sign besides has members."""
        nested = policy(
            WITNESSES
            + f"group A {a} W1 W2 W3\ngroup B {b} W4 W5 W6\ngroup C {both} A B\nquorum C\n"
        )

        def enough(chosen: set[int]) -> bool:
            held = [len(chosen & {0, 1, 2}) >= a, len(chosen & {3, 4, 5}) >= b]
            return sum(held) >= both

        missing = next(
            count
            for count in range(7)
            if any(enough(signing | set(more)) for more in combinations(range(6), count))
        )
        signed = note(*(SIGNERS[i] for i in sorted(signing)), STRANGER)
        assert missing == nested.judged(signed).missing
