"""A payload to raw tables, whatever it is: text, workbook, SIE 4, an e-invoice or an archive of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from kvar.core.errors import KvarError
from kvar.ledger.container import MAX_BYTES, Payload
from kvar.ledger.einvoice import read_invoices
from kvar.ledger.mapping import Mapping
from kvar.ledger.reading import read_tables
from kvar.ledger.sie import is_sie, read_sie
from kvar.ledger.table import RawTable

MAX_MEMBERS = 20_000
MAX_UNPACKED = 500_000_000


@dataclass(frozen=True, slots=True)
class Opened:
    """Encoding, tables, and the mapping where the format itself says what is what."""

    encoding: str
    tables: list[RawTable]
    mapping: Mapping | None = None


def open_tables(payload: Payload, *, encoding: str | None = None, delimiter: str | None = None) -> Opened:
    """The tables of a payload; raises `ledger.*`."""
    if payload.kind in ("xml", "archive"):
        documents = _members(payload) if payload.kind == "archive" else iter([(payload.name, payload.data)])
        table, mapping = read_invoices(documents)
        return Opened("xml", [table], mapping)
    if payload.kind == "text" and is_sie(payload.data):
        code, table, mapping = read_sie(payload.data, payload.name)
        return Opened(code, [table], mapping)
    code, tables = read_tables(payload, encoding=encoding, delimiter=delimiter)
    return Opened(code, tables)


def _members(payload: Payload) -> Iterator[tuple[str, bytes]]:
    """The XML files of an archive, within limits; anything else in it refuses the whole."""
    try:
        with ZipFile(BytesIO(payload.data)) as archive:
            found = sorted((item for item in archive.infolist() if not item.is_dir()), key=lambda item: item.filename)
            if len(found) > MAX_MEMBERS or sum(item.file_size for item in found) > min(MAX_UNPACKED, MAX_BYTES):
                raise KvarError("ledger.file.bomb", file=payload.name)
            if not found or not all(item.filename.lower().endswith(".xml") for item in found):
                raise KvarError("ledger.file.zip", file=payload.name)
            for item in found:
                with archive.open(item) as member:
                    yield item.filename, member.read(item.file_size + 1)
    except BadZipFile as error:
        raise KvarError("ledger.file.truncated", file=payload.name) from error
