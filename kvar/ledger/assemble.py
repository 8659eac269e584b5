"""Typed tables of one file to the Arrow tables of a batch: lines, payees, categories, rollup."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kvar.core.numbers import MAY_HOLD_PERSON, mask
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


def _distinct(tables: Sequence[Typed], names: Sequence[Field]) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """For every row which distinct combination of `names` it has, and the combinations."""
    columns = [pa.chunked_array([pa.array(t.texts[name], pa.string()) for t in tables]) for name in names]
    encoded = [column.combine_chunks().dictionary_encode() for column in columns]
    code = np.zeros(len(columns[0]), np.int64)
    for column in encoded:
        code = code * max(len(column.dictionary), 1) + column.indices.to_numpy()
        _, code = np.unique(code, return_inverse=True)
    _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
    rows = [column.take(pa.array(first)).to_pylist() for column in columns]
    return inverse.astype(np.int32), list(zip(*rows, strict=True))


def _lines(tables: Sequence[Typed], payee: np.ndarray, category: np.ndarray) -> pa.Table:
    number = np.concatenate([np.full(len(t.first), n, np.int16) for n, t in enumerate(tables)])
    dates = [day for t in tables for day in t.dates]
    columns = {
        "line": np.concatenate([t.first for t in tables]),
        "line_last": np.concatenate([t.last for t in tables]),
        "table": number,
        "payee": payee,
        "category": category,
        "date": pa.array(dates, pa.date32()),
        "month": np.concatenate([t.month for t in tables]),
        "amount": np.concatenate([t.amount for t in tables]),
        "unit": _safe(tables, "unit"),
        "invoice": _safe(tables, "invoice"),
        "voucher": _safe(tables, "voucher"),
        "text": _safe(tables, "text"),
    }
    return pa.table(
        [pa.array(columns[f.name]).cast(f.type) if f.name != "date" else columns[f.name] for f in LINES], schema=LINES
    )


def _safe(tables: Sequence[Typed], name: Field) -> pa.Array:
    """A text column with persons' numbers masked and blanks as null."""
    column = pa.concat_arrays([pa.array(t.texts[name], pa.string()) for t in tables])
    suspect = pc.match_substring_regex(column, MAY_HOLD_PERSON)
    if pc.any(suspect).as_py():
        masked = [mask(cell) for cell in column.filter(suspect).to_pylist()]
        column = pc.replace_with_mask(column, suspect, pa.array(masked, pa.string()))
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


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
