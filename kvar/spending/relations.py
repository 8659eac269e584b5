"""The relations of a report, written once in SQL that DuckDB runs as it stands and Spark after transpiling (ADR 4).

Named parameters: `$first`, `$last` (yyyymm) and `$country` (of the home place). Amounts are integer minor units.
Payees and categories are numbered through all batches, so that each join is on one integer.
"""

from kvar.spending.figure import LEVELS

PARTS = (*LEVELS, "home_country", "unresolved")

ROLLUP = """
select min(anchor) as anchor, payee, category, month, count(*) as n,
       sum(case when amount > 0 then amount else 0 end)::bigint as positive,
       sum(case when amount < 0 then amount else 0 end)::bigint as negative
from lines group by payee, category, month
"""
SINGLE = """
select anchor, payee, category, month, 1 as n, case when amount > 0 then amount else 0 end as positive,
       case when amount < 0 then amount else 0 end as negative
from lines
"""
NEAR = """
select s.supplier, s.slug, s.name, s.is_person, s.form_group, s.place,
       case when h.nearness is not null then h.nearness
            when s.country is null then 'unresolved'
            when s.country <> $country then 'abroad'
            else 'home_country' end as level
from suppliers s left join nearness h on h.place = s.place
"""
FACTS = """
with ruled as (
    select r.anchor, l.supplier, c.kind, r.month // 100 as year,
           least(coalesce(c.ordinal, 9999), coalesce(p.ordinal, 9999)) as ordinal,
           sum(r.positive + r.negative)::bigint as amount, sum(r.n)::bigint as n
    from rollups r
    join labels l on l.payee = r.payee
    join categories c on c.id = r.category
    left join payees p on p.payee = r.payee
    where r.month >= $first and r.month <= $last
    group by r.anchor, l.supplier, c.kind, r.month // 100,
             least(coalesce(c.ordinal, 9999), coalesce(p.ordinal, 9999))
)
select u.anchor, u.supplier, u.kind, u.year, k.payment_class, k.rule, u.amount, u.n
from ruled u join known_rules k on k.ordinal = u.ordinal
"""
PURCHASES = """
select f.anchor, f.supplier, f.kind, f.year, f.amount, f.n, s.level
from facts f join near s on s.supplier = f.supplier where f.payment_class = 'purchase'
"""
BOUGHT = """
select s.supplier, s.slug, s.name, s.is_person, s.form_group, s.place, s.level, p.amount, p.n
from (select supplier, sum(amount)::bigint as amount, sum(n)::bigint as n from purchases group by supplier) p
join near s on s.supplier = p.supplier
"""
DERIVED = {"near": NEAR, "facts": FACTS, "purchases": PURCHASES, "bought": BOUGHT}
LABELS = ("all", "year", "anchor", "category", "form_group", "place")


def grouped(label: str) -> str:
    """Purchases by one of LABELS: parts by level, payments, suppliers, base."""
    columns = ", ".join(
        f"coalesce(sum(case when level = '{name}' then amount end), 0)::bigint as {name}" for name in PARTS
    )
    by = {"all": "'all'", "category": "kind"}.get(label, label)
    of_supplier = label in ("all", "form_group", "place")
    source, count = ("bought", "count(*)") if of_supplier else ("purchases", "count(distinct supplier)")
    query = (
        f"select {by} as label, {columns}, sum(n)::bigint as n, {count} as suppliers, sum(amount)::bigint as base "  # noqa: S608
        f"from {source} group by {by}"
    )
    if label != "category":
        return query
    names = ", ".join(f"g.{name}" for name in (*PARTS, "n", "suppliers", "base"))
    return f"select k.category as label, {names} from ({query}) g join kinds k on k.kind = g.label"  # noqa: S608
