"""A contract register from CSV or a workbook, read as strictly as a ledger: every line is a contract, rejected with
a reason, or furniture. Read in a sandboxed child; only `load_register_file` writes.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kvar.core.errors import KvarError
from kvar.core.numbers import mask, replace_persons, token
from kvar.ledger.amounts import decide_decimal
from kvar.ledger.container import Payload, open_payload
from kvar.ledger.dates import decide_order
from kvar.ledger.delimited import DELIMITERS, Reader, decide_delimiter
from kvar.ledger.encoding import decode
from kvar.ledger.lines import physical_lines
from kvar.ledger.records import Row
from kvar.ledger.sandbox import run
from kvar.ledger.store import Store
from kvar.ledger.workbook import sheets
from kvar.spending.contract_rows import Way, columns_of, contract, is_header
from kvar.spending.contracts import Contract, Register, Rejected, save_register

HEADER_WITHIN = 40


def load_register_file(path: Path, *, store: Store, anchor: str, country: str, by: str) -> Register:
    """Read a file in a child and make it the anchor's register; `contracts.*` and `ledger.file.*` when refused."""
    found = run(read_register, path, {"country": country, "key": store.person_key()})
    if not found.contracts:
        raise KvarError("contracts.nothing", file=path.name, rejected=len(found.rejected))
    store.keep_raw(path, found.sha256)
    kept = replace(found, at=datetime.now(UTC).isoformat(timespec="seconds"), by=by)
    save_register(store, anchor, kept)
    return kept


def read_register(path: Path, *, country: str, key: bytes) -> Register:
    """The register of a file; `contracts.columns` when no header has a supplier and an end."""
    payload = open_payload(path)
    rows, torn, lines = _rows(payload)
    at = next((n for n, row in enumerate(rows[:HEADER_WITHIN]) if is_header(row.cells)), None)
    if at is None:
        seen = next((row.cells for row in rows if any(cell.strip() for cell in row.cells)), [])
        raise KvarError("contracts.columns", file=payload.name, seen=", ".join(filter(None, seen))[:300] or "–")
    used = [row for row in rows[at + 1 :] if any(cell.strip() for cell in row.cells)]
    header = [cell.strip() for cell in rows[at].cells]
    contracts, rejected = _sorted(used, _way(header, used, payload, country, key), len(header))
    furniture = lines - sum(row.last - row.first + 1 for row in used) - len(torn)
    held = tuple(_tokened(row, key) for row in (*rejected, *torn))
    return Register(mask(path.name), payload.sha256, header, lines, furniture, contracts, held)


def _tokened(row: Rejected, key: bytes) -> Rejected:
    """Persons' numbers as tokens, read as the same person when the row is sent again; none in the reason."""
    cells = [replace_persons(cell, lambda number: token(number, key)) for cell in row.cells]
    values: dict[str, object] = {name: mask(str(value)) for name, value in row.values.items()}
    return replace(row, values=values, cells=cells)


def _rows(payload: Payload) -> tuple[list[Row], list[Rejected], int]:
    """Rows of the text or of the first sheet with a header, lines with a torn quote, and how many lines there are."""
    if payload.kind == "workbook":
        found = [records.rows() for _, records, hidden in sheets(payload) if len(records) and not hidden]
        fits = (rows for rows in found if any(is_header(row.cells) for row in rows[:HEADER_WITHIN]))
        chosen = next(fits, found[0] if found else [])
        return chosen, [], chosen[-1].last if chosen else 0
    if payload.kind != "text":
        raise KvarError("contracts.kind", file=payload.name)
    lines = physical_lines(decode(payload.data, payload.name).text, payload.name)
    head = [line.replace('"', "") for line in lines.texts(0, HEADER_WITHIN)]
    sign = next((s for s in DELIMITERS if any(is_header(line.split(s)) for line in head)), None)
    read = list(Reader(lines, sign or decide_delimiter(lines.texts(0, 200))).one_by_one(0))
    torn = [Rejected(item.first, item.code, item.values, item.cells) for item in read if not isinstance(item, Row)]
    return [item for item in read if isinstance(item, Row)], torn, len(lines)


def _way(header: Sequence[str], rows: Sequence[Row], payload: Payload, country: str, key: bytes) -> Way:
    columns = columns_of(header)
    way = Way(columns, ".", "dmy", payload.kind == "workbook", country, key)
    values = [way.cell(row.cells, "value") for row in rows]
    days = [way.cell(row.cells, field) for row in rows for field in ("start", "end", "last_end")]
    return replace(way, decimal=decide_decimal(values) or ("," if country == "SE" else "."), order=decide_order(days))


def _sorted(rows: Sequence[Row], way: Way, width: int) -> tuple[tuple[Contract, ...], tuple[Rejected, ...]]:
    contracts: list[Contract] = []
    rejected: list[Rejected] = []
    for row in rows:
        try:
            if len(row.cells) < width or any(cell.strip() for cell in row.cells[width:]):
                raise KvarError("ledger.row.cells", found=len(row.cells), expected=width)
            contracts.append(contract(row, way))
        except KvarError as error:
            rejected.append(Rejected(row.first, error.code, dict(error.values), row.cells))
    return tuple(contracts), tuple(rejected)
