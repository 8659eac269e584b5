"""`kvar serve`: the web platform on loopback, or on other addresses when its own secret key is set."""

import os
import signal
import subprocess
import sys
from types import FrameType
from typing import Annotated

import typer

from kvar.cli.output import ERRORS, REFUSED, language
from kvar.cli.people import prepare

LOOPBACK = ("127.0.0.1", "localhost", "::1")
REFUSAL = {
    "sv": "Vägrar visa platsen på {host} med demonyckeln. Sätt KVAR_SECRET_KEY och KVAR_HOSTS i miljön.",
    "en": "Refuses to serve on {host} with the demo key. Set KVAR_SECRET_KEY and KVAR_HOSTS in the environment.",
}


def serve(
    host: Annotated[str, typer.Option(help="Address / Adress")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port")] = 8000,
) -> None:
    """Serve the web platform. / Visa webbplatsen."""
    if host not in LOOPBACK and not os.environ.get("KVAR_SECRET_KEY"):
        ERRORS.print(REFUSAL[language()].format(host=host), style="red")
        raise typer.Exit(REFUSED)
    ERRORS.print(f"Kvar: http://{host}:{port}/", highlight=False)
    prepare()
    server = ["-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1"]
    server += ["--blocking-threads", "4", "--log-level", "warning", "kvar.web.wsgi:application"]
    worker = [
        "-m",
        "django",
        "db_worker",
        "--settings",
        "kvar.web.settings",
        "--interval",
        "0.3",
        "--no-startup-delay",
    ]
    signal.signal(signal.SIGTERM, _stop)
    both = [subprocess.Popen([sys.executable, *command]) for command in (worker, server)]
    try:
        both[1].wait()
    except KeyboardInterrupt:
        pass
    finally:
        for child in both:
            child.terminate()
            child.wait()


def _stop(_number: int, _frame: FrameType | None) -> None:
    """A polite end takes the children along."""
    raise KeyboardInterrupt
