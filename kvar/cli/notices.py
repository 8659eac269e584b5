"""`kvar notices`: other buyers' notices from eForms, OCDS or CSV, shown publicly at a place with their source."""

from pathlib import Path
from typing import Annotated

import typer

from kvar.cli.output import ERRORS, REFUSED, language
from kvar.cli.people import prepare
from kvar.core.errors import KvarError
from kvar.core.messages import say

notices = typer.Typer(help="Others' notices. / Andras annonser.", no_args_is_help=True)
Place = Annotated[str, typer.Option("--place", help="Where shown, by code / Var de visas, med kod")]


@notices.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False)],
    place: Place,
    source: Annotated[str, typer.Option("--source", help="Who published / Vem som publicerat")] = "",
) -> None:
    """Read files of notices; each whole or not at all. / Läs in annonser; varje fil helt eller inte alls."""
    prepare()
    from kvar.procurement.actions.others import import_notices  # noqa: PLC0415 - models need setup

    refused = False
    for file in files:
        try:
            found = import_notices(data=file.read_bytes(), name=file.name, place=place, source=source or file.name)
        except KvarError as error:
            ERRORS.print(error.say(language()), style="red")
            refused = True
            continue
        values = {
            "file": file.name,
            "n": len(found.notices),
            "format": found.format,
            "left": sum(found.left.values()),
        }
        print(say("procurement.notices.read", values, language()))
    if refused:
        raise typer.Exit(REFUSED)


@notices.command("remove")
def remove(file: Annotated[str, typer.Argument(help="File name / Filnamn")], place: Place) -> None:
    """Take away what was read from a file. / Ta bort det som lästs ur en fil."""
    prepare()
    from kvar.procurement.actions.others import remove_notices  # noqa: PLC0415 - models need setup

    values = {"file": file, "n": remove_notices(place=place, file=file)}
    print(say("procurement.notices.removed", values, language()))
