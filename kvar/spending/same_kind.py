"""What an anchor's ledger shows of one kind of market in its last twelve months, and what of it was advertised.

LOU 5 kap. 11 § values a recurring contract by what similar contracts came to in the twelve months before. The ledger
knows accounts, not needs, and may hold VAT: a figure to think from, never the value itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.contract_cover import account_codes, covers
from kvar.spending.contracts import register_of
from kvar.spending.facts import connect
from kvar.spending.figure import Question
from kvar.spending.influence import judge
from kvar.spending.markets import Market, market_of, markets

YEAR = 100  # between a month (yyyymm) and the same month of the next year
Group = tuple[int, int]  # supplier, kind


@dataclass(frozen=True, slots=True)
class SameKind:
    """Purchases of one kind of market within months (yyyymm): minor units, payments and suppliers.

    `advertised` was bought under contracts that the anchor's register says were advertised; None without a register.
    """

    market: Market
    first: int
    last: int
    currency: str
    amount: int
    n: int
    suppliers: int
    advertised: int | None

    @property
    def first_month(self) -> str:
        """As 2024-01."""
        return f"{self.first // 100}-{self.first % 100:02}"

    @property
    def last_month(self) -> str:
        """As 2024-12."""
        return f"{self.last // 100}-{self.last % 100:02}"

    @property
    def counted(self) -> int:
        """What is not known to be advertised, never below nought: the most that adds to a direct award."""
        return max(self.amount - (self.advertised or 0), 0)


def same_kind(
    store: Store, batches: Sequence[BatchRef], anchor: str, cpv: str, *, gazetteer: Gazetteer, day: date
) -> SameKind | None:
    """The twelve months up to the ledger's last one by `day`; None without a ledger, or where no kind has the CPV."""
    own = [batch for batch in batches if batch.anchor.slug == anchor]
    kind = next((item for item in markets() if item.holds(cpv)), None)
    last = _last_month(store, own, day)
    if kind is None or last is None:
        return None
    first = last - YEAR + 1 if last % YEAR < 12 else last - 11
    question = Question(own[0].anchor.place, first, last, (anchor,))
    with connect(store, own, question, gazetteer) as link:
        judge(link, store, own, day)
        groups = _groups(link, kind)
        told = _advertised(link, store, own, groups, day)
    amount, n = (sum(row[at] for row in groups.values()) for at in (0, 1))
    sellers = len({supplier for supplier, _ in groups})
    return SameKind(kind, first, last, own[0].currency, amount, n, sellers, told)


def _last_month(store: Store, own: Iterable[BatchRef], day: date) -> int | None:
    ids = {batch.id for batch in own}
    months = {int(month) for ref, report in store.batches() if ref.id in ids for month in report["months"]}
    return max((month for month in months if 0 < month <= day.year * 100 + day.month), default=None)


def _groups(link: duckdb.DuckDBPyConnection, kind: Market) -> dict[Group, tuple[int, int]]:
    """Minor units and payments by supplier and category of the kind."""
    rows = link.execute(
        "select g.supplier, g.kind, coalesce(k.category, ''), sum(g.amount)::bigint, sum(g.n)::bigint "
        "from groups g join kinds k on k.kind = g.kind group by all"
    ).fetchall()
    return {(row[0], row[1]): (row[3], row[4]) for row in rows if market_of(row[2]) == kind}


def _advertised(
    link: duckdb.DuckDBPyConnection, store: Store, own: Sequence[BatchRef], groups: dict[Group, tuple[int, int]],
    day: date,
) -> int | None:  # fmt: skip
    anchor = own[0].anchor.slug
    register = register_of(store, anchor)
    if register is None:
        return None
    found = covers(link, {anchor: register}, account_codes(own), day)
    under = {(item.supplier, item.kind) for item in found if item.contract.advertised}
    return sum(groups[key][0] for key in under & groups.keys())
