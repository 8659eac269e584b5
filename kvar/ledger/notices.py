"""Checks that speak up: a file can be read without fault and still be wrong."""

import re
from collections.abc import Iterator, Mapping

import numpy as np

from kvar.core.period import next_month
from kvar.ledger.convert import Typed
from kvar.ledger.model import Notice

LARGE_FILE = 2000
SMALL_SHARE = 0.1
BIG_PAYMENT = 0.2
MIN_MONTH_LINES = 30
_NAME_MONTH = re.compile(r"(?<!\d)(20\d{2})[-_ .]?(0[1-9]|1[0-2])(?!\d)")


def of_table(typed: Typed, file_name: str) -> Iterator[Notice]:
    """Everything one table says about itself."""
    yield from no_credits(typed.amount)
    yield from one_payment(typed)
    yield from wrong_period(typed, file_name)


def no_credits(amount: np.ndarray) -> Iterator[Notice]:
    """A large file with not one credit has often lost its minus signs."""
    if len(amount) >= LARGE_FILE and not (amount < 0).any():
        yield Notice("ledger.notice.no_credits", {"n": len(amount)})


def one_payment(typed: Typed) -> Iterator[Notice]:
    """One payment above a fifth of what its month paid."""
    for yyyymm in np.unique(typed.month).tolist():
        chosen = typed.month == yyyymm
        paid = typed.amount[chosen]
        whole = int(np.maximum(paid, 0).sum())
        if len(paid) >= MIN_MONTH_LINES and whole and int(paid.max()) > BIG_PAYMENT * whole:
            line = int(typed.first[chosen][paid.argmax()])
            yield Notice(
                "ledger.notice.one_payment",
                {"line": line, "month": yyyymm, "percent": 100 * int(paid.max()) // whole},
            )


def wrong_period(typed: Typed, file_name: str) -> Iterator[Notice]:
    """The name says one month, most dates say another."""
    found = _NAME_MONTH.search(file_name)
    dated = typed.month[typed.month > 0]
    if found is None or not len(dated):
        return
    named = int(found.group(1)) * 100 + int(found.group(2))
    inside = int((dated == named).sum())
    if inside < len(dated) / 2:
        values, counts = np.unique(dated, return_counts=True)
        yield Notice("ledger.notice.wrong_period", {"named": named, "found": int(values[counts.argmax()])})
    elif inside < len(dated):
        yield Notice("ledger.notice.outside_period", {"n": len(dated) - inside, "named": named})


def unlike_neighbours(counts: Mapping[int, int]) -> Iterator[Notice]:
    """A month with less than a tenth of the lines of a month beside it (`counts`: yyyymm -> lines)."""
    known = {yyyymm: n for yyyymm, n in counts.items() if yyyymm and n}
    if len(known) < 2:
        return
    for yyyymm in sorted(known):
        beside = [known[other] for other in _beside(yyyymm) if other in known]
        if beside and known[yyyymm] < SMALL_SHARE * max(beside) and max(beside) >= MIN_MONTH_LINES:
            yield Notice("ledger.notice.small_month", {"month": yyyymm, "n": known[yyyymm], "beside": max(beside)})


def _beside(yyyymm: int) -> tuple[int, int]:
    return (yyyymm - 89 if yyyymm % 100 == 1 else yyyymm - 1), next_month(yyyymm)
