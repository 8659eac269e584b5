"""`kvar keys`: an opener's key, made and used on the opener's own machine; any `age` program can do the same."""

from pathlib import Path
from typing import Annotated

import pyrage
import typer
from pyrage import x25519

from kvar.cli.output import ERRORS, REFUSED, language
from kvar.core.errors import KvarError
from kvar.procurement.sealing.seal import new_opener

keys = typer.Typer(help="Keys of openers. / Öppnares nycklar.", no_args_is_help=True)
KeyFile = Annotated[Path, typer.Argument(help="Your secret key file / Din hemliga nyckelfil")]


@keys.command("new")
def new(file: KeyFile) -> None:
    """Make a key file; prints the public half. / Gör en nyckelfil; skriver den publika delen."""
    if file.exists():
        _refuse(KvarError("procurement.keys.exists", file=file.name))
    secret, public = new_opener()
    file.touch(mode=0o600)
    file.write_text(f"# public key: {public}\n{secret}\n", encoding="ascii")
    print(public)


@keys.command("read")
def read(file: KeyFile, encrypted: Annotated[Path, typer.Argument(help="An .age file / En .age-fil")]) -> None:
    """Print what a file sealed to you says, as in the drill. / Skriv ut vad en fil som är låst till dig säger."""
    try:
        print(pyrage.decrypt(encrypted.read_bytes(), [x25519.Identity.from_str(secret_of(file))]).decode())
    except KvarError as error:
        _refuse(error)
    except (OSError, ValueError, pyrage.DecryptError, pyrage.IdentityError):
        _refuse(KvarError("procurement.seal.part"))


def secret_of(file: Path) -> str:
    """The secret line of a key file as `kvar keys new` and `age-keygen` write it; `procurement.keys.none`."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    secret = next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), None)
    if secret is None:
        raise KvarError("procurement.keys.none", file=file.name)
    return secret


def _refuse(error: KvarError) -> None:
    ERRORS.print(error.say(language()), style="red")
    raise typer.Exit(REFUSED)
