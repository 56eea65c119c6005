"""The tree of hashes: its root, its proofs, and that nothing false is believed."""

import shutil
import subprocess
import tracemalloc
from collections.abc import Iterator, Sequence
from functools import cache, reduce
from hashlib import sha256
from pathlib import Path

import pymerkle  # type: ignore[import-untyped]  # it tells no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.trust.merkle import (
    EMPTY_ROOT,
    MAX_SIZE,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The lines on which implementations of Certificate Transparency try themselves, and the roots of
# the trees of the first, the first two, and so on.
KNOWN_LINES = [
    bytes.fromhex(digits)
    for digits in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
KNOWN_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

LINES = [b"line %d" % number for number in range(300)]
LEAVES = [leaf_hash(line) for line in LINES]
FEW = 64
SIZES = [*range(1, 18), 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 255, 256, 257, 299, 300]


# The definitions of RFC 6962, word by word


@cache
def naive_root(start: int, stop: int) -> bytes:
    """The root of some of the lines: MTH of section 2.1."""
    if start == stop:
        return sha256(b"").digest()
    if stop - start == 1:
        return sha256(b"\x00" + LINES[start]).digest()
    middle = start + split(stop - start)
    return sha256(b"\x01" + naive_root(start, middle) + naive_root(middle, stop)).digest()


def split(size: int) -> int:
    """The largest power of two below *size*."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def naive_path(index: int, start: int, stop: int) -> list[bytes]:
    """The audit path of a line: PATH of section 2.1.1."""
    if stop - start == 1:
        return []
    middle = start + split(stop - start)
    if index < middle:
        return [*naive_path(index, start, middle), naive_root(middle, stop)]
    return [*naive_path(index, middle, stop), naive_root(start, middle)]


def naive_subproof(first: int, start: int, stop: int, whole: bool) -> list[bytes]:
    """The proof that the first lines are the beginning of more: SUBPROOF of section 2.1.2."""
    if first == stop:
        return [] if whole else [naive_root(start, stop)]
    middle = start + split(stop - start)
    if first <= middle:
        return [*naive_subproof(first, start, middle, whole), naive_root(middle, stop)]
    return [*naive_subproof(first, middle, stop, False), naive_root(start, middle)]


# The steps of RFC 9162 for those who verify


def stepwise_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Section 2.1.3.2."""
    if index >= size:
        return False
    here, last = index, size - 1
    found = leaf
    for other in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = sha256(b"\x01" + other + found).digest()
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = sha256(b"\x01" + found + other).digest()
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def stepwise_consistency(
    first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes
) -> bool:
    """Section 2.1.4.2, for a first size above 0 and below the second."""
    if not proof:
        return False
    hashes = list(proof) if first & (first - 1) else [first_root, *proof]
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    older = newer = hashes[0]
    for other in hashes[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            older = sha256(b"\x01" + other + older).digest()
            newer = sha256(b"\x01" + other + newer).digest()
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            newer = sha256(b"\x01" + newer + other).digest()
        here, last = here >> 1, last >> 1
    return older == first_root and newer == second_root and last == 0


# What can be wrong with what one is shown


def flipped(value: bytes, bit: int) -> bytes:
    """*value* with one bit turned."""
    return (int.from_bytes(value) ^ 1 << bit).to_bytes(len(value))


def spoilt(value: bytes) -> Iterator[bytes]:
    """Everything that *value* becomes when one bit is turned."""
    return (flipped(value, bit) for bit in range(8 * len(value)))


def distorted(proof: Sequence[bytes]) -> Iterator[list[bytes]]:
    """The *proof* with a hash doubled, left out, moved, cut short or made longer, or one more."""
    hashes = list(proof)
    for place, one in enumerate(hashes):
        yield hashes[:place] + hashes[place + 1 :]
        yield [*hashes[:place], one, *hashes[place:]]
        yield [*hashes[:place], one[:-1], *hashes[place + 1 :]]
        yield [*hashes[:place], one + b"\0", *hashes[place + 1 :]]
        if place:
            yield [*hashes[: place - 1], one, hashes[place - 1], *hashes[place + 1 :]]
    yield [*hashes, LEAVES[0]]
    yield [*hashes, b""]
    yield [b"", *hashes]


@st.composite
def hashes_in_doubt(draw: st.DrawFn, proof: Sequence[bytes], root: bytes) -> list[bytes]:
    """A *proof* with some hashes added, left out or put in another order, the *root* among them."""
    hashes = [*proof, root, LEAVES[0]]
    return draw(st.lists(st.sampled_from(hashes), max_size=8) | st.permutations(proof))


class TestLeafHash:
    def test_a_shell_comes_to_the_same(self, tmp_path: Path) -> None:
        """Whoever trusts nobody hashes a line with the tools of every system."""
        if shutil.which("sha256sum") is None:
            pytest.skip("there is no sha256sum here")
        (tmp_path / "LINE").write_bytes("{„Maßnahme“}".encode())
        done = subprocess.run(
            ["sh", "-c", r"printf '\0' | cat - LINE | sha256sum"],
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        assert done.stdout.split()[0].decode() == leaf_hash("{„Maßnahme“}".encode()).hex()

    def test_a_line_is_no_node(self) -> None:
        """No line can be written that is taken for two others."""
        left, right = LEAVES[:2]
        forged = {leaf_hash(left + right), leaf_hash(b"\x01" + left + right)}
        assert node_hash(left, right) not in forged


class TestFrontier:
    def test_known_roots(self) -> None:
        """Every size of the tree that others have published has the published root."""
        frontier = Frontier()
        roots = [frontier.root.hex()]
        for line in KNOWN_LINES:
            frontier.add(line)
            roots.append(frontier.root.hex())
        assert KNOWN_ROOTS == roots
        assert len(KNOWN_LINES) == frontier.size

    def test_every_size_is_as_defined(self) -> None:
        """Up to 300 lines, the root is at any time what the definition makes of the lines."""
        frontier = Frontier()
        for size, line in enumerate(LINES):
            assert naive_root(0, size) == frontier.root
            assert size == frontier.size
            frontier.add(line)
        assert naive_root(0, len(LINES)) == frontier.root

    def test_another_program_finds_the_same_roots(self) -> None:
        """Up to 300 lines, an implementation by others has the same root at every size."""
        others = another_tree()
        frontier = Frontier()
        for size, line in enumerate(LINES, start=1):
            frontier.add(line)
            assert others.get_root(size) == frontier.root

    @given(st.lists(st.tuples(st.booleans(), st.binary(max_size=40)), max_size=40))
    def test_what_is_left_of_a_line_is_enough(self, lines: list[tuple[bool, bytes]]) -> None:
        """The root stays when lines are known by their hashes only."""
        whole, erased = Frontier(), Frontier()
        for is_erased, line in lines:
            whole.add(line)
            if is_erased:
                erased.add_leaf(leaf_hash(line))
            else:
                erased.add(line)
        assert whole.root == erased.root

    @given(st.lists(st.integers(0, 20), max_size=6))
    def test_many_are_taken_in_as_one_by_one(self, counts: list[int]) -> None:
        """However the leaves are handed in, the tree is the same."""
        frontier, size = Frontier(), 0
        for count in counts:
            frontier.add_leaves(iter(LEAVES[size : size + count]))
            size += count
        assert naive_root(0, size) == frontier.root
        assert size == frontier.size

    @pytest.mark.parametrize("leaf", [b"", b"x" * 31, b"x" * 33, b"x" * 64])
    def test_a_leaf_has_the_length_of_a_hash(self, leaf: bytes) -> None:
        """What cannot be the hash of a line is refused, and the tree stays what it was."""
        frontier = Frontier()
        frontier.add(LINES[0])
        with pytest.raises(ValueError, match=f"expected a hash of 32 bytes, got {leaf!r}"):
            frontier.add_leaf(leaf)
        assert (1, naive_root(0, 1)) == (frontier.size, frontier.root)
        frontier.add(LINES[1])
        assert naive_root(0, 2) == frontier.root

    def test_it_keeps_next_to_nothing(self) -> None:
        """Twenty thousand lines take no more memory than a few: the tree keeps its edge only."""
        frontier = Frontier()
        frontier.add_leaves(LEAVES)
        tracemalloc.start()
        try:
            for number in range(20_000):
                frontier.add(b"%d" % number)
            assert len(frontier.root) == 32
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert most < 8_000


class TestRootOf:
    @pytest.mark.parametrize("size", [0, *SIZES])
    def test_it_is_as_defined(self, size: int) -> None:
        """The root of some leaves is what the definition makes of their lines."""
        assert naive_root(0, size) == root_of(LEAVES[:size])

    def test_of_nothing(self) -> None:
        """A log without lines has the hash of nothing."""
        assert KNOWN_ROOTS[0] == EMPTY_ROOT.hex()
        assert EMPTY_ROOT == root_of([])


def another_tree() -> pymerkle.InmemoryTree:
    """The tree of the lines as somebody else's program makes it."""
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    tree.append_entries(LINES)
    return tree


@pytest.fixture(scope="module")
def others() -> pymerkle.InmemoryTree:
    """The tree of the lines as somebody else's program makes it."""
    return another_tree()


class TestTheExampleOfTheStandard:
    """Section 2.1.3 of RFC 6962: a tree of seven leaves, its nodes named by letters."""

    A, B, C, D, E, F, J = LEAVES[:7]
    G, H, I = node_hash(A, B), node_hash(C, D), node_hash(E, F)  # noqa: E741  # so named there
    K, L = node_hash(G, H), node_hash(I, J)

    def test_root(self) -> None:
        """The odd leaf goes up as it is."""
        assert node_hash(self.K, self.L) == root_of(LEAVES[:7])

    def test_inclusion(self) -> None:
        """The proofs of the first, fourth, fifth and last leaf are those printed there."""
        printed = {
            0: (self.B, self.H, self.L),
            3: (self.C, self.G, self.L),
            4: (self.F, self.J, self.K),
            6: (self.I, self.K),
        }
        assert printed == {index: inclusion_proof(LEAVES, index, 7) for index in printed}

    def test_consistency(self) -> None:
        """The proofs that it grew from three, four and six leaves are those printed there."""
        printed = {
            3: (self.C, self.D, self.G, self.L),
            4: (self.L,),
            6: (self.I, self.J, self.K),
        }
        assert printed == {first: consistency_proof(LEAVES, first, 7) for first in printed}


class TestInclusion:
    """Tests for `inclusion_proof` and `verify_inclusion`."""

    def test_every_proof_is_as_defined_and_believed(self) -> None:
        """Up to 64 lines, each proof in each tree is the defined one, and shows the line."""
        for size in range(1, FEW + 1):
            root = naive_root(0, size)
            for index in range(size):
                proof = inclusion_proof(LEAVES, index, size)
                assert tuple(naive_path(index, 0, size)) == proof
                assert verify_inclusion(LEAVES[index], index, size, proof, root)

    @pytest.mark.parametrize("size", SIZES)
    def test_another_program_makes_the_same(self, size: int, others: pymerkle.InmemoryTree) -> None:
        """In trees of up to 300 lines, an implementation by others gives the same proofs."""
        for index in {0, 1, size // 3, size // 2, size - 2, size - 1} & set(range(size)):
            # It counts from one, and puts the leaf in front.
            leaf, *path = others.prove_inclusion(index + 1, size).path
            proof = inclusion_proof(LEAVES, index, size)
            assert (leaf, tuple(path)) == (LEAVES[index], proof)
            assert verify_inclusion(leaf, index, size, path, others.get_root(size))

    def test_no_bit_can_be_turned(self) -> None:
        """In a tree of seven, a proof, leaf or root with any one bit turned is refused."""
        size, root = 7, naive_root(0, 7)
        for index in range(size):
            leaf, proof = LEAVES[index], inclusion_proof(LEAVES, index, size)
            assert not any(verify_inclusion(bad, index, size, proof, root) for bad in spoilt(leaf))
            assert not any(verify_inclusion(leaf, index, size, proof, bad) for bad in spoilt(root))
            for place, one in enumerate(proof):
                for bad in spoilt(one):
                    changed = [*proof[:place], bad, *proof[place + 1 :]]
                    assert not verify_inclusion(leaf, index, size, changed, root)

    @given(st.data())
    def test_no_bit_can_be_turned_anywhere(self, data: st.DataObject) -> None:
        """In a tree of any size, nothing survives a bit turned in what is shown."""
        size = data.draw(st.integers(1, len(LINES)))
        index = data.draw(st.integers(0, size - 1))
        shown = [LEAVES[index], *inclusion_proof(LEAVES, index, size), naive_root(0, size)]
        place = data.draw(st.integers(0, len(shown) - 1))
        shown[place] = flipped(shown[place], data.draw(st.integers(0, 255)))
        leaf, *proof, root = shown
        assert not verify_inclusion(leaf, index, size, proof, root)

    @pytest.mark.parametrize("size", [1, 2, 7, 8, 33])
    def test_no_other_place(self, size: int) -> None:
        """A line is believed at its own place only, wherever else the proof may be said to lead."""
        root = naive_root(0, size)
        for index in range(size):
            proof = inclusion_proof(LEAVES, index, size)
            believed = [
                place
                for place in [
                    *range(-size - 1, 2 * size + 1),
                    *(index ^ 1 << bit for bit in range(70)),
                ]
                if verify_inclusion(LEAVES[index], place, size, proof, root)
            ]
            assert [index] == believed

    @pytest.mark.parametrize("size", [1, 2, 7, 8, 33])
    def test_no_other_proof(self, size: int) -> None:
        """A proof with a hash too few or too many, out of order or of another length is refused."""
        root = naive_root(0, size)
        for index in range(size):
            for bad in distorted(inclusion_proof(LEAVES, index, size)):
                assert not verify_inclusion(LEAVES[index], index, size, bad, root)

    @pytest.mark.parametrize("length", [0, 31, 33, 64])
    def test_hashes_have_one_length(self, length: int) -> None:
        """What has not the length of a hash is none, even if all that is shown fits together."""
        odd = b"x" * length
        assert not verify_inclusion(odd, 0, 1, [], odd)
        assert not verify_inclusion(odd, 0, 2, [LEAVES[1]], node_hash(odd, LEAVES[1]))
        assert not verify_inclusion(LEAVES[0], 0, 2, [odd], node_hash(LEAVES[0], odd))

    def test_any_hash_may_be_one(self) -> None:
        """A log of one line has the hash of that line as its root, whatever it is."""
        assert verify_inclusion(b"x" * 32, 0, 1, [], b"x" * 32)

    @pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1), (0, -1), (-2, -1)])
    def test_no_place_outside_the_tree(self, index: int, size: int) -> None:
        """An empty tree has no line, and no tree has one beyond its size or before its start."""
        assert not verify_inclusion(EMPTY_ROOT, index, size, [], EMPTY_ROOT)
        with pytest.raises(ValueError, match=f"index < size <= 300, got {index} and {size}"):
            inclusion_proof(LEAVES, index, size)

    def test_nothing_can_be_proven_of_lines_that_are_not_there(self) -> None:
        """A proof in a tree larger than the log is refused, not made up."""
        with pytest.raises(ValueError, match="size <= 300, got 0 and 301"):
            inclusion_proof(LEAVES, 0, 301)

    def test_the_largest_size(self) -> None:
        """The proof in the largest tree has 63 hashes; a larger tree is not looked at."""
        root = LEAVES[0]
        for _ in range(63):
            root = node_hash(root, LEAVES[1])
        proof = [LEAVES[1]] * 63
        assert verify_inclusion(LEAVES[0], 0, MAX_SIZE, proof, root)
        assert not verify_inclusion(LEAVES[0], 0, MAX_SIZE + 1, proof, root)
        assert not verify_inclusion(LEAVES[0], 0, 1 << 1_000_000, proof, root)

    @given(st.data())
    def test_it_judges_as_the_standard_does(self, data: st.DataObject) -> None:
        """Whatever one is shown, the verdict is that of the steps the standard lists."""
        size = data.draw(st.integers(1, 20))
        index = data.draw(st.integers(0, size - 1))
        root = naive_root(0, size)
        true = inclusion_proof(LEAVES, index, size)
        proof = data.draw(st.just(true) | hashes_in_doubt(true, root))
        place, claimed = data.draw(st.integers(0, 20)), data.draw(st.integers(0, 20))
        for asked in [(index, size), (index, claimed), (place, claimed)]:
            expected = stepwise_inclusion(LEAVES[index], *asked, proof, root)
            assert expected == verify_inclusion(LEAVES[index], *asked, proof, root)


class TestConsistency:
    """Tests for `consistency_proof` and `verify_consistency`."""

    def test_every_proof_is_as_defined_and_believed(self) -> None:
        """Up to 64 lines, each pair of sizes has the defined proof, and it shows the growth."""
        for second in range(1, FEW + 1):
            for first in range(1, second + 1):
                proof = consistency_proof(LEAVES, first, second)
                assert tuple(naive_subproof(first, 0, second, True)) == proof
                roots = naive_root(0, first), naive_root(0, second)
                assert verify_consistency(first, second, proof, *roots)

    @pytest.mark.parametrize("second", SIZES)
    def test_another_program_shows_the_same(
        self, second: int, others: pymerkle.InmemoryTree
    ) -> None:
        """In trees of up to 300 lines, a proof by others holds each hash of ours, and no other."""
        for first in {1, 2, second // 3, second // 2, second - 1} & set(range(1, second)):
            # It starts from the first new line instead of the last old subtree, which is why it
            # has the first new subtree in pieces.
            other = others.prove_consistency(first, second)
            old = other.subset.index(1)
            new = reduce(node_hash, other.path[:old])
            last = other.path[old : old + 1] if first & (first - 1) else []
            proof = consistency_proof(LEAVES, first, second)
            assert (*last, new, *other.path[old + 1 :]) == proof
            roots = others.get_root(first), others.get_root(second)
            assert verify_consistency(first, second, proof, *roots)

    @pytest.mark.parametrize("first", range(1, 7))
    def test_no_bit_can_be_turned(self, first: int) -> None:
        """From any size to seven, a proof or root with any one bit turned is refused."""
        proof = consistency_proof(LEAVES, first, 7)
        shown = [naive_root(0, first), *proof, naive_root(0, 7)]
        for place, one in enumerate(shown):
            for bad in spoilt(one):
                changed = [*shown[:place], bad, *shown[place + 1 :]]
                older, *hashes, newer = changed
                assert not verify_consistency(first, 7, hashes, older, newer)

    @given(st.data())
    def test_no_bit_can_be_turned_anywhere(self, data: st.DataObject) -> None:
        """Between any two sizes, nothing survives a bit turned in what is shown."""
        second = data.draw(st.integers(1, len(LINES)))
        first = data.draw(st.integers(1, second))
        proof = consistency_proof(LEAVES, first, second)
        shown = [naive_root(0, first), *proof, naive_root(0, second)]
        place = data.draw(st.integers(0, len(shown) - 1))
        shown[place] = flipped(shown[place], data.draw(st.integers(0, 255)))
        older, *hashes, newer = shown
        assert not verify_consistency(first, second, hashes, older, newer)

    @pytest.mark.parametrize(("first", "second"), [(1, 2), (3, 7), (4, 7), (6, 8), (8, 33), (7, 7)])
    def test_no_other_proof(self, first: int, second: int) -> None:
        """A proof with a hash too few or too many, out of order or of another length is refused."""
        roots = naive_root(0, first), naive_root(0, second)
        for bad in distorted(consistency_proof(LEAVES, first, second)):
            assert not verify_consistency(first, second, bad, *roots)

    def test_a_rewritten_line_is_found(self) -> None:
        """Where a line below the older size was changed, no two sizes fit together any more."""
        changed = [*LEAVES[:4], leaf_hash(b"another"), *LEAVES[5:9]]
        for first in range(5, 9):
            for leaves in (LEAVES, changed):
                proof = consistency_proof(leaves, first, 9)
                roots = root_of(LEAVES[:first]), root_of(changed)
                assert not verify_consistency(first, 9, proof, *roots)

    def test_the_same_size(self) -> None:
        """A log that did not grow has the same root, and nothing is left to show."""
        one, other = naive_root(0, 5), naive_root(0, 6)
        assert () == consistency_proof(LEAVES, 5, 5)
        assert verify_consistency(5, 5, [], one, one)
        assert not verify_consistency(5, 5, [], one, other)
        assert not verify_consistency(5, 5, [other], one, one)

    def test_from_nothing(self) -> None:
        """Every log grew from the empty one, and nothing is left to show."""
        root = naive_root(0, 5)
        assert () == consistency_proof(LEAVES, 0, 5)
        assert verify_consistency(0, 5, [], EMPTY_ROOT, root)
        assert not verify_consistency(0, 5, [], root, root)
        assert not verify_consistency(0, 5, [root], EMPTY_ROOT, root)

    def test_nothing_stays_nothing(self) -> None:
        """Of an empty log only the one root is believed."""
        root = naive_root(0, 5)
        assert () == consistency_proof([], 0, 0)
        assert verify_consistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)
        assert not verify_consistency(0, 0, [], root, root)
        assert not verify_consistency(0, 0, [], EMPTY_ROOT, root)
        assert not verify_consistency(0, 0, [], root, EMPTY_ROOT)

    @pytest.mark.parametrize("length", [0, 31, 33, 64])
    def test_hashes_have_one_length(self, length: int) -> None:
        """What has not the length of a hash is none, even if all that is shown fits together."""
        odd = b"x" * length
        assert not verify_consistency(5, 5, [], odd, odd)
        assert not verify_consistency(0, 5, [], EMPTY_ROOT, odd)
        assert not verify_consistency(1, 2, [LEAVES[1]], odd, node_hash(odd, LEAVES[1]))
        assert not verify_consistency(1, 2, [odd], LEAVES[0], node_hash(LEAVES[0], odd))

    def test_any_hash_may_be_one(self) -> None:
        """What a log became that began with nothing is not for a proof to say."""
        assert verify_consistency(0, 5, [], EMPTY_ROOT, b"x" * 32)

    @pytest.mark.parametrize(("first", "second"), [(2, 1), (-1, 1), (-1, -1), (1, 0), (1, -1)])
    def test_a_log_never_shrinks(self, first: int, second: int) -> None:
        """Sizes that get smaller or are none are refused, whatever else is shown."""
        root = naive_root(0, 1)
        assert not verify_consistency(first, second, [], root, root)
        assert not verify_consistency(first, second, [root], root, root)
        with pytest.raises(ValueError, match=f"second <= 300, got {first}, {second}"):
            consistency_proof(LEAVES, first, second)

    def test_nothing_can_be_proven_of_lines_that_are_not_there(self) -> None:
        """A proof in a tree larger than the log is refused, not made up."""
        with pytest.raises(ValueError, match="second <= 300, got 0, 301"):
            consistency_proof(LEAVES, 0, 301)

    def test_the_largest_size(self) -> None:
        """The proof to the largest tree is judged; a larger tree is not looked at."""
        older = newer = LEAVES[0]
        for _ in range(63):
            newer = node_hash(newer, LEAVES[1])
        proof = [LEAVES[1]] * 63
        assert verify_consistency(1, MAX_SIZE, proof, older, newer)
        assert not verify_consistency(1, MAX_SIZE + 1, proof, older, newer)
        assert not verify_consistency(1, 1 << 1_000_000, proof, older, newer)

    @given(st.data())
    def test_it_judges_as_the_standard_does(self, data: st.DataObject) -> None:
        """Whatever one is shown, the verdict is that of the steps the standard lists."""
        second = data.draw(st.integers(2, 20))
        first = data.draw(st.integers(1, second - 1))
        roots = naive_root(0, first), naive_root(0, second)
        true = consistency_proof(LEAVES, first, second)
        proof = data.draw(st.just(true) | hashes_in_doubt(true, roots[0]))
        later = data.draw(st.integers(2, 20))
        earlier = data.draw(st.integers(1, later - 1))
        for asked in [(first, second), (earlier, later)]:
            expected = stepwise_consistency(*asked, proof, *roots)
            assert expected == verify_consistency(*asked, proof, *roots)
