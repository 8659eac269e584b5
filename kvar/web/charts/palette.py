"""The place levels, near to far: their colours, the ink that reads on each, and what they are called."""

from kvar.core.messages import Language, say

LEVEL_COLOURS = {
    "district": "#113b35",
    "municipality": "#369a89",
    "region": "#b29123",
    "country": "#934511",
    "abroad": "#6f4a95",
    "home_municipality": "#66757a",
    "home_country": "#8a9691",
    "unresolved": "#c9cfcb",
}
DARK = ("district", "country", "abroad", "home_municipality")
INK = {name: "#ffffff" if name in DARK else "#1a2421" for name in LEVEL_COLOURS}


def part_name(part: str, lens: bool, lang: Language) -> str:
    """What a part is called; seen from a district, the municipality is the rest of it."""
    rest = ".rest" if lens and part == "municipality" else ""
    return say(f"web.part.{part}{rest}", {}, lang)
