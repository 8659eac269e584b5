"""The invented contract registers: with the largest suppliers of some kinds, with the dirt of real registers."""

import csv
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from kvar.example.firms import Firm
from kvar.example.town import ACCOUNTS, ExampleAnchor

HEADER = ("Avtalsnummer", "Leverantör", "Organisationsnummer", "Avtal", "CPV", "Startdatum", "Slutdatum",
          "Förlängning", "Värde", "Förfarande", "Annonserad")  # fmt: skip
CPV = {
    "6170": "45453000-7", "6440": "15000000-8", "7010": "60130000-8", "7450": "79410000-1", "6130": "90910000-9",
    "7431": "72000000-5", "6460": "30190000-7", "4635": "85310000-5", "4632": "80500000-9", "7330": "79710000-4",
    "6210": "09310000-5", "7680": "79810000-5",
}  # fmt: skip
# Which accounts each anchor has contracts for; the police has sent no register.
CONTRACTED = {
    "kommunen": ("6440", "7010", "6130", "7431", "4635", "6210"),
    "regionen": ("6440", "7010", "7450", "7431", "6210"),
    "bostader": ("6170", "6130", "7330", "6210"),
    "hogskolan": ("7431", "6130", "7680"),
}
# start, end, options, advertised; blank end: the register does not say
TERMS = (
    ("2023-01-01", "2026-12-31", "12+12", "ja"), ("2023-04-01", "2027-03-31", "", "ja"),
    ("2022-07-01", "2026-06-30", "2 x 12 månader", "ja"), ("2021-09-01", "2025-08-31", "", "ja"),
    ("2024-02-01", "2027-08-31", "24", "ja"), ("2024-06-01", "2028-05-31", "", "ja"),
    ("2020-01-01", "tills vidare", "", ""), ("2024-01-01", "2029-12-31", "", "ja"),
    ("2024-03-01", "2027-12-31", "12", "nej"), ("2023-10-01", "", "", ""),
)  # fmt: skip
EACH = 14  # contracts a kind
Bought = tuple[Firm, str, int]  # firm, account, öre in the last year


def write_contracts(folder: Path, anchor: ExampleAnchor, bought: Sequence[Bought], rng: random.Random) -> str | None:
    """`avtal-<anchor>.csv`, or None for an anchor without a register."""
    if anchor.slug not in CONTRACTED:
        return None
    path = folder / f"avtal-{anchor.slug}.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(("Avtalsregister (påhittat)", *[""] * (len(HEADER) - 1)))
        out.writerow(HEADER)
        out.writerows(_rows(anchor, bought, rng))
        out.writerow(("A-9999", "Fel datum AB", "", "Saknad dag", "", "2024-02-30", "2027-01-31", "", "", "", ""))
    return path.name


def _rows(anchor: ExampleAnchor, bought: Sequence[Bought], rng: random.Random) -> Iterator[tuple[str, ...]]:
    for account in CONTRACTED[anchor.slug]:
        text = next(row[1] for row in ACCOUNTS if row[0] == account)
        for number, (firm, amount) in enumerate(_largest(bought, account)[:EACH]):
            start, end, options, advertised = rng.choice(TERMS)
            value = f"{round(amount / 100 * 4, -4):.0f}"
            how = {"ja": "Öppet förfarande", "nej": "Direktupphandling"}.get(advertised, "")
            yield (f"A-{account}-{number:02}", firm.name, _number(firm), f"{text}, del {number + 1}", CPV[account],
                   start, end, options, value, how, advertised)  # fmt: skip


def _largest(bought: Sequence[Bought], account: str) -> list[tuple[Firm, int]]:
    sums: dict[Firm, int] = {}
    for firm, code, amount in bought:
        if code == account and not firm.is_person:
            sums[firm] = sums.get(firm, 0) + amount
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0].number))


def _number(firm: Firm) -> str:
    return f"{firm.number[:6]}-{firm.number[6:]}" if firm.place else firm.number
