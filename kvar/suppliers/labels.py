"""Which supplier each payee is, from keys, events and registers: written into two small tables, never into lines.

Reports join on them; a changed identity or register makes them anew and touches nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store, write_table
from kvar.places.postcodes import read_postcodes
from kvar.suppliers.describe import SUPPLIERS, Row, by_postcode, describe
from kvar.suppliers.events import events
from kvar.suppliers.keys import Ids, distinct, keys
from kvar.suppliers.lookup import look_up
from kvar.suppliers.normalise import normalise
from kvar.suppliers.replay import State, replay

LABELS = pa.schema(
    [
        pa.field("batch", pa.string(), nullable=False),
        pa.field("payee", pa.int32(), nullable=False),
        pa.field("supplier", pa.int32(), nullable=False),
    ]
)


def build(store: Store, batches: Sequence[BatchRef]) -> State:
    """Label every payee of `batches`; writes `suppliers/{suppliers,labels}.parquet` in the store."""
    ids = Ids(store)
    first = distinct(store, batches)
    state = replay(ids.of(first), events(store))
    ids.save()
    rows = _described(store, batches, first, state)
    write_table(pa.Table.from_pylist(rows, SUPPLIERS), store.root / "suppliers" / "suppliers.parquet")
    write_table(_labels(store, batches, state), store.root / "suppliers" / "labels.parquet")
    return state


def _labels(store: Store, batches: Sequence[BatchRef], state: State) -> pa.Table:
    """Rows of LABELS, batch by batch, each different key looked up once."""
    parts = [LABELS.empty_table()]
    for batch in batches:
        table = keys(store, batch)
        encoded = table["key"].combine_chunks().dictionary_encode()
        supplier = np.array([state.supplier(key) for key in encoded.dictionary.to_pylist()], np.int32)
        found = pa.array(supplier, pa.int32()).take(encoded.indices) if len(supplier) else pa.array([], pa.int32())
        parts.append(pa.table([pa.repeat(batch.id, table.num_rows), table["payee"], found], schema=LABELS))
    return pa.concat_tables(parts)


def _described(
    store: Store, batches: Sequence[BatchRef], first: Mapping[str, tuple[int, int]], state: State
) -> list[Row]:
    """Rows of SUPPLIERS: each supplier by the key that has a number, else by the first seen."""
    chosen: dict[int, str] = {}
    for key in sorted(first, key=lambda key: (key.startswith(("name-", "unnamed-")), state.ids[key])):
        chosen.setdefault(state.supplier(key), key)
    payees = payees_at(batches, (first[key] for key in chosen.values()))
    firms = look_up(store, [_wanted(s, key, state, batches, payees, first[key]) for s, key in chosen.items()])
    postcodes = read_postcodes(store.root / "places")
    rows = []
    for supplier, key in sorted(chosen.items()):
        at = first[key]
        batch = batches[at[0]]
        match: tuple[str | None, Row] = firms.get(key) or (None, {})
        row = describe(supplier, key, payees[at], batch.anchor.country, match)
        row["place"] = row["place"] or by_postcode(payees[at], match, batch, postcodes)
        rows.append(row)
    return rows


def _wanted(
    supplier: int,
    key: str,
    state: State,
    batches: Sequence[BatchRef],
    payees: Mapping[tuple[int, int], Row],
    at: tuple[int, int],
) -> Row:
    """What to look a supplier up by; a person by nothing."""
    payee = payees[at]
    name = None if payee["is_person"] else normalise(payee["name"] or "")
    entry = None if payee["is_person"] else state.entry.get(supplier)
    return {"key": key, "entry": entry, "country": batches[at[0]].anchor.country, "name_key": name or None}


def payees_at(
    batches: Sequence[BatchRef], wanted: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], dict[str, Any]]:
    """The payee rows at some (place in `batches`, payee)."""
    by_batch: dict[int, list[int]] = {}
    for n, payee in wanted:
        by_batch.setdefault(n, []).append(payee)
    found: dict[tuple[int, int], Row] = {}
    for n, numbers in by_batch.items():
        table = pq.read_table(batches[n].folder / "payees.parquet")
        rows = table.filter(pc.is_in(table["payee"], pa.array(numbers, pa.int32()))).to_pylist()
        found |= {(n, row["payee"]): row for row in rows}
    return found
