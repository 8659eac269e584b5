"""One chromium for all browser tests of a worker."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop in the tests' thread
OFF = (  # what playwright turns off too, and what each window would load for an address bar nobody sees
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "PaintHolding", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable",
    "MediaRouter", "OptimizationHints", "Translate", "ThirdPartyStoragePartitioning", "DestroyProfileOnBrowserClose",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
    "LensOverlay",
)  # fmt: skip
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    f"--disable-features={','.join(OFF)}",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        assert os.environ.get("CI") != "true", "chromium is missing"
        pytest.skip("no chromium: apt-get install chromium")
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


def _of_the_web(name: str) -> object:
    """The fixtures of the web tests of a leg."""
    path = Path(__file__).parent.parent / "web" / name / "conftest.py"
    spec = importlib.util.spec_from_file_location(f"web_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


globals().update({name: getattr(_of_the_web("procurement"), name) for name in (
    "quick_passwords", "buyer", "officer", "planned", "published", "play", "supplier"
)})  # fmt: skip
