"""The first chapters: need, dialogue, lots, what decides, terms, openers, publication, questions."""

from pathlib import Path

from playwright.sync_api import Page, expect
from stage import Stage, press
from typer.testing import CliRunner

from kvar.cli.main import app

OFFICE = "/sv/arbetsbord/upphandling/"
KVAR = CliRunner()


def need(on: Stage) -> str:
    """Ulla asks the law first, then begins the plan; the address of the plan."""
    page = on.go("ulla", OFFICE)
    on.look(page, "mina-tomt")
    press(page, "text=Ny upphandling")
    page.fill("#id_title", "Städning av skolor i Centrum och Högbacken")
    page.fill("#id_text", "Elva skolor ska vara rena när dagen börjar, och de som städar ska ha rimliga villkor.")
    page.select_option("#id_kind", "services")
    page.fill("#id_value", "4 200 000")
    page.fill("#id_cpv", "90919300")
    page.check("#id_wages_at_risk")
    press(page, "button[name=look]")
    expect(page.locator(".law")).to_contain_text("Öppet förfarande")
    on.look(page, "vilken-vag")
    press(page, "main form button:not([name=look])")
    expect(page.locator("h1")).to_have_text("Städning av skolor i Centrum och Högbacken")
    on.look(page, "planen")
    return page.url.removeprefix(on.site)


def dialogue(on: Stage, home: str) -> None:
    """Everyone is invited, and everyone gets the notes."""
    page = on.go("ulla", home + "dialog/")
    page.fill("#id_day", "2026-01-20")
    page.fill("#id_time", "17:00")
    page.fill("#id_where", "Kommunhuset")
    page.fill("#id_invitation", "Hur ska städningen delas så att fler kan lämna anbud?")
    press(page, "main form button")
    public = on.go("public", "/sv/9901/upphandling/")
    expect(public.locator("main")).to_contain_text("2026-01-20")
    press(public, "text=Städning av skolor i Centrum")
    expect(public.locator("main")).to_contain_text("Hur ska städningen delas")
    on.look(public, "dialog-offentligt")
    on.at("2026-01-21")
    page = on.go("ulla", home + "dialog/")
    press(page, "main section a")
    page.fill("#id_notes", "Nio kom. De mindre företagen bad om delar som följer stadsdelarna.")
    press(page, "main form button")
    public.reload()
    expect(public.locator("main")).to_contain_text("Nio kom.")
    on.look(page, "dialog")


def planned(on: Stage, home: str) -> None:
    """Two lots, what decides, what it brings, the simulator, the terms."""
    page = on.go("ulla", home + "delar/")
    for n, (title, value) in enumerate((("Centrum", "2 200 000"), ("Högbacken", "2 000 000"))):
        page.locator("[name=title]").nth(n).fill(title)
        page.locator("[name=value]").nth(n).fill(value)
    press(page, "main form button")
    on.look(page, "delar")
    page.goto(on.site + home + "funktion/")
    page.locator("[name=what]").first.fill("Golv och ytor är rena när skoldagen börjar")
    page.locator("[name=proof]").first.fill("Stickprov i tio rum varje månad, minst 95 % godkända")
    press(page, "main form button")
    on.look(page, "funktion")
    _decides(on, page, home)
    _terms(on, page, home)


def _decides(on: Stage, page: Page, home: str) -> None:
    page.goto(on.site + home + "kriterier/")
    page.fill("#price_weight", "50")
    page.fill("#id_full_at", "0")
    page.fill("#id_zero_at", "4 000 000")
    page.fill("#t1", "Så planeras och kontrolleras städningen")
    page.fill("#w1", "30")
    press(page, "main form button")
    page.goto(on.site + home + "samhallsnytta/")
    page.fill("#id_weight", "25")
    page.check("#m-jobs_target")
    page.fill("#id_measures_by", "Tekniska nämnden, § 14")
    press(page, "main form button")
    expect(page.locator("[role=alert]")).to_contain_text("20")
    on.look(page, "samhallsnytta-over-taket")
    page.fill("#id_weight", "20")
    press(page, "main form button")
    expect(page.locator("[role=alert]")).to_have_count(0)
    on.look(page, "samhallsnytta")
    page.goto(on.site + home + "kriterier/")
    expect(page.locator(".sum")).to_contain_text("100")
    on.look(page, "kriterier")
    page.goto(on.site + home + "prova/")
    expect(page.locator(".tried li")).to_have_count(3)
    on.look(page, "prova")


def _terms(on: Stage, page: Page, home: str) -> None:
    page.goto(on.site + home + "villkor/")
    page.fill("#id_risk", "Låga löner och obetald restid är vanliga i städbranschen.")
    page.fill("#id_clause", "Lön, semester och arbetstid minst enligt lägsta nivån i det centrala kollektivavtalet.")
    page.fill("#id_follow_up", "2026-11-30")
    press(page, "main form[action] button")
    page.goto(on.site + home + "villkor/?kind=employment")
    page.fill("#id_target_group", "personer utan arbete i mer än ett år")
    page.fill("#id_number", "2")
    page.fill("#id_matching", "Jobbcentrum")
    page.fill("#id_clause", "Anställ två personer i uppdraget under det första året.")
    page.fill("#id_follow_up", "2026-12-31")
    press(page, "main form[action] button")
    expect(page.locator("main section.card")).not_to_have_count(0)
    on.look(page, "villkor")


def openers(on: Stage, home: str) -> None:
    """Three are appointed; each makes a key at their own desk and shows that it opens."""
    page = on.go("ulla", home + "oppnare/")
    for name in ("registrator", "bo", "cia"):
        page.select_option("#person", label=f"{name}@alvhamn.example")
        press(page, "main form.card button")
    on.look(page, "oppnare")
    for name in ("registrator", "bo", "cia"):
        _drill(on, name, home)
    page.reload()
    expect(page.locator("main .lots .kept")).to_have_count(3)


def _drill(on: Stage, name: str, home: str) -> None:
    key = on.folder / f"{name}.txt"
    public = said(["keys", "new", str(key)])
    page = on.go(name, OFFICE)
    press(page, "main .due a")
    on.look(page, f"min-nyckel-{name}")
    page.fill("#recipient", public)
    press(page, "form:has(#recipient) button")
    test = on.keep(page, "a[download]", f"{name}-prov.age")
    page.fill("#answer", said(["keys", "read", str(key), str(test)]))
    press(page, "form:has(#answer) button")
    expect(page.locator("h1")).to_have_text("Du är redo att öppna")
    on.look(page, f"min-nyckel-klar-{name}")


def published(on: Stage, home: str) -> None:
    """A deadline in the hour that spring skips is refused; the next day at noon it is published."""
    on.at("2026-02-23")
    page = on.go("ulla", home + "publicera/")
    on.look(page, "publicera")
    for day, time in (("2026-03-29", "02:30"), ("2026-03-30", "12:00")):
        page.fill("#id_day", day)
        page.fill("#id_time", time)
        press(page, "main form button")
        if time == "02:30":
            expect(page.locator("[role=alert]")).to_contain_text("finns inte")
    expect(page.locator("main")).to_contain_text("2026-03-30 12:00")
    on.look(page, "publicerad")
    public = on.go("public", "/sv/9901/upphandling/")
    expect(public.locator("h1")).to_contain_text("En upphandling")
    press(public, "text=Städning av skolor i Centrum")
    expect(public.locator("main")).to_contain_text("2026-03-30 12:00")
    on.look(public, "annonsen")


def answered(on: Stage, home: str) -> None:
    """A firm asks; the answer reaches every firm and the public, and nobody sees who asked."""
    on.at("2026-03-02")
    page = on.go("rent", "/sv/arbetsbord/anbud/")
    on.look(page, "mina-anbud")
    press(page, "text=Städning av skolor i Centrum")
    page.fill("#id_text", "Får två företag lämna anbud ihop?")
    press(page, "form[action$='fraga/'] button")
    on.look(page, "foretagets-sida")
    page = on.go("ulla", home)
    press(page, "a[href$='fragor/']")
    expect(page.locator("h1")).to_contain_text("En fråga")
    on.look(page, "fragor")
    page.fill("form.card textarea", "Ja, utan krav på viss juridisk form.")
    press(page, "main form.card button")
    other = on.go("nordvik", page_of("nordvik", home))
    for seen in (other, on.go("public", public_of(home))):
        expect(seen.locator("main")).to_contain_text("Ja, utan krav på viss juridisk form.")
        expect(seen.locator("main")).not_to_contain_text("Rent Hus")


def page_of(firm: str, home: str) -> str:
    """The procurement's page of a firm."""
    return f"/sv/arbetsbord/anbud/{firm}/{home.split('/')[4]}/"


def public_of(home: str) -> str:
    """The procurement's public page."""
    return f"/sv/9901/upphandling/{home.split('/')[4]}/"


def said(words: list[str]) -> str:
    """What the command `kvar` prints."""
    done = KVAR.invoke(app, words)
    assert done.exit_code == 0, done.output
    return done.output.strip()


def files(folder: Path, stem: str) -> tuple[Path, Path]:
    """The two files of a sealed bid."""
    return folder / f"{stem}.age", folder / f"{stem}.parts.json"
