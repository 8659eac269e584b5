"""Which rule each account and payee of a batch falls under: worked out once a reading and set of rules, then kept."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store, write_table
from kvar.spending.classify import Rule, digest, of_account, of_payee
from kvar.spending.overrides import rules_for

CATEGORIES = pa.schema([("id", pa.int32()), ("category", pa.string()), ("ordinal", pa.int32())])
PAYEES = pa.schema([("payee", pa.int32()), ("ordinal", pa.int32())])


def classes(store: Store, batch: BatchRef) -> tuple[Path, Path]:
    """Files of categories (all, with the ordinal of their rule or null) and payees (only those that a rule fits)."""
    folder = store.root / "suppliers" / "classes"
    known = rules_for(store, batch.anchor.slug, batch.anchor.country)
    name = f"{batch.id}-{_version(batch, known)}"
    paths = (folder / f"{name}-categories.parquet", folder / f"{name}-payees.parquet")
    if not all(path.exists() for path in paths):
        folder.mkdir(exist_ok=True)
        write_table(_categories(batch, known), paths[0])
        write_table(_payees(batch, known), paths[1])
    return paths


def _version(batch: BatchRef, known: Sequence[Rule]) -> str:
    """Changes whenever a rule does, or the same file is loaded again (its report tells when and how)."""
    reading = (batch.folder / "report.json").read_bytes()
    return hashlib.sha256(reading + digest(known).encode()).hexdigest()[:16]


def _categories(batch: BatchRef, known: Sequence[Rule]) -> pa.Table:
    rows = [
        {
            "id": row["category"],
            "category": row["text"] or row["code"] or "",
            "ordinal": of_account(row["code"], row["text"], known),
        }
        for row in pq.read_table(batch.folder / "categories.parquet").to_pylist()
    ]
    return pa.Table.from_pylist(rows, CATEGORIES)


def _payees(batch: BatchRef, known: Sequence[Rule]) -> pa.Table:
    columns = ["payee", "name", "number", "person"]
    rows = [
        {"payee": row["payee"], "ordinal": ordinal}
        for row in pq.read_table(batch.folder / "payees.parquet", columns=columns).to_pylist()
        if (ordinal := of_payee(row, known)) is not None
    ]
    return pa.Table.from_pylist(rows, PAYEES)
