"""Merkle trees by RFC 6962: a root over leaves, proofs that a leaf is in it and that one tree continues another.

Leaf hash = SHA-256(0x00 ‖ leaf); node hash = SHA-256(0x01 ‖ left ‖ right). Hashes are 32 bytes.
"""

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes."""
    if not hashes:
        return EMPTY
    if len(hashes) == 1:
        return hashes[0]
    k = _split(len(hashes))
    return node_hash(root(hashes[:k]), root(hashes[k:]))


def inclusion(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of leaf `index` (0-based) to the root; IndexError outside."""
    if not 0 <= index < len(hashes):
        raise IndexError(index)
    if len(hashes) == 1:
        return []
    k = _split(len(hashes))
    if index < k:
        return [*inclusion(hashes[:k], index), root(hashes[k:])]
    return [*inclusion(hashes[k:], index - k), root(hashes[:k])]


def consistency(hashes: Sequence[bytes], earlier: int) -> list[bytes]:
    """The proof that the tree over all `hashes` continues the one over the first `earlier` (1 … n)."""
    if not 0 < earlier <= len(hashes):
        raise IndexError(earlier)
    return _subproof(hashes, earlier, whole=True)


def _subproof(hashes: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(hashes):
        return [] if whole else [root(hashes)]
    k = _split(len(hashes))
    if earlier <= k:
        return [*_subproof(hashes[:k], earlier, whole=whole), root(hashes[k:])]
    return [*_subproof(hashes[k:], earlier - k, whole=False), root(hashes[:k])]


def _split(n: int) -> int:
    """The largest power of two below n."""
    return 1 << (n - 1).bit_length() - 1
