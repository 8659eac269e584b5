"""Maps of where suppliers have their seat: the region by municipality, and the municipality by district."""

from collections.abc import Mapping, Sequence

from kvar.core.messages import Language, say
from kvar.places.outlines import Outlines
from kvar.spending.rows import Row
from kvar.web.charts.area_map import area_map
from kvar.web.charts.chart import Chart
from kvar.web.data import Scene


def municipality_map(scene: Scene, lang: Language) -> Chart:
    """Share of all purchases by the supplier's municipality."""
    rows, drawn = _known(scene.report.by_place), scene.outlines.areas
    near = [row for row in rows if row.label in {area.code for area in drawn}] or rows
    others = [row for row in near if row.label != scene.place.code]
    title = say("web.chart.karta", {}, lang)
    if others:
        title = say("web.chart.karta.most", {"place": scene.name_of(others[0].label or "")}, lang)
    lead = say("web.chart.karta.lead" if drawn else "web.chart.karta.teach", {}, lang)
    return _chart(scene, (title, lead), rows, scene.outlines, lang)


def district_map(scene: Scene, lang: Language) -> Chart:
    """Share of all purchases by the supplier's district, within the municipality."""
    rows, drawn = _known(scene.report.by_district), scene.inner.areas
    title = say("web.chart.karta", {}, lang)
    if rows:
        title = say("places.map.most", {"place": scene.name_of(rows[0].label or "")}, lang)
    lead = say("places.map.lead" if drawn else "places.map.teach", {"place": scene.place.name}, lang)
    return _chart(scene, (title, lead), rows, scene.inner, lang)


def _known(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.label]


def _shares(rows: Sequence[Row], base: int) -> Mapping[str, float]:
    return {row.label: row.parts.base / base for row in rows if row.label and base > 0 and row.parts.base > 0}


def _chart(scene: Scene, words: tuple[str, str], rows: Sequence[Row], drawn: Outlines, lang: Language) -> Chart:
    shares = _shares(rows, scene.report.base)
    table = tuple((scene.name_of(row.label or ""), shares.get(row.label or ""), row.parts.base) for row in rows)
    header = tuple(say(f"web.{name}", {}, lang) for name in ("place", "share", "amount"))
    return Chart(
        "karta", *words, "local_share", header, ("text", "share", "money"), table, scene.report.currency,
        "area_map.svg" if drawn.areas else None, area_map(drawn, shares) if drawn.areas else None,
    )  # fmt: skip
