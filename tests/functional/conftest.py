"""A browser for the functional tests: Debian's Chromium, driven by Playwright, without a word to the outside.

``live_portal`` is the platform itself, in a home of its own, filled and served by the commands that anyone uses. It
gives its address (``url``) and what is ``known`` to be in it: ``code`` and ``name`` of a subject with a published
entry, ``clean_code`` of one without, ``individual_code`` and ``individual_name`` of an individually-owned business.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from xinheng import server as servers

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MEMORY = Path("/dev/shm")
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Return a running Chromium; skip where the machine has none."""
    if not shutil.which(CHROMIUM):
        pytest.skip(f"no browser: {CHROMIUM} is absent (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Return an empty page of a desk's width, with cookies of its own."""
    with chromium.new_context(viewport=DESK) as context:
        yield context.new_page()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """Return an empty page as narrow as a phone."""
    with chromium.new_context(viewport=PHONE) as context:
        yield context.new_page()


@pytest.fixture
def plain_page(chromium: Browser) -> Iterator[Page]:
    """Return an empty page that runs no JavaScript."""
    with chromium.new_context(viewport=DESK, java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture(scope="package")
def axe_source() -> str:
    """Return the program of axe-core, which finds what keeps people from using a page."""
    if not AXE.is_file():
        pytest.skip("axe-core is absent: run make setup")
    return AXE.read_text(encoding="utf-8")


@dataclass(frozen=True)
class LivePortal:
    """A running platform: its address, its home, and subjects that are known to be in it."""

    url: str
    home: Path
    known: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str) -> tuple[int, Message, str]:
        """Return status, headers and content of the answer to a plain request."""
        try:
            with urllib.request.urlopen(self.url + path) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        held = servers.ensure(self.home)
        try:
            with psycopg.connect(held.url) as connection:
                return connection.execute(query.encode(), parameters).fetchall()
        finally:
            held.release()

    def command(self, *arguments: str, codes: tuple[int, ...] = (0,)) -> str:
        """Run ``xinheng`` in the same home and return what it printed; its exit code is one of ``codes``."""
        done = subprocess.run(xinheng(*arguments), env=at_home(self.home), capture_output=True, text=True, check=False)
        assert done.returncode in codes, done.stderr
        return done.stdout


def xinheng(*arguments: str) -> list[str]:
    """Return a command line of ours."""
    return [sys.executable, "-m", "xinheng", *arguments]


def at_home(home: Path) -> dict[str, str]:
    """Return the environment of a command that works in ``home``, away from any other platform of this machine."""
    strange = ("DATABASE_URL", "XINHENG_MASTER_KEY", "XINHENG_SECRET_KEY", "XINHENG_HOSTS", "DJANGO_SETTINGS_MODULE")
    return {
        **{name: value for name, value in os.environ.items() if name not in strange},
        "XINHENG_HOME": str(home),
        "XINHENG_PROCESSES": "1",
    }


@pytest.fixture(scope="package")
def live_portal() -> Iterator[LivePortal]:
    """Return a platform with the sample province in it, served at a free port; it is stopped at the end."""
    place = Path(tempfile.mkdtemp(prefix="xinheng-portal-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    place.chmod(0o755)  # run by root, the database server has an account of its own, which must get in
    home, log = place / "home", place / "serve.log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    filling = LivePortal("", home)
    filling.command("run", "--no-serve")
    with log.open("wb") as out:
        serving = subprocess.Popen(xinheng("serve", "--port", str(port)), env=at_home(home), stdout=out, stderr=out)
    portal = LivePortal(f"http://127.0.0.1:{port}", home, known_subjects(filling))
    try:
        await_answer(portal.url, serving, log)
        yield portal
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(30)
    written = log.read_text(encoding="utf-8")
    servers.stop(home, force=True)
    shutil.rmtree(place)
    assert "Traceback" not in written, written


def await_answer(url: str, serving: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the portal answers; fail at once where its process ends, or after a minute."""
    pause = threading.Event()
    for _ in range(600):
        assert serving.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                assert answer.status == 200
                return
        except OSError:
            pause.wait(0.1)
    pytest.fail(f"no answer at {url}: {log.read_text(encoding='utf-8')}")


def known_subjects(portal: LivePortal) -> dict[str, str]:
    """Look the subjects up that the tests ask for: in the sample's own files, and with the command line."""
    sample = portal.home / "sample"
    with (sample / "register.csv").open(encoding="utf-8", newline="") as sheet:
        register = list(csv.DictReader(sheet))
    penalised = {code for file in sorted(sample.glob("penalties-*.csv")) for code in counterparts(file)}
    organisations = [row for row in register if not row["uscc"].startswith("92")]
    shop = next(row for row in register if row["uscc"].startswith("92") and row["uscc"] in penalised)
    known = next(row for row in organisations if row["uscc"] in penalised and shows(portal, row, is_public))
    clean = next(row for row in organisations if row["uscc"] not in penalised)
    return {
        "code": known["uscc"],
        "name": known["name"],
        "clean_code": clean["uscc"],
        "individual_code": shop["uscc"],
        "individual_name": shop["name"],
    }


def counterparts(file: Path) -> Iterator[str]:
    """Yield the codes that a penalty file names."""
    with file.open(encoding="utf-8", newline="") as sheet:
        rows = csv.reader(sheet)
        place = next(place for place, title in enumerate(next(rows)) if "统一社会信用代码" in title)
        yield from (row[place] for row in rows if len(row) > place)


def is_public(record: dict[str, str]) -> bool:
    """Tell whether a record that ``xinheng file`` lists is published now."""
    return record["state"] == "public"


def shows(portal: LivePortal, row: dict[str, str], wanted: Callable[[dict[str, str]], bool]) -> bool:
    """Tell whether the file of a subject holds a record that is ``wanted``."""
    return any(map(wanted, json.loads(portal.command("file", row["uscc"], "--json"))["records"]))


@dataclass(frozen=True)
class Cast:
    """Who walks the first hours: the agency that most of them are about, everybody's one-time secret, and a record of the agency for each walk.

    A record is the code and name of its subject, its key and its number.
    """

    agency: str
    agency_name: str
    secrets: dict[str, str]
    records: dict[str, list[str]]


@pytest.fixture(scope="package")
def cast(live_portal: LivePortal) -> Cast:
    """Return who walks; their accounts are there, and nobody has activated one."""
    from .walking import scene

    ((agency,),) = live_portal.rows("SELECT agency_id FROM store_submission ORDER BY id LIMIT 1")
    ((code, name),) = live_portal.rows(
        "SELECT uscc, name FROM store_agency a JOIN store_agencyname n ON n.agency_id = a.id WHERE a.id = %s AND valid_until IS NULL",
        agency,
    )
    secrets = scene(live_portal, "people", code)
    return Cast(code, name, secrets, scene(live_portal, "records", code, live_portal.known["code"]))


@pytest.fixture
def walker(chromium: Browser, live_portal: LivePortal, axe_source: str) -> Iterator[Callable[..., Any]]:
    """Return what begins somebody's walk in a browser of their own, without JavaScript where ``scripts`` is false."""
    from .walking import Walk

    contexts = []

    def begin(who: str, *, scripts: bool = True) -> Walk:
        contexts.append(chromium.new_context(viewport=DESK, java_script_enabled=scripts))
        contexts[-1].set_default_timeout(15_000)
        return Walk(contexts[-1].new_page(), live_portal, axe_source, who, scripts)

    yield begin
    for context in contexts:
        context.close()
