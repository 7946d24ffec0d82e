"""What a request says of where it comes from: the address, and the browser in words that its owner knows."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

_BROWSERS = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("MicroMessenger/", "WeChat"), ("360SE", "360"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Windows", "Windows"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from, as the server that we trust says it."""
    return str(request.META.get("REMOTE_ADDR") or "unknown")


def browser_of(request: HttpRequest) -> str:
    """Return browser and system in a few words: ``Chrome 130 · Windows``."""
    told = request.headers.get("User-Agent", "")
    system = next((name for mark, name in _SYSTEMS if mark in told), "")
    for mark, name in _BROWSERS:
        if mark in told:
            version = re.search(re.escape(mark) + r"(\d{1,4})", told)
            return " · ".join(part for part in (f"{name} {version[1]}" if version else name, system) if part)
    return system or "—"


def way_back(asked: str) -> str:
    """Return where to lead somebody who signed in: the address of ours that they asked for, else the desk."""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else settings.LOGIN_REDIRECT_URL


def simulated_at(request: HttpRequest) -> str:
    """Return the issuer of the simulated provider: this very process, whatever address the browser used."""
    return f"http://{request.META['SERVER_NAME']}:{request.META['SERVER_PORT']}/simulated-identity"
