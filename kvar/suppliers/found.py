"""Candidates of one kind, compared and judged: records with a register, or with each other."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kvar.suppliers import judge
from kvar.suppliers.block import candidates
from kvar.suppliers.compare import COMPARISONS, Lexicon, Pairs
from kvar.suppliers.compare.number import conflict
from kvar.suppliers.compare.shortlist import shortlist
from kvar.suppliers.index import Index, look
from kvar.suppliers.near import neighbours
from kvar.suppliers.rarity import following_bits, word_bits
from kvar.suppliers.respell import parted
from kvar.suppliers.side import NONE, Codes, Floats, Ints, Payees, Side
from kvar.suppliers.weights import Thresholds, prior

LEDGER, REGISTER, KNOWN = "ledger", "register", "known"  # known: earlier ledgers' names, looked up in as a register
SELDOM = 3  # a word of more names than this is no misspelling


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs of one kind that were joined or asked.

    `weight` in bits; of it `rivals` is the part that other entries took, `chance` that of the number of choices.
    """

    kind: str
    pairs: Pairs
    weight: Floats
    rivals: Floats
    decision: npt.NDArray[np.str_]
    chance: float


def find(records: Payees, index: Index, kind: str, limits: Thresholds, *, background: Index | None = None) -> Found:
    """Pairs of `records` with what `index` holds (which may be the same records).

    `background`: a larger index to know common words and misspellings by.
    """
    mine = (index.side, index.words.texts, index.folded)
    left, texts, folded = mine if records is index.side.payees else look(index, records)
    lexicon = _lexicon(left, texts, folded, index, kind, background)
    pairs = Pairs(left, index.side, lexicon, index.values, *candidates(left, index, lexicon))
    total = len(index.side)
    pairs = shortlist(pairs, limits.lower - judge.choices(total, kind, prior("in_register")))
    compared = {name: compare(pairs) for name, compare in COMPARISONS.items()}
    bits: Floats = np.sum([one.bits for one in compared.values()], axis=0, dtype=np.float32)
    share = judge.in_register(pairs.l, bits, len(left), total) if kind == REGISTER else 1.0
    chance = judge.choices(total, kind, share)
    rivals = judge.rivals(pairs.l, bits, chance) if kind == REGISTER else np.zeros(len(pairs), np.float32)
    weight = bits + rivals + np.float32(chance)
    decision = judge.decide(weight, conflict(pairs, compared["number"]), limits)
    kept = _of_records(pairs, weight, np.flatnonzero(decision != judge.APART))
    return Found(kind, pairs.take(kept), weight[kept], rivals[kept], decision[kept], chance)


def _of_records(pairs: Pairs, weight: Floats, rows: Ints) -> Ints:
    """Of rows that pair the names of the same two records the best one; none of one record with itself."""
    mine, theirs = pairs.left.payees.owner[pairs.l[rows]], pairs.right.payees.owner[pairs.r[rows]]
    one, two = mine, theirs
    if pairs.left is pairs.right:
        one, two = np.minimum(mine, theirs), np.maximum(mine, theirs)
        other = one != two
        rows, one, two = rows[other], one[other], two[other]
    order = np.lexsort((rows, -weight[rows], two, one))
    first = np.ones(len(order), bool)
    first[1:] = (one[order][1:] != one[order][:-1]) | (two[order][1:] != two[order][:-1])
    return np.sort(rows[order[first]])


def _lexicon(
    left: Side, texts: pa.Array, folded: pa.Array, index: Index, kind: str, background: Index | None
) -> Lexicon:
    """Rarity from the index (and the background); the words that may be misspelt are those hardly seen."""
    here = np.zeros(len(texts), np.int64)
    here[: len(index.words.count)] = index.words.count
    outside, total, followed = _outside(left.words, texts, background)
    used = np.unique(left.words[left.words != NONE])
    unsure = used[(here[used] <= (0 if kind == REGISTER else SELDOM)) & (outside[used] == 0)]
    count, followed = here + outside, followed + index.followed(left.words)
    bits, following = [], []
    for own in (1, 2 if left is index.side else 1):
        bits.append(word_bits(count, index.total + total, own, prior("unseen")))
        following.append(following_bits(left.words, followed, count, bits[-1], own))
    near, parts = neighbours(folded, unsure, here, index.spelled), parted(texts, unsure, here)
    ends = (background or index).ends
    source = LEDGER if kind != REGISTER and background is None else REGISTER
    two, then = (bits[0], bits[1]), (following[0], following[1])
    return Lexicon(texts, folded, two, then, near, (near != NONE).any(axis=1), parts, ends, source)


def _outside(words: Codes, texts: pa.Array, background: Index | None) -> tuple[Ints, int, Ints]:
    """In how many names of the background each word stands, its number of names, and each word after another."""
    count = np.zeros(len(texts), np.int64)
    if background is None:
        return count, 0, np.zeros(words.shape, np.int64)
    place = background.number_of(texts)
    count[place != NONE] = background.words.count[place[place != NONE]]
    return count, background.total, background.followed(np.append(place, NONE)[words])
