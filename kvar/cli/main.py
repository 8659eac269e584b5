"""The command `kvar`. Exit codes: 0 done, 1 refused, 2 wrong use, 3 done but lines were quarantined."""

import typer

from kvar.cli.aggregate import aggregate
from kvar.cli.bid import bid
from kvar.cli.change import change
from kvar.cli.check import check
from kvar.cli.classify import classify
from kvar.cli.contracts import contracts
from kvar.cli.demo import demo
from kvar.cli.group import group
from kvar.cli.importing import errors, import_, undo
from kvar.cli.influence import influence
from kvar.cli.keys import keys
from kvar.cli.notices import notices
from kvar.cli.open_data import open_data
from kvar.cli.opportunities import opportunities
from kvar.cli.people import people
from kvar.cli.places import places
from kvar.cli.rebuild import rebuild
from kvar.cli.registers import registers
from kvar.cli.remind import remind
from kvar.cli.report import report
from kvar.cli.serve import serve
from kvar.cli.suppliers import suppliers
from kvar.cli.surveys import surveys
from kvar.core.logs import masked_logs

app = typer.Typer(
    name="kvar",
    help="What stays: where an anchor's money goes. / Vad som blir kvar: vart ett ankares pengar går.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.command()(check)
app.command("import")(import_)
app.command()(undo)
app.command()(errors)
app.command()(classify)
app.command()(group)
app.command()(rebuild)
app.command()(report)
app.command()(remind)
app.command()(change)
app.command()(opportunities)
app.command()(demo)
app.command()(serve)
app.add_typer(bid, name="bid")
app.add_typer(aggregate, name="aggregate")
app.add_typer(contracts, name="contracts")
app.add_typer(influence, name="influence")
app.add_typer(keys, name="keys")
app.add_typer(open_data, name="open-data")
app.add_typer(notices, name="notices")
app.add_typer(people, name="people")
app.add_typer(places, name="places")
app.add_typer(registers, name="registers")
app.add_typer(surveys, name="surveys")
app.add_typer(suppliers, name="suppliers")


def main() -> None:
    """Entry point of the command."""
    masked_logs()
    app()
