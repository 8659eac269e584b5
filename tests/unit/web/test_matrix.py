"""Geometry of the matrix: areas are money, nothing outside the frame."""

import pytest

from kvar.web.charts.matrix import matrix

LINES = [("Bageriet i en stad med ett väldigt långt namn AB", {"a": 400, "b": 100}), ("Städet", {"b": 1})]
COLUMNS = [("a", "Kommunen"), ("b", "Regionen")]


@pytest.mark.parametrize("narrow", [False, True])
def test_areas_are_money_and_inside_the_frame(narrow: bool) -> None:
    found = matrix(LINES, COLUMNS, narrow=narrow)
    large, small, least = found.circles
    assert round((large.r / small.r) ** 2, 1) == pytest.approx(4, abs=0.1)
    assert least.r == 1.5
    for dot in found.circles:
        assert dot.x - dot.r >= 0
        assert dot.x + dot.r <= found.width
        assert dot.y + dot.r <= found.height
    assert [row.amount for row in found.rows] == [500, 1]
    assert found.rows[0].text.endswith("…")
    assert small.x == least.x


def test_nothing_to_draw() -> None:
    assert matrix([], COLUMNS).circles == ()
