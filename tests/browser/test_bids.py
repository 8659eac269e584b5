"""The pages of bidding, opening, judging, award and follow-up in chromium: axe clean, no sideways scroll."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from looks import opens_right
from playwright.sync_api import Browser, Page

from kvar.ledger.store import Store
from kvar.procurement.actions import evaluation, follow_up, judging, measuring
from kvar.procurement.models import Award, Bid, Obligation, Procurement, Score

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_as(person: User, browser: Browser, server: Any, *, script: bool = True) -> Page:
    """A page signed in as somebody."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(reduced_motion="reduce", java_script_enabled=script)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
    return context.new_page()


@pytest.fixture
def judged(play: Any) -> Any:
    """Opened with a low price, interests declared, one question scored by both far apart."""
    for n, price in enumerate((900_000_00, 950_000_00, 400_000_00)):
        play.bid(n, price, files={"intyg.pdf": b"%PDF"})
    made = play.open()
    bid = Bid.objects.get(price=900_000_00)
    criterion = made.criteria.get(slug="m-jobs-target")
    for name, given in (("ann", 5), ("bo", 2)):
        judge = User.objects.get(username=name)
        judging.declare(procurement=made, by=judge, free=True)
        evaluation.score(bid=bid, criterion=criterion, by=judge, given=given, reason="Tydlig plan för handledning")
    judging.ask_about_price(by=User.objects.get(username="officer"), bid=Bid.objects.get(price=400_000_00))
    return play


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_firm_s_pages(play: Any, supplier: User, live_server: Any, browser: Browser, lang: str) -> None:
    page, home = open_as(supplier, browser, live_server), f"{live_server.url}/{lang}/arbetsbord/anbud/firm-0/"
    play.bid(0, 900_000_00)
    for path in ("", "pass/", "avtal/", "../../post/", f"{play.made.pk}/", f"{play.made.pk}/del-1/"):
        opens_right(page, home + path)
    Procurement.objects.update(route="direct")
    opens_right(page, f"{home}{play.made.pk}/del-1/")


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_opening_and_judging(judged: Any, live_server: Any, browser: Browser, lang: str) -> None:
    page = open_as(User.objects.get(username="ann"), browser, live_server)
    home = f"{live_server.url}/{lang}/arbetsbord/upphandling/{judged.made.pk}/"
    bid = Bid.objects.get(price=900_000_00)
    for path in ("oppning/", "bedom/", f"bedom/{bid.pk}/m-jobs-target/", f"bedom/{bid.pk}/quality/", "tilldelning/"):
        opens_right(page, home + path)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_award_and_follow_up(
    judged: Any, supplier: User, live_server: Any, browser: Browser, lang: str, town: Store
) -> None:
    officer = User.objects.get(username="officer")
    judged.score_all()
    Bid.objects.filter(price=400_000_00).update(price=1_400_000_00)
    lot = judged.made.lots.get()
    page = open_as(officer, browser, live_server)
    home = f"{live_server.url}/{lang}/arbetsbord/upphandling/"
    opens_right(page, f"{home}{judged.made.pk}/tilldelning/")
    award = evaluation.award(lot=lot, by=officer, reasons="Högst poäng enligt modellen")
    opens_right(page, f"{home}{judged.made.pk}/folj-upp/")
    Award.objects.update(may_sign=timezone.now())
    award.refresh_from_db()
    year = timezone.localdate().year
    follow_up.sign(award=award, by=officer, starts=date(year, 1, 1), ends=date(year + 1, 12, 31))
    item = Obligation.objects.all()[0]
    follow_up.report(obligation=item, by=supplier, period=year * 100 + 1, amount=1, note="En började")
    month, contract = measuring.Month(year * 100 + 1, 13, 14), item.contract
    measuring.measure(contract=contract, by=supplier, kind="labour_terms", month=month)
    for path in (f"{judged.made.pk}/tilldelning/", f"{judged.made.pk}/folj-upp/", "folj-upp/"):
        opens_right(page, home + path)
    firm = open_as(supplier, browser, live_server)
    base = f"{live_server.url}/{lang}/arbetsbord/anbud/firm-0/avtal/"
    for path in ("", f"{item.pk}/", f"{contract.pk}/matning/?kind=labour_terms"):
        opens_right(firm, base + path)
    settings.DATA = town.root.parent
    opens_right(browser.new_page(), f"{live_server.url}/{lang}/9901/upphandling/resultat/")


def test_a_question_is_judged_by_keyboard_without_script(judged: Any, live_server: Any, browser: Browser) -> None:
    page = open_as(User.objects.get(username="bo"), browser, live_server, script=False)
    bid = Bid.objects.get(price=950_000_00)
    address = f"{live_server.url}/sv/arbetsbord/upphandling/{judged.made.pk}/bedom/{bid.pk}/m-internships/"
    page.goto(address)
    page.locator("[name=given]").first.focus()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Svarar konkret")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != address)
    score = Score.objects.get(bid=bid, criterion__slug="m-internships")
    assert (score.given, score.reason) == (4, "Svarar konkret")
