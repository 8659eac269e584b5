"""Several anchors, one picture: which suppliers anchors share, and which kinds of purchases several of them make.

A supplier is shared when at least two anchors bought from it for more than nought in the period, credits deducted.
A kind (the account's name, as written in the ledgers) is common when at least two anchors bought it; its common
suppliers are those from whom at least two anchors bought that kind. Persons are in no list: what went to them is told
as one withheld sum. Seen for a district, only suppliers with their seat there count; persons are never placed in one,
so their withheld sum is then of all in the municipality. Anchors that name their accounts differently are not seen to
buy the same: the figure is a least. That two buy the same is a chance to look, not a reason to join: a joint
procurement may also shut small firms out.
Source: issue B point 9; LOU 1 kap. 14–15 §§, 4 kap. 13–15 §§, 5 kap. 3–4 §§, 7 kap. 10–13 §§.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

INDICATOR = "network"
VERSION = "1.1"
FEWEST = 2  # anchors
_EACH = """
select y.supplier, a.slug as anchor, sum(y.amount)::bigint as amount
from yearly y join near s on s.supplier = y.supplier join anchors a on a.anchor = y.anchor
where not s.is_person and {here} group by y.supplier, a.slug having sum(y.amount) > 0
"""
_KINDS = """
select k.category as kind, a.slug as anchor, p.supplier, sum(p.amount)::bigint as amount
from purchases p join near s on s.supplier = p.supplier join anchors a on a.anchor = p.anchor
join kinds k on k.kind = p.kind where not s.is_person and {here}
group by k.category, a.slug, p.supplier having sum(p.amount) > 0
"""


@dataclass(frozen=True, slots=True)
class Shared:
    """A supplier with what each anchor paid it, minor units."""

    slug: str
    name: str
    by_anchor: Mapping[str, int]

    @property
    def amount(self) -> int:
        """From all anchors."""
        return sum(self.by_anchor.values())


@dataclass(frozen=True, slots=True)
class Common:
    """A kind with what each anchor bought of it, its suppliers, and those that at least two anchors bought from."""

    kind: str
    by_anchor: Mapping[str, int]
    suppliers: int
    common: int

    @property
    def amount(self) -> int:
        """By all anchors."""
        return sum(self.by_anchor.values())


@dataclass(frozen=True, slots=True)
class Network:
    """Suppliers and money in all, those shared, the largest of them, and the kinds that several buy."""

    suppliers: int
    amount: int
    shared: int
    shared_amount: int
    withheld: int
    largest: tuple[Shared, ...]
    kinds: tuple[Common, ...]


def network(link: duckdb.DuckDBPyConnection, top: int, *, here: bool = False) -> Network:
    """The network of the purchases in `link`; the `top` largest shared suppliers; `here`: of its district only."""
    within, maybe = ("s.level = 'district'", "level = 'home_municipality'") if here else ("true", "true")
    link.execute(f"create temp table each as {_EACH.format(here=within)}")
    link.execute(f"create temp table sold as {_KINDS.format(here=within)}")
    suppliers, amount, shared, shared_amount = link.execute(
        "with many as (select supplier, count(*) as n, sum(amount) as amount from each group by supplier) "
        "select count(*), coalesce(sum(amount), 0)::bigint, count(*) filter (n >= $fewest), "
        "coalesce(sum(amount) filter (n >= $fewest), 0)::bigint from many",
        {"fewest": FEWEST},
    ).fetchone() or (0, 0, 0, 0)
    persons = link.execute(
        f"select coalesce(sum(amount), 0)::bigint from bought where is_person and {maybe}"  # noqa: S608 - two fixed texts
    ).fetchone() or (0,)
    return Network(suppliers, amount, shared, shared_amount, persons[0], _largest(link, top), _kinds(link))


def _largest(link: duckdb.DuckDBPyConnection, top: int) -> tuple[Shared, ...]:
    rows = link.execute(
        "with many as (select supplier, sum(amount) as whole from each group by supplier having count(*) >= $fewest "
        "and supplier in (select supplier from near where named) order by whole desc, supplier limit $top) "
        "select s.slug, s.name, e.anchor, e.amount from many m join each e on e.supplier = m.supplier "
        "join near s on s.supplier = m.supplier order by m.whole desc, m.supplier, e.anchor",
        {"fewest": FEWEST, "top": top},
    ).fetchall()
    found: dict[str, tuple[str, dict[str, int]]] = {}
    for slug, name, anchor, amount in rows:
        found.setdefault(slug, (name or "..", {}))[1][anchor] = amount
    return tuple(Shared(slug, name, amounts) for slug, (name, amounts) in found.items())


def _kinds(link: duckdb.DuckDBPyConnection) -> tuple[Common, ...]:
    amounts: dict[str, dict[str, int]] = {}
    for kind, anchor, amount in link.execute(
        "select kind, anchor, sum(amount)::bigint from sold group by all order by 1, 2"
    ).fetchall():
        amounts.setdefault(kind, {})[anchor] = amount
    counts = link.execute(
        "with many as (select kind, supplier, count(*) as n from sold group by all) "
        "select kind, count(*), count(*) filter (n >= ?) from many group by kind",
        [FEWEST],
    ).fetchall()
    found = [Common(kind, amounts[kind], n, common) for kind, n, common in counts if len(amounts[kind]) >= FEWEST]
    return tuple(sorted(found, key=lambda row: (-row.amount, row.kind)))
