"""Local multiplier (LM3): what a round of spending becomes locally over three rounds, for each unit of the first.

LM3 = (R1 + R2 + R3) / R1. Conventions, always stated: `budget` counts the whole budget as R1; `two_round` is
R2-style counting from money already local (the Northumberland study), 1 + respent share for local, respent share for
the rest. R3 comes from a survey of suppliers: what share of their income they spent locally.
Interval: those who did not answer spent between nothing and all of it locally, and what could not be placed was
all away or all local; the value takes those who did not answer to be as those who answered (weighted by what they
were paid) and what cannot be placed as away. Skipped (`-`) where nothing was spent or nobody answered.
What it is not: not jobs, not growth, not additional; money that stays may have stayed anyway.
Source: nef, Plugging the Leaks (domain research C, science research C).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kvar.core.errors import KvarError

INDICATOR = "multiplier"
VERSION = "1.1"
Convention = Literal["budget", "two_round"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One local supplier or employee: minor units received, and the share respent locally (None: no answer)."""

    received: int
    respent: Fraction | None


@dataclass(frozen=True, slots=True)
class Multiplier:
    """LM3 with its interval; `response` is the part of the local money whose receivers answered."""

    value: Fraction
    low: Fraction
    high: Fraction
    response: Fraction
    limit: Fraction | None  # 1 / (1 - p) were every round as the second; None when all is respent
    convention: Convention = "budget"


def lm3(first: int, second: int, third: int) -> Fraction:
    """(R1 + R2 + R3) / R1 of three rounds in one unit; `spending.multiplier.rounds` unless R1 >= R2 >= R3 >= 0."""
    if not (first > 0 and first >= second >= third >= 0):
        raise KvarError("spending.multiplier.rounds", first=first, second=second, third=third)
    return Fraction(first + second + third, first)


def limit(share: Fraction) -> Fraction | None:
    """1 / (1 − share): what endless rounds with one local share would give."""
    return None if share >= 1 else 1 / (1 - share)


def surveyed(budget: int, answers: Sequence[Answer], unplaced: int = 0) -> Multiplier:
    """LM3 of a budget whose local receivers were asked; `spending.multiplier.unanswered` when nobody answered.

    `unplaced` is the part of the budget that may have gone to local receivers or not.
    """
    second = sum(answer.received for answer in answers)
    heard = [(a.received, a.respent) for a in answers if a.respent is not None]
    known = sum(received for received, _ in heard)
    if any(not 0 <= share <= 1 for _, share in heard) or any(a.received < 0 for a in answers):
        raise KvarError("spending.multiplier.share")
    if not 0 < second <= budget or known == 0:
        raise KvarError("spending.multiplier.unanswered", answers=len(heard))
    share = sum((received * share for received, share in heard), Fraction(0)) / known
    return bounded(budget, (second, second + unplaced), share, Fraction(known, second))


def bounded(budget: int, second: tuple[int, int], share: Fraction, response: Fraction) -> Multiplier:
    """LM3 of R2 known … at most, the share respent by those who answered, and their part of the known R2."""
    least, most = (Fraction(amount, budget) for amount in second)
    answered = response * least
    return Multiplier(
        value=1 + least + share * least,
        low=1 + least + share * answered,
        high=1 + most + share * answered + (most - answered),
        response=response,
        limit=limit(least),
    )


def respending(first_is_local: bool, share: Fraction) -> Fraction:
    """Two rounds from one unit paid to a supplier: itself if local, and what the supplier respends locally."""
    return int(first_is_local) + share


def mean_share(shares: Sequence[Fraction]) -> Fraction:
    """The unweighted mean of surveyed shares, as the Plugging the Leaks sheet takes it."""
    return sum(shares, Fraction(0)) / len(shares)
