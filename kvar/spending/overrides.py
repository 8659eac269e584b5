"""An anchor's own word on what is a purchase: read before the country's rules, with who said so and why."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kvar.core.errors import KvarError
from kvar.core.numbers import has_person_number
from kvar.ledger.store import Store
from kvar.spending.classify import PURCHASE, Rule, rules
from kvar.spending.group import group_rules

CLASSES = (PURCHASE, "tax", "pension", "salary", "grant", "transfer", "finance", "internal", "individual")


@dataclass(frozen=True, slots=True)
class Override:
    """`payment_class` for an account (by the beginning of its code) or a payee (by number) of one anchor."""

    anchor: str
    payment_class: str
    reason: str
    by: str
    at: str
    account: str | None = None
    number: str | None = None


def overrides(store: Store, anchor: str) -> list[Override]:
    """An anchor's overrides, newest first: the newest decides."""
    path = _path(store, anchor)
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return [Override(**row) for row in reversed(rows)]


def add_override(  # noqa: PLR0913 - what must be told of a decision
    store: Store, anchor: str, payment_class: str, *, reason: str, by: str, account: str = "", number: str = ""
) -> Override:
    """Add one; `spending.override.*`: unknown class, nothing or both named, no reason, or a person's number.

    An override is shown to everyone, so no person can be named in it.
    """
    if payment_class not in CLASSES:
        raise KvarError("spending.override.class", given=payment_class, known=", ".join(CLASSES))
    if bool(account) == bool(number):
        raise KvarError("spending.override.one")
    if not reason.strip():
        raise KvarError("spending.override.reason")
    if any(map(has_person_number, (account, number, reason))):
        raise KvarError("spending.override.person")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    made = Override(anchor, payment_class, reason.strip(), by, at, account or None, number or None)
    _write(store, anchor, [*reversed(overrides(store, anchor)), made])
    return made


def remove_override(store: Store, anchor: str, at: str) -> None:
    """Take one back, by when it was made."""
    _write(store, anchor, [row for row in reversed(overrides(store, anchor)) if row.at != at])


def rules_for(store: Store, anchor: str, country: str) -> tuple[Rule, ...]:
    """The anchor's overrides as rules, then its own group, then the country's."""
    own = tuple(
        Rule(f"own-{row.account or row.number}", row.payment_class, {"sv": row.reason, "en": row.reason}, anchor,
             account=row.account, number=row.number)
        for row in overrides(store, anchor)
    )  # fmt: skip
    return own + group_rules(store, anchor) + rules(country)


def _path(store: Store, anchor: str) -> Path:
    return store.root / "overrides" / f"{anchor}.json"


def _write(store: Store, anchor: str, rows: Sequence[Override]) -> None:
    path = _path(store, anchor)
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False), encoding="utf-8")
    beside.rename(path)
