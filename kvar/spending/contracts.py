"""The anchor's own register of contracts: one file an anchor, replaced whole by rename, removable.

A contract says what spend is bound until when. What a register does not say stays unknown, never assumed.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kvar.core.errors import KvarError
from kvar.ledger.store import Store


@dataclass(frozen=True, slots=True)
class Contract:
    """One row of a register. `value` in minor units without VAT; None wherever the register is silent.

    `name` is None for a person. `end` is the last day without options; `last_end` with all of them.
    """

    line: int
    scheme: str | None
    number: str | None
    name: str | None
    title: str
    reference: str | None = None
    cpv: str | None = None
    account: str | None = None
    start: date | None = None
    end: date | None = None
    last_end: date | None = None
    open_ended: bool = False
    value: int | None = None
    procedure: str | None = None
    advertised: bool | None = None

    def in_force(self, day: date) -> bool:
        """Could it bind on `day`? With all options used, and where dates are missing, it may."""
        last = self.last_end or self.end
        return (self.start is None or self.start <= day) and (self.open_ended or last is None or day <= last)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row held back: its line, why (`code`, `values`), and the cells as sent (for the anchor's own people only)."""

    line: int
    code: str
    values: dict[str, object]
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Register:
    """A register as loaded. lines == contracts + rejected + furniture."""

    file: str
    sha256: str
    header: list[str]
    lines: int
    furniture: int
    contracts: tuple[Contract, ...]
    rejected: tuple[Rejected, ...]
    at: str = ""
    by: str = ""


def register_of(store: Store, anchor: str) -> Register | None:
    """The anchor's register; None when it has loaded none."""
    path = _path(store, anchor)
    if not path.exists():
        return None
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    contracts = tuple(_contract(row) for row in data.pop("contracts"))
    rejected = tuple(Rejected(**row) for row in data.pop("rejected"))
    return Register(**data, contracts=contracts, rejected=rejected)


def registers(store: Store, anchors: Sequence[str]) -> dict[str, Register]:
    """The registers there are, by anchor."""
    found = ((anchor, register_of(store, anchor)) for anchor in anchors)
    return {anchor: register for anchor, register in found if register is not None}


def save_register(store: Store, anchor: str, register: Register) -> None:
    """Put a register in the place of the one before, whole."""
    path = _path(store, anchor)
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(asdict(register), ensure_ascii=False, default=date.isoformat), encoding="utf-8")
    beside.rename(path)


def remove_register(store: Store, anchor: str) -> None:
    """Take the anchor's register away; `contracts.none` when there is none."""
    path = _path(store, anchor)
    if not path.exists():
        raise KvarError("contracts.none", anchor=anchor)
    path.unlink()


def _path(store: Store, anchor: str) -> Path:
    return store.root / "contracts" / f"{anchor}.json"


def _contract(row: dict[str, Any]) -> Contract:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("start", "end", "last_end")}
    return Contract(**(row | days))
