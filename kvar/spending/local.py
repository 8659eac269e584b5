"""Where money lands under each way of being local: relations beside those of `relations`, for DuckDB and Spark alike.

Input: `bought` and `near` (of `relations`), `suppliers`, `nearness`, and `workplaces` and `residents` (firm, place,
weight; see `kvar.suppliers.workplaces`). Amounts are integer minor units; what is split sums exactly to the amount.
`placed` has one row a way, supplier and level; `why` says what is missing where the level is not certain.
"""

HERE, VAGUE = "municipality", "home_country"
_UNLISTED = """case when b.level in ('unresolved', 'abroad') then b.level else 'home_country' end"""
_WHY = "case when s.collects then 'collects' when b.level = 'abroad' then null else '{}' end"


def _counted(table: str) -> str:
    """A firm's weight by level, and at how many of its places there nobody has counted."""
    return f"""
select s.supplier, coalesce(h.nearness, 'home_country') as level, coalesce(sum(w.weight), 0)::bigint as weight,
       (count(*) - count(w.weight))::bigint as uncounted
from suppliers s join {table} w on w.firm = s.firm left join nearness h on h.place = w.place
where not s.collects group by s.supplier, coalesce(h.nearness, 'home_country')
"""  # noqa: S608 - two fixed names


def _summed(table: str) -> str:
    """A firm's places taken together."""
    return f"""
select supplier, sum(weight)::bigint as whole, sum(uncounted)::bigint as uncounted, count(*) as levels,
       min(level) as least, max(case when level = '{HERE}' then 1 else 0 end) as here,
       max(case when level = 'region' then 1 else 0 end) as near,
       max(case when level = '{VAGUE}' then 1 else 0 end) as vague
from {table} group by supplier
"""  # noqa: S608 - two fixed names


def _split(table: str) -> str:
    """Each supplier's money in proportion to its weights, by largest remainder, in integers: size = q whole + r."""
    return f"""
with shares as (
    select b.supplier, w.level, sign(b.amount)::bigint as sign, abs(b.amount) as size,
           abs(b.amount) // t.whole * w.weight + abs(b.amount) % t.whole * w.weight // t.whole as part,
           abs(b.amount) % t.whole * w.weight % t.whole as remainder
    from bought b join {table}_sum t on t.supplier = b.supplier join {table}_at w on w.supplier = b.supplier
    where t.uncounted = 0 and t.whole > 0
),
ranked as (
    select supplier, level, sign, part,
           row_number() over (partition by supplier order by remainder desc, level) as place,
           size - sum(part) over (partition by supplier) as over_
    from shares
)
select supplier, level, (sign * (part + case when place <= over_ then 1 else 0 end))::bigint as amount from ranked
"""  # noqa: S608 - two fixed names


def _weighted(way: str, table: str) -> str:
    """The parts; all of it where every place is at one level; else the country or nothing is known."""
    return f"""
select '{way}' as way, p.supplier, p.level, p.amount,
       case when p.level = '{VAGUE}' then 'place_unknown' end as why from {table}_split p
union all
select '{way}' as way, b.supplier,
       case when t.supplier is null then {_UNLISTED} when t.levels = 1 then t.least else '{VAGUE}' end as level,
       b.amount,
       case when t.supplier is null then {_WHY.format("unlisted")}
            when t.levels = 1 and t.least <> '{VAGUE}' then null else 'uncounted' end as why
from bought b join suppliers s on s.supplier = b.supplier left join {table}_sum t on t.supplier = b.supplier
where t.supplier is null or t.uncounted > 0 or t.whole = 0
"""  # noqa: S608 - fixed names


_SEAT = f"""
select 'seat' as way, b.supplier, b.level, b.amount,
       case when b.level in ('{VAGUE}', 'unresolved')
            then case when s.collects then 'collects' else 'seat_unknown' end end as why
from bought b join suppliers s on s.supplier = b.supplier
"""  # noqa: S608 - two fixed names
_ANY = f"""
select 'any_workplace' as way, b.supplier,
       case when b.level = '{HERE}' or t.here = 1 then '{HERE}'
            when t.supplier is null then {_UNLISTED}
            when t.vague = 1 or b.level in ('{VAGUE}', 'unresolved') then '{VAGUE}'
            when t.near = 1 or b.level = 'region' then 'region'
            else 'country' end as level,
       b.amount,
       case when b.level = '{HERE}' or t.here = 1 then null
            when t.supplier is null then {_WHY.format("unlisted")}
            when t.vague = 1 then 'place_unknown'
            when b.level in ('{VAGUE}', 'unresolved') then 'seat_unknown' end as why
from bought b join suppliers s on s.supplier = b.supplier left join works_sum t on t.supplier = b.supplier
"""  # noqa: S608 - fixed names
PLACED = " union all ".join((_SEAT, _ANY, _weighted("workplace_weighted", "works"), _weighted("staff", "lives")))
DERIVED = {
    "works_at": _counted("workplaces"), "works_sum": _summed("works_at"), "works_split": _split("works"),
    "lives_at": _counted("residents"), "lives_sum": _summed("lives_at"), "lives_split": _split("lives"),
    "placed": PLACED,
}  # fmt: skip
GROUPED = """
select way, level, why, sum(amount)::bigint as amount, count(distinct supplier) as suppliers
from placed group by way, level, why
"""
