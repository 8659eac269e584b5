"""`kvar classify`: an anchor's own word on what is a purchase."""

import getpass
from typing import Annotated

import typer

from kvar.cli.output import ERRORS, REFUSED, country_of, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.spending.group import company_number
from kvar.spending.overrides import add_override


def classify(
    anchor: Annotated[str, typer.Option("--anchor", help="Short name / Kort namn")],
    payment_class: Annotated[str, typer.Option("--class", help="purchase, tax, grant, internal …")],
    reason: Annotated[str, typer.Option("--reason", help="Why / Skäl")],
    account: Annotated[str, typer.Option("--account", help="Beginning of the account / Kontots början")] = "",
    number: Annotated[str, typer.Option("--number", help="Company number / Organisationsnummer")] = "",
) -> None:
    """Overrule the rules for an account or a firm. / Säg emot reglerna för ett konto eller ett företag."""
    try:
        read = company_number(number, country_of(anchor))
        add_override(
            store(), anchor, payment_class, reason=reason, by=getpass.getuser(), account=account, number=read
        )
    except KvarError as error:
        ERRORS.print(error.say(language()), style="red", highlight=False)
        raise typer.Exit(REFUSED) from error
    name = say(f"spending.class.{payment_class}", {}, language())
    print(say("spending.override.added", {"what": account or number, "name": name}, language()))
