"""The award report and the letters to bidders, as PDF/UA: every word from the log and the frozen model."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from django.utils import timezone

from kvar.core.messages import Language, say
from kvar.core.money import format_amount
from kvar.organisations.pdf import typeset
from kvar.procurement import judged
from kvar.procurement.log.merkle import root
from kvar.procurement.model_words import explained, head, part_heads, part_told, valued
from kvar.procurement.models import Award, Bid, Declaration, OpeningPart, Procurement, Score
from kvar.procurement.record import hashes
from kvar.procurement.standstill import standstill_of

Section = dict[str, Any]


def report_pdf(award: Award, lang: Language) -> bytes:
    """What was decided and why, for the file (LOU 12:14, 19:22, 19a:11)."""
    lot = award.lot
    rows = judged.lines(lot)
    return _document(award, lang, say("procurement.report.title", {"title": str(lot)}, lang), [
        _section("procurement.report.decision", lang,
                 [_winner(award, lang), award.reasons, _standstill(award, lang)]),
        _ranking(award, rows, lang),
        *(_scores(line, lang) for line in rows),
        _aside(award, lang),
        _section("procurement.report.how", lang, _how(lot.procurement, lang)),
    ])  # fmt: skip


def letter_pdf(award: Award, bid: Bid, lang: Language) -> bytes:
    """To one bidder: the decision, the reasons, how the own bid was judged, and the standstill (LOU 12:12, 19:19)."""
    won = bid.pk == award.bid_id
    code = "won" if won else "set_aside" if bid.state != "opened" else "lost"
    values = {"firm": bid.bidder.name, "winner": award.bid.bidder.name, "reason": _why(bid, lang)}
    texts = [say(f"procurement.letter.{code}", values, lang), award.reasons, _standstill(award, lang)]
    rows = [line for line in judged.lines(award.lot) if line.bid.pk in (bid.pk, award.bid_id)]
    own = [line for line in rows if line.bid.pk == bid.pk]
    sections = [_section("procurement.report.decision", lang, texts), _ranking(award, rows, lang)]
    title = say("procurement.letter.title", {"title": str(award.lot)}, lang)
    return _document(award, lang, title, [*sections, *(_scores(line, lang) for line in own)])


def _price(minor: int | None, currency: str, lang: Language) -> str:
    """`2 050 000 kr`, with the öre where there are any."""
    return format_amount(minor or 0, currency, lang)


def _document(award: Award, lang: Language, title: str, sections: Sequence[Section]) -> bytes:
    buyer = award.lot.procurement.organisation.name
    day = timezone.localtime(award.at).date().isoformat()
    data = {
        "lang": lang, "title": title, "author": buyer, "where": f"{buyer} · {day}", "sections": list(sections),
        "lead": award.lot.procurement.need,
        "foot": f"Kvar · {award.lot.procurement_id} · {root(hashes(award.lot.procurement)).hex()[:16]}",
    }  # fmt: skip
    return typeset(files("kvar.procurement") / "document.typ", data, {})


def _section(code: str, lang: Language, texts: Sequence[str]) -> Section:
    return {"title": say(code, {}, lang), "texts": [text for text in texts if text], "header": [], "rows": []}


def _winner(award: Award, lang: Language) -> str:
    price = _price(award.bid.price, award.lot.procurement.currency, lang)
    return say("procurement.report.winner", {"firm": award.bid.bidder.name, "price": price}, lang)


def _standstill(award: Award, lang: Language) -> str:
    rule = standstill_of(award.lot.procurement)
    if rule is None or award.may_sign <= award.at:
        known = award.lot.procurement.organisation.country == "SE"
        return say("procurement.report.no_standstill" if known else "award.no_standstill", {}, lang)
    day = timezone.localtime(award.may_sign).date().isoformat()
    if rule.verified:
        return say("procurement.report.standstill", {"day": day}, lang)
    texts = [say("award.standstill", {"day": day}, lang), f"{rule.cite}.", say("standstill.unverified", {}, lang)]
    return " ".join(text for text in texts if text != ".")


def _ranking(award: Award, rows: Sequence[judged.Line], lang: Language) -> Section:
    procurement = award.lot.procurement
    model, currency = procurement.model or {}, procurement.currency
    names = procurement.titles(lang)
    header = [say(f"procurement.report.head.{name}", {}, lang) for name in ("bidder", "place", "price")]
    made = _section("procurement.report.ranking", lang, explained(model, names, currency, lang))
    made["header"] = [*header, head(model, lang), *part_heads(model, names, lang)]
    for line in rows:
        parts = (part_told(model, part, currency, lang) for _, part in line.parts)
        price, value = _price(line.bid.price, currency, lang), valued(model, line.value, currency, lang)
        made["rows"].append([line.bid.bidder.name, str(line.place), price, value, *parts])
    return made


def _scores(line: judged.Line, lang: Language) -> Section:
    found = Score.objects.filter(bid=line.bid, joint=True).select_related("criterion").order_by("criterion__slug")
    texts = [f"{item.criterion.titled(lang)}: {item.given}. {item.reason}" for item in found]
    title = say("procurement.report.reasons", {"firm": line.bid.bidder.name}, lang)
    return {"title": title, "texts": texts, "header": [], "rows": []}


def _aside(award: Award, lang: Language) -> Section:
    found = Bid.objects.filter(lot=award.lot).exclude(state="opened").select_related("bidder")
    texts = [f"{bid.bidder.name}: {_why(bid, lang)}" for bid in found]
    asked = Bid.objects.filter(lot=award.lot, asked__isnull=False).select_related("bidder")
    words = [say("procurement.report.asked", {"firm": bid.bidder.name, "answer": bid.explanation or "-"}, lang)
             for bid in asked]  # fmt: skip
    return _section("procurement.report.aside", lang, [*texts, *words] or [say("procurement.report.none", {}, lang)])


def _why(bid: Bid, lang: Language) -> str:
    return say(bid.reason, {}, lang) if bid.reason.startswith("procurement.") else bid.reason


def _how(procurement: Procurement, lang: Language) -> list[str]:
    openers = OpeningPart.objects.filter(procurement=procurement).count()
    free = list(Declaration.objects.filter(procurement=procurement).values_list("free", flat=True))
    values = {"openers": openers, "declared": sum(free), "other": len(free) - sum(free),
              "deadline": f"{timezone.localtime(procurement.deadline):%Y-%m-%d %H:%M}", "route": procurement.route,
              "leaves": len(hashes(procurement)), "root": root(hashes(procurement)).hex()}  # fmt: skip
    names = ("opened" if openers else "quotes", "declared", "log")
    return [say(f"procurement.report.how.{name}", values, lang) for name in names]
