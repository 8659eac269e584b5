"""Open data: what leaves is read back by the import to the same öre, persons stay, the catalogue is whole."""

import csv
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, URIRef

from kvar.core.errors import KvarError
from kvar.core.numbers import has_person_number
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor, BatchRef
from kvar.ledger.store import Store
from kvar.spending.open_data.catalogue import FORMATS, Dataset, catalogue
from kvar.spending.open_data.export import COLUMNS, csv_of, summary
from kvar.spending.open_data.published import close_year, open_year, opened
from kvar.suppliers.public import unnamed

LEDGER = """Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext;Verifikation
Bageriet AB;559900-0014;400,00;2024-01-05;6440;Livsmedel;V1
=HYPERLINK("x") AB;;900,10;2024-01-05;6440;Livsmedel;+V2
Städet AB;559900-0121;-100,01;2024-02-05;6130;Lokalvård;V3
Test Testsson;811228-9874;60,00;2024-01-12;6440;Livsmedel;V4
Hemma Hos Exempel;;70,55;2024-01-12;6440;Livsmedel;V5
Testhemmet i byn AB;;80,00;2024-03-12;4710;Ersättning familjehem;V6
Omsorgen AB;559900-0238;90,00;2024-03-12;4710;Ersättning familjehem;V7
Bageriet AB;559900-0014;11,00;2023-12-31;6440;Livsmedel;V8
"""


@pytest.fixture
def batches(tmp_path: Path) -> tuple[Store, list[BatchRef]]:
    store = Store(tmp_path / "store")
    path = tmp_path / "reskontra.csv"
    path.write_text(LEDGER, encoding="utf-8")
    anchor = Anchor("staden", "Staden", "SE", "1480", "212000-1355")
    list(import_files([path], store=store, anchor=anchor, options=Options()))
    return store, [ref for ref, _ in store.batches()]


def test_what_is_withheld_is_told_and_the_file_adds_up(batches: tuple[Store, list[BatchRef]]) -> None:
    store, refs = batches
    found = summary(store, refs, 2024)
    assert found.withheld == {"person": (1, 6000), "unsure": (1, 7055), "care": (1, 8000)}
    assert (found.lines, found.amount, found.whole) == (4, 40000 + 90010 - 10001 + 9000, 150064)
    rows = list(csv.reader(b"".join(csv_of(store, refs, 2024)).decode().splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert len(COLUMNS) == 15
    text = str(rows)
    for hidden in ("Testsson", "Hemma", "Testhemmet", "811228"):
        assert hidden not in text
    assert rows[-1][3:8] == ["Skyddade uppgifter (3 rader)", "", "", "..", "210.55"]
    assert {row[13] for row in rows[1:]} == {"1480"}
    assert "'=HYPERLINK" in text
    assert "'+V2" in text


def test_the_ordinary_import_reads_it_back_to_the_oere(batches: tuple[Store, list[BatchRef]], tmp_path: Path) -> None:
    store, refs = batches
    _same(store, refs, 2024, tmp_path)


def test_a_year_of_the_town_comes_back(town: Store, tmp_path: Path) -> None:
    """Thousands of lines, several senders' dialects in, one specification out."""
    for slug in ("kommunen", "regionen"):
        refs = [ref for ref, _ in town.batches() if ref.anchor.slug == slug]
        _same(town, refs, 2023, tmp_path)


def _same(store: Store, refs: list[BatchRef], year: int, folder: Path) -> None:
    path = folder / f"ut-{refs[0].anchor.slug}.csv"
    path.write_bytes(b"".join(csv_of(store, refs, year)))
    found = summary(store, refs, year)
    again = Store(folder / f"again-{refs[0].anchor.slug}")
    (done,) = import_files([path], store=again, anchor=Anchor("igen", "Igen", "SE", "1480"), options=Options())
    assert done.batch
    assert done.tables[0].source == "leverantorsreskontra_full"
    assert not any(table.quarantined for table in done.tables)
    lines = pq.read_table(done.batch.folder / "lines.parquet")
    payees = pq.read_table(done.batch.folder / "payees.parquet")
    assert lines.num_rows == found.lines + bool(found.withheld_lines)
    assert pc.sum(lines["amount"]).as_py() == found.whole == _loaded(refs, year)
    withheld = payees.filter(payees["is_person"])["payee"]
    of_withheld = lines.filter(pc.is_in(lines["payee"], withheld.combine_chunks()))
    assert (pc.sum(of_withheld["amount"]).as_py() or 0) == found.withheld_amount


def _loaded(refs: list[BatchRef], year: int) -> int:
    tables = [pq.read_table(ref.folder / "lines.parquet", columns=["month", "amount"]) for ref in refs]
    return sum(pc.sum(t.filter(pc.equal(pc.divide(t["month"], 100), year))["amount"]).as_py() or 0 for t in tables)


def test_nobody_without_a_number_or_an_organisations_word_is_named() -> None:
    def payee(name: str, number: str | None = None) -> dict[str, object]:
        return {"name": name, "number": number, "is_person": False}

    assert unnamed(payee("Hemma Hos Exempel")) == "unsure"
    assert unnamed(payee("Hemma Hos Exempel", "5599000014")) is None
    assert unnamed(payee("Idrottsföreningen Exempel")) is None
    assert unnamed(payee("Exempel & Co AB")) is None


def test_the_catalogue_has_what_the_profile_demands(batches: tuple[Store, list[BatchRef]]) -> None:
    store, refs = batches
    one = open_year(store, refs, "staden", 2024, by="någon", contact="oppnadata@staden.example")
    home = "https://kvar.example/sv/1480/oppna-data/"
    graph = catalogue(home, "Göteborg", [Dataset(one, refs[0].anchor, f"{home}staden-2024.csv")])
    for form, (name, _) in FORMATS.items():
        read = Graph().parse(data=graph.serialize(format=name), format="xml" if form == "rdf" else name)
        assert len(read) == len(graph)
        (top,) = read.subjects(RDF.type, DCAT.Catalog)
        (dataset,) = read.objects(top, DCAT.dataset)
        (file,) = read.objects(dataset, DCAT.distribution)
        for subject, names in (
            (top, (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license)),
            (dataset, (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCTERMS.conformsTo)),
            (file, (DCAT.accessURL, DCAT.downloadURL, DCTERMS.license)),
        ):
            assert all(read.value(subject, name, any=True) for name in names), subject
        assert all(title.language for title in read.objects(dataset, DCTERMS.title))
        assert read.value(read.value(dataset, DCTERMS.publisher), FOAF.name)
        assert all(str(node).startswith(("http", "mailto:")) for node in read.all_nodes() if isinstance(node, URIRef))


def test_a_year_is_opened_and_taken_back(batches: tuple[Store, list[BatchRef]]) -> None:
    store, refs = batches
    one = open_year(store, refs, "staden", 2024, by="någon")
    assert opened(store) == [one]
    close_year(store, "staden", 2024, by="x@example.org")
    assert opened(store) == []
    with pytest.raises(KvarError, match="not open data"):
        close_year(store, "staden", 2024, by="x@example.org")
    with pytest.raises(KvarError, match="No ledger"):
        open_year(store, refs, "annan", 2024, by="någon")


def test_planted_persons_never_leave(tmp_path: Path) -> None:
    """Invented personal numbers in many ways of writing, in every column; names on accounts of care; none leaves."""
    born = ("811228", "9874")
    ways = ["{}-{}", "{}{}", "19{}-{}", "19{}{}", "{} {}", "{}+{}", "SE{}{}01", "{}\u2013{}", "19 {} {}"]
    numbers = [way.format(*born) for way in ways]
    names = [f"Planterad Testsson{n}" for n in range(60)]
    rows = ["Leverantör;Org.nr;Belopp;Datum;Konto;Kontotext;Verifikation;Fakturanummer;Förvaltning;Text"]
    for n, name in enumerate(names):
        number = numbers[n % len(numbers)]
        rows += [
            f"{name};{number};10,00;2024-01-05;6440;Livsmedel;V{n};F{n};Skola;",
            f"{name};;20,00;2024-01-05;4710;Ersättning familjehem;V{n};F{n};Omsorg;",
            f"Firman {n} AB {number};;30,00;2024-01-05;6440;Varor {number};{number};F {number};Enhet {number};{name}",
        ]
    path = tmp_path / "planterad.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    store = Store(tmp_path / "store")
    (done,) = import_files([path], store=store, anchor=Anchor("staden", "Staden", "SE", "1480"), options=Options())
    assert done.batch
    text = b"".join(csv_of(store, [done.batch], 2024)).decode()
    digits = "".join(sign for sign in text if sign.isdigit() or sign in ",\n")
    assert not has_person_number(text)
    assert "".join(born) not in digits
    assert "Testsson" not in text
    found = summary(store, [done.batch], 2024)
    assert found.whole == 60 * 6000
    assert found.withheld_amount >= 60 * 3000
