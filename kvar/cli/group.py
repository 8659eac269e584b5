"""`kvar group`: an anchor's own companies, which are paid within the house."""

import getpass
from typing import Annotated

import typer

from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.spending.group import municipal_companies, set_group


def group(
    anchor: Annotated[str, typer.Option("--anchor", help="Short name / Kort namn")],
    numbers: Annotated[list[str] | None, typer.Argument(help="Company numbers / Organisationsnummer")] = None,
    register: Annotated[
        bool, typer.Option("--register", help="And the register's municipal companies / Och registrets kommunala")
    ] = False,
) -> None:
    """Say which companies are the anchor's own. / Säg vilka bolag som är ankarets egna."""
    where = store()
    known = next((ref.anchor for ref, _ in where.batches() if ref.anchor.slug == anchor), None)
    country, place = (known.country, known.place) if known else ("SE", "")
    try:
        made = set_group(
            where,
            anchor,
            numbers or [],
            country=country,
            register_place=place if register else "",
            by=getpass.getuser(),
        )
    except KvarError as error:
        ERRORS.print(error.say(language()), style="red", highlight=False)
        raise typer.Exit(REFUSED) from error
    n = len({*made.numbers, *municipal_companies(where, made.register_place)})
    print(say("spending.group.set", {"n": n}, language()))
