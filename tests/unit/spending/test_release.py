"""The gate refuses by figure and reason; a new anchor in a year already told cannot be read as the difference."""

import pytest

from kvar.core.errors import KvarError
from kvar.spending.release.gate import gate, require
from kvar.spending.release.known import Earlier
from kvar.spending.release.public import release_beside
from kvar.spending.release.rules import dominated, needed
from kvar.spending.release.sheet import ALL, WHOLE, Key, Part, Sheet, behind, keys_of

PLACES = ("here", "region", "country", "abroad")
KINDS = ("food", "works", "cleaning", "transport")


def sheet(anchor: str, size: int, suppliers: int = 4, without: tuple[Key, ...] = ()) -> Sheet:
    """An anchor that buys everything everywhere, `size` kronor and upwards a cell."""
    cells = {
        (kind, place): 100 * (size + 3 * r + 5 * c)
        for r, kind in enumerate(KINDS)
        for c, place in enumerate(PLACES)
        if (kind, place) not in without
    }
    return Sheet(
        anchor, {key: Part(sum(cells[c] for c in behind(key, cells)), suppliers, 1) for key in keys_of(cells)}
    )


FOUR = [sheet("staden", 900), sheet("regionen", 700), sheet("skolan", 500), sheet("polisen", 400)]


def test_the_p_rule() -> None:
    assert not dominated([100, 50, 15])
    assert dominated([100, 50, 14])
    assert dominated([100])
    assert needed(101) == 16


def test_even_sheets_are_told_whole_and_add_up_to_the_oere() -> None:
    release = gate(FOUR)
    assert not release.withheld
    assert release.told[WHOLE] == sum(one.figures[WHOLE].amount or 0 for one in FOUR)
    assert sum(release.told[kind, ALL] for kind in KINDS) == release.told[WHOLE]
    assert release.checked == 4 * 25


def test_two_anchors_are_too_few() -> None:
    with pytest.raises(KvarError, match="At least 3 anchors"):
        gate(FOUR[:2])


def test_a_cell_of_two_anchors_is_withheld_with_others_that_would_tell_it() -> None:
    gap = (("food", "abroad"),)
    among = [*FOUR[:2], sheet("skolan", 500, without=gap), sheet("polisen", 400, without=gap)]
    release = gate(among)
    assert release.withheld["food", "abroad"] == "anchors"
    assert "protects" in release.withheld.values()
    with pytest.raises(KvarError) as refused:
        require(among, set(release.told) | {("food", "abroad")})
    assert (refused.value.code, refused.value.values["row"]) == ("release.cell.anchors", "food")
    primary = set(release.figures) - {("food", "abroad")}
    with pytest.raises(KvarError) as leaked:
        require(among, primary)
    assert leaked.value.code == "release.leak"


def test_few_suppliers_and_a_withheld_part_are_reasons() -> None:
    few = [sheet(one.anchor, size, suppliers=2) for one, size in zip(FOUR, (900, 700, 500, 400), strict=True)]
    with pytest.raises(KvarError) as refused:
        require(few, {WHOLE})
    assert refused.value.code == "release.cell.suppliers"
    figures = dict(FOUR[0].figures) | {("food", "here"): Part(None, 4, 1)}
    with pytest.raises(KvarError) as refused:
        require([Sheet("staden", figures), *FOUR[1:]], {("food", "here")})
    assert refused.value.code == "release.cell.file"


def test_an_anchor_that_joins_a_year_already_told_is_not_the_difference() -> None:
    first = gate(FOUR)
    earlier = Earlier(1, first.anchors, first.told)
    joined = [*FOUR, sheet("museet", 300)]
    with pytest.raises(KvarError) as refused:
        require(joined, {WHOLE}, [earlier])
    assert refused.value.code == "release.leak"
    assert refused.value.values["anchor"] == "museet"
    assert refused.value.values["releases"] == "1, now"
    with pytest.raises(KvarError) as nothing:
        gate(joined, [earlier])
    assert nothing.value.code == "release.nothing"


def test_three_that_join_together_can_be_told() -> None:
    first = gate(FOUR)
    joined = [*FOUR, sheet("museet", 300), sheet("teatern", 250), sheet("hamnen", 200)]
    assert gate(joined, [Earlier(1, first.anchors, first.told)]).told[WHOLE]


def test_what_is_public_already_can_be_too_much() -> None:
    three = FOUR[:3]
    told = [Earlier(n, tuple(one.anchor for one in some), _whole(some)) for n, some in enumerate((three, FOUR), 1)]
    with pytest.raises(KvarError) as refused:
        gate(FOUR, told)
    assert (refused.value.code, refused.value.values["releases"]) == ("release.leak", "1, 2")


def _whole(among: list[Sheet]) -> dict[Key, int]:
    return {WHOLE: sum(one.figures[WHOLE].amount or 0 for one in among)}


def test_a_public_anchor_protects_nobody() -> None:
    """The site shows Staden's own sums: of three anchors two are left, and each could take its own away."""
    gate(FOUR[:3])
    with pytest.raises(KvarError) as refused:
        release_beside(FOUR[:3], (), (), {"staden"})
    assert refused.value.code == "release.anchors"


def test_beside_a_public_anchor_the_others_are_judged_alone() -> None:
    gap = (("food", "abroad"),)
    among = [*FOUR, sheet("museet", 300, without=gap)]
    plain, beside = gate(among), release_beside(among, (), (), {"staden", "regionen"})
    assert ("food", "abroad") in plain.told, "four anchors bought it"
    assert beside.withheld["food", "abroad"] == "anchors", "only two of them keep their own to themselves"
    assert beside.told[WHOLE] == plain.told[WHOLE], "the sums are of all five"
    hidden = among[2:]
    require(hidden, set(beside.told))


def test_what_only_public_anchors_bought_is_told() -> None:
    only = (("works", "here"),)
    among = [*FOUR[:3], *(sheet(name, 300, without=only) for name in ("a", "b", "c"))]
    release = release_beside(among, (), (), {"staden", "regionen", "skolan"})
    assert ("works", "here") in release.told


def test_all_public_or_none_is_the_plain_gate() -> None:
    everyone = {one.anchor for one in FOUR}
    for public in (set(), everyone):
        assert release_beside(FOUR, (), (), public).told == gate(FOUR).told


def test_an_earlier_release_is_read_without_the_public_part() -> None:
    first = gate(FOUR)
    earlier = [Earlier(1, tuple(one.anchor for one in FOUR), first.told)]
    fifth = sheet("museet", 300)
    with pytest.raises(KvarError) as refused:
        release_beside([*FOUR, fifth], earlier, (), {"staden"})
    assert refused.value.code == "release.nothing", "the difference would be the museum's books"
