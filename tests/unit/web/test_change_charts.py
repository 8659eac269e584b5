"""Geometry of the waterfall and the diverging bars: heights are money, nothing falls outside the frame."""

import pytest

from kvar.web.charts import diverging as bars
from kvar.web.charts import waterfall
from kvar.web.charts.waterfall import Step

STEPS = [Step("Stannade 2019", 400, whole=True), Step("Andra val av leverantörer", 300), Step("Mindre köptes", -100),
         Step("Stannade 2024", 600, whole=True)]  # fmt: skip


def test_heights_are_money_and_each_bar_begins_where_the_last_ended() -> None:
    found = waterfall.wide(STEPS)
    heights = [bar.height for bar in found.bars]
    assert [round(h / heights[0], 2) for h in heights] == [1.0, 0.75, 0.25, 1.5]
    for link, one, two in zip(found.links, found.bars, found.bars[1:], strict=False):
        assert link[1] in {one.y, round(one.y + one.height, 1)}
        assert link[3] in {two.y, round(two.y + two.height, 1)}
    assert [bar.signed for bar in found.bars] == [False, True, True, False]
    assert found.like == 600


@pytest.mark.parametrize("amounts", [(400, 300, -100, 600), (10, -40, 0, -30), (0, 0, 0, 0)])
def test_everything_stays_inside_the_frame(amounts: tuple[int, ...]) -> None:
    steps = [Step("x", amount, whole=n in {0, 3}) for n, amount in enumerate(amounts)]
    for found in (waterfall.wide(steps), waterfall.narrow(steps)):
        for bar in found.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= found.width + 1.6
            assert 0 <= bar.y <= bar.y + bar.height <= found.height


def test_long_texts_stand_on_lines() -> None:
    lines = waterfall.wide(STEPS).bars[1].lines
    assert [text for _, text in lines] == ["Andra val av", "leverantörer"]


def test_what_adds_is_right_of_nought_and_what_takes_away_left() -> None:
    found = bars.diverging([("A", {"share": 60, "volume": -20, "panel": 0}), ("B", {"share": 20})],
                           {"share": "Andra val", "volume": "Köpt", "panel": "Ankare"})  # fmt: skip
    assert [key.text for key in found.keys] == ["Andra val", "Köpt"]
    share, volume, other = found.boxes
    assert share.x == found.zero
    assert round(volume.x + volume.width, 1) == found.zero
    assert round(share.width / other.width, 1) == 3.0
    assert [row.amount for row in found.amounts] == [40, 20]
    assert volume.x >= 0
    assert share.x + share.width <= found.width + 0.1


def test_without_texts_there_are_no_keys() -> None:
    assert bars.diverging([("A", {"more": 1})], {}).keys == ()
