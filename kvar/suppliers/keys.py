"""The key of every payee, and the id each key was given: ids are only ever added, never reused, never moved.

`suppliers/keys/<batch>.parquet` holds the keys of a batch's payees (made once), `identity/ids.parquet` the ids.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kvar.core.numbers import PERSON
from kvar.ledger.model import PAYEES, BatchRef
from kvar.ledger.store import Store, write_table
from kvar.suppliers.normalise import normalise

KEYS = pa.schema([pa.field("payee", pa.int32(), nullable=False), pa.field("key", pa.string(), nullable=False)])
IDS = pa.schema([pa.field("key", pa.string(), nullable=False), pa.field("supplier", pa.int32(), nullable=False)])
SEEN = pa.schema(
    [("key", pa.string()), ("batch", pa.int32()), ("payee", pa.int32())]
)  # batch: place among those given
PERSONS = f"{PERSON}-"


def key_of(payee: Mapping[str, Any], country: str, anchor: str) -> str:
    """The stable key of a payee: scheme and number; persons by HMAC; else name; else the anchor's unnamed."""
    if payee["is_person"]:
        return f"{PERSONS}{(payee['number'] or '')[:24]}"
    if payee["number"]:
        return f"{payee['scheme']}-{payee['number']}"
    name = normalise(payee["name"] or "")
    return f"name-{country}-{name}" if name else f"unnamed-{anchor}"


def keys(store: Store, batch: BatchRef) -> pa.Table:
    """Rows of KEYS for a batch; made anew when the file was read another way."""
    reading = hashlib.sha256((batch.folder / "report.json").read_bytes()).hexdigest()[:12]
    folder = store.root / "suppliers" / "keys"
    path = folder / f"{batch.id}-{reading}.parquet"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_table(_made(batch), path)
    return pq.read_table(path)


def _made(batch: BatchRef) -> pa.Table:
    columns = ["payee", "name", "scheme", "number", "is_person"]
    rows = pq.read_table(batch.folder / "payees.parquet", columns=columns).to_pylist()
    made = [{"payee": row["payee"], "key": key_of(row, batch.anchor.country, batch.anchor.slug)} for row in rows]
    return pa.Table.from_pylist(made, KEYS)


class Ids:
    """Which id each key has; `of` gives new ones, `fresh` one that belongs to no key, `save` keeps them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._path = store.root / "identity" / "ids.parquet"
        rows = pq.read_table(self._path) if self._path.exists() else IDS.empty_table()
        self.known: dict[str, int] = dict(zip(rows["key"].to_pylist(), rows["supplier"].to_pylist(), strict=True))
        self._next = max(self.known.values(), default=-1) + 1
        self._changed = False

    def of(self, wanted: Iterable[str]) -> Mapping[str, int]:
        """The ids of keys, new keys in the order given."""
        for key in wanted:
            if key not in self.known:
                self.known[key] = self.fresh()
        return self.known

    def fresh(self) -> int:
        """An id nobody has had."""
        self._next, self._changed = self._next + 1, True
        return self._next - 1

    def reserve(self, key: str) -> int:
        """A fresh id kept under a name of its own (a split's new supplier)."""
        self.known[key] = self.fresh()
        return self.known[key]

    def save(self) -> None:
        """Write what is new, by rename."""
        if self._changed:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            columns = [pa.array(list(self.known), pa.string()), pa.array(list(self.known.values()), pa.int32())]
            write_table(pa.table(columns, schema=IDS), self._path)
            self._changed = False


def first_seen(store: Store, batches: Sequence[BatchRef]) -> pa.Table:
    """Rows of SEEN: each key of some batches where it is first seen, in that order."""
    tables = [keys(store, batch) for batch in batches]
    if not tables:
        return SEEN.empty_table()
    whole = pa.concat_tables(tables).combine_chunks()
    encoded = (
        whole["key"].chunk(0).dictionary_encode() if len(whole) else pa.array([], pa.string()).dictionary_encode()
    )
    first = np.sort(np.unique(encoded.indices.to_numpy(), return_index=True)[1])
    batch = np.repeat(np.arange(len(tables)), [len(table) for table in tables])[first]
    chosen = whole.take(pa.array(first))
    return pa.table([chosen["key"], pa.array(batch, pa.int32()), chosen["payee"]], schema=SEEN)


def payees_of(batches: Sequence[BatchRef], seen: pa.Table) -> pa.Table:
    """The payee of each row of SEEN, in that order: its columns, its key, and its place in `batches`."""
    at, parts, order = seen["batch"].to_numpy(), [], []
    for n in np.unique(at).tolist():
        rows = np.flatnonzero(at == n)
        here = seen.take(pa.array(rows))
        payees = pq.read_table(batches[n].folder / "payees.parquet", schema=PAYEES)
        found = payees.take(pc.index_in(here["payee"], payees["payee"].combine_chunks()))
        parts.append(found.append_column("key", here["key"]).append_column("batch", here["batch"]))
        order.append(rows)
    if not parts:
        return pa.table({"key": pa.array([], pa.string()), "batch": pa.array([], pa.int32())})
    return pa.concat_tables(parts).take(pa.array(np.argsort(np.concatenate(order))))
