"""Which identity numbers are such as their register hands out: check digits of a whole column at once."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.core.numbers import GROUP_DIGITS, read_number
from kvar.suppliers.side import Bools, Payees

LUHN = np.array([[d * w // 10 + d * w % 10 for w in (2, 1) * 5] for d in range(10)], np.uint8)  # digit, place
SWEDISH = rf"^[{''.join(sorted(GROUP_DIGITS))}]\d[2-9]\d{{7}}$"


def valid_numbers(payees: Payees) -> Bools:
    """True where the row has a scheme and a number that is valid in it."""
    schemes, numbers = payees.column("scheme"), payees.column("number")
    found = np.zeros(len(payees), bool)
    there = pc.and_(schemes.is_valid(), numbers.is_valid()).to_numpy(zero_copy_only=False)
    swedish = pc.fill_null(pc.equal(schemes, "SE-ON"), False).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(there & swedish)
    found[rows] = _luhn(numbers.take(pa.array(rows)))
    listed = pc.fill_null(pc.match_substring(schemes, "-"), False).to_numpy(zero_copy_only=False)  # SE-ON, GB-VAT …
    rows = np.flatnonzero(there & ~swedish & listed)
    pairs = zip(*(column.take(pa.array(rows)).to_pylist() for column in (schemes, numbers)), strict=True)
    found[rows] = [_read(scheme, number) for scheme, number in pairs]
    return found


def _luhn(numbers: pa.Array) -> Bools:
    """Swedish organisation numbers: ten digits, a group digit, a third digit of two or more, Luhn."""
    shaped = pc.match_substring_regex(numbers, SWEDISH)
    found: Bools = shaped.to_numpy(zero_copy_only=False).copy()
    tens = pa.concat_arrays([numbers.filter(shaped)]).cast(pa.binary()).cast(pa.binary(10))
    if len(tens):
        digits = np.frombuffer(tens.buffers()[1], np.uint8)[: 10 * len(tens)].reshape(-1, 10) - 48
        found[found] = LUHN[digits, np.arange(10)].sum(axis=1) % 10 == 0
    return found


def _read(scheme: str, number: str) -> bool:
    found = read_number(number, scheme[:2])
    return found is not None and found.scheme == scheme
