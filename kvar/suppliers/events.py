"""What has been decided about who is who: events, only ever added, each with its author and reason.

One JSON file an event, `identity/events/<number>.json`, made exclusively, so that two people at once get two numbers.
Kinds: `match` (a run of the matching: joins, entries, pairs to ask), `answer`, `merge`, `split`, `undo`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from kvar.core.errors import KvarError
from kvar.ledger.store import Store

Kind = Literal["match", "answer", "merge", "split", "undo"]
MATCHING = "kvar"  # the author of events that the matching made


@dataclass(frozen=True, slots=True)
class Event:
    """One decision. `what` depends on the kind: see `kvar.suppliers.replay`."""

    number: int
    kind: Kind
    at: str
    by: str
    reason: str
    what: Mapping[str, Any] = field(default_factory=dict)


def events(store: Store) -> tuple[Event, ...]:
    """All events in order."""
    return tuple(read_event(path) for path in event_paths(store))


def event_paths(store: Store) -> list[Path]:
    """The files of all events in order."""
    return sorted((store.root / "identity" / "events").glob("*.json"))


def read_event(path: Path) -> Event:
    """One event; nobody changes what is in it."""
    return _read(path, path.stat().st_mtime_ns)


def digest(path: Path) -> str:
    """What an event's file holds, in a few signs."""
    return _digest(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int) -> Event:
    """`_changed` tells a file from an earlier one at the same place."""
    return Event(**json.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=10_000)
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def add_event(store: Store, kind: Kind, *, by: str, reason: str, what: Mapping[str, Any]) -> Event:
    """Add an event; `suppliers.event.reason` when a person gives no reason."""
    if by != MATCHING and not reason.strip():
        raise KvarError("suppliers.event.reason")
    folder = store.root / "identity" / "events"
    folder.mkdir(parents=True, exist_ok=True)
    number = max((int(path.stem) for path in folder.glob("*.json")), default=0) + 1
    while True:
        made = Event(number, kind, datetime.now(UTC).isoformat(), by, reason.strip(), what)
        beside = store.root / "tmp" / f"event-{number}-{id(made)}.json"
        beside.write_text(json.dumps(_columns(made), ensure_ascii=False), encoding="utf-8")
        try:
            (folder / f"{number:08}.json").hardlink_to(beside)
        except FileExistsError:
            number += 1
            continue
        finally:
            beside.unlink()
        return made


def _columns(event: Event) -> dict[str, Any]:
    """As `asdict`, without copying what is large."""
    return {column.name: getattr(event, column.name) for column in fields(event)}
