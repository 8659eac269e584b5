"""Answers to what was worth a look: who looked, when, and what they found. Kept one file a look, earlier ones too."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from kvar.core.errors import KvarError
from kvar.core.numbers import mask
from kvar.ledger.store import Store

_ID = re.compile(r"^[0-9a-f]{16}$")


@dataclass(frozen=True, slots=True)
class Review:
    """One answer."""

    note: str
    by: str
    at: str


def reviews(store: Store, anchor: str) -> dict[str, list[Review]]:
    """Every answer of an anchor by the look's id, newest first."""
    paths = sorted((store.root / "reviews" / anchor).glob("*.json"))
    return {p.stem: [Review(**row) for row in reversed(json.loads(p.read_text(encoding="utf-8")))] for p in paths}


def add_review(store: Store, anchor: str, look: str, *, note: str, by: str) -> Review:
    """Answer one; `worth.review.id` for what is no look, `worth.review.note` without a note."""
    if not _ID.match(look):
        raise KvarError("worth.review.id")
    if not note.strip():
        raise KvarError("worth.review.note")
    made = Review(mask(note.strip())[:2000], by, datetime.now(UTC).isoformat(timespec="seconds"))
    path = store.root / "reviews" / anchor / f"{look}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps([*before, asdict(made)], ensure_ascii=False), encoding="utf-8")
    beside.rename(path)
    return made
