"""One source of words and definitions: complete in both languages, and the definitions are the code's own."""

import inspect

from kvar.core.glossary import ROOMS, terms
from kvar.core.messages import catalogue
from kvar.web.views import METHODS
from tools.docs import flowing, indicators


def test_every_term_is_told_in_both_languages_once() -> None:
    assert {term.room for term in terms()} == set(ROOMS)
    for term in terms():
        assert all((term.word["sv"], term.word["en"], term.meaning["sv"], term.meaning["en"])), term
    named = [term.id for term in terms() if term.id]
    assert len(named) == len(set(named)) > 35


def test_every_definition_is_the_docstring_in_english_and_has_a_swedish_twin() -> None:
    assert {module.INDICATOR for module in METHODS.values()} <= {module.INDICATOR for module in indicators()}
    for module in indicators():
        code = f"definition.{module.INDICATOR}"
        assert catalogue("en")[code] == flowing(inspect.getdoc(module) or "")
        sv, en = catalogue("sv")[code], catalogue("en")[code]
        assert sv.count("\n") == en.count("\n")
        assert sv != en
        assert 0.7 < len(sv) / len(en) < 1.5, code


def test_text_flows_but_lists_keep_their_lines() -> None:
    doc = "Title\n\nOne\ntwo:\n  a   b\n  {c}\nthree\nfour"
    assert flowing(doc) == "Title\nOne two:\n– a b\n– {{c}}\nthree four"
