"""Published figures that the indicators must give, shown beside what they give: the same cases as the tests'."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from kvar.spending.indicators.change import State, explain
from kvar.spending.indicators.input_output import coefficients, multipliers
from kvar.spending.indicators.multiplier import limit, lm3, mean_share, respending

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


def _leaks(name: str, rounds: tuple[int, int, int], lm3_printed: str, bound: str) -> Case:
    """Slides of nef's Plugging the Leaks: £10 and what is left of it twice, in pence."""
    share = Fraction(rounds[1], rounds[0])
    endless = Row("bound", bound, limit(share) or Fraction(), len(bound.partition(".")[2]))
    return Case(name, "nef, studylib.net/doc/5500398", (Row("lm3", lm3_printed, lm3(*rounds), 2), endless))


STAFF = tuple(Fraction(share) for share in ("42.1", "50.5", "63.1", "37.8", "33.6"))  # % spent locally
NORTHUMBERLAND = (Fraction("0.76"), Fraction("0.36"))  # respent by local suppliers, by others
FLOWS, OUTPUT = ((150.0, 500.0), (200.0, 100.0)), (1000.0, 2000.0)


def _miller() -> Case:
    found = multipliers(coefficients(np.array(FLOWS), np.array(OUTPUT)))
    printed = zip(("first_sector", "second_sector"), ("1.5182", "1.4521"), found, strict=True)
    return Case(
        "miller", "Miller & Blair", tuple(Row(code, text, Fraction(float(n)), 4) for code, text, n in printed)
    )


def _northumberland() -> Case:
    local, other = (respending(here, share) for here, share in zip((True, False), NORTHUMBERLAND, strict=True))
    rows = (Row("to_local", "1.76", local, 2), Row("to_other", "0.36", other, 2))
    return Case("northumberland", "nef 2005, lm3online.com/about", rows)


CASES: Mapping[str, tuple[Case, ...]] = {
    "change": (
        _lancashire("preston", ("5", "18.2"), "112.3", "74"),
        _lancashire("lancashire", ("39", "79.2"), "488.7", "200"),
        _agma(),
    ),
    "multiplier": (
        _leaks("leaks", (1000, 800, 640), "2.44", "5"),
        _leaks("leaks_less", (1000, 200, 40), "1.24", "1.25"),
        Case("staff", "pluggingtheleaks.org", (Row("mean_share", "45.4", mean_share(STAFF)),)),
        _northumberland(),
    ),
    "input_output": (_miller(),),
}
