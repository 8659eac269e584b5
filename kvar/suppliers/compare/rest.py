"""What is left of two names without the words they share: nothing, other spacing, an abbreviation, another name."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kvar.suppliers.compare.pairs import Compared, Pairs
from kvar.suppliers.compare.words import summed
from kvar.suppliers.side import Bools, Codes, Floats, Ints
from kvar.suppliers.weights import weights

LEVELS = ("missing", "none", "left_only", "right_only", "letters", "near", "far", "short", "numeral", "different")
BITS_A_LETTER = 2.5  # what an initial or a beginning can say at most


def rest(pairs: Pairs) -> Compared:
    """One of LEVELS a pair; what is like counts by the rarity of the words, less what the difference costs.

    Against a register, that nothing is left says more of one shared word than of four: few names are of one word.
    """
    left, right = pairs.aligned.left_rest, pairs.aligned.right_rest
    known = weights("rest", pairs.lexicon.source)
    counts = left.sum(axis=1), right.sum(axis=1)
    level = np.select([counts[0] + counts[1] == 0, counts[1] == 0, counts[0] == 0], [1, 2, 3], 9)
    more = (np.maximum(counts[0] - 1, 0) + np.maximum(counts[1] - 1, 0)) * known["more"]
    bits = _levels(known)[level] + more
    if pairs.lexicon.source == "register":
        ended = pairs.lexicon.ends[(pairs.aligned.shared | pairs.aligned.near).sum(axis=1)]
        bits -= np.log2(np.where(counts[1] == 0, ended, 1 - ended))
    rows = np.flatnonzero(level == 9)
    if len(rows):
        _both(pairs.take(rows), left[rows], right[rows], level, bits, rows)
    return Compared(LEVELS, level.astype(np.int8), bits.astype(np.float32))


def _levels(known: dict[str, float]) -> npt.NDArray[np.float64]:
    return np.array([0.0, *(known[name] for name in LEVELS[1:])])


def _both(pairs: Pairs, left: Bools, right: Bools, level: Ints, bits: Floats, rows: Ints) -> None:
    """Both have words of their own: sets level and bits where their letters are alike after all."""
    a, b = pairs.left.words[pairs.l], pairs.right.words[pairs.r]
    texts = rest_texts(pairs.lexicon.folded, a, left), rest_texts(pairs.lexicon.folded, b, right)
    joined = [pc.replace_substring(text, " ", "") for text in texts]
    length = np.maximum(*(pc.binary_length(text).to_numpy() for text in joined))
    distance = np.asarray(process.cpdist(joined[0].to_pylist(), joined[1].to_pylist(), scorer=OSA.distance))
    short = _shortened(*texts)
    numeral = np.logical_and(
        *(pc.match_substring_regex(text, r"\d").to_numpy(zero_copy_only=False) for text in texts)
    )
    near = (distance <= 1 + (length >= 8)) & (length >= 4)
    tests = [distance == 0, numeral, near, short > 0, (distance <= length // 4) & (length >= 8)]
    found = np.select(tests, [4, 8, 5, 7, 6], 9)
    alike = np.flatnonzero(found != 9)
    level[rows[alike]] = found[alike]
    rare = np.minimum(summed(pairs.lexicon.bits[1], a, left), summed(pairs.lexicon.bits[1], b, right))
    rare = np.select([found == 7, found == 8], [np.minimum(rare, BITS_A_LETTER * short), 0], rare)
    known = weights("rest", pairs.lexicon.source)
    bits[rows[alike]] = (_levels(known)[found] + known["counted"] * rare)[alike]


def rest_texts(words: pa.Array, matrix: Codes, chosen: Bools) -> pa.Array:
    """The chosen words of each row, in order, a blank between."""
    offsets = np.concatenate([[0], chosen.sum(axis=1).cumsum()]).astype(np.int32)
    lists = pa.ListArray.from_arrays(pa.array(offsets), words.take(pa.array(matrix[chosen])))
    return pc.binary_join(lists, " ")


def _shortened(a: pa.Array, b: pa.Array) -> Codes:
    """How many letters of the other name one gives as beginning or initials; 0 where it is neither."""
    same = pc.equal(pc.utf8_slice_codeunits(a, 0, 1), pc.utf8_slice_codeunits(b, 0, 1))
    found = np.zeros(len(a), np.int32)
    rows = np.flatnonzero(same.to_numpy(zero_copy_only=False))
    pairs = zip(a.take(pa.array(rows)).to_pylist(), b.take(pa.array(rows)).to_pylist(), strict=True)
    found[rows] = [_short_for(one, two) or _short_for(two, one) for one, two in pairs]
    return found


def _short_for(short: str, whole: str) -> int:
    """Letters of a beginning (`trädg`) or of initials (`s k f`, `skf`) of `whole`; 0 if it is neither."""
    letters, words = short.replace(" ", ""), whole.split(" ")
    if len(letters) < len(whole) and whole.replace(" ", "").startswith(letters):
        return len(letters)
    return len(letters) if len(words) > 1 and letters == "".join(word[0] for word in words) else 0
