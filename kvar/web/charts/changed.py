"""The charts of a change explained: titles that say the finding, tables, and their geometry."""

from collections.abc import Mapping, Sequence

from kvar.core.messages import Language, say
from kvar.spending.explained import Explained
from kvar.web.charts import waterfall
from kvar.web.charts.chart import Cell, Chart, Kind
from kvar.web.charts.diverging import NARROW, diverging
from kvar.web.charts.waterfall import Step
from kvar.web.data import Scene
from kvar.web.finding import DOUBT
from kvar.web.written import big_money

KINDS, FORM = 8, "change_filter.html"


def where_local(found: Explained, scene: Scene, lang: Language) -> str:
    """What the last year's `local` is called: the district, the place, or the region."""
    level = found.asked.local_last
    if level == "region":
        return say("change.region", {}, lang)
    return scene.place.name if level == "municipality" else scene.here


def finding(found: Explained, scene: Scene, lang: Language) -> str:
    """The change and its largest part, as far as what cannot be placed lets one say."""
    values = {"first": found.asked.first, "last": found.asked.last, "place": where_local(found, scene, lang)}
    amount = big_money(abs(found.effects.total), found.currency, lang)
    return say(f"change.title.{_verdict(found)}", values | {"amount": amount}, lang)


def _verdict(found: Explained) -> str:
    """`more` or `less` with the largest effect; else `same`, `unsure` of the sign, or in `doubt` of all of it."""
    total, (low, high) = found.effects.total, found.interval
    if any(unplaced > DOUBT * base for unplaced, base in zip(found.unplaced, _bases(found), strict=True)):
        return "doubt"
    if not total or low < 0 < high:
        return "unsure" if total else "same"
    largest = max(found.effects.parts.items(), key=lambda part: part[1] if total > 0 else -part[1])[0]
    return f"{'more' if total > 0 else 'less'}.{largest}"


def _largest(found: Explained, lang: Language) -> str:
    """The largest effect beside the whole; only the years where nothing can be said."""
    code, total = _verdict(found), found.effects.total
    if "." not in code:
        return say("change.chart.years", {"first": found.asked.first, "last": found.asked.last}, lang)
    name = code.split(".")[1]
    part = found.effects.parts[name]
    one, whole = (("+" if amount > 0 else "") + big_money(amount, found.currency, lang) for amount in (part, total))
    return say(
        "change.chart.largest", {"one": one, "whole": whole, "effect": effect_name(name, part, lang).lower()}, lang
    )


def change_charts(
    scene: Scene, found: Explained, asked: Mapping[str, str], levels: Sequence[str], lang: Language
) -> dict[str, Chart]:
    """The waterfall, the anchors and the kinds, by address name."""
    low, high = found.interval
    facts = {
        **asked,
        "levels": levels,
        "period": f"{asked['from']}–{asked['to']}",
        "low_minor": low,
        "high_minor": high,
        "unplaced_minor": list(found.unplaced),
    }
    made = (_waterfall(scene, found, facts, lang), _anchors(scene, found, facts, lang), _kinds(found, facts, lang))
    return {chart.name: chart for chart in made}


def _bases(found: Explained) -> tuple[int, int]:
    one, two = (sum(s.base for s in period.values()) for period in (found.before, found.after))
    return one, two


def effect_name(name: str, amount: int, lang: Language) -> str:
    """An effect in plain words; more and less bought have each their own."""
    way = {True: ".more", False: ".less"}[amount > 0] if name == "volume" and amount else ""
    return say(f"change.effect.{name}{way}", {}, lang)


def _waterfall(scene: Scene, found: Explained, facts: Mapping[str, object], lang: Language) -> Chart:
    first, last = found.asked.first, found.asked.last
    one, two = found.stayed
    sums = [Step(say("change.stayed", {"year": year}, lang), amount, whole=True)
            for year, amount in ((first, one), (last, two))]  # fmt: skip
    effects = [Step(effect_name(name, amount, lang), amount) for name, amount in found.effects.parts.items()]
    every = [sums[0], *effects, sums[1]]
    shown = [step for step in every if step.whole or step.amount]
    place = where_local(found, scene, lang)
    return Chart(
        "forandring", _largest(found, lang),
        say("change.chart.lead", {"place": place, "first": first, "last": last}, lang), "change",
        (say("change.chart.effect", {}, lang), say("web.amount", {}, lang)), ("text", "money"),
        tuple((step.text, step.amount) for step in every), found.currency, "waterfall.svg",
        waterfall.wide(shown), waterfall.narrow(shown), form=FORM, asked=facts,
    )  # fmt: skip


def _anchors(scene: Scene, found: Explained, facts: Mapping[str, object], lang: Language) -> Chart:
    names = {anchor.slug: anchor.name.split(" (")[0] for anchor in scene.anchors}
    ranked = sorted(found.anchors.items(), key=lambda pair: -abs(pair[1].total))
    texts = {name: say(f"change.effect.{name}", {}, lang) for name in found.effects.parts}
    lines = [(names.get(slug, slug), e.parts) for slug, e in ranked]
    rows: tuple[tuple[Cell, ...], ...] = tuple((name, *p.values(), sum(p.values())) for name, p in lines)
    money: list[Kind] = ["money" for _ in (*texts, "total")]
    return Chart(
        "forandring-ankare", say("change.anchors.title", {"name": lines[0][0]}, lang),
        say("change.anchors.lead", {}, lang), "change",
        (say("web.anchor", {}, lang), *texts.values(), say("change.kinds.difference", {}, lang)), ("text", *money),
        rows, found.currency, "diverging.svg", diverging(lines, texts), diverging(lines, texts, NARROW),
        form=FORM, asked=facts,
    )  # fmt: skip


def _kinds(found: Explained, facts: Mapping[str, object], lang: Language) -> Chart:
    rows = tuple((kind or "-", one, two, two - one) for kind, one, two in found.kinds)
    way = "more" if rows and rows[0][3] >= 0 else "less"
    lines = [(row[0], {"more" if row[3] >= 0 else "less": row[3]}) for row in rows[:KINDS]]
    years = [say("change.stayed", {"year": year}, lang) for year in (found.asked.first, found.asked.last)]
    return Chart(
        "forandring-slag", say(f"change.kinds.title.{way}", {"kind": rows[0][0] if rows else "-"}, lang),
        say("change.kinds.lead", {}, lang), "change",
        (say("web.kind", {}, lang), *years, say("change.kinds.difference", {}, lang)),
        ("text", "money", "money", "money"), rows, found.currency, "diverging.svg", diverging(lines, {}),
        diverging(lines, {}, NARROW), form=FORM, asked=facts,
    )  # fmt: skip
