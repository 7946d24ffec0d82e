"""An example of a department's own server: its page asks it, and it asks Xinheng. The secret is here and nowhere else; the matter is fixed here as well.

    XINHENG=https://credit.example.gov.cn XINHENG_ACCOUNT=… XINHENG_SECRET=… python business_server.py

A real system has its own sign-on before these addresses, and takes the business number from its own case, not from the page.
"""

from __future__ import annotations

import json
import os
import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from checks_client import CheckProblem, Checks

MATTER = "finance-procurement"
FOLDER = Path(__file__).parent
FILES = {
    "/": ("business-page.html", "text/html; charset=utf-8"),
    "/check-prompt.js": ("check-prompt.js", "text/javascript; charset=utf-8"),
}
LARGEST = 10_000
SHOWN = ("id", "outcome", "found_by", "subject", "reasons", "entries", "records", "candidates", "as_of", "receipt")


class Business(BaseHTTPRequestHandler):
    """Serves the page, and passes its two questions on."""

    checks: Checks

    def do_GET(self) -> None:
        """Serve the page or its script."""
        if self.path not in FILES:
            self._answer(HTTPStatus.NOT_FOUND, {})
            return
        name, kind = FILES[self.path]
        self._send(HTTPStatus.OK, (FOLDER / name).read_bytes(), kind)

    def do_POST(self) -> None:
        """Check an applicant, or note what was done with a check."""
        asked = self._asked()
        try:
            if asked is None:
                self._answer(HTTPStatus.BAD_REQUEST, {})
            elif self.path == "/credit-check":
                found = self.checks.check(
                    matter=MATTER,
                    business_number=_text(asked, "business_number"),
                    code=_text(asked, "code"),
                    name=_text(asked, "name"),
                )
                self._answer(HTTPStatus.OK, {part: found[part] for part in SHOWN})
            elif match := re.fullmatch("/credit-check/([0-9]{1,18})/feedback", self.path):
                noted = self.checks.feedback(int(match[1]), _text(asked, "feedback"), _text(asked, "why"))
                self._answer(HTTPStatus.OK, {"feedback": noted["feedback"]})
            else:
                self._answer(HTTPStatus.NOT_FOUND, {})
        except CheckProblem as problem:
            status = problem.status if problem.status in (400, 404, 422) else HTTPStatus.BAD_GATEWAY
            self._answer(status, {"what": problem.what, "why": problem.why, "mend": problem.mend})
        except OSError:
            self._answer(HTTPStatus.BAD_GATEWAY, {})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that the library gives it
        """Log nothing: what is asked may name somebody."""

    def _asked(self) -> dict[str, Any] | None:
        """Return the JSON that the own page sent; nothing for anything else: a form of another site cannot send this kind of content."""
        size = self.headers.get("Content-Length", "")
        if self.headers.get_content_type() != "application/json" or not size.isdecimal() or int(size) > LARGEST:
            return None
        try:
            content = json.loads(self.rfile.read(int(size)))
        except ValueError:
            return None
        return content if isinstance(content, dict) else None

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        self._send(status, json.dumps(content, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    def _send(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)


def server(checks: Checks, *, port: int) -> ThreadingHTTPServer:
    """Return the server, on this machine only; ``port`` 0 takes a free one."""
    return ThreadingHTTPServer(("127.0.0.1", port), type("Asking", (Business,), {"checks": checks}))


def _text(asked: dict[str, Any], name: str) -> str:
    held = asked.get(name, "")
    return held if isinstance(held, str) else ""


if __name__ == "__main__":
    account, secret = os.environ["XINHENG_ACCOUNT"], os.environ["XINHENG_SECRET"]
    server(Checks(os.environ["XINHENG"], account=account, secret=secret), port=8080).serve_forever()
