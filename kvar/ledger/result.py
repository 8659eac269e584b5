"""What a read gives: the account of every line, and the contents."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.ledger.contents import Contents
from kvar.ledger.convert import Typed
from kvar.ledger.identities import Identities
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Notice
from kvar.ledger.table import Quarantined, RawTable


@dataclass(frozen=True, slots=True)
class TableResult:
    """The account of one table: lines == loaded + quarantined + furniture; sums cover the loaded lines."""

    file: str
    sheet: str | None
    sha256: str
    source: str
    encoding: str
    lines: int
    loaded: int
    quarantined: int
    furniture: int
    sum_positive_minor: int
    sum_negative_minor: int
    currency: str
    warnings: tuple[Notice, ...]
    reasons: dict[str, int]
    guessed: bool

    def to_json(self, language: Language = "en") -> dict[str, Any]:
        """The object `kvar check --json` prints."""
        data = {name: getattr(self, name) for name in self.__slots__}
        data["warnings"] = [
            {"code": notice.code, **notice.values, "text": say(notice.code, notice.values, language)}
            for notice in self.warnings
        ]
        return data


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A whole file read: its tables' accounts, the quarantined rows, the months seen, and the contents."""

    sha256: str
    mapping: Mapping
    headers: tuple[list[str], ...]
    tables: tuple[TableResult, ...]
    quarantined: tuple[tuple[int, Quarantined], ...]  # (table, row)
    months: dict[int, int]  # yyyymm -> loaded lines
    identities: Identities
    contents: Contents


def account(table: RawTable, typed: Typed, notices: Sequence[Notice], **facts: Any) -> TableResult:
    """Add up one table; `ledger.accounts.differ` unless every line is in exactly one state."""
    loaded = int((typed.last - typed.first + 1).sum())
    quarantined = sum(item.last - item.first + 1 for item in table.quarantined)
    furniture = sum(item.last - item.first + 1 for item in table.furniture)
    if loaded + quarantined + furniture != table.lines:
        raise KvarError(
            "ledger.accounts.differ", lines=table.lines, loaded=loaded, quarantined=quarantined, furniture=furniture
        )
    return TableResult(
        sheet=table.sheet,
        lines=table.lines,
        loaded=loaded,
        quarantined=quarantined,
        furniture=furniture,
        sum_positive_minor=int(np.maximum(typed.amount, 0).sum()),
        sum_negative_minor=int(np.minimum(typed.amount, 0).sum()),
        warnings=tuple(notices),
        reasons=dict(Counter(item.code for item in table.quarantined)),
        **facts,
    )
