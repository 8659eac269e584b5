"""The report: where the money went, with its interval, what is not in it, and the same öre everywhere."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import duckdb

from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.facts import connect, currency_of
from kvar.spending.figure import Figure, Level, Question
from kvar.spending.figures import figures
from kvar.spending.indicators import coverage, local_share
from kvar.spending.indicators.leakage import Leak, leaks
from kvar.spending.indicators.top_suppliers import suppliers, withheld
from kvar.spending.rows import Parts, Row, SupplierRow, Withheld, grouped

_PANEL = "select slug from anchors where anchor in (select distinct anchor from facts) order by 1"


@dataclass(frozen=True, slots=True)
class Excluded:
    """Payments that are not purchases: the class, the rule that said so, minor units and number of payments."""

    payment_class: str
    rule: str
    amount: int
    n: int


@dataclass(frozen=True, slots=True)
class Report:
    """All figures for one question; amounts are minor units of `currency`.

    `areas` is the vintage of the division by level. `sellers` counts the suppliers in the municipality (in the
    district, when one is asked for) by legal form group. `by_district` has the home municipality by district;
    purchases whose district is not known are not in it.
    """

    question: Question
    currency: str
    panel: tuple[str, ...]
    paid: int
    base: int
    excluded: tuple[Excluded, ...]
    local_share: dict[Level, Figure]
    by_year: tuple[Row, ...]
    by_anchor: tuple[Row, ...]
    by_category: tuple[Row, ...]
    by_legal_form: tuple[Row, ...]
    by_place: tuple[Row, ...]
    by_district: tuple[Row, ...]
    leakage: tuple[Leak, ...]
    top_suppliers: tuple[SupplierRow, ...]
    withheld: Withheld
    coverage: Figure
    sellers: dict[str, int]
    areas: dict[str, str]

    @property
    def set_aside(self) -> int:
        """What was paid that is no purchase, minor units."""
        return self.paid - self.base

    def to_json(self) -> dict[str, Any]:
        """Plain data, and `figures`: every figure with value, low, high, base, unresolved and definition version."""
        return asdict(self) | {"figures": figures(self)}


def report(store: Store, batches: Sequence[BatchRef], question: Question, *, gazetteer: Gazetteer) -> Report:
    """Answer a question from what is stored; `spending.no_batches` or `spending.currencies` if it cannot be."""
    chosen = [b for b in batches if not question.anchors or b.anchor.slug in question.anchors]
    currency = currency_of(chosen, question)
    with connect(store, chosen, question, gazetteer) as link:
        return _report(link, question, currency, gazetteer.vintages(question.district or question.place))


def _report(link: duckdb.DuckDBPyConnection, question: Question, currency: str, areas: dict[str, str]) -> Report:
    excluded = _excluded(link)
    whole = grouped(link, "all")
    parts = whole[0].parts if whole else Parts({}, 0, 0)
    panel = tuple(slug for (slug,) in link.execute(_PANEL).fetchall())
    kinds = grouped(link, "category")
    return Report(
        question=question,
        currency=currency,
        panel=panel,
        paid=parts.base + sum(row.amount for row in excluded),
        base=parts.base,
        excluded=excluded,
        local_share=_with_areas(local_share.figures(parts, question, panel, excluded), areas),
        areas=areas,
        by_year=grouped(link, "year"),
        by_anchor=grouped(link, "anchor"),
        by_category=kinds,
        by_legal_form=grouped(link, "form_group"),
        by_place=grouped(link, "place"),
        by_district=tuple(row for row in grouped(link, "district") if row.label is not None),
        leakage=leaks(kinds, question, panel),
        top_suppliers=suppliers(link, parts.base),
        withheld=withheld(link, parts.base),
        coverage=coverage.figure(link, parts, question, panel),
        sellers=_sellers(link, question),
    )


def _with_areas(found: dict[Level, Figure], areas: dict[str, str]) -> dict[Level, Figure]:
    """Each share with the vintage of the division that its level was told by."""
    return {level: replace(fig, evidence=fig.evidence | {"areas": areas.get(level)}) for level, fig in found.items()}


def _excluded(link: duckdb.DuckDBPyConnection) -> tuple[Excluded, ...]:
    rows = link.execute(
        "select payment_class, rule, sum(amount)::bigint, sum(n)::bigint "
        "from facts f join known_rules k on k.ordinal = f.ordinal "
        "where payment_class <> 'purchase' group by all order by 1, 2"
    ).fetchall()
    return tuple(Excluded(*row) for row in rows)


def _sellers(link: duckdb.DuckDBPyConnection, question: Question) -> dict[str, int]:
    rows = link.execute(
        "select form_group, count(*) from bought where level = ? and amount > 0 group by 1 order by 1",
        ["district" if question.district else "municipality"],
    ).fetchall()
    return dict(rows)
