"""What is left of two names without the shared words: nothing, a misspelling, an abbreviation, or another name."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kvar.suppliers.compare.pairs import Compared, Pairs
from kvar.suppliers.compare.words import CHUNK, Bools, unmatched
from kvar.suppliers.side import Floats, Words
from kvar.suppliers.weights import weights

LEVELS = ("missing", "none", "left_only", "right_only", "letters", "near", "far", "short", "numeral", "different")
ASCII = str.maketrans("åäöæø", "aaoao")
BITS_A_LETTER = 3.0  # what an initial or a beginning can say at most


def rest(pairs: Pairs) -> Compared:
    """One of LEVELS a pair; misspellings count by the rarity of the words, less what a misspelling costs."""
    level, bits = np.zeros(len(pairs), np.int8), np.zeros(len(pairs), np.float32)
    for start in range(0, len(pairs), CHUNK):
        here = slice(start, start + CHUNK)
        level[here], bits[here] = _chunk(pairs, here)
    return Compared(LEVELS, level, bits)


def _chunk(pairs: Pairs, here: slice) -> tuple[Words, Floats]:
    left, right = unmatched(pairs, here)
    counts = left.sum(axis=1), right.sum(axis=1)
    level = np.select([(counts[0] + counts[1]) == 0, counts[1] == 0, counts[0] == 0], [1, 2, 3], 0)
    known = weights("rest")
    bits = np.select(
        [level == 1, level == 2, level == 3],
        [known["none"].bits, known["left_only"].bits * counts[0], known["right_only"].bits * counts[1]],
    )
    rows = np.flatnonzero(level == 0)
    if len(rows):
        a = pairs.left.words[pairs.l[here][rows]], left[rows]
        b = pairs.right.words[pairs.r[here][rows]], right[rows]
        level[rows], bits[rows] = _both(pairs, a, b)
    return level.astype(np.int32), bits.astype(np.float32)


def _both(pairs: Pairs, a: tuple[Words, Bools], b: tuple[Words, Bools]) -> tuple[Words, Floats]:
    """Both have words of their own: how alike are their letters?"""
    texts = [_texts(pairs.vocabulary.texts, *side) for side in (a, b)]
    left, right = ([text.replace(" ", "").translate(ASCII) for text in side] for side in texts)
    distance = np.asarray(process.cpdist(left, right, scorer=OSA.distance))
    length = np.array([max(len(one), len(two)) for one, two in zip(left, right, strict=True)])
    short = np.array([_shortened(one, two) or _shortened(two, one) for one, two in zip(*texts, strict=True)], int)
    numeral = np.array([_numeral(one) and _numeral(two) for one, two in zip(*texts, strict=True)], bool)
    near = (distance <= 1 + (length >= 8)) & (length >= 4)
    tests = [distance == 0, numeral, near, short > 0, (distance <= length // 4) & (length >= 8)]
    level = np.select(tests, [4, 8, 5, 7, 6], 9)
    rare = np.minimum(_rarity(pairs.vocabulary.bits, *a), _rarity(pairs.vocabulary.bits, *b))
    own = np.array([weights("rest")[name].bits for name in LEVELS[4:]])[level - 4]
    extra = np.select([level <= 6, level == 7], [rare, np.minimum(rare, BITS_A_LETTER * short)], 0)
    return level, (own + extra).astype(np.float32)


def _texts(words: pa.Array, matrix: Words, chosen: Bools) -> list[str]:
    """The chosen words of each row, in order."""
    offsets = np.concatenate([[0], chosen.sum(axis=1).cumsum()]).astype(np.int32)
    lists = pa.ListArray.from_arrays(pa.array(offsets), words.take(pa.array(matrix[chosen])))
    found: list[str] = pc.binary_join(lists, " ").to_pylist()
    return found


def _rarity(bits: Floats, matrix: Words, chosen: Bools) -> Floats:
    found: Floats = np.where(chosen, bits[np.where(chosen, matrix, 0)], 0).sum(axis=1, dtype=np.float32)
    return found


def _shortened(short: str, whole: str) -> int:
    """How many letters of `whole` a beginning (`trädg`) or its initials (`s k f`, `skf`) give; 0 if it is neither."""
    letters, words = short.replace(" ", ""), whole.split(" ")
    if len(letters) < len(whole) and whole.replace(" ", "").startswith(letters):
        return len(letters)
    return len(letters) if len(words) > 1 and letters == "".join(word[0] for word in words) else 0


def _numeral(text: str) -> bool:
    return any(sign.isdigit() for sign in text)
