"""What the invented suppliers answered, the invented economy around them, and a landlord that is also an anchor."""

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from stdnum import luhn

from kvar.example.firms import Firm
from kvar.example.town import HOME

SURVEYED = (2021, 2024)
ANSWERS = ("organisationsnummer", "år", "löner här", "leverantörer här", "källa")
_NINE = "599990003"
LANDLORD = Firm(
    _NINE + luhn.calc_check_digit(_NINE), "Älvhamnsbostäder AB (påhittat)", "Kommunalt aktiebolag", HOME, "9901-1", 0,
    employees=64, is_person=False, ownership="municipal_company",
)  # fmt: skip
RENT = ("6010", "Hyra av lokaler", 1_900_000)  # account, text, kronor a quarter at full scale
# Divisions of industry, output in million kronor, employed in the country and in the town
INDUSTRIES = (
    ("01-03", 76_000, 120_000, 310), ("05-33", 2_310_000, 640_000, 3_900), ("35-39", 262_000, 62_000, 540),
    ("41-43", 690_000, 370_000, 3_150), ("45-47", 960_000, 620_000, 4_400), ("49-53", 540_000, 260_000, 2_050),
    ("55-56, 58-63", 830_000, 430_000, 1_700), ("64-68", 1_020_000, 190_000, 900),
    ("69-82", 980_000, 610_000, 3_600), ("84-96", 1_480_000, 1_720_000, 15_200),
)  # fmt: skip


def write_answers(path: Path, known: Sequence[Firm], rng: random.Random) -> None:
    """One firm in three among those here, and one in twelve elsewhere, told where its income goes."""
    asked = [firm for firm in known if firm.place and not firm.is_person and not firm.collects]
    rows = []
    for year in SURVEYED:
        for firm in asked:
            if rng.random() < (1 / 3 if firm.place == HOME else 1 / 12):
                rows.append((f"{firm.number[:6]}-{firm.number[6:]}", year, *_shares(rng, firm), f"enkät {year}"))
    _write(path, ANSWERS, rows)


def _shares(rng: random.Random, firm: Firm) -> tuple[str, str]:
    """Per cent of income to staff and to suppliers here."""
    here = firm.place == HOME
    wages = rng.triangular(8, 48, 30) if here else rng.triangular(0, 9, 1)
    suppliers = rng.triangular(2, 34, 12) if here else rng.triangular(0, 8, 2)
    return f"{wages:.1f}".replace(".", ","), f"{suppliers:.1f}".replace(".", ",")


def write_economy(flows: Path, employment: Path, rng: random.Random) -> None:
    """An invented input–output table (million kronor) and the employed by industry."""
    codes = [row[0] for row in INDUSTRIES]
    buys = [[rng.uniform(0.3, 1) * (3 if one == two else 1) for two in codes] for one in codes]
    used = [rng.uniform(0.28, 0.52) for _ in codes]
    sums = [sum(row[n] for row in buys) for n in range(len(codes))]
    rows: list[tuple[str | int, ...]] = [
        (code, *(round(buys[i][j] / sums[j] * used[j] * INDUSTRIES[j][1]) for j in range(len(codes))))
        for i, code in enumerate(codes)
    ]
    _write(flows, ("kod", *codes), [*rows, ("produktion", *(row[1] for row in INDUSTRIES))])
    _write(employment, ("kod", "här", "landet"), [(code, here, land) for code, _, land, here in INDUSTRIES])


def rents(year: int, scale: float) -> list[tuple[str, int]]:
    """Day and minor units of the rents one tenant pays the landlord."""
    quarter = round(RENT[2] * 100 * scale * 1.03 ** (year - 2019))
    return [(f"{year}-{number:02}-01", quarter) for number in (1, 4, 7, 10)]


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(header)
        out.writerows(rows)
