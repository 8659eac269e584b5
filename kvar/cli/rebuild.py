"""`kvar rebuild`: batches of an earlier version read again from the kept bytes."""

import typer

from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.core.messages import say
from kvar.ledger.rebuild import rebuild as read_again
from kvar.suppliers.labels import build


def rebuild() -> None:
    """Read batches of an earlier version again. / Läs om omgångar från en tidigare version."""
    where = store()
    done = list(read_again(where))
    refused = [item for item in done if item.error]
    for item in refused:
        ERRORS.print(f"{item.path.name}: {item.error.say(language()) if item.error else ''}", style="red")
    left = {report["id"] for report in where.outdated()}
    build(where, [ref for ref, _ in where.batches(but=left)])
    print(say("ledger.rebuilt", {"n": len(done) - len(refused), "refused": len(refused)}, language()))
    if left:
        ERRORS.print(say("ledger.rebuilt.left", {"batches": ", ".join(sorted(left))}, language()), highlight=False)
    if refused:
        raise typer.Exit(REFUSED)
