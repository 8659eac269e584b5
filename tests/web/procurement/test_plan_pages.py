"""The officer's planning pages: from a need to a published procurement, by the forms alone."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyrage
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pyrage import x25519

from kvar.organisations.actions import add_member
from kvar.organisations.models import Organisation
from kvar.procurement.actions import planning
from kvar.procurement.models import Opener, Procurement
from kvar.procurement.sealing.seal import new_opener

NEED = {"title": "Städning av skolor", "text": "Rena skolor.", "kind": "services", "value": "2 000 000",
        "cpv": "90910000"}  # fmt: skip


def signed_in(person: User) -> Client:
    browser = Client()
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


@pytest.fixture
def browser(officer: User) -> Client:
    return signed_in(officer)


def at(name: str, item: Procurement, **more: Any) -> str:
    return reverse(name, kwargs={"pk": item.pk} | more)


def page(browser: Client, name: str, item: Procurement, query: str = "") -> str:
    answer = browser.get(at(name, item) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_three_clicks_to_route_and_measures(browser: Client, buyer: Organisation) -> None:
    assert "/ny/ours/" in browser.get("/sv/arbetsbord/upphandling/").content.decode()
    answer = browser.post("/sv/arbetsbord/upphandling/ny/ours/", NEED, follow=True)
    text = answer.content.decode()
    assert "Annonsera enligt 19 kap." in text
    made = Procurement.objects.get()
    assert made.route == "advertised"
    assert "Anställningar i uppdraget" in page(browser, "plan-measures", made)


def test_the_way_is_shown_before_anything_is_saved(browser: Client, buyer: Organisation) -> None:
    text = browser.post("/sv/arbetsbord/upphandling/ny/ours/", NEED | {"look": "1"}).content.decode()
    assert "Det här säger lagen" in text
    assert 'value="2 000 000"' in text
    assert not Procurement.objects.exists()


def test_an_empty_need_is_refused_with_links_to_the_fields(browser: Client, buyer: Organisation) -> None:
    answer = browser.post("/sv/arbetsbord/upphandling/ny/ours/", {"kind": "services"})
    assert answer.status_code == 422
    assert 'href="#id_title"' in answer.content.decode()
    assert 'href="#id_text"' in answer.content.decode()


def test_the_whole_plan_by_its_forms(browser: Client, buyer: Organisation, officer: User) -> None:
    browser.post("/sv/arbetsbord/upphandling/ny/ours/", NEED)
    made = Procurement.objects.get()
    day = timezone.localdate() + timedelta(days=10)
    browser.post(at("plan-dialogue", made),
                 {"day": day, "time": "09:00", "where": "Biblioteket", "invitation": "Kom"})  # fmt: skip
    browser.post(at("plan-notes", made, meeting=made.meetings.get().pk), {"notes": "Delar efterfrågades."})
    browser.post(at("plan-lots", made), {"title": ["Norr", "Söder", ""], "value": ["1 200 000", "800 000", ""]})
    browser.post(at("plan-function", made), {"what": ["Rena golv"], "proof": ["Stickprov"]})
    browser.post(at("plan-measures", made), {"policy": "lou", "weight": "20", "chosen": ["jobs_target", "training"],
                                             "measures_by": "Nämnden 2026-11-03 § 12"})  # fmt: skip
    browser.post(at("plan-criteria", made), {
        "price_weight": "50", "price_kind": "linear", "full_at": "", "zero_at": "4 000 000",
        "title": ["Arbetssätt"], "question": ["Hur?"], "weight": ["30"], "scale": ["(level-1)/4"],
    })  # fmt: skip
    for name in ("ann", "bo"):
        person = User.objects.create_user(name, f"{name}@example.org", "x")
        add_member(organisation=buyer, person=person, role="evaluator")
        browser.post(at("plan-openers", made), {"person": person.pk})
        assert "Nyckel saknas" in page(browser, "plan-openers", made)
        secret, public = new_opener()
        hers = signed_in(person)
        hers.post(at("plan-key", made), {"recipient": public})
        sealed = hers.get(at("plan-challenge", made)).content
        answer = pyrage.decrypt(sealed, [x25519.Identity.from_str(secret)]).decode()
        assert hers.post(at("plan-key", made), {"answer": "prov-fel"}).status_code == 422
        hers.post(at("plan-key", made), {"answer": answer})
    text = page(browser, "plan-publish", made)
    assert "Det här saknas" not in text
    first = timezone.localdate() + timedelta(days=40)
    assert browser.post(at("plan-publish", made), {"day": first, "time": "12:00"}).status_code == 302
    made.refresh_from_db()
    assert made.phase == "published"
    assert [lot.title for lot in made.lots.all()] == ["Norr", "Söder"]
    assert made.functional == "Rena golv\tStickprov"
    assert made.measures_by == "Nämnden 2026-11-03 § 12"
    assert sorted(made.criteria.values_list("weight", flat=True)) == [1000, 1000, 3000, 5000]
    assert browser.get(at("plan-criteria", made)).headers["Location"] == at("plan", made)


def test_all_that_is_missing_stands_before_the_button(browser: Client, planned: Callable[..., Procurement]) -> None:
    made = planned(5_000_000_00, facts=frozenset({"wages_at_risk", "electronic"}))
    Opener.objects.filter(procurement=made).update(drilled=None)
    made.criteria.filter(slug="quality").update(weight=1)
    text = page(browser, "plan-publish", made)
    assert "publiceras (4)" in text
    for address in ("plan-lots", "plan-terms", "plan-openers", "plan-criteria"):
        assert at(address, made) in text
    assert "Publicera upphandlingen</button>" not in text


def test_effort_is_capped_by_value(browser: Client, planned: Callable[..., Procurement]) -> None:
    made = planned(1_000_000_00)
    chosen = ["jobs_target", "internships", "apprentices", "training"]
    answer = browser.post(at("plan-measures", made), {"policy": "lou", "weight": "20", "chosen": chosen})
    assert answer.status_code == 422
    assert "Välj 1 till 3 olika åtgärder" in answer.content.decode()
    heavy = browser.post(at("plan-measures", made), {"policy": "lou", "weight": "20,1", "chosen": chosen[:1]})
    assert "Samhällsnyttans vikt ska vara mellan" in heavy.content.decode()
    assert made.criteria.filter(kind="social").count() == 2


def test_a_value_raised_or_lowered_later_asks_the_cap_again(
    browser: Client, planned: Callable[..., Procurement]
) -> None:
    made = planned(1_000_000_00)
    browser.post(at("plan-need", made), NEED | {"value": "600 000"})
    assert "Välj 1 till 1 olika åtgärder" in page(browser, "plan-publish", made)


def test_no_measures_needs_reasons(browser: Client, planned: Callable[..., Procurement]) -> None:
    made = planned()
    words = {"policy": "lou", "weight": "0", "chosen": []}
    assert browser.post(at("plan-measures", made), words).status_code == 422
    assert browser.post(at("plan-measures", made), words | {"measures_reason": "För litet"}).status_code == 302
    made.refresh_from_db()
    assert (made.policy, made.measures_reason) == ("", "För litet")


def test_the_simulator_warns_of_turned_order_and_of_a_flat_price(
    browser: Client, planned: Callable[..., Procurement]
) -> None:
    made = planned()
    Procurement.objects.filter(pk=made.pk).update(price_part={"kind": "relative"})
    query = "?pA=1000&pB=1100&pC=500&" + "&".join(
        f"{bid}-{slug}={level}" for bid, quality in (("A", 40), ("B", 47), ("C", 0))
        for slug, level in (("quality", quality), ("m-jobs-target", 3), ("m-internships", 3))
    )  # fmt: skip
    assert "kastas om" in page(browser, "plan-simulate", made, query)
    flat = {"kind": "linear", "full_at": 700_000_00, "zero_at": 3_000_000_00, "floored": True}
    Procurement.objects.filter(pk=made.pk).update(price_part=flat)
    assert "HFD 2022 ref. 41" in page(browser, "plan-simulate", made)
    sound = {"kind": "linear", "full_at": 0, "zero_at": 2_000_000_00, "floored": False}
    Procurement.objects.filter(pk=made.pk).update(price_part=sound)
    text = page(browser, "plan-simulate", made)
    assert "ett lägre pris lönar sig alltid" in text
    assert "Anbud C vinner." in text


def test_the_worked_example_of_what_a_step_is_worth(browser: Client, planned: Callable[..., Procurement]) -> None:
    made = planned()
    sound = {"kind": "linear", "full_at": 0, "zero_at": 2_000_000_00, "floored": False}
    Procurement.objects.filter(pk=made.pk).update(price_part=sound)
    text = page(browser, "plan-simulate", made).replace("\N{NO-BREAK SPACE}", " ")
    assert "200 000" in text  # 40 points on 2,000,000: ten of a hundred on weight 40 are 4 points, worth 200,000
    assert browser.get(at("plan-simulate", made) + "?pA=x").status_code == 422


def test_prices_to_try_are_those_of_the_largest_lot(browser: Client, planned: Callable[..., Procurement]) -> None:
    made = planned()
    planning.divide(procurement=made, lots=[("A", 600_000_00), ("B", 400_000_00)], reason="")
    assert 'value="480 000"' in page(browser, "plan-simulate", made).replace("\N{NO-BREAK SPACE}", " ")
    assert 'value="1 200 000"' in page(browser, "plan-criteria", made).replace("\N{NO-BREAK SPACE}", " ")


def test_a_local_word_is_worth_a_look(browser: Client, planned: Callable[..., Procurement]) -> None:
    made = planned()
    browser.post(at("plan-need", made), NEED | {"text": "Närproducerad mat från lokala företag"})
    text = page(browser, "plan-publish", made)
    assert "Att granska: Närproducerad, lokala" in text
    browser.post(at("plan-need", made), NEED | {"text": "Lokalvård i våra lokaler"})
    assert "Att granska" not in page(browser, "plan-publish", made)


@pytest.mark.parametrize(("day", "time", "said"), [("2027-03-28", "02:30", "finns inte"),
                                                    ("2027-10-31", "02:30", "två gånger")])  # fmt: skip
def test_a_deadline_on_the_night_clocks_change(
    browser: Client, planned: Callable[..., Procurement], day: str, time: str, said: str
) -> None:
    answer = browser.post(at("plan-publish", planned()), {"day": day, "time": time})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_terms_are_added_and_taken_back(browser: Client, planned: Callable[..., Procurement]) -> None:
    made = planned()
    term = {"target_group": "unga", "number": "2", "matching": "Jobbcentrum", "clause": "Anställ två",
            "follow_up": "2027-06-30"}  # fmt: skip
    assert browser.post(at("plan-terms", made) + "?kind=employment", term).status_code == 302
    assert "Jobbcentrum" in page(browser, "plan-terms", made)
    wrong = browser.post(at("plan-terms", made) + "?kind=labour", {"clause": "Lön"})
    assert wrong.status_code == 422
    assert 'href="#id_risk"' in wrong.content.decode()
    browser.post(at("plan-terms", made), {"remove": made.terms.get().pk})
    assert not made.terms.exists()


def test_an_english_council_plans_by_its_own_act_and_policy(db: None) -> None:
    council = Organisation.objects.create(slug="preston", name="Preston", country="GB", place="E07000123")
    person = User.objects.create_user("pat", "pat@example.org", "x")
    add_member(organisation=council, person=person, role="officer")
    browser = signed_in(person)
    need = {"title": "Cleaning", "text": "Clean schools.", "kind": "services", "value": "900,000", "cpv": "90910000"}
    answer = browser.post("/en/arbetsbord/upphandling/ny/preston/", need, follow=True)
    assert answer.status_code == 200
    made = Procurement.objects.get()
    assert (made.currency, made.value) == ("GBP", 900_000_00)
    text = browser.get(at("plan-measures", made).replace("/sv/", "/en/")).content.decode()
    assert "Spend in the local economy" in text
    assert text.count('name="chosen"') == 13
    chosen = {"policy": "preston", "weight": "20", "chosen": ["2.1", "4.1", "4.2"]}
    assert browser.post(at("plan-measures", made), chosen).status_code == 302
    assert sorted(made.criteria.values_list("weight", flat=True)) == [666, 667, 667]


def test_an_answer_of_the_route_page_fills_in_the_new_plan(browser: Client, buyer: Organisation) -> None:
    query = "?kind=services&value=650+000&cpv=90910000&wages_at_risk=on"
    assert "ny/ours/?kind=services" in browser.get("/sv/arbetsbord/upphandling/" + query).content.decode()
    text = browser.get("/sv/arbetsbord/upphandling/ny/ours/" + query).content.decode()
    assert 'value="650 000"' in text
    assert re.search(r'name="wages_at_risk"[^>]* checked', text)


def test_a_scottish_council_has_its_own_act(db: None) -> None:
    council = Organisation.objects.create(slug="fife", name="Fife", country="GB", place="S12000047")
    person = User.objects.create_user("pat", "pat@example.org", "x")
    add_member(organisation=council, person=person, role="officer")
    browser = signed_in(person)
    need = {"title": "Roads", "text": "Safe roads.", "kind": "works", "value": "4,500,000"}
    text = browser.post("/en/arbetsbord/upphandling/ny/fife/", need, follow=True).content.decode()
    assert "Community benefit" in text
    made = Procurement.objects.get()
    assert made.as_need().jurisdiction == "SCT"
    page_ = browser.get(at("plan-measures", made).replace("/sv/", "/en/")).content.decode()
    assert "Sub-contracting opportunities" in page_
    assert "legislation.gov.uk/asp/2014/12" in page_
