"""What hands text messages over: a gateway over HTTP, or the folder of a set-up without one."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import httpx

from xinheng.core.errors import Text
from xinheng.gateways.identity.provider import is_private_way
from xinheng.gateways.undeliverable import not_now, refused_for_good

PATIENCE = 5.0
"""Seconds that the gateway is waited for."""
TAKEN = frozenset({"accepted", "repeated"})
REFUSED = "refused-number"
_LONGEST_ANSWER = 64 * 1024


class Texter(Protocol):
    """Hands a text message over; raises ``Undeliverable`` where it is refused for good and ``Unavailable`` where it may be tried again."""

    def send(self, text: str, *, to: str, reference: str) -> None:
        """Hand it over; the same ``reference`` is the same message, however often it is handed over."""


def texter(url: str, key: str, *, folder: Path) -> Texter:
    """Return what sends text messages: the gateway at ``url``, or the folder where there is none. Raises ``ValueError`` for an open way."""
    if not url:
        return FolderTexter(folder)
    if not is_private_way(url):
        raise ValueError("the gateway for text messages is reached over https")
    return GatewayTexter(url, key)


@dataclass(frozen=True, slots=True)
class GatewayTexter:
    """Hands text messages to the gateway at ``url``."""

    url: str
    key: str = field(repr=False)
    patience: float = PATIENCE

    def send(self, text: str, *, to: str, reference: str) -> None:
        """Hand it over. An answer to another message than this one counts for nothing: silence and a doubled answer end alike, in a new try."""
        asked = {"reference": reference, "to": to, "text": text}
        kind, answer = "", dict[str, Any]()
        try:
            with httpx.Client(timeout=self.patience, trust_env=False, follow_redirects=False) as client:
                response = client.post(self.url, json=asked, headers={"Authorization": f"Bearer {self.key}"})
            kind = f"HTTP {response.status_code}"
            if response.is_success and len(response.content) <= _LONGEST_ANSWER:
                answer = _object(response.json())
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            kind = type(error).__name__
        result = str(answer.get("result", ""))[:40] if answer.get("reference") == reference else ""
        if result == REFUSED:
            raise refused_for_good(_WHAT, result)
        if result not in TAKEN:
            raise not_now(_WHAT, result or kind)


@dataclass(frozen=True, slots=True)
class FolderTexter:
    """Puts text messages into a folder, the number with its last four digits only."""

    folder: Path

    def send(self, text: str, *, to: str, reference: str) -> None:
        """Write the message down under its reference."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = json.dumps({"to": f"*{to[-4:]}", "text": text}, ensure_ascii=False)
        descriptor = os.open(self.folder / f"{reference}.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(held)


def _object(content: object) -> dict[str, Any]:
    return content if isinstance(content, dict) else {}


_WHAT = Text("短信没有送出", "The text message was not handed over")
