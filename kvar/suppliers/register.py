"""Registers the user loads: who a number is, where it sits, what form it has."""

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kvar.core.errors import KvarError
from kvar.core.numbers import read_number
from kvar.ledger.encoding import decode
from kvar.ledger.mapping import fold
from kvar.ledger.store import Store
from kvar.suppliers.forms import group_of_form, inferred
from kvar.suppliers.normalise import normalise

REGISTER = pa.schema(
    [
        pa.field(name, pa.string())
        for name in ("scheme", "number", "name", "name_key", "country", "postcode", "place", "district", "form_group",
                     "industry", "size")
    ]
)  # fmt: skip
# Column of ours -> what registers call it: Companies House, Co-operatives UK, Bolagsverket and SCB bulk (the last
# two not checked against a delivered file), and plain CSV.
NAMES: dict[str, Sequence[str]] = {
    "number": ("org_number", "orgnr", "organisationsnummer", "PeOrgNr", "CompanyNumber", "Registered Number",
               "company_number", "organisationsidentitet"),
    "name": ("name", "namn", "företagsnamn", "Foretagsnamn", "organisationsnamn", "CompanyName", "Registered Name"),
    "postcode": ("postcode", "postnr", "postnummer", "PostNr", "RegAddress.PostCode", "Registered Postcode"),
    "place": ("municipality_code", "kommunkod", "Kommun", "SeatCode", "laua", "la_code"),
    "district": ("district", "distrikt"),
    "form": ("legal_form", "juridisk_form", "JurForm", "organisationsform", "CompanyCategory", "Legal Form"),
    "industry": ("sni", "Ng1", "sic", "SICCode.SicText_1", "SIC Code", "industry"),
    "employees": ("employees", "anställda", "AntalAnst"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegisterInfo:
    """What was loaded: rows read, kept, without a readable number, and persons (kept without name or number)."""

    name: str
    rows: int
    kept: int
    unnumbered: int
    persons: int


def load_register(path: Path, *, store: Store, country: str, as_of: str) -> RegisterInfo:
    """Read a register into the store; `suppliers.register.columns` when number or name has no column."""
    raw = path.read_bytes()
    rows = list(csv.DictReader(StringIO(decode(raw, path.name).text), delimiter=_delimiter(raw)))
    columns = _columns(list(rows[0]) if rows else [], path.name)
    kept, persons, unnumbered = [], 0, 0
    for row in _rows(rows, columns):
        found = read_number(row["number"], country)
        persons += bool(found and found.is_person)
        unnumbered += found is None
        if found and not found.is_person:
            kept.append(_entry(row, found.scheme, found.number, country))
    name = path.stem.lower()
    pq.write_table(pa.Table.from_pylist(kept, REGISTER), store.root / "registers" / f"{name}.parquet")
    info = RegisterInfo(name, len(rows), len(kept), unnumbered, persons)
    provenance = {"file": path.name, "sha256": hashlib.sha256(raw).hexdigest(), "as_of": as_of, "kept": len(kept)}
    (store.root / "registers" / f"{name}.json").write_text(json.dumps(provenance), encoding="utf-8")
    return info


def _delimiter(raw: bytes) -> str:
    head = raw.split(b"\n", 1)[0]
    return max(";\t,", key=lambda sign: head.count(sign.encode()))


def _columns(header: list[str], file: str) -> dict[str, str]:
    known = {fold(name): name for name in header if name}
    found = {
        ours: known[fold(theirs)]
        for ours, names in NAMES.items()
        for theirs in [next((n for n in names if fold(n) in known), None)]
        if theirs is not None
    }
    if "number" not in found or "name" not in found:
        raise KvarError("suppliers.register.columns", file=file, seen=", ".join(header)[:300])
    return found


def _rows(rows: list[dict[str, str]], columns: dict[str, str]) -> Iterator[dict[str, str]]:
    for row in rows:
        yield {ours: (row.get(theirs) or "").strip() for ours, theirs in columns.items()}


def _entry(row: dict[str, str], scheme: str, number: str, country: str) -> dict[str, str | None]:
    form = group_of_form(row.get("form", ""))
    return {
        "scheme": scheme,
        "number": number,
        "name": row["name"],
        "name_key": normalise(row["name"]),
        "country": country,
        "postcode": row.get("postcode") or None,
        "place": row.get("place") or None,
        "district": row.get("district") or None,
        "form_group": inferred(row["name"], scheme, number) if form == "unknown" else form,
        "industry": (row.get("industry") or "")[:5].strip() or None,
        "size": size_class(row.get("employees", "")),
    }


def size_class(employees: str) -> str | None:
    """The EU size class by head count alone (Recommendation 2003/361/EC); None when not a number."""
    if not employees.isascii() or not employees.isdigit():
        return None
    limits = ((10, "micro"), (50, "small"), (250, "medium"))
    return next((name for limit, name in limits if int(employees) < limit), "large")
