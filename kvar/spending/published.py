"""Published figures that the indicators must give, shown beside what they give: the same cases as the tests'."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kvar.spending.indicators.change import State, explain

MILLION = 100_000_000  # pence


@dataclass(frozen=True, slots=True)
class Row:
    """What is compared (a code of `case.row.<code>`), the figure as printed (None: only Kvar gives it), and ours.

    `about`: it was worked out from rounded figures and can only come near.
    """

    code: str
    published: str | None
    ours: Fraction
    decimals: int = 1
    about: bool = False

    @property
    def printed(self) -> str:
        """Ours with as many decimals as the published one."""
        return f"{float(self.ours):.{self.decimals}f}"

    @property
    def verdict(self) -> Literal["same", "about", "own", "differs"]:
        """Does the published figure come out?"""
        if self.published is None:
            return "own"
        if self.printed == self.published:
            return "same"
        near = self.about and abs(self.ours / Fraction(self.published) - 1) < Fraction(5, 100)
        return "about" if near else "differs"


@dataclass(frozen=True, slots=True)
class Case:
    """A published case by the name of its texts, and where it was published."""

    name: str
    source: str
    rows: tuple[Row, ...]


def whole(base: int, percent: str) -> Mapping[str, State]:
    """All anchors as one: purchases in £ million, and the local part in per cent."""
    return {"anchors": State(base * MILLION, base * MILLION, int(base * MILLION * Fraction(percent) / 100))}


def _lancashire(name: str, percents: tuple[str, str], stayed: str, rise: str) -> Case:
    """The six or seven anchors of Preston: about £750 m in 2012/13, £617 m in 2016/17 (112.3 / 0.182)."""
    before, after = whole(750, percents[0]), whole(617, percents[1])
    found = explain(before, after)
    return Case(
        name,
        "preston.gov.uk/article/1791, cles.org.uk/blog/keep-spending-local",
        (
            Row("stayed", stayed, Fraction(after["anchors"].local, MILLION)),
            Row("rise", rise, Fraction(found.total, MILLION), about=True),
            Row("share", None, Fraction(found.share, MILLION)),
            Row("volume", None, Fraction(found.volume, MILLION)),
        ),
    )


AGMA = (45.6, 28.4, 79.4, 68.6, 43.8, 62.7, 65.1, 50.7, 36.6, 56.9)  # % in own boundary, Bolton to Wigan
AGMA_SPENT, AGMA_LOCAL = 100_385_843_521, 61_965_222_658  # pence


def _agma() -> Case:
    mean = sum((Fraction(str(percent)) for percent in AGMA), Fraction()) / len(AGMA)
    rows = (Row("mean", "53.8", mean), Row("weighted", None, 100 * Fraction(AGMA_LOCAL, AGMA_SPENT)))
    return Case("agma", "CLES, AGMA procurement, docslib.org/doc/2048457", rows)


CASES: Mapping[str, tuple[Case, ...]] = {
    "change": (
        _lancashire("preston", ("5", "18.2"), "112.3", "74"),
        _lancashire("lancashire", ("39", "79.2"), "488.7", "200"),
        _agma(),
    )
}
