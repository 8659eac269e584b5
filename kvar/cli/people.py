"""`kvar organisations` and `kvar people`: anchors and their people, before anyone can sign in on the web."""

import os
from functools import cache
from typing import Annotated, get_args

import django
import typer

from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.core.errors import KvarError
from kvar.organisations.permissions import Role

people = typer.Typer(help="People and roles. / Människor och roller.", no_args_is_help=True)


@cache
def prepare() -> None:
    """Django and its tables, made or brought up to date, once a process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kvar.web.settings")
    store()
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after setup

    call_command("migrate", verbosity=0)


@people.command("add")
def add(
    email: Annotated[str, typer.Argument(help="E-mail / E-post")],
    organisation: Annotated[str, typer.Option("--organisation", help="Short name / Kort namn")],
    role: Annotated[str, typer.Option("--role", help=" | ".join(get_args(Role)))] = "analyst",
    name: Annotated[str, typer.Option("--name", help="Made if new / Görs om den är ny")] = "",
    place: Annotated[str, typer.Option("--place", help="Home, by code / Hemort, med kod")] = "",
    country: Annotated[str, typer.Option("--country", help="SE | GB")] = "SE",
) -> None:
    """Invite a person; prints the link's last part. / Bjud in en person; skriver ut länkens sista del."""
    if role not in get_args(Role):
        raise typer.BadParameter(role, param_hint="--role")
    prepare()
    from kvar.organisations import invitations  # noqa: PLC0415 - models need setup
    from kvar.organisations.models import Organisation  # noqa: PLC0415

    found = Organisation.objects.filter(slug=organisation).first()
    if found is None and not place:
        known = ", ".join(Organisation.objects.values_list("slug", flat=True)) or "-"
        ERRORS.print(KvarError("organisations.unknown", slug=organisation, known=known).say(language()), style="red")
        raise typer.Exit(REFUSED)
    if found is None:
        words = {"name": name or organisation, "country": country, "place": place}
        try:
            found = Organisation.objects.create(slug=organisation, **words)
        except KvarError as error:
            ERRORS.print(error.say(language()), style="red")
            raise typer.Exit(REFUSED) from error
    token = invitations.make(organisation=found, email=email, role=role)  # type: ignore[arg-type]
    print(f"/{language()}/inbjudan/{token}/")
