"""The route engine behind `kvar.spending.routes`: what the law says of the purchases of one kind in a year.

Only Sweden is assessed; for other countries nothing is said rather than the wrong act cited.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kvar.procurement.rules.cpv import names
from kvar.procurement.rules.engine import Answer, Open, answer
from kvar.procurement.rules.need import Need
from kvar.spending.routes import Kind, Route

CONDITIONAL = frozenset({"integration_provider", "staff_owned_mission", "registered_nonprofit"})


def routes(kind: Kind, value: int, day: date) -> Sequence[Route]:
    """Ways, levers and what is forbidden; a `kvar.spending.routes.Router`."""
    if kind.country != "SE" or value <= 0:
        return ()
    cpv = kind.cpv if kind.cpv in names() else None
    need = Need("SE", "subcentral", kind.nature, day, value=value, cpv=cpv, facts=CONDITIONAL)
    found = answer(need)
    ways = sorted((_way(item, found) for item in found.open), key=lambda way: bool(way.asks))
    return (*ways, *_levers(found.regime), *_forbidden(found))


def _way(item: Open, found: Answer) -> Route:
    route, days = item.route, item.days.days if item.days else None
    asks = tuple(route.when.get("facts", ()))
    limit = next((m.limit for m in found.limits if m.regime == found.regime), found.limits[-1].limit)
    cites = tuple(written(cite) for cite in route.cites)
    return Route(
        "way", route.id, {"sv": route.title["sv"], "en": route.title["en"]},
        {"sv": route.how["sv"], "en": route.how["en"]}, cites, asks, days, limit, found.undecided, route.verified,
    )  # fmt: skip


def _levers(regime: str) -> Iterator[Route]:
    for row in _lever_rows():
        if regime in row["by"]:
            cites = tuple(written(cite) for cite in row["by"][regime])
            yield Route("lever", row["id"], {"sv": row["sv"], "en": row["en"]},
                        {"sv": row["how_sv"], "en": row["how_en"]}, cites)  # fmt: skip


@cache
def _lever_rows() -> list[dict[str, Any]]:
    path = files("kvar") / "parameters" / "procurement" / "levers.yml"
    rows: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return rows


def _forbidden(found: Answer) -> Iterator[Route]:
    for duty in found.duties:
        if duty.kind == "forbidden":
            text = {"sv": duty.text["sv"], "en": duty.text["en"]}
            cites = tuple(written(cite) for cite in duty.cites)
            yield Route("forbidden", duty.id, {"sv": text["sv"], "en": text["en"]}, {"sv": "", "en": ""}, cites,
                        verified=duty.verified)  # fmt: skip


def written(cite: str) -> str:
    """`19a:2` as the act is cited: `LOU 19 a kap. 2 §`."""
    chapter, paragraph = (part[:-1] + " a" if part.endswith("a") else part for part in cite.split(":"))
    return f"LOU {chapter} kap. {paragraph} §"
