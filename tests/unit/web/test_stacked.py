"""The stacked chart: parts fill the bar, labels keep apart and inside."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kvar.spending.figure import LEVELS
from kvar.spending.rows import PARTS, Parts, Row
from kvar.web.charts import stacked
from kvar.web.charts.palette import INK, LEVEL_COLOURS

AMOUNTS = st.lists(st.integers(0, 10**12), min_size=7, max_size=7).filter(any)


def row(year: int, amounts: list[int]) -> Row:
    return Row(str(year), Parts(dict(zip(LEVELS, amounts[:5], strict=True)), amounts[5], amounts[6]), 1, 1)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_labels_keep_apart_and_inside(years: list[list[int]]) -> None:
    chart = stacked.wide([row(2019 + n, amounts) for n, amounts in enumerate(years)])
    heights = sorted(label.y for label in chart.labels)
    assert all(lower - upper >= stacked.GAP - 0.1 for upper, lower in pairwise(heights))
    assert all(stacked.TOP <= y <= stacked.HEIGHT for y in heights)
    assert all(box.y + box.height <= stacked.HEIGHT for box in chart.boxes)


def test_labels_tell_the_change_since_the_first_year() -> None:
    first, last = [0, 20, 80, 0, 0, 0, 0], [0, 50, 50, 0, 0, 0, 0]
    labels = stacked.wide([row(2019, first), row(2024, last)]).labels
    assert {label.text: label.change for label in labels} == {"municipality": 0.3, "region": -0.30000000000000004}
    assert [label.change for label in stacked.wide([row(2024, last)]).labels] == [None, None]


@given(AMOUNTS)
def test_shares_are_the_whole(amounts: list[int]) -> None:
    assert abs(sum(stacked.shares(row(2024, amounts).parts).values()) - 1) < 1e-9


def test_numbers_read_on_their_colours() -> None:
    assert set(LEVEL_COLOURS) == set(PARTS)
    assert all(contrast(LEVEL_COLOURS[name], INK[name]) >= 4.5 for name in LEVEL_COLOURS)


def test_no_part_is_lost() -> None:
    parts = Parts(dict(zip(LEVELS, (100, 200, 50, 50, 0), strict=True)), 25, 75, 500)
    assert sum(stacked.amount_of(parts, name) for name in PARTS) == parts.base == 1000
    assert sum(stacked.shares(parts).values()) == 1
    assert stacked.shares(parts)["home_municipality"] == 0.5
