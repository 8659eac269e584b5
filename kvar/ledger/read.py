"""One file to a ReadResult. Runs inside the sandboxed child; nothing here writes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from kvar.core.errors import KvarError
from kvar.ledger.assemble import assemble
from kvar.ledger.container import Payload, open_payload
from kvar.ledger.contents import Contents
from kvar.ledger.convert import NOTHING, Typed, convert
from kvar.ledger.formats import open_tables
from kvar.ledger.identities import Identities
from kvar.ledger.internal import set_aside
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Field, Notice
from kvar.ledger.notices import SMALL_SHARE, of_table
from kvar.ledger.quarantine import quarantine_table
from kvar.ledger.recognise import drift, recognise
from kvar.ledger.result import ReadResult, TableResult, account
from kvar.ledger.table import RawTable
from kvar.ledger.totals import total_notices

SAMPLE = 50
NEEDED: tuple[Field, ...] = ("supplier_name", "amount")


def read(path: Path, *, key: bytes, **how: Any) -> ReadResult:
    """Read a ledger file as `read_payload` does."""
    return read_payload(open_payload(path), key=key, **how)


def read_payload(
    payload: Payload,
    *,
    key: bytes,
    source: str | None = None,
    mapping: Mapping | None = None,
    saved: Sequence[Mapping] = (),
    country: str | None = None,
) -> ReadResult:
    """Read a ledger. `key` keys persons; `mapping` overrides recognition, `country` is for a guess; `ledger.*`."""
    opened = open_tables(
        payload, encoding=mapping.encoding if mapping else None, delimiter=mapping.delimiter if mapping else None
    )
    encoding, tables = opened.encoding, opened.tables
    how = {"source": source, "saved": saved, "country": country}
    mappings = [opened.mapping or _mapping(table, mapping, len(tables), how) for table in tables]
    if not any(mappings):
        raise _missing(tables, mapping)
    typed = [_convert(table, found, payload.name) for table, found in zip(tables, mappings, strict=True)]
    used = [found for found in mappings if found is not None]
    held = tuple((n, item) for n, table in enumerate(tables) for item in table.quarantined)
    contents = Contents(assemble(typed, used[0].country, key) | {"quarantine": quarantine_table(held, key)})
    results = tuple(
        _result(payload, encoding, table, found or used[0], columns)
        for table, found, columns in zip(tables, mappings, typed, strict=True)
    )
    known = Identities()
    known.add(contents.payees)
    results = (_with(results[0], tuple(known.notices())), *results[1:])
    return ReadResult(
        payload.sha256,
        used[0],
        tuple(table.header for table in tables),
        results,
        held,
        _months(typed),
        known,
        contents,
    )


def _mapping(table: RawTable, given: Mapping | None, n_tables: int, how: dict[str, Any]) -> Mapping | None:
    """The mapping of a table, the given one where it fits; None: a sheet without the columns, all of it furniture."""
    if given is not None:
        return given if all(given.columns.get(name) in table.header for name in NEEDED) else None
    table.notices += drift(table.header, how["saved"])
    try:
        return recognise(table.header, table.records.sample(SAMPLE), **how)
    except KvarError:
        if n_tables == 1 or how["source"] is not None:
            raise
        return None


def _missing(tables: Sequence[RawTable], given: Mapping | None) -> KvarError:
    """No table has the columns that a ledger must have."""
    seen = [name for table in tables for name in table.header if name.strip()]
    missing = [name for name in NEEDED if given is None or given.columns.get(name) not in seen]
    return KvarError("ledger.columns.missing", missing=", ".join(missing), seen=", ".join(seen)[:400])


def _convert(table: RawTable, mapping: Mapping | None, name: str) -> Typed:
    if mapping is not None:
        typed = convert(table, mapping, name)
        table.notices += set_aside(typed, mapping)
        return typed
    table.leave_out()
    table.notices.append(Notice("ledger.notice.sheet_left_out", {"sheet": table.sheet or ""}))
    return NOTHING


def _result(payload: Payload, encoding: str, table: RawTable, mapping: Mapping, typed: Typed) -> TableResult:
    notices = [*table.notices, *total_notices(table, typed, mapping), *of_table(typed, payload.name)]
    if mapping.usual_lines and len(typed.first) < SMALL_SHARE * mapping.usual_lines:
        notices.append(Notice("ledger.notice.few_lines", {"n": len(typed.first), "usual": mapping.usual_lines}))
    if len(typed.month) and not typed.month.any():
        notices.append(Notice("ledger.notice.no_dates", {"n": len(typed.month)}))
    if mapping.publication_floor_minor:
        floor = {"floor": mapping.publication_floor_minor, "currency": mapping.currency}
        notices.append(Notice("ledger.notice.publication_floor", floor))
    if mapping.names_only:
        notices.append(Notice("ledger.notice.not_for_money"))
    if mapping.guessed:
        notices.append(Notice("ledger.notice.guessed", {"columns": _columns(mapping)}))
    if mapping.notes:
        others = ", ".join(mapping.notes)
        notices.append(
            Notice("ledger.notice.several_amounts", {"chosen": mapping.columns["amount"], "others": others})
        )
    return account(
        table,
        typed,
        notices,
        file=payload.name,
        sha256=payload.sha256,
        source=mapping.source,
        encoding=encoding,
        currency=mapping.currency,
        guessed=mapping.guessed,
    )


def _columns(mapping: Mapping) -> str:
    return ", ".join(f"{name} = {header}" for name, header in mapping.columns.items())


def _with(result: TableResult, notices: tuple[Notice, ...]) -> TableResult:
    return replace(result, warnings=result.warnings + notices)


def _months(typed: Sequence[Typed]) -> dict[int, int]:
    values, counts = np.unique(np.concatenate([t.month for t in typed]), return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))
