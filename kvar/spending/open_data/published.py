"""Which anchors' years are open data: somebody decided it, and it can be taken back; both are kept in a log."""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kvar.core.errors import KvarError
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store

LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"  # without a language, as DCAT-AP-SE asks

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


@dataclass(frozen=True, slots=True)
class Opened:
    """A year of an anchor that is open data; `at` is a day, `contact` an e-mail address or empty."""

    anchor: str
    year: int
    by: str
    at: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the log: `what` is open or close; `at` is a time in UTC."""

    what: str
    anchor: str
    year: int
    by: str
    at: str


def opened(store: Store) -> list[Opened]:
    """All of them, by anchor and year."""
    path = _path(store)
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return sorted((Opened(**row) for row in rows), key=lambda one: (one.anchor, one.year))


def open_year(
    store: Store, batches: Sequence[BatchRef], anchor: str, year: int, *, by: str, contact: str = ""
) -> Opened:
    """Decide that a year of an anchor is open data.

    `open_data.anchor` when no ledger of it is loaded, `open_data.contact` for what is no e-mail address.
    """
    if all(batch.anchor.slug != anchor for batch in batches):
        raise KvarError("open_data.anchor", anchor=anchor)
    if contact and not _ADDRESS.fullmatch(contact):
        raise KvarError("open_data.contact", contact=contact)
    one = Opened(anchor, year, by, datetime.now(UTC).date().isoformat(), contact)
    kept = [other for other in opened(store) if (other.anchor, other.year) != (anchor, year)]
    _write(store, [*kept, one])
    _tell(store, Told("open", anchor, year, by, _now()))
    return one


def close_year(store: Store, anchor: str, year: int, *, by: str) -> None:
    """Take it back; `open_data.closed` when it was not open."""
    kept = [other for other in opened(store) if (other.anchor, other.year) != (anchor, year)]
    if len(kept) == len(opened(store)):
        raise KvarError("open_data.closed", anchor=anchor, year=year)
    _write(store, kept)
    _tell(store, Told("close", anchor, year, by, _now()))


def log(store: Store, anchor: str) -> list[Told]:
    """Who opened and took back what of an anchor, newest first."""
    path = _log_path(store)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [told for told in (Told(**json.loads(line)) for line in reversed(lines)) if told.anchor == anchor]


def _tell(store: Store, told: Told) -> None:
    with _log_path(store).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(told), ensure_ascii=False) + "\n")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _log_path(store: Store) -> Path:
    return store.root / "open_data" / "log.jsonl"


def _path(store: Store) -> Path:
    return store.root / "open_data" / "opened.json"


def _write(store: Store, rows: Sequence[Opened]) -> None:
    path = _path(store)
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
    beside.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1), encoding="utf-8")
    beside.rename(path)
