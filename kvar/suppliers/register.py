"""Read registers into the store: who a number is, where it sits and works, what form it has, who owns it."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.suppliers.entries import ENTRIES, WORKPLACES, Piece, entries, workplaces
from kvar.suppliers.firms import merge
from kvar.suppliers.loaded import RegisterInfo, remove
from kvar.suppliers.registers.catalogue import Register, by_id, catalogue
from kvar.suppliers.registers.reading import Source, open_source, tables
from kvar.suppliers.workplaces import merge_places

BROKEN_LIMIT = 0.01
SCHEMAS = {"firms": ENTRIES, "workplaces": WORKPLACES, "residents": WORKPLACES}


class Loaded(NamedTuple):
    """The registers that were read, and how many firms all loaded registers know together."""

    registers: tuple[RegisterInfo, ...]
    firms: int


def load_registers(paths: Iterable[Path], *, store: Store, country: str, as_of: str, register: str = "") -> Loaded:
    """Read files and make anew the tables made of all registers, also when a later file is refused.

    Raises what `read_file` does, at the first file that is refused.
    """
    done: list[RegisterInfo] = []
    try:
        for path in paths:
            done += read_file(path, store=store, country=country, as_of=as_of, register=register)
    finally:
        firms = combine(store) if done else 0
    return Loaded(tuple(done), firms)


def read_file(path: Path, *, store: Store, country: str, as_of: str, register: str = "") -> tuple[RegisterInfo, ...]:
    """Read a file as every register whose signature it bears (or as the one named) and put it in the store.

    Raises `suppliers.register.columns` (none fits), `.empty`, `.header`, `.encoding`, `.broken`, `.value`.
    """
    source = open_source(path)
    chosen = _fitting(source, register)
    digest = _sha256(path)
    return tuple(_load(path, store, one, _Told(one.country or country, as_of, digest)) for one in chosen)


def combine(store: Store) -> int:
    """Make anew what all loaded registers say together; how many firms are known."""
    merge_places(store)
    return merge(store)


def remove_register(name: str, *, store: Store) -> RegisterInfo:
    """Take one out and make the others' common tables anew; `suppliers.register.not_loaded`."""
    info = remove(store, name)
    combine(store)
    return info


@dataclass(frozen=True, slots=True)
class _Told:
    country: str
    as_of: str
    sha256: str


def _fitting(source: Source, register: str) -> list[Register]:
    """The register asked for; else all whose signature fits; else the first plain one."""
    known = [by_id(register)] if register else list(catalogue())
    fit = [one for one in known if one.match(source.header) is not None]
    signed = [one for one in fit if one.signature]
    if not fit:
        raise KvarError("suppliers.register.columns", file=source.path.name, seen=", ".join(source.header)[:300])
    return signed or fit[:1]


def _load(path: Path, store: Store, register: Register, told: _Told) -> RegisterInfo:
    source = open_source(path)
    columns = register.match(source.header) or {}
    name = _name(path, register)
    folder = store.root / "registers" / register.kind
    folder.mkdir(exist_ok=True)
    beside = folder / f"{name}.tmp"
    counts = [0, 0, 0, 0]  # rows, kept, unnumbered, persons
    try:
        with pq.ParquetWriter(beside, SCHEMAS[register.kind], compression="zstd") as writer:
            for piece, rows in _pieces(source, register, columns, told.country):
                writer.write_table(piece.kept)
                for n, more in enumerate((rows, piece.kept.num_rows, piece.unnumbered, piece.persons)):
                    counts[n] += more
        _not_broken(source, counts[0])
        beside.rename(folder / f"{name}.parquet")
    finally:
        beside.unlink(missing_ok=True)
    info = RegisterInfo(
        name, register.id, register.kind, told.country, told.as_of, path.name, told.sha256,
        counts[0] + source.broken, counts[1], counts[2], counts[3], source.broken,
    )  # fmt: skip
    (folder / f"{name}.json").write_text(json.dumps(asdict(info), ensure_ascii=False), encoding="utf-8")
    return info


def _pieces(source: Source, register: Register, columns: dict[str, str], country: str) -> Iterator[tuple[Piece, int]]:
    read = entries if register.kind == "firms" else workplaces
    for table in tables(source, register, columns):
        yield read(table, register, country), table.num_rows


def _not_broken(source: Source, rows: int) -> None:
    if source.broken > BROKEN_LIMIT * max(rows, 1):
        raise KvarError("suppliers.register.broken", file=source.path.name, n=source.broken, line=source.first_broken)


def _name(path: Path, register: Register) -> str:
    """The file's own name, with the register's where one file holds several."""
    stem = re.sub(r"[^a-z0-9åäö]+", "-", path.name.split(".")[0].lower()).strip("-")
    return f"{stem}-{register.id}" if register.format == "xlsx" else stem


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
