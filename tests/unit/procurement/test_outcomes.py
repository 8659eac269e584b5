"""Kinds of outcomes: each tells unit, definition, baseline, evidence and what it is not; sums stay apart."""

from datetime import date

import pytest

from kvar.core.dated import history
from kvar.procurement.evaluation.policy import known, slug_of, versions
from kvar.procurement.indicators import Kept, added_up, light
from kvar.procurement.outcomes import kind_of, kinds

DAYS = (date(2026, 1, 1), date(2026, 12, 31))
MIDDLE, AFTER = date(2026, 7, 1), date(2027, 1, 1)


@pytest.mark.parametrize("name", kinds())
def test_each_kind_is_told_whole_in_both_languages(name: str) -> None:
    kind = kinds()[name]
    for words in (kind.title, kind.theme, kind.definition, kind.baseline, kind.evidence, kind.is_not):
        assert words["sv"]
        assert words["en"]
    for rate in kind.rates:
        assert history(rate)[-1].source
    assert kind.measured or kind.slugs


def test_localness_is_measured_and_never_promised() -> None:
    kind = kinds()["local_subcontracting"]
    assert kind.measured
    assert not kind.slugs
    assert not kind.terms
    slugs = {slug_of(m.id) for name in known() for v in versions(name) if v.jurisdiction == "SE"
             for theme in v.themes for m in theme.measures}  # fmt: skip
    assert not {slug for slug in slugs if "local" in slug}


def test_promises_are_of_their_kinds_and_each_law_has_its_check() -> None:
    found = {name: kind_of("measure", slug) for name, slug in (("hires", "m-jobs-target"), ("co2", "m-emissions"))}
    assert {name: kind.id if kind else "" for name, kind in found.items()} == {"hires": "hires", "co2": "co2"}
    assert kind_of("measure", "m-user-influence") is None
    term = kind_of("employment", "")
    assert term is not None
    assert term.id == "hires"
    assert kind_of("labour", "") is None
    assert kinds()["labour_terms"].fits("SE")
    assert not kinds()["labour_terms"].fits("ENG")
    assert kinds()["living_wage"].fits("SCT")
    assert not kinds()["living_wage"].fits("SE")


@pytest.mark.parametrize(
    ("verified", "reports", "today", "told"),
    [
        (90, 1, MIDDLE, "on_the_way"), (101, 2, MIDDLE, "broken"), (0, 0, MIDDLE, "not_reported"),
        (100, 3, AFTER, "kept"), (101, 3, AFTER, "broken"), (0, 0, AFTER, "broken"), (0, 1, AFTER, "behind"),
    ],
)  # fmt: skip
def test_where_less_is_better_a_ceiling_is_kept_by_staying_below(
    verified: int, reports: int, today: date, told: str
) -> None:
    assert light(Kept("a", "kg_co2e", 100, verified, 0, reports, *DAYS, "co2", less=True), today) == told


def test_kinds_of_the_same_unit_are_not_added_and_levels_of_two_contracts_neither() -> None:
    rows = [
        Kept("x", "persons", 4, 2, 1, 2, *DAYS, "hires"),
        Kept("x", "persons", 0, 13, 0, 1, *DAYS, "labour_terms", of=14),
        Kept("x", "percent", 30, 20, 0, 1, *DAYS, level=True), Kept("x", "percent", 50, 60, 0, 1, *DAYS, level=True),
    ]  # fmt: skip
    found = {row.kind: row for row in added_up(rows)}
    assert (found["hires"].verified, found["hires"].share) == (2, None)
    assert (found["labour_terms"].verified, found["labour_terms"].share) == (13, 92)
    assert not found[""].addable
    assert added_up(rows[2:3])[0].addable
