"""Where firms work and where their staff live: of several registers the most trusted one that knows the firm.

Written to `registers/derived/{workplaces,residents}.parquet`, rows of PLACES: one a firm and place, `weight` twice
the employees (the sum of the least and the most of a size class), null where the register tells no count. A place
known only by postcode gets its municipality from the user's postcode tables; a postcode that lies in several is none.
"""

import pyarrow as pa
import pyarrow.parquet as pq

from kvar.ledger.store import Store
from kvar.suppliers.loaded import KINDS, database, keyed, loaded, names, quoted, trust, union
from kvar.suppliers.registers.catalogue import Kind, by_id

PLACES = pa.schema(
    [
        ("firm", pa.string()),
        ("place", pa.string()),  # municipality; null where it cannot be told
        ("district", pa.string()),
        ("weight", pa.int64()),
        ("register", pa.string()),
    ]
)
_POSTCODES = """
select country, postcode, min(place) as place from read_parquet('{files}')
where place is not null group by 1, 2 having min(place) = max(place)
"""
_NO_POSTCODES = "select null::varchar as country, null::varchar as postcode, null::varchar as place where false"
_REFS = """
create temp view refs as select ref, publisher, min(firm) as firm from keyed where ref is not null group by 1, 2
"""
_MERGED = """
with known as (
    select coalesce(w.scheme || '-' || w.number, r.firm) as firm, coalesce(w.place, p.place) as place, w.district,
           w.low + w.high as weight, w.register, {order}[w.register + 1] as trust
    from rows w
    left join refs r on w.number is null and r.ref = w.ref and r.publisher = {refs}[w.register + 1]
    left join postcodes p on w.place is null and p.country = w.country and p.postcode = w.postcode
),
best as (select firm, min(trust) as trust from known where firm is not null group by 1)
select firm, place, district, sum(weight)::bigint as weight, {names}[min(register) + 1] as register
from known join best using (firm, trust)
group by firm, place, district, weight is null order by firm, place, district, weight
"""


def merge_places(store: Store) -> None:
    """Write both tables anew; without a register of the kind there is no table."""
    (store.root / "registers" / "derived").mkdir(exist_ok=True)
    for kind in KINDS[1:]:
        _merge(store, kind)


def places(store: Store, kind: Kind) -> pa.Table | None:
    """Rows of PLACES, None where no register of the kind is loaded: then nothing is known, not even that none is."""
    path = store.root / "registers" / "derived" / f"{kind}.parquet"
    if not path.exists():
        return None
    return pq.read_table(path).cast(PLACES)


def _merge(store: Store, kind: Kind) -> None:
    target = store.root / "registers" / "derived" / f"{kind}.parquet"
    chosen = loaded(store, kind)
    if not chosen:
        target.unlink(missing_ok=True)
        return
    with database(store) as link:
        link.execute(f"create temp view rows as {union(store, chosen)}")
        keyed(link, store, loaded(store, "firms"))
        link.execute(_REFS)
        link.execute(f"create temp view postcodes as {_postcodes(store)}")
        refs = ", ".join(f"'{by_id(info.register).refs or ''}'" for info in chosen)
        sql = _MERGED.format(order=trust(chosen, "place"), refs=f"[{refs}]", names=names(chosen))
        beside = target.with_suffix(".tmp")
        link.execute(f"copy ({sql}) to '{quoted(beside)}' (format parquet, compression zstd)")
        beside.rename(target)


def _postcodes(store: Store) -> str:
    files = store.root / "places"
    if not list(files.glob("postcodes-*.parquet")):
        return _NO_POSTCODES
    return _POSTCODES.format(files=quoted(files / "postcodes-*.parquet"))
