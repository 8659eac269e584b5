"""A firm's pages: find, ask, take the form home, seal, submit, receipt, replace, withdraw; late is late."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kvar.organisations.actions import add_member
from kvar.procurement import box
from kvar.procurement.actions import answers, bidding, opening, planning
from kvar.procurement.models import Bid, Evidence, Procurement, Question
from kvar.procurement.sealing.filled import read
from kvar.procurement.sealing.seal import written

HOME = "/sv/arbetsbord/anbud/firm-0/"
LINEAR = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}


def signed_in(person: User) -> Client:
    browser = Client()
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


@pytest.fixture
def boss(supplier: User) -> Client:
    return signed_in(supplier)


def lot(play: Any) -> str:
    return f"{HOME}{play.made.pk}/del-1/"


def files(play: Any, n: int = 0, price: int = 900_000_00, **more: Any) -> dict[str, Any]:
    sealed = play.seal(play.made.lots.get(), n, price, **more)
    body = SimpleUploadedFile("anbud.age", sealed.body)
    return {"body": body, "parts": SimpleUploadedFile("anbud.parts.json", json.dumps(written(sealed)).encode())}


def test_a_firm_finds_what_is_open_and_what_it_asks(play: Any, boss: Client) -> None:
    assert boss.get("/sv/arbetsbord/anbud/").headers["Location"] == HOME
    led = boss.get(f"/sv/arbetsbord/anbud/?to={play.made.pk}")
    assert led.headers["Location"] == f"{HOME}{play.made.pk}/", "from the notice straight to what one may bid for"
    page = boss.get(HOME).content.decode()
    assert "En upphandling tar emot anbud just nu" in page
    assert "i er ort" in page
    page = boss.get(f"{HOME}{play.made.pk}/").content.decode()
    assert all(word in page for word in ("Rena skolor", "40\u00a0%", "Kvalitet", "Praktik", "Förseglat"))
    assert boss.get(f"/en/arbetsbord/anbud/firm-0/{play.made.pk}/").status_code == 200


def test_a_reload_of_a_refused_act_leads_back(play: Any, boss: Client) -> None:
    """The page of a refusal stands at the act's own address: a reload or the other language is a GET there."""
    for act, back in (
        (f"{HOME}{play.made.pk}/fraga/", f"{HOME}{play.made.pk}/"),
        (f"{lot(play)}ta-tillbaka/", lot(play)),
    ):
        assert boss.get(act).headers["Location"] == back


def test_a_question_reaches_all_and_its_asker_nobody(play: Any, boss: Client) -> None:
    address = f"{HOME}{play.made.pk}/"
    assert boss.post(f"{address}fraga/", {"text": " "}).status_code == 422
    assert boss.post(f"{address}fraga/", {"text": "Får två firmor bjuda ihop?"}).status_code == 302
    answers.reply(question=Question.objects.get(), text="Ja.")
    other = User.objects.create_user("other", "other@example.org", "x")
    add_member(organisation=play.firm(1), person=other, role="supplier")
    page = signed_in(other).get(f"/sv/arbetsbord/anbud/firm-1/{play.made.pk}/").content.decode()
    assert "Får två firmor bjuda ihop?" in page
    assert "Kanariebageriet 0" not in page


def test_the_form_goes_home_and_the_sealed_files_come_back(play: Any, boss: Client) -> None:
    form = boss.get(f"{lot(play)}formular.yml").content.decode()
    filled = read(form.replace("price: ", "price: 900 000"))
    assert filled.openers == bidding.recipients(play.made)
    assert set(filled.answers) == {"quality", "m-internships", "m-jobs-target"}
    assert json.loads(boss.get(f"{lot(play)}formular.json").content)["bidder"] == "firm-0"
    assert boss.get(f"{lot(play)}kvitto.json").status_code == 404
    assert boss.post(lot(play), files(play)).status_code == 302
    told = json.loads(boss.get(f"{lot(play)}kvitto.json").content)
    assert signing.loads(told["signed"], salt=bidding.SALT) == told["receipt"]
    page = boss.get(lot(play)).content.decode()
    assert "Ert anbud är mottaget" in page
    assert told["receipt"]["sha256"] in page
    assert boss.post(lot(play), files(play, price=890_000_00)).status_code == 302
    again = json.loads(boss.get(f"{lot(play)}kvitto.json").content)["receipt"]
    assert again["seal"] != told["receipt"]["seal"]
    assert boss.post(f"{lot(play)}ta-tillbaka/").status_code == 302
    assert box.own(play.made.lots.get(), play.firm(0)) is None
    assert Bid.objects.count() == 0


def test_the_large_file_early_and_the_small_one_late(play: Any, boss: Client) -> None:
    both = files(play)
    assert boss.post(lot(play), {"body": both["body"]}).status_code == 302
    assert box.own(play.made.lots.get(), play.firm(0)) is None
    assert "redan uppladdad" in boss.get(lot(play)).content.decode()
    assert boss.post(lot(play), {"parts": both["parts"]}).status_code == 302
    assert box.own(play.made.lots.get(), play.firm(0)) is not None


@pytest.mark.parametrize("parts", [b"{", b"[]", b'{"1+2": 3}', b'{"1+2": {"1": 4}}', b"{}"])
def test_what_is_no_parts_file_is_told(play: Any, boss: Client, parts: bytes) -> None:
    both = files(play) | {"parts": SimpleUploadedFile("x.json", parts)}
    page = boss.post(lot(play), both)
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_late_is_refused_with_the_server_s_time(play: Any, boss: Client) -> None:
    both = files(play)
    play.over()
    for address in (lot(play), f"{lot(play)}ta-tillbaka/"):
        page = boss.post(address, both)
        assert page.status_code == 422
        assert "Tiden har gått ut" in page.content.decode()
        assert f"Serverns klocka: {timezone.localtime():%Y-%m-%d %H}" in page.content.decode()


def test_only_the_sealing_page_may_run_a_script_and_only_its_own(play: Any, boss: Client) -> None:
    policy = boss.get(lot(play)).headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in boss.get(HOME).headers["Content-Security-Policy"]


def test_nobody_else_gets_there(play: Any, supplier: User, officer: User) -> None:
    for address in (HOME, f"{HOME}{play.made.pk}/", lot(play), f"{lot(play)}kvitto.json", f"{HOME}pass/"):
        assert Client().get(address).status_code == 302
        assert signed_in(officer).get(address).status_code == 404


def test_nothing_planned_is_shown(planned: Callable[..., Procurement], boss: Client) -> None:
    made = planned()
    assert boss.get(f"{HOME}{made.pk}/").status_code == 404
    assert boss.get(f"{HOME}{made.pk}/del-1/").status_code == 404


def test_the_smallest_firm_gives_a_quote_and_a_promise_by_plain_fields(
    planned: Callable[..., Procurement], play: Any, boss: Client, officer: User
) -> None:
    made = planned()
    Procurement.objects.filter(pk=made.pk).update(value=300_000_00)
    planning.choose_measures(procurement=made, policy="lou", chosen=["jobs_target"], weight=2000)
    planning.publish(procurement=made, route="direct", deadline=timezone.now() + timedelta(days=9), price=LINEAR)
    address = f"{HOME}{made.pk}/del-1/"
    page = boss.get(address).content.decode()
    assert "Ett pris och några rader räcker" in page
    assert "lot.js" not in page
    assert boss.post(address, {"price": "gratis"}).status_code == 422
    many = boss.post(address, {"price": "12 500", "text-quality": "Vi städar", "target-m-jobs-target": "många"})
    assert many.status_code == 422
    assert "Vi städar" in many.content.decode()
    given = {"price": "12 500,50", "text-quality": "Vi städar", "target-m-jobs-target": "2"}
    assert boss.post(address, given).status_code == 302
    page = boss.get(address).content.decode()
    assert "Ert anbud är mottaget" in page
    assert "Vad händer nu?" in page
    then = timezone.now()
    Procurement.objects.filter(pk=made.pk).update(published=then - timedelta(days=9), deadline=then)
    opening.open_quotes(procurement=made, by=officer)
    bid = Bid.objects.get(lot__procurement=made)
    assert (bid.price, bid.answers) == (12_500_50, {"quality": {"text": "Vi städar"}, "m-jobs-target": {"target": 2}})


def test_the_pass_keeps_answers_and_files_for_its_own_firm(play: Any, boss: Client, officer: User) -> None:
    address = f"{HOME}pass/"
    assert boss.post(address, {"title": "Praktik", "text": " "}).status_code == 422
    assert boss.post(address, {"title": "Praktik", "text": "Två om året"}).status_code == 302
    assert boss.post(address, {"title": "Praktik", "text": "Tre om året"}).status_code == 302
    intyg = {"title": "", "file": SimpleUploadedFile("intyg.pdf", b"%PDF"), "valid_to": "2020-01-01"}
    assert boss.post(address, intyg | {"valid_to": "i morgon"}).status_code == 422
    intyg["file"] = SimpleUploadedFile("intyg.pdf", b"%PDF")
    assert boss.post(address, intyg).status_code == 302
    page = boss.get(address).content.decode()
    assert "Ett svar och en fil att använda igen" in page
    assert "Gick ut 2020-01-01" in page
    found = Evidence.objects.get(kind="file")
    answer = boss.get(f"{address}{found.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF"  # type: ignore[attr-defined]
    assert "Tre om året" in boss.get(lot(play)).content.decode()
    other = User.objects.create_user("other", "other@example.org", "x")
    add_member(organisation=play.firm(1), person=other, role="supplier")
    assert signed_in(other).get(f"/sv/arbetsbord/anbud/firm-1/pass/{found.pk}/").status_code == 404
    assert boss.post(address, {"forget": str(found.pk)}).status_code == 302
    assert Evidence.objects.count() == 1
