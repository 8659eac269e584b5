"""`kvar import`: files into the store, one batch a file, whole or not at all; and `kvar undo`."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from kvar.cli.check import AsJson, Files, SourceName
from kvar.cli.output import ERRORS, OK, QUARANTINED, REFUSED, counts_table, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.core.numbers import mask
from kvar.ledger.amounts import AmountError, decide_decimal, parse_amount
from kvar.ledger.corrections import corrections
from kvar.ledger.importing import Imported, Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.result import TableResult

AnchorName = Annotated[str, typer.Option("--anchor", help="Who paid, a short name / Vem som betalade, ett kort namn")]
Name = Annotated[str | None, typer.Option("--name", help="The anchor's full name / Ankarets hela namn")]
Country = Annotated[str, typer.Option("--country", help="SE | GB")]
Place = Annotated[str, typer.Option("--place", help="Code of the home municipality / Hemkommunens kod")]
Total = Annotated[str | None, typer.Option("--control-total", help="Sum the file must have / Summa filen ska ha")]


def import_(  # noqa: PLR0913, PLR0917 - one parameter an option
    files: Files,
    anchor: AnchorName,
    source: SourceName = None,
    name: Name = None,
    country: Country = "",
    place: Place = "",
    control_total: Total = None,
    as_json: AsJson = False,
) -> None:
    """Import ledgers for an anchor. / Läs in reskontror för en ankarinstitution."""
    where = store()
    known = next((ref.anchor for ref, _ in where.batches() if ref.anchor.slug == anchor), None)
    who = known or Anchor(anchor, name or anchor, country or "SE", place)
    who = replace(who, name=name or who.name, country=country or who.country, place=place or who.place)
    options = Options(source=source, control_total=_minor(control_total) if control_total else None)
    done: list[Imported] = []
    for item in track(import_files(files, store=where, anchor=who, options=options), "", len(files), console=ERRORS):
        done.append(item)
    _tell(done, as_json)
    raise typer.Exit(_code(done))


def undo(batches: Annotated[list[str], typer.Argument(help="Batch ids / Omgångar")]) -> None:
    """Undo imports; the uploaded bytes stay. / Ångra inläsningar; de uppladdade filerna finns kvar."""
    for batch in batches:
        try:
            store().remove_batch(batch)
        except KvarError as error:
            ERRORS.print(error.say(language()), style="red")
            raise typer.Exit(REFUSED) from error


def errors(batch: Annotated[str, typer.Argument(help="Batch id / Omgång")]) -> None:
    """Quarantined rows as CSV with a column `fel`. / Undantagna rader som CSV med en kolumn `fel`."""
    found = next((ref for ref, _ in store().batches() if ref.id == batch), None)
    if found is None:
        ERRORS.print(KvarError("ledger.batch.unknown", batch=batch).say(language()), style="red")
        raise typer.Exit(REFUSED)
    print(corrections(found, language()), end="")


def _minor(text: str) -> int:
    try:
        return parse_amount(text, decide_decimal([text]) or ".")
    except AmountError as error:
        raise typer.BadParameter(text) from error


def _code(done: list[Imported]) -> int:
    if any(item.error for item in done):
        return REFUSED
    return QUARANTINED if any(table.quarantined for item in done for table in item.tables) else OK


def _tell(done: list[Imported], as_json: bool) -> None:
    tables: list[TableResult] = [table for item in done for table in item.tables]
    if as_json:
        for table in tables:
            print(json.dumps(table.to_json(language()), ensure_ascii=False))
    else:
        Console().print(counts_table(tables))
    for item in done:
        _tell_one(item)


def _tell_one(item: Imported) -> None:
    file = mask(Path(item.path).name)
    if item.error:
        ERRORS.print(f"{file}: {item.error.say(language())}", style="red", highlight=False)
    for notice in (*item.notices, *(warning for table in item.tables for warning in table.warnings)):
        ERRORS.print(f"{file}: {say(notice.code, notice.values, language())}", highlight=False)
