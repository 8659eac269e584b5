"""Names made ready for comparing: words as numbers, rarity in bits, identity numbers with their check digits."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kvar.core.numbers import read_number
from kvar.suppliers.normalise import form_of, normalise

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
WIDTH = 8  # words of a name that are compared
NONE = -1
COLUMNS = ("record_id", "name", "country", "scheme", "number", "postcode", "city", "ref")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word of both sides: its text, in how many distinct names of the right side it stands, and its bits."""

    texts: pa.Array
    count: Ints
    bits: Floats


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a matching, a row a name.

    `words` is n x WIDTH word numbers in the name's order, NONE after the last; `table` has COLUMNS, `key` (the name
    as compared), `form` and `area` (of the postcode). `valid`: has a number that the register's arithmetic allows.
    """

    table: pa.Table
    words: Words
    valid: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def column(self, name: str) -> pa.Array:
        """A column of the table in one piece."""
        return self.table[name].combine_chunks()


def prepare(records: pa.Table, against: pa.Table) -> tuple[Side, Side, Vocabulary]:
    """Both sides with one vocabulary; rarity is counted in `against` (which may be `records` itself)."""
    left = _normalised(records)
    right = left if against is records else _normalised(against)
    lists = [pc.split_pattern(table["key"].combine_chunks(), " ") for table in (left, right)]
    flat = pa.concat_arrays([lists[0].flatten(), lists[1].flatten()]).dictionary_encode()
    numbers = flat.indices.to_numpy()
    cut = len(lists[0].flatten())
    vocabulary = _vocabulary(flat.dictionary, numbers[cut:], lists[1], right["key"])
    one = Side(left, _matrix(numbers[:cut], lists[0]), _valid(left))
    two = one if against is records else Side(right, _matrix(numbers[cut:], lists[1]), _valid(right))
    return one, two, vocabulary


def _normalised(table: pa.Table) -> pa.Table:
    """COLUMNS with the missing ones empty, and the key and form of each name."""
    names = [name or "" for name in table["name"].to_pylist()]
    columns = {
        name: table[name] if name in table.schema.names else pa.nulls(len(names), pa.string()) for name in COLUMNS
    }
    if "record_id" not in table.schema.names:
        columns["record_id"] = pc.binary_join_element_wise(table["scheme"], table["number"], "-")
    columns["postcode"] = pc.utf8_upper(pc.replace_substring(columns["postcode"], " ", ""))
    columns["area"] = _area(columns["postcode"])
    columns["city"] = pc.utf8_lower(pc.utf8_trim_whitespace(columns["city"]))
    columns["key"] = pa.array([normalise(name) for name in names], pa.string())
    columns["form"] = pa.array([form_of(name) for name in names], pa.string())
    return pa.table(columns)


def _area(postcode: pa.ChunkedArray) -> pa.ChunkedArray:
    """411 of 41104; LS1 of LS14AP."""
    digits = pc.utf8_is_digit(postcode)
    return pc.if_else(digits, pc.utf8_slice_codeunits(postcode, 0, 3), pc.utf8_slice_codeunits(postcode, 0, -3))


def _vocabulary(texts: pa.Array, numbers: Ints, lists: pa.Array, keys: pa.ChunkedArray) -> Vocabulary:
    """Counted over distinct names: a payee of many lines is still one."""
    encoded = keys.combine_chunks().dictionary_encode().indices.to_numpy()
    first = np.zeros(len(encoded), bool)
    first[np.unique(encoded, return_index=True)[1]] = True
    row = np.repeat(np.arange(len(encoded)), np.diff(lists.offsets.to_numpy()))
    count = np.bincount(numbers[first[row]], minlength=len(texts))
    bits = word_bits(count, max(2, int(first.sum())))
    bits[pc.equal(texts, "").to_numpy(zero_copy_only=False)] = 0
    return Vocabulary(texts, count, bits)


def word_bits(count: Ints, total: int) -> Floats:
    """How unlikely it is that *another* payee has a word: log2 of names over names with it, its own left out.

    For words of one name the share is Good and Turing's (1953): 2 x words of two names / words of one name.
    """
    once, twice = int((count == 1).sum()), int((count == 2).sum())
    unseen = min(1.0, max(0.1, 2 * twice / max(1, once)))
    found: Floats = np.log2(total / (np.maximum(count - 1, 0) + unseen)).astype(np.float32)
    return found


def _matrix(numbers: Ints, lists: pa.Array) -> Words:
    """Each name's first WIDTH words."""
    offsets = lists.offsets.to_numpy()
    length = np.diff(offsets)
    row = np.repeat(np.arange(len(length)), length)
    place = np.arange(len(numbers)) - np.repeat(offsets[:-1] - offsets[0], length)
    matrix = np.full((len(length), WIDTH), NONE, np.int32)
    kept = place < WIDTH
    matrix[row[kept], place[kept]] = numbers[kept]
    return matrix


def _valid(table: pa.Table) -> npt.NDArray[np.bool_]:
    """Has the row a number that the register's own arithmetic allows?"""
    pairs = zip(table["scheme"].to_pylist(), table["number"].to_pylist(), strict=True)
    return np.array([_is_valid(scheme, number) for scheme, number in pairs], bool)


def _is_valid(scheme: str | None, number: str | None) -> bool:
    if not number or not scheme:
        return False
    found = read_number(number, scheme[:2])
    return found is not None and found.scheme == scheme
