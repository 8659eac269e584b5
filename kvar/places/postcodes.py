"""Postcode tables the user loads: GeoNames (CSV or the original tab-separated) and ONS (ONSPD, NSPL).

A postcode gets a municipality by the table's own code, else by its coordinates in areas the user has loaded.
GeoNames has no municipality codes for Sweden: without such areas the place stays unknown, never guessed by name.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kvar.core.errors import KvarError
from kvar.places.areas import Areas

POSTCODES = pa.schema(
    [("postcode", pa.string()), ("country", pa.string()), ("place", pa.string()), ("placed_by", pa.string())]
)
GEONAMES = ("country_code", "zipcode", "place", "state", "state_code", "province", "province_code", "community",
            "community_code", "latitude", "longitude", "accuracy")  # fmt: skip
NAMES = {
    "postcode": ("zipcode", "pcds", "pcd8", "pcd7", "pcd", "postcode", "postnummer", "postnr"),
    "place": ("oslaua", "laua", "lad", "community_code", "kommunkod", "municipality_code"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "long", "lon"),
    "ended": ("doterm",),
}
LENGTHS = {"SE": 4, "GB": 9}  # of a municipality's code
Postcodes = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class PostcodeInfo:
    """Where a table came from and what of it could be placed; `unplaced` have no municipality."""

    file: str
    country: str
    vintage: str
    source: str
    licence: str
    rows: int
    by_code: int
    by_coordinates: int
    unplaced: int


def compact(postcode: str) -> str:
    """`413 01` is `41301`, `pr1 2rl` is `PR12RL`: how postcodes are compared."""
    return "".join(postcode.split()).upper()


def load_postcodes(  # noqa: PLR0913 - what must be told of a table
    path: Path, *, folder: Path, country: str, vintage: str, source: str, licence: str, areas: Areas | None = None
) -> PostcodeInfo:
    """Write `postcodes-<country>.parquet` and its provenance into `folder`.

    Raises `places.postcodes.columns` (no postcode column), `places.postcodes.empty`, `places.postcodes.row` (a
    coordinate that is none) and `places.encoding`.
    """
    try:
        found = [_placed(row, country, areas) for row in _rows(path)]
    except UnicodeDecodeError as error:
        raise KvarError("places.encoding", file=path.name) from error
    if not found:
        raise KvarError("places.postcodes.empty", file=path.name)
    ways = [row["placed_by"] for row in found]
    info = PostcodeInfo(
        path.name, country, vintage, source, licence, len(found),
        ways.count("code"), ways.count("coordinates"), ways.count(None),
    )  # fmt: skip
    target = folder / f"postcodes-{country}.parquet"
    pq.write_table(pa.Table.from_pylist(found, POSTCODES), target.with_suffix(".tmp"), compression="zstd")
    target.with_suffix(".json").write_text(json.dumps(asdict(info), ensure_ascii=False), encoding="utf-8")
    target.with_suffix(".tmp").rename(target)
    return info


def read_postcodes(folder: Path) -> Postcodes:
    """(country, compact postcode) -> municipality code, of every table in `folder`.

    A postcode that a table puts in several municipalities is in none: it cannot be told.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for path in sorted(folder.glob("postcodes-*.parquet")):
        for row in pq.read_table(path).to_pylist():
            if row["place"]:
                found.setdefault((row["country"], row["postcode"]), set()).add(row["place"])
    return {key: next(iter(places)) for key, places in found.items() if len(places) == 1}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        tabbed = "\t" in head
        original = tabbed and len(head.split("\t")) == len(GEONAMES) and "latitude" not in head
        rows = csv.DictReader(
            file,
            fieldnames=GEONAMES if original else None,
            delimiter="\t" if tabbed else ",",
            quoting=csv.QUOTE_NONE if tabbed else csv.QUOTE_MINIMAL,
        )
        columns = _columns(list(rows.fieldnames or []), path.name)
        for row in rows:
            taken = {ours: (row.get(theirs) or "").strip() for ours, theirs in columns.items()}
            if not taken.get("ended"):
                yield taken


def _columns(header: list[str], file: str) -> dict[str, str]:
    lower = {name.strip().lower(): name for name in header}
    found = {
        ours: lower[n] for ours, names in NAMES.items() for n in [next((n for n in names if n in lower), "")] if n
    }
    if "postcode" not in found:
        raise KvarError("places.postcodes.columns", file=file, seen=", ".join(header)[:300])
    return found


def _placed(row: dict[str, str], country: str, areas: Areas | None) -> dict[str, str | None]:
    code, way = row.get("place", ""), "code"
    if len(code) != LENGTHS.get(country, len(code)) or not code:
        code, way = _by_coordinates(row, areas), "coordinates"
    return {
        "postcode": compact(row["postcode"]),
        "country": country,
        "place": code or None,
        "placed_by": way if code else None,
    }


def _by_coordinates(row: dict[str, str], areas: Areas | None) -> str:
    if areas is None or not row.get("latitude") or not row.get("longitude"):
        return ""
    try:
        area = areas.at(float(row["longitude"]), float(row["latitude"]))
    except ValueError as error:
        raise KvarError("places.postcodes.row", postcode=row["postcode"]) from error
    return area.code if area else ""
