"""Anchors whose ledgers are on the site already: their sums protect nobody, and everybody can take them away.

A sum of three anchors of which one is public is a sum of two. So the gate judges the others alone; a figure is told
when it may be told of them, or has no part of theirs.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from kvar.spending.release.gate import Release, gate, require
from kvar.spending.release.known import Earlier
from kvar.spending.release.sheet import Key, Sheet
from kvar.spending.release.table import Figure, Why, table


def release_beside(
    sheets: Sequence[Sheet], earlier: Sequence[Earlier], others: Sequence[Sheet], public: Collection[str]
) -> Release:
    """What the gate lets out when `public` anchors' sums are known; raises what `gate` does, of the others alone."""
    hidden = [sheet for sheet in sheets if sheet.anchor not in public]
    if not hidden or len(hidden) == len(sheets):
        return _audited(sheets, earlier, others)
    known = {sheet.anchor: sheet for sheet in (*others, *sheets)}
    left = [_taken_away(release, known, public) for release in earlier]
    alone = _audited(hidden, left, [sheet for sheet in others if sheet.anchor not in public])
    figures = table(sheets)
    told = {key: figure.amount for key, figure in figures.items() if _tells(figure, alone)}
    amounts = {key: amount for key, amount in told.items() if amount is not None}
    withheld: dict[Key, Why] = {
        key: figure.why or alone.withheld.get(key, "protects")
        for key, figure in figures.items()
        if key not in amounts
    }
    return Release(tuple(sheet.anchor for sheet in sheets), figures, amounts, withheld, alone.checked)


def _audited(sheets: Sequence[Sheet], earlier: Sequence[Earlier], others: Sequence[Sheet]) -> Release:
    """What the gate lets out, audited once more as a whole."""
    found = gate(sheets, earlier, others)
    require(sheets, set(found.told), earlier, others)
    return found


def _tells(figure: Figure, alone: Release) -> bool:
    return figure.why is None and (figure.key in alone.told or figure.key not in alone.figures)


def _taken_away(release: Earlier, known: Mapping[str, Sheet], public: Collection[str]) -> Earlier:
    """An earlier release without the public anchors' parts: what it tells of the others."""
    gone = [known[slug] for slug in release.anchors if slug in public]
    told = {key: amount - sum(_part(sheet, key) for sheet in gone) for key, amount in release.told.items()}
    return replace(release, anchors=tuple(slug for slug in release.anchors if slug not in public), told=told)


def _part(sheet: Sheet, key: Key) -> int:
    part = sheet.figures.get(key)
    return part.amount or 0 if part else 0
