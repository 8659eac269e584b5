"""The key of every payee, and the id each key was given: ids are only ever added, never reused, never moved.

`suppliers/keys/<batch>.parquet` holds the keys of a batch's payees (made once), `identity/ids.parquet` the ids.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kvar.core.numbers import PERSON
from kvar.ledger.model import PAYEES, BatchRef
from kvar.ledger.store import Store, write_table
from kvar.suppliers.alone import alone
from kvar.suppliers.names import split

KEYS = pa.schema([pa.field("payee", pa.int32(), nullable=False), pa.field("key", pa.string(), nullable=False)])
IDS = pa.schema([pa.field("key", pa.string(), nullable=False), pa.field("supplier", pa.int32(), nullable=False)])
SEEN = pa.schema(
    [("key", pa.string()), ("batch", pa.int32()), ("payee", pa.int32())]
)  # batch: place among those given
PLACED = pa.schema([("payee", pa.int32()), ("batch", pa.int32()), ("row", pa.int32())])  # row: of SEEN
PERSONS = f"{PERSON}-"


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
    """Keys: scheme and number; persons by HMAC; else the compared name; else the anchor's unnamed."""
    rows = pq.read_table(batch.folder / "payees.parquet", columns=["payee", "name", "scheme", "number", "is_person"])
    number, name = pc.fill_null(rows["number"], ""), pa.chunked_array([split(rows["name"].combine_chunks()).keys()])
    named = pc.binary_join_element_wise(f"name-{batch.anchor.country}-", name, "")
    made = pc.case_when(
        pc.make_struct(rows["is_person"], pc.not_equal(number, ""), pc.not_equal(name, "")),
        pc.binary_join_element_wise(PERSONS, pc.utf8_slice_codeunits(number, 0, 24), ""),
        pc.binary_join_element_wise(pc.fill_null(rows["scheme"], "None"), number, "-"),
        named,
        f"unnamed-{batch.anchor.slug}",
    )
    return pa.table([rows["payee"], made], schema=KEYS)


_last: dict[Path, tuple[tuple[int, ...], Mapping[str, int]]] = {}  # a file's sign and ids, of one store


def _ids(path: Path) -> Mapping[str, int]:
    """The ids of a file, read when it is another than last; nobody adds to them."""
    if not path.exists():
        return {}
    sign, (before, known) = _sign(path), _last.get(path, ((), {}))
    if sign != before:
        rows = pq.read_table(path)
        known = dict(zip(rows["key"].to_pylist(), rows["supplier"].to_pylist(), strict=True))
        _remember(path, sign, known)
    return known


def _sign(path: Path) -> tuple[int, ...]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _remember(path: Path, sign: tuple[int, ...], known: Mapping[str, int]) -> None:
    _last.clear()
    _last[path] = sign, known


class Ids:
    """Which id each key has; `of` gives new ones, `fresh` one that belongs to no key, `save` keeps them.

    Whoever adds goes by `new_ids`.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._path = store.root / "identity" / "ids.parquet"
        self.known: dict[str, int] = dict(_ids(self._path))
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
            _remember(self._path, _sign(self._path), dict(self.known))
            self._changed = False


@contextmanager
def new_ids(store: Store) -> Iterator[Ids]:
    """Ids to add to, saved at the end unless an error is raised; no other thread or process adds any meanwhile."""
    with alone(store, "ids"):
        ids = Ids(store)
        yield ids
        ids.save()


def first_seen(store: Store, batches: Sequence[BatchRef]) -> pa.Table:
    """Rows of SEEN: each key of some batches where it is first seen, in that order."""
    return seen_in(store, batches)[0]


def seen_in(store: Store, batches: Sequence[BatchRef]) -> tuple[pa.Table, pa.Table]:
    """Rows of SEEN, and of PLACED: which of them each payee of the batches has."""
    tables = [keys(store, batch) for batch in batches]
    if not tables:
        return SEEN.empty_table(), PLACED.empty_table()
    batch = pa.array(np.repeat(np.arange(len(tables), dtype=np.int32), [len(table) for table in tables]))
    whole = pa.concat_tables(tables).combine_chunks().add_column(1, "batch", batch)
    key = whole["key"].chunk(0) if len(whole) else pa.array([], pa.string())
    rows = key.dictionary_encode().indices  # numbered in the order they are first seen
    first = np.unique(rows.to_numpy(), return_index=True)[1]
    seen = whole.take(pa.array(first)).select(SEEN.names)
    return seen, whole.drop(["key"]).append_column("row", rows)


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
