"""The charts of the network: shared suppliers and common kinds against anchors."""

from collections.abc import Sequence

from kvar.core.messages import Language, say
from kvar.core.money import format_number
from kvar.spending.indicators.network import Common, Network
from kvar.web.charts.chart import Cell, Chart, Kind
from kvar.web.charts.matrix import Line, matrix
from kvar.web.data import Scene
from kvar.web.written import big_money

FORM, COLUMNS = "year_filter.html", 8


def finding(found: Network, scene: Scene, lang: Language) -> str:
    """How much of the money goes to shared suppliers."""
    code = "lens.network.title" if scene.district else "network.title"
    if found.amount <= 0 or not found.shared:
        return say(f"{code}.none", {"here": scene.here}, lang)
    return say(f"{code}.some", {"n": round(100 * found.shared_amount / found.amount), "here": scene.here}, lang)


def network_charts(scene: Scene, found: Network, lang: Language) -> dict[str, Chart]:
    """By address name."""
    anchors = _anchors(scene, found)
    made = (_suppliers(scene, found, anchors, lang), _kinds(scene, found, anchors, lang))
    return {chart.name: chart for chart in made}


def _anchors(scene: Scene, found: Network) -> list[tuple[str, str]]:
    """The anchors that buy most of the common kinds, at most COLUMNS of them."""
    sums: dict[str, int] = {}
    for row in found.kinds:
        for slug, amount in row.by_anchor.items():
            sums[slug] = sums.get(slug, 0) + amount
    ranked = sorted(scene.anchors, key=lambda anchor: -sums.get(anchor.slug, 0))
    return [(anchor.slug, anchor.name.split(" (")[0]) for anchor in ranked[:COLUMNS]]


def _cells(line: Line, anchors: Sequence[tuple[str, str]]) -> tuple[Cell, ...]:
    name, amounts = line
    return name, sum(amounts.values()), *(amounts.get(slug) for slug, _ in anchors)


def _suppliers(scene: Scene, found: Network, anchors: Sequence[tuple[str, str]], lang: Language) -> Chart:
    lines: list[Line] = [(row.name, row.by_anchor) for row in found.largest]
    shared, every = (format_number(number, lang) for number in (found.shared, found.suppliers))
    title = say("network.suppliers.title", {"n": shared, "all": every}, lang)
    money: list[Kind] = ["money" for _ in anchors]
    header = (say("web.supplier", {}, lang), say("web.amount", {}, lang), *(name for _, name in anchors))
    return Chart(
        "natverk", title, say("network.suppliers.lead", {"n": len(lines)}, lang), "network", header,
        ("text", "money", *money), tuple(_cells(line, anchors) for line in lines), scene.report.currency,
        "matrix.svg" if lines else None, matrix(lines, anchors), matrix(lines, anchors, narrow=True),
        form=FORM, asked=_facts(scene, found),
    )  # fmt: skip


def _kinds(scene: Scene, found: Network, anchors: Sequence[tuple[str, str]], lang: Language) -> Chart:
    lines: list[Line] = [(row.kind or "-", row.by_anchor) for row in found.kinds]
    title = say("network.kinds.none", {}, lang)
    if found.kinds:
        first = found.kinds[0]
        amount = big_money(first.amount, scene.report.currency, lang)
        title = say("network.kinds.title", {"kind": first.kind, "n": len(first.by_anchor), "amount": amount}, lang)
    money: list[Kind] = ["money" for _ in anchors]
    header = [
        say(f"network.column.{name}", {}, lang) for name in ("kind", "amount", "anchors", "suppliers", "common")
    ]
    rows = tuple((*_cells(line, anchors)[:2], *_counts(row), *_cells(line, anchors)[2:])
                 for line, row in zip(lines, found.kinds, strict=True))  # fmt: skip
    return Chart(
        "gemensamt", title, say("network.kinds.lead", {}, lang), "network", (*header, *(name for _, name in anchors)),
        ("text", "money", "count", "count", "count", *money), rows, scene.report.currency,
        "matrix.svg" if lines else None, matrix(lines[:12], anchors), matrix(lines[:12], anchors, narrow=True),
        form=FORM, asked=_facts(scene, found),
    )  # fmt: skip


def _counts(row: Common) -> tuple[int, int, int]:
    return len(row.by_anchor), row.suppliers, row.common


def _facts(scene: Scene, found: Network) -> dict[str, object]:
    return {
        "period": scene.year,
        "suppliers": found.suppliers,
        "shared": found.shared,
        "shared_minor": found.shared_amount,
        "all_minor": found.amount,
        "withheld_minor": found.withheld,
    }
