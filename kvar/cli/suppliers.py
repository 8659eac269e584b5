"""`kvar suppliers`: who is who: match what is new, answer the queue, merge, split, undo, and see the history."""

import getpass
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.core.money import format_minor
from kvar.ledger.model import BatchRef
from kvar.suppliers import asking, deeds
from kvar.suppliers.labels import build
from kvar.suppliers.matching import match_new

suppliers = typer.Typer(
    help="Who is who among suppliers. / Vem som är vem bland leverantörerna.", no_args_is_help=True
)
Anchor = Annotated[str, typer.Option("--anchor", help="Only this one's / Bara denna")]
Reason = Annotated[str, typer.Option("--reason", help="Why / Varför")]
By = Annotated[str, typer.Option("--by", help="Who / Vem")]


def _batches(anchor: str = "") -> list[BatchRef]:
    return [ref for ref, _ in store().batches() if not anchor or ref.anchor.slug == anchor]


def _refuse(error: KvarError) -> typer.Exit:
    ERRORS.print(error.say(language()), style="red", highlight=False)
    return typer.Exit(REFUSED)


@suppliers.command("match")
def match_(anchor: Anchor = "") -> None:
    """Match names no run has seen. / Para namn som ingen körning sett."""
    event = match_new(store(), _batches(anchor))
    build(store(), _batches())
    if event is None:
        print(say("suppliers.matched.none", {}, language()))
        return
    counts = {name: len(event.what[name]) for name in ("seen", "joins", "entries", "asked")}
    print(say("suppliers.matched", counts | {"number": event.number}, language()))


@suppliers.command()
def queue(
    anchor: Anchor = "",
    blind: Annotated[bool, typer.Option("--blind", help="With known pairs / Med kända par")] = False,
    shown: Annotated[int, typer.Option(help="Rows / Rader")] = 20,
) -> None:
    """Pairs to answer, most money first. / Par att svara på, mest pengar först."""
    batches = _batches(anchor)
    table = Table(*(say(f"suppliers.queue.{name}", {}, language()) for name in ("one", "other", "bits", "stake")))
    for pair in asking.queue(store(), batches, blind=blind)[:shown]:
        amount = format_minor(pair.stake, batches[0].currency, language())
        table.add_row(pair.one, pair.other, "" if blind else f"{pair.bits:.1f}", amount)
    Console().print(table)


@suppliers.command()
def answer(
    one: str,
    other: str,
    verdict: Annotated[str, typer.Argument(help="same | different | unsure")],
    anchor: Anchor = "",
    by: By = "",
    blind: Annotated[bool, typer.Option("--blind")] = False,
) -> None:
    """Answer one pair of the queue. / Svara på ett par i kön."""
    try:
        asking.answer(store(), _batches(anchor), (one, other), verdict, by=by or getpass.getuser(), blind=blind)
    except KvarError as error:
        raise _refuse(error) from error
    build(store(), _batches())


@suppliers.command()
def merge(one: str, other: str, reason: Reason = "", by: By = "") -> None:
    """Make two suppliers one; the older id stays. / Gör två till en; det äldre id:t består."""
    try:
        event = deeds.merge(store(), one, other, by=by or getpass.getuser(), reason=reason)
    except KvarError as error:
        raise _refuse(error) from error
    build(store(), _batches())
    print(f"#{event.number}")


@suppliers.command()
def split(key: str, reason: Reason = "", by: By = "") -> None:
    """Take one name out of its supplier. / Ta ut ett namn ur sin leverantör."""
    try:
        event = deeds.split(store(), key, by=by or getpass.getuser(), reason=reason)
    except KvarError as error:
        raise _refuse(error) from error
    build(store(), _batches())
    print(f"#{event.number}")


@suppliers.command()
def undo(
    number: int,
    row: Annotated[int | None, typer.Option(help="One row of a run / En rad i en körning")] = None,
    reason: Reason = "",
    by: By = "",
) -> None:
    """Take an event back. / Ta tillbaka en händelse."""
    try:
        event = deeds.undo(store(), number, by=by or getpass.getuser(), reason=reason, row=row)
    except KvarError as error:
        raise _refuse(error) from error
    build(store(), _batches())
    print(f"#{event.number}")


@suppliers.command()
def history(supplier: int) -> None:
    """What has been decided of a supplier. / Vad som beslutats om en leverantör."""
    table = Table("#", "", "", "", "")
    for event, key in deeds.history(store(), supplier):
        table.add_row(str(event.number), event.kind, key, f"{event.by} {event.at[:16]}", event.reason)
    Console().print(table)
