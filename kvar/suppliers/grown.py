"""An index with some more payees: the same answers as one made of them all, for the work of the new ones."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kvar.suppliers.block import keys
from kvar.suppliers.blocks import Blocks, sorted_blocks
from kvar.suppliers.index import Index, counted, look
from kvar.suppliers.names import Names
from kvar.suppliers.positions import positions
from kvar.suppliers.side import CODED, Payees, Side
from kvar.suppliers.spelt import spellings


def grown(index: Index, more: Payees) -> Index:
    """`index` with rows for `more` after its own; words and values it lacks are numbered after those it has."""
    new, texts, folded = look(index, more)
    known = {name: _longer(index.values[name].texts, more.column(name)) for name in CODED}
    new = replace(new, codes={name: positions(more.column(name), values) for name, values in known.items()})
    whole = counted(_both(index.side, new, texts), texts, folded, known)
    return replace(whole, blocks=_blocks(index, new), spelled=_spelled(index, whole))


def _longer(known: pa.Array, values: pa.Array) -> pa.Array:
    """Known values, then the new ones among others."""
    new = values.unique().drop_null()
    return pa.concat_arrays([known, new.filter(pa.array(positions(new, known) < 0)).cast(known.type)])


def _both(one: Side, two: Side, texts: pa.Array) -> Side:
    """Two sides whose words and values are numbered alike, one after the other."""

    def joined(column: Callable[[Side], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        return np.concatenate([column(one), column(two)])

    table = pa.concat_tables([one.payees.table, two.payees.table]).combine_chunks()
    records = int(one.payees.owner.max(initial=-1)) + 1
    owner = np.concatenate([one.payees.owner, two.payees.owner + records])
    none = np.zeros(0, np.int64)
    names = Names(texts, none.astype(np.int32), none, none, joined(lambda side: side.payees.names.form))
    codes = {name: np.concatenate([one.codes[name], two.codes[name]]) for name in CODED}
    city = positions(table["city"].combine_chunks(), texts)
    words, valid = joined(lambda side: side.words), joined(lambda side: side.valid)
    return Side(Payees(table, names, owner), words, codes, city, valid)


def _blocks(index: Index, new: Side) -> Blocks | None:
    if index.blocks is None:
        return None
    more = sorted_blocks(keys(new, None))
    return _merged(index.blocks, Blocks(more.keys, more.rows + np.int32(len(index.side))))


def _spelled(index: Index, whole: Index) -> Blocks | None:
    """The spellings of words, also of those that no name had before."""
    if index.spelled is None:
        return None
    count = np.zeros(len(whole.words.count), np.int64)
    count[: len(index.words.count)] = index.words.count
    new = np.flatnonzero((whole.words.count > 0) & (count == 0))
    return _merged(index.spelled, sorted_blocks(spellings(whole.folded, new)))


def _merged(one: Blocks, two: Blocks) -> Blocks:
    at = np.searchsorted(one.keys, two.keys, side="right")
    return Blocks(np.insert(one.keys, at, two.keys), np.insert(one.rows, at, two.rows))
