"""The API over a real server, beside a bare Django view in the same process: ``python -m tests.benchmarks.api``.

A home of its own with one finished submission; two clients that keep their connections; a round of each address in turn, several times, so that
what else the machine does falls on all alike.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.integration.commands import Xinheng, fresh_home
from tests.integration.conftest import furnish
from tests.integration.sheets import PENALTY, penalty_sheet, small_province

CLIENTS = 2
ROUNDS, CALLS = 3, 50
"""Rounds, and calls of each client to each address in a round."""


def main() -> int:
    """Measure and print a line an address."""
    province = small_province()
    with fresh_home() as home, tempfile.TemporaryDirectory() as folder:
        furnish(home, province, Path(folder))
        file = Path(folder) / "penalties.csv"
        file.write_bytes(penalty_sheet(*(province.penalty(place) for place in range(20))))
        number = home("submit", PENALTY, file, "--agency", province.agency, "--json").json["submission"]
        made = home("services", "add", "bench", "--agency", province.agency, "--per-minute", 100000, "--json").json
        with serving(home) as port:
            token = token_of(port, made)
            paths = {
                "a bare Django view (/healthz)": "/healthz",
                "progress of a submission": f"/api/v1/submissions/{number}/progress",
                "a submission": f"/api/v1/submissions/{number}",
                "20 submissions' list": "/api/v1/submissions",
                "schema of an item": f"/api/v1/catalogue/{PENALTY}",
            }
            for name, (rate, median, p95) in measured(port, paths, token).items():
                print(f"{name:32} {rate:7.0f} /s   median {median:6.2f} ms   p95 {p95:6.2f} ms")
    return 0


@contextlib.contextmanager
def serving(home: Xinheng) -> Iterator[int]:
    """Serve a home at a free port while the work inside lasts."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    process, pause = home.started("serve", "--port", port), threading.Event()
    try:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                pause.wait(0.1)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        home.finished(process)


def token_of(port: int, made: Mapping[str, str]) -> str:
    """Get a token."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = f"grant_type=client_credentials&client_id={made['client_id']}&client_secret={made['client_secret']}"
    connection.request("POST", "/api/v1/token", body, {"Content-Type": "application/x-www-form-urlencoded"})
    return str(json.loads(connection.getresponse().read())["access_token"])


def measured(port: int, paths: Mapping[str, str], token: str) -> dict[str, tuple[float, float, float]]:
    """Return requests a second, median and 95th percentile in ms, of each address."""
    times: dict[str, list[float]] = {name: [] for name in paths}
    spent = dict.fromkeys(paths, 0.0)

    def client(path: str) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        found = []
        for _ in range(CALLS):
            started = time.perf_counter()
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            found.append((time.perf_counter() - started) * 1000)
        return found

    with ThreadPoolExecutor(CLIENTS) as pool:
        for _ in range(ROUNDS):
            for name, path in paths.items():
                started = time.perf_counter()
                for found in pool.map(client, [path] * CLIENTS):
                    times[name] += found
                spent[name] += time.perf_counter() - started
    ordered = {name: sorted(found) for name, found in times.items()}
    return {
        name: (len(found) / spent[name], found[len(found) // 2], found[int(len(found) * 0.95)])
        for name, found in ordered.items()
    }


if __name__ == "__main__":
    sys.exit(main())
