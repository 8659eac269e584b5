"""Where money lands under each way of being local: relations beside those of `relations`, for DuckDB and Spark.

Input: `purchases` and `near` (of `relations`), `suppliers`, `nearness`, `workplaces` and `residents` (firm, place,
district, weight; see `kvar.suppliers.workplaces`); `$district` as there: asked for, it is here and the rest of its
municipality is not. Amounts are integer minor units; each purchase of an anchor, supplier, kind and year is split by
itself, over the same places whatever district is asked for, and sums exactly to its amount: so do all sums of parts.
`placed` has a row a way, purchase and level; `why` says what is missing where the level is not certain.
"""

VAGUE, INSIDE = "home_country", "home_municipality"
_HERE = "case when $district <> '' then 'district' else 'municipality' end"
_IN_TOWN = "('district', 'municipality', 'home_municipality')"
_UNLISTED = f"""case when n.level in ('unresolved', 'abroad') then n.level else '{VAGUE}' end"""
_WHY = "case when s.collects then 'collects' when n.level = 'abroad' then null else '{}' end"
PIECES = """
select anchor, supplier, kind, year, sum(amount)::bigint as amount
from purchases group by anchor, supplier, kind, year
"""


def _counted(table: str) -> str:
    """A firm's weight by level and district, and at how many of its places there nobody has counted."""
    return f"""
with spots as (
    select s.supplier, coalesce(h.nearness, '{VAGUE}') as near, w.weight,
           case when h.nearness = 'municipality' and not s.is_person then coalesce(w.district, '') else '' end as spot
    from suppliers s join {table} w on w.firm = s.firm left join nearness h on h.place = w.place
    where not s.collects
)
select supplier, near, spot,
       case when near <> 'municipality' or $district = '' then near when spot = '' then '{INSIDE}'
            when spot = $district then 'district' else 'municipality' end as level,
       coalesce(sum(weight), 0)::bigint as weight, (count(*) - count(weight))::bigint as uncounted
from spots group by supplier, near, spot
"""  # noqa: S608 - two fixed names


def _summed(table: str) -> str:
    """A firm's places taken together."""
    return f"""
select supplier, sum(weight)::bigint as whole, sum(uncounted)::bigint as uncounted,
       count(distinct level) as levels, min(level) as least,
       max(case when level = {_HERE} then 1 else 0 end) as here,
       min(case when level in {_IN_TOWN} then 1 else 0 end) as inside,
       max(case when level in {_IN_TOWN} then 1 else 0 end) as town,
       max(case when level = '{INSIDE}' then 1 else 0 end) as unsure,
       max(case when level = 'region' then 1 else 0 end) as region,
       max(case when level = '{VAGUE}' then 1 else 0 end) as vague
from {table} group by supplier
"""  # noqa: S608 - two fixed names


def _split(table: str) -> str:
    """Each purchase in proportion to its supplier's weights, by largest remainder: size = q whole + r."""
    return f"""
with shares as (
    select p.anchor, p.supplier, p.kind, p.year, w.level, w.near, w.spot,
           sign(p.amount)::bigint as sign, abs(p.amount) as size,
           abs(p.amount) // t.whole * w.weight + abs(p.amount) % t.whole * w.weight // t.whole as part,
           abs(p.amount) % t.whole * w.weight % t.whole as remainder
    from pieces p join {table}_sum t on t.supplier = p.supplier join {table}_at w on w.supplier = p.supplier
    where t.uncounted = 0 and t.whole > 0
),
ranked as (
    select anchor, supplier, kind, year, level, sign, part,
           row_number() over (partition by anchor, supplier, kind, year order by remainder desc, near, spot) as place,
           size - sum(part) over (partition by anchor, supplier, kind, year) as over_
    from shares
)
select anchor, supplier, kind, year, level,
       (sign * (part + case when place <= over_ then 1 else 0 end))::bigint as amount from ranked
"""  # noqa: S608 - two fixed names


def _one_level(way: str, table: str) -> str:
    """Suppliers that are not split: all where every place is at one level; else the country or nothing is known."""
    return f"""
select '{way}' as way, n.supplier,
       case when t.supplier is null then {_UNLISTED} when t.levels = 1 then t.least
            when t.inside = 1 then '{INSIDE}' else '{VAGUE}' end as level,
       case when t.supplier is null then {_WHY.format("unlisted")}
            when t.levels = 1 and t.least = '{INSIDE}' then 'district_unknown'
            when t.levels = 1 and t.least <> '{VAGUE}' then null else 'uncounted' end as why
from near n join suppliers s on s.supplier = n.supplier left join {table}_sum t on t.supplier = n.supplier
where t.supplier is null or t.uncounted > 0 or t.whole = 0
"""  # noqa: S608 - fixed names


def _parted(way: str, table: str) -> str:
    """Suppliers that are split."""
    return f"""
select '{way}' as way, anchor, supplier, kind, year, level, amount,
       case when level = '{VAGUE}' then 'place_unknown' when level = '{INSIDE}' then 'district_unknown' end as why
from {table}_split
"""  # noqa: S608 - fixed names


_SEAT = f"""
select 'seat' as way, n.supplier, n.level,
       case when n.level = '{INSIDE}' then 'district_unknown'
            when n.level in ('{VAGUE}', 'unresolved')
            then case when s.collects then 'collects' else 'seat_unknown' end end as why
from near n join suppliers s on s.supplier = n.supplier
"""  # noqa: S608 - two fixed names
_ANY = f"""
select 'any_workplace' as way, n.supplier,
       case when n.level = {_HERE} or t.here = 1 then {_HERE}
            when t.supplier is null and n.level in {_IN_TOWN} then '{INSIDE}'
            when t.supplier is null then {_UNLISTED}
            when t.vague = 1 or n.level in ('{VAGUE}', 'unresolved')
            then case when n.level in {_IN_TOWN} or t.town = 1 then '{INSIDE}' else '{VAGUE}' end
            when t.unsure = 1 or n.level = '{INSIDE}' then '{INSIDE}'
            when t.town = 1 or n.level = 'municipality' then 'municipality'
            when t.region = 1 or n.level = 'region' then 'region'
            else 'country' end as level,
       case when n.level = {_HERE} or t.here = 1 then null
            when t.supplier is null then {_WHY.format("unlisted")}
            when t.vague = 1 then 'place_unknown'
            when n.level in ('{VAGUE}', 'unresolved') then 'seat_unknown'
            when t.unsure = 1 or n.level = '{INSIDE}' then 'district_unknown' end as why
from near n join suppliers s on s.supplier = n.supplier left join works_sum t on t.supplier = n.supplier
"""  # noqa: S608 - fixed names
SEEN = " union all ".join((_SEAT, _ANY, _one_level("workplace_weighted", "works"), _one_level("staff", "lives")))
_WHOLE = """
select w.way, p.anchor, p.supplier, p.kind, p.year, w.level, p.amount, w.why
from pieces p join seen w on w.supplier = p.supplier
"""
PLACED = " union all ".join((_WHOLE, _parted("workplace_weighted", "works"), _parted("staff", "lives")))
DERIVED = {
    "pieces": PIECES,
    "works_at": _counted("workplaces"), "works_sum": _summed("works_at"), "works_split": _split("works"),
    "lives_at": _counted("residents"), "lives_sum": _summed("lives_at"), "lives_split": _split("lives"),
    "seen": SEEN, "placed": PLACED,
}  # fmt: skip
VIEWS = ("placed",)
GROUPED = """
select way, level, why, sum(amount)::bigint as amount, count(distinct supplier) as suppliers
from placed group by way, level, why
"""
