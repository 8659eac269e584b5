"""The middle chapters: sealed bids, the opening, scores apart and together, the award and its standstill."""

import json

import yaml
from chapters_buying import files, page_of, public_of, said
from looks import looks_right
from playwright.sync_api import Page, expect
from stage import Stage, access, press


def bids(on: Stage, home: str) -> None:
    """Three firms, four sealed bids: in the page, withdrawn and replaced; by file; begun early and never finished."""
    on.at("2026-03-16")
    page = on.go("rent", page_of("rent", home) + "del-1/")
    on.look(page, "delen-tom")
    _seal_in_page(on, page, "1 990 000", "Ånga, och tydlig plan för varje skola", "2")
    on.look(page, "kvitto")
    press(page, "form[action$='ta-tillbaka/'] button")
    expect(page.locator(".receipt")).to_have_count(0)
    _seal_in_page(on, page, "1 900 000", "Ånga, plan för varje skola och egenkontroll varje vecka", "4")
    receipt = on.keep(page, "a[href$='kvitto.json']", "kvitto.json")
    assert json.loads(receipt.read_text())["receipt"]["lot"] == 1
    _by_file(on, "strandby", home, 1, (2_100_000, "Vi städar som förr", 1))
    _by_file(on, "nordvik", home, 1, (1_980_000, "Plan per skola", 2))
    _by_file(on, "nordvik", home, 2, (1_800_000, "Plan per skola, rond varje månad", 2))
    page = _by_file(on, "rent", home, 2, (1_700_000, "Plan", 1), whole=False)
    expect(page.locator(".receipt")).to_have_count(0)
    expect(page.locator("#upload")).to_contain_text("En fil är redan uppladdad")
    on.look(page, "bara-den-stora-filen")
    _nobody_sees(on, home)


def _seal_in_page(on: Stage, page: Page, price: str, text: str, jobs: str) -> None:
    page.wait_for_selector("#seal:not([hidden])")
    page.fill("#price", price)
    page.locator("textarea[data-field=text]").fill(text)
    page.locator("textarea[data-field=plan]").fill("Jobbcentrum föreslår, vi anställer inom tre månader.")
    page.fill("[id$='--target']", jobs)
    proof = on.folder / "intyg.pdf"
    proof.write_bytes(b"%PDF-1.4 intyg")
    page.set_input_files("#attach", proof)
    page.click("#do-seal")
    page.wait_for_selector("#seal-files a")
    press(page, "#upload button")
    expect(page.locator(".receipt")).to_contain_text("Kvitto")


def _by_file(on: Stage, firm: str, home: str, lot: int, bid: tuple[int, str, int], *, whole: bool = True) -> Page:
    """The form is fetched, filled with no network, sealed by the command, and its two files uploaded."""
    page = on.go(firm, page_of(firm, home) + f"del-{lot}/")
    page.wait_for_selector("#seal:not([hidden])")
    page.click("#by-hand > summary")
    form = on.keep(page, "a[href$='formular.yml']", f"{firm}-{lot}.yml")
    filled = yaml.safe_load(form.read_text(encoding="utf-8"))
    price, text, jobs = bid
    quality, social = sorted(filled["answers"], key=lambda slug: slug.startswith("m-"))
    filled |= {"price": str(price), "answers": {quality: {"text": text}, social: {"plan": text, "target": jobs}}}
    form.write_text(yaml.safe_dump(filled, allow_unicode=True), encoding="utf-8")
    said(["bid", "seal", str(form), "--out", str(on.folder)])
    body, parts = files(on.folder, f"{firm}-{lot}")
    page.set_input_files("#body", body)
    if whole:
        page.set_input_files("#parts", parts)
    press(page, "#upload button")
    if whole:
        expect(page.locator(".receipt")).to_be_visible()
    return page


def _nobody_sees(on: Stage, home: str) -> None:
    page = on.go("ulla", home + "oppning/")
    expect(page.locator("h1")).to_contain_text("förseglade till 2026-03-30 12:00")
    for seen in (page, on.go("ulla", home), on.go("public", public_of(home))):
        expect(seen.locator("main")).not_to_contain_text("Nordvik")
    on.look(on.go("ulla", home + "oppning/"), "forseglat")


def late(on: Stage, home: str) -> None:
    """A page that was open before the deadline sends its files after it."""
    on.at("2026-03-30", "11:59")
    page = on.go("strandby", page_of("strandby", home) + "del-1/")
    page.click(".replace > summary")
    body, parts = files(on.folder, "strandby-1")
    page.set_input_files("#body", body)
    page.set_input_files("#parts", parts)
    on.at("2026-03-30", "12:00:00")
    press(page, "#upload button")
    expect(page.locator("[role=alert]")).to_contain_text("12:00:0")
    expect(page.locator("[role=alert]")).to_contain_text("Det anbud ni lämnade tidigare, 2026-03-16")
    on.look(page, "for-sent")


def opened(on: Stage, home: str) -> None:
    """Cia has lost her key; the other two open."""
    on.at("2026-03-30", "13:00")
    expect(on.go("ulla", home).locator(".next")).to_contain_text("anbuden kan öppnas")
    for name in ("registrator", "bo"):
        page = on.go(name, home + "oppning/")
        on.look(page, f"oppning-{name}")
        parts = on.keep(page, "a[href$='delar.json']", f"{name}-parts.json")
        out = on.folder / f"{name}-opened.json"
        said(["bid", "open", str(parts), "--key", str(on.folder / f"{name}.txt"), "--out", str(out)])
        page.set_input_files("#parts", out)
        press(page, "form:has(#parts) button")
    expect(page.locator("h1")).to_have_text("4 anbud öppnades")
    expect(page.locator("main table")).to_contain_text("2026-03-16 09:00")
    expect(page.locator("main table")).to_contain_text("1 900 000")
    expect(page.locator("main")).to_contain_text("registrator@alvhamn.example")
    on.look(page, "oppningslista")


def conflict(on: Stage, home: str) -> None:
    """Dora belongs to one of the firms: her word that she is free is not taken."""
    page = on.go("dora", home + "bedom/")
    on.look(page, "jav")
    press(page, "button[name=free][value='1']")
    expect(page.locator("[role=alert]")).to_contain_text("Nordvik AB")
    on.look(page, "jav-vagrad")


def judged(on: Stage, home: str) -> None:
    """Registrator scores with the pointer, Bo by keyboard alone; then together."""
    levels = {"rent": 4, "strandby": 2, "nordvik": 3}
    for name in ("registrator", "bo"):
        page = on.go(name, home + "bedom/")
        press(page, "button[name=free][value='1']")
        press(page, "a.button")
        while page.locator("#reason").count():
            at = next(level for firm, level in levels.items() if firm in page.inner_text(".lead").casefold())
            (_by_keyboard if name == "bo" else _by_pointer)(page, at)
            if page.locator("[name=joint]").count():
                break
    _together(on, page)


def _by_pointer(page: Page, at: int) -> None:
    page.locator("[name=given]").nth(at - 1).check()
    page.fill("#reason", "Svarar på frågan, målet går att följa upp.")
    press(page, "main form button")


def _by_keyboard(page: Page, at: int) -> None:
    """Alt and the level, then Tab to the reason, then Alt+S."""
    access(page, str(at))
    expect(page.locator("[name=given]").nth(at - 1)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Konkret plan med tider.")
    with page.expect_navigation():
        access(page, "s")


def _together(on: Stage, page: Page) -> None:
    expect(page.locator("main")).to_contain_text("Er gemensamma bedömning")
    on.look(page, "tillsammans")
    while page.locator("[name=joint]").count():
        seen = int(page.locator(".both b").first.inner_text())
        _by_keyboard(page, seen)
    expect(page.locator("h1")).to_have_text("Allt är bedömt")
    on.look(page, "allt-bedomt")


def awarded(on: Stage, home: str) -> None:
    """The ranking follows; both lots are awarded, letters and report are there, and nobody may sign yet."""
    on.at("2026-04-20", "10:00")
    page = on.go("ulla", home)
    press(page, ".next a")
    on.look(page, "rangordning")
    for n in (1, 2):
        page.fill(f"#reason{n}", "Högst poäng enligt den publicerade modellen.")
        press(page, f"form:has(#reason{n}) button")
    expect(page.locator("h1")).to_have_text("2 av 2 delar är tilldelade")
    expect(page.locator("main")).to_contain_text("Skicka breven i dag")
    looks_right(page, (390,))
    on.look(page, "tilldelat")
    _papers(on, page)
    page = on.go("ulla", home + "folj-upp/")
    expect(page.locator("main")).to_contain_text("tidigast 2026-05-01")
    expect(page.locator("button[value=sign]")).to_have_count(0)
    on.look(page, "avtalssparr")
    public = on.go("public", public_of(home))
    expect(public.locator("main")).to_contain_text("Rent Hus AB")
    looks_right(public, (390,))
    on.look(public, "tilldelat-offentligt")


def _papers(on: Stage, page: Page) -> None:
    links = page.locator("main a[href$='.pdf']")
    assert links.count() == 2 + 4
    for address in (links.first.get_attribute("href"), links.last.get_attribute("href")):
        paper = page.context.request.get(on.site + (address or ""))
        assert paper.body()[:5] == b"%PDF-"
