"""The chart of several anchors' release: what stayed of each industry as intervals, and the whole table behind it."""

from kvar.core.messages import Language, say
from kvar.spending.indicators.together import Stayed, stayed
from kvar.spending.release.reading import COLUMNS
from kvar.spending.release.register import Entry
from kvar.spending.release.sheet import ALL
from kvar.web.charts.chart import Cell, Chart, Kind
from kvar.web.charts.intervals import NARROW, WIDE, Intervals, Line, intervals

FORM = "year_filter.html"


def finding(entry: Entry, place: str, lang: Language) -> str:
    """How much stays of what the anchors buy together."""
    whole = next((one for one in stayed(entry.figures) if one.row == ALL), None)
    n = len(entry.people)
    if whole is None or whole.shares is None:
        return say("together.title.withheld", {"n": n}, lang)
    return say("together.title", {"n": n, "share": _span(whole), "place": place}, lang)


def together_chart(entry: Entry, place: str, lang: Language) -> Chart:
    """The newest release of a year."""
    rows = stayed(entry.figures)
    names = {row: say(f"aggregate.part.{row}", {}, lang) for row in (*{key[0] for key in entry.figures}, *COLUMNS)}
    money: list[Kind] = ["money" for _ in (*COLUMNS, ALL)]
    order = [one.row for one in rows] + sorted({row for row, _ in entry.figures} - {one.row for one in rows})
    header = (say("together.industry", {}, lang), *(names[column] for column in COLUMNS),
              say("together.all", {}, lang))  # fmt: skip
    table = tuple((names[row], *(_cell(entry, row, column) for column in (*COLUMNS, ALL))) for row in order)
    asked = {"period": str(entry.year), "release": entry.number, "published": entry.published,
             "released_by": list(entry.people.values()), "checked": entry.checked}  # fmt: skip
    return Chart(
        "tillsammans", say("together.chart.title", {"place": place}, lang), say("together.chart.lead", {}, lang),
        "together", header, ("text", *money), table, entry.currency, "intervals.svg" if rows else None,
        _drawn(rows, names, lang), _drawn(rows, names, lang, NARROW), form=FORM, asked=asked,
    )  # fmt: skip


def _drawn(rows: list[Stayed], names: dict[str, str], lang: Language, width: int = WIDE) -> Intervals:
    lines: list[Line] = []
    for one in rows:
        low, high = one.shares or (None, None)
        text = say("definitions.of_hundred", {"n": _span(one)}, lang) if one.shares else ".."
        name = names[one.row][:1].upper() + names[one.row][1:]
        lines.append((name, None if low is None else float(low), None if high is None else float(high), text))
    return intervals(lines, width)


def _span(one: Stayed) -> str:
    low, high = (round(100 * share) for share in one.shares or (0, 0))
    return str(low) if low == high else f"{low}–{high}"


def _cell(entry: Entry, row: str, column: str) -> Cell:
    if (row, column) not in entry.figures:
        return "."
    return ".." if entry.figures[row, column] is None else entry.figures[row, column]
