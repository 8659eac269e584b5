"""The colours of the place levels, near to far, and the ink that reads on each."""

LEVEL_COLOURS = {
    "district": "#113b35",
    "municipality": "#369a89",
    "region": "#b29123",
    "country": "#934511",
    "abroad": "#6f4a95",
    "home_country": "#8a9691",
    "unresolved": "#c9cfcb",
}
DARK = ("district", "country", "abroad")
INK = {name: "#ffffff" if name in DARK else "#1a2421" for name in LEVEL_COLOURS}
