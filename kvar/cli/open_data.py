"""`kvar open-data`: decide that a year of an anchor is open data, take it back, or write its file."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.core.money import format_minor
from kvar.ledger.model import BatchRef
from kvar.spending.open_data.export import csv_of, summary
from kvar.spending.open_data.published import close_year, open_year, opened

open_data = typer.Typer(help="What my municipality buys. / Vad min kommun köper.", no_args_is_help=True)
Slug = Annotated[str, typer.Option("--anchor", help="Slug")]
Year = Annotated[int, typer.Option("--year", help="Year / År")]


@open_data.command("open")
def open_(
    anchor: Slug, year: Year, contact: Annotated[str, typer.Option("--contact", help="E-mail / E-post")] = ""
) -> None:
    """Make a year open data; persons are withheld. / Gör ett år till öppna data; personer hålls inne."""
    where = store()
    with _refusing():
        open_year(where, [ref for ref, _ in where.batches()], anchor, year, by=getpass.getuser(), contact=contact)
    _tell(anchor, year)


@open_data.command("close")
def close(anchor: Slug, year: Year) -> None:
    """Take it back. / Ta tillbaka det."""
    with _refusing():
        close_year(store(), anchor, year, by=getpass.getuser())


@open_data.command("write")
def write(anchor: Slug, year: Year, out: Annotated[Path, typer.Option("--out", help="CSV")]) -> None:
    """Write the file of a year, to look at before it is opened. / Skriv årets fil, att se på först."""
    with out.open("wb") as file:
        file.writelines(csv_of(store(), _batches(anchor), year))
    _tell(anchor, year)


@open_data.command("list")
def list_() -> None:
    """What is open. / Vad som är öppet."""
    for one in opened(store()):
        _tell(one.anchor, one.year)


def _batches(anchor: str) -> list[BatchRef]:
    with _refusing():
        found = [ref for ref, _ in store().batches() if ref.anchor.slug == anchor]
        if not found:
            raise KvarError("open_data.anchor", anchor=anchor)
    return found


def _tell(anchor: str, year: int) -> None:
    batches = _batches(anchor)
    found, lang = summary(store(), batches, year), language()
    money = {name: format_minor(amount, batches[0].currency, lang) for name, amount in
             (("open", found.amount), ("withheld", found.withheld_amount), ("whole", found.whole))}  # fmt: skip
    values = {"anchor": anchor, "year": year, "n": found.lines, "m": found.withheld_lines} | money
    print(say("open_data.told", values, lang))


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except KvarError as error:
        ERRORS.print(error.say(language()), style="red", highlight=False)
        raise typer.Exit(REFUSED) from error
