"""Opportunities: what leaves × who could deliver × what the law opens; and why a category is none."""

from datetime import date
from pathlib import Path

import pytest

from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.procurement.rules.door import routes
from kvar.spending.capacity import fitting, local_capacity, most_carried
from kvar.spending.contract_file import load_register_file
from kvar.spending.figure import Question
from kvar.spending.opportunities import Opportunities, opportunities, slug_of
from kvar.spending.routes import Router, not_assessed
from kvar.suppliers.register import load_registers

DAY = date(2026, 11, 27)


def found(store: Store, router: Router = routes) -> Opportunities:
    batches = [ref for ref, _ in store.batches()]
    question = Question("1480", 202401, 202412)
    return opportunities(store, batches, question, gazetteer=Gazetteer.load(), day=DAY, routes=router)


def test_ranked_with_why_each_is_none(anchored: Store, contracts: Path) -> None:
    load_register_file(contracts, store=anchored, anchor="staden", country="SE", by="x")
    assert [(row.category, row.amounts.away_open, row.why) for row in found(anchored).rows] == [
        ("Lokalvård", 100_000, "few_firms"),
        ("Livsmedel", 79_999, "few_firms"),
        ("Konsulttjänster", 0, "fixed"),
        ("Lokalhyror", 0, "unplaced"),
    ]


def test_three_local_firms_make_it_an_opportunity(anchored: Store, contracts: Path) -> None:
    load_register_file(contracts, store=anchored, anchor="staden", country="SE", by="x")
    register = anchored.root / "registers"
    more = "org_number;name;legal_form;municipality_code;sni;employees\n559900-0568;Mer städ AB;AB;1480;81210;2\n"
    (anchored.root / "mer.csv").write_text(more, encoding="utf-8")
    load_registers([anchored.root / "mer.csv"], store=anchored, country="SE", as_of="2024-12-31")
    assert len(list((register / "firms").glob("*.parquet"))) == 2
    first = found(anchored).rows[0]
    assert (first.category, first.why) == ("Lokalvård", None)
    assert first.capacity is not None
    assert (first.capacity.firms, first.capacity.social) == (3, 1)
    assert first.capacity.by_size == {"small": 1, "micro": 2}
    assert (first.large_enough, first.typical, first.suppliers_away) == (3, 70_000, 2)


def test_when_contracts_end_and_what_is_open_now(anchored: Store, contracts: Path) -> None:
    load_register_file(contracts, store=anchored, anchor="staden", country="SE", by="x")
    rows = {row.category: row for row in found(anchored).rows}
    assert rows["Livsmedel"].ends == ((date(2027, 7, 1), 79_999),)
    assert rows["Livsmedel"].open_now == 0
    assert rows["Lokalvård"].open_now == 100_000


def test_amounts_sum_to_the_base(anchored: Store) -> None:
    answer = found(anchored)
    assert answer.whole.base == answer.influence.base == sum(row.amounts.base for row in answer.rows) == 269_999


def test_without_a_register_nothing_is_called_open(anchored: Store) -> None:
    assert {row.why for row in found(anchored).rows} == {"unclear", "unplaced", "fixed"}


def test_without_a_register_of_firms_there_is_no_capacity(tmp_path: Path) -> None:
    assert local_capacity(Store(tmp_path), Gazetteer.load(), "1480") is None


def test_capacity_is_of_the_home_municipality_only(anchored: Store) -> None:
    capacity = local_capacity(anchored, Gazetteer.load(), "1480")
    assert capacity is not None
    assert {name: item.firms for name, item in capacity.items() if item.firms} == {"cleaning": 2, "food": 1}


def test_size_classes_that_may_carry_a_purchase() -> None:
    micro = most_carried("micro", DAY)
    assert micro == 1_081_260_000  # EUR 1 million at SFS 2024:30, in öre
    assert fitting(micro, DAY) == {"micro", "small", "medium", "large"}
    assert fitting(micro + 1, DAY) == {"small", "medium", "large"}
    assert fitting(10**13, DAY) == {"large"}


def test_each_buyer_has_its_lawful_ways(anchored: Store) -> None:
    row = next(row for row in found(anchored).rows if row.category == "Lokalvård")
    (buyer,) = row.buyers
    ways = [route for route in buyer.routes if route.role == "way" and not route.asks]
    assert [way.id for way in ways] == ["direct", "advertised"]
    assert ways[0].limit is not None
    assert (ways[0].limit.value, ways[0].cites[1]) == (700_000, "LOU 19 a kap. 2 §")
    assert any(route.role == "forbidden" and "lokal" in route.title["sv"] for route in buyer.routes)


def test_a_door_that_says_nothing(anchored: Store) -> None:
    assert all(buyer.routes == () for row in found(anchored, not_assessed).rows for buyer in row.buyers)


@pytest.mark.parametrize("text", ["Köp, LOV omvårdnad", "-", "åäö", "IT-tjänster"])
def test_an_address_is_plain(text: str) -> None:
    assert slug_of(text).replace("-", "").isalnum()
    assert slug_of(text).isascii()
