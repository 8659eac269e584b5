"""Geometry of the flow and the map: what leaves a node enters the next, nothing falls outside the frame."""

from collections.abc import Callable
from itertools import combinations, groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvar.places.outlines import Outline, Outlines
from kvar.web.charts import flow as drawing
from kvar.web.charts.area_map import SHADES, _sides, _touch, area_map

LEFT = {("A", "municipality"): 600, ("A", "country"): 300, ("B", "country"): 100, ("B", "region"): -5}
RIGHT = {("municipality", "AB"): 600, ("country", "AB"): 300, ("country", "förening"): 100}


def test_thickness_is_money_on_both_sides() -> None:
    found = drawing.flow(LEFT, RIGHT, ("municipality", "region", "country"), {"municipality": "Kommunen"})
    heights = {node.text: node.height for node in found.nodes}
    assert set(heights) == {"A", "B", "Kommunen", "country", "AB", "förening"}
    assert round(heights["A"] / heights["B"]) == 9
    assert abs(sum(b.thickness for b in found.bands) - 2 * (heights["A"] + heights["B"])) < 1


def test_the_narrow_one_has_the_same_money_in_two_panels() -> None:
    found = drawing.narrow_flow(LEFT, RIGHT, ("municipality", "region", "country"), {})
    amounts = [(node.text, node.amount) for node in found.nodes if node.text == "country"]
    assert amounts == [("country", 400), ("country", 400)]
    assert len(found.bands) == 6
    assert [head.code for head in found.heads] == ["web.flow.buys.narrow", "web.flow.being.narrow"]
    assert found.width <= 350


@pytest.mark.parametrize("draw", [drawing.flow, drawing.narrow_flow])
@given(
    st.lists(st.integers(1, 10**9), min_size=1, max_size=14), st.lists(st.integers(1, 10**9), min_size=1, max_size=9)
)
def test_everything_stays_inside_the_frame_and_texts_apart(
    draw: Callable[..., drawing.Flow], buyers: list[int], forms: list[int]
) -> None:
    left = {(f"A{n}", "country"): amount for n, amount in enumerate(buyers)}
    found = draw(left, {("country", f"F{n}"): amount for n, amount in enumerate(forms)}, ("country",), {})
    for _, column in groupby(found.nodes, key=lambda node: (node.x, node.key == "country")):
        lines = [node.text_y for node in column]
        assert all(b - a >= drawing.SLOT + drawing.PAD - 0.2 for a, b in pairwise(lines))
        assert max(lines) <= found.height - drawing.FOOT
    assert all(node.y >= 0 and node.y + node.height <= found.height for node in found.nodes)
    assert all(0 <= node.x <= found.width - drawing.NODE for node in found.nodes)


def test_nothing_to_draw_is_an_empty_drawing() -> None:
    assert drawing.flow({("A", "country"): 0}, {}, ("country",), {}).nodes == ()
    assert drawing.narrow_flow({("A", "country"): 0}, {}, ("country",), {}).nodes == ()


def test_a_place_without_known_purchases_is_hatched_not_pale() -> None:
    square = (((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 0.0)),)
    found = area_map(
        Outlines(200, 100, (Outline("1", "Ett", square, (50, 50)), Outline("2", "Två", square, (150, 50)))),
        {"1": 0.2},
    )
    assert [shape.fill for shape in found.shapes] == [SHADES[-1], "url(#unknown)"]
    assert [name.text for name in found.names] == ["Ett"]
    assert found.unknown


def test_names_never_touch_each_other_or_the_edge() -> None:
    square = (((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 0.0)),)
    at = [
        ("Vikbo", (100, 100)),
        ("Björkvik", (110, 105)),
        ("Ekeby", (105, 112)),
        ("Kanten", (395, 50)),
        ("Nära", (102, 97)),
    ]
    areas = tuple(Outline(name, name, square, point) for name, point in at)
    found = area_map(Outlines(400, 200, areas), {name: 0.3 - 0.01 * n for n, (name, _) in enumerate(at)})
    boxes = [_sides(name.x, name.y, name.text) for name in found.names]
    assert [name.text for name in found.names] == ["Vikbo", "Björkvik", "Nära"]  # no room for Ekeby
    assert not any(_touch(a, b) for a, b in combinations(boxes, 2))
