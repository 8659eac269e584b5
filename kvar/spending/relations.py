"""The relations of a report, written once in SQL that DuckDB runs as it stands and Spark after transpiling (ADR 4).

Named parameters: `$first`, `$last` (yyyymm), `$country` (of the home place) and `$district` (asked for; empty: none).
Amounts are integer minor units. A person is never placed in a district: so few live there that it could tell who.
Anchors, payees, categories, kinds and rules are numbered through all batches, so that each join is on one integer
and no text is grouped on: names are joined to the few rows of an answer. `facts` may hold one key in several rows
(a batch each), so that it can be filled a few batches at a time.
"""

from kvar.spending.figure import LEVELS

PARTS = (*LEVELS, "home_municipality", "home_country", "unresolved")
NO_RULE = 999_999

ROLLUP = """
select payee, category, month, count(*) as n,
       sum(case when amount > 0 then amount else 0 end)::bigint as positive,
       sum(case when amount < 0 then amount else 0 end)::bigint as negative
from lines group by payee, category, month
"""
NEAR = """
select s.supplier, s.slug, s.name, s.is_person, s.named, s.form_group, s.place,
       case when h.nearness = 'municipality' and not s.is_person then s.district end as district,
       case when h.nearness = 'municipality' and $district <> '' then
                case when s.is_person or s.district is null then 'home_municipality'
                     when s.district = $district then 'district' else 'municipality' end
            when h.nearness is not null then h.nearness
            when s.country is null then 'unresolved'
            when s.country <> $country then 'abroad'
            else 'home_country' end as level
from suppliers s left join nearness h on h.place = s.place
"""
FACTS = f"""
with ruled as (
    select l.supplier, r.category, r.month // 100 as year, l.ordinal,
           sum(r.amount)::bigint as amount, sum(r.n)::bigint as n
    from rollups r join labels l on l.payee = r.payee
    where r.month >= $first and r.month <= $last
    group by l.supplier, r.category, r.month // 100, l.ordinal
)
select c.anchor, u.supplier, c.kind, u.year,
       least(coalesce(c.ordinal, {NO_RULE}), coalesce(u.ordinal, {NO_RULE})) as ordinal, u.amount, u.n
from ruled u join categories c on c.id = u.category
"""  # noqa: S608 - one fixed number
PURCHASES = """
select f.anchor, f.supplier, f.kind, f.year, f.amount, f.n
from facts f join known_rules k on k.ordinal = f.ordinal where k.payment_class = 'purchase'
"""
YEARLY = """
select anchor, supplier, year, sum(amount)::bigint as amount, sum(n)::bigint as n
from purchases group by anchor, supplier, year
"""
BOUGHT = """
select s.supplier, s.slug, s.name, s.is_person, s.named, s.form_group, s.place, s.district, s.level, p.amount, p.n
from (select supplier, sum(amount)::bigint as amount, sum(n)::bigint as n from yearly group by supplier) p
join near s on s.supplier = p.supplier
"""
DERIVED = {"near": NEAR, "facts": FACTS, "purchases": PURCHASES, "yearly": YEARLY, "bought": BOUGHT}
LABELS = ("all", "year", "anchor", "category", "form_group", "place", "district")
_SUMS = "sum(amount)::bigint as amount, sum(n)::bigint as n"
_SOLD = {
    "year": f"select year as label, supplier, {_SUMS} from yearly group by year, supplier",  # noqa: S608
    "anchor": f"select anchor as label, supplier, {_SUMS} from yearly group by anchor, supplier",  # noqa: S608
    "category": "select kind as label, supplier, amount, n from purchases",
}
_NAMES = {"anchor": "select anchor as label, slug as name from anchors",
          "category": "select kind as label, category as name from kinds"}  # fmt: skip


def grouped(label: str) -> str:
    """Purchases by one of LABELS: parts by level, payments, suppliers, base."""
    columns = ", ".join(
        f"coalesce(sum(case when level = '{name}' then amount end), 0)::bigint as {name}" for name in PARTS
    )
    sold, by = _SOLD.get(label), "label" if label in _SOLD else {"all": "'all'"}.get(label, label)
    source = f"({sold}) p join near s on s.supplier = p.supplier" if sold else "bought"
    count = "count(distinct p.supplier)" if label == "category" else "count(*)"
    query = (
        f"select {by} as label, {columns}, sum(n)::bigint as n, {count} as suppliers, sum(amount)::bigint as base "  # noqa: S608
        f"from {source} group by {by}"
    )
    if label not in _NAMES:
        return query
    kept = ", ".join(f"g.{name}" for name in (*PARTS, "n", "suppliers", "base"))
    return f"select k.name as label, {kept} from ({query}) g join ({_NAMES[label]}) k on k.label = g.label"  # noqa: S608
