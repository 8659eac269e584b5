"""Typed tables of one file to the Arrow tables of a batch: lines, payees, categories, rollup."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.core.numbers import MAY_HOLD_PERSON, mask
from kvar.ledger import distinct
from kvar.ledger.convert import Typed
from kvar.ledger.model import CATEGORIES, LINES, PAYEES, ROLLUP, Field
from kvar.ledger.payees import payee_row

PAYEE_FIELDS: tuple[Field, ...] = (
    "supplier_name", "supplier_id", "supplier_vat", "supplier_ref", "supplier_postcode", "supplier_city",
    "legal_form",
)  # fmt: skip
CATEGORY_FIELDS: tuple[Field, ...] = ("account_code", "account_text")


@dataclass(frozen=True, slots=True)
class Contents:
    """The derived tables of a batch, in the schemas of `kvar.ledger.model`."""

    lines: pa.Table
    payees: pa.Table
    categories: pa.Table
    rollup: pa.Table


def assemble(tables: Sequence[Typed], country: str, key: bytes) -> Contents:
    """One Contents of all the tables of a file. `key` keys persons' numbers."""
    payee, spellings = _distinct(tables, PAYEE_FIELDS)
    category, accounts = _distinct(tables, CATEGORY_FIELDS)
    payees = [payee_row(n, spelling, country, key) for n, spelling in enumerate(spellings)]  # type: ignore[arg-type]
    categories = [
        {"category": n, "code": mask(code.strip()) or None, "text": mask(text.strip()) or None}
        for n, (code, text) in enumerate(accounts)
    ]
    lines = _lines(tables, payee, category)
    return Contents(
        lines,
        pa.Table.from_pylist(payees, PAYEES),
        pa.Table.from_pylist(categories, CATEGORIES),
        rollup(lines),
    )


def _column(tables: Sequence[Typed], name: Field) -> pa.DictionaryArray:
    """One text column of all the tables; empty where a table has it not."""
    parts = [t.texts[name] if name in t.texts else _blanks(len(t.first)) for t in tables]
    return pa.chunked_array(parts).unify_dictionaries().combine_chunks() if len(parts) > 1 else parts[0]


def _blanks(n: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, np.int32)), pa.array([""]))


def _distinct(tables: Sequence[Typed], names: Sequence[Field]) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """For every row which distinct combination of `names` it has, and the combinations, as they first occur."""
    columns = [_column(tables, name) for name in names]
    code = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        code = _numbered(code * max(len(column.dictionary), 1) + distinct.numbers(column))
    first = np.zeros(int(code.max(initial=-1)) + 1, np.int64)
    first[code[::-1]] = np.arange(len(code))[::-1]
    rows = [distinct.texts(column, first) for column in columns]
    return code.astype(np.int32), list(zip(*rows, strict=True))


def _numbered(code: np.ndarray) -> np.ndarray:
    """Equal numbers as equal small ones, from 0 in order of occurrence."""
    small: np.ndarray = pa.array(code).dictionary_encode().indices.to_numpy().astype(np.int64)
    return small


def _lines(tables: Sequence[Typed], payee: np.ndarray, category: np.ndarray) -> pa.Table:
    number = np.concatenate([np.full(len(t.first), n, np.int16) for n, t in enumerate(tables)])
    columns = {
        "line": np.concatenate([t.first for t in tables]),
        "line_last": np.concatenate([t.last for t in tables]),
        "table": number,
        "payee": payee,
        "category": category,
        "date": pa.concat_arrays([t.dates for t in tables]),
        "month": np.concatenate([t.month for t in tables]),
        "amount": np.concatenate([t.amount for t in tables]),
        "unit": _safe(tables, "unit"),
        "invoice": _safe(tables, "invoice"),
        "voucher": _safe(tables, "voucher"),
        "text": _safe(tables, "text"),
    }
    return pa.table([pa.array(columns[f.name]).cast(f.type) for f in LINES], schema=LINES)


def _safe(tables: Sequence[Typed], name: Field) -> pa.DictionaryArray:
    """A text column with persons' numbers masked and blanks as null."""
    column = _column(tables, name)
    texts = column.dictionary
    suspect = pc.match_substring_regex(texts, MAY_HOLD_PERSON)
    if pc.any(suspect).as_py():
        masked = [mask(cell) for cell in texts.filter(suspect).to_pylist()]
        texts = pc.replace_with_mask(texts, suspect, pa.array(masked, pa.string()))
    texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    return texts.take(column.indices).dictionary_encode()


def rollup(lines: pa.Table) -> pa.Table:
    """Lines summed by payee, category and month, credits apart."""
    amount = lines["amount"]
    zero = pa.scalar(0, pa.int64())
    table = pa.table(
        {
            "payee": lines["payee"],
            "category": lines["category"],
            "month": lines["month"],
            "positive": pc.max_element_wise(amount, zero),
            "negative": pc.min_element_wise(amount, zero),
        }
    )
    grouped = table.group_by(["payee", "category", "month"]).aggregate(
        [([], "count_all"), ("positive", "sum"), ("negative", "sum")]
    )
    renamed = grouped.rename_columns(["payee", "category", "month", "n", "positive", "negative"])
    return renamed.sort_by([("payee", "ascending"), ("category", "ascending"), ("month", "ascending")]).cast(ROLLUP)
