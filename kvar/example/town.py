"""The invented town: its places, anchors and what they buy. Nothing here is real."""

from dataclasses import dataclass

REGION, HOME = "99", "9901"
NEIGHBOURS = (
    "Älvhamn", "Strandby", "Gransta", "Björkvik", "Norrälv", "Sjöhed", "Ekeby", "Hällnäs", "Vikbo",
    "Ormberg", "Lundsäter",
)  # fmt: skip
DISTRICTS = {"9901-1": "Centrum", "9901-2": "Högbacken", "9901-3": "Varvet", "9901-4": "Ängarna", "9901-5": "Skogsbo"}
# Residents and an invented index of deprivation, 0-100; Högbacken stands as the booklet describes Bergsjön: few
# workplaces for those who live there, beside a centre with many.
RESIDENTS = {"9901-1": (9_800, 18), "9901-2": (14_200, 78), "9901-3": (8_100, 25), "9901-4": (11_400, 41),
             "9901-5": (6_900, 49)}  # fmt: skip
ELSEWHERE = ("0180", "1480", "1280", "0380", "0580", "1880", "2480", "0680")
YEARS = range(2019, 2025)


@dataclass(frozen=True, slots=True)
class ExampleAnchor:
    """An invented anchor: which dialect its ledger has and its weight among the lines."""

    slug: str
    name: str
    dialect: str
    weight: float


ANCHORS = (
    ExampleAnchor("kommunen", "Älvhamns kommun (påhittad)", "goteborg", 0.45),
    ExampleAnchor("regionen", "Region Älvsland (påhittad)", "vgr", 0.25),
    ExampleAnchor("bostader", "Älvhamnsbostäder AB (påhittat)", "umea", 0.12),
    ExampleAnchor("hogskolan", "Högskolan i Älvhamn (påhittad)", "orebro_2021", 0.1),
    ExampleAnchor("polisen", "Polisen i Älvsland (påhittad)", "leverantorsreskontra", 0.08),
)
# account, text, mean amount in kronor, SNI 2007, trades in the names of those who sell it
ACCOUNTS = (
    ("6170", "Underhåll och reparation av fastigheter", 42_000, "43320", ("Bygg", "Måleri", "Plåt", "El")),
    ("6440", "Livsmedel", 6_500, "46390", ("Bageri", "Livs")),
    ("7010", "Skolskjutsar och transporter", 18_000, "49390", ("Transport", "Buss")),
    ("7450", "Konsulttjänster", 55_000, "70220", ("Konsult", "Rådgivning")),
    ("6130", "Lokalvård", 21_000, "81210", ("Städ", "Trädgård")),
    ("7431", "IT-tjänster", 38_000, "62020", ("Data", "Nät")),
    ("6460", "Förbrukningsmaterial", 2_400, "47620", ("Kontorsvaror", "Papper")),
    ("4635", "Köp av omsorgsplatser", 74_000, "87301", ("Omsorg", "Vård")),
    ("4632", "Köp av utbildning", 61_000, "85599", ("Utbildning", "Skola")),
    ("7330", "Bevakning", 12_000, "80100", ("Vakt", "Larm")),
    ("6210", "El och värme", 33_000, "35140", ("Energi", "Kraft")),
    ("7680", "Trycksaker och kommunikation", 7_800, "73119", ("Tryck", "Reklam")),
)
OTHER_ACCOUNTS = (
    ("5732", "Pensionsutbetalningar", 240_000),
    ("4530", "Bidrag till föreningar", 30_000),
    ("8520", "Räntekostnader", 80_000),
)
