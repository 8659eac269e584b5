"""PDF/UA through typst: a template of ours, its data as JSON beside it, and drawings as SVG."""

import json
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import typst


def typeset(template: str, data: Mapping[str, object], drawings: Mapping[str, str]) -> bytes:
    """PDF bytes of `template` (a file of `kvar.web`) that reads `data.json`; `drawings` are SVG by file name."""
    here = files("kvar.web")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / template).write_bytes((here / template).read_bytes())
        for file, text in drawings.items():
            (folder / file).write_text(text, encoding="utf-8")
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        pdf: bytes = typst.compile(
            str(folder / template),
            root=str(folder),
            font_paths=[str(here / "fonts")],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
        return pdf
