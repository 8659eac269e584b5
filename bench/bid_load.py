"""The last minutes of a large procurement: 500 submits and 200 uploads of 5 MB over loopback, then the opening.

    python bench/bid_load.py [seconds] [firms]

The work of ten minutes is spread over `seconds` (default 600; less is harder). Real server (granian), real
sign-ins, sealed files of age; two threads seal nothing: what is sent was sealed before the clock starts.
`firms` (default 200) upload once and submit 2.5 times each: 60 and 20 keep the rate of the whole for a minute.
Wanted: no errors, submit p95 <= 1 s; opening 200 bids of 5 MB under a minute.
"""

import io
import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

BIG, SUBMITS_A_FIRM, ADDRESS = 5_000_000, 2.5, "127.0.0.1"
with socket.socket() as _free:
    _free.bind((ADDRESS, 0))
    PORT: int = _free.getsockname()[1]


def main(seconds: float, firms: int) -> None:
    """Prepare, load, open, print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KVAR_DATA": folder, "DJANGO_SETTINGS_MODULE": "kvar.web.settings"}
        made = prepare(firms)
        server = serve()
        try:
            uploads, submits = load(made, seconds)
        finally:
            server.terminate()
            server.wait()
        tell("upload of 5 MB", uploads)
        tell("submit", submits)
        start = time.perf_counter()
        bids = opened(made)
        print(f"opening {bids} bids of 5 MB: {time.perf_counter() - start:.1f} s")


def prepare(count: int) -> dict[str, Any]:
    """A published procurement, its firms signed in, two sealed files: one of 5 MB and one small."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from kvar.organisations.models import Organisation  # noqa: PLC0415
    from kvar.procurement.actions import planning  # noqa: PLC0415
    from kvar.procurement.models import Opener, Procurement  # noqa: PLC0415
    from kvar.procurement.rules.need import Need  # noqa: PLC0415
    from kvar.procurement.sealing.seal import new_opener  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    home = Organisation.objects.create(slug="ours", name="Kommunen", country="SE", place="9901")
    officer, ann, bo = (_person(name, home, role) for name, role in
                        (("o", "officer"), ("a", "evaluator"), ("b", "evaluator")))  # fmt: skip
    need = Need("SE", "subcentral", "services", timezone.localdate(), 1_000_000_00, "90910000")
    made = planning.plan(organisation=home, by=officer, title="Städning", text="Rent", need=need)
    planning.choose_criteria(procurement=made, rows=[
        {"slug": "price", "kind": "price", "title": "Pris", "weight": 5000},
        {"slug": "quality", "kind": "quality", "title": "Kvalitet", "weight": 5000},
    ])  # fmt: skip
    keys = {}
    for person in (ann, bo):
        secret, public = new_opener()
        opener = Opener.objects.create(procurement=made, person=person, recipient=public, drilled=timezone.now())
        keys[str(opener.pk)] = secret
    price = {"kind": "linear", "full_at": 0, "zero_at": 3_000_000_00, "floored": False}
    planning.publish(procurement=made, route="advertised", deadline=timezone.now() + timedelta(days=40), price=price)
    firms = [
        Organisation(slug=f"f{n}", name=f"Firma {n}", country="SE", place="9901", kind="firm") for n in range(count)
    ]
    Organisation.objects.bulk_create(firms)
    made = Procurement.objects.get(pk=made.pk)
    return {"made": made, "keys": keys, "openers": (ann, bo), "firms": [_bidder(made, firm) for firm in firms]}


def _person(name: str, home: Any, role: str) -> Any:
    from django.contrib.auth.models import User  # noqa: PLC0415

    from kvar.organisations.actions import add_member  # noqa: PLC0415

    person = User.objects.create(username=name, email=f"{name}@example.org")
    add_member(organisation=home, person=person, role=role)  # type: ignore[arg-type]
    return person


def _bidder(made: Any, firm: Any) -> dict[str, Any]:
    """A firm's session, its big sealed file on disk and its small one, with their parts."""
    from django.test import Client  # noqa: PLC0415

    client = Client()
    person = _person(firm.slug, firm, "supplier")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    big, small = _sealed(made, firm.slug, BIG), _sealed(made, firm.slug, 2_000)
    path = Path(os.environ["KVAR_DATA"]) / f"{firm.slug}.age"
    path.write_bytes(big[0])
    address = f"/sv/arbetsbord/anbud/{firm.slug}/{made.pk}/del-1/"
    return {"session": client.cookies["sessionid"].value, "address": address, "big": (path, big[1]), "small": small}


def _sealed(made: Any, slug: str, size: int) -> tuple[bytes, bytes]:
    from kvar.procurement.actions import bidding  # noqa: PLC0415
    from kvar.procurement.sealing.envelope import new_header, pack  # noqa: PLC0415
    from kvar.procurement.sealing.filled import Filled  # noqa: PLC0415
    from kvar.procurement.sealing.seal import seal, written  # noqa: PLC0415

    files = {"bilaga.bin": secrets.token_bytes(size * 3 // 4)}
    content = Filled(str(made.pk), 1, slug, {}, 900_000_00, {"quality": {"text": "Rent"}}, files).content()
    sealed = seal(pack(new_header(str(made.pk), "1", slug, content), content), bidding.recipients(made))
    return sealed.body, json.dumps(written(sealed)).encode()


def serve() -> subprocess.Popen[bytes]:
    """granian as `kvar serve` starts it."""
    words = ["-m", "granian", "--interface", "wsgi", "--port", str(PORT), "--workers", "1", "--blocking-threads", "4"]
    server = subprocess.Popen([sys.executable, *words, "--log-level", "error", "kvar.web.wsgi:application"])
    for _ in range(400):
        try:
            _request("GET", "/sv/konto/login/", {}, b"")
            return server
        except OSError:
            time.sleep(0.3)
    server.terminate()
    raise SystemExit("the server did not start")


def load(made: dict[str, Any], seconds: float) -> tuple[list[float], list[float]]:
    """An upload of the big file a firm and submits of small ones, evenly spread; then the big ones count."""
    firms = made["firms"]
    jobs: list[tuple[float, str, dict[str, Any]]] = []
    count, submits = len(firms), int(len(firms) * SUBMITS_A_FIRM)
    jobs += [(n * seconds / count, "upload", firms[n]) for n in range(count)]
    jobs += [(n * seconds / submits, "submit", firms[n % count]) for n in range(submits)]
    start = time.perf_counter()
    found: dict[str, list[float]] = {"upload": [], "submit": []}
    with ThreadPoolExecutor(16) as pool:
        futures = []
        for at, kind, firm in sorted(jobs, key=lambda job: job[0]):
            time.sleep(max(0.0, start + at - time.perf_counter()))
            futures.append((kind, pool.submit(_upload if kind == "upload" else _submit, firm)))
        for kind, future in futures:
            found[kind].append(future.result())
    for firm in firms:
        _post(firm, {"body": firm["big"][0].read_bytes(), "parts": firm["big"][1]})
    return found["upload"], found["submit"]


def _upload(firm: dict[str, Any]) -> float:
    return _timed(lambda: _post(firm, {"body": firm["big"][0].read_bytes()}))


def _submit(firm: dict[str, Any]) -> float:
    return _timed(lambda: _post(firm, {"body": firm["small"][0], "parts": firm["small"][1]}))


def _timed(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _post(firm: dict[str, Any], files: dict[str, bytes]) -> None:
    """A form with files, as the page sends it; SystemExit unless it was taken."""
    token, mark = secrets.token_hex(16), secrets.token_hex(12)
    body = io.BytesIO()
    for name, content in ({"csrfmiddlewaretoken": token.encode()} | files).items():
        file = f'; filename="{name}"' if name in files else ""
        body.write(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode())
        body.write(content + b"\r\n")
    body.write(f"--{mark}--\r\n".encode())
    cookie = f"sessionid={firm['session']}; csrftoken={token}"
    heads = {"Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={mark}"}
    status = _request("POST", firm["address"], heads, body.getvalue())
    if status != 302:
        raise SystemExit(f"{firm['address']}: {status}")


def _request(method: str, address: str, heads: dict[str, str], body: bytes) -> int:
    connection = HTTPConnection(ADDRESS, PORT, timeout=60)
    connection.request(method, address, body, heads)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def opened(made: dict[str, Any]) -> int:
    """The deadline passes, both give their parts; how many bids were read."""
    from django.utils import timezone  # noqa: PLC0415

    from kvar.procurement.actions import opening  # noqa: PLC0415
    from kvar.procurement.models import Bid, Opener, Procurement  # noqa: PLC0415
    from kvar.procurement.sealing.seal import own_parts  # noqa: PLC0415

    now = timezone.now()
    Procurement.objects.filter(pk=made["made"].pk).update(published=now - timedelta(days=50), deadline=now)
    held = Procurement.objects.get(pk=made["made"].pk)
    for person in made["openers"]:
        key = made["keys"][str(Opener.objects.get(procurement=held, person=person).pk)]
        parts = own_parts(opening.parts_for(held, person), key)
        opening.contribute(procurement=held, person=person, parts=parts)
    return Bid.objects.filter(state="opened").count()


def tell(name: str, times: list[float]) -> None:
    """How many, the middle, p95 and the slowest."""
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95)]
    print(
        f"{name}: {len(times)}, median {statistics.median(ordered):.3f} s, p95 {p95:.3f} s, max {ordered[-1]:.3f} s"
    )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 600, int(sys.argv[2]) if len(sys.argv) > 2 else 200)
