"""The bidder's form: blank, filled, sealed at one's own desk by `kvar bid`, by the stock age, and opened again."""

import base64
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kvar.cli.main import app
from kvar.core.errors import KvarError
from kvar.procurement import with_age
from kvar.procurement.sealing.envelope import unpack
from kvar.procurement.sealing.filled import price_of, read
from kvar.procurement.sealing.form import SOCIAL, Asked, Form, as_json, blank
from kvar.procurement.sealing.seal import new_opener, open_sealed, part_of

QUALITY = Asked("quality", "quality", "Kvalitet: hur\nstädar ni?", "Beskriv", "", 800, "Väger 80 procent.")
JOBS = Asked("no", "social", "Anställningar", "", "persons", 400, "Väger 20 procent.")

JUDGED = ("Så räknas det: mervärdesavdrag.",)


@pytest.fixture
def keys() -> dict[str, tuple[str, str]]:
    return {name: new_opener() for name in ("11", "12", "13")}


@pytest.fixture
def form(keys: dict[str, tuple[str, str]]) -> Form:
    openers = {name: public for name, (_, public) in keys.items()}
    return Form("5e1f", "Städning: skolor", 1, "007", "SEK", openers, (QUALITY, JOBS), JUDGED)


def fill(text: str) -> str:
    """As a person does: after the colon, or on the line after the bar."""
    text = text.replace("price: ", "price: 950 000,50").replace("target: ", "target: 3")
    return text.replace("    text: |\n      \n", "    text: |\n      Vi kan: ”rent”\n      varje dag\n")


def test_a_blank_form_has_the_questions_of_the_booklet_and_no_price(form: Form) -> None:
    text = blank(form, "sv")
    assert all(f"    {name}: |" in text for name in SOCIAL)
    assert "personer" in text
    assert "\n# Så räknas det: mervärdesavdrag.\n" in text
    assert "\n  # Väger 80 procent.\n" in text
    with pytest.raises(KvarError) as caught:
        read(text)
    assert caught.value.code == "procurement.form.price_missing"
    assert blank(form, "en") != text


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_filled_form_is_read_whole(form: Form, lang: str) -> None:
    found = read(fill(blank(form, lang)))  # type: ignore[arg-type]
    assert (found.procurement, found.lot, found.bidder, found.price) == ("5e1f", 1, "007", 950_000_50)
    assert found.openers == form.openers
    assert found.answers == {"quality": {"text": "Vi kan: ”rent”\nvarje dag"}, "no": {"target": 3}}


def test_json_is_a_form_too(form: Form) -> None:
    row = json.loads(as_json(form))
    row["price"], row["answers"]["no"]["target"] = "1200", "2"
    assert read(json.dumps(row)).answers == {"quality": {}, "no": {"target": 2}}


@pytest.mark.parametrize("text", ["0", "-5", "gratis", "", "1,2,3x"])
def test_what_is_no_price_is_told(text: str) -> None:
    with pytest.raises(KvarError) as caught:
        price_of(text)
    assert "950" in caught.value.say("sv")


@pytest.mark.parametrize(
    ("change", "code"),
    [(("answers:", "answers: ["), "unreadable"), (('procurement: "5e1f"', ""), "incomplete"),
     (("target: 3", "target: tre"), "target_number")],
)  # fmt: skip
def test_what_is_wrong_in_a_form_is_told(form: Form, change: tuple[str, str], code: str) -> None:
    with pytest.raises(KvarError) as caught:
        read(fill(blank(form, "sv")).replace(*change))
    assert caught.value.code == f"procurement.form.{code}"
    assert caught.value.say("sv") != caught.value.say("en")


def content(body: bytes, parts: dict[str, dict[str, str]], keys: dict[str, tuple[str, str]], pair: str) -> dict:  # type: ignore[type-arg]
    halves = [part_of(base64.b64decode(parts[pair][name]), keys[name][0]) for name in pair.split("+")]
    plain = open_sealed(body, *halves)
    return json.loads(unpack(plain, procurement="5e1f", lot="1", bidder="007")[1])  # type: ignore[no-any-return]


def test_the_command_seals_with_attached_files(form: Form, keys: dict[str, tuple[str, str]], tmp_path: Path) -> None:
    filled, photo = tmp_path / "svar.yml", tmp_path / "intyg.pdf"
    filled.write_text(fill(blank(form, "sv")), encoding="utf-8")
    photo.write_bytes(b"%PDF intyg")
    done = CliRunner().invoke(
        app, ["bid", "seal", str(filled), "--attach", str(photo), "--out", str(tmp_path / "ut")]
    )
    assert done.exit_code == 0, done.output
    body = (tmp_path / "ut" / "svar.age").read_bytes()
    parts = json.loads((tmp_path / "ut" / "svar.parts.json").read_text())
    assert set(parts) == {"11+12", "11+13", "12+13"}
    for pair in parts:
        found = content(body, parts, keys, pair)
        assert found["price"] == 950_000_50
        assert base64.b64decode(found["files"]["intyg.pdf"]) == b"%PDF intyg"


def test_the_command_refuses_in_words(tmp_path: Path) -> None:
    wrong = tmp_path / "svar.yml"
    wrong.write_text("price: 1\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["bid", "seal", str(wrong)]).exit_code == 1


def test_a_key_is_made_once_kept_from_others_and_opens_its_parts(tmp_path: Path, form: Form) -> None:
    run, path = CliRunner(), tmp_path / "nyckel.txt"
    public = run.invoke(app, ["keys", "new", str(path)]).output.strip()
    assert public.startswith("age1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert run.invoke(app, ["keys", "new", str(path)]).exit_code == 1
    body, parts = with_age_or_kvar(form, public)
    own = {"seal": {pair: found["11"] for pair, found in parts.items() if "11" in found}}
    (tmp_path / "parts.json").write_text(json.dumps(own))
    out = tmp_path / "opened.json"
    done = run.invoke(app, ["bid", "open", str(tmp_path / "parts.json"), "--key", str(path), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert set(json.loads(out.read_text())["seal"]) == {"11+12", "11+13"}
    (tmp_path / "other.txt").write_text("no key")
    for arguments in (
        [str(out), "--key", str(path)],
        [str(tmp_path / "parts.json"), "--key", str(tmp_path / "other.txt")],
    ):
        assert run.invoke(app, ["bid", "open", *arguments, "--out", str(tmp_path / "x")]).exit_code == 1
    assert body


def with_age_or_kvar(form: Form, public: str) -> tuple[bytes, dict[str, dict[str, str]]]:
    """Sealed to a key of the command's making."""
    from kvar.procurement.sealing.seal import seal, written  # noqa: PLC0415

    sealed = seal(b"x", dict(form.openers) | {"11": public})
    return sealed.body, written(sealed)


SHIM = """#!{python}
# stands in for the stock age where it is not installed: the same arguments, by pyrage
import sys
from pathlib import Path
import pyrage
from pyrage import x25519
words, given = sys.argv[1:], sys.stdin.buffer.read()
if words[0] == "-r":
    sys.stdout.buffer.write(pyrage.encrypt(given, [x25519.Recipient.from_str(words[1])]))
else:
    lines = Path(words[2]).read_text().split()
    key = next(line for line in lines if line.startswith("AGE-SECRET-KEY-"))
    sys.stdout.buffer.write(pyrage.decrypt(given, [x25519.Identity.from_str(key)]))
"""
KEYGEN = """#!{python}
from pyrage import x25519
made = x25519.Identity.generate()
print(f"# public key: {{made.to_public()}}\\n{{made}}")
"""


@pytest.fixture
def stock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stock age on the path (`KVAR_AGE` names its folder); where there is none, pyrage with age's arguments."""
    folder = os.environ.get("KVAR_AGE", "")
    if not folder and shutil.which("age") is None:
        folder = str(tmp_path / "bin")
        Path(folder).mkdir()
        for name, text in (("age", SHIM), ("age-keygen", KEYGEN)):
            path = Path(folder) / name
            path.write_text(text.format(python=sys.executable), encoding="utf-8")
            path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_the_stock_age_seals_what_kvar_opens(
    stock: None, form: Form, keys: dict[str, tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = json.loads(as_json(form))
    row["price"] = "950000.50"
    path, script = tmp_path / "form.json", str(with_age.__file__)
    path.write_text(json.dumps(row), encoding="utf-8")
    (tmp_path / "intyg.pdf").write_bytes(b"%PDF")
    subprocess.run([sys.executable, "-I", script, "seal", "form.json", "intyg.pdf"], cwd=tmp_path, check=True)
    body, parts = (tmp_path / "form.age").read_bytes(), json.loads((tmp_path / "form.parts.json").read_text())
    for pair in ("11+12", "11+13", "12+13"):
        found = content(body, parts, keys, pair)
        assert (found["price"], set(found["files"])) == (950_000_50, {"intyg.pdf"})
    own = {"s": {pair: found["12"] for pair, found in parts.items() if "12" in found}}
    (tmp_path / "parts.json").write_text(json.dumps(own))
    (tmp_path / "key.txt").write_text(keys["12"][0] + "\n")
    subprocess.run([sys.executable, "-I", script, "open", "parts.json", "key.txt"], cwd=tmp_path, check=True)
    opened = json.loads((tmp_path / "opened-parts.json").read_text())["s"]
    assert base64.b64decode(opened["11+12"]) == part_of(base64.b64decode(parts["11+12"]["12"]), keys["12"][0])


@pytest.mark.parametrize(("written", "minor"), [("950000", 95_000_000), ("950 000,50", 95_000_050), (12.5, 1250)])
def test_the_price_of_with_age_is_read_as_people_write_it(written: object, minor: int) -> None:
    assert with_age.minor(written) == minor


@pytest.mark.parametrize("written", ["", "0", "-1", "gratis", "nan", "inf", None])
def test_no_bid_is_sealed_without_a_price(written: object) -> None:
    with pytest.raises(SystemExit, match="no amount above zero"):
        with_age.minor(written)
