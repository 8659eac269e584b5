"""Rows held back, as a table of the batch: why, and the cells, so that they can be corrected and sent again."""

import json
from collections.abc import Iterable

import pyarrow as pa

from kvar.core.numbers import mask, replace_persons, token
from kvar.ledger.table import Quarantined

QUARANTINE = pa.schema(
    [
        pa.field("table", pa.int16()),
        pa.field("line", pa.int32()),
        pa.field("line_last", pa.int32()),
        pa.field("code", pa.string()),
        pa.field("values", pa.string()),  # JSON: what the sentence of the code is filled with
        pa.field("cells", pa.list_(pa.string())),
    ]
)


def quarantine_table(quarantined: Iterable[tuple[int, Quarantined]], key: bytes) -> pa.Table:
    """QUARANTINE of (table, row): cells as sent but for persons' numbers, which are tokens."""
    rows = [
        {
            "table": n,
            "line": held.first,
            "line_last": held.last,
            "code": held.code,
            "values": json.dumps({name: mask(str(value)) for name, value in held.values.items()}),
            "cells": [replace_persons(cell, lambda number: token(number, key)) for cell in held.cells],
        }
        for n, held in quarantined
    ]
    return pa.Table.from_pylist(rows, QUARANTINE)
