"""Which registers are in the store, with their provenance.

`registers/<kind>/<name>.parquet` and its provenance beside it (`.json`); made of them all: `registers/firms.parquet`
(`firms.py`), `registers/derived/{workplaces,residents}.parquet` (`workplaces.py`).
"""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.suppliers.registers.catalogue import Kind, by_id

KINDS: tuple[Kind, ...] = ("firms", "workplaces", "residents")
MEMORY = "1GB"


_NONE = """
select null::varchar as scheme, null::varchar as number, null::varchar as name_key, null::varchar as country,
       null::varchar as ref, 0 as register, null::varchar as publisher where false
"""
KEYED = """
create temp view keyed as
with unique_names as (
    select country, name_key, min(scheme || '-' || number) as firm from entries
    where number is not null and name_key <> '' group by 1, 2
    having min(scheme || '-' || number) = max(scheme || '-' || number)
)
select e.*, coalesce(e.scheme || '-' || e.number, u.firm, 'name-' || e.country || '-' || e.name_key) as firm
from entries e left join unique_names u on e.number is null and u.country = e.country and u.name_key = e.name_key
"""


@dataclass(frozen=True, slots=True)
class RegisterInfo:
    """What was loaded: `rows` = `kept` + `unnumbered` + `persons` + `broken`; the last three were dropped.

    `broken`: cells too many or too few. `as_of`: the day that the register describes, as told by whoever loaded it.
    """

    name: str
    register: str
    kind: Kind
    country: str
    as_of: str
    file: str
    sha256: str
    rows: int
    kept: int
    unnumbered: int
    persons: int
    broken: int


def loaded(store: Store, *kinds: Kind) -> tuple[RegisterInfo, ...]:
    """Every register in the store (of some kinds), by kind and name."""
    found = [
        RegisterInfo(**json.loads(path.read_text(encoding="utf-8")))
        for kind in kinds or KINDS
        for path in sorted((store.root / "registers" / kind).glob("*.json"))
    ]
    return tuple(found)


def table_path(store: Store, info: RegisterInfo) -> Path:
    """Where a register's entries are."""
    return store.root / "registers" / info.kind / f"{info.name}.parquet"


def remove(store: Store, name: str) -> RegisterInfo:
    """Take a register out of the store; `suppliers.register.not_loaded`."""
    for info in loaded(store):
        if info.name == name:
            path = table_path(store, info)
            path.with_suffix(".json").unlink()
            path.unlink()
            return info
    raise KvarError("suppliers.register.not_loaded", name=name, known=", ".join(i.name for i in loaded(store)) or "-")


def trust(chosen: tuple[RegisterInfo, ...], field: str) -> list[int]:
    """For each register its place in the order of trust for a field: rank, then newest, then name."""
    ranked = sorted(range(len(chosen)), key=lambda number: chosen[number].name)
    ranked.sort(key=lambda number: chosen[number].as_of, reverse=True)
    ranked.sort(key=lambda number: _rank(chosen[number], field))
    return [ranked.index(number) for number in range(len(chosen))]


def _rank(info: RegisterInfo, field: str) -> int:
    register = by_id(info.register)
    return register.ranks.get(field, register.rank)


def database(store: Store) -> duckdb.DuckDBPyConnection:
    """An empty DuckDB with a bound on memory that spills into the store's `tmp`."""
    link = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    link.execute(f"set memory_limit = '{MEMORY}'; set preserve_insertion_order = false")
    link.execute(f"set temp_directory = '{quoted(store.root / 'tmp')}'")
    return link


def quoted(path: Path) -> str:
    """A path for use within single quotes of SQL."""
    return str(path).replace("'", "''")


def union(store: Store, chosen: tuple[RegisterInfo, ...]) -> str:
    """SQL: all rows of some registers, each with its number among them and its publisher."""
    if not chosen:
        return _NONE
    parts = [
        f"select *, {number} as register, '{info.register}' as publisher "  # noqa: S608 - catalogue ids
        f"from read_parquet('{quoted(table_path(store, info))}')"
        for number, info in enumerate(chosen)
    ]
    return " union all by name ".join(parts)


def keyed(link: duckdb.DuckDBPyConnection, store: Store, chosen: tuple[RegisterInfo, ...]) -> None:
    """Views `entries` and `keyed` (with `firm`, the key of each entry's firm) in a database.

    An entry without a number joins the only numbered firm of its country with the same compared name; else it is
    known by its name alone.
    """
    link.execute(f"create temp view entries as {union(store, chosen)}")
    link.execute(KEYED)


def names(chosen: tuple[RegisterInfo, ...]) -> str:
    """SQL: a list of the registers' names."""
    return "[" + ", ".join(f"'{info.name}'" for info in chosen) + "]"
