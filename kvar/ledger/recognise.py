"""Which source a header belongs to; else a guess of the mapping, always marked as one."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml

from kvar.core.errors import KvarError
from kvar.core.numbers import read_british, read_swedish
from kvar.ledger.amounts import AmountError, parse_amount
from kvar.ledger.dates import parse_date
from kvar.ledger.mapping import Mapping, fold
from kvar.ledger.model import CURRENCIES, Field, Notice
from kvar.ledger.sources.catalogue import by_id, catalogue

DRIFT = 0.5
_FIRM = re.compile(r"\b(?:ab|hb|kb|ltd|limited|plc|llp|förening|council|kommun)\b", re.IGNORECASE)
_SWEDISH = re.compile("leverant|belopp|konto|datum|orgnr|organisationsn|mottagare|summa|forvaltning|kopare|kostnad")


@cache
def aliases() -> dict[Field, tuple[str, ...]]:
    """Field -> what its column may be called, folded, best first."""
    data = yaml.load((files("kvar.ledger") / "aliases.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {meaning: tuple(fold(name) for name in names) for meaning, names in data.items()}


def recognise(
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
    *,
    source: str | None = None,
    saved: Sequence[Mapping] = (),
    country: str | None = None,
) -> Mapping:
    """The mapping of a header: a named source, a saved mapping that fits, a known source, or a guess.

    `sample` holds the first rows, `country` is the anchor's, for a guess. Raises
    `ledger.source.mismatch` when the named source does not fit, and `ledger.columns.missing` when no supplier or
    amount column can be found.
    """
    if source is not None:
        found = by_id(source).match(header)
        if found is None:
            raise KvarError("ledger.source.mismatch", source=source, seen=_listed(header))
        return found
    for mapping in saved:
        if set(mapping.columns.values()) <= set(header):
            return mapping
    known = next((m for m in (s.match(header) for s in catalogue()) if m is not None), None)
    return known or guess(header, sample, country)


def drift(header: Sequence[str], saved: Sequence[Mapping]) -> list[Notice]:
    """A word when no saved mapping fits, but one of them nearly does: what is missing and what is new."""
    wanted = [set(mapping.columns.values()) for mapping in saved]
    if any(columns <= set(header) for columns in wanted):
        return []
    near = [columns for columns in wanted if len(columns & set(header)) >= DRIFT * len(columns)]
    if not near:
        return []
    best = max(near, key=lambda columns: len(columns & set(header)))
    missing, new = sorted(best - set(header)), sorted(set(header) - best)
    return [Notice("ledger.notice.header_drift", {"missing": _listed(missing), "new": _listed(new)})]


def is_header(cells: Sequence[str]) -> bool:
    """Do these cells name at least a supplier and an amount, or three known columns?"""
    named = _by_name([cell for cell in cells if cell.strip()])
    return "amount" in named and ("supplier_name" in named or len(named) >= 3)


def is_payment(cells: Sequence[str]) -> bool:
    """Is there a date or an amount with decimals among these cells?"""
    used = [cell.strip() for cell in cells if cell.strip()]
    return any(parse_date(cell, "dmy") or _looks_like_amount(cell) for cell in used)


def guess(header: Sequence[str], sample: Sequence[Sequence[str]], country: str | None = None) -> Mapping:
    """A mapping from the names of the columns, then from the first values where names do not tell.

    `country` decides numbers and currency; None (nobody's file yet): the language of the header does.
    """
    columns = _by_name(header)
    _by_value(columns, header, sample)
    missing: list[Field] = [name for name in ("supplier_name", "amount") if name not in columns]
    if missing:
        raise KvarError("ledger.columns.missing", missing=", ".join(missing), seen=_listed(header))
    home = country or ("SE" if any(_SWEDISH.search(fold(name)) for name in header) else "GB")
    notes = _amount_note(columns["amount"], header)
    return Mapping("guess", 1, columns, home, CURRENCIES[home], guessed=True, notes=notes)


def _by_name(header: Sequence[str]) -> dict[Field, str]:
    known = {fold(name): name for name in reversed(header) if fold(name)}
    found: dict[Field, str] = {}
    if _names().isdisjoint(known):
        return found
    for meaning, names in aliases().items():
        name = next((n for n in names if n in known and known[n] not in found.values()), None)
        if name is not None:
            found[meaning] = known[name]
    return found


@cache
def _names() -> frozenset[str]:
    """Every name that some column may have, folded."""
    return frozenset(name for names in aliases().values() for name in names)


def _by_value(columns: dict[Field, str], header: Sequence[str], sample: Sequence[Sequence[str]]) -> None:
    """Fill amount, date, id and name from what the cells look like, in place."""
    tests = (
        ("date", lambda cell: parse_date(cell, "dmy") is not None),
        ("supplier_id", lambda cell: bool(read_swedish(cell)) or (len(cell) == 8 and bool(read_british(cell)))),
        ("amount", _looks_like_amount),
        ("supplier_name", lambda cell: sum(map(str.isalpha, cell)) > len(cell) / 2),
    )
    for meaning, test in tests:
        if meaning in columns:
            continue
        fitting: dict[str, list[str]] = {}
        for index, name in enumerate(header):
            cells = [row[index].strip() for row in sample if index < len(row) and row[index].strip()]
            if name not in columns.values() and cells and sum(map(test, cells)) > 0.9 * len(cells):
                fitting.setdefault(name, cells)
        if fitting:
            best = (
                max(fitting, key=lambda name: _firms(fitting[name]))
                if meaning == "supplier_name"
                else next(iter(fitting))
            )
            columns[meaning] = best  # type: ignore[index]


def _firms(cells: Sequence[str]) -> tuple[int, bool]:
    """How much a column looks like names of firms: endings of legal forms, then more than one value."""
    return sum(bool(_FIRM.search(cell)) for cell in cells), len(set(cells)) > 1


def _looks_like_amount(cell: str) -> bool:
    try:
        parse_amount(cell, "," if cell.rfind(",") > cell.rfind(".") else ".")
    except AmountError:
        return False
    return bool(re.search(r"[.,]\d{2}\D*$", cell))


def _amount_note(chosen: str, header: Sequence[str]) -> tuple[str, ...]:
    names = set(aliases()["amount"])
    others = [name for name in header if fold(name) in names and name != chosen]
    return tuple(others)


def _listed(header: Sequence[str]) -> str:
    return ", ".join(name for name in header if name.strip())[:400]
