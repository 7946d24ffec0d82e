"""The real server, in two processes: what is too large before sign-in is read no further, what is too slow is let go, and others are answered meanwhile."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator

import psutil
import pytest

from ..commands import DEADLINE, Xinheng, environment

PATIENCE = 1.0
"""Seconds that this server waits."""


@pytest.fixture(scope="module")
def port(xinheng: Xinheng) -> Iterator[int]:
    """The port of a server that is not patient."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        found: int = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "xinheng", "serve", "--port", str(found), "--processes", "2"], stdout=subprocess.DEVNULL,
        env={**environment(xinheng.home), "XINHENG_PATIENCE": str(PATIENCE)},
    )  # fmt: skip
    pause, end = threading.Event(), time.monotonic() + DEADLINE
    while time.monotonic() < end and not alive(found):
        assert process.poll() is None
        pause.wait(0.1)
    assert len(psutil.Process(process.pid).children()) == 2
    yield found
    process.send_signal(signal.SIGTERM)
    assert process.wait(DEADLINE) == 0


def alive(port: int) -> bool:
    """Tell whether a page is answered."""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as answer:
        return bool(answer.status == 200)
    return False


def said(line: socket.socket) -> tuple[str, str]:
    """Return the head and the body of an answer, read to the end of the connection."""
    line.settimeout(DEADLINE)
    read = bytearray()
    with contextlib.suppress(ConnectionResetError):
        while part := line.recv(1 << 16):
            read += part
    head, _, body = bytes(read).partition(b"\r\n\r\n")
    return head.decode("latin1"), body.decode()


def post(path: str, *, length: int | None, language: str = "zh", more: str = "") -> bytes:
    """Return the head of a form that is sent."""
    told = f"Content-Length: {length}" if length is not None else "Transfer-Encoding: chunked"
    return (
        f"POST {path}?lang={language} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n{told}\r\n{more}\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "登录前一次最多接收 64 KB"), ("en", "Before you sign in, 64 KB are taken at once")]
)
def test_a_large_body_before_sign_in_is_refused_with_a_page_before_it_is_sent(
    port: int, xinheng: Xinheng, language: str, words: str
) -> None:
    before = xinheng.value("SELECT count(*) FROM store_auditevent WHERE action = 'send-body'")
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(post("/sign-in/", length=200 << 20, language=language))
        line.sendall(b"x" * 1000)
        head, body = said(line)
    assert head.startswith("HTTP/1.1 413")
    assert "connection: close" in head.lower()
    assert words in body
    assert xinheng.value("SELECT count(*) FROM store_auditevent WHERE action = 'send-body'") == before + 1


def test_a_body_of_untold_length_is_cut_off_where_it_is_too_long(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(post("/desk/submit/", length=None))
        sent = 0
        with contextlib.suppress(OSError):
            for _ in range(64):
                line.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
                sent += 0x10000
        head, _ = said(line)
    assert head.startswith("HTTP/1.1 413")


def test_a_forged_token_does_not_let_a_system_send_much(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(post("/api/v1/submissions", length=100 << 20, more="Authorization: Bearer xht_forged\r\n"))
        head, body = said(line)
    assert head.startswith("HTTP/1.1 413")
    assert "application/problem+json" in head
    assert '"mend"' in body


@pytest.mark.parametrize(
    "begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "], ids=["nothing", "a_line", "half_a_head"]
)
def test_a_head_that_does_not_come_is_not_waited_for(port: int, begun: bytes) -> None:
    since = time.monotonic()
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(begun)
        head, _ = said(line)
    assert head.startswith("HTTP/1.1 408")
    assert time.monotonic() - since < 20 * PATIENCE


def test_a_body_that_does_not_come_is_not_waited_for(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(post("/sign-in/", length=100) + b"x")
        head, _ = said(line)
    assert head.startswith("HTTP/1.1 408")


def test_slow_clients_keep_nobody_waiting(port: int) -> None:
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
    try:
        for line in lines:
            line.sendall(post("/sign-in/", length=100))
        assert alive(port)
    finally:
        for line in lines:
            line.close()
