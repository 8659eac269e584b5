"""One supplier: what was bought from it, by year, anchor and category. Who is not named in public has no page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from kvar.core.errors import KvarError
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.facts import connect, currency_of
from kvar.spending.figure import Question
from kvar.spending.spelled import Spelling, spellings

SOURCED = ("place", "form", "ownership", "industry", "size")
_FACTS = ("s.name", "s.number", "s.form_group", "s.place", "s.district", "n.level", "s.industry", "s.size",
          "s.matched_by", "s.ownership", "s.employees", "s.parent", "s.collects")  # fmt: skip


@dataclass(frozen=True, slots=True)
class SupplierReport:
    """A supplier with its purchases in minor units; `matched_by` None: no register knows it.

    `sources` tells for each of SOURCED the register that said so, `ledger`, `name` or `number`.
    """

    id: int
    slug: str
    name: str
    number: str | None
    form_group: str
    place: str | None
    district: str | None
    level: str
    industry: str | None
    size: str | None
    matched_by: str | None
    currency: str
    amount: int
    n: int
    by_year: tuple[tuple[str, int, int], ...]
    by_anchor: tuple[tuple[str, int, int], ...]
    by_category: tuple[tuple[str, int, int], ...]
    ownership: str
    employees: int | None
    parent: str | None
    collects: bool
    sources: Mapping[str, str | None]
    spellings: tuple[Spelling, ...]


def supplier_report(
    store: Store, batches: Sequence[BatchRef], question: Question, slug: str, *, gazetteer: Gazetteer
) -> SupplierReport:
    """The supplier of an address; `spending.supplier.unknown` when nothing was bought from it, or it is not named."""
    with connect(store, batches, question, gazetteer) as link:
        found = link.execute(
            f"select s.supplier, {', '.join(_FACTS)}, {', '.join(f's.{name}_from' for name in SOURCED)} "  # noqa: S608 - fixed columns
            "from suppliers s join near n using (supplier) where s.slug = ? and s.named",
            [slug],
        ).fetchone()
        if found is None or not found[1]:
            raise KvarError("spending.supplier.unknown", slug=slug)
        years, anchors, kinds = (_by(link, found[0], label) for label in ("year", "slug", "category"))
    amount, n = sum(row[1] for row in years), sum(row[2] for row in years)
    if not n:
        raise KvarError("spending.supplier.unknown", slug=slug)
    facts = dict(zip((name.split(".")[1] for name in _FACTS), found[1:], strict=False))
    sources = dict(zip(SOURCED, found[1 + len(_FACTS) :], strict=True))
    return SupplierReport(
        id=found[0],
        slug=slug,
        currency=currency_of(batches, question),
        amount=amount,
        n=n,
        by_year=years,
        by_anchor=anchors,
        by_category=kinds,
        sources=sources,
        spellings=spellings(store, batches, found[0]),
        **facts,
    )


def _by(link: duckdb.DuckDBPyConnection, supplier: int, label: str) -> tuple[tuple[str, int, int], ...]:
    order = "1" if label == "year" else "2 desc, 1"
    rows = link.execute(
        f"select {label}, sum(amount)::bigint, sum(n)::bigint from purchases p "  # noqa: S608 - three fixed labels
        "join kinds k on k.kind = p.kind join anchors a on a.anchor = p.anchor "
        f"where supplier = ? group by 1 order by {order}",
        [supplier],
    ).fetchall()
    return tuple((str(row[0]), row[1], row[2]) for row in rows)
