"""The register of releases: what was told, of whom and when, each entry holding the digest of the one before.

`aggregates/releases/<number>.json` is public; `aggregates/received/` holds the anchors' sheets that the audit of
later releases needs, readable by the coordinator alone.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.spending.release.contribution import Contribution, from_json
from kvar.spending.release.known import Earlier
from kvar.spending.release.sheet import ALL, Key


@dataclass(frozen=True, slots=True)
class Entry:
    """A release in the register: figures in minor units, None where withheld; `people` is slug -> the anchor's name.

    `behind` is anchors and suppliers (at least) of each figure that is told.
    """

    number: int
    place: str
    year: int
    currency: str
    published: str
    people: Mapping[str, str]
    figures: Mapping[Key, int | None]
    behind: Mapping[Key, tuple[int, int]]
    checked: int
    previous: str

    @property
    def told(self) -> dict[Key, int]:
        """The figures that are shown."""
        return {key: amount for key, amount in self.figures.items() if amount is not None}

    def withheld(self, key: Key) -> int | None:
        """What is withheld of a row, a column or all: its sum less what is shown of it; None when it is withheld."""
        whole = self.figures.get(key)
        cells = [cell for cell in self.told if ALL not in cell]
        shown = sum(self.told[cell] for cell in cells if key[0] in (ALL, cell[0]) and key[1] in (ALL, cell[1]))
        return None if whole is None else whole - shown

    def earlier(self) -> Earlier:
        """The release as the gate's audit takes it."""
        return Earlier(self.number, tuple(self.people), self.told)


def entries(store: Store) -> list[Entry]:
    """Every release, oldest first; `aggregate.register` when one was changed or is missing."""
    found, before = [], ""
    for number, path in enumerate(sorted(_folder(store, "releases").glob("*.json")), 1):
        entry = _entry(json.loads(path.read_text(encoding="utf-8")))
        if entry.number != number or entry.previous != before:
            raise KvarError("aggregate.register", number=number)
        before = hashlib.sha256(path.read_bytes()).hexdigest()
        found.append(entry)
    return found


def last_digest(store: Store) -> str:
    """Sha256 of the newest entry; empty when there is none."""
    paths = sorted(_folder(store, "releases").glob("*.json"))
    return hashlib.sha256(paths[-1].read_bytes()).hexdigest() if paths else ""


def add(store: Store, entry: Entry, given: Sequence[Contribution]) -> Path:
    """Keep the sheets and publish the entry; `aggregate.register` when another took its number meanwhile."""
    for contribution in given:
        _write(_received(store, contribution.place, contribution.year, contribution.sheet.anchor),
               json.dumps(contribution.to_json(), ensure_ascii=False))  # fmt: skip
    path = _folder(store, "releases") / f"{entry.number:05}.json"
    beside = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
    _write(beside, json.dumps(_plain(entry), ensure_ascii=False, indent=1), mode=0o644)
    try:
        os.link(beside, path)
    except FileExistsError as error:
        raise KvarError("aggregate.register", number=entry.number) from error
    finally:
        beside.unlink()
    os.utime(store.root / "aggregates")
    return path


def received(store: Store, place: str, year: int, anchor: str) -> Contribution | None:
    """The sheet of an anchor that an earlier release of the year was made of."""
    path = _received(store, place, year, anchor)
    return from_json(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def _received(store: Store, place: str, year: int, anchor: str) -> Path:
    name = hashlib.sha256(f"{place} {year} {anchor}".encode()).hexdigest()[:24]  # an anchor's slug comes from outside
    return _folder(store, "received", 0o700) / f"{name}.json"


def _folder(store: Store, name: str, mode: int = 0o755) -> Path:
    folder = store.root / "aggregates" / name
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    return folder


def _write(path: Path, text: str, mode: int = 0o600) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as file:
        file.write(text)


def _plain(entry: Entry) -> dict[str, Any]:
    figures = [[*key, amount, *entry.behind.get(key, (None, None))] for key, amount in sorted(entry.figures.items())]
    names = ("number", "place", "year", "currency", "published", "people", "checked", "previous")
    return {name: getattr(entry, name) for name in names} | {"figures": figures}


def _entry(data: dict[str, Any]) -> Entry:
    rows = [((row, column), amount, (anchors, suppliers)) for row, column, amount, anchors, suppliers in
            data.pop("figures")]  # fmt: skip
    figures = {key: amount for key, amount, _ in rows}
    return Entry(figures=figures, behind={key: n for key, amount, n in rows if amount is not None}, **data)
