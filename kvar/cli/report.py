"""`kvar report`: where the money went."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kvar.cli.firms import print_firms
from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.core.period import parse_period
from kvar.core.writing import format_minor, format_percent
from kvar.places.gazetteer import Gazetteer
from kvar.spending.definitions import DEFINITIONS
from kvar.spending.figure import Figure, Question
from kvar.spending.firms import firm_report
from kvar.spending.report import Report
from kvar.spending.report import report as make_report
from kvar.suppliers.labels import build

ROWS = 15


def report(  # noqa: PLR0913, PLR0917 - the options of a command
    place: Annotated[str, typer.Option("--place", help="Home, by code / Hemort, med kod")] = "",
    anchor: Annotated[list[str] | None, typer.Option("--anchor", help="Only these / Bara dessa")] = None,
    period: Annotated[str, typer.Option("--period", help="2024, 2024-03, 2022..2024")] = "2000..2199",
    district: Annotated[str, typer.Option("--district", help="Seen from this one / Sett från denna")] = "",
    definition: Annotated[
        str, typer.Option("--definition", help="What local means: all, or one / Vad lokal betyder: all, eller en")
    ] = "",
    areas: Annotated[str, typer.Option("--areas", help="Division of this year / Indelning detta år")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="All figures / Alla siffror")] = False,
) -> None:
    """Where the money went. / Vart pengarna gick."""
    where = store()
    batches = [ref for ref, _ in where.batches()]
    try:
        first, last = parse_period(period)
        home = place or next((ref.anchor.place for ref in batches if not anchor or ref.anchor.slug in anchor), "")
        build(where, batches)
        question = Question(home, first, last, tuple(anchor or ()), district=district or None)
        gazetteer = Gazetteer.load(where.root / "places", areas)
        found = make_report(where, batches, question, gazetteer=gazetteer)
        firms = _asked(definition) and firm_report(where, batches, question, gazetteer=gazetteer)
    except KvarError as error:
        ERRORS.print(error.say(language()), style="red", highlight=False)
        raise typer.Exit(REFUSED) from error
    if as_json:
        more = firms.to_json() if firms else {}
        print(json.dumps(more | found.to_json(), ensure_ascii=False))
        return
    if firms:
        print_firms(firms, definition, language())
    _print(found, language())


def _asked(definition: str) -> bool:
    """Is a definition asked for? `definitions.unknown` with those that exist."""
    if definition not in ("", "all", *DEFINITIONS):
        raise KvarError("definitions.unknown", definition=definition, known=", ".join(("all", *DEFINITIONS)))
    return bool(definition)


def _print(found: Report, lang: Language) -> None:
    out = Console()
    for level, figure in found.local_share.items():
        out.print(f"{say(f'report.within.{level}', {}, lang)}: {_share(figure, lang)}", highlight=False)
    amounts = {"base": found.base, "paid": found.paid}
    told = {name: format_minor(amount, found.currency, lang) for name, amount in amounts.items()}
    out.print(say("report.base", told, lang), highlight=False)
    table = Table(*(say(f"report.column.{name}", {}, lang) for name in ("supplier", "amount", "share")))
    for row in found.top_suppliers[:ROWS]:
        table.add_row(
            row.name or "-", format_minor(row.amount, found.currency, lang), format_percent(row.share, lang)
        )
    if found.withheld.suppliers:
        name = say("spending.withheld", {"n": found.withheld.suppliers}, lang)
        amount = format_minor(found.withheld.amount, found.currency, lang)
        table.add_row(name, amount, format_percent(found.withheld.share, lang))
    out.print(table)
    for item in found.excluded:
        name = say(f"spending.class.{item.payment_class}", {}, lang)
        out.print(f"{name} ({item.rule}): {format_minor(item.amount, found.currency, lang)}", highlight=False)


def _share(figure: Figure, lang: Language) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return figure.missing or "-"
    return f"{format_percent(figure.low, lang)[:-2]}–{format_percent(figure.high, lang)}"
