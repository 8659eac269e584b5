"""A small anchor with a register, a ledger of every kind of case, and its contracts."""

from pathlib import Path

import pytest

from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.suppliers.labels import build
from kvar.suppliers.register import load_registers

REGISTER = """org_number;name;legal_form;municipality_code;sni;employees
559900-0014;Bageriet i Göteborg AB;Övriga aktiebolag;1480;10710;4
559900-0022;Städ i Göteborg AB;Övriga aktiebolag;1480;81210;30
779900-0018;Städkooperativet;Ekonomiska föreningar;1480;81210;3
559900-0121;Grossisten i Stockholm AB;Övriga aktiebolag;0180;46390;800
559900-0238;Städ i Stockholm AB;Övriga aktiebolag;0180;81210;900
559900-0345;Gamla städbolaget AB;Övriga aktiebolag;0180;81210;60
212000-1355;Grannkommunen;Kommuner;1490;84111;900
"""
LEDGER = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext
Bageriet i Göteborg AB;559900-0014;400,00;2024-01-05;6440;Livsmedel
Grossisten i Stockholm AB;559900-0121;900,00;2024-01-05;6440;Livsmedel
Grossisten i Stockholm AB;559900-0121;-100,01;2024-02-05;6440;Livsmedel
Städ i Stockholm AB;559900-0238;700,00;2024-01-08;6130;Lokalvård
Gamla städbolaget AB;559900-0345;300,00;2024-01-09;6130;Lokalvård
Hyresvärden AB;559900-0451;250,00;2024-01-08;6010;Lokalhyror
Grannkommunen;212000-1355;150,00;2024-01-08;7450;Konsulttjänster
Utan nummer;;100,00;2024-01-08;7450;Konsulttjänster
"""
CONTRACTS = """Leverantör;Org.nr;Avtal;CPV;Start;Slut;Förlängning;Annonserad
Grossisten i Stockholm AB;559900-0121;Livsmedel;15000000-8;2023-01-01;2027-06-30;;ja
Gamla städbolaget AB;559900-0345;Städ;90910000-9;2020-01-01;2023-12-31;;ja
"""


@pytest.fixture
def anchored(tmp_path: Path) -> Store:
    """The store of anchor `staden` in Göteborg (1480), purchases of 2024: 2,699.99 kronor."""
    store = Store(tmp_path / "store")
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "reskontra.csv").write_text(LEDGER, encoding="utf-8")
    load_registers([tmp_path / "register.csv"], store=store, country="SE", as_of="2024-12-31")
    anchor = Anchor("staden", "Staden", "SE", "1480")
    (done,) = import_files([tmp_path / "reskontra.csv"], store=store, anchor=anchor, options=Options())
    assert done.batch is not None
    build(store, [done.batch])
    return store


@pytest.fixture
def contracts(tmp_path: Path) -> Path:
    """A register with a contract in force and one that has ended."""
    path = tmp_path / "avtal.csv"
    path.write_text(CONTRACTS, encoding="utf-8")
    return path
