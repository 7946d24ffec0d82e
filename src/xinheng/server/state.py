"""What the supervisor tells about itself, in a file that everybody of this home reads.

It is a hint, never a proof: that the server lives is asked from the server (:mod:`xinheng.server.postmaster`).
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.errors import Explanation, Text
from xinheng.server.layout import Layout, read_private, write_private


class Phase(StrEnum):
    """Where the supervisor stands."""

    STARTING = "starting"
    READY = "ready"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One statement of one supervisor (``instance``).

    ``pid`` is the server's main process, 0 where there is none; ``since`` is ISO 8601 in UTC; ``waiting`` is what a
    waiting caller is told; ``by_request`` tells a forced stop, after which nobody starts the server unasked.
    """

    phase: Phase
    instance: str
    pid: int = 0
    socket_dir: str = ""
    port: int = 0
    data: str = ""
    since: str = ""
    waiting: Text | None = None
    failure: Explanation | None = None
    tail: str = ""
    by_request: bool = False


def read(layout: Layout) -> State | None:
    """Return the last statement, ``None`` where there is none that can be read."""
    try:
        told = json.loads(read_private(layout.state))
        if told["waiting"]:
            told["waiting"] = Text(**told["waiting"])
        if told["failure"]:
            told["failure"] = Explanation(**{part: Text(**text) for part, text in told["failure"].items()})
        return State(**{**told, "phase": Phase(told["phase"])})
    except (ValueError, TypeError, KeyError):
        return None


def write(layout: Layout, state: State) -> None:
    """Replace the statement."""
    write_private(layout.state, json.dumps(dataclasses.asdict(state), ensure_ascii=False))
