"""A browser for the functional tests: Debian's Chromium, driven by Playwright, without a word to the outside.

``live_portal`` gives the address of a running portal (``url``) and what is ``known`` to be in it: ``code`` and ``name``
of a subject with a published entry, ``clean_code`` of one without, ``individual_code`` and ``individual_name`` of an
individually-owned business.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def axe_source() -> str:
    """Return the program of axe-core, which finds what keeps people from using a page."""
    if not AXE.is_file():
        pytest.skip("axe-core is absent: run make setup")
    return AXE.read_text(encoding="utf-8")
