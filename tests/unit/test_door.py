"""The door to the law: Sweden answered with paragraphs and dated limits, others not answered with the wrong act."""

from datetime import date
from pathlib import Path

import pytest

from kvar.procurement.rules.door import _lever_rows, routes, written
from kvar.spending.markets import market, markets
from kvar.spending.routes import Kind, kind_of

DAY = date(2026, 11, 27)
MSEK = 100_000_000
FOOD, CARE, CLEANING = (kind_of(market(name), "SE") for name in ("food", "care", "cleaning"))


def ways(kind: Kind, value: int) -> list[str]:
    return [route.id for route in routes(kind, value, DAY) if route.role == "way" and not route.asks]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (CLEANING, 699_999_99, ["direct", "advertised"]),
        (CLEANING, 700_000_00, ["advertised"]),
        (CLEANING, 3 * MSEK, ["open", "restricted"]),
        (CARE, 5 * MSEK, ["direct", "advertised"]),
        (CARE, 50 * MSEK, ["advertised"]),
        (kind_of(market("construction"), "SE"), 50 * MSEK, ["advertised"]),
        (Kind("GB", "services", None), MSEK, []),
        (CLEANING, 0, []),
    ],
)
def test_ways_by_kind_and_value(kind: Kind, value: int, expected: list[str]) -> None:
    assert ways(kind, value) == expected


def test_reserved_ways_ask_for_their_facts() -> None:
    reserved = {route.id: route.cites for route in routes(CARE, 5 * MSEK, DAY) if route.asks}
    assert reserved == {
        "reserved_staff_owned": ("LOU 19 kap. 25 §",),
        "reserved_nonprofit": ("LOU 19 kap. 25 a §",),
    }
    assert [route.cites for route in routes(FOOD, 30 * MSEK, DAY) if route.asks] == [("LOU 4 kap. 18 §",)]


def test_unverified_limits_are_marked_and_near_ones_doubted() -> None:
    near = routes(CARE, 8_100_000_00, DAY)
    assert near[0].near
    assert near[0].limit is not None
    assert not near[0].limit.verified
    assert not routes(CLEANING, 100_000_00, DAY)[0].near


@pytest.mark.parametrize("value", [100_000_00, 1_500_000_00, 30 * MSEK])
def test_in_every_regime_local_is_forbidden_and_levers_are_open(value: int) -> None:
    found = routes(FOOD, value, DAY)
    forbidden = [route for route in found if route.role == "forbidden"]
    assert any("lokal" in route.title["sv"] and "local" in route.title["en"] for route in forbidden)
    levers = [route for route in found if route.role == "lever"]
    assert {"early_notice", "dialogue", "pay"} <= {route.id for route in levers}
    assert not any("lokal" in route.title["sv"] for route in levers)


def test_where_only_part_of_a_kind_is_in_annex_2_the_lower_limit_decides() -> None:
    kind = kind_of(market("travel"), "SE")
    assert kind.cpv is None
    assert ways(kind, MSEK) == ["advertised"]


def test_every_kind_of_market_has_an_answer() -> None:
    assert all(ways(kind_of(item, "SE"), 500_000_00) for item in markets())


def test_every_paragraph_is_in_the_law(data: Path) -> None:
    text = (data.parent / "law" / "lou-2016-1145.md").read_text(encoding="utf-8")
    cited = {
        c
        for m in markets()
        for v in (10**7, 10**9, 10**11)
        for r in routes(kind_of(m, "SE"), v, DAY)
        for c in r.cites
    }
    for cite in cited:
        chapter, paragraph = cite.removeprefix("LOU ").removesuffix(" §").split(" kap. ")
        body = text.split(f"## {chapter} kap.", 1)[1].split("\n## ", 1)[0]
        assert f" {paragraph} §\n" in body, cite


def test_written() -> None:
    assert (written("19a:2"), written("19:25a"), written("4:13")) == (
        "LOU 19 a kap. 2 §", "LOU 19 kap. 25 a §", "LOU 4 kap. 13 §",
    )  # fmt: skip


def test_dialogue_before_a_procurement_under_the_threshold_cites_no_rule_about_one_under_way() -> None:
    rows = {row["id"]: row["by"] for row in _lever_rows()}
    assert rows["dialogue"]["national"] == ["19:2"]
