"""What `kvar report --definition` prints: local under each definition, and whom the money went to."""

from rich.console import Console
from rich.table import Table

from kvar.core.messages import Language, say
from kvar.core.money import format_minor
from kvar.spending.figure import Figure
from kvar.spending.firms import FirmReport
from kvar.spending.rows import Row

PREFIX = {"ownership": "suppliers.owner.", "size": "suppliers.size.", "industry": "suppliers.section."}


def print_firms(found: FirmReport, definition: str, lang: Language) -> None:
    """Tables of shares as intervals, and of purchases by owner, size and industry."""
    out = Console()
    table = Table("", "%", say("definitions.unresolved", {}, lang))
    for name, figure in found.definitions.items():
        if definition in ("all", name):
            table.add_row(say(f"definitions.{name}", {}, lang), _interval(figure, lang), _why(figure, found, lang))
    out.print(table)
    for trait, rows in (("ownership", found.by_ownership), ("size", found.by_size), ("industry", found.by_industry)):
        out.print(_table(trait, rows, found, lang))


def _interval(figure: Figure, lang: Language) -> str:
    if figure.low is None or figure.high is None:
        return f"{figure.missing} ({say(str(figure.reason), {}, lang)})"
    return f"{100 * figure.low:.1f}–{100 * figure.high:.1f}"


def _why(figure: Figure, found: FirmReport, lang: Language) -> str:
    reasons = figure.evidence.get("why", {})
    items = reasons.items() if isinstance(reasons, dict) else ()
    return "; ".join(
        f"{say(f'definitions.why.{why}', {}, lang)}: {format_minor(amount, found.currency, lang)}"
        for why, amount in items
    )


def _table(trait: str, rows: tuple[Row, ...], found: FirmReport, lang: Language) -> Table:
    table = Table(say(f"firms.{trait}", {}, lang), "", "%")
    for row in rows:
        share = f"{100 * row.parts.base / found.base:.1f}" if found.base > 0 else "-"
        name = say(f"{PREFIX[trait]}{row.label or 'unknown'}", {}, lang)
        table.add_row(name, format_minor(row.parts.base, found.currency, lang), share)
    return table
