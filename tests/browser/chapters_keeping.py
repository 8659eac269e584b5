"""The last chapters: the contract, a quarter reported by phone, a quarter missed, what the public sees and checks."""

import base64
import subprocess
import sys

from chapters_buying import OFFICE, public_of
from playwright.sync_api import Page, expect
from stage import Stage, press

from kvar.procurement.models import Award

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
WORK = "/sv/arbetsbord/anbud/rent/"


def signed(on: Stage, home: str) -> None:
    """On the last day of the standstill a posted form is refused; on the next both contracts are signed."""
    on.at("2026-04-30", "23:59")
    page = on.go("ulla", home + "folj-upp/")
    assert _post_signature(page) == 422
    on.at("2026-05-01", "00:00:00")
    page = on.go("ulla", home + "folj-upp/")
    on.look(page, "teckna-avtal")
    for _ in range(2):
        page.locator("[name=starts]").first.fill("2026-07-01")
        page.locator("[name=ends]").first.fill("2027-06-30")
        press(page, "button[value=sign]")
    expect(page.locator("h1")).to_have_text("0 av 6 löften är hållna")
    on.look(page, "loften")


def _post_signature(page: Page) -> int:
    """What the server answers to a signature that its page does not offer."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    number = str(Award.objects.order_by("pk")[0].pk)
    form = {
        "csrfmiddlewaretoken": token,
        "act": "sign",
        "number": number,
        "starts": "2026-07-01",
        "ends": "2027-06-30",
    }
    return page.context.request.post(page.url, form=form, headers={"referer": page.url}).status


def reported(on: Stage, home: str) -> None:
    """The first quarter, by phone with a photo; the officer looks at it, says yes, and it counts for all to see."""
    on.at("2026-10-05")
    phone = on.role("rent_phone", phone=True)
    phone.goto(on.site + WORK + "avtal/")
    on.look(phone, "avtal-pa-telefon")
    press(phone, "a:has-text('Anställningar i uppdraget')")
    photo = on.folder / "foto.png"
    photo.write_bytes(DOT)
    phone.fill("#period", "2026-09")
    phone.fill("#amount", "1")
    phone.fill("#note", "En person började genom Jobbcentrum.")
    phone.set_input_files("#file", photo)
    on.look(phone, "rapport-pa-telefon")
    press(phone, "main form button")
    expect(phone.locator("main")).to_contain_text("väntar på kontroll")
    public = on.go("public", "/sv/9901/upphandling/resultat/")
    expect(public.locator("h1")).to_contain_text("Ingen i jobb")
    page = on.go("ulla", OFFICE)
    press(page, "a[href$='folj-upp/']")
    expect(page.locator("main")).to_contain_text("Rapporter att kontrollera")
    on.look(page, "att-folja-upp")
    press(page, "main li a")
    assert on.keep(page, "a[href*='underlag']", "sett.png").read_bytes() == DOT
    on.look(page, "att-kontrollera")
    press(page, "button[value=keep]")
    public.reload()
    expect(public.locator("h1")).to_have_text("1 anställning 2026")


def missed(on: Stage, home: str) -> None:
    """The second quarter brings no report: seen, reminded, half made good, then a plan and the contract's clause."""
    on.at("2027-01-15")
    page = on.go("ulla", OFFICE + "folj-upp/")
    expect(page.locator("main")).to_contain_text("Inget rapporterat för kvartal 4 2026")
    expect(page.locator("main")).to_contain_text("Över tiden")
    expect(page.locator("main")).to_contain_text("Inte visat i tid")
    on.look(page, "ett-kvartal-saknas")
    _step(on, home, "Påminn", "Ingen rapport för kvartal 4.")
    phone = on.role("rent_phone")
    phone.goto(on.site + WORK + "avtal/")
    expect(phone.locator("main")).to_contain_text("påmint")
    press(phone, "h2 a:has-text('Anställ två')")
    expect(phone.locator("main")).to_contain_text("Ingen rapport för kvartal 4.")
    on.look(phone, "paminnelsen")
    phone.fill("#period", "2026-12")
    phone.fill("#amount", "1")
    press(phone, "main form button")
    page = on.go("ulla", home + "folj-upp/")
    press(page, "button[value=keep]")
    expect(page.locator("main")).to_contain_text("Inte hållet")
    _step(on, home, "Begär en plan", "En av två är anställd.")
    page = _step(on, home, "Använd avtalets klausul", "Ingen plan kom.")
    expect(page.locator(".taken li").first).to_contain_text("2027-01-15")
    page.locator("main details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    on.look(page, "steg-for-steg")


def _step(on: Stage, home: str, act: str, why: str) -> Page:
    """One step further with the promise of two hires of the first firm."""
    page = on.go("ulla", home + "folj-upp/")
    row = page.locator("li", has_text="Anställ två").filter(has_text="Rent Hus").filter(has_text="löftet inte hålls")
    row.locator("summary", has_text="löftet inte hålls").click()
    row.locator("textarea").fill(why)
    with page.expect_navigation():
        row.get_by_role("button", name=act).click()
    return page


def proved(on: Stage, home: str) -> None:
    """A resident sees what it brought, and checks the decision at home with a program of one file."""
    public = on.go("public", public_of(home))
    on.look(public, "annonsen-efter")
    record = on.keep(public, "a[href$='protokoll-1.json']", "protokoll-1.json")
    program = on.keep(public, "a[href$='verifier.py']", "verifier.py")
    words = [sys.executable, "-I", str(program), str(record)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=on.folder)
    assert (done.returncode, done.stdout) == (0, "whole: log, scores and ranking agree\n")
    record.write_text(record.read_text().replace("1900", "1800", 1))
    assert subprocess.run(words, capture_output=True, check=False).returncode == 1
    press(public, "a[href$='/resultat/']")
    expect(public.locator("h1")).to_have_text("2 anställningar 2026")
    expect(public.locator("main")).to_contain_text("Städning av skolor i Centrum")
    on.look(public, "resultat")
