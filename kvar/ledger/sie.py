"""SIE 4 (bookkeeping export, CP437) to a raw table: the cost transactions of its vouchers.

SIE has no supplier field: the name is the voucher's text, else the transaction's. Only #TRANS counts: #RTRANS
(added later) is always followed by its twin #TRANS, and #BTRANS (removed) is gone. Accounts 4–7 are costs (BAS).
A voucher that does not sum to zero is held back whole. Source: SIE filformat 4B/4C, SIE-gruppen.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from kvar.core.errors import KvarError
from kvar.ledger.encoding import likely_share
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Field, Notice
from kvar.ledger.records import Records, Row
from kvar.ledger.table import Furniture, Quarantined, RawTable

FIELDS: tuple[Field, ...] = (
    "date", "voucher", "supplier_name", "account_code", "account_text", "amount", "text", "unit",
)  # fmt: skip
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|\{([^}]*)\}|(\S+)')
COSTS = ("4", "5", "6", "7")
DEPARTMENT = "1"  # dimension 1 is the department or result unit


@dataclass(slots=True)
class _Voucher:
    """A #VER under way: its head, and (line number, words) of its transactions."""

    words: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def is_sie(data: bytes) -> bool:
    """Does a file begin as SIE does?"""
    return data.lstrip(b"\xef\xbb\xbf \r\n\t")[:7].upper() == b"#FLAGGA"


def read_sie(data: bytes, name: str) -> tuple[str, RawTable, Mapping]:
    """Encoding, the cost transactions and how they are read; `ledger.sie.type` when not type 4."""
    encoding, text = _decode(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    words = [_words(line) for line in lines]
    kind = next((w[1] for w in words if len(w) > 1 and w[0] == "#SIETYP"), "1")
    if not kind.startswith("4"):
        raise KvarError("ledger.sie.type", file=name, kind=kind)
    table = RawTable(None, list(FIELDS), Records.of([], len(FIELDS)), len(lines))
    accounts = {w[1]: w[2] for w in words if len(w) > 2 and w[0] == "#KONTO"}
    table.records = Records.of(_rows(table, words, accounts), len(FIELDS))
    table.notices.append(Notice("ledger.notice.sie_names"))
    currency = next((w[1] for w in words if len(w) > 1 and w[0] == "#VALUTA"), "SEK")
    columns: dict[Field, str] = {item: str(item) for item in FIELDS}
    return encoding, table, Mapping("sie4", 1, columns, "SE", currency, decimal=".", date_order="ymd")


def _decode(data: bytes) -> tuple[str, str]:
    """CP437 as the format says; UTF-8 or cp1252 where the file was plainly written so against the format."""
    if not data.isascii():
        try:
            return "utf-8", data.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    page = "cp1252" if likely_share(data, "cp1252") > likely_share(data, "cp437") else "cp437"
    return page, data.decode(page, errors="replace")


def _words(line: str) -> list[str]:
    """Label and fields; quoted fields lose their quotes and escapes, `{…}` its braces."""
    if not line.strip().startswith("#"):
        return [line.strip()] if line.strip() in ("{", "}") else []
    return [
        re.sub(r"\\(.)", r"\1", match.group(1))
        if match.group(1) is not None
        else (match.group(2) or match.group(3) or "")
        for match in _WORD.finditer(line.strip())
    ]


def _rows(table: RawTable, lines: list[list[str]], accounts: dict[str, str]) -> list[Row]:
    """The cost rows; every other line finds its place in `table`."""
    rows: list[Row] = []
    voucher: _Voucher | None = None
    for number, words in enumerate(lines, 1):
        label = words[0].upper() if words else ""
        if label == "#VER":
            voucher = _Voucher(words)
        elif label == "#TRANS" and voucher is not None:
            voucher.rows.append((number, words))
            continue
        elif label == "}" and voucher is not None:
            rows += _close(table, voucher, accounts)
            voucher = None
        table.furniture.append(Furniture(number, number, "record" if words else "blank"))
    if voucher is not None:  # the file ends inside a voucher
        _hold(table, voucher.rows, "ledger.sie.cut")
    return rows


def _close(table: RawTable, voucher: _Voucher, accounts: dict[str, str]) -> list[Row]:
    """The voucher's cost rows, if it balances."""
    amounts = [_amount(words) for _, words in voucher.rows]
    if any(amount is None for amount in amounts):
        return _hold(table, voucher.rows, "ledger.sie.unreadable")
    if sum(amount for amount in amounts if amount is not None):
        return _hold(table, voucher.rows, "ledger.sie.unbalanced")
    others = [number for number, words in voucher.rows if not words[1].startswith(COSTS)]
    table.furniture += [Furniture(number, number, "other_account") for number in others]
    costs = [(number, words) for number, words in voucher.rows if words[1].startswith(COSTS)]
    return [Row(_cells(voucher.words, words, accounts), number, number) for number, words in costs]


def _hold(table: RawTable, rows: list[tuple[int, list[str]]], code: str) -> list[Row]:
    """Every row of a voucher is held back; none is left."""
    table.quarantined += [
        Quarantined(number, number, code, {"line": number, "value": " ".join(words[3:4])}, words)
        for number, words in rows
    ]
    return []


def _amount(words: list[str]) -> Decimal | None:
    try:
        return Decimal(words[3]) if re.fullmatch(r"-?\d+(\.\d+)?", words[3]) else None
    except (IndexError, InvalidOperation):
        return None


def _cells(head: list[str], words: list[str], accounts: dict[str, str]) -> list[str]:
    """#VER series number date text; #TRANS account {objects} amount date text."""
    series, number, day, text = (head[1:5] + [""] * 4)[:4]
    own_day, own_text = (words[4:6] + [""] * 2)[:2]
    objects = re.findall(r'"([^"]*)"|(\S+)', words[2])
    plain = [one or two for one, two in objects]
    unit = next((plain[n + 1] for n in range(0, len(plain) - 1, 2) if plain[n] == DEPARTMENT), "")
    return [own_day or day, f"{series}{number}", text or own_text, words[1], accounts.get(words[1], ""), words[3],
            own_text, unit]  # fmt: skip
