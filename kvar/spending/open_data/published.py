"""Which anchors' years are open data: somebody decided it, and it can be taken back."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kvar.core.errors import KvarError
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store

LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"  # without a language, as DCAT-AP-SE asks


@dataclass(frozen=True, slots=True)
class Opened:
    """A year of an anchor that is open data; `at` is a day, `contact` an e-mail address or empty."""

    anchor: str
    year: int
    by: str
    at: str
    contact: str = ""


def opened(store: Store) -> list[Opened]:
    """All of them, by anchor and year."""
    path = _path(store)
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return sorted((Opened(**row) for row in rows), key=lambda one: (one.anchor, one.year))


def open_year(
    store: Store, batches: Sequence[BatchRef], anchor: str, year: int, *, by: str, contact: str = ""
) -> Opened:
    """Decide that a year of an anchor is open data; `open_data.anchor` when no ledger of it is loaded."""
    if all(batch.anchor.slug != anchor for batch in batches):
        raise KvarError("open_data.anchor", anchor=anchor)
    one = Opened(anchor, year, by, datetime.now(UTC).date().isoformat(), contact)
    kept = [other for other in opened(store) if (other.anchor, other.year) != (anchor, year)]
    _write(store, [*kept, one])
    return one


def close_year(store: Store, anchor: str, year: int) -> None:
    """Take it back; `open_data.closed` when it was not open."""
    kept = [other for other in opened(store) if (other.anchor, other.year) != (anchor, year)]
    if len(kept) == len(opened(store)):
        raise KvarError("open_data.closed", anchor=anchor, year=year)
    _write(store, kept)


def _path(store: Store) -> Path:
    return store.root / "open_data" / "opened.json"


def _write(store: Store, rows: Sequence[Opened]) -> None:
    path = _path(store)
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
    beside.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1), encoding="utf-8")
    beside.rename(path)
