"""What the commands share: the language, the store, error sentences on stderr, tables of counts."""

import os
from pathlib import Path

from rich.console import Console
from rich.table import Table

from kvar.core.messages import Language
from kvar.core.money import format_minor, format_number
from kvar.ledger.result import TableResult
from kvar.ledger.store import Store

ERRORS = Console(stderr=True)
OK, REFUSED, QUARANTINED = 0, 1, 3
HEADINGS: dict[Language, tuple[str, ...]] = {
    "sv": ("fil", "källa", "rader", "lästa", "undantagna", "övriga", "plus", "minus"),
    "en": ("file", "source", "lines", "loaded", "quarantined", "furniture", "positive", "negative"),
}


def language() -> Language:
    """`KVAR_LANG`, else the machine's language; Swedish for sv, English for all others."""
    return "sv" if os.environ.get("KVAR_LANG", os.environ.get("LANG", "")).startswith("sv") else "en"


def store() -> Store:
    """The store below `KVAR_DATA` (default `./var`)."""
    return Store(Path(os.environ.get("KVAR_DATA", "var")) / "store")


def counts_table(results: list[TableResult]) -> Table:
    """One row a table read, money by sign."""
    lang = language()
    table = Table(*HEADINGS[lang])
    for column in table.columns[2:]:
        column.justify = "right"
    for result in results:
        numbers = (result.lines, result.loaded, result.quarantined, result.furniture)
        sums = (result.sum_positive_minor, result.sum_negative_minor)
        table.add_row(
            f"{result.file} {result.sheet or ''}".strip(),
            result.source + (" ?" if result.guessed else ""),
            *(format_number(number, lang) for number in numbers),
            *(format_minor(amount, result.currency, lang) for amount in sums),
        )
    return table


def country_of(anchor: str) -> str:
    """The country of an anchor that is in the store; Sweden for one that is not yet."""
    return next((ref.anchor.country for ref, _ in store().batches() if ref.anchor.slug == anchor), "SE")
