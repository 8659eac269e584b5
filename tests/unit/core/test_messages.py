"""Every code has a sentence in both languages with the same placeholders."""

import ast
import re
import string
from pathlib import Path

import pytest

from kvar.core.messages import LANGUAGES, catalogue, say

PACKAGE = Path(__file__).parents[3] / "kvar"
CARRIERS = {"KvarError", "Notice", "AmountError"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def used_codes() -> set[str]:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CARRIERS:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def test_same_codes_and_placeholders() -> None:
    sv, en = (catalogue(language) for language in LANGUAGES)
    assert sv.keys() == en.keys()
    assert {code for code in sv if placeholders(sv[code]) != placeholders(en[code])} == set()


def test_every_code_used_has_a_sentence() -> None:
    codes = used_codes()
    assert len(codes) > 20
    assert codes - catalogue("sv").keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_empty_sentence(language: str) -> None:
    assert all(text.strip() for text in catalogue(language).values())  # type: ignore[arg-type]


SPOKEN = {".py", ".html", ".svg", ".typ", ".yml", ".toml", ".js"}
PREFIX = re.compile(r"""["']([a-z_0-9]+(?:\.[a-z_0-9]+)*[._]?)["'{]""")


def test_every_sentence_is_said_somewhere() -> None:
    """A code stands whole in the source, or begins with what is joined to a name there (`"plan.step."|add:name`)."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*") if path.suffix in SPOKEN)
    whole = set(re.findall(r"[a-zA-Z_0-9]+(?:\.[a-zA-Z_0-9]+)+", source))
    begun = set(PREFIX.findall(source))
    begun = {word if word[-1] in "._" else f"{word}." for word in begun}
    codes = catalogue("sv").keys()
    silent = {code for code in codes - whole if not any(code.startswith(word) for word in begun)}
    assert silent == set()


def test_a_digest_is_told_whole_and_nothing_else_is_spared() -> None:
    """Ten digits of a root can look like a person's number; a text that is no hex is searched all the same."""
    root = "ab8112289874" + "c" * 52
    assert root in say("procurement.report.how.log", {"leaves": 3, "root": root}, "sv")
    assert "811228" not in say("procurement.report.how.log", {"leaves": 3, "root": "Anna 811228-9874"}, "sv")
    assert "811228" not in say("ledger.file.too_large", {"file": "811228-9874.csv", "limit": 1}, "sv")
