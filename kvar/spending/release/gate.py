"""The gate: withholds figure after figure until no attacker can place a protected one too near what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kvar.core.errors import KvarError
from kvar.spending.release.attack import Source
from kvar.spending.release.audit import Leak, Target, audit
from kvar.spending.release.choice import choose, refusal
from kvar.spending.release.known import NOW, Earlier, knowledge, statements, targets
from kvar.spending.release.sheet import Key, Sheet, where
from kvar.spending.release.table import Figure, Why, table, told


@dataclass(frozen=True, slots=True)
class Release:
    """What may leave: `told` figures in minor units, and why each of the others is withheld.

    `checked`: how many protected sums were audited.
    """

    anchors: tuple[str, ...]
    figures: Mapping[Key, Figure]
    told: Mapping[Key, int]
    withheld: Mapping[Key, Why]
    checked: int


@dataclass(frozen=True, slots=True)
class _Case:
    """What the audit is of: the sheets of this release, those of all releases of the year, the earlier ones."""

    now: Sequence[Sheet]
    all: Mapping[str, Sheet]
    earlier: Sequence[Earlier]
    figures: Mapping[Key, Figure]


def gate(sheets: Sequence[Sheet], earlier: Sequence[Earlier] = (), others: Sequence[Sheet] = ()) -> Release:
    """The release of some anchors' sheets of one year, given the earlier releases of that year.

    `others` are sheets that only earlier releases had. Raises `release.anchors`; `release.leak` when what is public
    already gives something away; `release.nothing` when no figure may be told.
    """
    figures = table(sheets)
    case = _Case(sheets, {sheet.anchor: sheet for sheet in (*others, *sheets)}, earlier, figures)
    shown = _safe(case, told(figures))
    if not shown:
        raise KvarError("release.nothing", **_first(figures))
    withheld: dict[Key, Why] = {key: figure.why or "protects" for key, figure in figures.items() if key not in shown}
    amounts = {key: amount for key in figures if key in shown and (amount := figures[key].amount) is not None}
    checked = len(_targets(case, shown))
    return Release(tuple(sheet.anchor for sheet in sheets), figures, amounts, withheld, checked)


def require(
    sheets: Sequence[Sheet], shown: set[Key], earlier: Sequence[Earlier] = (), others: Sequence[Sheet] = ()
) -> None:
    """Refuse a release that tells `shown` if one of its figures breaks a rule or gives something away.

    Raises `release.cell.<why>` with the figure's row and column, or `release.leak` with who could infer what.
    """
    figures = table(sheets)
    for key in sorted(shown):
        if why := figures[key].why:
            raise KvarError(f"release.cell.{why}", **where(key), n=figures[key].anchors, m=figures[key].suppliers)
    case = _Case(sheets, {sheet.anchor: sheet for sheet in (*others, *sheets)}, earlier, figures)
    for leak in _audit(case, shown):
        raise refusal(leak)


def leaks(sheets: Sequence[Sheet], shown: set[Key], earlier: Sequence[Earlier] = ()) -> list[Leak]:
    """What could be inferred if `shown` were told of the sheets: for measuring a release made without the gate."""
    return _audit(_Case(sheets, {sheet.anchor: sheet for sheet in sheets}, earlier, table(sheets)), shown)


def _safe(case: _Case, shown: set[Key]) -> set[Key]:
    """What can be told without a leak. What is safe stays safe when less is told, so only the rest is asked again."""
    wanted = _targets(case, shown)
    while found := _audit(case, shown, wanted):
        chosen = choose(found, {key: figure.amount or 0 for key, figure in case.figures.items()}, NOW, shown)
        names = {leak.target.name for leak in found} | {(NOW, key) for key in chosen}
        shown = shown - chosen
        wanted = [target for target in _targets(case, shown) if target.name in names]
    return shown


def _audit(case: _Case, shown: set[Key], wanted: Sequence[Target] = ()) -> list[Leak]:
    now = {key: amount for key in sorted(shown) if (amount := case.figures[key].amount) is not None}
    public = statements(NOW, now, case.now)
    for release in case.earlier:
        public += statements(release.number, release.told, [case.all[slug] for slug in release.anchors])
    return audit(knowledge(case.all, public), wanted or _targets(case, shown))


def _targets(case: _Case, shown: set[Key]) -> list[Target]:
    """What an earlier release told is public with its anchors' sum; only what is new in it is to be protected."""
    before = {key for release in case.earlier for key in release.told}
    hidden: list[tuple[Source, Figure, Sequence[Sheet]]] = [
        ((NOW, key), figure, case.now)
        for key, figure in case.figures.items()
        if key not in shown and (figure.why or key not in before)
    ]
    for release in case.earlier:
        among = [case.all[slug] for slug in release.anchors]
        hidden += [((release.number, k), f, among) for k, f in table(among).items() if k not in release.told]
    return targets(case.all, hidden)


def _first(figures: Mapping[Key, Figure]) -> dict[str, object]:
    return where(next(iter(figures)))
