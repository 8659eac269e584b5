"""First page of the example town: 50 readers at once on loopback, beside a static file, in one run."""

import os
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import Popen

from kvar.cli.demo import load_town
from kvar.ledger.store import Store

READERS, EACH, PORT = 50, 10, 8791


def fetch(address: str) -> float:
    """Seconds for one whole answer."""
    start = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{address}", timeout=20) as answer:
        answer.read()
    return time.perf_counter() - start


def load(address: str) -> list[float]:
    """READERS x EACH requests."""
    with ThreadPoolExecutor(READERS) as pool:
        return list(pool.map(fetch, [address] * READERS * EACH))


def wait(ready: Callable[[], float]) -> None:
    """Until the server answers, at most a minute."""
    for _ in range(120):
        try:
            ready()
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("the server did not start")


def main() -> None:
    """Print p50 and p95 in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        load_town(Store(Path(folder) / "store"), 1.0)
        command = [str(Path(sys.executable).parent / "kvar"), "serve", "--port", str(PORT)]
        with Popen(command, env={**os.environ, "KVAR_DATA": folder}) as server:
            try:
                wait(lambda: fetch("/sv/9901/"))
                for address in ("/sv/9901/", "/static/kvar/kvar.css"):
                    seconds = sorted(load(address))
                    p95 = seconds[int(0.95 * len(seconds))]
                    line = f"| {address} | {1000 * statistics.median(seconds):.0f} | {1000 * p95:.0f} |\n"
                    sys.stdout.write(line)
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
