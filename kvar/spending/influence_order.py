"""In which order what is said of influence is read: an anchor's words, newest first, then its country's rules."""

from collections.abc import Mapping
from datetime import date

from kvar.ledger.store import Store
from kvar.spending.influence_rules import Verdict, influence_rules, words


class Order:
    """The anchors' words and their countries' rules of the day in one order, numbered from 1."""

    def __init__(self, store: Store, anchors: Mapping[str, str], day: date) -> None:
        self.decisions: list[dict[str, object]] = []
        self._kinds: dict[tuple[str, str], int] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        for anchor in anchors:
            for word in words(store, anchor):
                at = self._add(word.verdict, date.fromisoformat(word.until) if word.until else None, "own")
                where = self._kinds if word.category is not None else self._numbers
                where.setdefault((anchor, word.category or word.number or ""), at)
        self._rules = {
            anchor: [(self._add(r.verdict, None, r.id), r) for r in influence_rules(country) if r.valid_from <= day]
            for anchor, country in anchors.items()
        }

    def _add(self, verdict: Verdict, until: date | None, why: str) -> int:
        self.decisions.append({"ordinal": len(self.decisions) + 1, "verdict": verdict, "until": until, "why": why})
        return len(self.decisions)

    def of_category(self, anchor: str, text: str) -> int | None:
        """The first word or rule that fits an account's text."""
        if own := self._kinds.get((anchor, text)):
            return own
        return next((at for at, rule in self._rules[anchor] if rule.text and rule.text.search(text)), None)

    def of_supplier(self, anchor: str, number: str | None, form: str) -> int | None:
        """The first word or rule that fits a supplier."""
        if own := self._numbers.get((anchor, number or "")):
            return own
        return next((at for at, rule in self._rules[anchor] if form in rule.forms), None)
