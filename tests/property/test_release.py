"""The release gate on random tables: nothing that it lets out gives a withheld figure or an anchor's part away.

Beside the gate's own attacker stands another one that shares no code with it: exact elimination over fractions, which
finds every sum that follows from the published ones by adding and taking away.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvar.core.errors import KvarError
from kvar.spending.release.gate import gate, leaks, require
from kvar.spending.release.sheet import WHOLE, Key, Part, Sheet, behind, keys_of
from kvar.spending.release.table import table, told

ROWS, COLUMNS = ("bygg", "mat", "el"), ("kommunen", "länet", "utlandet")
CELLS = tuple((row, column) for row in ROWS for column in COLUMNS)
Parts = frozenset[tuple[str, Key]]


def sheet(anchor: str, cells: dict[Key, tuple[int, int]]) -> Sheet:
    figures = {}
    for key in keys_of(cells):
        parts = [cells[cell] for cell in behind(key, cells)]
        amount = sum(amount for amount, _ in parts)
        figures[key] = Part(amount, max(n for _, n in parts), (amount > 0) - (amount < 0))
    return Sheet(anchor, figures)


amounts = st.one_of(st.integers(1, 100), st.integers(1, 10**11), st.integers(-(10**6), -1))
cells = st.dictionaries(st.sampled_from(CELLS), st.tuples(amounts, st.integers(1, 9)), min_size=3)
sheets = st.lists(cells, min_size=3, max_size=5).map(
    lambda rows: [sheet(f"ankare-{n}", row) for n, row in enumerate(rows)]
)


def parts_of(key: Key, among: Iterable[Sheet]) -> Parts:
    return frozenset((one.anchor, cell) for one in among for cell in behind(key, one.cells()))


class Sums:
    """Every combination of known sums: Gauss over fractions."""

    def __init__(self, columns: Sequence[tuple[str, Key]], known: Iterable[Parts]) -> None:
        self._columns = list(columns)
        self._pivots: dict[int, list[Fraction]] = {}
        for one in known:
            rest = self._rest(one)
            at = next((n for n, value in enumerate(rest) if value), None)
            if at is not None:
                self._pivots[at] = rest

    def holds(self, wanted: Parts) -> bool:
        return not any(self._rest(wanted))

    def _rest(self, wanted: Parts) -> list[Fraction]:
        row = [Fraction(int(c in wanted)) for c in self._columns]
        for n in range(len(row)):
            if row[n] and n in self._pivots:
                row = _less(row, self._pivots[n], n)
        return row


def _less(row: list[Fraction], pivot: list[Fraction], n: int) -> list[Fraction]:
    factor = row[n] / pivot[n]
    return [one - factor * other for one, other in zip(row, pivot, strict=True)]


def exactly_recovered(among: Sequence[Sheet], shown: set[Key]) -> list[Parts]:
    """What is withheld, or one anchor's own, and follows by adding and taking away; for all and for insiders."""
    columns = sorted(parts_of(WHOLE, among))
    public = [parts_of(key, among) for key in sorted(shown)]
    everybody = Sums(columns, public)
    found = [parts for key in table(among) if key not in shown and everybody.holds(parts := parts_of(key, among))]
    for insider in among:
        knows = Sums(columns, public + [parts_of(key, [insider]) for key in insider.figures])
        others = [parts_of(key, [one]) for one in among if one is not insider for key in one.figures]
        found += [wanted for wanted in others if knows.holds(wanted)]
    return found


def released(among: Sequence[Sheet]) -> set[Key]:
    try:
        return set(gate(among).told)
    except KvarError as error:
        assert error.code == "release.nothing"  # noqa: PT017 - the only refusal there may be
        return set()


def naive(among: Sequence[Sheet]) -> set[Key]:
    """The rules for single figures, and no complementary suppression."""
    return told(table(among))


@settings(max_examples=40)
@given(sheets)
def test_a_release_leaks_nothing(among: list[Sheet]) -> None:
    shown = released(among)
    assert not exactly_recovered(among, shown)
    if shown:
        require(among, shown)


@settings(max_examples=40)
@given(sheets)
def test_every_figure_told_is_exact_and_has_three_anchors_and_suppliers(among: list[Sheet]) -> None:
    shown, figures = released(among), table(among)
    for key in shown:
        parts = [one.figures[key] for one in among if key in one.figures]
        assert len(parts) >= 3
        assert max(part.suppliers for part in parts) >= 3
        assert figures[key].amount == sum(part.amount or 0 for part in parts)


@pytest.mark.parametrize("found", [exactly_recovered, leaks], ids=["fractions", "linear program"])
def test_without_complementary_suppression_both_attackers_succeed(found: Callable[..., list[object]]) -> None:
    """Three anchors buy all but one cell that two buy: its column tells it."""
    full = {cell: (1000 + 7 * n, 5) for n, cell in enumerate(CELLS)}
    short = {cell: value for cell, value in full.items() if cell != CELLS[4]}
    among = [sheet("a", full), sheet("b", full), sheet("c", short), sheet("d", full)]
    among[3] = sheet("d", short)
    assert found(among, naive(among))
    assert not found(among, released(among))
