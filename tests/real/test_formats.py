"""Published e-invoices and SIE files, every one read or refused with a reason, every line accounted."""

from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.read import read

pytestmark = pytest.mark.real


def test_every_published_invoice_adds_up(data: Path) -> None:
    files = [
        *data.glob("formats/peppol-bis-billing-3/examples/*.xml"),
        *data.glob("formats/en16931-ubl-examples/*.xml"),
    ]
    assert len(files) == 25
    for path in files:
        table = read(path, key=b"k" * 32).tables[0]
        assert (table.loaded, table.quarantined) == (table.lines, 0), path.name


def test_every_sie_file_is_accounted_or_refused_with_a_reason(data: Path) -> None:
    read_ok, refused = 0, set()
    for path in sorted(data.glob("formats/sie/*/*")):
        if path.suffix.lower() not in {".se", ".si"}:
            continue
        try:
            table = read(path, key=b"k" * 32).tables[0]
        except KvarError as error:
            refused.add(error.code)
            continue
        assert table.lines == table.loaded + table.quarantined + table.furniture
        read_ok += 1
    assert read_ok >= 60
    assert refused == {"ledger.sie.type", "ledger.file.html"}


def test_the_published_imbalance_is_held_back(data: Path) -> None:
    [path] = data.glob("formats/sie/*/transaktioner_ovnbolag-bad-balance.se")
    assert read(path, key=b"k" * 32).tables[0].reasons == {"ledger.sie.unbalanced": 3}
