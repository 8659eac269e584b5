"""Who each payee is and where: identity and place are facts about a supplier, never written into the lines.

Identity, first floor: a company's number, else the sender's own spelling normalised. Ids are append-only.
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store, write_table
from kvar.places.postcodes import Postcodes, compact, read_postcodes
from kvar.suppliers.forms import group_of_form, inferred
from kvar.suppliers.normalise import normalise

SUPPLIERS = pa.schema(
    [
        pa.field("supplier", pa.int32(), nullable=False),
        pa.field("key", pa.string(), nullable=False),
        pa.field("slug", pa.string(), nullable=False),
        pa.field("name", pa.string()),
        pa.field("is_person", pa.bool_(), nullable=False),
        pa.field("number", pa.string()),
        pa.field("country", pa.string()),
        pa.field("place", pa.string()),
        pa.field("district", pa.string()),
        pa.field("form_group", pa.string(), nullable=False),
        pa.field("industry", pa.string()),
        pa.field("size", pa.string()),
        pa.field("matched_by", pa.string()),
    ]
)
LABELS = pa.schema(
    [
        pa.field("batch", pa.string(), nullable=False),
        pa.field("payee", pa.int32(), nullable=False),
        pa.field("supplier", pa.int32(), nullable=False),
    ]
)
Row = dict[str, Any]


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
                suppliers[key] = _supplier(number, key, payee, batch.anchor.country, entry)
                suppliers[key]["place"] = suppliers[key]["place"] or _by_postcode(payee, entry, batch, postcodes)
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


def _by_postcode(payee: Row, match: tuple[str | None, Row], batch: BatchRef, postcodes: Postcodes) -> str | None:
    """The municipality of the register's postcode, else of the ledger's own; None where neither tells."""
    entry = match[1]
    country = entry.get("country") or batch.anchor.country
    for written in (entry.get("postcode"), payee["postcode"]):
        if written and (found := postcodes.get((country, compact(written)))):
            return found
    return None


def _supplier(number: int, key: str, payee: Row, country: str, match: tuple[str | None, Row]) -> Row:
    how, entry = match
    name = None if payee["is_person"] else (entry.get("name") or payee["name"])
    return {
        "supplier": number,
        "key": key,
        "slug": slug(name, key),
        "name": name,
        "is_person": payee["is_person"],
        "number": None if payee["is_person"] else payee["number"],
        "country": entry.get("country") or _country(payee, country),
        "place": entry.get("place"),
        "district": entry.get("district"),
        "form_group": entry.get("form_group") or _form(payee, country),
        "industry": entry.get("industry"),
        "size": entry.get("size"),
        "matched_by": how,
    }


def _country(payee: Row, country: str) -> str | None:
    """A company number is seated in its country, a foreign VAT number abroad; a name alone says nothing."""
    scheme = payee["scheme"] or ""
    if scheme.endswith("-VAT") and scheme[:2] != country:
        return scheme[:2]
    return country if payee["scheme"] in ("SE-ON", "GB-COH") and (payee["number"] or "")[0:1] != "3" else None


def _form(payee: Row, country: str) -> str:
    if payee["is_person"]:
        return "sole_trader"
    if _country(payee, country) not in (country, None):
        return "foreign"
    written = group_of_form(payee["legal_form"] or "")
    return inferred(payee["name"] or "", payee["scheme"], payee["number"]) if written == "unknown" else written


def slug(name: str | None, key: str) -> str:
    """A public address: the name and four signs of the key's digest; nothing of a person."""
    tail = hashlib.sha256(key.encode()).hexdigest()[:6]
    plain = re.sub(r"[^a-z0-9]+", "-", normalise(name or "").translate(str.maketrans("åäöæø", "aaoao"))).strip("-")
    return f"{plain[:60]}-{tail}" if name and plain else f"x-{tail}"
