"""Which spend a contract binds, and how it stands on a day.

A contract covers what its anchor bought from its supplier: under its account if it names one, else of the kinds of
market its CPV code is of (and of unknown kind), else everything. The most binding contract decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pyarrow.parquet as pq

from kvar.ledger.model import BatchRef
from kvar.spending.contracts import Contract, Register
from kvar.spending.influence_rules import Verdict
from kvar.spending.markets import market_of, markets
from kvar.suppliers.normalise import normalise

Codes = Mapping[tuple[str, str], frozenset[str]]  # (anchor, category) -> account codes


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a contract stands: the verdict on what it binds, from which day that ends, and why."""

    verdict: Verdict
    until: date | None
    why: str

    @property
    def weight(self) -> tuple[int, date]:
        """Most binding last."""
        return {"now": 0, "unclear": 1, "later": 2}[self.verdict], self.until or date.min


@dataclass(frozen=True, slots=True)
class Cover:
    """One contract binding one anchor's purchases of one category from one supplier."""

    anchor: str
    supplier: int
    kind: int
    contract: Contract
    standing: Standing


def standing(contract: Contract, day: date) -> Standing:
    """How a contract stands on `day`; `until` is the first day it no longer binds."""
    end = contract.end or contract.last_end
    if end is None:
        return Standing("unclear", None, "open_ended" if contract.open_ended else "no_end")
    if day <= end:
        return Standing("later", end + timedelta(days=1), "until")
    if contract.last_end and day <= contract.last_end:
        return Standing("unclear", None, "maybe_extended")
    return Standing("now", None, "expired")


def covers(
    link: duckdb.DuckDBPyConnection, registers: Mapping[str, Register], codes: Codes, day: date
) -> Iterator[Cover]:
    """Every purchase group (anchor, supplier, category) that a contract covers, from the table `groups`."""
    bought = _bought(link, registers)
    for anchor, register in registers.items():
        known, sellers = _suppliers(link, register.contracts), _sellers(register, day)
        for contract in register.contracts:
            stands = _replaced(contract, standing(contract, day), sellers)
            for supplier in known(contract):
                for kind, category in bought.get((anchor, supplier), ()):
                    if _covers(contract, category, codes.get((anchor, category), frozenset())):
                        yield Cover(anchor, supplier, kind, contract, stands)


def _sellers(register: Register, day: date) -> dict[str, set[str]]:
    """Who has a contract in force in each group of CPV (three digits)."""
    found: dict[str, set[str]] = {}
    for contract in register.contracts:
        if contract.cpv and contract.in_force(day):
            found.setdefault(contract.cpv[:3], set()).add(contract.number or contract.name or "")
    return found


def _replaced(contract: Contract, stands: Standing, sellers: Mapping[str, set[str]]) -> Standing:
    """An ended contract opens nothing where somebody else has the contract now."""
    others = sellers.get((contract.cpv or "")[:3], set()) - {contract.number or contract.name or ""}
    return Standing("unclear", None, "other_contract") if stands.why == "expired" and others else stands


def account_codes(batches: Iterable[BatchRef]) -> Codes:
    """The account codes behind each category's text, by anchor."""
    found: dict[tuple[str, str], set[str]] = {}
    for batch in batches:
        for row in pq.read_table(batch.folder / "categories.parquet").to_pylist():
            text = row["text"] or row["code"] or ""
            found.setdefault((batch.anchor.slug, text), set()).add(row["code"] or "")
    return {key: frozenset(codes) for key, codes in found.items()}


def _covers(contract: Contract, category: str, codes: frozenset[str]) -> bool:
    if contract.account:
        return any(code.startswith(contract.account) for code in codes)
    if contract.cpv is None:
        return True
    cpv, kind = contract.cpv, market_of(category)
    return kind is None or kind.holds(cpv) or not any(market.holds(cpv) for market in markets())


def _bought(
    link: duckdb.DuckDBPyConnection, registers: Mapping[str, Register]
) -> dict[tuple[str, int], list[tuple[int, str]]]:
    found: dict[tuple[str, int], list[tuple[int, str]]] = {}
    rows = link.execute(
        "select distinct g.anchor, g.supplier, g.kind, k.category from groups g join kinds k on k.kind = g.kind "
        "where list_contains(?, g.anchor)",
        [list(registers)],
    ).fetchall()
    for anchor, supplier, kind, category in rows:
        found.setdefault((anchor, supplier), []).append((kind, category or ""))
    return found


class _Known:
    """Suppliers by number, and by name where some contract has no number."""

    def __init__(self, rows: Sequence[tuple[int, str | None, str | None]], by_name: bool) -> None:
        self.numbers: dict[str, list[int]] = {}
        self.names: dict[str, list[int]] = {}
        for supplier, number, name in rows:
            if number:
                self.numbers.setdefault(number, []).append(supplier)
            if by_name and name:
                self.names.setdefault(normalise(name), []).append(supplier)

    def __call__(self, contract: Contract) -> Sequence[int]:
        if contract.number:
            return self.numbers.get(contract.number, ())
        return self.names.get(normalise(contract.name or ""), ())


def _suppliers(link: duckdb.DuckDBPyConnection, contracts: Sequence[Contract]) -> _Known:
    rows = link.execute("select supplier, number, name from suppliers where not is_person").fetchall()
    return _Known(rows, any(not contract.number for contract in contracts))
