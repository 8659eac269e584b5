"""Geometry of the flow and the map: what leaves a node enters the next, nothing falls outside the frame."""

from itertools import pairwise

from kvar.places.outlines import Outline, Outlines
from kvar.web.charts import flow as drawing
from kvar.web.charts.area_map import SHADES, area_map

LEFT = {("A", "municipality"): 600, ("A", "country"): 300, ("B", "country"): 100, ("B", "region"): -5}
RIGHT = {("municipality", "AB"): 600, ("country", "AB"): 300, ("country", "förening"): 100}


def test_thickness_is_money_on_both_sides() -> None:
    found = drawing.flow(LEFT, RIGHT, ("municipality", "region", "country"), {"municipality": "Kommunen"})
    heights = {node.text: node.height for node in found.nodes}
    assert set(heights) == {"A", "B", "Kommunen", "country", "AB", "förening"}
    assert round(heights["A"] / heights["B"]) == 9
    assert abs(sum(b.thickness for b in found.bands) - 2 * (heights["A"] + heights["B"])) < 1


def test_everything_stays_inside_the_frame_and_texts_apart() -> None:
    many = {("A", "country"): 1000} | {(f"A{n}", "country"): 1 for n in range(7)}
    found = drawing.flow(many, {("country", f"F{n}"): 1 for n in range(7)}, ("country",), {})
    for column in (0, 1, 2):
        xs = sorted({node.x for node in found.nodes})
        lines = [node.text_y for node in found.nodes if node.x == xs[column]]
        assert all(b - a >= drawing.LABEL - 0.2 for a, b in pairwise(lines))
        assert max(lines) <= drawing.HEIGHT


def test_nothing_to_draw_is_an_empty_drawing() -> None:
    assert drawing.flow({("A", "country"): 0}, {}, ("country",), {}).nodes == ()


def test_a_place_without_known_purchases_is_hatched_not_pale() -> None:
    square = (((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 0.0)),)
    found = area_map(
        Outlines(200, 100, (Outline("1", "Ett", square, (50, 50)), Outline("2", "Två", square, (150, 50)))),
        {"1": 0.2},
    )
    assert [shape.fill for shape in found.shapes] == [SHADES[-1], "url(#unknown)"]
    assert [name.text for name in found.names] == ["Ett"]
