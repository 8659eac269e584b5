"""Quality of joins: small cases counted by hand, and properties."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.suppliers.evaluate import components, measure, pairs_sharing, pairs_within

LABELS = [{"a"}, {"a"}, {"a", "b"}, {"b"}, {"c"}, set()]


def test_records_that_share_any_label_are_the_same() -> None:
    assert pairs_sharing(LABELS) == {(0, 1), (0, 2), (1, 2), (2, 3)}


def test_components_join_what_hangs_together() -> None:
    assert components(6, pairs_sharing(LABELS)) == [0, 0, 0, 0, 4, 5]


def test_counted_by_hand() -> None:
    true = pairs_sharing(LABELS)
    found = pairs_within([0, 0, 1, 1, 1, 2])  # right: 01, 23; wrong: 24, 34; missed: 02, 12
    got = measure(found, true, components(6, true), keep=[True] * 6)
    assert (got.true, got.found, got.right) == (4, 4.0, 2)
    assert (got.precision.value, got.recall.value, got.f1.value) == (0.5, 0.5, 0.5)
    assert got.cubed_precision.value == pytest.approx((1 + 1 + 2 / 3 + 2 / 3 + 1 / 3 + 1) / 6)
    assert got.cubed_recall.value == pytest.approx((2 / 3 + 2 / 3 + 2 / 4 + 1 + 1 + 1) / 6)


def test_a_false_join_between_the_halves_counts_half_in_each() -> None:
    true = pairs_sharing([{"a"}, {"a"}, {"b"}, {"b"}])
    unit = components(4, true)
    half = measure({(0, 1), (1, 2)}, true, unit, keep=[True, True, False, False])
    assert (half.right, half.found) == (1, 1.5)
    assert half.precision.value == pytest.approx(2 / 3)
    assert half.recall.value == 1


def test_pairs_the_labels_cannot_judge_are_neither_right_nor_wrong() -> None:
    true = pairs_sharing([{"a"}, {"a"}, {"b"}])
    got = measure({(0, 1), (1, 2)}, true, components(3, true), keep=[True] * 3, ignored={(1, 2)})
    assert got.precision.value == 1


def test_nothing_to_judge_is_not_a_number() -> None:
    got = measure(set(), set(), [0, 1], keep=[True, True])
    assert math.isnan(got.precision.value)
    assert math.isnan(got.recall.low)


@settings(max_examples=200)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=12), st.lists(st.integers(0, 5), min_size=12, max_size=12))
def test_perfect_is_one_and_all_lie_in_their_interval(truth: list[int], guess: list[int]) -> None:
    labels = [{str(label)} for label in truth]
    true = pairs_sharing(labels)
    unit = components(len(labels), true)
    keep = [True] * len(labels)
    perfect = measure(true, true, unit, keep=keep)
    assert not true or perfect.f1.value == perfect.cubed_f1.value == 1
    got = measure(pairs_within(guess[: len(labels)]), true, unit, keep=keep)
    for share in (got.precision, got.recall, got.cubed_precision, got.cubed_recall):
        assert math.isnan(share.value) or 0 <= share.low <= share.high <= 1
