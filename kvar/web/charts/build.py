"""The charts of a place: from the report to titles, tables and geometry, in one language."""

from collections.abc import Callable, Sequence

from kvar.core.messages import Language, say
from kvar.spending.report import Report
from kvar.spending.rows import PARTS, Row
from kvar.web.charts import stacked
from kvar.web.charts.chart import Cell, Chart, Kind
from kvar.web.charts.districts import district_charts
from kvar.web.charts.flow import flow, narrow_flow
from kvar.web.charts.maps import district_map, municipality_map
from kvar.web.charts.palette import part_name
from kvar.web.data import Scene
from kvar.web.finding import of_hundred

SHOWN = 12


def charts(scene: Scene, lang: Language) -> dict[str, Chart]:
    """Every chart of a scene by its address name."""
    builders = (_share, _leaks, _flow, district_map if scene.district else municipality_map, _anchors, _forms)
    return {chart.name: chart for chart in (build(scene, lang) for build in builders)} | district_charts(scene, lang)


def _say(lang: Language) -> Callable[..., str]:
    return lambda code, **values: say(code, values, lang)


def _parts_table(rows: Sequence[Row], names: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    def cells(row: Row) -> tuple[Cell, ...]:
        shares = stacked.shares(row.parts)
        return tuple(shares.get(name) for name in _used(rows))

    return tuple((name, *cells(row), row.parts.base) for row, name in zip(rows, names, strict=True))


def _parts_header(first: str, rows: Sequence[Row], scene: Scene, lang: Language) -> tuple[str, ...]:
    lens = scene.district is not None
    return (first, *(part_name(name, lens, lang) for name in _used(rows)), say("web.figure_base", {}, lang))


def _kinds(rows: Sequence[Row]) -> tuple[Kind, ...]:
    shares: list[Kind] = ["share" for _ in _used(rows)]
    return ("text", *shares, "money")


def _used(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(name for name in PARTS if any(stacked.shares(row.parts).get(name, 0) > 0 for row in rows))


def _share(scene: Scene, lang: Language) -> Chart:
    t, rows = _say(lang), scene.all_years.by_year
    first, last = (
        (of_hundred(rows[0].parts, scene.level), of_hundred(rows[-1].parts, scene.level)) if rows else (None, None)
    )
    title = t("web.chart.andel")
    if first is not None and last is not None and len(rows) > 1:
        way = "more" if last > first else "less" if last < first else "same"
        title = t(f"web.chart.andel.{way}", first=first, last=last)
    lead = t("web.chart_lead.since", year=rows[0].label) if len(rows) > 1 else t("web.chart_lead")
    return Chart(
        "andel", title, lead, "local_share", _parts_header(t("web.year"), rows, scene, lang),
        _kinds(rows), _parts_table(rows, [row.label or "-" for row in rows]),
        scene.report.currency, "stacked.svg", stacked.wide(rows), stacked.narrow(rows), _used(rows),
        scene.district is not None,
    )  # fmt: skip


def _leaks(scene: Scene, lang: Language) -> Chart:
    t = _say(lang)
    largest = [leak for leak in scene.report.leakage if leak.amount > 0]
    title = t("web.chart.lackage.none")
    region = scene.report.local_share["region"]
    if 2 * region.unresolved > region.base:
        title = t("web.chart.lackage.unknown")
    elif largest:
        title = t("web.chart.lackage.most", kind=largest[0].category or "-")
    rows = tuple((leak.category or "-", leak.amount, leak.figure.value, leak.figure.base) for leak in largest)
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
        form = t(f"suppliers.form.{few.get(row.label, 'other')}").split(" (")[0]
        for part in PARTS:
            right[part, form] = right.get((part, form), 0) + stacked.amount_of(row.parts, part)
    texts = {part: part_name(part, scene.district is not None, lang) for part in PARTS}
    table = [(one, texts[two], amount) for (one, two), amount in left.items() if amount]
    table += [(texts[one], two, amount) for (one, two), amount in right.items() if amount]
    return Chart(
        "floden", t("web.chart.floden"), t("web.chart.floden.lead"), "local_share",
        (t("web.from"), t("web.to_whom"), t("web.amount")), ("text", "text", "money"), tuple(table),
        report.currency, "flow.svg", flow(left, right, PARTS, texts),
        narrow_flow(left, right, PARTS, texts),
    )  # fmt: skip


def _anchors(scene: Scene, lang: Language) -> Chart:
    t, rows = _say(lang), scene.report.by_anchor
    names = {anchor.slug: anchor.name.split(" (")[0] for anchor in scene.anchors}
    ranked = sorted(rows, key=lambda row: -(of_hundred(row.parts, scene.level) or 0))
    titles = [names.get(row.label or "", row.label or "-") for row in ranked]
    title = t("web.chart.ankare")
    most = of_hundred(ranked[0].parts, scene.level) if len(ranked) > 1 else None
    if most is not None:
        title = t(
            "places.ankare.most" if scene.district else "web.chart.ankare.most",
            name=titles[0],
            n=most,
            here=scene.here,
        )
    lying = stacked.narrow(ranked, titles)
    header = _parts_header(t("web.anchor"), ranked, scene, lang)
    return Chart(
        "ankare", title, t("web.chart.ankare.lead"), "local_share", header,
        _kinds(ranked), _parts_table(ranked, titles), scene.report.currency,
        "stacked.svg", lying, lying, _used(rows),
        scene.district is not None,
    )  # fmt: skip


def _forms(scene: Scene, lang: Language) -> Chart:
    t, rows = _say(lang), scene.report.by_legal_form[:SHOWN]
    names = [t(f"suppliers.form.{row.label or 'unknown'}") for row in rows]
    lying = stacked.narrow(rows, names)
    return Chart(
        "former", t("web.chart.former"), t("web.chart.former.lead"), "local_share",
        _parts_header(t("web.form"), rows, scene, lang), _kinds(rows), _parts_table(rows, names),
        scene.report.currency, "stacked.svg", lying, lying, _used(rows),
        scene.district is not None,
    )  # fmt: skip
