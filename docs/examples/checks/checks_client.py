"""A client of the checks of Xinheng (信用核查) for a department's own server: the standard library only, one module to copy.

    checks = Checks("https://credit.example.gov.cn", account="nanjing-housing-system", secret=secret)
    found = checks.check(matter="finance-procurement", business_number="2026-0117", code="91320100MA1TE5T0XP")
    if found["outcome"] != "clear":
        ...  # show found["reasons"] and found["entries"] to the official, who decides
    checks.feedback(found["id"], "acted")

The secret of the account stays on the server: never hand it, or a token, to a browser.
"""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

ROOT = "/api/v1"
EARLY = 60.0
"""Seconds before its end from which a token is not used any more."""


class CheckProblem(Exception):
    """The platform could not answer: ``status``, and ``what`` happened, ``why`` and how to ``mend`` it, each by language (``zh``, ``en``).

    ``again_after`` are the seconds after which trying again is right, where it says so (over the quota, an outage).
    """

    def __init__(self, status: int, problem: Mapping[str, Any], again_after: int | None = None) -> None:
        self.status, self.again_after = status, again_after
        self.what, self.why, self.mend = (problem.get(part, {}) for part in ("what", "why", "mend"))
        super().__init__(f"{status}: {self.what.get('en', problem.get('title', ''))}")


class Checks:
    """Checks as one service account, with the scopes ``checks:read`` and ``checks:write``. Safe to use from several threads."""

    def __init__(self, address: str, *, account: str, secret: str, timeout: float = 10.0) -> None:
        place = urlsplit(address)
        if place.scheme not in ("http", "https") or not place.hostname:
            raise ValueError("the address begins with https:// (or http:// on one's own machine)")
        self._kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
        self._host, self._port, self._timeout = place.hostname, place.port, timeout
        basic = f"{quote(account, safe='')}:{quote(secret, safe='')}".encode()
        self._basic = "Basic " + base64.b64encode(basic).decode()
        self._token, self._until, self._lock = "", 0.0, threading.Lock()

    def matters(self) -> list[dict[str, Any]]:
        """Return the matters in which may be checked today."""
        found: list[dict[str, Any]] = self._ask("GET", "/checks/matters")["matters"]
        return found

    def check(self, *, matter: str, business_number: str, code: str = "", name: str = "") -> dict[str, Any]:
        """Return what stands against a subject in a matter (``CheckAnswer`` of the API); raises ``CheckProblem``."""
        asked = {"matter": matter, "business_number": business_number, "code": code, "name": name}
        return self._ask("POST", "/checks", asked)

    def feedback(self, number: int, feedback: str, why: str = "") -> dict[str, Any]:
        """Say what was done with a check: ``seen``, ``acted``, or ``not-acted`` and why."""
        return self._ask("POST", f"/checks/{int(number)}/feedback", {"feedback": feedback, "why": why})

    def _ask(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> dict[str, Any]:
        body = json.dumps(content).encode() if content is not None else None
        headers = {"Content-Type": "application/json"} if body is not None else {}
        try:
            return self._call(method, path, body, {**headers, "Authorization": f"Bearer {self._good_token()}"})
        except CheckProblem as problem:
            if problem.status != 401:
                raise
        self._until = 0.0  # the token died before its time: its secret was rotated, perhaps
        return self._call(method, path, body, {**headers, "Authorization": f"Bearer {self._good_token()}"})

    def _good_token(self) -> str:
        with self._lock:
            if time.monotonic() >= self._until:
                form = urlencode({"grant_type": "client_credentials", "scope": "checks:read checks:write"}).encode()
                headers = {"Authorization": self._basic, "Content-Type": "application/x-www-form-urlencoded"}
                given = self._call("POST", "/token", form, headers)
                self._token = given["access_token"]
                self._until = time.monotonic() + given["expires_in"] - EARLY
            return self._token

    def _call(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> dict[str, Any]:
        connection = self._kind(self._host, self._port, timeout=self._timeout)
        try:
            connection.request(method, ROOT + path, body, dict(headers))
            return _read(connection.getresponse())
        finally:
            connection.close()


def _read(answer: HTTPResponse) -> dict[str, Any]:
    content = answer.read()
    try:
        told = json.loads(content)
    except ValueError:
        told = {}
    if answer.status >= 400:
        again = answer.headers.get("Retry-After", "")
        raise CheckProblem(
            answer.status, told if isinstance(told, dict) else {}, int(again) if again.isdecimal() else None
        )
    return dict(told)
