"""A register's file to tables of text, piece by piece: decided, never sniffed; broken rows are counted."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

import pyarrow as pa
import pyarrow.csv as pacsv

from kvar.core.errors import KvarError
from kvar.ledger.encoding import decode
from kvar.ledger.workbook import as_text
from kvar.suppliers.registers.agencies import agencies
from kvar.suppliers.registers.catalogue import Register

BLOCK = 8 * 1024**2
MAX_UNPACKED = 6 * 1024**3
DELIMITERS = ";\t,"


@dataclass(slots=True)
class Source:
    """An opened register: its header, and how many rows were broken so far and where the first was."""

    path: Path
    header: list[str]
    kind: str  # csv, xlsx, json
    table: pa.Table | None = None
    broken: int = 0
    first_broken: int = 0
    delimiter: str = ","


def open_source(path: Path) -> Source:
    """Read as far as the header; `suppliers.register.empty`, `.header`, `.archive`."""
    if path.suffix.lower() in (".xlsx", ".xls"):
        return _workbook(path)
    if path.suffix.lower() == ".json":
        rows = agencies(path)
        return Source(path, rows.column_names, "json", rows)
    with _bytes(path) as file:
        raw = file.readline(1_000_000)
    line = decode(raw, path.name).text.strip("\r\n\ufeff")
    delimiter = max(DELIMITERS, key=line.count)
    try:
        header = next(csv.reader(StringIO(line), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise KvarError("suppliers.register.header", file=path.name) from error
    if not any(name.strip() for name in header):
        raise KvarError("suppliers.register.empty", file=path.name)
    return Source(path, _unlike(header), "csv", delimiter=delimiter)


def tables(source: Source, register: Register, columns: dict[str, str]) -> Iterator[pa.Table]:
    """The rows as text under our fields' names, in pieces."""
    if source.table is not None:
        yield source.table.select(list(columns.values())).rename_columns(list(columns))
        return
    try:
        for batch in _csv(source, register, list(columns.values())):
            yield pa.Table.from_batches([batch]).rename_columns(list(columns))
    except pa.ArrowInvalid as error:
        code = "encoding" if "UTF8" in str(error) else "header"
        raise KvarError(f"suppliers.register.{code}", file=source.path.name) from error


def _csv(source: Source, register: Register, wanted: Sequence[str]) -> Iterator[pa.RecordBatch]:
    def broken(row: pacsv.InvalidRow) -> str:
        source.broken += 1
        source.first_broken = source.first_broken or (row.number or 0)
        return "skip"

    quote: Any = '"' if register.quoted else False
    with _text(source, register) as file:
        yield from pacsv.open_csv(
            file,
            read_options=pacsv.ReadOptions(
                column_names=source.header,
                skip_rows=1,
                block_size=BLOCK,
                use_threads=False,
                encoding=register.encoding or "utf-8",
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=register.delimiter or source.delimiter,
                quote_char=quote,
                newlines_in_values=register.quoted,
                invalid_row_handler=broken,
            ),
            convert_options=pacsv.ConvertOptions(
                include_columns=list(wanted),
                column_types=dict.fromkeys(wanted, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )


def _text(source: Source, register: Register) -> BinaryIO:
    """The bytes as the register says they are encoded; a plain file's are read whole and decided from."""
    if register.encoding:
        return _bytes(source.path)
    with _bytes(source.path) as file:
        return BytesIO(decode(file.read(), source.path.name).text.encode())


def _bytes(path: Path) -> BinaryIO:
    """The file, or the one file in a ZIP; `suppliers.register.archive` if it holds several or too much."""
    if path.suffix.lower() != ".zip":
        return path.open("rb")
    try:
        archive = ZipFile(path)
        (item,) = archive.infolist()
    except (BadZipFile, ValueError) as error:
        raise KvarError("suppliers.register.archive", file=path.name) from error
    if item.file_size > MAX_UNPACKED:
        raise KvarError("suppliers.register.archive", file=path.name)
    return archive.open(item)  # type: ignore[return-value]


def _workbook(path: Path) -> Source:
    """The first sheet; its first row is the header."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only workbooks need it

    try:
        book = CalamineWorkbook.from_path(path)
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=True)
    except CalamineError as error:
        raise KvarError("ledger.file.workbook", file=path.name) from error
    if not rows:
        raise KvarError("suppliers.register.empty", file=path.name)
    header = _unlike([as_text(cell) for cell in rows[0]])
    cells = {name: [as_text(row[n]) or None for row in rows[1:]] for n, name in enumerate(header)}
    return Source(path, header, "xlsx", pa.table(cells, pa.schema([(name, pa.string()) for name in header])))


def _unlike(header: Sequence[str]) -> list[str]:
    """Header names without blanks around, each once: an empty or second one gets its number."""
    found: list[str] = []
    for number, name in enumerate(header, 1):
        bare = name.strip()
        found.append(bare if bare and bare not in found else f"{bare}#{number}")
    return found
