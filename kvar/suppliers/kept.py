"""The index of the registers' firms kept on disk, read as it lies there, so that a new month need not make it anew.

`matching/<sign>/` holds arrays (`.npy`) and texts (`.arrow`). The sign is of the firms' file (size and time) and of
the code that makes an index: when either is another the index is stale, is made anew and the old one goes. All of it
is derived and may be deleted at any time.
"""

import secrets
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from kvar.ledger.store import Store
from kvar.suppliers.block import keys
from kvar.suppliers.blocks import Blocks, sorted_blocks
from kvar.suppliers.index import Index, Values, build
from kvar.suppliers.names import Names
from kvar.suppliers.side import CODED, Payees, Side, payees
from kvar.suppliers.signs import sign
from kvar.suppliers.spelt import spellings

MADE_BY = tuple(
    f"{name}.py"
    for name in (
        "block",
        "blocks",
        "index",
        "kept",
        "names",
        "normalise",
        "parts",
        "rarity",
        "side",
        "spelt",
        "validity",
    )
)
VALUED = (*CODED, "form")
COLUMNS = ["scheme", "number", "name", "country", "postcode"]
Arrays = dict[str, npt.NDArray[Any]]


def register_index(store: Store) -> Index | None:
    """The index of the firms that have a number, made when missing or stale; None where no register is loaded."""
    path = store.root / "registers" / "firms.parquet"
    if not path.exists():
        return None
    folder = store.root / "matching" / sign([path], MADE_BY)
    if not folder.exists():
        table = pq.read_table(path, columns=COLUMNS)
        made = store.root / "tmp" / f"index-{secrets.token_hex(8)}"
        write(build(payees(table.filter(table["number"].is_valid()))), made)
        into_place(made, folder)
        for other in folder.parent.iterdir():
            if other != folder:
                shutil.rmtree(other)
    found = opened(folder)
    return found if len(found.side) else None


def into_place(made: Path, folder: Path) -> None:
    """The folder, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        made.rename(folder)
    except OSError:  # another process was first
        shutil.rmtree(made)


def write(index: Index, folder: Path) -> None:
    """Write an index, with its blocks and spellings, into a new folder."""
    folder.mkdir(parents=True)
    for name, array in _arrays(index).items():
        np.save(folder / f"{name}.npy", array)
    for name, table in _tables(index).items():
        with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as file, pa.ipc.new_file(file, table.schema) as out:
            out.write_table(table.combine_chunks())


def _arrays(index: Index) -> Arrays:
    side = index.side
    blocks = index.blocks or sorted_blocks(keys(side, None))
    known = np.flatnonzero(index.words.count > 0)
    spelled = index.spelled or sorted_blocks(spellings(index.folded, known))
    return {
        "words": side.words, "city_word": side.city_word, "valid": side.valid, "owner": side.payees.owner,
        "form": side.payees.names.form, "ends": index.ends, "total": np.array([index.total]),
        "count": index.words.count, "couples": index.couples.texts.to_numpy(), "couples_count": index.couples.count,
        "block_keys": blocks.keys, "block_rows": blocks.rows, "spelled_keys": spelled.keys,
        "spelled_rows": spelled.rows,
        **{f"codes_{name}": side.codes[name] for name in CODED},
        **{f"count_{name}": index.values[name].count for name in VALUED},
    }  # fmt: skip


def _tables(index: Index) -> dict[str, pa.Table]:
    values = {f"values_{name}": pa.table({"text": index.values[name].texts}) for name in VALUED}
    texts = pa.table({"text": index.words.texts, "folded": index.folded})
    return {"payees": index.side.payees.table, "texts": texts, **values}


def opened(folder: Path) -> Index:
    """The index kept in a folder; nothing is read before it is asked for."""
    arrays = {path.stem: np.asarray(np.load(path, mmap_mode="r")) for path in folder.glob("*.npy")}
    tables = {path.stem: pa.ipc.open_file(pa.memory_map(str(path))).read_all() for path in folder.glob("*.arrow")}
    texts = _column(tables["texts"], "text")
    none = np.zeros(0, np.int64)
    names = Names(texts, none.astype(np.int32), none, none, arrays["form"])  # the words are in the matrix
    side = Side(
        Payees(tables["payees"], names, arrays["owner"]),
        arrays["words"],
        {name: arrays[f"codes_{name}"] for name in CODED},
        arrays["city_word"],
        arrays["valid"],
    )
    return Index(
        side,
        Values(texts, arrays["count"]),
        _column(tables["texts"], "folded"),
        int(arrays["total"][0]),
        Values(pa.array(arrays["couples"]), arrays["couples_count"]),
        {name: Values(_column(tables[f"values_{name}"], "text"), arrays[f"count_{name}"]) for name in VALUED},
        arrays["ends"],
        Blocks(arrays["block_keys"], arrays["block_rows"]),
        Blocks(arrays["spelled_keys"], arrays["spelled_rows"]),
    )


def _column(table: pa.Table, name: str) -> pa.Array:
    return table[name].combine_chunks() if table.num_rows else pa.array([], pa.string())
