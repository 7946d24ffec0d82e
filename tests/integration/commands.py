"""Running the real command, as a user does: ``python -m xinheng …`` in a home, its exit code, its words, its JSON."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg

from xinheng import server as servers

from .warm import COLD, warm

DEADLINE = 120.0
MEMORY = Path("/dev/shm")
LOGS = ("store_auditevent", "store_receipt")
"""What every deed adds to, a refused one too."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)


class Xinheng:
    """The command line of one home; the server is held while this object is open, so that commands are quick."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.server = servers.ensure(home)

    def __call__(self, *words: object, expect: int | None = 0, **how: Any) -> Done:
        """Run a command to its end; it must end with the exit code ``expect`` (``None``: any), and never with a traceback."""
        done = self.finished(self.started(*words, **how)) if COLD or how else self._warmly(*words)
        assert expect is None or done.code == expect, (
            f"{words}: exit code {done.code}\n{done.out[-2000:]}\n{done.err[-4000:]}"
        )
        return done

    def _warmly(self, *words: object) -> Done:
        told = environment(self.home)
        code, out, err = warm().run([str(word) for word in words], environment=told, deadline=DEADLINE)
        assert "Traceback" not in err, err[-6000:]
        return Done(code, out, err)

    def started(
        self, *words: object, lang: str = "C.UTF-8", before: Callable[[], None] | None = None
    ) -> subprocess.Popen[str]:
        """Start a command and return its process."""
        return subprocess.Popen(
            [sys.executable, "-m", "xinheng", *map(str, words)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            env=environment(self.home, lang), preexec_fn=before,
        )  # fmt: skip

    def at_once(self, *calls: Sequence[object]) -> list[Done]:
        """Start several commands at once and wait for all of them."""
        processes = [self.started(*words) for words in calls]
        try:
            return [self.finished(process) for process in processes]
        finally:
            for process in processes:
                process.kill()
                process.communicate()

    def finished(self, process: subprocess.Popen[str]) -> Done:
        """Wait for the end of a command that was started."""
        try:
            out, err = process.communicate(timeout=DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        assert "Traceback" not in err, err[-6000:]
        return Done(process.returncode, out, err)

    def measured(self, *words: object) -> tuple[Done, int]:
        """Run a command to its end and return its peak of memory besides, in bytes."""
        process, peak = self.started(*words), 0
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            with contextlib.suppress(psutil.Error, subprocess.TimeoutExpired):
                peak = max(peak, watched.memory_info().rss)
                process.wait(0.005)
        return self.finished(process), peak

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Ask the database of the home itself."""
        with psycopg.connect(self.server.url) as connection:
            return connection.execute(query.encode(), parameters).fetchall()

    def value(self, query: str, *parameters: object) -> Any:
        """Ask the database for one value."""
        return self.rows(query, *parameters)[0][0]

    def counts(self, *, but: tuple[str, ...] = LOGS) -> dict[str, int]:
        """How many rows each table of the platform holds."""
        with psycopg.connect(self.server.url) as connection:
            named = connection.execute(
                "SELECT tablename FROM pg_tables WHERE tablename ~ '^(store_.*|record)$' ORDER BY 1"
            ).fetchall()
            counted = {
                table: connection.execute(f"SELECT count(*) FROM {table}".encode())
                for (table,) in named
                if table not in but
            }
            return {table: cursor.fetchall()[0][0] for table, cursor in counted.items()}

    def sealed_files(self) -> set[str]:
        """The names of everything in the folder of sealed files."""
        return {path.name for path in (self.home / "files").rglob("*") if path.is_file()}

    def close(self) -> None:
        """Give the server up; it stops with its last user."""
        servers.stop(self.home, force=True)


@contextlib.contextmanager
def fresh_home() -> Iterator[Xinheng]:
    """Make a home of one's own (in memory, where the machine has that) and take it away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="xinheng-home-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    folder.chmod(0o755)  # run by root, the server has an account of its own, which must get in
    home = Xinheng(folder / "home")
    try:
        yield home
    finally:
        home.close()
        shutil.rmtree(folder)


def environment(home: Path, lang: str = "C.UTF-8") -> dict[str, str]:
    """Return the environment of a command: the caller's, without what would change its answer."""
    kept = {
        name: text for name, text in os.environ.items() if not name.startswith(("LC_", "LANG", "DJANGO_", "XINHENG_"))
    }
    return {**kept, "XINHENG_HOME": str(home), "XINHENG_PROCESSES": "1", "LC_ALL": lang}
