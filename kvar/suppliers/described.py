"""Rows of SUPPLIERS for the keys chosen: made from payee, register and postcodes, and kept while those are the same.

`suppliers/made.parquet` says what each row of `suppliers/suppliers.parquet` was made from; its sign is of the
registers' firms, the postcodes and the code, and both files bear a mark of one writing.
"""

import hashlib
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store, write_table
from kvar.places.postcodes import read_postcodes
from kvar.suppliers.describe import SUPPLIERS, Row, by_postcode, describe
from kvar.suppliers.keys import payees_of
from kvar.suppliers.lookup import look_up
from kvar.suppliers.normalise import normalise
from kvar.suppliers.signs import sign

MADE = pa.schema([("supplier", pa.int32()), *((name, pa.string()) for name in ("key", "at", "entry"))])
MADE_BY = (
    "describe.py",
    "described.py",
    "factoring.yml",
    "factors.py",
    "forms.py",
    "lookup.py",
    "normalise.py",
    "ownership.py",
    "public.py",
)


def described(store: Store, batches: Sequence[BatchRef], chosen: pa.Table) -> None:
    """Write a row of SUPPLIERS for each row of `chosen`: SEEN, `supplier` (rising) and `entry` (a firm or null)."""
    folder = store.root / "suppliers"
    made = _made_from(batches, chosen)
    signed = sign([store.root / "registers" / "firms.parquet", *(store.root / "places").glob("*")], MADE_BY)
    rows, known = _known(store, made, signed)
    new = np.flatnonzero(rows < 0)
    fresh = pa.Table.from_pylist(_rows(store, batches, chosen.take(pa.array(new))), SUPPLIERS)
    whole = pa.concat_tables([known, fresh])
    rows[new] = len(known) + np.arange(len(new))
    marks = {"sign": signed, "write": secrets.token_hex(8)}
    tables = {"suppliers": whole.take(pa.array(rows)), "made": made}
    with ThreadPoolExecutor(2) as pool:
        paths = [folder / f"{name}.parquet" for name in tables]
        list(pool.map(write_table, [table.replace_schema_metadata(marks) for table in tables.values()], paths))


def _made_from(batches: Sequence[BatchRef], chosen: pa.Table) -> pa.Table:
    """Rows of MADE: all that a supplier's row depends on, apart from registers and postcodes."""
    reading = [hashlib.sha256((batch.folder / "report.json").read_bytes()).hexdigest()[:12] for batch in batches]
    read = pa.array([f"{batch.id}-{sha}" for batch, sha in zip(batches, reading, strict=True)], pa.string())
    at = pc.binary_join_element_wise(
        read.take(chosen["batch"].combine_chunks()), chosen["payee"].cast(pa.string()), "-"
    )
    return pa.table([chosen["supplier"], chosen["key"], at, chosen["entry"]], schema=MADE)


def _known(store: Store, made: pa.Table, signed: str) -> tuple[np.ndarray, pa.Table]:
    """For each row of MADE where its row of SUPPLIERS is already, or -1; and those there are."""
    paths = [store.root / "suppliers" / f"{name}.parquet" for name in ("made", "suppliers")]
    nothing = np.full(len(made), -1), SUPPLIERS.empty_table()
    if not all(path.exists() for path in paths):
        return nothing
    before, known = (pq.read_table(path) for path in paths)
    marks = before.schema.metadata or {}
    if marks.get(b"sign") != signed.encode() or marks != known.schema.metadata:
        return nothing
    return _same(made, before), known.cast(SUPPLIERS)


def _same(made: pa.Table, before: pa.Table) -> np.ndarray:
    """For each row of MADE the row of an earlier one that is the same, or -1; both are in their suppliers' order."""
    mine, theirs = made["supplier"].to_numpy(), before["supplier"].to_numpy()
    at = np.minimum(np.searchsorted(theirs, mine), max(len(theirs) - 1, 0))
    rows = np.flatnonzero(theirs[at] == mine) if len(theirs) else at[:0]
    one, two = made.take(pa.array(rows)), before.take(pa.array(at[rows]))
    same = np.ones(len(rows), bool)
    for name in ("key", "at", "entry"):
        same &= pc.equal(pc.fill_null(one[name], ""), pc.fill_null(two[name], "")).to_numpy()
    found = np.full(len(made), -1)
    found[rows[same]] = at[rows[same]]
    return found


def _rows(store: Store, batches: Sequence[BatchRef], chosen: pa.Table) -> list[Row]:
    """Rows of SUPPLIERS, made."""
    if not len(chosen):
        return []
    payees = payees_of(batches, chosen).to_pylist()
    suppliers, entries = chosen["supplier"].to_pylist(), chosen["entry"].to_pylist()
    firms = look_up(store, [_wanted(*one, batches) for one in zip(payees, entries, strict=True)])
    postcodes = read_postcodes(store.root / "places")
    rows = []
    for payee, supplier in zip(payees, suppliers, strict=True):
        batch, key = batches[payee["batch"]], payee["key"]
        match: tuple[str | None, Row] = firms.get(key) or (None, {})
        row = describe(supplier, key, payee, batch.anchor.country, match)
        row["place"] = row["place"] or by_postcode(payee, match, batch, postcodes)
        rows.append(row)
    return rows


def _wanted(payee: dict[str, Any], entry: str | None, batches: Sequence[BatchRef]) -> Row:
    """What to look a supplier up by; a person by nothing."""
    country = batches[payee["batch"]].anchor.country
    if payee["is_person"]:
        return {"key": payee["key"], "entry": None, "country": country, "name_key": None}
    return {
        "key": payee["key"],
        "entry": entry,
        "country": country,
        "name_key": normalise(payee["name"] or "") or None,
    }
