"""No person's name or number in any public page or file. Every canary is invented; every link is followed."""

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import typst
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from kvar.core.numbers import has_person_number
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import Store
from kvar.spending.contract_file import load_register_file
from kvar.suppliers.labels import build
from kvar.suppliers.register import load_registers
from kvar.web.data import version

CANARY, PLACE, ENOUGH = "Kanariefrida", "1480", 600
UNSURE, TRADE = "Ovissfrida Andersson", "Ovissfridas Rör"  # neither has a number
LEDGER = """Leverantör;Org.nr;Bolagsform;Belopp;Datum;Konto;Kontotext;Förvaltning;Fakturanr;Verifikation;Beskrivning
Bageriet AB;559900-0006;;5000,00;2024-03-01;6440;Livsmedel PN;Skola PN;19PN;V PN;PN
Ovissfrida Andersson;;;800,00;2024-03-02;6440;Livsmedel;Skola;1;2;x
Ovissfridas Rör;;;450,00;2024-03-02;6440;Livsmedel;Skola;1;2;x
Kanariefrida Typsson;;Enskild firma;900,00;2024-03-02;6440;Livsmedel;Skola;1;2;x
Kanariefrida Nummersson;PN;;700,00;2024-03-03;6440;Livsmedel;Skola;1;2;x
Mrs Kanariefrida Titelsson;;;600,00;2024-03-04;6440;Livsmedel;Skola;1;2;x
Kanariefrida Registersson;559900-0121;;500,00;2024-03-05;6440;Livsmedel;Skola;1;2;x
Kanariefrida, Dödsbosson;155900-0128;;200,00;2024-03-05;6440;Livsmedel;Skola;1;2;x
Rörfirman;559900-0139;;300,00;2024-03-05;6440;Livsmedel;Skola;1;2;x
Kanariefrida Karantänsson;811228-9874;;12x 8112289874;2024-03-06;6440;Livsmedel;Skola;1;2;x
""".replace("PN", "811228\u2009\u20149874")
ENGLISH = """Posting date;Vendor name;Org no;Amount
2024-03-07;Kanariefrida Engelsson;811228-9874;100,00
"""
CONTRACTS = """Leverantör;Org.nr;Avtal;Slutdatum
Bageriet AB;559900-0006;Bröd;2026-12-31
Kanariefrida Avtalsson;811228-9874;Kör för 811228-9874;2026-99-31
"""
REGISTER = """org_number;name;legal_form;municipality_code
559900-0006;Bageriet AB;Övriga aktiebolag;1480
559900-0121;Kanariefrida Registersson;Enskild firma;1480
559900-0139;Rör Kanariefrida 811228-9874 AB;Övriga aktiebolag;1480
"""


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("privacy")
    store = Store(folder / "store")
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    load_registers([folder / "register.csv"], store=store, country="SE", as_of="2024-12-31")
    path = folder / "reskontra 811228 9874.csv"
    path.write_text(LEDGER, encoding="utf-8")
    anchor = Anchor("staden", "Staden", "SE", PLACE)
    english, contracts = folder / "ledger.csv", folder / "avtal.csv"
    english.write_text(ENGLISH, encoding="utf-8")
    contracts.write_text(CONTRACTS, encoding="utf-8")
    done = [item.batch for item in import_files([path, english], store=store, anchor=anchor, options=Options())]
    load_register_file(contracts, store=store, anchor="staden", country="SE", by="x")
    build(store, [batch for batch in done if batch])
    assert None not in done
    return store


@pytest.fixture
def client(where: Store, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The pages, with the brief given as the text and pictures it is set from."""
    settings.DATA = where.root.parent
    cache.clear()

    def parts(path: str, **_: object) -> bytes:
        return b"\n".join(file.read_bytes() for file in sorted(Path(path).parent.iterdir()))

    monkeypatch.setattr(typst, "compile", parts)
    return Client()


def text_of(content: bytes) -> str:
    if content[:2] != b"PK":
        return content.decode("utf-8", errors="replace")
    with ZipFile(BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", errors="replace") for name in book.namelist())


def followed(client: Client, start: str) -> Iterator[tuple[str, str]]:
    """(address, text) of every page and file that links lead to."""
    waiting, seen = [start], {start}
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        text = text_of(b"".join(answer) if answer.streaming else answer.content)  # type: ignore[call-overload]
        yield address, text
        for link in re.findall(r'(?:href|src|action)="(/[^"#]*)', text):
            plain = link.replace("&amp;", "&")
            if plain not in seen and not plain.startswith(("/static/", "/media/")) and len(seen) < ENOUGH:
                seen.add(plain)
                waiting.append(plain)


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_person_behind_any_link(client: Client, lang: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        pages = dict(followed(client, f"/{lang}/{PLACE}/"))
    files = [address for address in pages if re.search(r"\.(?:csv|svg|json|xlsx|pdf)", address)]
    assert len(pages) > 25
    assert {address.split("?")[0].rsplit(".", 1)[1] for address in files} == {"csv", "svg", "json", "xlsx", "pdf"}
    for address, text in (*pages.items(), ("logs", caplog.text)):
        assert CANARY.lower() not in text.lower(), address
        assert UNSURE.lower() not in text.lower(), address
        assert not has_person_number(re.sub(r"<[^>]*>|https?://\S*", " ", text)), address
    assert "ovissfrida-andersson" not in " ".join(pages)
    assert any(TRADE in text for text in pages.values())
    assert any("******-****" in text for text in pages.values())


def test_what_persons_were_paid_is_still_counted(client: Client) -> None:
    report = client.get(f"/sv/{PLACE}/?year=2024").context["report"]
    assert {(row.payment_class, row.amount) for row in report.excluded} == {("individual", 160_000)}
    assert (report.withheld.amount, report.withheld.suppliers) == (220_000, 3)
    assert sum(row.amount for row in report.top_suppliers) + report.withheld.amount == report.base == 795_000
    assert report.paid == 955_000
    text = client.get(f"/sv/{PLACE}/pengarna/?year=2024").content.decode()
    assert "3 enskilda personer eller firmor, namnen hålls inne" in text


def test_pages_follow_a_file_that_is_read_another_way(where: Store) -> None:
    before = version(where)
    folder = min((where.root / "batches").iterdir())
    folder.rename(where.root / "tmp" / folder.name)
    (where.root / "batches" / folder.name).mkdir()
    assert version(where) != before
    (where.root / "batches" / folder.name).rmdir()
    (where.root / "tmp" / folder.name).rename(folder)


def test_no_address_leads_to_a_person(client: Client, where: Store) -> None:
    for number in range(12):
        assert client.get(f"/sv/{PLACE}/leverantor/x-{number}/").status_code == 404
    assert (
        CANARY.lower() not in (where.root / "suppliers" / "suppliers.parquet").read_bytes().decode("latin-1").lower()
    )
