"""The invented town: its places, anchors and firms. Nothing here is real."""

import random
from dataclasses import dataclass

from stdnum import luhn
from stdnum.iso7064 import mod_11_10

REGION, HOME = "99", "9901"
NEIGHBOURS = (
    "Älvhamn", "Strandby", "Gransta", "Björkvik", "Norrälv", "Sjöhed", "Ekeby", "Hällnäs", "Vikbo",
    "Ormberg", "Lundsäter",
)  # fmt: skip
DISTRICTS = {"9901-1": "Centrum", "9901-2": "Högbacken", "9901-3": "Varvet", "9901-4": "Ängarna", "9901-5": "Skogsbo"}
ELSEWHERE = ("0180", "1480", "1280", "0380", "0580", "1880", "2480", "0680")
YEARS = range(2019, 2025)


@dataclass(frozen=True, slots=True)
class ExampleAnchor:
    """An invented anchor: which dialect its ledger has and its weight among the lines."""

    slug: str
    name: str
    dialect: str
    weight: float


ANCHORS = (
    ExampleAnchor("kommunen", "Älvhamns kommun (påhittad)", "goteborg", 0.45),
    ExampleAnchor("regionen", "Region Älvsland (påhittad)", "vgr", 0.25),
    ExampleAnchor("bostader", "Älvhamnsbostäder AB (påhittat)", "umea", 0.12),
    ExampleAnchor("hogskolan", "Högskolan i Älvhamn (påhittad)", "orebro_2021", 0.1),
    ExampleAnchor("polisen", "Polisen i Älvsland (påhittad)", "leverantorsreskontra", 0.08),
)
# account, text, mean amount in kronor, industry
ACCOUNTS = (
    ("6170", "Underhåll och reparation av fastigheter", 42_000, "43"),
    ("6440", "Livsmedel", 6_500, "46"),
    ("7010", "Skolskjutsar och transporter", 18_000, "49"),
    ("7450", "Konsulttjänster", 55_000, "70"),
    ("6130", "Lokalvård", 21_000, "81"),
    ("7431", "IT-tjänster", 38_000, "62"),
    ("6460", "Förbrukningsmaterial", 2_400, "47"),
    ("4635", "Köp av omsorgsplatser", 74_000, "87"),
    ("4632", "Köp av utbildning", 61_000, "85"),
    ("7330", "Bevakning", 12_000, "80"),
    ("6210", "El och värme", 33_000, "35"),
    ("7680", "Trycksaker och kommunikation", 7_800, "73"),
)
OTHER_ACCOUNTS = (
    ("5732", "Pensionsutbetalningar", 240_000),
    ("4530", "Bidrag till föreningar", 30_000),
    ("8520", "Räntekostnader", 80_000),
)
FORMS = (
    ("AB", "Övriga aktiebolag", "5", 0.70),
    ("Ekonomisk förening", "Ekonomiska föreningar", "7", 0.06),
    ("Ideell förening", "Ideella föreningar", "8", 0.07),
    ("Stiftelse", "Övriga stiftelser och fonder", "8", 0.03),
    ("HB", "Handelsbolag, kommanditbolag", "9", 0.08),
    ("AB", "Kommunalt aktiebolag", "5", 0.02),
    ("Församling", "Registrerade trossamfund", "2", 0.01),
    ("", "Fysiska personer", "p", 0.03),
)
FIRST = (
    "Ekorren", "Strömmen", "Fyren", "Granbacken", "Kajen", "Lärkan", "Måsen", "Ängsblom",
    "Stenhuggaren", "Linden", "Havtorn", "Vinden", "Rävgården", "Klippan", "Solsidan", "Ankaret",
)  # fmt: skip
TRADE = (
    "Bygg", "Städ", "Bageri", "Transport", "El", "Data", "Omsorg", "Tryck", "Livs", "Konsult",
    "Måleri", "Plåt", "Trädgård", "Utbildning", "Vakt", "Energi",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented firm; `number` has a valid check digit and means nobody on purpose."""

    number: str
    name: str
    form: str
    place: str
    district: str
    industry: str
    employees: int
    is_person: bool


def firms(rng: random.Random, n: int) -> list[Firm]:
    """`n` firms of every form of the social economy; about two of five in the home municipality."""
    return [_firm(rng, serial) for serial in range(n)]


def _firm(rng: random.Random, serial: int) -> Firm:
    suffix, form, group, _ = rng.choices(FORMS, [row[3] for row in FORMS])[0]
    is_person = group == "p"
    nine = (
        f"{rng.randint(40, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{serial % 1000:03}"
        if is_person
        else _nine(group, serial)
    )
    name = f"{rng.choice(FIRST)}s {rng.choice(TRADE)} {serial} {suffix}".strip()
    place = rng.choices([HOME, "near", "far", ""], [0.4, 0.25, 0.31, 0.04])[0]
    if not place:
        return _foreign(rng, serial, name)
    if place == "near":
        place = f"99{rng.randint(2, len(NEIGHBOURS)):02}"
    place = rng.choice(ELSEWHERE) if place == "far" else place
    district = rng.choices(list(DISTRICTS), [5, 1, 3, 2, 2])[0] if place == HOME else ""
    staff = rng.choices([0, 3, 12, 60, 400], [30, 40, 20, 8, 2])[0]
    return Firm(
        nine + luhn.calc_check_digit(nine), name, form, place, district, rng.choice(ACCOUNTS)[3], staff, is_person
    )


def _foreign(rng: random.Random, serial: int, name: str) -> Firm:
    """A German firm: its VAT number has a valid check digit and an invented series."""
    eight = f"9{serial:07}"
    number = f"DE{eight}{mod_11_10.calc_check_digit(eight)}"
    return Firm(number, f"{name.rsplit(' ', 1)[0]} GmbH", "Utländsk", "", "", rng.choice(ACCOUNTS)[3], 60, False)


def _nine(group: str, serial: int) -> str:
    """Group digit, 9, then the serial: third digit 9, so that it is never a person's."""
    return f"{group}99{serial:06}"
