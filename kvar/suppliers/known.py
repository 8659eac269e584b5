"""The index of the names known before, kept on disk as the register's is, and grown by the names that came since.

`suppliers/known/<who>/<rows>-<digest>/`: `rows` names were known then; the digest is of them, of the files there and
of the code. When it is another, the index is made anew from the names. All of it may be deleted at any time.
"""

import hashlib
import secrets
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from kvar.ledger.store import Store
from kvar.suppliers import kept
from kvar.suppliers.grown import grown
from kvar.suppliers.index import Index, build
from kvar.suppliers.side import payees
from kvar.suppliers.signs import code

MADE_BY = (*kept.MADE_BY, "grown.py", "known.py")
KNOWN = "KVAR"  # the scheme of names already known, when they stand as a register: their numbers are places from 1
COLUMNS = ("name", "country", "postcode", "city")
TENTH = 10


def known_index(store: Store, who: str, names: pa.Table) -> tuple[Index, int]:
    """The index of some names (with COLUMNS; their entries are `KVAR-1` …), and how many of them were kept."""
    for folder in sorted(_place(store, who).glob("*-*")):
        rows = int(folder.name.partition("-")[0])
        if rows <= len(names) and _named(folder, names.slice(0, rows)) == folder.name:
            more, index = names.slice(rows), kept.opened(folder)
            return (grown(index, payees(_standing(more, rows))) if len(more) else index), rows
    return build(payees(_standing(names, 0))), 0


def keep_known(store: Store, who: str, names: pa.Table, rows: int) -> None:
    """Keep the index of some names for the next run, unless `rows` of them are kept and few have come since."""
    if not len(names) or len(names) - rows <= rows // TENTH:
        return
    made = store.root / "tmp" / f"known-{secrets.token_hex(8)}"
    kept.write(known_index(store, who, names)[0], made)
    folder = _place(store, who) / _named(made, names)
    for other in folder.parent.glob("*-*"):
        shutil.rmtree(other, ignore_errors=True)
    kept.into_place(made, folder)


def _place(store: Store, who: str) -> Path:
    return store.root / "suppliers" / "known" / who


def _named(folder: Path, names: pa.Table) -> str:
    """What a folder that holds the index of these names is called."""
    columns = [pc.fill_null(names[name].combine_chunks(), "\x1e") for name in COLUMNS]
    rows = "\n".join(pc.binary_join_element_wise(*columns, "\x1f").to_pylist())
    found = hashlib.sha256(f"{code(MADE_BY)} {rows}".encode())
    for path in sorted(folder.iterdir()):
        found.update(path.name.encode() + path.read_bytes())
    return f"{len(names)}-{found.hexdigest()}"


def _standing(names: pa.Table, before: int) -> pa.Table:
    """Names as a register of their own, each by its place."""
    place = pa.array(range(before + 1, before + len(names) + 1), pa.int64()).cast(pa.string())
    return pa.table(
        {"scheme": pa.repeat(KNOWN, len(names)), "number": place} | {name: names[name] for name in COLUMNS}
    )
