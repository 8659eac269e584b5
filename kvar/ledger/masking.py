"""Persons' numbers masked in whole columns: arithmetic over the bytes tells which texts could hold one at all."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.core.numbers import mask

DIGITS = 10  # a person's number has ten at least
_GAP = r"[\t-\r\x1c-\x20+./:_-]{0,3}"
_BORN = (  # for RE2: ten digits that begin with a day, coordination numbers' days too, as any ASCII text writes them
    rf"[0-9]{{2}}{_GAP}(0[1-9]|1[0-2]){_GAP}(0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01]){_GAP}[0-9]{{4}}"
)


def masked(texts: pa.StringArray) -> pa.StringArray:
    """The texts as `kvar.core.numbers.mask` leaves each of them; no nulls."""
    index = np.flatnonzero(may_hold(texts))
    if not len(index):
        return texts
    held = [mask(text) for text in texts.take(pa.array(index)).to_pylist()]
    flags = np.zeros(len(texts), bool)
    flags[index] = True
    return pc.replace_with_mask(texts, pa.array(flags), pa.array(held, pa.string()))


def may_hold(texts: pa.StringArray) -> np.ndarray:
    """Texts that could hold a person's number, bool; every text that does is among them."""
    digits, wide = _counts(texts)
    found: np.ndarray = digits + wide >= DIGITS
    ascii_only = np.flatnonzero(found & (wide == 0))
    if len(ascii_only):
        born = pc.match_substring_regex(texts.take(pa.array(ascii_only)), _BORN)
        found[ascii_only] = born.to_numpy(zero_copy_only=False)
    return found


def _counts(texts: pa.StringArray) -> tuple[np.ndarray, np.ndarray]:
    """For every text the number of ASCII digits and of signs outside ASCII (some of which are digits too)."""
    _, bounds, data = texts.buffers()
    ends = np.frombuffer(bounds, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    signs = np.frombuffer(data or b"", np.uint8)[: ends[-1]]
    digit, wide = (np.cumsum(flags, dtype=np.int32) for flags in ((signs - 48) < 10, signs >= 0xC0))
    return _within(digit, ends), _within(wide, ends)


def _within(running: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """From a running count over bytes the count between neighbouring ends."""
    return np.diff(np.concatenate([[0], running])[ends])
