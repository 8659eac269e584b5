"""The multiplier from a store: a small ledger, a register and a survey in, rounds and their interval out."""

from fractions import Fraction
from pathlib import Path

import pytest

from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor, BatchRef
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.spending.ask import ask_list
from kvar.spending.rounds import Rounds, rounds
from kvar.spending.surveys import load_replies
from kvar.suppliers.labels import build
from kvar.suppliers.register import load_registers

NUMBERS = ("559900-0014", "559900-0121", "559900-0238", "559900-0345")
REGISTER = "org_number;name;legal_form;municipality_code;sni\n" + "".join(
    f"{number};Firma {n} AB;Övriga aktiebolag;1480;43{n}00\n" for n, number in enumerate(NUMBERS)
)
HEAD = "Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext\n"
PAID = (200, 100, 100, 100)  # kronor to each local supplier, of 1 000; 100 cannot be placed
LEDGER = HEAD + "".join(
    f"Firma {n} AB;{number};{paid},00;2024-01-05;6440;Livsmedel\n"
    for n, (number, paid) in enumerate(zip(NUMBERS, PAID, strict=True))
)
LEDGER += "Borta AB;559900-0451;400,00;2024-01-05;6440;Livsmedel\nNamn;;100,00;2024-01-05;6440;Livsmedel\n"
REGISTER += "559900-0451;Borta AB;Övriga aktiebolag;0180;46000\n"
OWN = (
    HEAD + "Firma 2 AB;559900-0238;30,00;2024-01-05;6440;Livsmedel\nBorta AB;559900-0451;70,00;2024-02-05;6440;Mat\n"
)
ANSWERS = "organisationsnummer;år;löner här;leverantörer här;källa\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    where = Store(tmp_path / "store")
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    load_registers([tmp_path / "register.csv"], store=where, country="SE", as_of="2024-12-31")
    staden = Anchor("staden", "Staden", "SE", "1480")
    firma = Anchor("firma", "Firma 0 AB", "SE", "1480", NUMBERS[0])
    for anchor, text in ((staden, LEDGER), (firma, OWN)):
        path = tmp_path / f"{anchor.slug}.csv"
        path.write_text(text, encoding="utf-8")
        list(import_files([path], store=where, anchor=anchor, options=Options()))
    build(where, [ref for ref, _ in where.batches()])
    return where


def _ask(store: Store, *slugs: str, year: int = 2024) -> Rounds:
    batches: list[BatchRef] = [ref for ref, _ in store.batches() if not slugs or ref.anchor.slug in slugs]
    return rounds(store, batches, "1480", year, gazetteer=Gazetteer.load())


def _survey(store: Store, *rows: tuple[int, int, int], year: int = 2024) -> None:
    path = store.root / "svar.csv"
    lines = "".join(f"{NUMBERS[n]};{year};{wages};{suppliers};enkät\n" for n, wages, suppliers in rows)
    path.write_text(ANSWERS + lines, encoding="utf-8")
    load_replies(path, store=store, place="1480", country="SE", by="x")


def test_two_rounds_are_known_without_answers(store: Store) -> None:
    found = _ask(store, "staden")
    assert (found.first, found.second, found.third, found.local) == (100_000, (50_000, 60_000), None, None)
    assert found.industries == {"43000": 20_000, "43100": 10_000, "43200": 10_000, "43300": 10_000}


def test_three_answers_give_the_third_round(store: Store) -> None:
    _survey(store, (0, 30, 20), (1, 40, 40), (2, 10, 10))
    found = _ask(store, "staden")
    assert found.local is not None
    assert found.multiplier is not None
    # (200 · 50 % + 100 · 80 % + 100 · 20 %) / 400 = 50 %; wages (60 + 40 + 10) / 400 = 27.5, whole per cent
    assert (found.local.share, found.local.wages, found.local.coverage) == (
        Fraction(1, 2), Fraction(28, 100), Fraction(4, 5),
    )  # fmt: skip
    assert found.third == (25_000, 20_000, 40_000)
    assert (float(found.multiplier.value), float(found.multiplier.low), float(found.multiplier.high)) == (
        1.75,
        1.7,
        2.0,
    )


def test_too_few_or_one_that_dominates_is_withheld(store: Store) -> None:
    _survey(store, (1, 40, 40), (2, 10, 10))
    assert _ask(store, "staden").local is None
    _survey(store, (0, 30, 20))
    one_large = _ask(store, "staden")
    assert one_large.multiplier is not None
    assert one_large.others is not None
    assert (one_large.others.answers, one_large.others.missing) == (0, "-")
    # Seen from the firm's own ledger, one answerer was paid all the local money.
    assert _ask(store, "firma").local is not None
    local = _ask(store, "firma").local
    assert local is not None
    assert (local.share, local.missing) == (None, "..")


def test_an_earlier_survey_is_used_and_named(store: Store) -> None:
    _survey(store, (0, 30, 20), (1, 40, 40), (2, 10, 10), year=2023)
    found = _ask(store, "staden")
    assert found.local is not None
    assert found.local.year == 2023
    assert found.local.answers == 0  # none of them was paid in 2023
    assert found.multiplier is None


def test_the_second_round_is_seen_in_a_suppliers_own_ledger(store: Store) -> None:
    (seen,) = _ask(store).observed
    assert (seen.anchor, seen.received, seen.bought, seen.local, seen.unplaced) == ("firma", 20_000, 10_000, 3_000, 0)


def test_the_list_to_send_has_local_firms_only(store: Store) -> None:
    batches = [ref for ref, _ in store.batches()]
    text = ask_list(store, batches, "1480", 2024, gazetteer=Gazetteer.load(), language="sv")
    header, *lines = text.removeprefix("\ufeff").splitlines()
    assert header.startswith("organisationsnummer;")
    assert len(lines) == 4
    assert lines[0].startswith("5599000014;Firma 0 AB;2024;")
