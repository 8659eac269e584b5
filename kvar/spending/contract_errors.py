"""Rejected rows of a contract register as a file to correct and send again, with a column that says what is wrong."""

import csv
from io import StringIO

from kvar.core.messages import Language, say
from kvar.ledger.corrections import COLUMN, safe
from kvar.spending.contracts import Register


def rejected_csv(register: Register, language: Language) -> str:
    """CSV with `;` and a BOM; for the anchor's own people only."""
    out = StringIO()
    write = csv.writer(out, delimiter=";")
    write.writerow([*register.header, COLUMN[language]])
    width = len(register.header)
    for row in register.rejected:
        cells = [safe(cell) for cell in row.cells][:width]
        reason = say(row.code, row.values, language)
        write.writerow([*cells, *[""] * (width - len(cells)), reason])
    return "\ufeff" + out.getvalue()
