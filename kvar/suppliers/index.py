"""The side that is looked up in: its words with their rarity, its values, its blocks. Built once, asked often."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.suppliers.side import CODED, NONE, Codes, Floats, Ints, Payees, Side, word_matrix
from kvar.suppliers.validity import valid_numbers


@dataclass(frozen=True, slots=True)
class Values:
    """The distinct values of a column and how many rows have each."""

    texts: pa.Array
    count: Ints

    @property
    def bits(self) -> Floats:
        """Rarity: log2 of rows with a value over rows with this one."""
        total = max(2, int(self.count.sum()))
        found: Floats = np.log2(total / np.maximum(self.count, 1)).astype(np.float32)
        return found


@dataclass(frozen=True, slots=True)
class Index:
    """The right side with its vocabulary.

    `words.count`: in how many distinct names a word stands, of `total`; `couples`: the same of two words in a row,
    as numbers (`couple`), sorted.
    """

    side: Side
    words: Values
    total: int
    couples: Values
    values: Mapping[str, Values]

    def number_of(self, texts: pa.Array) -> Codes:
        """The number of each word, NONE where the index lacks it."""
        return _codes(pc.index_in(texts, self.words.texts))

    def followed(self, words: Codes) -> Ints:
        """In how many names each word stands after the one before it in its row; 0 for the first."""
        found = np.zeros(words.shape, np.int64)
        rows, places = np.nonzero((words[:, 1:] != NONE) & (words[:, :-1] != NONE))
        known = self.couples.texts.to_numpy()
        if len(known) and len(rows):
            wanted = couple(words[rows, places], words[rows, places + 1])
            at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            found[rows, places + 1] = np.where(known[at] == wanted, self.couples.count[at], 0)
        return found


def build(right: Payees) -> Index:
    """The index of some payees."""
    names = right.names
    matrix = word_matrix(names, np.arange(len(names.texts), dtype=np.int32))
    distinct = _distinct(matrix)
    kept = matrix[distinct]
    count = np.bincount(kept[kept != NONE], minlength=len(names.texts))
    encoded = {name: right.column(name).dictionary_encode() for name in CODED}
    codes = {name: _codes(column.indices) for name, column in encoded.items()}
    values = {
        name: Values(column.dictionary, _counted(codes[name], len(column.dictionary)))
        for name, column in encoded.items()
    }
    cities = _codes(pc.index_in(right.column("city"), names.texts))
    side = Side(right, matrix, codes, cities, valid_numbers(right))
    couples, often = np.unique(couple(kept[:, :-1], kept[:, 1:])[kept[:, 1:] != NONE], return_counts=True)
    known = Values(pa.array(couples), often.astype(np.int64))
    return Index(side, Values(names.texts, count), max(2, len(distinct)), known, values)


def couple(first: Codes, second: Codes) -> Ints:
    """Two words in a row as one number."""
    found: Ints = first.astype(np.int64) << 32 | second.astype(np.int64)
    return found


def _distinct(matrix: Codes) -> Ints:
    """The first row of each distinct name: a payee of many rows is still one."""
    rows = np.ascontiguousarray(matrix).view([("", matrix.dtype)] * matrix.shape[1]).ravel()
    found: Ints = np.unique(rows, return_index=True)[1]
    return found


def _codes(indices: pa.Array) -> Codes:
    found: Codes = pc.fill_null(indices, NONE).to_numpy(zero_copy_only=False).astype(np.int32)
    return found


def _counted(codes: Codes, size: int) -> Ints:
    found: Ints = np.bincount(codes[codes != NONE], minlength=size)
    return found


def look(index: Index, left: Payees) -> tuple[Side, pa.Array]:
    """Payees as the index numbers words and values (unknown ones are numbered after the known), and all words."""
    numbers, texts = _numbered(left.names.texts, index.words.texts)
    codes = {name: _found(left.column(name), index.values[name].texts) for name in CODED}
    cities = _codes(pc.index_in(left.column("city"), texts))
    return Side(left, word_matrix(left.names, numbers), codes, cities, valid_numbers(left)), texts


def _numbered(mine: pa.Array, known: pa.Array) -> tuple[Codes, pa.Array]:
    found = pc.index_in(mine, known)
    new = mine.filter(found.is_null())
    numbers = _codes(found)
    numbers[numbers == NONE] = len(known) + np.arange(len(new))
    return numbers, pa.concat_arrays([known, new.cast(known.type)])


def _found(mine: pa.Array, known: pa.Array) -> Codes:
    """A value's number; beyond the known for values that the index lacks."""
    codes = _codes(pc.index_in(mine, known))
    lacking = (codes == NONE) & mine.is_valid().to_numpy(zero_copy_only=False)
    codes[lacking] = len(known)
    return codes
