"""Synthetic lines for the benchmarks: seeded, shaped as a ledger (few large suppliers, many small)."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from kvar.spending.relations import NO_RULE
from kvar.spending.stored import RULES

ACCOUNTS, ANCHORS = 300, 6
PLACES = ["1480", "1490", "1401", "0180", "1280", None]
BATCHES = 24
CATEGORIES = pa.schema([("id", pa.int32()), ("anchor", pa.int32()), ("kind", pa.int32()), ("ordinal", pa.int32())])
FORMS = ["limited_company", "cooperative", "association", "foundation", "unknown"]


@dataclass(frozen=True, slots=True)
class Made:
    """Lines with batch, payee, category, month, amount (minor units); and the tables that say what they are."""

    lines: pa.Table
    tables: dict[str, pa.Table]


def make(n: int, *, batches: int = BATCHES, payees: int = 20_000, suppliers: int = 60_000, seed: int = 2026) -> Made:
    """`n` lines over `batches` × `payees` spellings of `suppliers`, 300 accounts, 60 months.

    A supplier sells under three accounts; a batch covers 60 / `batches` months, as ledgers do.
    """
    rng = np.random.default_rng(seed)
    batch = np.sort(rng.integers(0, batches, n)).astype(np.int32)
    payee = (payees * rng.random(n) ** 3).astype(np.int32)
    category = ((payee * 7 + rng.integers(0, 3, n)) % ACCOUNTS).astype(np.int32)
    since = (batch * 60 + rng.integers(0, 60, n)) // batches
    month = (2020 + since // 12) * 100 + 1 + since % 12
    amount = np.round(np.exp(rng.normal(11, 1.6, n))).astype(np.int64) * np.where(rng.random(n) < 0.03, -1, 1)
    names = pa.array(_slugs(batches)).take(pa.array(batch)).dictionary_encode()
    lines = pa.table(
        {
            "batch": batch,
            "anchor": names,
            "payee": batch * payees + payee,
            "category": batch * ACCOUNTS + category,
            "month": month.astype(np.int32),
            "amount": amount,
        }
    )
    return Made(lines, _tables(rng, batches, payees, suppliers))


def is_tax(kind: int) -> bool:
    """Every twentieth account is no purchase."""
    return kind % 20 == 0


def _slugs(n: int) -> list[str]:
    return [f"anchor{number % ANCHORS}" for number in range(n)]


def _tables(rng: np.random.Generator, batches: int, payees: int, suppliers: int) -> dict[str, pa.Table]:
    index = np.arange(batches * payees)
    labels = pa.table(
        {
            "payee": index.astype(np.int32),
            "supplier": rng.integers(0, suppliers, len(index)).astype(np.int32),
            "ordinal": pa.nulls(len(index), pa.int32()),
        }
    )
    who = [PLACES[i] for i in rng.integers(0, len(PLACES), suppliers)]
    known = pa.table(
        {
            "supplier": np.arange(suppliers, dtype=np.int32),
            "slug": [f"s{i}" for i in range(suppliers)],
            "name": [f"Firma {i}" for i in range(suppliers)],
            "is_person": pa.array([False] * suppliers),
            "named": pa.array([True] * suppliers),
            "form_group": [FORMS[i] for i in rng.integers(0, len(FORMS), suppliers)],
            "place": pa.array(who, pa.string()),
            "district": pa.nulls(suppliers, pa.string()),
            "country": pa.array([None if place is None else "SE" for place in who], pa.string()),
        }
    )
    names = [f"Konto {n}" for n in range(ACCOUNTS)]
    kinds = [{"id": b * ACCOUNTS + c, "anchor": b % ANCHORS, "kind": c, "ordinal": 0 if is_tax(c) else None}
             for b in range(batches) for c in range(ACCOUNTS)]  # fmt: skip
    rules = [{"ordinal": 0, "payment_class": "tax", "rule": "se-tax"},
             {"ordinal": NO_RULE, "payment_class": "purchase", "rule": None}]  # fmt: skip
    near = {"1480": "municipality", "1490": "region", "1401": "region", "0180": "country", "1280": "country"}
    return {
        "labels": labels,
        "suppliers": known,
        "categories": pa.Table.from_pylist(kinds, CATEGORIES),
        "kinds": pa.table({"kind": pa.array(range(ACCOUNTS), pa.int32()), "category": names}),
        "anchors": pa.table({"anchor": pa.array(range(ANCHORS), pa.int32()), "slug": _slugs(ANCHORS)}),
        "known_rules": pa.Table.from_pylist(rules, RULES),
        "nearness": pa.table({"place": list(near), "nearness": list(near.values())}),
    }
