"""The lens: what a page seen from a district says, and which pages cannot be seen from one."""

from kvar.core.messages import Language, say
from kvar.web.data import Scene
from kvar.web.written import big_money

NEVER = ("together", "open_data")
MORE = ("definitions", "firms", "districts", "change", "multiplier", "concentration", "network",
        "opportunities")  # fmt: skip


def lens_words(scene: Scene | None, page: str, lang: Language) -> str:
    """What the figures of a page mean from the district asked for; that they cannot be told; or nothing."""
    if not scene or not scene.districts:
        return ""
    if page in NEVER:
        return say(f"lens.not.{page}", {}, lang)
    if not scene.district:
        return ""
    unknown = scene.whole.parts.home_municipality if scene.whole else 0
    values = {"here": scene.here, "place": scene.place.name, "year": scene.year,
              "amount": big_money(unknown, scene.report.currency, lang)}  # fmt: skip
    codes = ["lens.means", *([f"lens.on.{page}"] if page in MORE else [])]
    return " ".join(say(code, values, lang) for code in codes)
