"""The charts of a place: from the report to titles, tables and geometry, in one language."""

from collections.abc import Callable, Sequence

from kvar.core.messages import Language, say
from kvar.places.outlines import Outlines
from kvar.spending.report import Report
from kvar.spending.rows import PARTS, Row
from kvar.web.charts import stacked
from kvar.web.charts.area_map import area_map
from kvar.web.charts.chart import Cell, Chart, Kind
from kvar.web.charts.flow import flow
from kvar.web.data import Scene
from kvar.web.finding import of_hundred

SHOWN = 12


def charts(scene: Scene, lang: Language) -> dict[str, Chart]:
    """Every chart of a scene by its address name."""
    builders = (_share, _leaks, _flow, _map, _anchors, _forms)
    return {chart.name: chart for chart in (build(scene, lang) for build in builders)}


def _say(lang: Language) -> Callable[..., str]:
    return lambda code, **values: say(code, values, lang)


def _parts_table(rows: Sequence[Row], names: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    def cells(row: Row) -> tuple[Cell, ...]:
        shares = stacked.shares(row.parts)
        return tuple(shares.get(name) for name in _used(rows))

    return tuple((name, *cells(row), row.parts.base) for row, name in zip(rows, names, strict=True))


def _parts_header(first: str, rows: Sequence[Row], lang: Language) -> tuple[str, ...]:
    t = _say(lang)
    return (first, *(t(f"web.part.{name}") for name in _used(rows)), t("web.figure_base"))


def _kinds(rows: Sequence[Row]) -> tuple[Kind, ...]:
    shares: list[Kind] = ["share" for _ in _used(rows)]
    return ("text", *shares, "money")


def _used(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(name for name in PARTS if any(stacked.shares(row.parts).get(name, 0) > 0 for row in rows))


def _share(scene: Scene, lang: Language) -> Chart:
    t, rows = _say(lang), scene.all_years.by_year
    first, last = (of_hundred(rows[0].parts), of_hundred(rows[-1].parts)) if rows else (None, None)
    title = t("web.chart.andel")
    if first is not None and last is not None and len(rows) > 1:
        way = "more" if last > first else "less" if last < first else "same"
        title = t(f"web.chart.andel.{way}", first=first, last=last)
    return Chart(
        "andel", title, t("web.chart_lead"), "local_share", _parts_header(t("web.year"), rows, lang),
        _kinds(rows), _parts_table(rows, [row.label or "-" for row in rows]),
        scene.report.currency, "stacked.svg", stacked.wide(rows), stacked.narrow(rows), _used(rows),
    )  # fmt: skip


def _leaks(scene: Scene, lang: Language) -> Chart:
    t = _say(lang)
    away = [(row, row.parts.levels["country"] + row.parts.levels["abroad"]) for row in scene.report.by_category]
    largest = sorted((pair for pair in away if pair[1] > 0), key=lambda pair: -pair[1])
    title = t("web.chart.lackage.none")
    if largest:
        title = t("web.chart.lackage.most", kind=largest[0][0].label or "-")
    rows = tuple(
        (row.label or "-", amount, amount / row.parts.base if row.parts.base > 0 else None, row.parts.base)
        for row, amount in largest
    )
    header = (t("web.kind"), t("web.leaves"), t("web.leaves_share"), t("web.figure_base"))
    return Chart(
        "lackage", title, t("web.leak_lead"), "leakage", header, ("text", "money", "share", "money"), rows,
        scene.report.currency,
    )  # fmt: skip


def _few(report: Report) -> dict[str | None, str]:
    """Legal forms that are shown by name; the small ones together."""
    largest = sorted(report.by_legal_form, key=lambda row: -row.parts.base)[:5]
    return {row.label: row.label or "unknown" for row in largest}


def _flow(scene: Scene, lang: Language) -> Chart:
    t, report = _say(lang), scene.report
    names = {anchor.slug: anchor.name.split(" (")[0] for anchor in scene.anchors}
    left = {
        (names.get(row.label or "", row.label or "-"), part): stacked.amount_of(row.parts, part)
        for row in report.by_anchor
        for part in PARTS
    }
    few = _few(report)
    right: dict[tuple[str, str], int] = {}
    for row in report.by_legal_form:
        form = t(f"suppliers.form.{few.get(row.label, 'other')}")
        for part in PARTS:
            right[part, form] = right.get((part, form), 0) + stacked.amount_of(row.parts, part)
    texts = {part: t(f"web.part.{part}") for part in PARTS}
    table = [(one, texts[two], amount) for (one, two), amount in left.items() if amount]
    table += [(texts[one], two, amount) for (one, two), amount in right.items() if amount]
    return Chart(
        "floden", t("web.chart.floden"), t("web.chart.floden.lead"), "local_share",
        (t("web.from"), t("web.to_whom"), t("web.amount")), ("text", "text", "money"), tuple(table),
        report.currency, "flow.svg", flow(left, right, PARTS, texts),
    )  # fmt: skip


def _map(scene: Scene, lang: Language) -> Chart:
    t, report = _say(lang), scene.report
    base = report.base
    rows = [row for row in report.by_place if row.label]
    shares = {row.label: row.parts.base / base for row in rows if row.label and base > 0 and row.parts.base > 0}
    known: Outlines = scene.outlines
    near = [row for row in rows if row.label in {area.code for area in known.areas}] or rows
    others = [row for row in near if row.label != scene.place.code]
    title = t("web.chart.karta")
    if others:
        title = t("web.chart.karta.most", place=scene.name_of(others[0].label or ""))
    table = tuple((scene.name_of(row.label or ""), shares.get(row.label or ""), row.parts.base) for row in rows)
    drawn = bool(known.areas)
    return Chart(
        "karta", title, t("web.chart.karta.lead" if drawn else "web.chart.karta.teach"), "local_share",
        (t("web.place"), t("web.share"), t("web.amount")), ("text", "share", "money"), table, report.currency,
        "area_map.svg" if drawn else None, area_map(known, shares) if drawn else None,
    )  # fmt: skip


def _anchors(scene: Scene, lang: Language) -> Chart:
    t, rows = _say(lang), scene.report.by_anchor
    names = {anchor.slug: anchor.name.split(" (")[0] for anchor in scene.anchors}
    ranked = sorted(rows, key=lambda row: -(of_hundred(row.parts) or 0))
    titles = [names.get(row.label or "", row.label or "-") for row in ranked]
    title = t("web.chart.ankare")
    most = of_hundred(ranked[0].parts) if len(ranked) > 1 else None
    if most is not None:
        title = t("web.chart.ankare.most", name=titles[0], n=most)
    lying = stacked.narrow(ranked, titles)
    return Chart(
        "ankare", title, t("web.chart.ankare.lead"), "local_share", _parts_header(t("web.anchor"), ranked, lang),
        _kinds(ranked), _parts_table(ranked, titles), scene.report.currency,
        "stacked.svg", lying, lying, _used(rows),
    )  # fmt: skip


def _forms(scene: Scene, lang: Language) -> Chart:
    t, rows = _say(lang), scene.report.by_legal_form[:SHOWN]
    names = [t(f"suppliers.form.{row.label or 'unknown'}") for row in rows]
    lying = stacked.narrow(rows, names)
    return Chart(
        "former", t("web.chart.former"), t("web.chart.former.lead"), "local_share",
        _parts_header(t("web.form"), rows, lang), _kinds(rows), _parts_table(rows, names),
        scene.report.currency, "stacked.svg", lying, lying, _used(rows),
    )  # fmt: skip
