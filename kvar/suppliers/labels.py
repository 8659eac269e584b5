"""Who each payee is: identity is a fact about a supplier, never written into the lines.

Identity, first floor: a company's number, else the sender's own spelling normalised. Ids are append-only.
"""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store, write_table
from kvar.places.postcodes import read_postcodes
from kvar.suppliers.describe import SUPPLIERS, Row, by_postcode, describe
from kvar.suppliers.normalise import normalise

LABELS = pa.schema(
    [
        pa.field("batch", pa.string(), nullable=False),
        pa.field("payee", pa.int32(), nullable=False),
        pa.field("supplier", pa.int32(), nullable=False),
    ]
)


def build(store: Store, batches: Sequence[BatchRef]) -> None:
    """Label every payee of `batches`; writes `suppliers/{suppliers,labels}.parquet` in the store."""
    ids = _known_ids(store.root / "suppliers" / "suppliers.parquet")
    by_number, by_name = _registers(store)
    postcodes = read_postcodes(store.root / "places")
    suppliers: dict[str, Row] = {}
    labels: list[Row] = []
    for batch in batches:
        for payee in pq.read_table(batch.folder / "payees.parquet").to_pylist():
            key = key_of(payee, batch.anchor.country, batch.anchor.slug)
            number = ids.setdefault(key, len(ids))
            labels.append({"batch": batch.id, "payee": payee["payee"], "supplier": number})
            if key not in suppliers:
                entry = _match(payee, batch.anchor.country, by_number, by_name)
                suppliers[key] = describe(number, key, payee, batch.anchor.country, entry)
                suppliers[key]["place"] = suppliers[key]["place"] or by_postcode(payee, entry, batch, postcodes)
    ordered = sorted(suppliers.values(), key=lambda row: row["supplier"])
    write_table(pa.Table.from_pylist(ordered, SUPPLIERS), store.root / "suppliers" / "suppliers.parquet")
    write_table(pa.Table.from_pylist(labels, LABELS), store.root / "suppliers" / "labels.parquet")


def key_of(payee: Row, country: str, anchor: str) -> str:
    """The stable key of a payee: scheme and number; persons by HMAC; else name; else the anchor's unnamed."""
    if payee["is_person"]:
        return f"SE-PERSON-{(payee['number'] or '')[:24]}"
    if payee["number"]:
        return f"{payee['scheme']}-{payee['number']}"
    name = normalise(payee["name"] or "")
    return f"name-{country}-{name}" if name else f"unnamed-{anchor}"


def _known_ids(path: Path) -> dict[str, int]:
    if not path.exists():
        return {}
    table = pq.read_table(path, columns=["key", "supplier"])
    return dict(zip(table["key"].to_pylist(), table["supplier"].to_pylist(), strict=True))


def _registers(store: Store) -> tuple[dict[str, Row], dict[str, Row]]:
    """Entries by `scheme-number`, and by country and name where the name is one entry's alone."""
    by_number: dict[str, Row] = {}
    by_name: dict[str, Row] = {}
    shared: set[str] = set()
    for path in sorted((store.root / "registers").glob("*.parquet")):
        for entry in pq.read_table(path).to_pylist():
            by_number.setdefault(f"{entry['scheme']}-{entry['number']}", entry)
            name = f"{entry['country']}-{entry['name_key']}"
            if name in by_name and by_name[name]["number"] != entry["number"]:
                shared.add(name)
            by_name.setdefault(name, entry)
    return by_number, {name: entry for name, entry in by_name.items() if name not in shared}


def _match(payee: Row, country: str, by_number: dict[str, Row], by_name: dict[str, Row]) -> tuple[str | None, Row]:
    """How and to what a payee was matched; the door the real matching comes in by."""
    if payee["is_person"]:
        return None, {}
    if found := by_number.get(f"{payee['scheme']}-{payee['number']}"):
        return "number", found
    if found := by_name.get(f"{country}-{normalise(payee['name'] or '')}"):
        return "name", found
    return None, {}
