"""Typed tables of one file to the Arrow tables of a batch: lines, payees, categories, rollup."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.ledger import distinct
from kvar.ledger.convert import Typed
from kvar.ledger.masking import masked
from kvar.ledger.model import CATEGORIES, LINES, ROLLUP, Field
from kvar.ledger.payees import FIELDS, payee_table

CATEGORY_FIELDS: tuple[Field, ...] = ("account_code", "account_text")
MAX_CODE = 2**62


def assemble(tables: Sequence[Typed], country: str, key: bytes) -> dict[str, pa.Table]:
    """Lines, payees, categories and rollup of all the tables of a file. `key` keys persons' numbers."""
    payee, spellings = _distinct(tables, FIELDS)
    category, accounts = _distinct(tables, CATEGORY_FIELDS)
    lines = _lines(tables, payee, category)
    payees = payee_table(spellings, country, key)
    return {"lines": lines, "payees": payees, "categories": _categories(accounts), "rollup": rollup(lines)}


def _categories(accounts: Mapping[Field, pa.DictionaryArray]) -> pa.Table:
    code, text = (_safe(accounts[name], stripped=True) for name in CATEGORY_FIELDS)
    return pa.table([pa.array(np.arange(len(code), dtype=np.int32)), code, text], schema=CATEGORIES)


def _column(tables: Sequence[Typed], name: Field) -> pa.DictionaryArray:
    """One text column of all the tables; empty where a table has it not."""
    parts = [t.texts[name] if name in t.texts else _blanks(len(t.first)) for t in tables]
    return pa.chunked_array(parts).unify_dictionaries().combine_chunks() if len(parts) > 1 else parts[0]


def _blanks(n: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, np.int32)), pa.array([""]))


def _distinct(tables: Sequence[Typed], names: Sequence[Field]) -> tuple[np.ndarray, dict[Field, pa.DictionaryArray]]:
    """For every row which distinct combination of `names` it has, and the combinations, as they first occur."""
    columns = {name: _column(tables, name) for name in names}
    code, size = np.zeros(sum(len(t.first) for t in tables), np.int64), 1
    for column in columns.values():
        if size * len(column.dictionary) > MAX_CODE:
            code = _numbered(code)
            size = len(code)
        size *= max(len(column.dictionary), 1)
        code = code * max(len(column.dictionary), 1) + distinct.numbers(column)
    code = _numbered(code)
    first = np.zeros(int(code.max(initial=-1)) + 1, np.int64)
    first[code[::-1]] = np.arange(len(code))[::-1]
    return code.astype(np.int32), {name: column.take(pa.array(first)) for name, column in columns.items()}


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
        "unit": _safe(_column(tables, "unit")),
        "invoice": _safe(_column(tables, "invoice")),
        "voucher": _safe(_column(tables, "voucher")),
        "text": _safe(_column(tables, "text")),
    }
    return pa.table([pa.array(columns[f.name]).cast(f.type) for f in LINES], schema=LINES)


def _safe(column: pa.DictionaryArray, *, stripped: bool = False) -> pa.StringArray:
    """A text column with persons' numbers masked and blanks as null."""
    texts = column.dictionary
    if len(texts) == 1 and texts[0].as_py() == "":  # a column that the file has not
        return pa.nulls(len(column), pa.string())
    if stripped:
        texts = pa.array([text.strip() for text in texts.to_pylist()], pa.string())
    texts = masked(texts)
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts).take(column.indices)


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
