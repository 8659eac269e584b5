"""Evaluation against published cases: Preston, HFD 2022 ref. 41, the Methods Handbook, a known rank reversal."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvar.core.errors import KvarError
from kvar.procurement.evaluation.bid import Bid, Criterion, Scale, part
from kvar.procurement.evaluation.models import Deduction, Linear, Quotient, Relative, Weighted, ranking
from kvar.procurement.evaluation.policy import known, policy_on, versions, weights
from kvar.procurement.evaluation.soundness import Flat, flats, margin, reversals

MEASURES = ("2.1", "2.2", "2.3", "3.2")
LEVELS = {"X": (5, 4, 3, 4), "Y": (2, 1, 2, 1)}
KRONA = 100


def preston(scale: Scale) -> tuple[Weighted, list[Bid]]:
    """Price 40 (relative), quality 40, social value 20 over four measures (science research E)."""
    social = weights(policy_on("preston", date(2025, 6, 1)), MEASURES, 2000, 100_000_00)
    criteria = [Criterion("quality", Fraction(40), "points")]
    criteria += [Criterion(name, Fraction(weight, 100), scale) for name, weight in social.items()]
    bids = [
        Bid(name, price * KRONA, {"quality": quality} | dict(zip(MEASURES, LEVELS[name], strict=True)))
        for name, price, quality in (("X", 100_000, 70), ("Y", 95_000, 72))
    ]
    return Weighted(Fraction(40), Relative(), tuple(criteria)), bids


@pytest.mark.parametrize(("scale", "x", "y"), [("level/5", "82.0", "74.8"), ("(level-1)/4", "81.0", "71.3")])
def test_preston(scale: Scale, x: str, y: str) -> None:
    model, bids = preston(scale)
    assert {row.id: row.value for row in ranking(model, bids)} == {"X": Fraction(x), "Y": Fraction(y)}
    assert ranking(model, bids)[0].id == "X"
    assert margin(model, bids) == Fraction(x) - Fraction(y)


def test_hfd_2022_ref_41_is_flat_below_the_full_price() -> None:
    model = Weighted(Fraction(55), Linear(700_000 * KRONA, 3_000_000 * KRONA), ())
    points = {p: model.value(Bid("a", p * KRONA, {}), ()) for p in (500_000, 700_000, 1_850_000, 3_000_000)}
    assert points == {500_000: 55, 700_000: 55, 1_850_000: Fraction("27.5"), 3_000_000: 0}
    marks = (700_000 * KRONA, 3_000_000 * KRONA)
    assert flats(model, 300_000 * KRONA, 3_000_000 * KRONA, {}, marks) == [Flat(300_000 * KRONA, 700_000 * KRONA)]
    above = flats(model, 700_000 * KRONA, 4_000_000 * KRONA, {}, marks)
    assert above == [Flat(3_000_000 * KRONA, 4_000_000 * KRONA)]


def test_models_that_are_strictly_monotone() -> None:
    quality = (Criterion("q", Fraction(40), "points"),)
    sound = (
        Weighted(Fraction(60), Linear(0, 4_000_000, floored=False), quality),
        Weighted(Fraction(60), Relative(), quality),
        Deduction({"q": {50: 10_000}}),
        Quotient(quality),
    )
    assert [flats(model, 1, 5_000_000, {"q": 50}) for model in sound] == [[], [], [], []]


def test_the_handbook_s_deductions() -> None:
    worth = {"competence": {4: 800_00, 3: 600_00, 2: 400_00, 1: 200_00, 0: 0}}
    bids = [Bid(str(level), 1000_00, {"competence": level}) for level in range(5)]
    assert [row.value for row in ranking(Deduction(worth), bids)] == [200_00, 400_00, 600_00, 800_00, 1000_00]


def relative() -> tuple[Weighted, list[Bid]]:
    bids = [Bid("A", 100, {"q": 30}), Bid("B", 140, {"q": 70}), Bid("C", 75, {"q": 0})]
    return Weighted(Fraction(60), Relative(), (Criterion("q", Fraction(40), "points"),)), bids


def test_a_relative_price_lets_an_irrelevant_bid_turn_the_ranking() -> None:
    model, bids = relative()
    two, three = ranking(model, bids[:2]), ranking(model, bids)
    assert [(row.id, round(float(row.value), 3)) for row in two] == [("A", 72.0), ("B", 70.857)]
    assert [(row.id, round(float(row.value), 3)) for row in three] == [("B", 60.143), ("C", 60.0), ("A", 57.0)]
    assert ("A", "B") in {(row.first, row.second) for row in reversals(model, bids)}


def test_absolute_models_are_never_reversed() -> None:
    _, bids = relative()
    criteria = (Criterion("q", Fraction(40), "points"),)
    absolute = Weighted(Fraction(60), Linear(0, 200), criteria)
    assert {row.id: row.value for row in ranking(absolute, bids[:2])} == {"A": 42, "B": 46}
    assert reversals(absolute, bids) == []
    worth = {"q": {30: 30, 70: 70, 0: 0}}
    assert {row.id: row.value for row in ranking(Deduction(worth), bids)} == {"A": 70, "B": 70, "C": 75}
    assert reversals(Deduction(worth), bids) == []


@given(st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 100)), min_size=2, max_size=6))
def test_ranking_is_total_and_keeps_every_bid(rows: list[tuple[int, int]]) -> None:
    bids = [Bid(str(n), price, {"q": points}) for n, (price, points) in enumerate(rows)]
    model = Weighted(Fraction(60), Relative(), (Criterion("q", Fraction(40), "points"),))
    ranked = ranking(model, bids)
    assert {row.id for row in ranked} == {bid.id for bid in bids}
    assert all(one.value >= other.value and one.place <= other.place for one, other in pairwise(ranked))
    assert all(0 <= row.value <= 100 for row in ranked)


@given(st.integers(1, 2000), st.integers(1, 6))
def test_the_social_weight_is_split_to_the_hundredth(weight: int, n: int) -> None:
    names = ["jobs_target", "internships", "apprentices", "training", "emissions", "reuse"][:n]
    shares = weights(policy_on("lou", date(2025, 1, 1)), names, weight, 10_000_000_00)
    assert sum(shares.values()) == weight
    assert max(shares.values()) - min(shares.values()) <= 1


@pytest.mark.parametrize(
    ("chosen", "weight", "value", "code"),
    [
        (["jobs_target"], 2001, 10**9, "procurement.policy.weight"),
        ([], 1000, 10**9, "procurement.policy.count"),
        (["jobs_target", "jobs_target"], 1000, 10**9, "procurement.policy.count"),
        (["jobs_target", "internships"], 1000, 500_000_00, "procurement.policy.count"),
        (["4.1"], 1000, 10**9, "procurement.policy.measure"),
    ],
)
def test_what_a_policy_does_not_allow_says_why(chosen: list[str], weight: int, value: int, code: str) -> None:
    with pytest.raises(KvarError) as caught:
        weights(policy_on("lou", date(2025, 1, 1)), chosen, weight, value)
    assert caught.value.code == code
    assert caught.value.say("sv")


def test_preston_has_five_themes_and_thirteen_measures_and_sweden_may_not_score_the_local_ones() -> None:
    policy = policy_on("preston", date(2025, 1, 1))
    assert [len(theme.measures) for theme in policy.themes] == [3, 3, 3, 2, 2]
    assert (policy.threshold, policy.cap) == (74_999_00, 2000)
    assert "SE" in policy.measure("4.1").not_in
    for name in known():
        for version in versions(name):
            if version.jurisdiction == "SE":
                assert all("SE" not in m.not_in for theme in version.themes for m in theme.measures)


def test_levels_outside_their_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        part(Criterion("a", Fraction(1)), 6)
