"""What is to be protected in several anchors' sheets of a year, and what everybody and each anchor knows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kvar.spending.release.attack import Atom, Source, Statement
from kvar.spending.release.audit import Target, Told
from kvar.spending.release.sheet import Key, Sheet, behind
from kvar.spending.release.table import Figure

NOW = "now"  # the release that is about to be


@dataclass(frozen=True, slots=True)
class Earlier:
    """A release of the same year that is already public: its number, whose sheets, and what it told, minor units."""

    number: int
    anchors: tuple[str, ...]
    told: Mapping[Key, int]


def signs(sheets: Iterable[Sheet]) -> dict[Atom, int]:
    """The unknown parts: every cell of every anchor."""
    return {(sheet.anchor, cell): sheet.figures[cell].sign for sheet in sheets for cell in sheet.cells()}


def atoms(key: Key, sheets: Iterable[Sheet]) -> frozenset[Atom]:
    """The parts that a figure of some sheets is the sum of."""
    return frozenset((sheet.anchor, cell) for sheet in sheets for cell in behind(key, sheet.cells()))


def statements(number: int | str, figures: Mapping[Key, int], sheets: Sequence[Sheet]) -> list[Statement]:
    """What a release tells."""
    return [Statement(atoms(key, sheets), amount, (number, key)) for key, amount in figures.items()]


def own(sheet: Sheet) -> list[Statement]:
    """What an anchor knows of itself."""
    return [
        Statement(atoms(key, [sheet]), part.amount, (sheet.anchor, key))
        for key, part in sheet.figures.items()
        if part.amount is not None
    ]


def knowledge(sheets: Mapping[str, Sheet], public: Sequence[Statement]) -> Told:
    """Everything that anybody knows, given what is public."""
    return Told(signs(sheets.values()), public, {slug: own(sheet) for slug, sheet in sheets.items()})


def targets(sheets: Mapping[str, Sheet], hidden: Iterable[tuple[Source, Figure, Sequence[Sheet]]]) -> list[Target]:
    """Every part that an anchor has told of itself alone, and every sum of several that is withheld."""
    wanted = [
        Target((sheet.anchor, key), atoms(key, [sheet]), {sheet.anchor: part.amount})
        for sheet in sheets.values()
        for key, part in sheet.figures.items()
        if part.amount is not None
    ]
    for source, figure, among in hidden:
        if figure.amount is not None:
            wanted.append(Target(source, atoms(figure.key, among), _amounts(figure.key, among)))
    return wanted


def _amounts(key: Key, sheets: Sequence[Sheet]) -> dict[str, int]:
    parts = {sheet.anchor: sheet.figures[key].amount for sheet in sheets if key in sheet.figures}
    return {slug: amount for slug, amount in parts.items() if amount is not None}
