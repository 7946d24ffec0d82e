"""What the integration tests use: the real command in a home with a small province, and an office that calls the use cases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .commands import Xinheng, fresh_home
from .office import Office
from .sheets import PENALTY, REGISTRATION, Province, csv_bytes, small_province


def furnish(home: Xinheng, province: Province, folder: Path) -> Xinheng:
    """Load the register and the agencies of a province by the real commands."""
    (folder / "register.csv").write_bytes(province.register_sheet())
    (folder / "agencies.csv").write_bytes(csv_bytes(province.agencies, list(province.agencies[0])))
    home("subjects", "load", folder / "register.csv")
    home(
        "agencies", "load", folder / "agencies.csv", "--grant", PENALTY, "--grant", REGISTRATION, "--from", "2026-01-01"
    )
    return home


@pytest.fixture(scope="session")
def province() -> Province:
    """The small province."""
    return small_province()


@pytest.fixture(scope="session")
def xinheng(province: Province, tmp_path_factory: pytest.TempPathFactory) -> Xinheng:
    """The command line of the home of this run, with the small province in it. Tests add to it; none may count on an empty ledger."""
    return furnish(Xinheng(Path(os.environ["XINHENG_HOME"])), province, tmp_path_factory.mktemp("province"))


@pytest.fixture(scope="module")
def own_home(province: Province, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Xinheng]:
    """A home of the test file's own, with the small province in it."""
    with fresh_home() as home:
        yield furnish(home, province, tmp_path_factory.mktemp("province"))


@pytest.fixture
def office(db: None, province: Province, tmp_path: Path, settings: object) -> Office:
    """An office with the small province in the test database, empty of records; its sealed files are the test's own."""
    settings.FILES = tmp_path / "files"  # type: ignore[attr-defined]
    return Office(province)
