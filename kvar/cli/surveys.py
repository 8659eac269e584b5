"""`kvar surveys`: what suppliers answered, and the input–output table that the multiplier is checked against."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.places.gazetteer import Gazetteer
from kvar.spending.io_table import load_io_table
from kvar.spending.surveys import Survey, load_replies, remove_replies

surveys = typer.Typer(help="What suppliers answered. / Vad leverantörer har svarat.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Place = Annotated[str, typer.Option("--place", help="Home, by code / Hemort, med kod")]


@surveys.command("load")
def load(file: File, place: Place) -> None:
    """Load answers from CSV; single answers are never shown. / Läs in svar; enskilda svar visas aldrig."""
    where = store()
    try:
        country = Gazetteer.load(where.root / "places").get(place).country
        found = load_replies(file, store=where, place=place, country=country, by=getpass.getuser())
    except KvarError as error:
        raise _refused(error) from error
    _tell(found)


@surveys.command("remove")
def remove(year: Annotated[int, typer.Argument(help="Year / År")], place: Place) -> None:
    """Take a year's answers away. / Ta bort ett års svar."""
    _tell(remove_replies(store(), place, year, by=getpass.getuser()))


@surveys.command("io")
def io(
    flows: File,
    employment: File,
    place: Place,
    source: Annotated[str, typer.Option("--source", help="Who published it / Utgivare")],
    year: Annotated[str, typer.Option("--year", help="Which year / Vilket år")],
) -> None:
    """Load an input–output table and employment (CSV). / Läs in en input–output-tabell och sysselsättning."""
    try:
        found = load_io_table(flows, employment, store=store(), place=place, source=source, year=year)
    except KvarError as error:
        raise _refused(error) from error
    print(say("multiplier.io.loaded", {"n": len(found.codes), "source": source, "year": year}, language()))


def _tell(found: Survey) -> None:
    for year in sorted({reply.year for reply in (*found.replies, *found.public)}):
        values = {"year": year, "n": sum(r.year == year for r in found.replies), "public": len(found.of(year)),
                  "waiting": found.waiting(year)}  # fmt: skip
        print(say("multiplier.survey.loaded", values, language()))


def _refused(error: KvarError) -> typer.Exit:
    ERRORS.print(error.say(language()), style="red", highlight=False)
    return typer.Exit(REFUSED)
