"""What can be influenced by choosing a supplier: dated rules with their source, and an anchor's own word before them.

The rules are `kvar/parameters/influence/<country>.yml`. What fits no rule is decided by the contract register.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import yaml

from kvar.core.errors import KvarError
from kvar.core.messages import Language
from kvar.core.numbers import has_person_number
from kvar.ledger.store import Store

Verdict = Literal["now", "later", "fixed", "unclear"]
VERDICTS: tuple[Verdict, ...] = ("now", "later", "fixed", "unclear")


@dataclass(frozen=True, slots=True)
class InfluenceRule:
    """One rule: every condition given must hold, from `valid_from` on."""

    id: str
    verdict: Verdict
    reason: Mapping[Language, str]
    source: str
    valid_from: date
    verified: bool
    text: re.Pattern[str] | None = None
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Word:
    """An anchor's own word about one category (by its text) or one supplier (by number); `until` for `later`."""

    anchor: str
    verdict: Verdict
    reason: str
    by: str
    at: str
    category: str | None = None
    number: str | None = None
    until: str | None = None


@cache
def influence_rules(country: str) -> tuple[InfluenceRule, ...]:
    """The rules of a country, in order."""
    path = files("kvar") / "parameters" / "influence" / f"{country.lower()}.yml"
    return tuple(
        InfluenceRule(
            row["id"],
            row["verdict"],
            {"sv": row["sv"], "en": row["en"]},
            row["source"],
            row["from"],
            row["verified"],
            re.compile(row["text"], re.IGNORECASE) if "text" in row else None,
            frozenset(row.get("form", ())),
        )
        for row in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    )


def words(store: Store, anchor: str) -> list[Word]:
    """An anchor's words, newest first: the newest decides."""
    path = _path(store, anchor)
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return [Word(**row) for row in reversed(rows)]


def add_word(  # noqa: PLR0913 - what must be told of a decision
    store: Store, anchor: str, verdict: str, *, reason: str, by: str, category: str = "", number: str = "",
    until: str = "",
) -> Word:  # fmt: skip
    """Add one; `influence.word.*`: unknown verdict, nothing or both named, no reason or day. No persons."""
    known = next((name for name in VERDICTS if name == verdict), None)
    if known is None:
        raise KvarError("influence.word.verdict", given=verdict, known=", ".join(VERDICTS))
    if bool(category) == bool(number):
        raise KvarError("influence.word.one")
    if not reason.strip():
        raise KvarError("influence.word.reason")
    if any(map(has_person_number, (category, number, reason))):
        raise KvarError("spending.override.person")
    day = _day(until) if verdict == "later" else None
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    made = Word(anchor, known, reason.strip(), by, at, category or None, number or None, day)
    _write(store, anchor, [*reversed(words(store, anchor)), made])
    return made


def remove_word(store: Store, anchor: str, at: str) -> None:
    """Take one back, by when it was made."""
    _write(store, anchor, [row for row in reversed(words(store, anchor)) if row.at != at])


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise KvarError("influence.word.until", value=text[:40]) from error


def _path(store: Store, anchor: str) -> Path:
    return store.root / "influence" / f"{anchor}.json"


def _write(store: Store, anchor: str, rows: Sequence[Word]) -> None:
    path = _path(store, anchor)
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False), encoding="utf-8")
    beside.rename(path)
