"""Other ways a name may have been meant: a misspelt word put right, a word parted in two, two words joined."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.suppliers.compare.pairs import Lexicon
from kvar.suppliers.positions import positions
from kvar.suppliers.side import NONE, Codes, Ints

SHORTEST = 2  # letters of a part


def respelt(words: Codes, lexicon: Lexicon) -> tuple[Codes, Ints]:
    """Copies of the rows of `words` (n x width), each with one change; and the row number of each copy."""
    parts = [*_put_right(words, lexicon.near), *_parted(words, lexicon.parts), *_joined(words, lexicon.texts)]
    copies, rows = zip(*parts, strict=True)
    return np.concatenate(copies), np.concatenate(rows)


def _put_right(words: Codes, near: Codes) -> list[tuple[Codes, Ints]]:
    """Each word that may be misspelt replaced by each neighbour."""
    found = [(words[:0], np.zeros(0, np.int64))]
    for place in range(words.shape[1]):
        options = near[words[:, place]]
        for option in range(near.shape[1]):
            here = np.flatnonzero(options[:, option] != NONE)
            found.append((_changed(words, here, place, options[here, option]), here))
    return found


def _parted(words: Codes, parts: Codes) -> list[tuple[Codes, Ints]]:
    """`tidunevakt` as `tidune vakt`, where the other side knows both."""
    found = []
    for place in range(words.shape[1] - 1):
        two = parts[words[:, place]]
        here = np.flatnonzero((two[:, 0] != NONE) & (words[:, -1] == NONE))
        copies = _changed(words, here, place, two[here, 0])
        copies[:, -1] = two[here, 1]
        found.append((copies, here))
    return found


def _joined(words: Codes, texts: pa.Array) -> list[tuple[Codes, Ints]]:
    """`peek bygg` as `peekbygg`, where that is a known word."""
    rows, places = np.nonzero(words[:, 1:] != NONE)
    one, two = (texts.take(pa.array(words[rows, places + step])) for step in (0, 1))
    whole = positions(pc.binary_join_element_wise(one, two, ""), texts)
    found = []
    for place in range(words.shape[1] - 1):
        chosen = (places == place) & (whole != NONE)
        here = rows[chosen]
        copies = _changed(words, here, place, whole[chosen])
        copies[:, place + 1 :] = np.concatenate([copies[:, place + 2 :], np.full((len(here), 1), NONE, np.int32)], 1)
        found.append((copies, here))
    return found


def _changed(words: Codes, rows: Ints, place: int, new: Codes) -> Codes:
    copies = words[rows].copy()
    copies[:, place] = new
    return copies


def parted(texts: pa.Array, unsure: Ints, count: Ints) -> Codes:
    """For each word of `texts` two known words it is made of, the longest first part there is; a last row of NONE."""
    found = np.full((len(texts) + 1, 2), NONE, np.int32)
    mine = texts.take(pa.array(unsure))
    length = pc.utf8_length(mine).to_numpy()
    first, second, whole = [], [], []
    for cut in range(SHORTEST, int(length.max(initial=0)) - SHORTEST + 1):
        here = np.flatnonzero(length >= cut + SHORTEST)
        words = mine.take(pa.array(here))
        first.append(pc.utf8_slice_codeunits(words, 0, cut))
        second.append(pc.utf8_slice_codeunits(words, cut, None))
        whole.append(unsure[here])
    if not whole:
        return found
    known = np.append(count > 0, False)
    two = np.stack([positions(pa.concat_arrays(part), texts) for part in (first, second)], axis=1)
    rows = np.flatnonzero(known[two].all(axis=1))
    found[np.concatenate(whole)[rows]] = two[rows]
    return found
