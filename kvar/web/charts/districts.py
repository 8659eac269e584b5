"""The charts of a municipality's districts side by side: by deprivation, on a map, and as a concentration curve."""

from dataclasses import replace

from kvar.core.messages import Language, say
from kvar.places.residents import Residents
from kvar.spending.indicators.deprivation import Concentration, Weighed, concentration
from kvar.web.charts.chart import Chart, Kind
from kvar.web.charts.curve import curve
from kvar.web.charts.maps import district_map
from kvar.web.data import Scene


def weighed(scene: Scene, table: Residents | None) -> tuple[Concentration | None, int]:
    """The concentration, if there is a table; and the purchases in the municipality of no known district."""
    amounts = {row.label or "": row.parts.base for row in scene.report.by_district}
    local = scene.whole.parts.up_to("municipality") if scene.whole else 0
    known = table.districts if table else {}
    districts = [Weighed(code, d.residents, d.deprivation, amounts.get(code, 0)) for code, d in known.items()]
    unknown = local - sum(amounts.values())
    return concentration(districts, unknown), unknown


def district_charts(scene: Scene, lang: Language) -> dict[str, Chart]:
    """By address name; none where the place has no districts."""
    if not scene.districts:
        return {}
    found = weighed(scene, scene.residents)[0]
    made = [_side_by_side(scene, found, lang), replace(district_map(scene, lang), name="stadsdelskarta")]
    if found:
        made.append(_curve(scene, found, lang))
    return {chart.name: chart for chart in made}


def _side_by_side(scene: Scene, found: Concentration | None, lang: Language) -> Chart:
    header = tuple(
        say(f"districts.column.{n}", {}, lang) for n in ("district", "each", "bought", "share", "live", "of", "index")
    )
    bought = {row.label or "": row.parts.base for row in scene.report.by_district}
    whole = sum(bought.values())
    if found is None:
        names = {p.code: p.name for p in scene.districts}
        rows = tuple(
            (names.get(code, code), amount, amount / whole if whole > 0 else None) for code, amount in bought.items()
        )
        return Chart(
            "stadsdelar", say("districts.chart.plain", {}, lang), say("districts.chart.plain.lead", {}, lang),
            "deprivation", (header[0], header[2], header[3]), ("text", "money", "share"), rows, scene.report.currency,
        )  # fmt: skip
    people = sum(d.residents for d in found.districts)
    full = tuple(
        (scene.name_of(d.code), d.amount // d.residents, d.amount, d.amount / whole if whole > 0 else None,
         d.residents, d.residents / people, f"{d.deprivation:g}")
        for d in found.districts
    )  # fmt: skip
    title = say("districts.chart.each", {"name": full[0][0]}, lang)
    kinds: tuple[Kind, ...] = ("text", "money", "money", "share", "count", "share", "text")
    return Chart(
        "stadsdelar", title, say("districts.chart.each.lead", {}, lang), "deprivation", header, kinds, full,
        scene.report.currency,
    )  # fmt: skip


def _curve(scene: Scene, found: Concentration, lang: Language) -> Chart:
    names = [scene.name_of(d.code) for d in found.districts]
    rows = tuple((name, x, y) for name, (x, y) in zip(names, found.curve[1:], strict=True))
    way = "less" if found.index < 0 else "more"
    header = tuple(say(f"districts.column.{n}", {}, lang) for n in ("district", "lived", "spent"))
    return Chart(
        "koncentration", say(f"districts.chart.curve.{way}", {}, lang), say("districts.chart.curve.lead", {}, lang),
        "deprivation", header, ("text", "share", "share"), rows, scene.report.currency,
        "curve.svg", curve(found.curve, names), asked={"index": found.index},
    )  # fmt: skip
