"""OCDS 1.0 and 1.1: release packages, record packages, single releases, whole or one JSON a line."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from kvar.core.errors import KvarError
from kvar.procurement.notices.seen import Read, Seen, cpv, link, minor, short


def read_ocds(text: str, name: str) -> Read:
    """The last release of each ocid that has a tender with a title; `procurement.notices.not_ocds`."""
    found: dict[str, Seen] = {}
    left = 0
    for release in sorted(_releases(text, name), key=lambda row: str(row.get("date", ""))):
        seen = _seen(release)
        if seen is None:
            left += 1
        else:
            found[seen.id] = seen
    return Read("ocds", tuple(found.values()), {"title": left} if left else {})


def _releases(text: str, name: str) -> Iterator[dict[str, Any]]:
    rows = list(_documents(text, name))
    found = [release for row in rows for release in _of(row)]
    if not found:
        raise KvarError("procurement.notices.not_ocds", file=name)
    yield from found


def _documents(text: str, name: str) -> Iterator[Any]:
    try:
        yield json.loads(text, parse_float=Decimal)
    except ValueError:
        try:
            yield from [json.loads(line, parse_float=Decimal) for line in text.splitlines() if line.strip()]
        except ValueError as error:
            raise KvarError("procurement.notices.json", file=name, line=getattr(error, "lineno", 1)) from error


def _of(row: Any) -> list[dict[str, Any]]:
    """The releases of a package, of records (compiled, or their own), or a release itself."""
    if not isinstance(row, dict):
        return []
    rows = [*_list(row, "releases"), *([row] if "ocid" in row and "tag" in row else [])]
    for record in _list(row, "records"):
        compiled = record.get("compiledRelease")
        rows += [compiled] if isinstance(compiled, dict) else _list(record, "releases")
    return [one for one in rows if isinstance(one.get("ocid"), str)]


def _list(row: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = row.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _dict(row: dict[str, Any], key: str) -> dict[str, Any]:
    value = row.get(key)
    return value if isinstance(value, dict) else {}


def _seen(release: dict[str, Any]) -> Seen | None:
    tender = _dict(release, "tender")
    title = str(tender.get("title") or "").strip()
    if not title:
        return None
    value, buyer = _dict(tender, "value"), _dict(release, "buyer") or _dict(tender, "procuringEntity")
    documents = [link(str(one.get("url") or "")) for one in _list(tender, "documents")]
    amount = value.get("amount")
    return Seen(
        str(release["ocid"]), title, str(buyer.get("name") or ""), short(str(tender.get("description") or "")),
        _cpv(tender), str(tender.get("mainProcurementCategory") or ""),
        minor(str(amount)) if isinstance(amount, int | Decimal) else None, str(value.get("currency") or ""),
        _moment(release.get("date")), _moment(_dict(tender, "tenderPeriod").get("endDate")),
        next((url for url in documents if url), ""),
    )  # fmt: skip


def _cpv(tender: dict[str, Any]) -> str:
    classes = [_dict(item, "classification") for item in _list(tender, "items")]
    return next((cpv(str(one.get("id", ""))) for one in classes if one.get("scheme") == "CPV"), "")


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
