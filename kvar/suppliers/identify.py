"""Identity numbers of a whole column at once: equal to `kvar.core.numbers.read_number`, some hundred times faster."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.core.numbers import GROUP_DIGITS, read_number

_SWEDISH = r"^(?:16)?[0-9]{6}-?[0-9]{4}$"
_BRITISH = r"^(?:[0-9]{8}|(?:[A-FH-Z][A-Z]|G[AC-Z])[0-9]{6})$"
_DOUBLED = np.array([2, 1, 2, 1, 2, 1, 2, 1, 2, 1])


@dataclass(frozen=True, slots=True)
class Numbers:
    """`scheme` and `number` (null where none could be read) and `is_person`, row by row."""

    scheme: pa.Array
    number: pa.Array
    is_person: pa.Array


def read_numbers(texts: pa.Array, country: str) -> Numbers:
    """Read a column of text. The usual ways of writing are read by arithmetic, all others one by one."""
    usual, scheme, number = _swedish(texts) if country != "GB" else _british(texts)
    rest = pc.and_(pc.invert(usual), pc.is_valid(texts))
    odd = texts.filter(rest).dictionary_encode()
    found = [read_number(text, country) for text in odd.dictionary.to_pylist()]
    columns = (
        pa.array([item.scheme if item else None for item in found], pa.string()),
        pa.array([item.number if item else None for item in found], pa.string()),
        pa.array([bool(item and item.is_person) for item in found], pa.bool_()),
    )
    schemes, numbers, persons = (column.take(odd.indices) for column in columns)
    nobody = pa.array(np.zeros(len(texts), bool))
    return Numbers(
        pc.replace_with_mask(scheme, rest, schemes),
        pc.replace_with_mask(number, rest, numbers),
        pc.replace_with_mask(nobody, rest, persons),
    )


def _british(texts: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Company numbers of eight signs, as Companies House writes them."""
    usual = pc.fill_null(pc.match_substring_regex(texts, _BRITISH), False)
    given = pc.and_(usual, pc.not_equal(pc.fill_null(texts, ""), "00000000"))
    nothing = pa.scalar(None, pa.string())
    return usual, pc.if_else(given, "GB-COH", nothing), pc.if_else(given, texts, nothing)


def _swedish(texts: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Ten digits (with or without 16 before them) that are no person's; the others are left to be read one by one."""
    fits = pc.fill_null(pc.match_substring_regex(texts, _SWEDISH), False)
    bare = pc.replace_substring(pc.if_else(fits, texts, "0000000000"), "-", "")
    ten = pc.utf8_slice_codeunits(bare, -10)
    digits = _digits(ten)
    company = digits[:, 2] >= 2
    products = digits * _DOUBLED
    checked = (products - 9 * (products > 9)).sum(axis=1) % 10 == 0
    handed_out = np.isin(digits[:, 0], [int(sign) for sign in GROUP_DIGITS])
    usual = pc.and_(fits, pa.array(company))
    given = pc.and_(usual, pa.array(checked & handed_out))
    nothing = pa.scalar(None, pa.string())
    return usual, pc.if_else(given, "SE-ON", nothing), pc.if_else(given, ten, nothing)


def _digits(ten: pa.Array) -> np.ndarray:
    """Rows of ten digits from strings of ten."""
    value = ten.cast(pa.int64()).to_numpy()
    return np.stack([value // 10**place % 10 for place in range(9, -1, -1)], axis=1)
