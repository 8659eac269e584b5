"""One supplier: what was bought from it, what registers say of it, how the ledgers spell it. Persons have none."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse

from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.core.period import parse_period
from kvar.places.gazetteer import Gazetteer
from kvar.spending.figure import Question
from kvar.spending.supplier import SupplierReport, supplier_report
from kvar.suppliers.industry import section
from kvar.suppliers.loaded import loaded
from kvar.suppliers.registers.catalogue import by_id
from kvar.suppliers.told import told
from kvar.web import data
from kvar.web.views import language_of, page_of

KINDS = 12
UNBROKEN = "\N{NON-BREAKING HYPHEN}"
SELF = ("ledger", "name", "number")  # what is not said by a register
Bar = tuple[str, int, int, float, float | None]  # label, minor units, payments, width in per cent, share


def supplier(request: HttpRequest, lang: str, place: str, slug: str) -> HttpResponse:
    """The page of a supplier; 404 for a person, and where nothing was bought."""
    return page_of(request, lang, place, "supplier.html", lambda scene: _words(scene, slug, language_of(lang)))


def _words(scene: data.Scene, slug: str, lang: Language) -> dict[str, object]:
    where = data.store()
    batches = [ref for ref, _ in where.batches() if ref.anchor.place == scene.place.code]
    question = Question(scene.place.code, *parse_period(data.EVERYTHING))
    try:
        found = supplier_report(where, batches, question, slug, gazetteer=scene.gazetteer)
    except KvarError as error:
        raise Http404 from error
    names = {anchor.slug: anchor.name.split(" (")[0] for anchor in scene.anchors}
    return {
        "supplier": found,
        "years_shown": _bars(found.by_year, None),
        "anchors_shown": _bars([(names.get(a, a), amount, n) for a, amount, n in found.by_anchor], found.amount),
        "kinds_shown": _bars(found.by_category[:KINDS], found.amount),
        "place_name": scene.name_of(found.place) if found.place else "",
        "facts": _facts(found, scene.gazetteer, lang),
        "spelled": [(s, ", ".join(names.get(a, a) for a in s.anchors), _month(s.first), _month(s.last))
                    for s in found.spellings],
        "told": told(where, found.id),
    }  # fmt: skip


def _bars(rows: Sequence[tuple[str, int, int]], whole: int | None) -> list[Bar]:
    top = max((abs(amount) for _, amount, _ in rows), default=1) or 1
    return [(name, amount, n, round(100 * max(amount, 0) / top, 1), amount / whole if whole and whole > 0 else None)
            for name, amount, n in rows]  # fmt: skip


def _facts(found: SupplierReport, gazetteer: Gazetteer, lang: Language) -> list[tuple[str, str, str]]:
    """What is known, in words, and who says so."""
    registers = {info.name: info for info in loaded(data.store())}

    def source(name: str) -> str:
        who = found.sources.get(name)
        if not who:
            return "-"
        if who in SELF:
            return say(f"supplier.from.{who}", {}, lang)
        info = registers.get(who)
        title, day = (by_id(info.register).title[lang], info.as_of) if info else (who, "-")
        return say("supplier.from.register", {"name": title, "day": day.replace("-", UNBROKEN)}, lang)

    seat = [gazetteer.places[code].name for code in (found.district, found.place) if code in gazetteer.places]
    size = say(f"suppliers.size.{found.size}", {}, lang) if found.size else "-"
    owner = say(f"suppliers.owner.{found.ownership}", {}, lang)
    staff = "" if found.employees is None else say("supplier.employees", {"n": found.employees}, lang)
    return [
        (say("supplier.fact.seat", {}, lang), ", ".join(seat) or "-", source("place")),
        (say("web.form", {}, lang), say(f"suppliers.form.{found.form_group}", {}, lang), source("form")),
        (say("supplier.fact.owner", {}, lang), owner, source("ownership")),
        (say("web.industry", {}, lang), _industry(found.industry, lang), source("industry")),
        (say("supplier.fact.size", {}, lang), f"{size} {staff}".strip(), source("size")),
    ]


def _industry(code: str | None, lang: Language) -> str:
    """The code with what its section is called."""
    found = section(code)
    return f"{code}, {say(f'suppliers.section.{found}', {}, lang)}" if found else code or "-"


def _month(month: int) -> str:
    return f"{month // 100}-{month % 100:02}" if month else "-"
