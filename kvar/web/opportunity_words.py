"""An opportunity in words: the same on the list, in the memo and in its PDF, in one language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kvar.core.dated import Dated
from kvar.core.messages import Language, say
from kvar.core.money import format_number
from kvar.spending.effects import Moved, move
from kvar.spending.markets import SIZES
from kvar.spending.opportunities import Opportunities, Opportunity
from kvar.spending.routes import Route
from kvar.web.written import big_money, decimal

STEPS = (5, 10, 25, 50)


@dataclass(frozen=True, slots=True)
class Words:
    """Writes figures of one question in one language."""

    lang: Language
    found: Opportunities
    country: str
    year: int
    months: int = 12  # of the year that every anchor's ledger has

    def say(self, code: str, **values: object) -> str:
        """A text."""
        return say(code, values, self.lang)

    def money(self, minor: int) -> str:
        """An amount in the unit that reads best."""
        return big_money(minor, self.found.influence.currency, self.lang)

    def between(self, low: int, high: int) -> str:
        """Two amounts as an interval, or the one they both are."""
        one, two = self.money(low), self.money(high)
        return one if one == two else f"{one} – {two}"

    def moved(self, row: Opportunity | None, percent: int) -> Moved:
        """The effect of moving a part of one category, or of all opportunities together."""
        part = row.amounts if row else self.found.whole
        return move(part, self.found.whole, percent, country=self.country, year=self.year)

    def effect(self, row: Opportunity | None, percent: int) -> dict[str, str]:
        """Kronor, share and jobs of moving `percent`, and the unresolved part apart."""
        moved = self.moved(row, percent)
        return {
            "percent": str(percent),
            "money": self.between(*moved.minor),
            "share": self._share(moved),
            "jobs": self._jobs(moved),
            "unresolved": self.money(moved.unresolved),
        }

    def _share(self, moved: Moved) -> str:
        base = self.found.whole.base
        if base <= 0:
            return "-"
        low, high = (decimal(100 * minor / base, self.lang) for minor in moved.minor)
        return f"+{low}" if low == high else f"+{low} – {high}"

    def _jobs(self, moved: Moved) -> str:
        if moved.jobs is None:
            return "-"
        low, high = (decimal(float(number), self.lang) for number in moved.jobs)
        return low if low == high else f"{low} – {high}"

    def firms(self, row: Opportunity) -> str:
        """How many local firms sell such things, and how many of them are large enough by class."""
        if row.capacity is None:
            return self.say("opportunity.firms.unknown")
        text = self.say("opportunity.firms", n=format_number(row.capacity.firms, self.lang))
        if row.large_enough is not None and row.capacity.firms:
            text += self.say("opportunity.firms.enough", n=format_number(row.large_enough, self.lang))
        return text

    def sizes(self, row: Opportunity) -> str:
        """Local firms by size class."""
        if row.capacity is None:
            return "-"
        by_size = row.capacity.by_size
        known = [(name, by_size.get(name, 0)) for name in (*SIZES, "unknown")]
        return ", ".join(f"{self.say(f'opportunity.size.{name}')} {n}" for name, n in known if n) or "0"

    def owners(self, row: Opportunity) -> str:
        """Local firms by ownership, most first."""
        if row.capacity is None:
            return "-"
        ranked = sorted(row.capacity.by_ownership.items(), key=lambda item: (-item[1], item[0]))
        return ", ".join(f"{self.say(f'suppliers.owner.{name}')} {n}" for name, n in ranked) or "0"

    def when(self, row: Opportunity) -> str:
        """What is open now and when contracts end."""
        parts = [self.say("opportunity.when.now", amount=self.money(row.open_now))] if row.open_now > 0 else []
        parts += [
            self.say("opportunity.when.from", day=day.isoformat(), amount=self.money(n)) for day, n in row.ends[:2]
        ]
        return "; ".join(parts) or self.say("opportunity.when.unknown")

    def act(self, row: Opportunity) -> str:
        """The first way open to the largest buyer, with its paragraphs."""
        ways = [route for route in (row.buyers[0].routes if row.buyers else ()) if route.role == "way"]
        free = next((way for way in ways if not way.asks), None)
        return f"{free.title[self.lang]} ({cites(free, self.lang)})" if free else self.say("opportunity.act.none")

    def measured(self, row: Opportunity) -> str:
        """Which sizes of firm won such contracts in Sweden."""
        if row.market is None or self.country != "SE" or row.market.measured["n"] < 30:
            return ""
        small = row.market.measured["micro"] + row.market.measured["small"]
        return self.say("opportunity.measured", n=row.market.measured["n"], small=small)

    def limit(self, limit: Dated) -> str:
        """A dated limit with its source."""
        code = "opportunity.limit" if limit.verified else "opportunity.limit.unverified"
        values = {"value": format_number(limit.value, self.lang), "day": limit.valid_from.isoformat()}
        return self.say(
            code,
            **(
                values
                | ({"source": limit.source if self.lang == "en" else limit.source_sv} if limit.verified else {})
            ),
        )

    def row(self, row: Opportunity, percent: int) -> dict[str, Any]:
        """Everything the list shows of one opportunity."""
        return {
            "slug": row.slug,
            "category": row.category,
            "leaves": self.money(row.amounts.away),
            "open": self.money(row.amounts.away_open),
            "firms": self.firms(row),
            "social": row.capacity.social if row.capacity else 0,
            "act": self.act(row),
            "when": self.when(row),
            "effect": self.effect(row, percent),
            "why": self.say(f"opportunity.why.{row.why}") if row.why else "",
            "at_most": self.money(row.amounts.away + row.amounts.unknown),
        }


def cites(route: Route, lang: Language) -> str:
    """Paragraphs as a line: `LOU 19 kap. 6, 8 §`, in English `LOU 19:6, 8`; nothing where none is needed."""
    found: dict[str, list[str]] = {}
    for cite in route.cites:
        chapter, _, paragraph = cite.rpartition(" kap. ")
        found.setdefault(chapter, []).append(paragraph.removesuffix(" §"))
    if lang == "en":
        return "; ".join(f"{chapter.replace(' a', 'a')}:{', '.join(items)}" for chapter, items in found.items())
    return "; ".join(f"{chapter} kap. {', '.join(items)} §" for chapter, items in found.items())


def of_role(routes: Iterable[Route], role: str) -> Sequence[Route]:
    """The routes of one role."""
    return [route for route in routes if route.role == role]
