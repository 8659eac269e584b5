"""What a file's columns look like before anything counts: header, first values, and the mapping Kvar proposes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kvar.core.errors import KvarError
from kvar.core.numbers import mask
from kvar.ledger.container import open_payload
from kvar.ledger.formats import open_tables
from kvar.ledger.mapping import Mapping
from kvar.ledger.recognise import recognise
from kvar.ledger.sandbox import run

SHOWN, SAMPLE = 4, 50


@dataclass(frozen=True, slots=True)
class Preview:
    """Columns as (header, first values, persons masked), and the proposed mapping; None when nothing fits.

    `fixed` True: the format itself says what is what (e-invoices, SIE), there is nothing to match.
    """

    columns: tuple[tuple[str, tuple[str, ...]], ...]
    mapping: Mapping | None
    fixed: bool = False


def preview_in_child(path: Path, saved: Sequence[Mapping] = (), country: str | None = None) -> Preview:
    """`preview` in a sandboxed child; raises `ledger.*` when the file cannot be read at all."""
    return run(preview, path, {"saved": tuple(saved), "country": country})


def preview(path: Path, *, saved: Sequence[Mapping] = (), country: str | None = None) -> Preview:
    """The columns of the first table of a file with a proposal for what each means."""
    payload = open_payload(path)
    opened = open_tables(payload)
    if opened.mapping is not None:
        return Preview((), None, fixed=True)
    tables = opened.tables
    table = next((t for t in tables if t.header), tables[0])
    sample = table.records.sample(SAMPLE)
    try:
        mapping = recognise(table.header, sample, saved=saved, country=country)
    except KvarError:
        mapping = None
    columns = tuple((name, _values(sample, n)) for n, name in enumerate(table.header))
    return Preview(columns, mapping)


def _values(sample: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    cells = (row[column].strip() for row in sample if column < len(row))
    return tuple(mask(cell)[:60] for cell in dict.fromkeys(cells) if cell)[:SHOWN]
