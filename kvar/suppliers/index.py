"""The side that is looked up in: its words with their rarity, its values, its blocks. Built once, asked often."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from kvar.suppliers.blocks import Blocks
from kvar.suppliers.names import FORM_CODES
from kvar.suppliers.positions import codes, positions
from kvar.suppliers.rarity import name_ends
from kvar.suppliers.side import CODED, NONE, WIDTH, Codes, Floats, Ints, Payees, Side, word_matrix
from kvar.suppliers.spelt import fold
from kvar.suppliers.validity import valid_numbers

_WEIGHTS = np.random.default_rng(31).integers(1, 2**63, WIDTH, dtype=np.uint64) | np.uint64(1)


@dataclass(frozen=True)
class Values:
    """The distinct values of a column and how many rows have each."""

    texts: pa.Array
    count: Ints

    @cached_property
    def bits(self) -> Floats:
        """Rarity: log2 of rows with a value over rows with this one."""
        total = max(2, int(self.count.sum()))
        found: Floats = np.log2(total / np.maximum(self.count, 1)).astype(np.float32)
        return found


@dataclass(frozen=True, slots=True)
class Index:
    """The right side with its vocabulary.

    `values`: of each of CODED, and of `form` (FORM_CODES; those that state none are not counted).
    `words.count`: in how many distinct names a word stands, of `total`; `folded`: the words in plain letters;
    `couples`: the count of two words in a row, as numbers (`couple`), sorted; `ends`: see `name_ends`. A kept index
    (`kept.py`) also has its block keys in order, and those of its words' spellings (`near.spellings`).
    """

    side: Side
    words: Values
    folded: pa.Array
    total: int
    couples: Values
    values: Mapping[str, Values]
    ends: Floats
    blocks: Blocks | None = None
    spelled: Blocks | None = None

    def number_of(self, texts: pa.Array) -> Codes:
        """The number of each word, NONE where the index lacks it."""
        return positions(texts, self.words.texts)

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
    encoded = {name: right.column(name).dictionary_encode() for name in CODED}
    numbers = {name: codes(column.indices) for name, column in encoded.items()}
    cities = positions(right.column("city"), names.texts)
    side = Side(right, matrix, numbers, cities, valid_numbers(right))
    return counted(
        side, names.texts, fold(names.texts), {name: column.dictionary for name, column in encoded.items()}
    )


def counted(side: Side, texts: pa.Array, folded: pa.Array, known: Mapping[str, pa.Array]) -> Index:
    """The index of a side, with what its own rows say of how common words and values are.

    `texts`: every word, also `folded`; `known`: of each of CODED the values that the side's codes number.
    """
    distinct = _distinct(side.words)
    kept = side.words[distinct]
    count = np.bincount(kept[kept != NONE], minlength=len(texts))
    values = {name: Values(column, _counted(side.codes[name], len(column))) for name, column in known.items()}
    form = side.payees.names.form
    values["form"] = Values(pa.array(FORM_CODES), np.bincount(form[form > 0], minlength=len(FORM_CODES)))
    couples = np.sort(couple(kept[:, :-1], kept[:, 1:])[kept[:, 1:] != NONE])
    starts = np.flatnonzero(np.r_[couples[:1] == couples[:1], couples[1:] != couples[:-1]])
    together = Values(pa.array(couples[starts]), np.diff(np.r_[starts, len(couples)]))
    words, total = Values(texts, count), max(2, len(distinct))
    return Index(side, words, folded, total, together, values, name_ends(side.words))


def couple(first: Codes, second: Codes) -> Ints:
    """Two words in a row as one number."""
    found: Ints = first.astype(np.int64) << 32 | second.astype(np.int64)
    return found


def _distinct(matrix: Codes) -> Ints:
    """The first row of each distinct name: a payee of many rows is still one."""
    hashed = (matrix.astype(np.uint64) * _WEIGHTS).sum(axis=1, dtype=np.uint64)
    order = np.argsort(hashed, kind="stable")
    found: Ints = order[np.r_[hashed[:1] == hashed[:1], hashed[order][1:] != hashed[order][:-1]]]
    return found


def _counted(codes: Codes, size: int) -> Ints:
    found: Ints = np.bincount(codes[codes != NONE], minlength=size)
    return found


def look(index: Index, left: Payees) -> tuple[Side, pa.Array, pa.Array]:
    """Payees as the index numbers words and values (unknown ones after the known ones); all words, also folded."""
    numbers = index.number_of(left.names.texts)
    new = left.names.texts.filter(pa.array(numbers == NONE))
    numbers[numbers == NONE] = len(index.words.texts) + np.arange(len(new))
    texts = pa.concat_arrays([index.words.texts, new.cast(index.words.texts.type)])
    values = {name: _found(left.column(name), index.values[name].texts) for name in CODED}
    side = Side(
        left, word_matrix(left.names, numbers), values, positions(left.column("city"), texts), valid_numbers(left)
    )
    return side, texts, pa.concat_arrays([index.folded, fold(new)])


def _found(mine: pa.Array, known: pa.Array) -> Codes:
    """A value's number; beyond the known for values that the index lacks."""
    numbers = positions(mine, known)
    lacking = (numbers == NONE) & mine.is_valid().to_numpy(zero_copy_only=False)
    numbers[lacking] = len(known)
    return numbers
