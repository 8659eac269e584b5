"""The shared shapes of the ledger: what a column can mean, what a read gives, what a batch holds."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pyarrow as pa

Field = Literal[
    "supplier_name", "supplier_id", "supplier_vat", "supplier_ref", "supplier_postcode",
    "supplier_city", "legal_form", "amount", "date", "account_code", "account_text", "unit",
    "invoice", "voucher", "text", "buyer_id", "buyer_name", "currency",
]  # fmt: skip

LINES = pa.schema(
    [
        pa.field("line", pa.int32(), nullable=False),  # first physical line, or row of the sheet; from 1
        pa.field("line_last", pa.int32(), nullable=False),
        pa.field("table", pa.int16(), nullable=False),  # which table of the file; from 0
        pa.field("payee", pa.int32(), nullable=False),  # row of PAYEES
        pa.field("category", pa.int32(), nullable=False),  # row of CATEGORIES
        pa.field("date", pa.date32()),
        pa.field("month", pa.int32(), nullable=False),  # yyyymm; 0 where the file has no date
        pa.field("amount", pa.int64(), nullable=False),  # minor units (öre, pence), credits negative
        pa.field("unit", pa.dictionary(pa.int32(), pa.string())),
        pa.field("invoice", pa.string()),
        pa.field("voucher", pa.string()),
        pa.field("text", pa.dictionary(pa.int32(), pa.string())),
    ]
)
PAYEES = pa.schema(
    [
        pa.field("payee", pa.int32(), nullable=False),
        pa.field("name", pa.string()),  # as the sender spelled it; None when a person's name is withheld
        pa.field("ref", pa.string()),  # the sender's own supplier number
        pa.field("scheme", pa.string()),  # org-id list: SE-ON, GB-COH, GB-VAT …; SE-PERSON is keyed
        pa.field("number", pa.string()),  # canonical; for SE-PERSON a keyed HMAC, never the number
        pa.field("postcode", pa.string()),
        pa.field("city", pa.string()),
        pa.field("legal_form", pa.string()),  # as the sender wrote it
        pa.field("is_person", pa.bool_(), nullable=False),
        pa.field("person", pa.string()),  # what told it: number, withheld, title, individual, sole_trader
    ]
)
CATEGORIES = pa.schema(
    [
        pa.field("category", pa.int32(), nullable=False),
        pa.field("code", pa.string()),  # account or expense code
        pa.field("text", pa.string()),  # account or expense text
    ]
)
ROLLUP = pa.schema(
    [
        pa.field("payee", pa.int32(), nullable=False),
        pa.field("category", pa.int32(), nullable=False),
        pa.field("month", pa.int32(), nullable=False),
        pa.field("n", pa.int64(), nullable=False),
        pa.field("positive", pa.int64(), nullable=False),  # minor units, sum of amounts >= 0
        pa.field("negative", pa.int64(), nullable=False),  # minor units, sum of amounts < 0
    ]
)


CURRENCIES = {"SE": "SEK", "GB": "GBP"}  # of an anchor, by country


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning that speaks up: `code` + `values` into `core/texts`, as an error, but nothing stops."""

    code: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Who paid. `place` is the code of the municipality (or region) that counts as home."""

    slug: str
    name: str
    country: str  # SE, GB
    place: str
    org_number: str | None = None


@dataclass(frozen=True, slots=True)
class BatchRef:
    """One stored batch: a folder with lines, payees, categories, rollup (Parquet) and report.json."""

    id: str
    folder: Path
    anchor: Anchor
    currency: str
