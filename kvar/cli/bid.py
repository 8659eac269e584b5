"""`kvar bid`: seal a filled form at one's own desk, decrypt one's parts at the opening. Needs no network."""

import json
from pathlib import Path
from typing import Annotated

import typer

from kvar.cli.keys import secret_of
from kvar.cli.output import ERRORS, REFUSED, language
from kvar.core.errors import KvarError
from kvar.core.messages import say
from kvar.procurement.sealing.envelope import new_header, pack
from kvar.procurement.sealing.filled import Filled, read
from kvar.procurement.sealing.seal import own_parts, seal, written

bid = typer.Typer(help="Seal and open bids. / Försegla och öppna anbud.", no_args_is_help=True)
LARGEST = 40 * 1024 * 1024


@bid.command("seal")
def seal_(
    form: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Filled form / Ifyllt formulär")],
    attach: Annotated[list[Path] | None, typer.Option("--attach", exists=True, dir_okay=False, help="Files")] = None,
    out: Annotated[Path, typer.Option("--out", file_okay=False, help="Folder / Mapp")] = Path(),
) -> None:
    """Seal a filled form: two files to upload. / Försegla ett ifyllt formulär: två filer att ladda upp."""
    try:
        filled = read(form.read_text(encoding="utf-8-sig"), {path.name: path.read_bytes() for path in attach or []})
        sealed = seal(_plain(filled), filled.openers)
    except KvarError as error:
        raise _refused(error) from error
    out.mkdir(parents=True, exist_ok=True)
    body, parts = (out / f"{form.stem}.{end}" for end in ("age", "parts.json"))
    body.write_bytes(sealed.body)
    parts.write_text(json.dumps(written(sealed)), encoding="utf-8")
    print(say("procurement.bid.sealed", {"body": body, "parts": parts, "sha256": sealed.sha256}, language()))


def _plain(filled: Filled) -> bytes:
    content = filled.content()
    if len(content) > LARGEST:
        raise KvarError("procurement.bid.too_large", most=LARGEST // 2**20)
    return pack(new_header(filled.procurement, str(filled.lot), filled.bidder, content), content)


@bid.command("open")
def open_(
    parts: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Downloaded parts / Hämtade delar")],
    key: Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help="Secret key / Hemlig nyckel")],
    out: Annotated[Path, typer.Option("--out", dir_okay=False)] = Path("opened-parts.json"),
) -> None:
    """Decrypt one's own parts after the deadline. / Dekryptera sina egna delar efter sista dag."""
    try:
        opened = own_parts(json.loads(parts.read_text(encoding="utf-8")), secret_of(key))
    except KvarError as error:
        raise _refused(error) from error
    except (ValueError, AttributeError) as error:
        raise _refused(KvarError("procurement.parts.unreadable")) from error
    out.write_text(json.dumps(opened), encoding="utf-8")
    print(say("procurement.bid.parts_opened", {"n": len(opened), "file": out}, language()))


def _refused(error: KvarError) -> typer.Exit:
    ERRORS.print(error.say(language()), style="red", highlight=False, markup=False)
    return typer.Exit(REFUSED)
