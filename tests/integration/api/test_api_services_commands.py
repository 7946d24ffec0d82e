"""The commands by which the centre makes, rotates, lists and ends service accounts; and the API over a real server."""

from __future__ import annotations

import json
import signal
import socket
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..commands import Xinheng
from ..sheets import PENALTY, Province, penalty_sheet

NAME = "commands-system"


def test_an_account_s_life_by_commands_and_its_calls_over_a_server(xinheng: Xinheng, province: Province) -> None:
    made = xinheng("services", "add", NAME, "--agency", province.agency, "--per-minute", 60, "--json").json
    assert made["client_id"] == NAME
    shown = xinheng("services", "rotate", NAME, "--overlap-days", 1, lang="zh_CN.UTF-8").out
    second = next(line for line in shown.splitlines() if line.startswith("xhs_"))
    list_of_all = xinheng("services", "list", "--json")
    (listed,) = [one for one in list_of_all.json if one["name"] == NAME]
    assert len(listed["secrets_until"]) == 2
    assert made["client_secret"] not in list_of_all.out
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serving = xinheng.started("serve", "--port", port)
    try:
        _through_the_door(f"http://127.0.0.1:{port}/api/v1", second, penalty_sheet(province.penalty(11)))
        assert serving.poll() is None
        xinheng("services", "end", NAME)
        status, _ = _ask(
            f"http://127.0.0.1:{port}/api/v1/token",
            f"grant_type=client_credentials&client_id={NAME}&client_secret={second}",
        )
        assert status == 401
    finally:
        serving.send_signal(signal.SIGTERM)
        xinheng.finished(serving)


def _through_the_door(root: str, secret: str, content: bytes) -> None:
    """Hand a file in, and call until the quota is used up: no call is lost and none is given twice, whoever counts it."""
    form = f"grant_type=client_credentials&client_id={NAME}&client_secret={secret}"
    _await(root)
    status, found = _ask(f"{root}/token", form)
    assert status == 200, found
    token = found["access_token"]
    assert _ask(f"{root}/submissions?item={PENALTY}", content, token=token, kind="text/csv")[0] == 202
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: _ask(f"{root}/catalogue/{PENALTY}", token=token)[0], range(80)))
    assert set(statuses) == {200, 429}
    assert statuses.count(200) in range(58, 119), "58 of a minute, and of a second one should it begin"


def _await(root: str) -> None:
    pause = threading.Event()
    for _ in range(300):
        try:
            assert _ask(f"{root}/openapi.json")[0] == 200
            return
        except OSError:
            pause.wait(0.1)
    raise AssertionError("no answer")


def _ask(
    address: str,
    content: str | bytes | None = None,
    *,
    token: str = "",
    kind: str = "application/x-www-form-urlencoded",
) -> Any:
    headers = {"Content-Type": kind} if content is not None else {}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    body = content.encode() if isinstance(content, str) else content
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())
