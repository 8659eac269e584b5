"""Names and numbers that do not go together: one name with several numbers, one number under many names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from kvar.ledger.model import Notice

MANY_NAMES = 4
SHOWN = 3
NUMBERED = ("SE-ON", "GB-COH")  # a number here is one company's; a VAT number may be a group's
Pairs = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Identities:
    """Which names have which companies' numbers, over the payees added. Persons are left out."""

    numbers: dict[str, set[str]] = field(default_factory=dict)  # folded name -> numbers
    names: dict[str, set[str]] = field(default_factory=dict)  # number -> folded names
    spelt: dict[str, str] = field(default_factory=dict)  # folded name -> as first spelt

    def add(self, payees: pa.Table) -> None:
        """Take in a table of PAYEES."""
        for name, number in _numbered(payees):
            folded = fold_name(name)
            self.spelt.setdefault(folded, name)
            self.numbers.setdefault(folded, set()).add(number)
            self.names.setdefault(number, set()).add(folded)

    def join(self, more: "Identities") -> None:
        """Take in what another file has."""
        for ours, theirs in ((self.numbers, more.numbers), (self.names, more.names)):
            for one, others in theirs.items():
                ours.setdefault(one, set()).update(others)
        for name, spelt in more.spelt.items():
            self.spelt.setdefault(name, spelt)

    def notices(self) -> Iterator[Notice]:
        """What one file says of itself."""
        several = [name for name, numbers in self.numbers.items() if len(numbers) > 1]
        if several:
            yield Notice("ledger.notice.several_numbers", {"n": len(several), "names": self._listed(several)})
        many = [number for number, names in self.names.items() if len(names) >= MANY_NAMES]
        if many:
            yield Notice("ledger.notice.several_names", {"n": len(many), "numbers": _few(many)})

    def against(self, earlier: "Identities") -> Iterator[Notice]:
        """What is otherwise here than in what was loaded before."""
        known = [name for name in self.numbers if name in earlier.numbers]
        other = [name for name in known if self.numbers[name].isdisjoint(earlier.numbers[name])]
        if other:
            yield Notice("ledger.notice.numbers_differ", {"n": len(other), "names": self._listed(other)})
        grown = [n for n in self.names if n in earlier.names and self._is_new_to_many(n, earlier)]
        if grown:
            yield Notice("ledger.notice.names_grow", {"n": len(grown), "numbers": _few(grown)})

    def _is_new_to_many(self, number: str, earlier: "Identities") -> bool:
        """Does a number get a name it never had, and has then many?"""
        before, now = earlier.names[number], self.names[number]
        return not now <= before and len(now) < MANY_NAMES <= len(now | before)

    def _listed(self, folded: list[str]) -> str:
        return _few([self.spelt[name] for name in folded])


def _few(found: list[str]) -> str:
    return ", ".join(sorted(found)[:SHOWN]) + (" …" if len(found) > SHOWN else "")


def _numbered(payees: pa.Table) -> Iterator[tuple[str, str]]:
    """(name, number) of the companies in a table of PAYEES."""
    company = pc.and_(pc.is_in(payees["scheme"], pa.array(NUMBERED)), pc.invert(payees["is_person"]))
    chosen = payees.select(["name", "number"]).filter(pc.and_(company, pc.is_valid(payees["name"])))
    yield from zip(chosen["name"].to_pylist(), chosen["number"].to_pylist(), strict=True)


def fold_name(name: str) -> str:
    """A name without case, blanks and punctuation."""
    return "".join(filter(str.isalnum, name.casefold())) or name
