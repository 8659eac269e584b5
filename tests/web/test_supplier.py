"""A supplier's page: where each fact comes from, how the ledgers spell it, shares that add up; a person has none."""

from pathlib import Path
from shutil import copytree

import pyarrow.parquet as pq
import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from kvar.ledger.store import Store
from kvar.spending.spelled import spellings
from kvar.suppliers.deeds import merge, split, undo
from kvar.suppliers.events import add_event
from kvar.suppliers.labels import build
from kvar.web.data import version


@pytest.fixture
def client(town: Store, settings: LazySettings) -> Client:
    settings.DATA = town.root.parent
    cache.clear()
    return Client()


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_facts_have_a_source_and_parts_add_up(client: Client, lang: str) -> None:
    first = client.get("/sv/9901/?year=2024").context["report"].top_suppliers[0]
    answer = client.get(f"/{lang}/9901/leverantor/{first.slug}/")
    found = answer.context["supplier"]
    title = {"sv": "Eget företagsregister (CSV), 2024", "en": "A firm register of your own (CSV), 2024"}[lang]
    assert title in answer.content.decode()
    for rows in (found.by_year, found.by_anchor, found.by_category):
        assert sum(amount for _, amount, _ in rows) == found.amount
    assert {first.name.upper(), first.name} & {s.name for s in found.spellings}
    assert all(s.first <= s.last for s in found.spellings)


def test_a_person_has_neither_page_nor_spelling(client: Client, town: Store) -> None:
    table = pq.read_table(town.root / "suppliers" / "suppliers.parquet", filters=[("is_person", "=", True)])
    batches = [ref for ref, _ in town.batches()]
    for row in table.slice(0, 3).to_pylist():
        assert client.get(f"/sv/9901/leverantor/{row['slug']}/").status_code == 404
        if row["key"].startswith("SE-PERSON"):
            assert spellings(town, batches, row["supplier"]) == ()


def test_a_merge_a_split_and_an_undo_are_seen_on_the_pages(
    town: Store, tmp_path: Path, settings: LazySettings
) -> None:
    where = Store(tmp_path / "store")
    copytree(town.root, where.root, dirs_exist_ok=True)
    settings.DATA = tmp_path
    rows = pq.read_table(where.root / "suppliers" / "suppliers.parquet").to_pylist()
    one, two = [row for row in rows if row["key"].startswith("SE-ON-") and row["named"] and not row["matched_by"]][:2]
    firm = next(row["firm"] for row in rows if row["matched_by"] == "number")

    def shown(row: dict[str, str]) -> tuple[int, bool]:
        """Status of a supplier's page, and whether it says that the matching found it in a register."""
        build(where, [ref for ref, _ in where.batches()])
        now = pq.read_table(where.root / "suppliers" / "suppliers.parquet").to_pylist()
        slug = {one["key"]: one["slug"] for one in now}.get(row["key"], row["slug"])
        answer = Client().get(f"/en/9901/leverantor/{slug}/")
        return answer.status_code, "where the matching or a person found" in answer.content.decode()

    add_event(where, "match", by="kvar", reason="", what={"joins": [], "asked": [], "seen": [],
              "entries": [[two["key"], firm, 9.0]]})  # fmt: skip
    assert (shown(one), shown(two)) == ((200, False), (200, True))
    merge(where, one["key"], two["key"], by="ann@x", reason="Samma")
    assert (shown(one), shown(two)) == ((200, True), (404, False))
    done = split(where, two["key"], by="ann@x", reason="Nej")
    assert (shown(one), shown(two)) == ((200, False), (200, True))
    undo(where, done.number, by="ann@x", reason="Jo")
    assert (shown(one), shown(two)) == ((200, True), (404, False))


def test_a_decision_about_who_is_who_makes_kept_pages_anew(tmp_path: Path) -> None:
    where = Store(tmp_path / "store")
    add_event(where, "answer", by="ann@x", reason="x", what={"pair": ["a", "b"], "verdict": "same"})
    before = version(where)
    add_event(where, "undo", by="ann@x", reason="x", what={"event": 1})
    assert version(where) != before
