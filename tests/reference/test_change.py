"""Published changes and shares come out as published (domain research B1, science research C)."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.spending.indicators.change import Effects, State, by_anchor, explain
from kvar.spending.published import AGMA, AGMA_LOCAL, AGMA_SPENT, CASES, Case, whole

MILLION = 100_000_000  # pence
BOLTON = (6_833_028_971, 3_117_955_405)  # pence spent, and in its own boundary


def test_preston_2012_to_2016() -> None:
    found = explain(whole(750, "5"), whole(617, "18.2"))
    assert round(found.share / MILLION, 1) == 90.2
    assert round(found.volume / MILLION, 1) == -15.4
    assert (found.panel, found.definition, found.quality) == (0, 0, 0)
    assert round(found.total / MILLION, 1) == 74.8


def test_lancashire_2012_to_2016() -> None:
    found = explain(whole(750, "39"), whole(617, "79.2"))
    assert round(found.share / MILLION) == 275
    assert round(found.volume / MILLION) == -79
    assert round(found.total / MILLION) == 196


def test_agma_mean_of_percentages_is_not_the_weighted_share() -> None:
    assert round(sum(AGMA) / len(AGMA), 1) == 53.8
    assert round(100 * Fraction(AGMA_LOCAL, AGMA_SPENT), 1) == Fraction("61.7")
    assert round(100 * Fraction(BOLTON[1], BOLTON[0]), 1) == Fraction(str(AGMA[0]))


@pytest.mark.parametrize("case", [case for cases in CASES.values() for case in cases], ids=lambda case: case.name)
def test_every_published_case_comes_out_as_published(case: Case) -> None:
    assert "differs" not in {row.verdict for row in case.rows}
    assert {row.verdict for row in case.rows} & {"same", "about"}


def test_anchors_that_join_or_leave_are_panel() -> None:
    before = {"a": State(100, 100, 10), "gone": State(50, 50, 20)}
    after = {"a": State(100, 100, 10), "new": State(70, 70, 30)}
    assert explain(before, after) == Effects(panel=10)


def test_knowing_more_places_is_quality_and_not_share() -> None:
    found = explain({"a": State(1000, 500, 200)}, {"a": State(1000, 1000, 400)})
    assert found == Effects(quality=200)


def test_another_definition_is_told_apart() -> None:
    before, same = {"a": State(1000, 1000, 200)}, {"a": State(1000, 1000, 200)}
    found = explain(before, {"a": State(1000, 1000, 350)}, after_as_before=same)
    assert found == Effects(definition=150)


@st.composite
def _states(draw: st.DrawFn) -> State:
    base = draw(st.integers(-1000, 10**14))
    placed = draw(st.integers(0, max(base, 0)))
    return State(base, placed, draw(st.integers(0, placed)))


PERIODS = st.dictionaries(st.sampled_from("abcde"), _states(), max_size=5)


@settings(max_examples=400)
@given(before=PERIODS, after=PERIODS)
def test_effects_sum_exactly(before: dict[str, State], after: dict[str, State]) -> None:
    whole = sum(s.local for s in after.values()) - sum(s.local for s in before.values())
    assert explain(before, after).total == whole
    assert sum(e.total for e in by_anchor(before, after).values()) == whole
