"""What suppliers answered when asked what part of their income they spend locally: on staff and on suppliers here.

Answers are confidential. They lie in the store's `surveys/<place>.json`, readable by its owner alone; what leaves is
an aggregate of at least FEWEST of them. Public figures are made from a frozen copy, renewed only when at least FEWEST
answers of a year are new or changed, so that no one can subtract yesterday's figure from today's.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from kvar.core.errors import KvarError
from kvar.core.numbers import read_number
from kvar.ledger.sandbox import run
from kvar.ledger.store import Store
from kvar.spending.small_table import SmallTable, columns, hundredths, read_small_table

FEWEST = 3
WHOLE = 10_000  # a share is in hundredths of a per cent
NAMES: Mapping[str, Sequence[str]] = {
    "number": ("organisationsnummer", "org_number", "orgnr", "company_number"),
    "year": ("år", "year"),
    "wages": ("löner här", "wages here", "wages", "löner"),
    "suppliers": ("leverantörer här", "suppliers here", "suppliers", "leverantörer"),
    "source": ("källa", "source"),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """One supplier's answer for one year; `wages` and `suppliers` are hundredths of a per cent of its income."""

    number: str
    year: int
    wages: int
    suppliers: int
    source: str

    @property
    def respent(self) -> Fraction:
        """The part of its income spent locally."""
        return Fraction(self.wages + self.suppliers, WHOLE)


@dataclass(frozen=True, slots=True)
class Survey:
    """All answers of a place, and those that public figures are made from; who loaded last, and when."""

    replies: tuple[Reply, ...] = ()
    public: tuple[Reply, ...] = ()
    by: str = ""
    at: str = ""

    def of(self, year: int) -> tuple[Reply, ...]:
        """The public answers of one year."""
        return tuple(reply for reply in self.public if reply.year == year)

    def waiting(self, year: int) -> int:
        """How many suppliers' answers of a year are not yet in any public figure."""
        one, two = ({r for r in rows if r.year == year} for rows in (self.replies, self.public))
        return len({reply.number for reply in one ^ two})


def survey_of(store: Store, place: str) -> Survey:
    """The survey of a place; empty when nobody was asked."""
    path = _path(store, place)
    if not path.exists():
        return Survey()
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    replies, public = (tuple(Reply(**row) for row in data[name]) for name in ("replies", "public"))
    return Survey(replies, public, data["by"], data["at"])


def load_replies(path: Path, *, store: Store, place: str, country: str, by: str) -> Survey:
    """Add a file's answers, a later one in the place of an earlier; whole or not at all (`spending.survey.*`)."""
    table = run(read_small_table, path, {})
    given = _replies(table, country)
    old = survey_of(store, place)
    kept = {(reply.number, reply.year): reply for reply in (*old.replies, *given)}
    replies = tuple(kept[key] for key in sorted(kept))
    survey = _renewed(replies, old.public, by)
    _write(store, place, survey)
    return survey


def remove_replies(store: Store, place: str, year: int, *, by: str) -> Survey:
    """Take a year's answers away, also from public figures."""
    old = survey_of(store, place)
    replies, public = (tuple(r for r in rows if r.year != year) for rows in (old.replies, old.public))
    survey = _renewed(replies, public, by)
    _write(store, place, survey)
    return survey


def _renewed(replies: tuple[Reply, ...], public: tuple[Reply, ...], by: str) -> Survey:
    """The public copy follows, year by year, once at least FEWEST answers differ."""
    draft = Survey(replies, public, by, datetime.now(UTC).isoformat(timespec="seconds"))
    years = sorted({reply.year for reply in (*replies, *public)})
    shown = [reply for year in years
             for reply in (replies if draft.waiting(year) >= FEWEST else public) if reply.year == year]  # fmt: skip
    return Survey(replies, tuple(shown), draft.by, draft.at)


def _replies(table: SmallTable, country: str) -> list[Reply]:
    at = columns(table, NAMES)
    found: dict[tuple[str, int], Reply] = {}
    for line, cells in table.rows:
        reply = _reply(table, line, {name: cells[number] for name, number in at.items()}, country)
        if (reply.number, reply.year) in found:
            raise KvarError("spending.survey.twice", file=table.file, line=line)
        found[reply.number, reply.year] = reply
    return list(found.values())


def _reply(table: SmallTable, line: int, cells: Mapping[str, str], country: str) -> Reply:
    number = read_number(cells["number"], country)
    if number is None or number.is_person:
        code = "spending.survey.person" if number else "spending.survey.number"
        raise KvarError(code, file=table.file, line=line)
    year = int(cells["year"]) if cells["year"].isascii() and cells["year"].isdigit() else 0
    wages, suppliers = (hundredths(table, line, cells[name]) for name in ("wages", "suppliers"))
    if not 1900 <= year <= 2199:
        raise KvarError("spending.survey.year", file=table.file, line=line)
    if min(wages, suppliers) < 0 or wages + suppliers > WHOLE:
        raise KvarError("spending.survey.share", file=table.file, line=line)
    if not cells["source"]:
        raise KvarError("spending.survey.source", file=table.file, line=line)
    return Reply(number.number, year, wages, suppliers, cells["source"])


def _path(store: Store, place: str) -> Path:
    return store.root / "surveys" / f"{place}.json"


def _write(store: Store, place: str, survey: Survey) -> None:
    path = _path(store, place)
    path.parent.mkdir(exist_ok=True, mode=0o700)
    beside = path.with_suffix(".tmp")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(survey), file, ensure_ascii=False)
    beside.rename(path)
