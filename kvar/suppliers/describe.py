"""What is known of a supplier: name, seat, form, industry and size, from its register entry, else from the ledger."""

import hashlib
import re
from typing import Any

import pyarrow as pa

from kvar.ledger.model import BatchRef
from kvar.places.postcodes import Postcodes, compact
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
Row = dict[str, Any]


def by_postcode(payee: Row, match: tuple[str | None, Row], batch: BatchRef, postcodes: Postcodes) -> str | None:
    """The municipality of the register's postcode, else of the ledger's own; None where neither tells."""
    entry = match[1]
    country = entry.get("country") or batch.anchor.country
    for written in (entry.get("postcode"), payee["postcode"]):
        if written and (found := postcodes.get((country, compact(written)))):
            return found
    return None


def describe(number: int, key: str, payee: Row, country: str, match: tuple[str | None, Row]) -> Row:
    """A row of SUPPLIERS: what the matched register entry says, else what the ledger itself tells.

    A sole trader is a person, whoever says so: no name, number or telling address leaves this row.
    """
    how, entry = match
    form = entry.get("form_group") or _form(payee, country)
    is_person = payee["is_person"] or form == "sole_trader"
    name = None if is_person else (entry.get("name") or payee["name"])
    return {
        "supplier": number,
        "key": key,
        "slug": slug(name, key) if name else f"x-{number}",
        "name": name,
        "is_person": is_person,
        "number": None if is_person else payee["number"],
        "country": entry.get("country") or _country(payee, country),
        "place": entry.get("place"),
        "district": entry.get("district"),
        "form_group": form,
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


def slug(name: str, key: str) -> str:
    """A public address: the name and six signs of the key's digest (never made for a person)."""
    tail = hashlib.sha256(key.encode()).hexdigest()[:6]
    plain = re.sub(r"[^a-z0-9]+", "-", normalise(name).translate(str.maketrans("åäöæø", "aaoao"))).strip("-")
    return f"{plain[:60]}-{tail}" if plain else f"x-{tail}"
