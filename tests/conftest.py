"""What all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kvar.cli.demo import load_town
from kvar.ledger.store import Store

DATA = Path(os.environ.get("ANKRA_REAL_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
settings.register_profile(
    "default", max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


LONG = ("property", "postgres", "real")  # folders


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long, and needs no database, begins the second half: of two workers none ends alone with it.

    The first half begins, as pytest-django has it, with what needs the database, the browser's tests among them.
    """
    long = [item for item in items if item.path.relative_to(Path(__file__).parent).parts[0] in LONG]
    chosen = set(long)
    others = [item for item in items if item not in chosen]
    half = min(len(items) // 2, len(others))
    items[:] = [*others[:half], *long, *others[half:]]


@pytest.fixture(scope="session", autouse=True)
def quick_disk() -> Iterator[None]:
    """Nothing waits for the disk: no test cuts the power, and what a killed process wrote the kernel still has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _file: None)
        yield


@pytest.fixture
def data() -> Path:
    """The real data beside the project; skips without them, fails in CI."""
    if not DATA.is_dir():
        assert os.environ.get("CI") != "true", f"no real data at {DATA}"
        pytest.skip(f"no real data at {DATA}")
    return DATA


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The invented town, small, in a store of its own."""
    store = Store(tmp_path_factory.mktemp("town") / "store")
    load_town(store, 0.02)
    return store
