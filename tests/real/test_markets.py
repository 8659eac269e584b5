"""Kinds of market against what was contracted in Sweden 2021, and their annex 2 flag against the law's own codes."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from kvar.spending.markets import Market, markets

pytestmark = pytest.mark.real
SIZES = {"Mikroföretag": "micro", "Små företag": "small", "Medelstora företag": "medium", "Stora företag": "large"}


@cache
def contracted(data: Path) -> list[tuple[str, str, str]]:
    """CPV code, SNI code and size class of every contracted tender."""
    rows = CalamineWorkbook.from_path(data / "registers" / "uhm-contracted-suppliers.xlsx").get_sheet_by_index(0)
    header, *body = [[str(cell) for cell in row] for row in rows.to_python() if len([c for c in row if c]) > 2]
    names = ("Huvudsaklig CPV-kod", "SNI-Detaljgrupp för leverantör", "Företagsstorlek för leverantör")
    at = [header.index(name) for name in names]
    return [(row[at[0]][:8], row[at[1]][:5], row[at[2]]) for row in body]


@pytest.mark.parametrize("market", markets(), ids=lambda market: market.id)
def test_measured_as_said(data: Path, market: Market) -> None:
    rows = [row for row in contracted(data) if row[0].startswith(market.cpv)]
    known = [sni for _, sni, _ in rows if sni]
    sized = [SIZES[size] for _, _, size in rows if size]
    assert len(rows) == market.measured["n"]
    assert round(100 * sum(sni.startswith(market.nace) for sni in known) / len(known)) == market.measured["nace"]
    for size in SIZES.values():
        assert abs(100 * sized.count(size) / len(sized) - market.measured[size]) <= 0.5
    assert market.verified == (len(rows) >= 30 and market.measured["nace"] >= 50)


@pytest.mark.parametrize("market", markets(), ids=lambda market: market.id)
def test_annex_2_as_the_law_has_it(data: Path, market: Market) -> None:
    annex = set(json.loads((data / "formats" / "lou_cpv_sets.json").read_text(encoding="utf-8"))["bilaga2"])
    tree = json.loads((data / "formats" / "cpv" / "cpv_sv.json").read_text(encoding="utf-8"))
    codes = [code for code in _codes(tree) if code.startswith(market.cpv)]
    inside = sum(code in annex for code in codes)
    assert market.annex2 == ("all" if inside == len(codes) else "some" if inside else "none")


def _codes(tree: list[dict[str, Any]]) -> list[str]:
    return [code for node in tree for code in (node["cpv"], *_codes(node.get("children") or []))]
