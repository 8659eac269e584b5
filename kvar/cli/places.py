"""`kvar places`: borders of municipalities and districts (GeoJSON) and postcode tables (GeoNames, ONS)."""

import csv
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from kvar.cli.output import ERRORS, REFUSED, language, store
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.places.areas import Areas, read_areas
from kvar.places.gazetteer import COLUMNS, Gazetteer
from kvar.places.postcodes import load_postcodes
from kvar.places.residents import load_residents
from kvar.suppliers.workplaces import merge_places

places = typer.Typer(help="Borders and postcodes. / Gränser och postnummer.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Vintage = Annotated[str, typer.Option("--vintage", help="Which year's division / Vilket års indelning")]


@places.command("load")
def load(
    file: File,
    vintage: Vintage,
    parent: Annotated[
        str, typer.Option("--parent", help="Districts of this municipality / Stadsdelar i kommunen")
    ] = "",
    code: Annotated[str, typer.Option("--code", help="Property with the code / Egenskapen med koden")] = "",
    name: Annotated[str, typer.Option("--name", help="Property with the name / Egenskapen med namnet")] = "",
) -> None:
    """Load borders from GeoJSON. / Läs in gränser ur GeoJSON."""
    folder = store().root / "places"
    try:
        areas = read_areas(file, vintage=vintage, code=code, name=name)
        if parent:
            home = Gazetteer.load(folder).get(parent)
            _districts(areas, folder / f"{file.stem}-{vintage}.csv", parent, home.country, vintage)
    except KvarError as error:
        ERRORS.print(error.say(language()), style="red", highlight=False)
        raise typer.Exit(REFUSED) from error
    _into(folder / f"{file.stem}-{vintage}.geojson", file.read_bytes())
    values = {"n": len(areas.areas), "code": areas.code_property, "name": areas.name_property}
    print(say("places.loaded", values, language()))


def _districts(areas: Areas, path: Path, parent: str, country: str, vintage: str) -> None:
    """The areas as places of the level district, so that suppliers and questions can be about them."""
    out = StringIO(newline="")
    write = csv.writer(out, delimiter=";")
    write.writerow(COLUMNS)
    write.writerows((area.code, area.name, "district", parent, country, vintage) for area in areas.areas)
    _into(path, out.getvalue().encode())


def _into(path: Path, content: bytes) -> None:
    """Beside and renamed into place: readers see the old or the new, and the folder says that something changed."""
    beside = path.with_name(f"{path.name}.tmp")
    beside.write_bytes(content)
    beside.rename(path)


@places.command("postcodes")
def postcodes(
    file: File,
    vintage: Vintage,
    country: Annotated[str, typer.Option("--country", help="SE | GB")] = "SE",
    source: Annotated[str, typer.Option("--source", help="Who published it / Utgivare")] = "GeoNames",
    licence: Annotated[str, typer.Option("--licence", help="Licence / Licens")] = "CC BY 4.0",
    borders: Annotated[Path | None, typer.Option("--borders", exists=True, help="GeoJSON for coordinates")] = None,
) -> None:
    """Load a postcode table; `--borders` places rows by coordinate. / Läs in en postnummertabell."""
    try:
        areas = read_areas(borders, vintage=vintage) if borders else None
        info = load_postcodes(
            file, folder=store().root / "places", country=country, vintage=vintage, source=source, licence=licence,
            areas=areas,
        )  # fmt: skip
        merge_places(store())  # workplaces and residents were placed by the postcodes there were
    except KvarError as error:
        ERRORS.print(error.say(language()), style="red", highlight=False)
        raise typer.Exit(REFUSED) from error
    values = {name: getattr(info, name) for name in ("rows", "by_code", "by_coordinates", "unplaced")}
    print(say("places.postcodes.loaded", values, language()))


@places.command("residents")
def residents(
    file: File,
    vintage: Vintage,
    place: Annotated[str, typer.Option("--place", help="The municipality's code / Kommunens kod")],
    source: Annotated[str, typer.Option("--source", help="Who published it / Utgivare")],
    index: Annotated[str, typer.Option("--index", help="What the index measures / Vad indexet mäter")],
) -> None:
    """Load residents and deprivation by district (code;residents;deprivation). / Läs in invånare och utsatthet."""
    folder = store().root / "places"
    try:
        found = load_residents(file, folder=folder, place=place, vintage=vintage, source=source, index=index)
    except KvarError as error:
        ERRORS.print(error.say(language()), style="red", highlight=False)
        raise typer.Exit(REFUSED) from error
    print(say("places.residents.loaded", {"n": len(found.districts)}, language()))
