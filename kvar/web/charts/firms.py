"""The charts of what local means and of whom the money went to."""

from collections.abc import Mapping

from kvar.core.messages import Language, say
from kvar.spending.definitions import DEFINITIONS
from kvar.spending.figure import Figure
from kvar.spending.firms import FirmReport
from kvar.spending.rows import PARTS, Parts, Row
from kvar.web.charts import stacked
from kvar.web.charts.chart import Cell, Chart, Kind
from kvar.web.charts.intervals import NARROW, Line, intervals
from kvar.web.data import Scene
from kvar.web.finding import of_hundred

CLEAR = 0.3  # an interval wider than this is no finding
SHOWN = 12
OF_DISTRICT = ("seat", "any_workplace")  # those whose words name the municipality
NAMES = {"ownership": "suppliers.owner.", "size": "suppliers.size.", "industry": "suppliers.section."}
ADDRESS = {"ownership": "agare", "size": "storlek", "industry": "naringsgren"}


def hundred(figure: Figure, lang: Language) -> str:
    """`38–51 av 100`, or why there is no figure."""
    if figure.low is None or figure.high is None:
        return say("definitions.missing", {}, lang)
    low, high = round(100 * figure.low), round(100 * figure.high)
    span = str(low) if low == high else f"{low}–{high}"
    return say("definitions.of_hundred", {"n": span}, lang)


def finding(found: FirmReport, scene: Scene, lang: Language) -> str:
    """Least and most that is known local, by definitions that tell something; of a district, without the region."""
    lens = scene.district is not None
    lows = [
        round(100 * figure.low)
        for name, figure in found.definitions.items()
        if figure.low is not None and figure.high is not None and figure.high - figure.low <= CLEAR
        and not (lens and DEFINITIONS[name].level == "region")
    ]  # fmt: skip
    code = "lens.definitions.title" if lens else "definitions.title"
    if len(lows) < 2:
        return say(f"{code}.few", {"here": scene.here}, lang)
    if min(lows) == max(lows):
        return say(f"{code}.same", {"n": lows[0], "here": scene.here}, lang)
    return say(code, {"low": min(lows), "high": max(lows), "here": scene.here}, lang)


def definition_name(name: str, lang: Language, *, lens: bool) -> str:
    """What a definition is called; `lens`: of a district."""
    return say(f"lens.definitions.{name}" if lens and name in OF_DISTRICT else f"definitions.{name}", {}, lang)


def plain_words(name: str, lang: Language, *, lens: bool) -> str:
    """A definition in plain words; `lens`: of a district."""
    return say(f"lens.plain.{name}" if lens and name in OF_DISTRICT else f"definitions.plain.{name}", {}, lang)


def definition_chart(scene: Scene, found: FirmReport, lang: Language) -> Chart:
    """Every definition as a bar, the seat first."""
    lens = scene.district is not None
    names = {name: definition_name(name, lang, lens=lens) for name in found.definitions}
    lines: list[Line] = [
        (names[name], figure.low, figure.high, hundred(figure, lang)) for name, figure in found.definitions.items()
    ]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (names[name], f.low, f.high, f.unresolved if f.low is not None else None, f.version)
        for name, f in found.definitions.items()
    )
    header = ("what", "low", "high", "unresolved", "version")
    asked: Mapping[str, object] = {
        "year": scene.year,
        "definitions": {name: {"version": f.version, **f.evidence} for name, f in found.definitions.items()},
    }
    return Chart(
        "definitioner", say("definitions.chart.title", {}, lang),
        say("definitions.chart.lead", {"year": scene.year}, lang),
        "local_share",
        tuple(say(f"definitions.head.{name}", {}, lang) for name in header),
        ("text", "share", "share", "money", "text"), rows, found.currency, "intervals.svg",
        intervals(lines), intervals(lines, NARROW), asked=asked,
    )  # fmt: skip


def trait_charts(found: FirmReport, lang: Language, scene: Scene) -> dict[str, Chart]:
    """By owner, size and industry, each bar parted by how near.

    Of a district what reached it; where most cannot be placed, only how much.
    """
    rows = {"ownership": found.by_ownership, "size": found.by_size, "industry": found.by_industry}
    made = [
        _plain(trait, kept, scene, lang)
        if scene.district or of_hundred(_all(kept)) is None
        else _trait(trait, kept, found, lang)
        for trait, kept in rows.items()
    ]
    return {chart.name: chart for chart in made}


def _all(rows: tuple[Row, ...]) -> Parts:
    return Parts.of({name: sum(stacked.amount_of(row.parts, name) for row in rows) for name in PARTS})


def _plain(trait: str, rows: tuple[Row, ...], scene: Scene, lang: Language) -> Chart:
    here = scene.district is not None
    amounts = {row.label or "unknown": row.parts.up_to("district") if here else row.parts.base for row in rows}
    ranked = sorted((pair for pair in amounts.items() if pair[1]), key=lambda pair: -pair[1])
    whole, names = sum(amounts.values()), {label: say(f"{NAMES[trait]}{label}", {}, lang) for label in amounts}
    known = [pair for pair in ranked if pair[0] != "unknown"]
    title = say(f"firms.{trait}", {}, lang)
    if known and whole > 0:
        title = say(f"firms.{trait}.title", {"name": names[known[0][0]], "n": round(100 * known[0][1] / whole)}, lang)
    share, lead = ("lens.firms.share", "lens.firms.lead") if here else ("web.share", "firms.unplaced.lead")
    header = (say(f"firms.{trait}", {}, lang), say("web.amount", {}, lang), say(share, {"here": scene.here}, lang))
    return Chart(
        ADDRESS[trait], title, say(lead, {"here": scene.here}, lang), "local_share", header,
        ("text", "money", "share"),
        tuple((names[label], amount, amount / whole if whole > 0 else None) for label, amount in ranked),
        scene.report.currency, lens=here,
    )  # fmt: skip


def _trait(trait: str, rows: tuple[Row, ...], found: FirmReport, lang: Language) -> Chart:
    names = [say(f"{NAMES[trait]}{row.label or 'unknown'}", {}, lang) for row in rows]
    used = tuple(part for part in PARTS if any(stacked.shares(row.parts).get(part, 0) > 0 for row in rows))
    table = tuple(
        (name, row.parts.base / found.base if found.base > 0 else None, row.parts.base, row.suppliers,
         *(stacked.shares(row.parts).get(part) for part in used))
        for row, name in zip(rows, names, strict=True)
    )  # fmt: skip
    told = [
        f"{name}: {round(100 * row.parts.base / max(found.base, 1))} %" for name, row in zip(names, rows, strict=True)
    ]
    lying = stacked.narrow(rows[:SHOWN], told[:SHOWN])
    shares: list[Kind] = ["share" for _ in used]
    header = (say(f"firms.{trait}", {}, lang), say("web.share", {}, lang), say("web.amount", {}, lang),
              say("firms.suppliers", {}, lang), *(say(f"web.part.{part}", {}, lang) for part in used))  # fmt: skip
    return Chart(
        ADDRESS[trait], trait_title(trait, rows, found, lang), say(f"firms.{trait}.lead", {}, lang), "local_share",
        header, ("text", "share", "money", "count", *shares), table, found.currency,
        "stacked.svg", lying, lying, used,
    )  # fmt: skip


def trait_title(trait: str, rows: tuple[Row, ...], found: FirmReport, lang: Language) -> str:
    """The largest known class and its share; how much is unknown where that is the most."""
    known = [row for row in rows if row.label != "unknown"]
    if not known or found.base <= 0:
        return say(f"firms.{trait}", {}, lang)
    first = max(known, key=lambda row: row.parts.base)
    name = say(f"{NAMES[trait]}{first.label}", {}, lang)
    return say(f"firms.{trait}.title", {"name": name, "n": round(100 * first.parts.base / found.base)}, lang)
