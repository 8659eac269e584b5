"""The derived tables of one file: Arrow where they are worked with, Parquet between processes and on disk."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

# Columns with few values a file are written by dictionary, running numbers by difference: half the size and the time.
_FEW = {
    "table", "date", "month", "unit", "text", "category", "code", "n", "scheme", "city", "legal_form", "is_person",
    "person",
}  # fmt: skip
_RUNNING = ("line", "line_last")
NAMES = ("lines", "payees", "categories", "rollup", "quarantine")


class Contents:
    """Tables in the schemas of `kvar.ledger.model`: lines, payees, categories, rollup, quarantine.

    Another process is handed the Parquet, and makes a table of it when one is asked for.
    """

    def __init__(self, tables: Mapping[str, pa.Table], files: Mapping[str, bytes | Path] | None = None) -> None:
        self._tables, self._files = dict(tables), dict(files or {})

    @classmethod
    def stored(cls, folder: Path) -> "Contents":
        """Those of a batch in the store."""
        return cls({}, {name: folder / f"{name}.parquet" for name in NAMES})

    @property
    def lines(self) -> pa.Table:
        """LINES."""
        return self.columns("lines")

    @property
    def payees(self) -> pa.Table:
        """PAYEES."""
        return self.columns("payees")

    @property
    def categories(self) -> pa.Table:
        """CATEGORIES."""
        return self.columns("categories")

    @property
    def rollup(self) -> pa.Table:
        """ROLLUP."""
        return self.columns("rollup")

    def columns(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table, or only some of its columns."""
        if name in self._tables:
            return self._tables[name].select(columns) if columns else self._tables[name]
        source = self._files[name]
        file = pa.BufferReader(source) if isinstance(source, bytes) else source
        with pq.ParquetFile(file) as parquet_file:
            return parquet_file.read(columns=columns, use_threads=False)

    def files(self) -> dict[str, bytes]:
        """Every table as the bytes of a Parquet file, by name."""
        return {name: self._bytes(name) for name in NAMES}

    def _bytes(self, name: str) -> bytes:
        if name in self._tables:
            return parquet(self._tables[name])
        source = self._files[name]
        return source if isinstance(source, bytes) else source.read_bytes()

    def __getstate__(self) -> dict[str, bytes]:
        return self.files()

    def __setstate__(self, files: dict[str, bytes]) -> None:
        self._tables, self._files = {}, dict(files)


def parquet(table: pa.Table) -> bytes:
    """The bytes of a Parquet file."""
    out = pa.BufferOutputStream()
    names = set(table.column_names)
    pq.write_table(
        table,
        out,
        compression="zstd",
        use_dictionary=sorted(names & _FEW),
        column_encoding={name: "DELTA_BINARY_PACKED" for name in _RUNNING if name in names} or None,
    )
    written: bytes = out.getvalue().to_pybytes()
    return written
