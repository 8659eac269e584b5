"""A CSV of notices: title, buyer and an id are needed; other columns are taken where their names are known."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

from kvar.core.errors import KvarError
from kvar.ledger.amounts import AmountError, decide_decimal, parse_amount
from kvar.ledger.delimited import decide_delimiter
from kvar.procurement.notices.seen import Read, Seen, cpv, link, short

NAMES = {
    "id": ("id", "ocid", "diarienummer", "referens", "reference", "annons-id", "notice id"),
    "title": ("title", "rubrik", "titel", "namn", "upphandling"),
    "buyer": ("buyer", "köpare", "organisation", "myndighet", "authority"),
    "description": ("description", "beskrivning"),
    "cpv": ("cpv", "cpv-kod", "cpv code"),
    "value": ("value", "värde", "beräknat värde", "estimated value"),
    "currency": ("currency", "valuta"),
    "published": ("published", "publicerad", "annonserad", "publication date"),
    "deadline": ("deadline", "sista anbudsdag", "sista dag", "closing date"),
    "url": ("url", "länk", "link"),
}
NEEDED = ("id", "title", "buyer")
LOCAL = ZoneInfo("Europe/Stockholm")


def read_table(text: str, name: str) -> Read:
    """The rows that have id, title and buyer; `procurement.notices.columns` where a column is not there."""
    lines = text.splitlines()
    rows = list(csv.reader(io.StringIO(text), delimiter=decide_delimiter(lines))) if lines else []
    columns = _columns(rows[0] if rows else [], name)
    found = [_seen({key: row[at].strip() for key, at in columns.items() if at < len(row)}) for row in rows[1:] if row]
    kept = [seen for seen in found if seen]
    left = len(found) - len(kept)
    return Read("csv", tuple({seen.id: seen for seen in kept}.values()), {"title": left} if left else {})


def _columns(header: list[str], name: str) -> dict[str, int]:
    folded = [cell.strip().casefold() for cell in header]
    found = {key: folded.index(alias) for key, names in NAMES.items() for alias in names if alias in folded}
    if lacking := [NAMES[key][0] for key in NEEDED if key not in found]:
        raise KvarError("procurement.notices.columns", file=name, columns=", ".join(lacking))
    return found


def _seen(row: dict[str, str]) -> Seen | None:
    if not all(row.get(key) for key in NEEDED):
        return None
    return Seen(
        row["id"], row["title"], row["buyer"], short(row.get("description", "")), cpv(row.get("cpv", "")), "",
        _amount(row.get("value", "")), row.get("currency", ""), _moment(row.get("published", "")),
        _moment(row.get("deadline", "")), link(row.get("url", "")),
    )  # fmt: skip


def _amount(text: str) -> int | None:
    try:
        return parse_amount(text, decide_decimal([text]) or ".") if text else None
    except AmountError:
        return None


def _moment(text: str) -> datetime | None:
    """`2026-05-04` or `2026-05-04 12:00`; without zone it is the local clock."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=LOCAL)
