"""Write the example town's files: ledgers in the dialects and with the dirt of real ones, register, places.

Seeded: the same seed and scale give the same bytes. All of it is invented.
"""

import csv
import json
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kvar.example.contracts import write_contracts
from kvar.example.firms import Firm, firms
from kvar.example.geometry import border_of, write_borders
from kvar.example.registers import write_registers
from kvar.example.respending import LANDLORD, RENT, rents, write_answers, write_economy
from kvar.example.town import (
    ACCOUNTS,
    ANCHORS,
    DISTRICTS,
    HOME,
    NEIGHBOURS,
    OTHER_ACCOUNTS,
    REGION,
    RESIDENTS,
    YEARS,
    ExampleAnchor,
)

LINES_A_YEAR = 66_667
LOCAL_AT_START, LOCAL_AT_END = 0.302, 0.447
SELLS_ITS_OWN = 0.92  # of the lines are for what the firm's industry sells
TENANTS = ("kommunen", "hogskolan")  # rent from one of the other anchors
COLLECTED = 83  # every so many lines is paid to the factoring company
# Every so many of their last lines was typed by hand: no number, two letters in the wrong order.
MISTYPED, TYPISTS = 53, ("hogskolan",)


@dataclass(frozen=True, slots=True)
class Line:
    """One payment before it is written in a dialect; `minor` is öre."""

    voucher: int
    firm: Firm | None
    name: str
    account: str
    text: str
    date: str
    minor: int


def generate(folder: Path, *, seed: int = 2026, scale: float = 1.0) -> dict[str, object]:
    """Write all files below `folder` and give the manifest (also written): anchors, files, lines and sums."""
    rng = random.Random(seed)  # noqa: S311 - an invented town needs no secrets
    folder.mkdir(parents=True, exist_ok=True)
    known = firms(rng, max(200, int(13_970 * scale)))
    _places(folder / "platser.csv")
    write_borders(folder / "kommuner.geojson", municipalities(), seed=seed)
    write_borders(
        folder / "stadsdelar.geojson", DISTRICTS, seed=seed + 1, around=border_of(folder / "kommuner.geojson", HOME)
    )
    _residents(folder / "stadsdelarnas-invanare.csv")
    write_registers(folder, [*known, LANDLORD], random.Random(seed + 2))  # noqa: S311
    write_answers(folder / "enkat.csv", [*known, LANDLORD], random.Random(seed + 4))  # noqa: S311
    write_economy(folder / "io.csv", folder / "sysselsatta.csv", random.Random(seed + 5))  # noqa: S311
    files, contracts = [], {}
    for anchor in ANCHORS:
        lines: list[Line] = []
        for year in YEARS:
            lines = _lines(rng, known, anchor, year, scale)
            files.append(_ledger(folder, anchor, year, lines))
        bought = [(line.firm, line.account, line.minor) for line in lines if line.firm]
        contracts[anchor.slug] = write_contracts(folder, anchor, bought, random.Random(seed + 3))  # noqa: S311
    manifest = {"seed": seed, "scale": scale, "invented": True, "home": HOME, "files": files, "contracts": contracts}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    return manifest


def _places(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(("code", "name", "level", "parent", "country", "vintage", "invented"))
        out.writerow((REGION, "Älvsland", "region", "SE", "SE", "2024", "1"))
        for code, name in municipalities().items():
            out.writerow((code, name, "municipality", REGION, "SE", "2024", "1"))
        for code, name in DISTRICTS.items():
            out.writerow((code, name, "district", HOME, "SE", "2024", "1"))


def _residents(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(("code", "residents", "deprivation"))
        out.writerows((code, *known) for code, known in RESIDENTS.items())


def municipalities() -> dict[str, str]:
    """Code and name of the invented municipalities, home first."""
    return {f"99{number:02}": name for number, name in enumerate(NEIGHBOURS, 1)}


def _lines(rng: random.Random, known: Sequence[Firm], anchor: ExampleAnchor, year: int, scale: float) -> list[Line]:
    done = (year - YEARS[0]) / (len(YEARS) - 1)
    local = LOCAL_AT_START + (LOCAL_AT_END - LOCAL_AT_START) * done
    home = _sellers([firm for firm in known if firm.place == HOME])
    away = _sellers([firm for firm in known if firm.place != HOME and not firm.collects])
    collector = next(firm for firm in known if firm.collects)
    n = max(60, int(LINES_A_YEAR * anchor.weight * scale))
    lines = [
        _line(rng, home if rng.random() < local else away, year, number)
        if number % COLLECTED
        else _collected(rng, collector, year, number)
        for number in range(n)
    ]
    if anchor.slug in TYPISTS and year == YEARS[-1]:
        lines = [_mistyped(line) if line.voucher % MISTYPED == 1 else line for line in lines]
    return lines + (_rents(n, year, scale) if anchor.slug in TENANTS else [])


def _mistyped(line: Line) -> Line:
    """The same payment with two letters of the longest word changed places, and no number."""
    if line.firm is None or line.firm.is_person or not line.firm.place:
        return line
    word = max(line.firm.name.split(), key=len)
    at = 1 + line.voucher % (len(word) - 2)
    wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return replace(line, name=line.firm.name.replace(word, wrong), firm=replace(line.firm, number=""))


def _rents(first: int, year: int, scale: float) -> list[Line]:
    account, text, _ = RENT
    return [
        Line(number, LANDLORD, LANDLORD.name, account, text, day, minor)
        for number, (day, minor) in enumerate(rents(year, scale), first)
    ]


def _sellers(firms_there: Sequence[Firm]) -> list[list[Firm]]:
    """Those who sell each of ACCOUNTS; all of them where nobody does."""
    by_kind = [[firm for firm in firms_there if firm.sells == kind] for kind in range(len(ACCOUNTS))]
    return [sellers or list(firms_there) for sellers in by_kind]


def _line(rng: random.Random, sellers: Sequence[Sequence[Firm]], year: int, number: int) -> Line:
    if rng.random() < 0.01:
        account, text, mean = rng.choice(OTHER_ACCOUNTS)
        return Line(number, None, "Pensionsbolaget Exempel", account, text, _day(rng, year, number), mean * 100)
    kind = rng.randrange(len(ACCOUNTS))
    choice = sellers[kind] if rng.random() < SELLS_ITS_OWN else rng.choice(sellers)
    return _bought(rng, choice[int(len(choice) * rng.random() ** 2.5)], kind, year, number)


def _collected(rng: random.Random, collector: Firm, year: int, number: int) -> Line:
    """An invoice that its seller has sold to a factoring company."""
    return _bought(rng, collector, rng.randrange(len(ACCOUNTS)), year, number)


def _bought(rng: random.Random, firm: Firm, kind: int, year: int, number: int) -> Line:
    account, text, mean = ACCOUNTS[kind][:3]
    minor = int(mean * 100 * math.exp(rng.gauss(-0.5, 1.0)))
    minor = -minor // 4 if rng.random() < 0.03 else minor
    return Line(number, firm, _spelt(rng, firm.name), account, text, _day(rng, year, number), minor)


def _day(rng: random.Random, year: int, number: int) -> str:
    return f"{year}-{1 + number % 12:02}-{rng.randint(1, 28):02}"


def _spelt(rng: random.Random, name: str) -> str:
    """Names as ledgers have them: now and then in capitals, cut, or with a stray blank."""
    roll = rng.random()
    if roll < 0.05:
        return name.upper()
    return f"{name} " if roll < 0.1 else name


def _money(minor: int, sign: str) -> str:
    whole, cents = divmod(abs(minor), 100)
    return f"{'-' if minor < 0 else ''}{whole}{sign}{cents:02}"


def _number(line: Line) -> str:
    if line.firm is None or not line.firm.place or not line.firm.number:
        return "" if line.firm is None else line.firm.number
    return f"{line.firm.number[:6]}-{line.firm.number[6:]}"


Dialect = tuple[tuple[str, ...], str, str, str, Callable[[Line], tuple[str, ...]]]
DIALECTS: dict[str, Dialect] = {
    "goteborg": (
        ("kopare", "leverantor", "leverantor_id", "konto_nr", "konto_text", "verifikationsnummer", "datum", "belopp"),
        ",", "utf-16", "\r\n",
        lambda x: ("Kommunen", x.name, _number(x), x.account, x.text, str(x.voucher), x.date, _money(x.minor, ",")),
    ),
    "vgr": (
        ("kopare_id", "kopare", "verifikationsnummer", "leverantor", "leverantor_id", "konto_nr", "konto_text",
         "bokforingsdatum", "forvaltning", "fakturanummer", "nettobelopp"),
        ";", "utf-8", "\r",
        lambda x: ("99", "Regionen", str(x.voucher), x.name, _number(x), x.account, x.text, x.date, "Vård",
                   f"F{x.voucher}", _money(x.minor, ".")),
    ),
    "umea": (
        ("Leverantör", "Organisationsnummer", "Konto", "Kontotext", "Belopp", "Bokföringsdatum", "Förvaltning"),
        ";", "cp1252", "\r\n",
        lambda x: (x.name, _number(x), x.account, x.text, _money(x.minor, ","), x.date, "Fastigheter"),
    ),
    "orebro_2021": (
        ("datum", "forvaltning", "leverantor", "leverantor_id", "faktura_nr", "konto_nr", "belopp"),
        ";", "utf-8-sig", "\n",
        lambda x: (x.date, "Högskolan", x.name, _number(x), f"F{x.voucher}", f"{x.account} {x.text}",
                   _money(x.minor, ",")),
    ),
    "leverantorsreskontra": (
        ("kopare_id", "kopare", "verifikationsnummer", "leverantor_id", "leverantor", "konto_nr", "konto_text",
         "datum", "belopp"),
        ";", "utf-8", "\n",
        lambda x: ("99", "Polisen", str(x.voucher), _number(x), x.name, x.account, x.text, x.date,
                   _money(x.minor, ",")),
    ),
}  # fmt: skip


def _ledger(folder: Path, anchor: ExampleAnchor, year: int, lines: list[Line]) -> dict[str, object]:
    header, sign, encoding, newline, cells = DIALECTS[anchor.dialect]
    path = folder / f"{anchor.slug}-{year}.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file, delimiter=sign, lineterminator=newline)
        out.writerow(header)
        for line in lines:
            out.writerow(cells(line))
            if line.voucher % 5000 == 4999:
                out.writerow([""] * len(header))
        amounts = (_money(lines[0].minor, ","), _money(lines[0].minor, "."))
        bad = ["12x" if cell in amounts else cell for cell in cells(lines[0])]
        out.writerow(bad)
    total = sum(line.minor for line in lines)
    return {
        "anchor": anchor.slug,
        "name": anchor.name,
        "org_number": LANDLORD.number if anchor.slug == "bostader" else "",
        "file": path.name,
        "year": year,
        "n": len(lines),
        "minor": total,
    }
