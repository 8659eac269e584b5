"""Örebro's names against registers that know the number: the number is in both, and hidden from the matching.

The register is the agencies of myndighetsdata and the buyers of UHM's contract statistics (their suppliers have no
number there). A name whose number is in neither belongs to no entry.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
from labelled import DATA
from python_calamine import CalamineWorkbook

from kvar.core.numbers import read_number
from kvar.ledger.read import read
from kvar.suppliers.evaluate import Pair

BUYER, BUYER_NUMBER, SUPPLIER, FORM = (
    "Namn för köpare", "Organisationsnummer för köpare", "Namn för leverantör", "Juridisk form för leverantör",
)  # fmt: skip
# First digit of the org number (SKV 709) that the legal form of UHM's statistics goes with.
DIGIT = {"Övriga aktiebolag": "5", "Ekonomiska föreningar": "7", "Ideella föreningar": "8",
         "Handelsbolag, kommanditbolag": "9"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linked:
    """Ledger names with their number, and the entries (name, number) they are looked for among."""

    key: str
    country: str
    names: list[str]
    numbers: list[str]
    entries: list[tuple[str, str]]

    def true(self) -> set[Pair]:
        """Pairs (name, names + entry) with the same number."""
        place = {number: len(self.names) + at for at, (_, number) in enumerate(self.entries)}
        return {(row, place[number]) for row, number in enumerate(self.numbers) if number in place}

    def register(self) -> pa.Table:
        """The entries as `match` wants a register."""
        names, numbers = zip(*self.entries, strict=True)
        size = len(names)
        return pa.table({"scheme": ["SE-ON"] * size, "number": numbers, "name": names, "country": ["SE"] * size})


def orebro() -> Linked:
    """Names of organisations in Örebro's ledger, one row a spelling, beside agencies and buyers."""
    (path,) = (DATA / "ledgers" / "orebro").glob("*.xlsx")
    payees = read(path, key=b"k" * 32).contents.payees.to_pylist()
    named = sorted({(p["name"], p["number"]) for p in payees if p["name"] and p["scheme"] == "SE-ON"})
    known = dict(map(reversed, [*agencies(), *buyers()]))
    entries = sorted((name, number) for number, name in known.items())
    return Linked("örebro", "SE", [name for name, _ in named], [number for _, number in named], entries)


def agencies() -> Iterator[tuple[str, str]]:
    """Swedish agencies with an organisation number."""
    path = DATA / "registers" / "myndighetsdata" / "merged.json"
    for name, sources in json.loads(path.read_text(encoding="utf-8")).items():
        for source in sources.values():
            found = read_number(source.get("org_nr") or "", "SE") if isinstance(source, dict) else None
            if found:
                yield name, found.number


def buyers() -> Iterator[tuple[str, str]]:
    """Buyers of UHM's statistics."""
    for row in uhm():
        found = read_number(str(row[BUYER_NUMBER]), "SE")
        if found:
            yield str(row[BUYER]), found.number


def suppliers() -> dict[str, str]:
    """Contracted suppliers of UHM's statistics that are no persons: name -> the digit its legal form goes with."""
    return {str(row[SUPPLIER]): DIGIT[row[FORM]] for row in uhm() if row[FORM] in DIGIT and row[SUPPLIER]}


def uhm() -> Iterator[dict[str, str]]:
    """Rows of UHM's statistics."""
    book = CalamineWorkbook.from_path(DATA / "registers" / "uhm-contracted-suppliers.xlsx")
    header, *rows = book.get_sheet_by_index(0).to_python()
    yield from (dict(zip(map(str, header), row, strict=True)) for row in rows)
