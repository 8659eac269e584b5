"""`kvar check`: what would happen to a file, line by line; nothing is stored."""

import json
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kvar.cli.output import ERRORS, OK, QUARANTINED, REFUSED, counts_table, language
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.core.numbers import mask
from kvar.ledger.importing import Options, read_files
from kvar.ledger.model import Notice
from kvar.ledger.notices import unlike_neighbours
from kvar.ledger.result import ReadResult

SHOWN = 20
Files = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Ledger files / Reskontrafiler")]
SourceName = Annotated[str | None, typer.Option("--source", help="Publisher's format / Utgivarens format")]
AsJson = Annotated[bool, typer.Option("--json", help="One object a table / Ett objekt per tabell")]


def check(files: Files, source: SourceName = None, as_json: AsJson = False) -> None:
    """Dry run: read files and tell what would be loaded. / Provläs filer och visa vad som skulle läsas in."""
    answers = list(read_files(files, secrets.token_bytes(32), Options(source=source)))
    good = with_neighbours([answer for _, answer in answers if isinstance(answer, ReadResult)])
    for path, answer in answers:
        if isinstance(answer, KvarError):
            _refused(path, answer, as_json)
    for result in good:
        _show(result, as_json)
    tables = [table for result in good for table in result.tables]
    if not as_json:
        Console().print(counts_table(tables))
    if len(good) < len(answers):
        raise typer.Exit(REFUSED)
    raise typer.Exit(QUARANTINED if any(table.quarantined for table in tables) else OK)


def with_neighbours(results: list[ReadResult]) -> list[ReadResult]:
    """The results, each first table also warned of months unlike their neighbours among all the files read."""
    counts: dict[int, int] = {}
    for result in results:
        for month, n in result.months.items():
            counts[month] = counts.get(month, 0) + n
    notices = list(unlike_neighbours(counts))
    return [_warned(result, tuple(n for n in notices if n.values["month"] in result.months)) for result in results]


def _warned(result: ReadResult, notices: tuple[Notice, ...]) -> ReadResult:
    first, *rest = result.tables
    return replace(result, tables=(replace(first, warnings=first.warnings + notices), *rest))


def _refused(path: Path, error: KvarError, as_json: bool) -> None:
    if as_json:
        values = {name: mask(str(value)) for name, value in error.values.items()}
        told = {"file": mask(path.name), "error": error.code, "values": values, "text": error.say(language())}
        print(json.dumps(told, ensure_ascii=False))
    ERRORS.print(f"{mask(path.name)}: {error.say(language())}", style="red", highlight=False)


def _show(answer: ReadResult, as_json: bool) -> None:
    for number, table in enumerate(answer.tables):
        if as_json:
            print(json.dumps(table.to_json(language()), ensure_ascii=False))
            continue
        _warn(table.warnings, f"{table.file} {table.sheet or ''}".strip())
        held = [item for n, item in answer.quarantined if n == number]
        for item in held[:SHOWN]:
            print(f"  {item.first}: {say(item.code, item.values, language())}")
        if len(held) > SHOWN:
            print(f"  … {len(held) - SHOWN}")


def _warn(notices: tuple[Notice, ...] | list[Notice], where: str = "") -> None:
    for notice in notices:
        ERRORS.print(f"{where}: {say(notice.code, notice.values, language())}".removeprefix(": "), highlight=False)
