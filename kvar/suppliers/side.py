"""Payees made ready for comparing: words and values as numbers into what the index of the other side knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kvar.suppliers.names import Names, split
from kvar.suppliers.parts import spread

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
WIDTH = 8  # words of a name that are compared
NONE = -1
COLUMNS = ("record_id", "name", "country", "scheme", "number", "postcode", "city", "ref")
CODED = ("country", "scheme", "number", "postcode", "area", "city", "ref")


@dataclass(frozen=True, slots=True)
class Payees:
    """A table with COLUMNS and `area`, values folded as they are compared, and the words of its names.

    A record has a row for each name it holds (`parts`); `owner`: the record of each row. The first rows are the
    records themselves.
    """

    table: pa.Table
    names: Names
    owner: Ints

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def column(self, name: str) -> pa.Array:
        """A column in one piece."""
        return self.table[name].combine_chunks()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a matching, a row a payee.

    `words` is n x WIDTH word numbers in the name's order, NONE after the last. `codes` has for each of CODED the
    value's number, NONE where it is missing. `city_word`: the word number of a city of one word, else NONE. `valid`:
    the number is one that its register's arithmetic allows.
    """

    payees: Payees
    words: Codes
    codes: Mapping[str, Codes]
    city_word: Codes
    valid: Bools

    def __len__(self) -> int:
        return len(self.payees)


def payees(records: pa.Table) -> Payees:
    """Records (see `match`) as they are compared: names split, numbers without leading zeros, places in one case."""
    records, owner = spread(records)
    n = records.num_rows
    columns = {name: _column(records, name) for name in COLUMNS if name != "record_id"}
    names = split(columns["name"])
    columns["number"] = _filled(pc.utf8_ltrim(columns["number"], characters="0"))
    columns["postcode"] = _each(columns["postcode"], _postcode)
    columns["area"] = _each(columns["postcode"], _area)
    columns["city"] = _each(columns["city"], lambda city: pc.utf8_lower(pc.utf8_trim_whitespace(city)))
    ids = _column(records, "record_id") if "record_id" in records.schema.names else _ids(records)
    return Payees(pa.table({"record_id": ids} | columns) if n else _empty(), names, owner)


def _each(column: pa.Array, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Each different value changed once; what becomes empty is missing."""
    encoded = column.dictionary_encode()
    return _filled(change(encoded.dictionary)).take(encoded.indices)


def _filled(column: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(column, ""), None, column)


def _postcode(written: pa.Array) -> pa.Array:
    return pc.utf8_upper(pc.replace_substring_regex(written, r"[\s-]", ""))


def _column(records: pa.Table, name: str) -> pa.Array:
    if name not in records.schema.names:
        return pa.nulls(records.num_rows, pa.string())
    column = records[name].cast(pa.string())
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _ids(records: pa.Table) -> pa.Array:
    return pc.binary_join_element_wise(_column(records, "scheme"), _column(records, "number"), "-")


def _empty() -> pa.Table:
    return pa.schema([(name, pa.string()) for name in (*COLUMNS, "area")]).empty_table()


def _area(postcode: pa.Array) -> pa.Array:
    """411 of 41104; LS1 of LS14AP."""
    return pc.if_else(
        pc.utf8_is_digit(postcode),
        pc.utf8_slice_codeunits(postcode, 0, 3),
        pc.utf8_slice_codeunits(postcode, 0, -3),
    )


def word_matrix(names: Names, numbers: Codes) -> Codes:
    """Each name's first WIDTH words, by the numbers that `numbers` gives the texts of `names`."""
    length = np.minimum(names.end - names.start, WIDTH)
    there = np.arange(WIDTH) < length[:, None]
    matrix = np.full(there.shape, NONE, np.int32)
    place = (names.start[:, None] + np.arange(WIDTH))[there]
    matrix[there] = numbers[names.codes[place]]
    return matrix
