"""Amounts as people write them to integer minor units, by an ASCII-only grammar.

`1 234,56` with any blank, `1,496.00`, `-100`, `100-`, `(100)`, `100,-` (no öre), `kr`, `£`, and Excel's floats.
What is not certain is refused, never guessed.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation, localcontext
from itertools import repeat

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MAX_MINOR = 10**15
_BLANKS = re.compile(r"[ \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}']")
_CURRENCY = re.compile(
    r"^(?:SEK|GBP|EUR|kr|£|€)|\s*(?:[:,.][-–]{1,2})?\s*(?:SEK|GBP|EUR|kr\.?|£|€)?$",
    re.IGNORECASE,
)
_GROUPED = {
    ",": re.compile(r"^\d{1,3}(?:\.\d{3})+(?:,\d*)?$|^\d+(?:,\d*)?$|^,\d+$"),
    ".": re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d*)?$|^\d+(?:\.\d*)?$|^\.\d+$"),
}
_BLANK_GROUPS = re.compile(r"^\D*\d{1,3}(?:\D\d{3})*(?:[.,]\d*)?\D*$|^\D*\d+(?:[.,]\d*)?\D*$")
_EXPONENT = re.compile(r"^\d(?:[.,]\d+)?[eE][+-]?\d{1,2}$")
_CENTS = r"([.,][0-9]{1,2})?$"
_PLAIN = {
    r"^-?[0-9]{1,13}" + _CENTS: "",
    r"^-?[0-9]{1,3}([ \x{a0}\x{202f}][0-9]{3}){1,3}" + _CENTS: r"[ \x{a0}\x{202f}]",
}  # for RE2: form of an amount, and what is dropped from it before it is a number
_PLAIN_GROUPED = {
    ",": {r"^-?[0-9]{1,3}(\.[0-9]{3}){1,3}(,[0-9]{1,2})?$": r"\."},
    ".": {r"^-?[0-9]{1,3}(,[0-9]{3}){1,3}(\.[0-9]{1,2})?$": ","},
}
_CENT = Decimal("0.01")


class AmountError(ValueError):
    """`code` says why a cell is no amount: unreadable, too_large, decimals."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_amount(text: str, decimal: str) -> int:
    """Minor units of one cell where `decimal` is the decimal sign (`,` or `.`); AmountError if it is none."""
    body, negative = _unsigned(text)
    if _EXPONENT.match(body):
        minor = _minor(body.replace(",", "."))
        return -minor if negative else minor
    if body.count(".") + body.count(",") == 1 and not _GROUPED[decimal].match(body):
        decimal = "," if "," in body else "."  # the other sign, used once with 1–2 digits after it
        if not re.fullmatch(r"\d*[.,]\d{1,2}", body):
            raise AmountError("ledger.amount.unreadable")
    if not _GROUPED[decimal].match(body):
        raise AmountError("ledger.amount.unreadable")
    group = "." if decimal == "," else ","
    minor = _minor(body.replace(group, "").replace(decimal, "."))
    return -minor if negative else minor


def _unsigned(text: str) -> tuple[str, bool]:
    if not text.replace("£", "").replace("€", "").replace("\N{MINUS SIGN}", "-").strip():
        raise AmountError("ledger.amount.missing")
    body = text.strip().replace("\N{MINUS SIGN}", "-")
    negative = body.startswith("(") and body.endswith(")")
    body = body[1:-1].strip() if negative else body
    body = _CURRENCY.sub("", body).strip()
    for _ in range(2):  # before and after a currency sign is taken off
        if not negative and body.startswith("-"):
            body, negative = body[1:].strip(), True
        elif not negative and body.endswith("-"):
            body, negative = body[:-1].strip(), True
        body = _CURRENCY.sub("", body).strip()
    if _BLANKS.search(body) and not _BLANK_GROUPS.match(body):
        raise AmountError("ledger.amount.unreadable")
    body = _BLANKS.sub("", body).removeprefix("+")
    if not body.isascii():
        raise AmountError("ledger.amount.unreadable")
    return body, negative


def _minor(number: str) -> int:
    try:
        exact = Decimal(number)
    except InvalidOperation as error:
        raise AmountError("ledger.amount.unreadable") from error
    if abs(exact) * 100 >= MAX_MINOR:
        raise AmountError("ledger.amount.too_large")
    with localcontext() as context:
        context.prec = 40
        rounded = exact.quantize(_CENT)
        if abs(exact - rounded) > Decimal("0.000001"):
            raise AmountError("ledger.amount.decimals")
        return int(rounded * 100)


def decide_decimal(cells: Sequence[str], times: Iterable[int] | None = None) -> str | None:
    """The decimal sign a column uses, from all its cells, each there once or `times`; None where nothing tells."""
    votes = {",": 0, ".": 0}
    for cell, n in zip(cells, times or repeat(1), strict=False):
        found = re.search(r"([.,])(\d*)(?![.,][-–])\D*$", cell)
        if found is None:
            continue
        sign, digits = found.groups()
        other = "." if sign == "," else ","
        if len(digits) != 3 or other in cell or cell.lstrip("-(£ ").startswith(("0" + sign, sign)):
            votes[sign] += n
        if len(digits) == 3 and cell.count(sign) > 1:
            votes[other] += n
    if votes[","] == votes["."]:
        return None
    return "," if votes[","] > votes["."] else "."


def parse_column(cells: pa.StringArray, decimal: str) -> tuple[np.ndarray, dict[int, str]]:
    """Minor units (int64, 0 where refused) of a column, and the refused: index -> code.

    Cells of the plainest forms go through Arrow; all others one by one through `parse_amount`.
    """
    minor = np.zeros(len(cells), np.int64)
    left = np.arange(len(cells))
    for form, drop in {**_PLAIN, **_PLAIN_GROUPED[decimal]}.items():
        some = cells if len(left) == len(cells) else cells.take(pa.array(left))
        fits = pc.match_substring_regex(some, form)
        chosen = fits.to_numpy(zero_copy_only=False)
        minor[left[chosen]] = _exactly(some.filter(fits), drop)
        left = left[~chosen]
    return minor, _one_by_one(cells, decimal, left, minor)


def _exactly(cells: pa.StringArray, drop: str) -> np.ndarray:
    """Minor units of digits with at most two decimals."""
    bare = pc.replace_substring_regex(cells, drop, "") if drop else cells
    exact = pc.cast(pc.replace_substring(bare, ",", "."), pa.decimal128(18, 2))
    minor: np.ndarray = pc.cast(pc.multiply(exact, pa.scalar(Decimal(100))), pa.int64()).to_numpy()
    return minor


def _one_by_one(cells: pa.StringArray, decimal: str, left: np.ndarray, minor: np.ndarray) -> dict[int, str]:
    """The cells at `left` into `minor`, in place, and the refused."""
    refused: dict[int, str] = {}
    for index, cell in zip(left.tolist(), cells.take(pa.array(left)).to_pylist(), strict=True):
        try:
            minor[index] = parse_amount(cell, decimal)
        except AmountError as error:
            refused[index] = error.code
    return refused
