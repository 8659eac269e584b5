"""SIE 4: cost transactions of balanced vouchers; everything else accounted and named."""

from pathlib import Path

import pytest

from kvar.core.errors import KvarError
from kvar.ledger.read import read

TEXT = r"""#FLAGGA 0
#FORMAT PC8
#SIETYP 4
#ORGNR 559900-0002
#FNAMN "Älvhamns \"Lilla\" Bolag"
#KONTO 6440 "Livsmedel"
#KONTO 2440 "Leverantörsskulder"
#VER A 1 20240301 "Bageri Exempel AB"
{
#TRANS 6440 {"1" "Skola" "6" "P1"} 100.50
#BTRANS 6440 {} 900.00
#RTRANS 6440 {} 0.50
#TRANS 6440 {} 0.50
#TRANS 2440 {} -101.00
}
#VER A 2 20240302 "Går inte upp"
{
#TRANS 6440 {} 5.00
#TRANS 2440 {} -4.00
}

"""


@pytest.mark.parametrize("encoding", ["cp437", "utf-8", "cp1252"])
def test_a_voucher_is_read_in_the_page_it_was_written(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "bok.se"
    path.write_bytes(TEXT.encode(encoding))
    result = read(path, key=b"k" * 32)
    table = result.tables[0]
    assert (table.source, table.encoding) == ("sie4", encoding)
    assert (table.lines, table.loaded, table.quarantined, table.furniture) == (21, 2, 2, 17)
    assert (table.sum_positive_minor, table.reasons) == (10_100, {"ledger.sie.unbalanced": 2})
    assert result.contents.payees["name"].to_pylist() == ["Bageri Exempel AB"]
    assert result.contents.categories.to_pylist()[0]["text"] == "Livsmedel"
    assert set(result.contents.lines["unit"].to_pylist()) == {"Skola", None}
    assert "ledger.notice.sie_names" in {notice.code for notice in table.warnings}


def test_a_file_cut_inside_a_voucher_holds_it_back(tmp_path: Path) -> None:
    path = tmp_path / "bok.se"
    path.write_text("\n".join(TEXT.splitlines()[:11]), encoding="utf-8")
    assert read(path, key=b"k" * 32).tables[0].reasons == {"ledger.sie.cut": 1}


def test_other_types_have_no_vouchers(tmp_path: Path) -> None:
    path = tmp_path / "bok.se"
    path.write_text(TEXT.replace("#SIETYP 4", "#SIETYP 1"), encoding="utf-8")
    with pytest.raises(KvarError) as caught:
        read(path, key=b"k" * 32)
    assert caught.value.code == "ledger.sie.type"
