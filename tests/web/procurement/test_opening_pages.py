"""Opening, judging and award on screen, by three people; what may not be seen is not there."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kvar.ledger.store import Store
from kvar.organisations.actions import add_member
from kvar.procurement.actions import follow_up, planning
from kvar.procurement.models import Award, Bid, Declaration, Opener, OpeningPart, Procurement, Score
from kvar.procurement.sealing.seal import new_opener

LINEAR = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}
PRICES = (900_000_00, 950_000_00, 400_000_00)


def signed_in(name: str) -> Client:
    browser = Client()
    person = User.objects.get(username=name)
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def page(play: Any, name: str, step: str, lang: str = "sv") -> str:
    answer = signed_in(name).get(f"/{lang}/arbetsbord/upphandling/{play.made.pk}/{step}/")
    assert answer.status_code == 200
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def give(play: Any, name: str, parts: object, **more: str) -> Any:
    file = SimpleUploadedFile("opened-parts.json", json.dumps(parts).encode())
    return signed_in(name).post(f"/sv/arbetsbord/upphandling/{play.made.pk}/oppning/", {"parts": file} | more)


@pytest.fixture
def closed(play: Any) -> Any:
    for n, price in enumerate(PRICES):
        play.bid(n, price, files={"intyg.pdf": b"%PDF"} if n == 0 else None)
    play.over()
    return play


@pytest.fixture
def opened(closed: Any) -> Any:
    for name in ("ann", "bo"):
        assert give(closed, name, closed.parts(name)).status_code == 302
    closed.made = Procurement.objects.get(pk=closed.made.pk)
    return closed


def test_before_the_deadline_there_is_nothing_to_see_or_fetch(play: Any) -> None:
    empty = page(play, "ann", "oppning")
    play.bid(0, PRICES[0])
    assert page(play, "ann", "oppning") == empty
    assert "Anbuden är förseglade till" in empty
    assert "Kanariebageriet" not in empty
    address = f"/sv/arbetsbord/upphandling/{play.made.pk}/oppning/delar.json"
    assert signed_in("ann").get(address).status_code == 422
    assert give(play, "ann", {}).status_code == 422
    assert "Anbuden är inte öppnade än" in page(play, "officer", "tilldelning")
    assert "Inget att bedöma än" in page(play, "ann", "bedom")


def test_two_openers_open_and_the_list_is_attested(closed: Any) -> None:
    address = f"/sv/arbetsbord/upphandling/{closed.made.pk}/oppning/"
    fetched = json.loads(signed_in("ann").get(f"{address}delar.json").content)
    assert len(fetched) == 3
    assert give(closed, "ann", fetched).status_code == 422  # still encrypted
    assert give(closed, "ann", {"another": {}}).status_code == 422
    assert signed_in("ann").post(address, {"parts": SimpleUploadedFile("x", b"{")}).status_code == 422
    assert give(closed, "officer", closed.parts("ann")).status_code == 422
    assert give(closed, "ann", closed.parts("ann")).status_code == 302
    assert "En öppnare är klar" in page(closed, "bo", "oppning")
    assert Bid.objects.count() == 0
    assert give(closed, "bo", closed.parts("bo")).status_code == 302
    shown = page(closed, "officer", "oppning")
    assert "3 anbud öppnades" in shown
    assert "ann@example.org" in shown
    told = json.loads(signed_in("bo").get(f"{address}intyg.json").content)
    assert len(json.loads(told["leaf_text"])["values"]["bids"]) == 3
    assert told["receipt"]["root"]


def test_a_wrong_file_does_not_make_every_bid_unreadable(closed: Any) -> None:
    assert give(closed, "ann", closed.parts("ann")).status_code == 302
    wrong = {seal: dict.fromkeys(pairs, "AAAA") for seal, pairs in closed.parts("bo").items()}
    answer = give(closed, "bo", wrong)
    assert answer.status_code == 422
    assert "Inget har öppnats" in answer.content.decode()
    assert (Bid.objects.count(), OpeningPart.objects.count()) == (0, 1)
    assert give(closed, "bo", wrong, certain="1").status_code == 302
    assert set(Bid.objects.values_list("state", flat=True)) == {"unreadable"}


def test_any_two_of_three_open_when_one_lost_a_key(play: Any, planned: Any, buyer: Any) -> None:
    made = planned()
    cia = User.objects.create_user("cia", "cia@example.org", "x")
    add_member(organisation=buyer, person=cia, role="evaluator")
    planning.appoint(procurement=made, person=cia, recipient=new_opener()[1])
    Opener.objects.filter(procurement=made).update(drilled=timezone.now())
    three = type(play)(made)
    deadline = timezone.now() + timedelta(days=30)
    planning.publish(procurement=made, route="advertised", deadline=deadline, price=LINEAR)
    three.bid(0, PRICES[0])
    three.over()
    assert "Två av tre räcker" in page(three, "ann", "oppning")
    for name in ("ann", "cia"):
        assert give(three, name, three.parts(name)).status_code == 302
    assert Bid.objects.get().price == PRICES[0]


def test_interests_are_declared_before_anything_can_be_judged(opened: Any) -> None:
    bid = Bid.objects.get(price=PRICES[0])
    address = f"/sv/arbetsbord/upphandling/{opened.made.pk}/bedom/"
    assert "Kanariebageriet 0" in page(opened, "ann", "bedom")
    assert signed_in("ann").get(f"{address}{bid.pk}/quality/").status_code == 302
    assert signed_in("ann").post(f"{address}jav/", {"free": "0", "text": ""}).status_code == 422
    assert signed_in("ann").post(f"{address}jav/", {"free": "0", "text": "Min bror"}).status_code == 302
    assert "Någon annan bedömer" in page(opened, "ann", "bedom")
    assert signed_in("ann").get(f"{address}{bid.pk}/quality/").status_code == 302
    assert Declaration.objects.get().free is False


def test_one_question_a_screen_apart_then_together(opened: Any) -> None:
    address = f"/sv/arbetsbord/upphandling/{opened.made.pk}/bedom/"
    for name in ("ann", "bo"):
        signed_in(name).post(f"{address}jav/", {"free": "1"})
    bid = Bid.objects.get(price=PRICES[0])
    ask = f"{address}{bid.pk}/m-jobs-target/"
    shown = signed_in("ann").get(ask).content.decode()
    assert shown.count('type="radio"') == 5
    assert all(f'accesskey="{n}"' in shown for n in range(1, 6))
    assert "<script" not in shown
    assert signed_in("ann").post(ask, {"given": "", "reason": "x"}).status_code == 422
    assert signed_in("ann").post(ask, {"given": "5", "reason": " "}).status_code == 422
    next_one = signed_in("ann").post(ask, {"given": "5", "reason": "Hemligt skäl"})
    assert re.search(r"/bedom/[0-9a-f-]{36}/[a-z-]+/$", next_one.headers["Location"])
    assert "Hemligt skäl" not in signed_in("bo").get(ask).content.decode()
    signed_in("bo").post(ask, {"given": "3", "reason": "Annat skäl"})
    both = signed_in("ann").get(ask).content.decode()
    assert "Hemligt skäl" in both
    assert "Annat skäl" in both
    assert "Ni skiljer er åt" in both
    assert signed_in("ann").post(ask, {"given": "4", "reason": "Ense", "joint": "1"}).status_code == 302
    assert Score.objects.get(joint=True).given == 4
    file = bid.files[0]["sha256"]
    base = f"/sv/arbetsbord/upphandling/{opened.made.pk}/anbud"
    assert b"".join(signed_in("ann").get(f"{base}/{bid.pk}/fil/{file}/").streaming_content) == b"%PDF"  # type: ignore[attr-defined]
    assert signed_in("ann").get(f"{base}/{bid.pk}/fil/{'0' * 64}/").status_code == 404


def test_low_prices_ranking_award_report_and_letters(opened: Any, supplier: User) -> None:
    address = f"/sv/arbetsbord/upphandling/{opened.made.pk}/tilldelning/"
    officer, low = signed_in("officer"), Bid.objects.get(price=PRICES[2])
    shown = page(opened, "officer", "tilldelning")
    assert "Ni får förkasta ett anbud som är onormalt lågt" in shown
    assert "19 kap. 18 § LOU" in shown
    assert "värt en fråga" in shown
    assert officer.post(address, {"act": "reject_low", "bid": str(low.pk), "reason": "x"}).status_code in (404, 422)
    for act, reason in (("ask", ""), ("explained", "Fel i kalkylen"), ("reject_low", "Priset är inte förklarat")):
        assert officer.post(address, {"act": act, "bid": str(low.pk), "reason": reason}).status_code == 302
    assert officer.post(address, {"act": "award", "lot": "1", "reason": "Bäst"}).status_code == 422
    opened.score_all()
    assert "Kanariebageriet 0 är först i rangordningen" in page(opened, "officer", "tilldelning")
    assert signed_in("ann").post(address, {"act": "award", "lot": "1", "reason": "Bäst"}).status_code == 404
    assert (
        officer.post(address, {"act": "award", "lot": "1", "reason": "Lägst pris, lika kvalitet"}).status_code == 302
    )
    assert "Avtalsspärr: avtal får tecknas tidigast" in page(opened, "officer", "tilldelning")
    assert page(opened, "officer", "tilldelning", "en")
    for lang in ("sv", "en"):
        pdf = officer.get(f"/{lang}/arbetsbord/upphandling/{opened.made.pk}/tilldelning/1.pdf").content
        assert pdf.startswith(b"%PDF")
    for bid in Bid.objects.all():
        assert officer.get(f"{address}1/{bid.pk}.pdf").content.startswith(b"%PDF")
    home = f"/sv/arbetsbord/anbud/firm-0/{opened.made.pk}/"
    boss = signed_in(supplier.username)
    assert "ert anbud vann" in boss.get(home).content.decode()
    assert boss.get(f"{home}del-1/beslut.pdf").content.startswith(b"%PDF")
    assert boss.get(f"/sv/arbetsbord/anbud/firm-1/{opened.made.pk}/del-1/beslut.pdf").status_code == 404


def test_others_get_nowhere(opened: Any, supplier: User) -> None:
    for step in ("oppning", "bedom", "tilldelning", "folj-upp", "oppning/delar.json", "oppning/intyg.json"):
        address = f"/sv/arbetsbord/upphandling/{opened.made.pk}/{step}{'' if '.' in step else '/'}"
        assert signed_in(supplier.username).get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_the_contract_is_signed_checked_and_followed_up_on_screen(
    opened: Any, supplier: User, town: Store, settings: Any
) -> None:
    opened.score_all()
    officer, boss = signed_in("officer"), signed_in(supplier.username)
    award = f"/sv/arbetsbord/upphandling/{opened.made.pk}/tilldelning/"
    low = Bid.objects.get(price=PRICES[2])
    follow = f"/sv/arbetsbord/upphandling/{opened.made.pk}/folj-upp/"
    assert "Inget att följa upp än" in officer.get(follow).content.decode()
    assert officer.post(award, {"act": "award", "lot": "1", "reason": "Bäst"}).status_code == 302
    made = Award.objects.get()
    assert made.bid_id == low.pk
    Award.objects.update(bid=Bid.objects.get(price=PRICES[0]))
    today = timezone.localdate()
    days = {"act": "sign", "number": str(made.pk), "starts": f"{today.year}-01-01", "ends": f"{today.year}-12-31"}
    assert officer.post(follow, days).status_code == 422  # standstill
    Award.objects.update(may_sign=timezone.now())
    assert officer.post(follow, days | {"ends": "i år"}).status_code == 422
    assert officer.post(follow, days).status_code == 302
    mine = "/sv/arbetsbord/anbud/firm-0/avtal/"
    listed = boss.get(f"{mine}rapport.csv").content.decode("utf-8-sig")
    number = listed.splitlines()[1].split(";")[0]
    one = f"{mine}{number}/"
    assert boss.post(one, {"period": f"{today.year}-13", "amount": "1"}).status_code == 422
    assert boss.post(one, {"period": f"{today.year}-01", "amount": "två"}).status_code == 422
    photo = SimpleUploadedFile("bild.jpg", b"JPEG")
    sent = {"period": f"{today.year}-01", "amount": "3", "note": "Tre började", "file": photo}
    assert boss.post(one, sent).status_code == 302
    shown = officer.get(follow).content.decode()
    assert "Tre började" in shown
    report = follow_up.Report.objects.get()
    assert b"".join(officer.get(f"{follow}underlag/{report.evidence}/").streaming_content) == b"JPEG"  # type: ignore[attr-defined]
    assert "1" in officer.get("/sv/arbetsbord/upphandling/folj-upp/").content.decode()
    assert officer.post(follow, {"act": "refuse", "number": str(report.pk)}).status_code == 422
    assert officer.post(follow, {"act": "keep", "number": str(report.pk)}).status_code == 302
    assert officer.post(follow, {"act": "step", "number": number, "why": "Ligger efter"}).status_code == 302
    assert "påmint" in officer.get(follow).content.decode()
    bad = f"{listed.splitlines()[0]}\r\n{number};x;persons;2026-99;2;\r\n999;x;persons;2026-01;2;\r\n"
    wrong = boss.post(mine, {"file": SimpleUploadedFile("r.csv", bad.encode())})
    assert wrong.status_code == 422
    assert "2 rader behöver rättas" in wrong.content.decode()
    good = f"{listed.splitlines()[0]}\r\n{number};x;persons;{today.year}-02;1;En till\r\n"
    assert boss.post(mine, {"file": SimpleUploadedFile("r.csv", good.encode())}).status_code == 302
    assert boss.post(mine, {"file": SimpleUploadedFile("r.csv", b"a;b\n1;2\n")}).status_code == 422
    settings.DATA = town.root.parent
    public = Client().get("/sv/9901/upphandling/resultat/").content.decode()
    assert f"3 anställningar {today.year}" in public
    assert Client().get("/en/9901/upphandling/resultat/?ar=").status_code == 200
    table = Client().get("/sv/9901/upphandling/resultat.csv").content.decode("utf-8-sig").splitlines()
    assert any(line.startswith("contract;Städning;") and ";persons;1;4;3;1;" in line for line in table)
