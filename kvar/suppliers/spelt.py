"""How words may have been spelt: in plain letters, and as what is left when a letter is lost."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kvar.suppliers.side import Bools, Ints

SHORTEST, LONGEST = 4, 24  # letters of a word that may be misspelt
CHUNK = 100_000
FOLDED = {"å": "a", "ä": "a", "ö": "o", "æ": "a", "ø": "o"}
_WEIGHTS = np.random.default_rng(17).integers(1, 2**63, LONGEST + 1, dtype=np.uint64) | np.uint64(1)
Keys = npt.NDArray[np.uint64]


def fold(texts: pa.Array) -> pa.Array:
    """Words in plain letters."""
    for letter, plain in FOLDED.items():
        texts = pc.replace_substring(texts, letter, plain)
    return texts


def spellings(folded: pa.Array, chosen: Ints) -> pa.Table:
    """Block keys (key, row) of the chosen words: the word, and the word with each letter lost; none for numerals."""
    words = folded.take(pa.array(chosen))
    numeral = pc.match_substring_regex(words, r"\d").to_numpy(zero_copy_only=False)
    chosen, length = _long_enough(chosen[~numeral], pc.binary_length(words).to_numpy()[~numeral])
    parts = [
        _lost_letters(
            folded.take(pa.array(chosen[at : at + CHUNK])), chosen[at : at + CHUNK], length[at : at + CHUNK]
        )
        for at in range(0, len(chosen), CHUNK)
    ]
    keys = np.concatenate([key for key, _ in parts] or [np.zeros(0, np.uint64)])
    rows = np.concatenate([row for _, row in parts] or [np.zeros(0, np.int64)])
    return pa.table({"key": keys, "row": rows.astype(np.int32)})


def _long_enough(chosen: Ints, length: Ints) -> tuple[Ints, Ints]:
    kept = (length >= SHORTEST) & (length <= LONGEST)
    return chosen[kept], length[kept]


def _lost_letters(words: pa.Array, numbers: Ints, length: Ints) -> tuple[Keys, Ints]:
    letters = _letters(words, length)
    before = np.cumsum(letters * _WEIGHTS[:LONGEST], axis=1, dtype=np.uint64)
    moved = letters[:, 1:] * _WEIGHTS[: LONGEST - 1]
    after = np.cumsum(moved[:, ::-1], axis=1, dtype=np.uint64)[:, ::-1]
    keys = np.zeros((len(numbers), LONGEST + 1), np.uint64)
    keys[:, 0] = before[:, -1]
    keys[:, 1 : LONGEST + 1] = before - letters * _WEIGHTS[:LONGEST]
    keys[:, 1:LONGEST] += after
    there = np.arange(LONGEST + 1) <= length[:, None]
    return keys[there], np.repeat(numbers, length + 1)


def _letters(words: pa.Array, length: Ints) -> Keys:
    """Letters as numbers, n x LONGEST, 0 after the last."""
    there: Bools = np.arange(LONGEST) < length[:, None]
    letters = np.zeros(there.shape, np.uint64)
    buffer = pa.concat_arrays([words]).buffers()[2]
    offsets = np.frombuffer(words.buffers()[1], np.int32)[words.offset : words.offset + len(words) + 1]
    letters[there] = np.frombuffer(buffer, np.uint8)[offsets[0] : offsets[-1]]
    return letters
