"""`kvar influence`: what could be moved by choosing otherwise: now, from a date, not, or cannot be told."""

import getpass
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kvar.cli.output import ERRORS, REFUSED, country_of, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.core.money import format_minor
from kvar.core.period import parse_period
from kvar.ledger.model import BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.figure import Question
from kvar.spending.group import company_number
from kvar.spending.influence import Influence, total
from kvar.spending.influence import influence as judge
from kvar.spending.influence_rules import VERDICTS, add_word
from kvar.suppliers.labels import build

influence = typer.Typer(help="What can be influenced. / Vad som går att påverka.", no_args_is_help=True)
Place = Annotated[str, typer.Option("--place", help="Home, by code / Hemort, med kod")]
Anchors = Annotated[list[str] | None, typer.Option("--anchor", help="Only these / Bara dessa")]
Period = Annotated[str, typer.Option("--period", help="2024, 2022..2024")]
Day = Annotated[str, typer.Option("--day", help="As it stands on / Som det står den, YYYY-MM-DD")]
ROWS = 20


@influence.command("show")
def show(
    place: Place = "", anchor: Anchors = None, period: Period = "2000..2199", day: Day = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:  # fmt: skip
    """Purchases by category and verdict. / Inköp efter slag och svar."""
    where = store()
    try:
        question, batches = asked(where, place, anchor, period)
        found = judge(where, batches, question, gazetteer=Gazetteer.load(where.root / "places"), day=day_of(day))
    except KvarError as error:
        raise refused(error) from error
    if as_json:
        rows = {name: {v: total(s for s in slices if s.verdict == v) for v in VERDICTS}
                for name, slices in found.categories().items()}  # fmt: skip
        print(json.dumps({"base": found.base, "by_verdict": found.by_verdict(), "by_category": rows}))
    else:
        _print(found)


@influence.command("word")
def word(
    anchor: Annotated[str, typer.Option("--anchor")],
    verdict: Annotated[str, typer.Option("--verdict", help="now | later | fixed | unclear")],
    reason: Annotated[str, typer.Option("--reason", help="Why / Skäl")],
    category: Annotated[str, typer.Option("--category", help="Kind of purchase / Slag av köp")] = "",
    number: Annotated[str, typer.Option("--number", help="Company number / Organisationsnummer")] = "",
    until: Annotated[str, typer.Option("--until", help="From which day / Från vilken dag")] = "",
) -> None:
    """The anchor's own word on a category or a firm. / Ankarets egen bedömning av ett slag eller ett företag."""
    try:
        made = add_word(store(), anchor, verdict, reason=reason, by=getpass.getuser(), category=category,
                        number=company_number(number, country_of(anchor)), until=until)  # fmt: skip
    except KvarError as error:
        raise refused(error) from error
    name = say(f"influence.verdict.{made.verdict}", {}, language())
    print(say("influence.word.added", {"what": category or number, "name": name}, language()))


def asked(where: Store, place: str, anchor: list[str] | None, period: str) -> tuple[Question, list[BatchRef]]:
    """The question of the options and its batches, labelled."""
    batches = [ref for ref, _ in where.batches()]
    first, last = parse_period(period)
    home = place or next((ref.anchor.place for ref in batches if not anchor or ref.anchor.slug in anchor), "")
    build(where, batches)
    return Question(home, first, last, tuple(anchor or ())), [ref for ref in batches if ref.anchor.place == home]


def day_of(text: str) -> date:
    """The day written, today when none is."""
    parse: Callable[[str], date] = date.fromisoformat
    try:
        return parse(text) if text else datetime.now(UTC).date()
    except ValueError as error:
        raise typer.BadParameter(text) from error


def refused(error: KvarError) -> typer.Exit:
    """The error's sentence on stderr, and the exit to raise."""
    ERRORS.print(error.say(language()), style="red", highlight=False)
    return typer.Exit(REFUSED)


def _print(found: Influence) -> None:
    lang = language()
    table = Table("", *(say(f"influence.verdict.{name}", {}, lang) for name in VERDICTS))
    for category, slices in list(found.categories().items())[:ROWS]:
        sums = (total(item for item in slices if item.verdict == name) for name in VERDICTS)
        table.add_row(category, *(format_minor(amount, found.currency, lang) for amount in sums))
    whole = found.by_verdict()
    table.add_row("=", *(format_minor(whole[name], found.currency, lang) for name in VERDICTS))
    Console().print(table)
