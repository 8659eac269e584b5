"""Local capacity: the firms in the place whose industry sells what an account buys, by size class and legal form.

Only firms in the loaded registers that have not ended, seated in the home municipality; sole traders are persons and
are not there. A
firm of a size class may be large enough for a purchase when twice its yearly value is at most the largest turnover of
the class (LOU 14 kap. 4 § lets a buyer ask for at most twice the value; Recommendation 2003/361/EC: EUR 2, 10 and 50
million): whether a certain firm is, the register does not tell.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kvar.core.dated import value_at
from kvar.ledger.store import Store
from kvar.places.gazetteer import Gazetteer
from kvar.places.postcodes import read_postcodes
from kvar.spending.markets import SIZES, Market, Size, markets

INDICATOR = "capacity"
VERSION = "1.0"
CEILINGS: Mapping[Size, int | None] = {"micro": 2_000_000, "small": 10_000_000, "medium": 50_000_000, "large": None}
SOCIAL = frozenset(("cooperative", "association", "foundation", "community_interest_company", "charity",
                    "religious_community"))  # fmt: skip
Firm = tuple[str | None, str | None, str | None, str | None]  # industry, size, legal form, ownership
_COLUMNS = ["firm", "ended", "postcode", "place", "district", "industry", "size", "form_group", "ownership"]


@dataclass(frozen=True, slots=True)
class Capacity:
    """Local firms of one market: how many, by size class (`unknown` where the register is silent), form and owner."""

    firms: int
    by_size: Mapping[str, int]
    by_form: Mapping[str, int]
    by_ownership: Mapping[str, int]

    @property
    def social(self) -> int:
        """Co-operatives, associations, foundations and the like."""
        return sum(n for form, n in self.by_form.items() if form in SOCIAL)

    def large_enough(self, yearly: int, country: str, day: date) -> int | None:
        """Firms whose class may carry a purchase of `yearly` minor units; None where no rate to the euro is known."""
        if country != "SE":
            return None
        return sum(n for size, n in self.by_size.items() if size in fitting(yearly, day))


def fitting(yearly: int, day: date) -> frozenset[Size]:
    """The size classes whose largest turnover is at least twice `yearly` (minor units of SEK)."""
    return frozenset(size for size in SIZES if (top := most_carried(size, day)) is None or yearly <= top)


def most_carried(size: Size, day: date) -> int | None:
    """The largest yearly purchase (minor units of SEK) that a class may carry; None: no limit."""
    ceiling = CEILINGS[size]
    return None if ceiling is None else ceiling * value_at("capacity/turnover", day).value // 200


def local_capacity(store: Store, gazetteer: Gazetteer, home: str) -> dict[str, Capacity] | None:
    """Capacity by market id in the home municipality or district; None where no register places anyone there."""
    firms = _firms(store, gazetteer, home)
    if not firms:
        return None
    return {market.id: _of(market, firms) for market in markets()}


def _of(market: Market, firms: list[Firm]) -> Capacity:
    chosen = [traits for industry, *traits in firms if market.sells(industry)]
    sizes, forms, owners = (Counter(row[n] or "unknown" for row in chosen) for n in range(3))
    return Capacity(len(chosen), dict(sizes), dict(forms), dict(owners))


def _firms(store: Store, gazetteer: Gazetteer, home: str) -> list[Firm]:
    """Industry, size, form and owner of every local firm that no register says has ended, once each."""
    inside = [code for code in gazetteer.places if home in gazetteer.chain(code)]
    country, known = gazetteer.get(home).country, read_postcodes(store.root / "places")
    posts = [code for (land, code), place in known.items() if land == country and place in set(inside)]
    codes, local = pa.array(inside, pa.string()), pa.array(posts, pa.string())
    seen: dict[str, Firm] = {}
    for path in sorted((store.root / "registers").glob("*.parquet")):
        for row in _local(pq.read_table(path, columns=_COLUMNS), codes, local).to_pylist():
            traits = (row["industry"], row["size"], row["form_group"], row["ownership"])
            seen.setdefault(row["firm"], traits)
    return list(seen.values())


def _local(table: pa.Table, codes: pa.Array, posts: pa.Array) -> pa.Table:
    """Rows placed in `codes`, or without a place whose postcode is."""
    by_place = pc.or_(pc.is_in(table["place"], codes), pc.is_in(table["district"], codes))
    compact = pc.utf8_upper(pc.replace_substring(table["postcode"], " ", ""))
    by_post = pc.and_(pc.is_null(table["place"]), pc.is_in(compact, posts))
    here = pc.or_(pc.fill_null(by_place, False), pc.fill_null(by_post, False))
    return table.filter(pc.and_(here, pc.is_null(table["ended"])))
