"""`kvar contracts`: the anchor's own contract register, so that it is known what is bound until when."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from kvar.cli.output import ERRORS, OK, QUARANTINED, REFUSED, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.spending.contract_errors import rejected_csv
from kvar.spending.contract_file import load_register_file
from kvar.spending.contracts import Register, register_of, remove_register

contracts = typer.Typer(help="Contract registers. / Avtalsregister.", no_args_is_help=True)
Slug = Annotated[str, typer.Option("--anchor", help="Short name / Kort namn")]


@contracts.command("load")
def load(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX")],
    anchor: Slug,
    country: Annotated[str, typer.Option("--country", help="SE | GB")] = "",
) -> None:
    """Load a register in the place of the one before. / Läs in ett register i stället för det förra."""
    where = store()
    known = next((ref.anchor.country for ref, _ in where.batches() if ref.anchor.slug == anchor), "SE")
    try:
        found = load_register_file(file, store=where, anchor=anchor, country=country or known, by=getpass.getuser())
    except KvarError as error:
        raise _refused(error) from error
    _tell(found)
    raise typer.Exit(QUARANTINED if found.rejected else OK)


@contracts.command("errors")
def errors(anchor: Slug) -> None:
    """Rejected rows as CSV with a column `fel`. / Rader med fel som CSV med en kolumn `fel`."""
    found = register_of(store(), anchor)
    if found is None:
        raise _refused(KvarError("contracts.none", anchor=anchor))
    print(rejected_csv(found, language()), end="")


@contracts.command("remove")
def remove(anchor: Slug) -> None:
    """Take the register away. / Ta bort registret."""
    try:
        remove_register(store(), anchor)
    except KvarError as error:
        raise _refused(error) from error
    print(say("contracts.removed", {"anchor": anchor}, language()))


def _tell(found: Register) -> None:
    counts = {"contracts": len(found.contracts), "rejected": len(found.rejected), "furniture": found.furniture}
    print(say("contracts.loaded", {"file": found.file, "lines": found.lines, **counts}, language()))
    for row in found.rejected:
        ERRORS.print(f"  {row.line}: {say(row.code, row.values, language())}", highlight=False)


def _refused(error: KvarError) -> typer.Exit:
    ERRORS.print(error.say(language()), style="red", highlight=False)
    return typer.Exit(REFUSED)
