"""What only the start page and Pengarna show: a hundred coins, and the figures beside the headline."""

from kvar.spending.rows import Parts
from kvar.suppliers.forms import SOCIAL_ECONOMY
from kvar.web.charts.hundred import Hundred, hundred
from kvar.web.data import Scene
from kvar.web.finding import of_hundred


def start_page(scene: Scene) -> dict[str, object]:
    """The coins (None where nothing may be said), change since the first year, what left, and who sells here."""
    sellers = scene.report.sellers
    return {
        "coins": _coins(scene),
        "change": _change(scene),
        "left": _left(scene),
        "sellers": sum(sellers.values()),
        "social": sum(n for form, n in sellers.items() if form in SOCIAL_ECONOMY),
    }


def money_figures(scene: Scene) -> dict[str, object]:
    """How many were paid, how many of them here, what was set aside, and what the district is known to have got."""
    report = scene.report
    kinds: dict[str, list[int]] = {}
    for row in report.excluded:
        found = kinds.setdefault(row.payment_class, [0, 0])
        found[0], found[1] = found[0] + row.n, found[1] + row.amount
    return {
        "excluded": [(kind, n, amount) for kind, (n, amount) in kinds.items()],
        "suppliers": sum(row.suppliers for row in report.by_legal_form),
        "sellers": sum(report.sellers.values()),
        "set_aside": report.paid - report.base,
        "near": scene.whole.parts.up_to("district") if scene.district and scene.whole else None,
    }


def _coins(scene: Scene) -> Hundred | None:
    told = of_hundred(scene.whole.parts, scene.level) if scene.whole else None
    return hundred(scene.whole.parts, told, scene.level) if scene.whole and told is not None else None


def _change(scene: Scene) -> float | None:
    """Share known to have stayed, this year less the first; None in the first year or without purchases."""
    rows = scene.all_years.by_year
    if scene.whole is None or not rows or scene.year == rows[0].label:
        return None
    now, then = _known(scene.whole.parts, scene), _known(rows[0].parts, scene)
    return None if now is None or then is None else now - then


def _known(parts: Parts, scene: Scene) -> float | None:
    return parts.up_to(scene.level) / parts.base if parts.base > 0 else None


def _left(scene: Scene) -> tuple[int, float] | None:
    """Minor units known to have gone outside the region, and their share of the purchases."""
    parts = scene.whole.parts if scene.whole else None
    if parts is None or parts.base <= 0:
        return None
    amount = parts.levels["country"] + parts.levels["abroad"]
    return amount, amount / parts.base
