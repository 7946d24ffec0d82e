"""Commands that start warm: each in a process of its own, forked from one that has loaded the program already.

Loading the program takes longer than most commands do. Where a test is about what a command does, and not about how its
process starts, is measured or is killed, it need not pay that every time. ``XINHENG_TESTS_COLD`` in the environment
starts every command afresh.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("warm_process.py")
COLD = bool(os.environ.get("XINHENG_TESTS_COLD"))
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false", "LC_ALL": "C.UTF-8"}
"""A process that forks has one thread; what it forks has the environment that is asked for."""


class Warm:
    """A process that has loaded the program, and what it is asked."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **ONE_THREAD},
        )  # fmt: skip
        atexit.register(self.close)

    def run(self, words: Sequence[str], *, environment: Mapping[str, str], deadline: float) -> tuple[int, str, str]:
        """Run ``xinheng`` with these words to its end; return its exit code, and what it printed on either side."""
        with tempfile.TemporaryDirectory(prefix="xinheng-warm-") as folder:
            out, err = Path(folder) / "out", Path(folder) / "err"
            asked = {
                "words": list(words), "environment": dict(environment), "folder": os.getcwd(),  # noqa: PTH109
                "out": str(out), "err": str(err),
            }  # fmt: skip
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
            child = self._answer(deadline)["pid"]
            try:
                code = self._answer(deadline)["code"]
            except TimeoutError:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                self._answer(deadline)
                raise subprocess.TimeoutExpired(words, deadline) from None
            return code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")

    def _answer(self, deadline: float) -> Any:
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], deadline)[0]:
            raise TimeoutError
        line = self._process.stdout.readline()
        assert line, f"the warm process ended with {self._process.wait()}"
        return json.loads(line)

    def close(self) -> None:
        """Let it end."""
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.wait()


_started: list[Warm] = []


def warm() -> Warm:
    """Return the one of this run, started when it is first needed."""
    if not _started:
        _started.append(Warm())
    return _started[0]
