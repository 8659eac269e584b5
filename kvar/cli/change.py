"""`kvar change 2019 2024`: why what stayed changed between two years, to the öre."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.core.money import format_minor
from kvar.core.period import parse_period
from kvar.places.gazetteer import Gazetteer
from kvar.spending.explained import Asked, Explained, choices, explained
from kvar.spending.figure import Question
from kvar.suppliers.labels import build

Measure = Annotated[
    str, typer.Option(help="municipality | region | any_workplace | workplace_weighted | staff | district")
]


def change(  # noqa: PLR0913, PLR0917 - one parameter an option
    first: Annotated[int, typer.Argument(help="Year / År")],
    last: Annotated[int, typer.Argument(help="Year / År")],
    place: Annotated[str, typer.Option("--place", help="Home, by code / Hemort, med kod")] = "",
    anchor: Annotated[list[str] | None, typer.Option("--anchor", help="Only these / Bara dessa")] = None,
    district: Annotated[str, typer.Option("--district", help="Seen from / Sedd från")] = "",
    local: Measure = "municipality",
    local_last: Measure = "",
    as_json: Annotated[bool, typer.Option("--json", help="All figures / Alla siffror")] = False,
) -> None:
    """Why what stayed changed between two years. / Varför det som stannar ändrades mellan två år."""
    where = store()
    batches = [ref for ref, _ in where.batches()]
    try:
        home = place or next((ref.anchor.place for ref in batches if not anchor or ref.anchor.slug in anchor), "")
        build(where, batches)
        question = Question(home, *parse_period(f"{first}..{last}"), tuple(anchor or ()), district or None)
        known = choices(where, question)
        asked = Asked(first, last, _known(local, known), _known(local_last or local, known))
        found = explained(where, batches, question, asked, gazetteer=Gazetteer.load(where.root / "places"))
    except KvarError as error:
        ERRORS.print(error.say(language()), style="red", highlight=False)
        raise typer.Exit(REFUSED) from error
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False))
    else:
        _print(found, language())


def _known(name: str, known: tuple[str, ...]) -> str:
    if name not in known:
        raise typer.BadParameter(f"{name}: {' | '.join(known)}")
    return name


def _print(found: Explained, lang: Language) -> None:
    table = Table("", "", "")
    for label, effects in (*found.anchors.items(), ("=", found.effects)):
        for name, amount in (*effects.parts.items(), ("total", effects.total)):
            text = "=" if name == "total" else say(f"change.effect.{name}", {}, lang)
            table.add_row(label, text, format_minor(amount, found.currency, lang))
    one, two = (format_minor(amount, found.currency, lang) for amount in found.stayed)
    Console().print(table)
    print(f"{found.asked.first}: {one}\n{found.asked.last}: {two}")
