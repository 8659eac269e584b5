"""Which supplier each payee is, from keys, events and registers: written into two small tables, never into lines.

Reports join on them; a changed identity or register makes them anew and touches nothing else. A supplier's row is
kept as it is where nothing it was made from has changed (`described.py`).
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store, write_table
from kvar.suppliers.alone import alone
from kvar.suppliers.described import described
from kvar.suppliers.keys import new_ids, seen_in
from kvar.suppliers.remembered import state_now
from kvar.suppliers.replay import State

LABELS = pa.schema(
    [
        pa.field("batch", pa.string(), nullable=False),
        pa.field("payee", pa.int32(), nullable=False),
        pa.field("supplier", pa.int32(), nullable=False),
    ]
)


def build(store: Store, batches: Sequence[BatchRef]) -> State:
    """Label every payee of `batches`; writes `suppliers/{suppliers,labels}.parquet` in the store.

    One at a time, each by the events there are when it begins: the last to end has seen them all.
    """
    with alone(store, "labels"):
        return _build(store, batches)


def _build(store: Store, batches: Sequence[BatchRef]) -> State:
    seen, placed = seen_in(store, batches)
    names = seen["key"].to_pylist()
    with new_ids(store) as ids:
        state = state_now(store, ids.of(names))
    own = np.fromiter(map(state.ids.__getitem__, names), np.int64, len(names))
    supplier = np.fromiter(map(state.home.get, names, own.tolist()), np.int32, len(names))
    rows = _chosen(seen["key"], own, supplier)
    entries = pa.array([state.entry(names[row]) for row in rows.tolist()], pa.string())
    chosen = seen.take(pa.array(rows)).append_column("supplier", pa.array(supplier[rows]))
    described(store, batches, chosen.append_column("entry", entries))
    write_table(_labels(batches, placed, supplier), store.root / "suppliers" / "labels.parquet")
    return state


def _chosen(names: pa.ChunkedArray, own: np.ndarray, supplier: np.ndarray) -> np.ndarray:
    """The rows of the keys that suppliers are described by: the one that has a number, else the first seen."""
    unnumbered = pc.or_(*(pc.starts_with(names, start) for start in ("name-", "unnamed-"))).to_numpy()
    order = np.lexsort((own, unnumbered, supplier))
    ordered = supplier[order]
    return order[np.r_[True, ordered[1:] != ordered[:-1]]] if len(order) else order


def _labels(batches: Sequence[BatchRef], placed: pa.Table, supplier: np.ndarray) -> pa.Table:
    """Rows of LABELS, batch by batch."""
    batch = pa.array([batch.id for batch in batches], pa.string()).take(placed["batch"])
    found = pa.array(supplier[placed["row"].to_numpy()], pa.int32())
    return pa.table([batch, placed["payee"], found], schema=LABELS)
