"""Every figure of a report in one list: what it is of, value, interval, base, and the version of its definition."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kvar.spending.figure import Figure
from kvar.spending.indicators import local_share, purchases, top_suppliers
from kvar.spending.rows import Row

BY = ("year", "anchor", "category", "legal_form", "place", "district")
Flat = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Exact:
    """A figure without an interval."""

    indicator: str
    version: str
    unit: str
    base: int | None = None

    def told(self, value: float, **of: object) -> Flat:
        """The figure of some value."""
        shown = {"indicator": self.indicator, "version": self.version, "of": of, "unit": self.unit, "value": value}
        return shown | {
            "low": value,
            "high": value,
            "base": self.base,
            "unresolved": 0,
            "missing": None,
            "reason": None,
        }


def figures(report: Any) -> list[Flat]:
    """The figures of a `kvar.spending.report.Report`: shares 0–1, amounts minor units of its currency.

    `of` says what a figure is of.
    """
    whole = [_told(figure, level=level) for level, figure in report.local_share.items()]
    return [
        *_amounts(report),
        *whole,
        *_rows(report),
        *(_told(leak.figure, category=leak.category) for leak in report.leakage),
        *_suppliers(report),
        _told(report.coverage),
    ]


def _told(figure: Figure, **of: object) -> Flat:
    names = ("indicator", "version", "unit", "value", "low", "high", "base", "unresolved", "missing", "reason")
    return {"of": of} | {name: getattr(figure, name) for name in names}


def _amounts(report: Any) -> Iterator[Flat]:
    amount = _Exact(purchases.INDICATOR, purchases.VERSION, "minor")
    yield amount.told(report.paid, what="paid")
    yield amount.told(report.base, what="purchases")
    for row in report.excluded:
        yield amount.told(row.amount, what="set_aside", payment_class=row.payment_class, rule=row.rule)
    yield amount.told(report.withheld.amount, what="withheld", suppliers=report.withheld.suppliers)


def _rows(report: Any) -> Iterator[Flat]:
    """Local share at each level for every row of every grouping."""
    for name in BY:
        rows: tuple[Row, ...] = getattr(report, f"by_{name}")
        for row in rows:
            shares = local_share.figures(row.parts, report.question, report.panel, ())
            yield from (_told(figure, **{name: row.label}, level=level) for level, figure in shares.items())


def _suppliers(report: Any) -> Iterator[Flat]:
    share = _Exact(top_suppliers.INDICATOR, top_suppliers.VERSION, "share", report.base)
    for row in report.top_suppliers:
        yield share.told(row.share, supplier=row.slug, name=row.name, amount=row.amount)
