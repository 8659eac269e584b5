"""What all registers say together: one row a firm, field by field the most trusted register that knows it.

Every field keeps from which register it came (`<field>_from`); where two publishers differ it is counted.
"""

from dataclasses import dataclass

from kvar.ledger.store import Store
from kvar.suppliers.loaded import RegisterInfo, database, keyed, loaded, names, quoted, trust

FIELDS = ("name", "postcode", "place", "district", "form_group", "ownership", "industry", "employees", "size",
          "parent", "collects", "ended")  # fmt: skip
COMPARED = ("name_key", "place", "form_group", "ownership", "industry", "size")
_SIZES = "['micro', 'small', 'medium', 'large']"
_DESCRIBED = f"""
create temp table described as
with owned as (
    select u.parent as number, max(list_position({_SIZES}, p.size)) as least
    from unpacked u join unpacked p on p.number = u.parent group by 1
)
select u.* replace (
    case when u.ownership is null and u.parent <> coalesce(u.number, '') then 'group_owned' else u.ownership end
        as ownership,
    case when u.ownership is null then u.parent_from else u.ownership_from end as ownership_from,
    case when o.least = 4 or o.least > list_position({_SIZES}, u.size) then {_SIZES}[o.least] else u.size end as size)
from unpacked u left join owned o on o.number = u.parent
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two publishers differ on a field of `n` firms."""

    field: str
    one: str
    other: str
    n: int


def merge(store: Store) -> int:
    """Write `registers/firms.parquet` anew (the folder changes each time); how many firms it holds."""
    target = store.root / "registers" / "firms.parquet"
    chosen = loaded(store, "firms")
    if not chosen:
        target.touch()
        target.unlink()
        return 0
    with database(store) as link:
        keyed(link, store, chosen)
        for sql in (_packed(chosen), _unpacked(chosen), _DESCRIBED):
            link.execute(sql)
        beside = target.with_suffix(".tmp")
        link.execute(f"copy (from described order by firm) to '{quoted(beside)}' (format parquet, compression zstd)")
        beside.rename(target)
        return int(link.execute("select count(*) from described").fetchall()[0][0])


def conflicts(store: Store) -> tuple[Conflict, ...]:
    """Where two publishers differ, field by field; most first."""
    chosen = loaded(store, "firms")
    if len({info.register for info in chosen}) < 2:
        return ()
    with database(store) as link:
        keyed(link, store, chosen)
        rows = [row for field in COMPARED for row in link.execute(_differing(field)).fetchall()]
    return tuple(Conflict(*row) for row in sorted(rows, key=lambda row: (-row[3], row)))


def _packed(chosen: tuple[RegisterInfo, ...]) -> str:
    """Each field after its register's place in the order of trust: the least is the one believed."""
    columns = []
    for field in FIELDS:
        order = trust(chosen, "form" if field == "form_group" else field)
        places = ", ".join(f"'{place:03}{number:03}'" for number, place in enumerate(order))
        value = "name || chr(31) || name_key" if field == "name" else f"cast({field} as varchar)"
        columns.append(f"min([{places}][register + 1] || {value}) as {field}")
    identity = "firm, min(scheme) as scheme, min(number) as number, min(country) as country"
    return f"create temp table packed as select {identity}, {', '.join(columns)} from keyed group by firm"  # noqa: S608


def _unpacked(chosen: tuple[RegisterInfo, ...]) -> str:
    columns = []
    for field in FIELDS:
        value = f"substr({field}, 7)"
        kind = "integer" if field == "employees" else "varchar"
        if field == "name":
            columns.append(f"split_part({value}, chr(31), 2) as name_key")
            value = f"split_part({value}, chr(31), 1)"
        columns.append(f"cast({value} as {kind}) as {field}")
        columns.append(f"{names(chosen)}[cast(substr({field}, 4, 3) as integer) + 1] as {field}_from")
    return f"create temp table unpacked as select firm, scheme, number, country, {', '.join(columns)} from packed"  # noqa: S608


def _differing(field: str) -> str:
    return f"""
with said as (select firm, publisher, min({field}) as value from keyed where {field} is not null group by 1, 2)
select '{field}', a.publisher, b.publisher, count(*) from said a join said b using (firm)
where a.publisher < b.publisher and a.value <> b.value group by all
"""  # noqa: S608 - a field of COMPARED
