"""Influenceable spend: each öre under one verdict, in the order own word, rule, contract; never guessed."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.contract_cover import standing
from kvar.spending.contract_file import load_register_file
from kvar.spending.contracts import Contract, Register, save_register
from kvar.spending.figure import Question
from kvar.spending.influence import Influence, influence
from kvar.spending.influence_rules import add_word, influence_rules, remove_word, words
from kvar.spending.markets import market_of

DAY = date(2026, 11, 27)
BASE = 269_999


def judged(store: Store, day: date = DAY) -> Influence:
    batches = [ref for ref, _ in store.batches()]
    return influence(store, batches, Question("1480", 202401, 202412), gazetteer=Gazetteer.load(), day=day)


def why(found: Influence) -> dict[tuple[str, str], tuple[str, int]]:
    return {(item.category, item.why): (item.verdict, item.amount) for item in found.slices}


def test_without_a_register_only_rules_decide(anchored: Store) -> None:
    found = judged(anchored)
    assert found.by_verdict() == {"now": 0, "later": 0, "fixed": 40_000, "unclear": BASE - 40_000}
    assert found.base == BASE
    assert {item.why for item in found.slices if item.verdict == "fixed"} == {"se-property", "se-public-body"}


def test_with_a_register_contracts_decide_what_no_rule_does(anchored: Store, contracts: Path) -> None:
    load_register_file(contracts, store=anchored, anchor="staden", country="SE", by="x")
    found = judged(anchored)
    assert why(found) == {
        ("Livsmedel", "until"): ("later", 79_999),
        ("Livsmedel", "no_contract"): ("now", 40_000),
        ("Lokalvård", "expired"): ("now", 30_000),
        ("Lokalvård", "no_contract"): ("now", 70_000),
        ("Lokalhyror", "se-property"): ("fixed", 25_000),
        ("Konsulttjänster", "se-public-body"): ("fixed", 15_000),
        ("Konsulttjänster", "no_contract"): ("now", 10_000),
    }
    assert {item.until for item in found.slices if item.verdict == "later"} == {date(2027, 7, 1)}


def test_the_day_after_the_contract_ends_it_is_open(anchored: Store, contracts: Path) -> None:
    load_register_file(contracts, store=anchored, anchor="staden", country="SE", by="x")
    assert judged(anchored, date(2027, 6, 30)).by_verdict()["later"] == 79_999
    assert judged(anchored, date(2027, 7, 1)).by_verdict()["later"] == 0


def test_an_ended_contract_opens_nothing_where_another_has_it_now(anchored: Store, contracts: Path) -> None:
    text = contracts.read_text(encoding="utf-8")
    contracts.write_text(text + "Nya städ AB;;Städ;90910000-9;2024-01-01;2028-12-31;;ja\n", encoding="utf-8")
    load_register_file(contracts, store=anchored, anchor="staden", country="SE", by="x")
    assert why(judged(anchored))["Lokalvård", "other_contract"] == ("unclear", 30_000)


def test_the_anchors_own_word_comes_first_and_can_be_taken_back(anchored: Store) -> None:
    made = add_word(
        anchored, "staden", "later", reason="Samordnat", by="x", category="Lokalhyror", until="2028-01-01"
    )
    add_word(anchored, "staden", "now", reason="Egen upphandling", by="x", number="2120001355")
    found = judged(anchored)
    assert why(found)["Lokalhyror", "own"] == ("later", 25_000)
    assert why(found)["Konsulttjänster", "own"] == ("now", 15_000)
    remove_word(anchored, "staden", made.at)
    assert [word.number for word in words(anchored, "staden") if word.at != made.at] == ["2120001355"]
    assert found.base == judged(anchored).base == BASE


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"verdict": "maybe", "category": "X"}, "influence.word.verdict"),
        ({"verdict": "now"}, "influence.word.one"),
        ({"verdict": "now", "category": "X", "number": "1"}, "influence.word.one"),
        ({"verdict": "now", "category": "X", "reason": " "}, "influence.word.reason"),
        ({"verdict": "later", "category": "X", "until": "snart"}, "influence.word.until"),
        ({"verdict": "now", "category": "Test 811228-9874"}, "spending.override.person"),
    ],
)
def test_a_word_says_what_is_missing(tmp_path: Path, given: dict[str, str], code: str) -> None:
    with pytest.raises(KvarError) as caught:
        add_word(Store(tmp_path), "a", **({"reason": "för att", "by": "x"} | given))  # type: ignore[arg-type]
    assert caught.value.code == code


def contract(start: date | None = None, end: date | None = None, last: date | None = None, **more: bool) -> Contract:
    return Contract(1, None, None, "x", "t", start=start, end=end, last_end=last, **more)


def test_how_a_contract_stands() -> None:
    ended = date(2026, 1, 1)
    assert standing(contract(end=ended), DAY).why == "expired"
    assert standing(contract(end=ended, last=date(2027, 1, 1)), DAY).why == "maybe_extended"
    assert standing(contract(open_ended=True), DAY).why == "open_ended"
    assert standing(contract(), DAY).why == "no_end"
    assert standing(contract(end=DAY), DAY).until == DAY + timedelta(days=1)


DAYS = st.dates(date(2020, 1, 1), date(2032, 1, 1))
NUMBERS = st.sampled_from(["5599000121", "5599000345", "5599000238", "2120001355"])
CPV = st.sampled_from([None, "15000000", "90910000", "79000000"])
TERMS = st.tuples(NUMBERS, st.none() | DAYS, st.none() | DAYS, st.booleans(), CPV)


@settings(max_examples=25)
@given(st.lists(TERMS, max_size=5), DAYS, st.booleans())
def test_whatever_contracts_and_day_the_sum_is_exact(
    anchored: Store, rows: list[tuple[str, date | None, date | None, bool, str | None]], day: date, own: bool
) -> None:
    made = tuple(
        Contract(n, "SE-ON", number, "x", "t", cpv=cpv, start=start, end=None if open_ended else end,
                 last_end=None if open_ended else end, open_ended=open_ended)
        for n, (number, start, end, open_ended, cpv) in enumerate(rows)
    )  # fmt: skip
    save_register(anchored, "staden", Register("f", "0", [], len(made), 0, made, ()))
    if own:
        add_word(anchored, "staden", "fixed", reason="r", by="x", number="5599000238")
    found = judged(anchored, day)
    assert found.base == BASE == sum(found.by_verdict().values())
    assert sum(sum(s.amount for s in slices) for slices in found.categories().values()) == BASE


@pytest.mark.parametrize("country", ["se", "gb"])
def test_every_rule_has_a_source_and_looks_at_one_thing(country: str) -> None:
    for rule in influence_rules(country):
        assert rule.source
        assert bool(rule.text) != bool(rule.forms)
        assert rule.reason["sv"] != rule.reason["en"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Lokalvård", "cleaning"), ("Köp, skolskjutsar", "transport"), ("IT-tjänster", "it"), ("Livsmedel", "food"),
     ("Pupil catering services", "meals"), ("Zzz", None), ("Inkontinensartiklar blöjor", "medical")],
)  # fmt: skip
def test_kinds_of_market(text: str, kind: str | None) -> None:
    found = market_of(text)
    assert (found.id if found else None) == kind
