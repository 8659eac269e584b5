"""Residents and deprivation of a municipality's districts: a table of the user's own (CSV), kept with its source."""

import csv
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import StringIO
from math import isfinite
from pathlib import Path

from kvar.core.errors import KvarError
from kvar.places.gazetteer import Gazetteer

COLUMNS = ("code", "residents", "deprivation")


@dataclass(frozen=True, slots=True)
class District:
    """Residents, and an index where higher is more deprived; the scale is the table's own."""

    residents: int
    deprivation: float


@dataclass(frozen=True, slots=True)
class Residents:
    """What a table says of the districts of a place, by code; `index` is what it measures."""

    vintage: str
    source: str
    index: str
    districts: Mapping[str, District]


def load_residents(path: Path, *, folder: Path, place: str, vintage: str, source: str, index: str) -> Residents:
    """Read and keep a CSV of COLUMNS (`;` or `,`).

    Raises `places.columns.missing`, `places.residents.row` (a number that is none, or residents below one) and
    `places.district.elsewhere` (a code that is no district of the place).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise KvarError("places.encoding", file=path.name) from error
    rows = csv.DictReader(StringIO(text), delimiter=";" if ";" in text.split("\n", 1)[0] else ",")
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or [])]:
        raise KvarError("places.columns.missing", file=path.name, missing=", ".join(missing))
    known = Gazetteer.load(folder)
    found = Residents(vintage, source, index, {row["code"]: _district(row, path.name) for row in rows})
    for code in found.districts:
        if code not in known.places or known.get(code).parent != place:
            raise KvarError("places.district.elsewhere", place=code, home=place)
    beside = folder / f"residents-{place}.tmp"
    beside.write_text(json.dumps(asdict(found), ensure_ascii=False), encoding="utf-8")
    beside.rename(beside.with_suffix(".json"))
    return found


def _district(row: Mapping[str, str], file: str) -> District:
    try:
        found = District(int(row["residents"] or ""), float((row["deprivation"] or "").replace(",", ".")))
    except ValueError as error:
        raise KvarError("places.residents.row", file=file, district=row["code"]) from error
    if found.residents < 1 or not isfinite(found.deprivation):
        raise KvarError("places.residents.row", file=file, district=row["code"])
    return found


def read_residents(folder: Path, place: str) -> Residents | None:
    """What was loaded for a place, if anything."""
    path = folder / f"residents-{place}.json"
    if not path.exists():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    districts = {code: District(**row) for code, row in data.pop("districts").items()}
    return Residents(districts=districts, **data)
