"""The file that one anchor sends: its sheet of a year, sealed with age to a named coordinator, who alone can read it.

A single anchor cannot be three. What leaves its machine has passed the half of the gate that is about suppliers; the
other half, three anchors, holds for all that becomes public (`docs/adr/0012-one-anchor-sends-alone.md`).
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import pyrage
from pyrage import x25519

from kvar.core.errors import KvarError
from kvar.ledger.store import Store
from kvar.spending.release.rules import RULES
from kvar.spending.release.sheet import Part, Sheet

FORMAT = "kvar-aggregate-1"


@dataclass(frozen=True, slots=True)
class Contribution:
    """An anchor's sheet of `year` in `currency`; `place` is the code of its home, `name` the anchor's name."""

    sheet: Sheet
    name: str
    place: str
    year: int
    currency: str

    def to_json(self) -> dict[str, Any]:
        """Plain data, the same for the same figures."""
        figures = [[*key, part.amount, part.suppliers, part.sign] for key, part in sorted(self.sheet.figures.items())]
        return {"format": FORMAT, "anchor": self.sheet.anchor, "name": self.name, "place": self.place,
                "year": self.year, "currency": self.currency, "rules": RULES, "figures": figures}  # fmt: skip

    @property
    def digest(self) -> str:
        """Sha256 of its content."""
        return hashlib.sha256(_bytes(self)).hexdigest()


def coordinator(store: Store) -> str:
    """The public key that anchors seal their files to (`age1…`); its secret half is made once and kept 0600."""
    return str(_identity(store).to_public())


def seal(contribution: Contribution, to: str) -> bytes:
    """The file for the coordinator with this key; `aggregate.key` when it is none."""
    try:
        recipient = x25519.Recipient.from_str(to)
    except pyrage.RecipientError as error:
        raise KvarError("aggregate.key", key=to[:70]) from error
    return bytes(pyrage.encrypt(_bytes(contribution), [recipient]))


def unseal(content: bytes, name: str, store: Store) -> Contribution:
    """What a file holds; `aggregate.file` when it is not for this coordinator, or is no such file."""
    try:
        return from_json(json.loads(pyrage.decrypt(content, [_identity(store)])))
    except (pyrage.DecryptError, ValueError, KeyError, TypeError) as error:
        raise KvarError("aggregate.file", file=name) from error


def from_json(data: dict[str, Any]) -> Contribution:
    """A contribution from plain data; ValueError, KeyError or TypeError when it is another thing."""
    if data["format"] != FORMAT or data["rules"] != RULES:
        raise ValueError(data["format"])
    figures = {(str(row), str(column)): _part(*rest) for row, column, *rest in data["figures"]}
    sheet = Sheet(str(data["anchor"]), figures)
    return Contribution(sheet, str(data["name"]), str(data["place"]), int(data["year"]), str(data["currency"]))


def _part(amount: object, suppliers: object, sign: object) -> Part:
    whole = amount is None or isinstance(amount, int)
    if not (whole and isinstance(suppliers, int) and isinstance(sign, int)):
        raise TypeError(amount)
    return Part(amount if isinstance(amount, int) else None, suppliers, sign)


def _bytes(contribution: Contribution) -> bytes:
    return json.dumps(contribution.to_json(), ensure_ascii=False, separators=(",", ":")).encode()


def _identity(store: Store) -> x25519.Identity:
    path = store.root / "secret" / "coordinator.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(str(x25519.Identity.generate()), encoding="utf-8")
    return x25519.Identity.from_str(path.read_text(encoding="utf-8"))
