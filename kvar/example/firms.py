"""The invented firms: what they sell, where they sit, who owns them and how large they are. Nothing here is real."""

import random
from dataclasses import dataclass

from stdnum import luhn
from stdnum.iso7064 import mod_11_10

from kvar.example.town import ACCOUNTS, DISTRICTS, ELSEWHERE, HOME, NEIGHBOURS

# name's ending, legal form, group digit of the number, weight
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
SIZES = ((0, 0), (1, 9), (10, 49), (50, 249), (250, 1500))  # employees, from and to
FACTORING_NAME = "Älvkapital Factoring AB"
# Ownership as the register's `ownership` column writes it, by legal form; empty: the register does not say.
LIMITED_NEAR = (("", 40), ("family", 30), ("independent", 16), ("group_owned", 6), ("employee_owned", 5),
                ("work_integrating", 3))  # fmt: skip
LIMITED_FAR = (("", 35), ("group_owned", 34), ("foreign_owned", 16), ("independent", 8), ("family", 7))
OWNERS = {
    "Ekonomiska föreningar": (("cooperative", 80), ("work_integrating", 20)),
    "Ideella föreningar": (("", 88), ("social_enterprise", 12)),
    "Övriga stiftelser och fonder": (("", 90), ("social_enterprise", 10)),
    "Kommunalt aktiebolag": (("municipal_company", 100),),
}


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented firm; `number` has a valid check digit and means nobody on purpose. `sells`: row of ACCOUNTS."""

    number: str
    name: str
    form: str
    place: str
    district: str
    sells: int
    employees: int
    is_person: bool
    ownership: str = ""
    parent: str = ""
    collects: bool = False

    @property
    def industry(self) -> str:
        """The SNI code of what it sells."""
        return "64920" if self.collects else ACCOUNTS[self.sells][3]


def firms(rng: random.Random, n: int) -> list[Firm]:
    """`n` firms of every form of the social economy, two of five in the home municipality, and one that collects."""
    return [*(_firm(rng, serial) for serial in range(n)), _collector()]


def _firm(rng: random.Random, serial: int) -> Firm:
    suffix, form, group, _ = rng.choices(FORMS, [row[3] for row in FORMS])[0]
    is_person = group == "p"
    nine = _birth(rng, serial) if is_person else _nine(group, serial)
    sells = rng.randrange(len(ACCOUNTS))
    name = f"{rng.choice(FIRST)}s {rng.choice(ACCOUNTS[sells][4])} {serial} {suffix}".strip()
    place = _place(rng)
    if not place:
        return _foreign(serial, name, sells)
    district = rng.choices(list(DISTRICTS), [5, 1, 3, 2, 2])[0] if place == HOME else ""
    staff = rng.randint(*rng.choices(SIZES, [30, 40, 20, 8, 2])[0])
    owner, parent = ("", "") if is_person else _owner(rng, form, place)
    number = nine + luhn.calc_check_digit(nine)
    return Firm(number, name, form, place, district, sells, staff, is_person, owner, parent)


def _place(rng: random.Random) -> str:
    """Home, another municipality of the region, far away, or abroad (empty)."""
    place = rng.choices([HOME, "near", "far", ""], [0.4, 0.25, 0.31, 0.04])[0]
    if place == "near":
        return f"99{rng.randint(2, len(NEIGHBOURS)):02}"
    return rng.choice(ELSEWHERE) if place == "far" else place


def _owner(rng: random.Random, form: str, place: str) -> tuple[str, str]:
    """Ownership as a register tells it, and the parent's number where it is owned by another firm."""
    limited = form == "Övriga aktiebolag"
    known = OWNERS.get(form, ((("", 1),)))
    weights = (LIMITED_NEAR if place.startswith("99") else LIMITED_FAR) if limited else known
    owner = rng.choices([name for name, _ in weights], [weight for _, weight in weights])[0]
    nine = _nine("5", 900_000 + rng.randrange(60))
    return owner, nine + luhn.calc_check_digit(nine) if owner in ("group_owned", "foreign_owned") else ""


def _collector() -> Firm:
    """A factoring company: it is paid, others delivered."""
    nine = _nine("5", 990_001)
    return Firm(
        nine + luhn.calc_check_digit(nine),
        FACTORING_NAME,
        "Övriga aktiebolag",
        "0180",
        "",
        0,
        120,
        False,
        collects=True,
    )


def _foreign(serial: int, name: str, sells: int) -> Firm:
    """A German firm: its VAT number has a valid check digit and an invented series."""
    eight = f"9{serial:07}"
    number = f"DE{eight}{mod_11_10.calc_check_digit(eight)}"
    return Firm(number, f"{name.rsplit(' ', 1)[0]} GmbH", "Utländsk", "", "", sells, 60, False)


def _nine(group: str, serial: int) -> str:
    """Group digit, 9, then the serial: third digit 9, so that it is never a person's."""
    return f"{group}99{serial:06}"


def _birth(rng: random.Random, serial: int) -> str:
    return f"{rng.randint(40, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{serial % 1000:03}"
