"""A small table that people made by hand: a header and rows of text, read as strictly as a ledger."""

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from kvar.core.errors import KvarError
from kvar.ledger.amounts import AmountError, decide_decimal, parse_amount
from kvar.ledger.delimited import DELIMITERS
from kvar.ledger.encoding import decode
from kvar.ledger.mapping import fold

LIMIT = 2_000_000  # bytes


@dataclass(frozen=True, slots=True)
class SmallTable:
    """`rows` under `header`, each with the number of its line in the file."""

    file: str
    sha256: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_small_table(path: Path) -> SmallTable:
    """A CSV whose first line that is not blank is the header.

    `ledger.file.too_large`, `spending.table.empty`, or for a line of another width or with a quote that does not
    end `spending.table.cells` and `spending.table.torn`.
    """
    data = path.read_bytes()
    if len(data) > LIMIT:
        raise KvarError("ledger.file.too_large", file=path.name, limit=LIMIT)
    text = decode(data, path.name).text
    read = csv.reader(StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        used = [(read.line_num, tuple(map(str.strip, cells))) for cells in read if any(map(str.strip, cells))]
    except csv.Error as error:
        raise KvarError("spending.table.torn", file=path.name, line=read.line_num) from error
    if len(used) < 2:
        raise KvarError("spending.table.empty", file=path.name)
    (_, header), *rows = used
    wrong = next(((line, len(cells)) for line, cells in rows if len(cells) != len(header)), None)
    if wrong:
        raise KvarError("spending.table.cells", file=path.name, line=wrong[0], found=wrong[1], expected=len(header))
    return SmallTable(path.name, hashlib.sha256(data).hexdigest(), header, tuple(rows))


def columns(table: SmallTable, names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each of our columns is, by any of its names; `spending.table.columns` when one is missing."""
    at = {fold(name): number for number, name in enumerate(table.header)}
    found = {ours: next((at[fold(n)] for n in theirs if fold(n) in at), None) for ours, theirs in names.items()}
    missing = [names[ours][0] for ours, number in found.items() if number is None]
    if missing:
        raise KvarError("spending.table.columns", file=table.file, missing=", ".join(missing),
                        seen=", ".join(table.header))  # fmt: skip
    return {ours: number for ours, number in found.items() if number is not None}


def hundredths(table: SmallTable, line: int, text: str) -> int:
    """A number with at most two decimals, in hundredths; `spending.table.number`."""
    bare = text.removesuffix("%").strip()
    try:
        return parse_amount(bare, decide_decimal([bare]) or ".")
    except AmountError as error:
        raise KvarError("spending.table.number", file=table.file, line=line, value=text[:40] or "–") from error


def _delimiter(text: str) -> str:
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=head.count)
