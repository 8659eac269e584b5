"""What is known of a supplier: name, seat, form, owner, industry and size, from the registers, else from the ledger.

`<field>_from` names the register; `ledger` where the paid anchor wrote it, `name` or `number` where the legal form is
read off the name's ending or the number's group digit. Of a payee who only collects for others (a factoring company)
no seat is given: it says nothing of who delivered.
"""

import hashlib
import re
from typing import Any

import pyarrow as pa

from kvar.ledger.model import BatchRef
from kvar.places.postcodes import Postcodes, compact
from kvar.suppliers.factors import collects
from kvar.suppliers.forms import FormGroup, group_of_form, inferred
from kvar.suppliers.normalise import normalise
from kvar.suppliers.ownership import of_form
from kvar.suppliers.public import unnamed

SUPPLIERS = pa.schema(
    [
        pa.field("supplier", pa.int32(), nullable=False),
        pa.field("key", pa.string(), nullable=False),
        pa.field("slug", pa.string(), nullable=False),
        pa.field("name", pa.string()),
        pa.field("is_person", pa.bool_(), nullable=False),
        pa.field("named", pa.bool_(), nullable=False),  # in public
        pa.field("number", pa.string()),
        pa.field("country", pa.string()),
        pa.field("place", pa.string()),
        pa.field("district", pa.string()),
        pa.field("form_group", pa.string(), nullable=False),
        pa.field("industry", pa.string()),
        pa.field("size", pa.string()),
        pa.field("matched_by", pa.string()),
        pa.field("firm", pa.string()),  # scheme and number, or country and name, that registers know it by
        pa.field("ownership", pa.string(), nullable=False),
        pa.field("employees", pa.int32()),
        pa.field("parent", pa.string()),
        pa.field("collects", pa.bool_(), nullable=False),
        *(pa.field(f"{name}_from", pa.string()) for name in ("place", "form", "ownership", "industry", "size")),
    ]
)
Row = dict[str, Any]
_AS_REGISTERED = ("industry", "industry_from", "size", "size_from", "employees", "parent")


def by_postcode(payee: Row, match: tuple[str | None, Row], batch: BatchRef, postcodes: Postcodes) -> str | None:
    """The municipality of the register's postcode, else of the ledger's own; None where neither tells.

    None also for a payee who only collects: its address says nothing of who delivered.
    """
    entry = match[1]
    if _collecting(payee, batch.anchor.country, entry):
        return None
    country = entry.get("country") or batch.anchor.country
    for written in (entry.get("postcode"), payee["postcode"]):
        if written and (found := postcodes.get((country, compact(written)))):
            return found
    return None


def describe(number: int, key: str, payee: Row, country: str, match: tuple[str | None, Row]) -> Row:
    """A row of SUPPLIERS: what the matched register entry says, else what the ledger itself tells.

    A sole trader is a person, whoever says so: no name, number or telling address leaves this row. What cannot be
    told from a person keeps its name for members, and its address tells nothing.
    """
    how, entry = match
    form, form_from = _form(payee, country, entry)
    is_person = payee["is_person"] or form == "sole_trader"
    name = None if is_person else (entry.get("name") or payee["name"])
    named = name is not None and unnamed(payee) is None
    collecting = _collecting(payee, country, entry)
    seat = {} if collecting else entry
    return {
        "supplier": number,
        "key": key,
        "slug": slug(name, key) if name and named else f"x-{number}",
        "name": name,
        "is_person": is_person,
        "named": named,
        "number": None if is_person else payee["number"],
        "country": None if collecting else seat.get("country") or _country(payee, country),
        "place": seat.get("place"),
        "district": seat.get("district"),
        "place_from": seat.get("place_from"),
        "form_group": form,
        "form_from": form_from,
        "matched_by": how,
        "firm": None if is_person else entry.get("firm") or _firm(payee),
        "collects": collecting,
        **{name: entry.get(name) for name in _AS_REGISTERED},
        **_owner(form, form_from, entry),
    }


def _collecting(payee: Row, country: str, entry: Row) -> bool:
    """Does a register or the list of factoring companies say that the payee only collects?"""
    name = None if payee["is_person"] else (entry.get("name") or payee["name"])
    return bool(entry.get("collects")) or (name is not None and collects(name, country))


def _owner(form: FormGroup, form_from: str | None, entry: Row) -> Row:
    """Who owns it, by the register, else by the legal form; and from where that is known."""
    owner, source = entry.get("ownership"), entry.get("ownership_from")
    if not owner:
        owner, source = of_form(form), form_from
    return {"ownership": owner, "ownership_from": None if owner == "unknown" else source}


def _firm(payee: Row) -> str | None:
    """The key that a register would know a numbered payee by."""
    return f"{payee['scheme']}-{payee['number']}" if payee["number"] else None


def _country(payee: Row, country: str) -> str | None:
    """A company number is seated in its country, a foreign VAT number abroad; a name alone says nothing."""
    scheme = payee["scheme"] or ""
    if scheme.endswith("-VAT") and scheme[:2] != country:
        return scheme[:2]
    return country if payee["scheme"] in ("SE-ON", "GB-COH") and (payee["number"] or "")[0:1] != "3" else None


def _form(payee: Row, country: str, entry: Row) -> tuple[FormGroup, str | None]:
    """The legal form and from where it is known: a register, the ledger, the name's ending or the number."""
    if entry.get("form_group"):
        return entry["form_group"], entry.get("form_group_from")
    if payee["is_person"]:
        return "sole_trader", "ledger"
    if _country(payee, country) not in (country, None):
        return "foreign", "number"
    written = group_of_form(payee["legal_form"] or "")
    if written != "unknown":
        return written, "ledger"
    named = inferred(entry.get("name") or payee["name"] or "", None, None)
    if named != "unknown":
        return named, "name"
    numbered = inferred("", payee["scheme"], payee["number"])
    return numbered, "number" if numbered != "unknown" else None


def slug(name: str, key: str) -> str:
    """A public address: the name and six signs of the key's digest (never made for a person)."""
    tail = hashlib.sha256(key.encode()).hexdigest()[:6]
    plain = re.sub(r"[^a-z0-9]+", "-", normalise(name).translate(str.maketrans("åäöæø", "aaoao"))).strip("-")
    return f"{plain[:60]}-{tail}" if plain else f"x-{tail}"
