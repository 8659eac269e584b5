"""An anchor's own group: what its companies are paid stays inside the house and is no purchase from outside.

Two ways, both visible and both overruled by an override: a list of company numbers that the organisation keeps, and a
register's word that a company is municipal and seated in the organisation's municipality (only where the organisation
has said that those are its own: a police authority in the same town owns none of them).
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

from kvar.core.errors import KvarError
from kvar.core.language import LANGUAGES
from kvar.core.messages import say
from kvar.core.numbers import mask, read_number
from kvar.ledger.store import Store
from kvar.spending.classify import Rule

OWNED = "municipal_company"


@dataclass(frozen=True, slots=True)
class Group:
    """`numbers` as the organisation lists them; the municipal companies of `register_place` (if any) are its own."""

    numbers: tuple[str, ...] = ()
    register_place: str = ""
    by: str = ""
    at: str = ""


def company_number(text: str, country: str) -> str:
    """The number of a company as ledgers keep it, however it is written; empty for nothing, `spending.number.unread`.

    A person's number is left as it is: whoever keeps it refuses it.
    """
    if not text.strip():
        return ""
    found = read_number(text, country)
    if found is None:
        raise KvarError("spending.number.unread", number=mask(text.strip()))
    return text if found.is_person else found.number


def group_of(store: Store, anchor: str) -> Group:
    """An anchor's group; an empty one where nothing was said."""
    path = _path(store, anchor)
    if not path.exists():
        return Group()
    data = json.loads(path.read_text(encoding="utf-8"))
    return Group(**{**data, "numbers": tuple(data["numbers"])})


def set_group(
    store: Store, anchor: str, numbers: Iterable[str], *, country: str, register_place: str = "", by: str
) -> Group:
    """Replace an anchor's group; `spending.group.numbers` for what is no company's number."""
    written = [number.strip() for number in numbers if number.strip()]
    found = [read_number(number, country) for number in written]
    wrong = [number for number, one in zip(written, found, strict=True) if one is None or one.is_person]
    if wrong:
        raise KvarError("spending.group.numbers", numbers=", ".join(wrong[:5]))
    known = tuple(dict.fromkeys(one.number for one in found if one))
    made = Group(known, register_place, by, datetime.now(UTC).isoformat(timespec="seconds"))
    path = _path(store, anchor)
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(asdict(made)), encoding="utf-8")
    beside.rename(path)
    return made


def group_rules(store: Store, anchor: str) -> tuple[Rule, ...]:
    """The group as rules: the organisation's list, then the register's companies."""
    group = group_of(store, anchor)
    owned = tuple(sorted(municipal_companies(store, group.register_place)))
    parts = (("list", group.numbers, anchor), ("register", owned, "registers"))
    return tuple(
        Rule(f"group-{name}", "internal", {lang: say(f"spending.group.{name}", {}, lang) for lang in LANGUAGES},
             source, numbers=numbers)
        for name, numbers, source in parts if numbers
    )  # fmt: skip


def municipal_companies(store: Store, place: str) -> dict[str, str]:
    """Number and name of the municipal companies that the loaded registers seat in a municipality."""
    path = store.root / "registers" / "firms.parquet"
    return _municipal(path, path.stat().st_mtime_ns, place) if place and path.exists() else {}


@lru_cache(32)
def _municipal(path: Path, _changed: int, place: str) -> dict[str, str]:
    wanted = [("ownership", "=", OWNED), ("place", "=", place)]
    by_form = [("form_group", "=", OWNED), ("place", "=", place)]
    table = pq.read_table(path, columns=["number", "name"], filters=[wanted, by_form])
    pairs = zip(table["number"].to_pylist(), table["name"].to_pylist(), strict=True)
    return {number: name for number, name in pairs if number}


def _path(store: Store, anchor: str) -> Path:
    return store.root / "overrides" / f"{anchor}.group.json"
