"""Geometry of the rounds and of lying bars."""

from kvar.web.charts import rounds
from kvar.web.charts.lying import lying
from kvar.web.charts.rounds import AWAY, HERE, WAGES, Part, Round

ROUNDS = [
    Round("1", (Part(40, HERE, "stannar"), Part(60, AWAY, "lämnar orten"))),
    Round("2", (Part(40, HERE, ""),), 40, 50),
    Round("3", (Part(12, WAGES, "löner"), Part(8, HERE, "inköp")), 5, 45),
]


def test_bars_stand_on_one_floor_and_are_to_scale() -> None:
    found = rounds.wide(ROUNDS)
    floor = max(box.y + box.height for box in found.boxes)
    here, away, second, wages, bought = found.boxes
    assert round(here.y + here.height, 1) == round(second.y + second.height, 1) == round(floor, 1)
    assert round(away.height / here.height, 2) == 1.5
    assert round(wages.y, 1) == round(bought.y + bought.height, 1)
    assert wages.ink == "#ffffff"
    assert len(found.flows) == len(found.whiskers) == 2


def test_everything_stays_inside_the_frame() -> None:
    for found in (rounds.wide(ROUNDS), rounds.narrow(ROUNDS)):
        assert all(0 <= b.x <= b.x + b.width <= found.width for b in found.boxes)
        assert all(0 <= b.y <= b.y + b.height <= found.height for b in found.boxes)
        assert all(0 < item.y < found.height for item in found.told)


def test_a_text_without_room_is_left_out() -> None:
    assert [box.text for box in rounds.narrow(ROUNDS).boxes] == ["stannar", "lämnar orten", "", "löner", ""]


def test_lying_bars_are_to_scale() -> None:
    found = lying([("a", 1.5, HERE), ("b", 0.75, AWAY)], 300)
    assert [row.width for row in found.rows] == [300, 150]
    assert lying([], 300).rows == ()
    assert lying([("a", 1, HERE)], 330, mark=10).mark == 300, "the line is inside the picture"
