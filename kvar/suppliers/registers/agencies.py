"""Myndighetsdata's JSON: one object an agency, by name; an entry for its name and one for each variant."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from kvar.core.errors import KvarError

COLUMNS = pa.schema([(name, pa.string()) for name in ("org_nr", "myndighet", "postcode", "form", "employees", "end")])
VARIANTS = ("name_en", "short_name", "old_names", "other_names")


def agencies(path: Path) -> pa.Table:
    """Rows of COLUMNS; `suppliers.register.json` when it is no such file."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        rows = [row for name, entry in data.items() for row in _rows(name, _whole(entry))]
    except (ValueError, AttributeError) as error:
        raise KvarError("suppliers.register.json", file=path.name) from error
    return pa.Table.from_pylist(rows, COLUMNS)


def _whole(entry: dict[str, Any]) -> dict[str, Any]:
    """One agency's facts; in the merged file each source has its own, and the first that knows one counts."""
    parts = [part for part in entry.values() if isinstance(part, dict) and ("org_nr" in part or "start" in part)]
    whole: dict[str, Any] = {}
    for part in parts or [entry]:
        for name, value in part.items():
            if value not in (None, "", []):
                whole.setdefault(name, value)
    return whole


def _rows(name: str, entry: dict[str, Any]) -> Iterator[dict[str, str | None]]:
    known = {
        "org_nr": entry.get("org_nr"),
        "postcode": (entry.get("postal_address") or {}).get("postcode"),
        "form": "Statlig myndighet",
        "employees": _latest(entry.get("employees")),
        "end": str(entry["end"]) if entry.get("end") else None,
    }
    yield {"myndighet": name, **known}
    for variant in _variants(entry, name):
        yield {"myndighet": variant, **known}


def _latest(by_year: object) -> str | None:
    """The count of the newest year."""
    if not isinstance(by_year, dict) or not by_year:
        return None
    return str(by_year[max(by_year)])


def _variants(entry: dict[str, Any], name: str) -> list[str]:
    found: list[str] = []
    for key in VARIANTS:
        value = entry.get(key) or []
        found += [value] if isinstance(value, str) else [text for text in value if isinstance(text, str)]
    return sorted({text.strip() for text in found if len(text.strip()) > 3} - {name})
