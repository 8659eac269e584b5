"""The charts of the multiplier: the rounds of a hundred, and the cross-check over δ."""

from fractions import Fraction

from kvar.core.messages import Language, say
from kvar.core.money import NBSP
from kvar.spending.io_table import CrossCheck
from kvar.spending.rounds import Rounds
from kvar.web.charts import rounds as drawing
from kvar.web.charts.chart import Cell, Chart
from kvar.web.charts.lying import NARROW, lying
from kvar.web.charts.rounds import AWAY, HERE, UNKNOWN, WAGES, Part, Round
from kvar.web.data import Scene
from kvar.web.finding import DOUBT
from kvar.web.written import big_money, decimal, ratio

FORM, HUNDRED = "year_filter.html", 100
OURS = "#0f4c43"


def finding(found: Rounds, scene: Scene, lang: Language) -> str:
    """What is left of a hundred in the rounds, as far as it is known."""
    if found.second[1] - found.second[0] > DOUBT * found.first:
        return say("multiplier.title.doubt", {}, lang)
    two = _hundred(found.second[0], found)
    third = found.third
    values = {"whole": big_money(HUNDRED * 100, found.currency, lang), "two": round(two), "place": scene.here,
              "three": round(_hundred(third[0], found)) if third else 0}  # fmt: skip
    if scene.district:
        return say("lens.multiplier.title", values | {"two": decimal(two, lang)}, lang)
    return say(f"multiplier.title.{'known' if third else 'unknown'}", values, lang)


def multiplier_charts(scene: Scene, found: Rounds, check: CrossCheck | None, lang: Language) -> dict[str, Chart]:
    """By address name without hyphens."""
    made = [_rounds(scene, found, lang)]
    if check:
        made.append(_check(found, check, lang))
    return {chart.name: chart for chart in made}


def _hundred(amount: int, found: Rounds) -> float:
    return HUNDRED * amount / found.first


def _facts(found: Rounds) -> dict[str, object]:
    lm3, local = found.multiplier, found.local
    told = {name: round(float(getattr(lm3, name)), 4) for name in ("value", "low", "high")} if lm3 else {}
    return {
        "period": str(found.year),
        "convention": "budget",
        "lm3": told or None,
        "survey_year": local.year if local else None,
        "answers": local.answers if local else 0,
        "missing": local.missing if local else "-",
    }


def _rounds(scene: Scene, found: Rounds, lang: Language) -> Chart:
    drawn = _drawn(found, lang)
    title = say("lens.multiplier.chart" if scene.district else "multiplier.chart.two", {}, lang)
    if found.multiplier:
        title = say("multiplier.chart.three", {"value": ratio(float(found.multiplier.value), lang),
                                               "low": ratio(float(found.multiplier.low), lang),
                                               "high": ratio(float(found.multiplier.high), lang)}, lang)  # fmt: skip
    hundred = big_money(HUNDRED * 100, found.currency, lang)
    header = ("round", "amount", "low", "high", "of_hundred")
    return Chart(
        "rundor", title, say("multiplier.chart.lead", {"whole": hundred, "place": scene.here}, lang),
        "multiplier", tuple(say(f"multiplier.column.{name}", {}, lang) for name in header),
        ("text", "money", "money", "money", "share"), _rows(found, lang), found.currency, "rounds.svg",
        drawing.wide(drawn), drawing.narrow(drawn), form=FORM, asked=_facts(found),
    )  # fmt: skip


def _rows(found: Rounds, lang: Language) -> tuple[tuple[Cell, ...], ...]:
    names = [say(f"multiplier.round.{n}", {}, lang) for n in (1, 2, 3)]
    third: tuple[Cell, ...] = found.third or (None, None, None)
    share = found.third[0] / found.first if found.third else None
    return (
        (names[0], found.first, found.first, found.first, 1.0),
        (names[1], found.second[0], *found.second, found.second[0] / found.first),
        (names[2], *third, share),
    )


def _drawn(found: Rounds, lang: Language) -> list[Round]:
    two, most = (_hundred(amount, found) for amount in found.second)
    names = [say(f"multiplier.round.{n}", {}, lang) for n in (1, 2, 3)]
    here, unknown, away = (say(f"multiplier.{name}", {}, lang) for name in ("here", "unknown", "away"))
    first = (Part(two, HERE, here), Part(most - two, UNKNOWN, unknown), Part(HUNDRED - most, AWAY, away))
    made = [Round(names[0], first), Round(names[1], (Part(two, HERE, ""),), two, most)]
    if found.third and found.local and found.local.share and found.local.wages is not None:
        three, low, high = (_hundred(amount, found) for amount in found.third)
        wages = three * float(Fraction(found.local.wages, found.local.share))
        parts = (Part(wages, WAGES, say("multiplier.wages", {}, lang)),
                 Part(three - wages, HERE, say("multiplier.purchases", {}, lang)))  # fmt: skip
        made.append(Round(names[2], parts, low, high))
    return made


def _source(check: CrossCheck, lang: Language) -> str:
    """What the table is, where it comes from, and how much of the purchases it covers."""
    covered = f"{decimal(100 * check.covered, lang)}{NBSP}%"
    values = {"source": check.table.source, "year": check.table.year, "covered": covered}
    told = [say("multiplier.check.lead", {}, lang), say("multiplier.check.source", values, lang)]
    return " ".join([*told, say("multiplier.check.invented", {}, lang)] if check.table.invented else told)


def _check(found: Rounds, check: CrossCheck, lang: Language) -> Chart:
    rows = [(say("multiplier.delta", {"delta": f"{delta:g}".replace(".", "," if lang == "sv" else ".")}, lang),
             value, AWAY) for delta, value in check.rows]  # fmt: skip
    local = found.local
    if local and local.share is not None and local.wages is not None:
        rows.insert(0, (say("multiplier.survey_direct", {}, lang), float(1 + local.share - local.wages), HERE))
        rows.append((say("multiplier.survey_all", {}, lang), float(1 + local.share), OURS))
    low, high = (ratio(pick(v for _, v in check.rows), lang) for pick in (min, max))
    return Chart(
        "kanslighet", say("multiplier.check.title", {"low": low, "high": high}, lang),
        _source(check, lang), "input_output",
        (say("multiplier.column.way", {}, lang), say("multiplier.column.per_one", {}, lang)), ("text", "ratio"),
        tuple((name, value) for name, value, _ in rows), found.currency, "lying.svg", lying(rows),
        lying(rows, NARROW), form=FORM, asked=_facts(found) | {
            "source": check.table.source, "table_year": check.table.year, "invented": check.table.invented,
            "covered": round(check.covered, 4),
        },
    )  # fmt: skip
