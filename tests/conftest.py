"""What every test may use, the order in which tests run and by whom, and an honest end in continuous integration.

The platform under test lives in a home of this process's own (``XINHENG_HOME``), with the embedded PostgreSQL: Django and
the server are started when the first test that needs them is collected, so that the fast folders need neither. Tests marked
``django_db`` (or using ``db``) work in a test database of that server, the commands that tests run in ``xinheng``.

``make test`` gives the files out to several processes (pytest-xdist), each with a home, a server and databases of its own;
``pytest`` alone runs everything in one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")
PLATFORM = ("contracts", "integration", "functional")  # folders whose tests use the platform itself
HOME = Path(tempfile.mkdtemp(prefix="xinheng-tests-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
HOME.chmod(0o755)  # run by root, the server has an account of its own, which must get in
os.environ["XINHENG_HOME"] = str(HOME)
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes load the program: it is compiled once
ORDER = ("unit", "spec", "properties", "repository", "contracts", "functional", "integration")
TOGETHER = ("tests/functional/", "tests/integration/lake/")  # their files share what costs more to make than they do
SKIPS_ALLOWED_IN_CI: tuple[str, ...] = ()  # reasons that may be left out even there, by how they begin

hypothesis.settings.register_profile("default", derandomize=True, deadline=None)
hypothesis.settings.load_profile("default")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real public records; skip where it is absent."""
    folder = Path(os.environ.get("XINHENG_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"real data are absent: no folder {folder} (set XINHENG_DATA to where they are)")
    return folder


def pytest_collect_file(file_path: Path) -> None:
    """Set Django up before the first test of the platform is imported."""
    parts = file_path.relative_to(ROOT / "tests").parts if file_path.is_relative_to(ROOT / "tests") else ("",)
    if parts[0] in PLATFORM and "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["DJANGO_SETTINGS_MODULE"] = "xinheng.project.settings"
        import django

        django.setup()


def pytest_unconfigure() -> None:
    """Stop the server of this run, where one was started, and take its home away."""
    if (HOME / "postgres").exists():
        from xinheng import server

        server.stop(HOME, force=True)
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the fast folders first, so that a plain mistake is told in seconds."""
    items.sort(key=lambda item: _place(item.path))


def _place(path: Path) -> int:
    """Return where the folder of a test stands in the order; the portal first of what is slow, as it is given out as a whole."""
    parts = path.relative_to(ROOT / "tests").parts if path.is_relative_to(ROOT / "tests") else ()
    return ORDER.index(parts[0]) if parts and parts[0] in ORDER else len(ORDER)


class FilesAndFolders(LoadFileScheduling):
    """Gives files out whole, in their order, to whoever is free; and some folders whole, for what their files share."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """Give tests out by file where that is asked for, as ``make test`` does."""
    return FilesAndFolders(config, log) if config.getoption("dist") == "loadfile" else None


class UnexpectedSkips:
    """In continuous integration nothing may be left out in silence: a skip fails the run, and is listed."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that was skipped."""
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that was skipped as a whole."""
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if not report.skipped:
            return
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        if not reason.startswith(SKIPS_ALLOWED_IN_CI or ("\0",)):
            self.found.append(f"{report.nodeid}: {reason}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turn a success with skips into a failure."""
        if self.found and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which tests made it fail."""
        if self.found:
            terminalreporter.section("skipped, and in continuous integration nothing may be", red=True)
            for line in self.found:
                terminalreporter.write_line(line)


def pytest_configure(config: pytest.Config) -> None:
    """Watch for skips where ``CI`` is set; with several processes, the one that all report to does."""
    if os.environ.get("CI") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(UnexpectedSkips(), "unexpected-skips")
