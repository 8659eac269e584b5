"""PDF/UA through typst: a template of ours, its data as JSON beside it, and drawings as SVG."""

import json
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import typst


def typeset(template: Traversable, data: Mapping[str, object], drawings: Mapping[str, str]) -> bytes:
    """PDF bytes of `template` (a .typ file) that reads `data.json`; `drawings` are SVG by file name."""
    fonts = str(files("kvar.organisations") / "fonts")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / template.name).write_bytes(template.read_bytes())
        for file, text in drawings.items():
            (folder / file).write_text(text, encoding="utf-8")
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        pdf: bytes = typst.compile(
            str(folder / template.name),
            root=str(folder),
            font_paths=[fonts],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
        return pdf
