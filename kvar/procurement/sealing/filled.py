"""Read a filled form (YAML, or JSON which is YAML too) and make what is sealed: price, answers and attached files."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from kvar.core.errors import KvarError
from kvar.core.whole import whole
from kvar.ledger.amounts import AmountError, decide_decimal, parse_amount

MOST_FILES = 20
NUMBER = "target"


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form: price in minor units; answers: criterion slug -> field -> text, or a whole number for target."""

    procurement: str
    lot: int
    bidder: str
    openers: Mapping[str, str]
    price: int
    answers: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, bytes] = field(default_factory=dict)

    def content(self) -> bytes:
        """What goes into the envelope."""
        files = {name: base64.b64encode(body).decode() for name, body in sorted(self.files.items())}
        row = {"price": self.price, "answers": self.answers, "files": files}
        return json.dumps(row, sort_keys=True, ensure_ascii=False).encode()


def read(text: str, files: Mapping[str, bytes] | None = None) -> Filled:
    """A filled form; `procurement.form.unreadable` with the line, `.incomplete`, `.price`, `.target`, `.files`."""
    try:
        row = yaml.load(text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KvarError("procurement.form.unreadable", line=line) from error
    if not isinstance(row, dict) or not {"procurement", "lot", "bidder", "price", "answers"} <= set(row):
        raise KvarError("procurement.form.incomplete")
    if len(files or {}) > MOST_FILES:
        raise KvarError("procurement.form.files", most=MOST_FILES)
    openers = {str(name): str(key) for name, key in (row.get("openers") or {}).items()}
    answers = {str(slug): answer_of(str(slug), given) for slug, given in (row["answers"] or {}).items()}
    lot = row["lot"] if isinstance(row["lot"], int) else 0
    return Filled(
        str(row["procurement"]), lot, str(row["bidder"]), openers, price_of(row["price"]), answers, files or {}
    )


def price_of(written: object) -> int:
    """A price as people write it, in minor units above zero; `procurement.form.price_missing`."""
    text = "" if written is None else str(written).strip()
    try:
        price = parse_amount(text, decide_decimal([text]) or ".") if text else 0
    except AmountError:
        price = 0
    if price <= 0:
        raise KvarError("procurement.form.price_missing", value=text[:40] or "-")
    return price


def answer_of(slug: str, given: object) -> dict[str, Any]:
    """Texts without surrounding blanks; blank ones leave; the target is a whole number of zero or more.

    `procurement.form.target_number`, with what the question is called, for any other target.
    """
    rows = given if isinstance(given, Mapping) else {"text": given}
    found: dict[str, Any] = {}
    for name, value in rows.items():
        text = "" if value is None else str(value).strip()
        if text:
            found[str(name)] = _whole(slug, text) if name == NUMBER else text
    return found


def _whole(slug: str, text: str) -> int:
    number = whole("".join(text.split()))
    if number is None:
        raise KvarError("procurement.form.target_number", question=slug, value=text[:40])
    return number
