"""Invented ledger names and an invented register for the matching benchmarks: seeded, with the dirt of real ledgers.

Words are made of syllables, so that no name is anybody's; numbers have valid check digits and the third digit 9.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SYLLABLES = (
    "al an ar be bo da de du ek el en fa fi fo ga ge gu ha he hu ir is ka ke ko la le li lo lu ma me mi mo nä ne "
    "no nu ol or pe pi po ra re ri ro ru sa se si so ta te ti to tu va ve vi å ö ska sta sten berg dal gren holm "
    "kvi lund ström vik"
).split(" ")
TRADES = (
    "bygg städ bageri transport el data omsorg tryck livs konsult måleri plåt trädgård utbildning vakt energi "
    "fastighet service teknik media rör svets maskin skog lantbruk redovisning juridik arkitekt café "
    "restaurang hotell tandvård optik fysio skola förskola assistans taxi buss åkeri verkstad bil däck glas möbler "
    "golv tak ventilation kyl larm lås säkerhet miljö återvinning system nordic sverige group invest holding partner "
    "entreprenad anläggning mark montage"
).split(" ")
FORMS = (("AB", 0.72, "5"), ("Aktiebolag", 0.03, "5"), ("HB", 0.08, "9"), ("KB", 0.04, "9"),
         ("Ekonomisk förening", 0.06, "7"), ("Ideell förening", 0.05, "8"), ("Stiftelse", 0.02, "8"))  # fmt: skip
OTHER_WAYS = {"AB": ("", "Aktiebolag", "AB (publ)", "A B", "ab"), "Aktiebolag": ("AB", ""),
              "HB": ("Handelsbolag", ""), "KB": ("Kommanditbolag", ""),
              "Ekonomisk förening": ("Ek. för.", "ek för", ""),
              "Ideell förening": ("", "Ideell fören"), "Stiftelse": ("", "Stiftelsen")}  # fmt: skip
CITIES = 290
RECORDS = pa.schema(
    [(name, pa.string())
     for name in ("record_id", "name", "country", "scheme", "number", "postcode", "city", "ref")]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """`records` as the ledgers write them, `register`, and `truth`: each record's register row, or -1 for none.

    `entity` tells which records are the same payee, also outside the register.
    """

    records: pa.Table
    register: pa.Table
    truth: np.ndarray
    entity: np.ndarray


def make(records: int = 200_000, register: int = 1_500_000, *, seed: int = 2026) -> Made:
    """An invented register, and ledger names of 0.6 as many payees; a quarter of the payees are in no register."""
    rng = np.random.default_rng(seed)
    everyone = _firms(rng, register + records // 5)
    payees = rng.permutation(everyone.num_rows)
    outside = payees[payees >= register]
    inside = payees[payees < register][: records * 9 // 20]
    known = np.concatenate([inside, outside[: records * 3 // 20]])
    entity = rng.choice(known, records)
    entity[: len(known)] = known[:records]
    entity = rng.permutation(entity)
    truth = np.where(entity < register, entity, -1)
    return Made(_dirty(rng, everyone.take(pa.array(entity))), everyone.slice(0, register), truth, entity)


def _words(rng: np.random.Generator, n: int) -> np.ndarray:
    """`n` invented words of two to four syllables; some are alike, as surnames are."""
    picks = rng.integers(0, len(SYLLABLES), (n, 4))
    length = rng.integers(2, 5, n)
    return np.array(["".join(SYLLABLES[i] for i in row[:k]) for row, k in zip(picks, length, strict=True)], object)


def _zipf(rng: np.random.Generator, among: int, n: int, skew: float) -> np.ndarray:
    return (among * rng.random(n) ** skew).astype(np.int64)


def _firms(rng: np.random.Generator, n: int) -> pa.Table:
    brand, trade = _words(rng, max(1000, n // 4)), np.array(TRADES, object)
    city_names = np.array([word.title() for word in _words(rng, CITIES)], object)
    form = rng.choice(len(FORMS), n, p=[row[1] for row in FORMS])
    city = _zipf(rng, CITIES, n, 2.0)
    second = rng.random(n)
    words = [
        np.char.title(brand[_zipf(rng, len(brand), n, 1.6)].astype(str)),
        np.where(second < 0.25, np.char.title(brand[_zipf(rng, len(brand), n, 2.0)].astype(str)), ""),
        np.where(second > 0.1, np.char.title(trade[_zipf(rng, len(trade), n, 1.7)].astype(str)), ""),
        np.where(
            (second > 0.3) & (second < 0.5), np.char.title(trade[_zipf(rng, len(trade), n, 1.7)].astype(str)), ""
        ),
        np.where(second > 0.85, city_names[city].astype(str), ""),
    ]
    names = _joined([*words, np.array([row[0] for row in FORMS])[form]])
    return pa.table(
        {
            "name": names,
            "form": pa.array(form),
            "words": _joined(words),
            "scheme": pa.array(["SE-ON"] * n),
            "number": _numbers(form, n),
            "country": pa.array(["SE"] * n),
            "postcode": pa.array((10000 + city * 300 + rng.integers(0, 40, n)).astype(str)),
            "city": pa.array(city_names[city], pa.string()),
        }
    )


def _joined(columns: list[np.ndarray]) -> pa.Array:
    whole = pc.binary_join_element_wise(*(pa.array(column, pa.string()) for column in columns), " ")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(whole, " +", " "))


def _numbers(form: np.ndarray, n: int) -> pa.Array:
    """Group digit, 99, six digits, check digit (Luhn); unique a form group."""
    group = np.array([int(row[2]) for row in FORMS])[form]
    serial = np.zeros(n, np.int64)
    for digit in np.unique(group):
        serial[group == digit] = np.arange((group == digit).sum())
    tens = ((group * 100 + np.where(serial < 1_000_000, 99, 89)) * 1_000_000 + serial % 1_000_000) * 10
    digits = (tens[:, None] // 10 ** np.arange(9, 0, -1)) % 10
    doubled = digits * np.array([2, 1, 2, 1, 2, 1, 2, 1, 2])
    check = (-(doubled // 10 + doubled % 10).sum(axis=1)) % 10
    return pa.array((tens + check).astype(str))


def _dirty(rng: np.random.Generator, firms: pa.Table) -> pa.Table:
    """The firms as ledgers write them: 55 % with a spoiled name, 65 % without number, 60 % without postcode."""
    n = firms.num_rows
    rolls, kinds, numbers, places = rng.random(n), rng.random(n), rng.random(n), rng.random(n)
    words, forms = firms["words"].to_pylist(), firms["form"].to_pylist()
    names = [_written(rng, words[i], forms[i], rolls[i], kinds[i]) for i in range(n)]
    known = [_number(rng, number, numbers[i]) for i, number in enumerate(firms["number"].to_pylist())]
    return pa.table(
        {
            "record_id": [f"r{i}" for i in range(n)],
            "name": names,
            "country": firms["country"],
            "scheme": ["SE-ON" if number else None for number in known],
            "number": pa.array(known, pa.string()),
            "postcode": pc.if_else(pa.array(places < 0.4), firms["postcode"], None),
            "city": pc.if_else(pa.array(places < 0.5), firms["city"], None),
            "ref": pa.nulls(n, pa.string()),
        }
    ).cast(RECORDS)


def _written(rng: np.random.Generator, words: str, form: int, roll: float, kind: float) -> str:
    """A name with another way of writing its form (half of them), and now and then a fault or two."""
    faults = 0 if roll < 0.45 else (1 if roll < 0.9 else 2)
    for number in range(faults):
        words = _fault(rng, words, (kind + 0.37 * number) % 1)
    official = FORMS[form][0]
    ending = official if rng.random() < 0.5 else str(rng.choice(OTHER_WAYS[official]))
    whole = f"{ending} {words}" if ending == "AB" and rng.random() < 0.05 else f"{words} {ending}".strip()
    return whole.upper() if rng.random() < 0.2 else whole


def _fault(rng: np.random.Generator, words: str, kind: float) -> str:
    parts = words.split(" ")
    if kind < 0.5:
        return _typo(rng, words)
    if kind < 0.7 and len(parts) > 1:
        return " ".join(parts[:-1]) if rng.random() < 0.7 else " ".join(parts[1:])
    if kind < 0.8 and len(parts) > 1:
        return " ".join([parts[-1], *parts[:-1]])
    if kind < 0.87 and len(parts) > 1:
        return "".join(parts[:2]) + "".join(f" {part}" for part in parts[2:])
    if kind < 0.94:
        return words.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))
    return " ".join([*parts[:-1], f"{parts[-1][: max(3, len(parts[-1]) // 2)]}."])


def _typo(rng: np.random.Generator, text: str) -> str:
    """One letter changed, lost, doubled, or changed places with the next."""
    at, kind = int(rng.integers(0, max(1, len(text) - 1))), rng.integers(0, 4)
    if kind == 0:
        return text[:at] + "abcdefghiklmnoprstuvy"[int(rng.integers(0, 21))] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[: at + 1] + text[at:]
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _number(rng: np.random.Generator, number: str, roll: float) -> str | None:
    """35 % keep the number, 3 % with a wrong digit, 2 % with two digits swapped."""
    if roll >= 0.35:
        return None
    if roll >= 0.05:
        return number
    at = int(rng.integers(3, 8))
    if roll >= 0.02:
        return number[:at] + str((int(number[at]) + 1 + int(rng.integers(0, 9))) % 10) + number[at + 1 :]
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
