"""A hundred coins: always a hundred, as many near as the title says, in order near to far."""

from hypothesis import given
from hypothesis import strategies as st

from kvar.spending.figure import LEVELS, Level
from kvar.spending.rows import PARTS, Parts
from kvar.web.charts.hundred import hundred
from kvar.web.charts.palette import LEVEL_COLOURS
from kvar.web.finding import of_hundred

AMOUNTS = st.lists(st.integers(-(10**6), 10**12), min_size=8, max_size=8)


@given(AMOUNTS, st.sampled_from(("district", "municipality")))
def test_a_hundred_coins_that_agree_with_the_title(amounts: list[int], level: Level) -> None:
    parts = Parts(dict(zip(LEVELS, amounts[:5], strict=True)), amounts[5], amounts[6], amounts[7])
    told = of_hundred(parts, level)
    if told is None or not 0 <= told <= 100 or min(amounts) < 0:
        return
    found = hundred(parts, told, level)
    counts = dict(found.counts)
    near = LEVELS[: LEVELS.index(level) + 1]
    assert sum(counts.get(name, 0) for name in near) in {told, 0}
    if any(amounts[: len(near)]) and sum(amounts) > sum(amounts[: len(near)]):
        assert len(found.coins) == sum(counts.values()) == 100
    order = [LEVEL_COLOURS[name] for name in PARTS for _ in range(counts.get(name, 0))]
    assert [coin.colour for coin in found.coins] == order


def test_coins_stand_in_rows_inside_the_frame() -> None:
    found = hundred(Parts(dict.fromkeys(LEVELS, 0) | {"municipality": 385, "abroad": 615}, 0, 0), 38, "municipality")
    assert found.counts == (("municipality", 38), ("abroad", 62))
    assert len({(coin.x, coin.y) for coin in found.coins}) == 100
    assert all(found.radius <= coin.x <= found.width - found.radius for coin in found.coins)
    assert all(found.radius <= coin.y <= found.height - found.radius for coin in found.coins)
