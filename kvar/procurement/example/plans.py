"""The example's plans: what is bought, what decides, which terms. Amounts in kronor."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan in words and figures; weights in per cent. `zero_at`: the price of no points, or 0 for deductions."""

    title: str
    need: str
    kind: str
    cpv: str
    value: int
    facts: tuple[str, ...] = ()
    lots: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    function: tuple[tuple[str, str], ...] = ()
    price: int = 50
    questions: tuple[tuple[str, str, int], ...] = ()  # slug, title, per cent
    measures: tuple[str, ...] = ()
    social: int = 20
    terms: tuple[dict[str, Any], ...] = ()
    zero_at: int = 0
    proposals: tuple[tuple[str, str, str, str], ...] = ()  # source, who, text; became (how that begins) or why not


FRUIT = Plan(
    "Frukt och grönt till skolköken",
    "Skolköken i Älvhamn behöver frukt och grönsaker varje vardag. Barnen ska få äta mer av säsongens råvaror.",
    "goods", "15300000", 1_900_000, questions=(("kvalitet", "Så säkras att varorna är färska", 30),),
    measures=("emissions",), zero_at=3_800_000,
    proposals=(
        ("jury", "Medborgarjuryn om skolmaten (påhittad)", "Köp mer närodlat, så att barnen vet var maten växt.", ""),
        ("letter", "Elevrådet på Högbackens skola", "Vi vill ha frukt som är mogen när vi ska äta den.", ""),
    ),
)  # fmt: skip
HOME_CARE = Plan(
    "Hemtjänst i Högbacken",
    "Omkring 140 personer i Högbacken har hemtjänst. De vill möta färre personer och kunna bestämma tiderna själva.",
    "services", "85312400", 12_400_000,
    function=(("Varje brukare möter högst åtta personer under två veckor", "Planeringssystemets logg, varje månad"),),
)  # fmt: skip
CLEANING = Plan(
    "Städning av skolor och förskolor",
    "Elva skolor och förskolor ska vara rena när dagen börjar, och de som städar ska ha rimliga villkor.",
    "services", "90919300", 4_200_000, ("wages_at_risk",),
    (("Centrum och Varvet", 1_500_000), ("Högbacken", 1_600_000), ("Ängarna och Skogsbo", 1_100_000)),
    function=(("Golv och ytor är rena när skoldagen börjar", "Stickprov i tio rum varje månad, minst 95 % godkända"),
              ("Inga doftande eller allergiframkallande medel", "Produktlista vid start och vid byte")),
    questions=(("arbetssatt", "Så planeras och kontrolleras städningen", 30),),
    measures=("jobs_target", "training"), zero_at=8_000_000,
    terms=(
        {"kind": "labour", "risk": "Låga löner och obetald restid är vanliga i städbranschen.",
         "clause": "Lön, semester och arbetstid minst enligt lägsta nivån i det centrala kollektivavtalet, också hos "
                   "underleverantörer som direkt medverkar."},
        {"kind": "employment", "clause": "Anställ två personer i uppdraget under det första året.", "number": 2,
         "target_group": "personer som varit utan arbete i mer än ett år", "matching": "Jobbcentrum i Älvhamn"},
    ),
    proposals=(
        ("forum", "Föräldrar i Högbacken", "Inga medel som doftar: flera barn är allergiska.", "Inga doftande"),
        ("forum", "De som städar i dag", "Restiden mellan skolorna ska betalas.", "Lön"),
        ("jury", "Medborgarjuryn om städningen (påhittad)", "Ge uppdraget bara till lokala företag.",
         "Delarna följer stadsdelarna, så att också små företag kan lämna anbud. Vart pengarna går mäts efteråt."),
    ),
)  # fmt: skip
WINDOWS = Plan(
    "Fönsterputs i kommunens hus",
    "Fönster i fyrtio hus ska putsas två gånger om året utan att störa verksamheten.",
    "services", "90911300", 900_000, reason="Husen putsas i en enda runda med lift.", price=70,
    questions=(("sakerhet", "Så arbetar ni säkert på höjd", 20),), measures=("internships",), social=10,
    zero_at=2_000_000,
)  # fmt: skip
GROUNDS = Plan(
    "Skötsel av parker och gårdar",
    "Parker, lekplatser och gårdar ska vara trygga och skötta året om. De som bor där ska kunna säga till.",
    "services", "77310000", 2_100_000, reason="Maskiner och personal delas mellan områdena.",
    function=(("Lekplatser är hela och fria från skräp", "Gemensam rond varannan vecka"),),
    questions=(("plan", "Så sköts ytorna över året", 30),), measures=("jobs_target", "internships"),
    terms=({"kind": "social", "clause": "De boende bjuds in till en gemensam rond varje kvartal."},),
)  # fmt: skip
