"""`kvar aggregate`: one anchor's file for a coordinator, and the release of several that the gate lets out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.core.money import format_minor
from kvar.places.gazetteer import Gazetteer
from kvar.spending.release import publish as releasing
from kvar.spending.release.contribution import coordinator, seal
from kvar.spending.release.made import remember
from kvar.spending.release.reading import COLUMNS
from kvar.spending.release.register import entries
from kvar.spending.release.sheet import ALL
from kvar.suppliers.labels import build

aggregate = typer.Typer(help="Several anchors, one picture. / Flera ankare, en bild.", no_args_is_help=True)
Files = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False)]


@aggregate.command("key")
def key() -> None:
    """The key that anchors seal their files to; the coordinator's machine. / Nyckeln som ankarna förseglar till."""
    print(coordinator(store()))


@aggregate.command("make")
def make(
    anchor: Annotated[str, typer.Option("--anchor", help="Slug")],
    year: Annotated[int, typer.Option("--year", help="Year / År")],
    to: Annotated[str, typer.Option("--to", help="The coordinator's key (age1…) / Samordnarens nyckel")],
    out: Annotated[Path, typer.Option("--out", help="File to send / Fil att skicka")],
    again: Annotated[bool, typer.Option("--again", help="The figures have changed / Siffrorna har ändrats")] = False,
) -> None:
    """This anchor's file for the coordinator. / Det här ankarets fil till samordnaren."""
    where = store()
    with _refusing():
        batches = [ref for ref, _ in where.batches()]
        build(where, batches)
        gazetteer = Gazetteer.load(where.root / "places")
        found = releasing.contribution(where, batches, anchor, year, gazetteer=gazetteer)
        content = seal(found, to)
        remember(where, found, again=again)
        out.write_bytes(content)
    parts = found.sheet.figures.values()
    told = sum(part.amount is not None for part in parts)
    print(say("aggregate.made", {"file": out.name, "n": told, "withheld": len(parts) - told}, language()))


@aggregate.command("combine")
def combine(files: Files) -> None:
    """What would become public of these files; publishes nothing. / Vad som skulle visas; publicerar inget."""
    with _refusing():
        found = releasing.together(store(), files)
        release = found.release()
    _print({key: release.told.get(key) for key in release.figures}, found.given[0].currency)
    for key, why in release.withheld.items():
        words = {"row": _name(key[0]), "column": _name(key[1]), "why": say(f"aggregate.why.{why}", {}, language())}
        print(say("aggregate.withheld", words, language()))


@aggregate.command("publish")
def publish(files: Files) -> None:
    """Put what the gate lets out of these files into the register. / Publicera det som spärren släpper igenom."""
    where = store()
    with _refusing():
        entry = releasing.publish(where, releasing.together(where, files))
    _print(entry.figures, entry.currency)
    values = {"number": entry.number, "n": len(entry.told), "all": len(entry.figures), "checked": entry.checked}
    print(say("aggregate.published", values, language()))


@aggregate.command("releases")
def releases() -> None:
    """The register of releases. / Registret över det som har publicerats."""
    with _refusing():
        for entry in entries(store()):
            values = {"number": entry.number, "year": entry.year, "place": entry.place, "date": entry.published,
                      "anchors": len(entry.people), "n": len(entry.told), "all": len(entry.figures)}  # fmt: skip
            print(say("aggregate.entry", values, language()))


def _print(figures: releasing.Figures, currency: str) -> None:
    lang = language()
    table = Table("", *(_name(column) for column in (*COLUMNS, ALL)))
    for row in sorted({row for row, _ in figures}, key=lambda row: (row == ALL, row)):
        cells = ((row, column) for column in (*COLUMNS, ALL))
        table.add_row(
            _name(row), *(_cell(figures[cell], currency, lang) if cell in figures else "." for cell in cells)
        )
    Console().print(table)


def _cell(amount: int | None, currency: str, lang: Language) -> str:
    return ".." if amount is None else format_minor(amount, currency, lang)


def _name(code: str) -> str:
    return say(f"aggregate.part.{code}", {}, language())


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except KvarError as error:
        named = {key: _name(str(error.values[key])) for key in ("row", "column") if key in error.values}
        ERRORS.print(say(error.code, {**error.values, **named}, language()), style="red", highlight=False)
        raise typer.Exit(REFUSED) from error
