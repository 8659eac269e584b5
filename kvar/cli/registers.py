"""`kvar registers`: who the suppliers are, from which register, and where registers differ."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.core.money import format_number
from kvar.suppliers.firms import conflicts
from kvar.suppliers.loaded import RegisterInfo, loaded
from kvar.suppliers.register import load_registers, remove_register
from kvar.suppliers.registers.catalogue import by_id, catalogue

registers = typer.Typer(help="Registers of firms. / Företagsregister.", no_args_is_help=True)


@registers.command("load")
def load(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False)],
    country: Annotated[str, typer.Option("--country", help="SE | GB")] = "SE",
    as_of: Annotated[str, typer.Option("--as-of", help="Date of the register / Registrets datum")] = "",
    register: Annotated[str, typer.Option("--register", help="See / se: kvar registers known")] = "",
) -> None:
    """Load registers of firms. / Läs in företagsregister."""
    day = as_of or datetime.now(UTC).date().isoformat()
    try:
        done = load_registers(files, store=store(), country=country, as_of=day, register=register)
    except KvarError as error:
        ERRORS.print(error.say(language()), style="red", highlight=False)
        raise typer.Exit(REFUSED) from error
    _print(done.registers)
    print(say("suppliers.registers.firms", {"n": format_number(done.firms, language())}, language()))


@registers.command("list")
def list_() -> None:
    """What is loaded, from when and how much. / Vad som är inläst, från när och hur mycket."""
    _print(loaded(store()))


@registers.command("known")
def known() -> None:
    """The registers that Kvar reads. / De register som Kvar läser."""
    lang = language()
    table = Table(
        *(say(f"suppliers.registers.{name}", {}, lang) for name in ("id", "title", "publisher", "verified"))
    )
    for register in catalogue():
        title = register.title[lang]
        seen = say("suppliers.registers.yes" if register.verified else "suppliers.registers.no", {}, lang)
        table.add_row(register.id, title, register.publisher, seen)
    Console().print(table)


@registers.command("remove")
def remove(name: Annotated[str, typer.Argument(help="See / se: kvar registers list")]) -> None:
    """Take a register out again. / Ta bort ett register."""
    try:
        info = remove_register(name, store=store())
    except KvarError as error:
        ERRORS.print(error.say(language()), style="red", highlight=False)
        raise typer.Exit(REFUSED) from error
    print(say("suppliers.registers.removed", {"name": info.name, "n": info.kept}, language()))


@registers.command("conflicts")
def differences() -> None:
    """Where registers differ about the same firm. / Var register säger olika om samma företag."""
    lang = language()
    table = Table(*(say(f"suppliers.registers.{name}", {}, lang) for name in ("field", "one", "other", "firms_that")))
    for row in conflicts(store()):
        table.add_row(row.field, row.one, row.other, format_number(row.n, lang))
    Console().print(table)
    print(say("suppliers.registers.precedence", {}, lang))


def _print(infos: tuple[RegisterInfo, ...]) -> None:
    lang = language()
    headings = ("name", "id", "as_of", "rows", "kept", "unnumbered", "persons", "broken")
    table = Table(*(say(f"suppliers.registers.{name}", {}, lang) for name in headings))
    for column in table.columns[:2]:
        column.overflow = "fold"
    for info in infos:
        counts = (info.rows, info.kept, info.unnumbered, info.persons, info.broken)
        seen = "" if by_id(info.register).verified else " ?"
        table.add_row(info.name, info.register + seen, info.as_of, *(format_number(n, lang) for n in counts))
    Console().print(table)
