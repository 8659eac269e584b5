"""`kvar demo`: make the example town, load it with the ordinary import, and serve it."""

import json
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.cli.people import prepare
from kvar.cli.serve import serve
from kvar.core.errors import KvarError
from kvar.example.generate import generate
from kvar.ledger.importing import Options, import_files
from kvar.ledger.model import Anchor
from kvar.ledger.store import FORMAT, Store
from kvar.places.gazetteer import Gazetteer
from kvar.places.residents import load_residents
from kvar.spending.contract_file import load_register_file
from kvar.spending.group import set_group
from kvar.spending.influence_rules import add_word, words
from kvar.spending.io_table import load_io_table
from kvar.spending.open_data.published import open_year
from kvar.spending.release.publish import contribution, of_contributions, publish
from kvar.spending.surveys import load_replies
from kvar.suppliers.labels import build
from kvar.suppliers.matching import match_new
from kvar.suppliers.register import load_registers

SEED = 2026
TOGETHER = (2024,)  # years that the town's anchors have told together
OPEN = ("kommunen", "regionen")  # whose ledger of the last year is open data
DEMO_PERSON = "analytiker@alvhamn.example"
OTHERS = "upphandlare@… bedomare@… registrator@… rent-hus@… strandby-stad@… nordvik-service@… (samma / the same)"


def demo(
    port: Annotated[int, typer.Option(help="Port")] = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only load / Bara läs in")] = False,
    scale: Annotated[float, typer.Option(help="1.0 = 400,000 lines / rader")] = 1.0,
) -> None:
    """The invented example town, loaded and served. / Den påhittade exempelorten, inläst och visad."""
    where = store()
    done = where.root / "example.json"
    wanted = json.dumps({"seed": SEED, "scale": scale, "format": FORMAT})
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        for report in where.outdated():
            where.remove_batch(report["id"])
        try:
            load_town(where, scale)
        except KvarError as error:
            ERRORS.print(error.say(language()), style="red")
            raise typer.Exit(REFUSED) from error
        done.write_text(wanted, encoding="utf-8")
    if not no_serve:
        ERRORS.print(f"/sv/arbetsbord/: {DEMO_PERSON} {demo_person(where)}", highlight=False)
        ERRORS.print(OTHERS, highlight=False)
        serve(port=port)


def demo_person(where: Store) -> str:
    """An invented analyst of every anchor of the town; the password is made on this machine and told once a start."""
    prepare()
    from kvar.organisations.demo import people  # noqa: PLC0415 - models need setup

    path = where.root / "secret" / "demo.password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12), encoding="utf-8")
    password = path.read_text(encoding="utf-8")
    people(DEMO_PERSON, password, {ref.anchor.slug: ref.anchor for ref, _ in where.batches()}.values())
    from kvar.procurement.example import procurements  # noqa: PLC0415 - models need setup

    procurements(password, where.root / "secret" / "keys")
    return password


def load_town(where: Store, scale: float) -> None:
    """Generate the town's files and load places, registers and every ledger."""
    folder = where.root / "example"
    manifest = generate(folder, seed=SEED, scale=scale)
    shutil.copyfile(folder / "platser.csv", where.root / "places" / "alvsland.csv")
    for name in ("kommuner", "stadsdelar"):
        shutil.copyfile(folder / f"{name}.geojson", where.root / "places" / f"alvsland-{name}-2024.geojson")
    load_residents(
        folder / "stadsdelarnas-invanare.csv", folder=where.root / "places", place=str(manifest["home"]),
        vintage="2024", source="Påhittad", index="Påhittat index 0–100",
    )  # fmt: skip
    known = [folder / f"{name}.csv" for name in ("foretagsregister", "arbetsstallen", "personalens-hemort")]
    load_registers(known, store=where, country="SE", as_of="2024-12-31")
    entries: list[dict[str, str]] = manifest["files"]  # type: ignore[assignment]
    for slug in track(sorted({entry["anchor"] for entry in entries}), "", console=ERRORS):
        paths: list[Path] = [folder / entry["file"] for entry in entries if entry["anchor"] == slug]
        entry = next(entry for entry in entries if entry["anchor"] == slug)
        anchor = Anchor(slug, entry["name"], "SE", str(manifest["home"]), entry["org_number"] or None)
        for item in import_files(paths, store=where, anchor=anchor, options=Options()):
            if item.error and item.error.code != "ledger.batch.same_file":
                raise item.error
    for slug in ("bostader", "kommunen"):
        set_group(where, slug, [], country="SE", register_place=str(manifest["home"]), by=DEMO_PERSON)
    _contracts(where, folder, manifest["contracts"])  # type: ignore[arg-type]
    batches = [ref for ref, _ in where.batches()]
    match_new(where, batches)
    build(where, batches)
    _respending(where, folder, str(manifest["home"]))
    _together(where)


def _contracts(where: Store, folder: Path, files: Mapping[str, str | None]) -> None:
    """The anchors' contract registers, and one anchor's own word on what it can influence."""
    for slug, name in files.items():
        if name:
            load_register_file(folder / name, store=where, anchor=slug, country="SE", by=DEMO_PERSON)
    if not words(where, "bostader"):
        why = "Fjärrvärme: på orten finns bara ett nät att köpa av (påhittat)."
        add_word(where, "bostader", "fixed", reason=why, by=DEMO_PERSON, category="El och värme")


def _respending(where: Store, folder: Path, home: str) -> None:
    """What the invented suppliers answered, and the invented economy that the multiplier is checked against."""
    load_replies(folder / "enkat.csv", store=where, place=home, country="SE", by=DEMO_PERSON)
    source = "Påhittad tabell"
    files = (folder / "io.csv", folder / "sysselsatta.csv")
    load_io_table(*files, store=where, place=home, source=source, year="2024", invented=True)


def _together(where: Store) -> None:
    """What the anchors tell together, if the town is large enough for the gate, and which ledgers are open data."""
    batches = [ref for ref, _ in where.batches()]
    gazetteer = Gazetteer.load(where.root / "places")
    slugs = sorted({ref.anchor.slug for ref in batches})
    for year in TOGETHER:
        try:
            given = [contribution(where, batches, slug, year, gazetteer=gazetteer) for slug in slugs]
            publish(where, of_contributions(where, given))
        except KvarError as error:
            if error.code not in ("release.nothing", "aggregate.changed"):
                raise
    for slug in OPEN:
        open_year(where, batches, slug, TOGETHER[-1], by=DEMO_PERSON)
