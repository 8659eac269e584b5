"""`kvar opportunities`: what leaves and can be influenced, who near sells it, and the law's way, largest first."""

import json
from dataclasses import asdict, replace
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kvar.cli.influence import Anchors, Day, Period, Place, asked, day_of, refused
from kvar.cli.output import language, store
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.core.money import format_minor, format_number
from kvar.places.gazetteer import Gazetteer
from kvar.procurement.rules.door import routes
from kvar.spending.opportunities import Opportunities
from kvar.spending.opportunities import opportunities as find

COLUMNS = ("kind", "open", "leaves", "unclear", "unknown", "firms")


def opportunities(
    place: Place = "", anchor: Anchors = None, period: Period = "2000..2199", day: Day = "",
    district: Annotated[str, typer.Option("--district", help="Seen from this one / Sett från denna")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:  # fmt: skip
    """Where money leaves and could lawfully be asked for nearer. / Vad som lämnar och lagligt kan påverkas."""
    where = store()
    try:
        question, batches = asked(where, place, anchor, period)
        question, gazetteer = replace(question, district=district or None), Gazetteer.load(where.root / "places")
        found = find(where, batches, question, gazetteer=gazetteer, day=day_of(day), routes=routes)
    except KvarError as error:
        raise refused(error) from error
    if as_json:
        rows = [asdict(row) | {"market": row.market.id if row.market else None} for row in found.rows]
        whole = asdict(found.whole) | {"base": found.whole.base}
        print(json.dumps({"currency": found.influence.currency, "whole": whole, "rows": rows}, default=str))
    else:
        _print(found)


def _print(found: Opportunities) -> None:
    lang = language()
    table = Table(*(say(f"opportunity.head.{name}", {}, lang) for name in COLUMNS))
    for row in found.rows:
        parts = row.amounts
        sums = (parts.away_open, parts.away, parts.away_unclear, parts.unknown)
        firms = "-" if row.capacity is None else format_number(row.capacity.firms, lang)
        told = row.category if row.why is None else f"{row.category} ({say(f'opportunity.why.{row.why}', {}, lang)})"
        table.add_row(told, *(format_minor(amount, found.influence.currency, lang) for amount in sums), firms)
    out = Console()
    out.print(table)
    out.print(say("opportunity.law", {}, lang), highlight=False)
