"""A re-run with a new month, over the real pages: merged, split, taken back, a month loaded and matched.

Addresses of suppliers stay, the sums on their pages move by the new lines alone, and each event is told.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kvar.organisations.models import ImportJob, Organisation
from kvar.web.written import big_money

PAGE, PLACE = "/sv/arbetsbord/ours/vem-ar-vem/", "/sv/1480/"
HEAD = "leverantor;leverantor_id;konto_nr;konto_text;datum;belopp\n"
JANUARY = (
    HEAD
    + """Bageriet Ekorren AB;559900-0014;6440;Livsmedel;2024-01-05;400,00
Ekorrens Bröd och Kaffe;;6440;Livsmedel;2024-01-06;100,00
Städ i Norrmalm AB;;6130;Lokalvård;2024-01-08;700,00
Måleri Sörby HB;;6130;Lokalvård;2024-01-08;50,50
"""
)
FEBRUARY = (
    HEAD
    + """Bageriet Ekorren AB;559900-0014;6440;Livsmedel;2024-02-05;40,00
Ekorrens Bröd och Kaffe;;6440;Livsmedel;2024-02-06;-10,25
Måleri Sörby Handelsbolag;;6130;Lokalvård;2024-02-08;7,00
Glasmästeriet Ljusglimt AB;;6130;Lokalvård;2024-02-09;9,00
Städ i Normalm;;6130;Lokalvård;2024-02-09;5,00
Norrmalms Städ;;6130;Lokalvård;2024-02-10;30,00
"""
)
FIRM, BREAD = "SE-ON-5599000014", "name-SE-ekorrens bröd and kaffe"
BAKER = f"{PLACE}leverantor/bageriet-ekorren-74ca10/"
CLEANER = f"{PLACE}leverantor/stad-i-norrmalm-65a1ee/"
Months = Callable[[str], None]


@pytest.fixture
def browser(signed_in: Callable[[str], Client]) -> Client:
    cache.clear()
    return signed_in("analyst")


@pytest.fixture
def load(browser: Client, anchors: dict[str, Organisation], django_capture_on_commit_callbacks: Any) -> Months:
    """Load a month by the pages: the file, its columns as they were read, the load."""

    def month(text: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            sent = browser.post("/sv/arbetsbord/ours/import/", {"file": SimpleUploadedFile("m.csv", text.encode())})
        at = sent.headers["Location"]
        names = ("supplier_name", "supplier_id", "account_code", "account_text", "date", "amount")
        columns = {f"c{n}": name for n, name in enumerate(names)}
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(f"{at}kolumner/", {**columns, "decimal": ",", "date_order": "ymd", "sign": "1"})
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(f"{at}las-in/", {"control_total": ""})
        assert ImportJob.objects.get(pk=at.split("/")[-2]).state == "done"

    return month


def shown(browser: Client) -> dict[str, tuple[str, int]]:
    """Address -> the name and the sum on the page there, of every supplier that the money page leads to."""
    cache.clear()  # a kept page has no context to read the öre from
    text = browser.get(f"{PLACE}pengarna/").content.decode()
    found = {}
    for address in sorted(set(re.findall(rf"{PLACE}leverantor/[^/\"]+/", text))):
        page = browser.get(address)
        supplier = page.context["supplier"]
        assert f"{big_money(supplier.amount, 'SEK', 'sv')} i {supplier.n} betalningar" in page.content.decode()
        found[address] = (supplier.name, supplier.amount)
    return found


def told(browser: Client, address: str) -> list[str]:
    """What the page says has been decided of a supplier, row by row, without days."""
    rows = re.findall(
        r'<li(?: class="undone")?><time[^>]*>[^<]*</time>(.*?)</li>', browser.get(address).content.decode()
    )
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def sums(browser: Client) -> dict[str, int]:
    """Name -> minor units, and no name twice."""
    found = shown(browser).values()
    assert len(dict(found)) == len(found)
    return dict(found)


def test_what_is_decided_moves_money_between_addresses_and_makes_none(browser: Client, load: Months) -> None:
    load(JANUARY)
    browser.post(PAGE, {"match": "1"})
    before = shown(browser)
    assert sum(amount for _, amount in before.values()) == 1250_50
    browser.post(PAGE, {"key": [FIRM, BREAD], "act": "merge", "reason": "Samma bageri"})
    merged = shown(browser)
    (gone,) = before.keys() - merged.keys()
    assert browser.get(gone).status_code == 404
    assert merged == {at: what for at, what in before.items() if at != gone} | {
        BAKER: ("Bageriet Ekorren AB", 500_00)
    }
    browser.post(PAGE, {"key": [BREAD], "act": "split", "reason": "Nej, två"})
    assert shown(browser) == before
    browser.post(PAGE, {"undo": "3", "reason": "Jo, samma"})
    assert shown(browser) == merged
    merge, split = told(browser, BAKER)
    assert merge.endswith("slogs ihop med ”ekorrens bröd and kaffe”. av en människa")
    assert split == "”ekorrens bröd and kaffe” skildes ut. av en människa · togs tillbaka"


def test_a_new_month_adds_its_own_lines_to_the_same_addresses(browser: Client, load: Months) -> None:
    load(JANUARY)
    browser.post(PAGE, {"match": "1"})
    browser.post(PAGE, {"key": [FIRM, BREAD], "act": "merge", "reason": "Samma bageri"})
    before, history = shown(browser), told(browser, BAKER)
    load(FEBRUARY)
    unmatched = sums(browser)
    assert unmatched == {
        "Bageriet Ekorren AB": 500_00 + 40_00 - 10_25, "Måleri Sörby HB": 57_50, "Städ i Norrmalm AB": 700_00,
        "Städ i Normalm": 5_00, "Norrmalms Städ": 30_00, "Glasmästeriet Ljusglimt AB": 9_00,
    }  # fmt: skip
    browser.post(PAGE, {"match": "1"})
    matched = sums(browser)
    assert matched == {name: paid for name, paid in unmatched.items() if name != "Städ i Normalm"} | {
        "Städ i Norrmalm AB": 705_00
    }
    page = browser.get(PAGE)
    pair = page.context["pair"]
    assert set(page.context["names"]) == {"Norrmalms Städ", "Städ i Norrmalm AB"}
    browser.post(PAGE, {"one": pair.one, "other": pair.other, "verdict": "same"})
    after = shown(browser)
    assert before.keys() < after.keys()
    assert {before[at][0] for at in before} == {after[at][0] for at in before}
    assert sum(amount for _, amount in after.values()) == 1250_50 + 80_75
    assert told(browser, BAKER) == history
    by_run, by_hand = told(browser, CLEANER)
    assert "”städ i normalm”" in by_run
    assert "bitar" in by_run
    assert "”norrmalms städ”" in by_hand
    assert by_hand.endswith("av en människa")


def test_undone_after_the_month_the_new_lines_go_with_their_own_name(browser: Client, load: Months) -> None:
    load(JANUARY)
    browser.post(PAGE, {"match": "1"})
    before = shown(browser)
    browser.post(PAGE, {"key": [FIRM, BREAD], "act": "merge", "reason": "Samma bageri"})
    load(FEBRUARY)
    browser.post(PAGE, {"match": "1"})
    browser.post(PAGE, {"undo": "2", "reason": "Ändå inte"})
    after = shown(browser)
    assert before.keys() < after.keys()
    paid = dict(after.values())
    assert (paid["Bageriet Ekorren AB"], paid["Ekorrens Bröd och Kaffe"]) == (440_00, 89_75)
    assert all("togs tillbaka" in told(browser, at)[0] for at in (BAKER, *before) if "ekorren" in at)
    page = browser.get(PAGE).content.decode()
    assert [page.count(f"#{number} ") for number in (1, 2, 3, 4)] == [1, 1, 1, 1]
