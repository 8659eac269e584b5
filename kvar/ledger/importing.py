"""A file into the store: read in a child, compared with its control total, written whole or not at all."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from kvar.core.errors import KvarError
from kvar.core.numbers import mask, replace_persons, token
from kvar.ledger.earlier import Earlier
from kvar.ledger.mapping import Mapping as ColumnMapping
from kvar.ledger.model import Anchor, BatchRef, Notice
from kvar.ledger.result import ReadResult, TableResult
from kvar.ledger.sandbox import read_in_child
from kvar.ledger.store import Store

CHILDREN = 2
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


@dataclass(frozen=True, slots=True)
class Options:
    """How files are to be read: a named source, a mapping, saved mappings; and a typed control total (minor)."""

    source: str | None = None
    mapping: ColumnMapping | None = None
    saved: Sequence[ColumnMapping] = ()
    control_total: int | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """One file's outcome: a batch with its accounts, or the error that refused it."""

    path: Path
    batch: BatchRef | None
    tables: tuple[TableResult, ...]
    notices: tuple[Notice, ...]
    error: KvarError | None = None


def read_files(paths: Sequence[Path], key: bytes, options: Options) -> Iterator[tuple[Path, ReadResult | KvarError]]:
    """Each file read in a child of its own, two at a time, in the order given."""

    def one(path: Path) -> ReadResult | KvarError:
        try:
            return read_in_child(
                path, key=key, source=options.source, mapping=options.mapping, saved=tuple(options.saved)
            )
        except KvarError as error:
            return error

    with ThreadPoolExecutor(CHILDREN) as pool:
        yield from zip(paths, pool.map(one, paths), strict=True)


def import_files(paths: Sequence[Path], *, store: Store, anchor: Anchor, options: Options) -> Iterator[Imported]:
    """Import files for one anchor, one batch a file; a refused file leaves nothing and the others go on."""
    earlier = Earlier(store, anchor)
    for path, answer in read_files(paths, store.person_key(), options):
        try:
            yield _import(path, checked(answer, earlier, options), store, anchor, earlier)
        except KvarError as error:
            yield Imported(path, None, (), (), error)


def checked(answer: ReadResult | KvarError, earlier: Earlier, options: Options) -> ReadResult:
    """The answer if it may be loaded; raises why it may not."""
    if isinstance(answer, KvarError):
        raise answer
    earlier.refuse_same(answer.sha256)
    if answer.mapping.names_only:
        raise KvarError("ledger.batch.not_for_money", source=answer.mapping.source)
    total = sum(t.sum_positive_minor + t.sum_negative_minor for t in answer.tables)
    if options.control_total is not None and total != options.control_total:
        values = {"found": total, "stated": options.control_total, "currency": answer.mapping.currency}
        raise KvarError("ledger.control_total.differs", **values)
    return answer


def _import(path: Path, result: ReadResult, store: Store, anchor: Anchor, earlier: Earlier) -> Imported:
    if not sum(table.loaded for table in result.tables):
        raise KvarError("ledger.batch.nothing_loaded", file=path.name)
    notices = tuple(earlier.notices(result))
    store.keep_raw(path, result.sha256)
    batch_id = f"{anchor.slug}-{result.sha256[:16]}"
    report = _report(path, result, anchor, notices)
    folder = store.write_batch(batch_id, _tables(result, store.person_key()), report)
    ref = BatchRef(batch_id, folder, anchor, result.mapping.currency)
    earlier.add(ref, report)
    return Imported(path, ref, result.tables, notices)


def _tables(result: ReadResult, key: bytes) -> dict[str, pa.Table]:
    contents = result.contents
    return {
        "lines": contents.lines,
        "payees": contents.payees,
        "categories": contents.categories,
        "rollup": contents.rollup,
        "quarantine": quarantine_table(result, key),
    }


def quarantine_table(result: ReadResult, key: bytes) -> pa.Table:
    """Quarantined rows: table, lines, reason, and the cells as sent but for persons' numbers, which are tokens."""
    rows = [
        {
            "table": n,
            "line": held.first,
            "line_last": held.last,
            "code": held.code,
            "values": json.dumps({name: mask(str(value)) for name, value in held.values.items()}),
            "cells": [replace_persons(cell, lambda number: token(number, key)) for cell in held.cells],
        }
        for n, held in result.quarantined
    ]
    return pa.Table.from_pylist(rows, QUARANTINE)


def _report(path: Path, result: ReadResult, anchor: Anchor, notices: Sequence[Notice]) -> dict[str, Any]:
    return {
        "file": mask(path.name),
        "sha256": result.sha256,
        "created": datetime.now(UTC).isoformat(),
        "anchor": asdict(anchor),
        "currency": result.mapping.currency,
        "mapping": result.mapping.to_json(),
        "headers": result.headers,
        "months": {str(month): n for month, n in result.months.items()},
        "tables": [table.to_json() for table in result.tables],
        "notices": [asdict(notice) for notice in notices],
    }
