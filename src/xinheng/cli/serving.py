"""``xinheng serve`` and ``worker``, and both together: what one of them starts ends with it, however it ends."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from xinheng import server as supervisor
from xinheng.cli.printing import say
from xinheng.cli.processes import PATIENCE, End, run_together
from xinheng.cli.starting import start
from xinheng.core.errors import Explanation, Text, Unavailable, UnusableCall
from xinheng.server.sentences import ServerInUse

MOST_PROCESSES = 8
BACKLOG = 2048  # connections that may wait at the door


def at_an_address(command: Callable[..., None]) -> Callable[..., None]:
    """Decorate a command that serves pages: adds ``--host`` and ``--port``."""
    command = click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=8000,
        show_default=True,
        help="The port to serve at; 0: a free one.",
    )(command)
    return click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")(command)


@click.command()
@at_an_address
@click.option("--descriptor", type=int, hidden=True, help="An open socket to serve at instead.")
@click.option(
    "--processes",
    type=click.IntRange(0, 64),
    default=0,
    envvar="XINHENG_PROCESSES",
    help="How many processes answer; default one for each processor, eight at the most.",
)
def serve(host: str, port: int, descriptor: int | None, processes: int) -> None:
    """Serve the pages."""
    processes = processes or min(MOST_PROCESSES, len(os.sched_getaffinity(0)))
    with socket.socket(fileno=descriptor) if descriptor is not None else listening(host, port) as door:
        start()
        if descriptor is None:
            say(f"请打开 {address_of(door)}  （Ctrl-C 停止）", f"Open {address_of(door)}  (Ctrl-C stops)")
        if processes > 1:
            _serve_in(processes, door)
        else:
            _serve_at(door)


def _serve_at(door: socket.socket) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            door.listen(BACKLOG)

    config = uvicorn.Config(
        "xinheng.project.asgi:application",
        http="xinheng.project.patience:Protocol",
        log_config=None,  # the settings say how and what is logged
        access_log=False,  # who looked for whom is in the receipts, and nowhere else
        lifespan="off",
        server_header=False,
        backlog=1,  # connections that one process takes at a time: the next one may go to another that is less busy
        timeout_graceful_shutdown=PATIENCE // 2,
    )
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again after an orderly end
        Server(config).run(sockets=[door])


@click.command()
@click.option(
    "--concurrency",
    type=click.IntRange(1, 16),
    default=1,
    show_default=True,
    help="How many jobs at once, in threads of one process.",
)
@click.option("--queues", default="", help="Only these, with commas between: small, large, timetable.")
@click.option("--drain", is_flag=True, help="End when nothing is left that is due, instead of waiting for more.")
def worker(concurrency: int, queues: str, drain: bool) -> None:
    """Work on what is in the queue and on the timetable, until told to stop (Ctrl-C). Two workers are two of these commands."""
    os.environ.setdefault("XINHENG_LOG_LEVEL", "INFO")
    start()
    from xinheng.jobs.working import work

    with contextlib.suppress(KeyboardInterrupt):  # a second Ctrl-C: what it was at is taken up by the next run
        work(concurrency=concurrency, queues=known_queues(queues), drain=drain)


def known_queues(given: str) -> list[str]:
    """Return the queues that an option names, none for all of them; raises ``UnusableCall``."""
    from xinheng.usecases.jobs.tasks import QUEUES

    named = [name.strip() for name in given.split(",") if name.strip()]
    unknown = [name for name in named if name not in QUEUES]
    if unknown:
        raise UnusableCall(_no_queue(unknown[0], QUEUES))
    return named


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Hold the address to serve at, from before any work is done; raises ``Unavailable`` or ``UnusableCall``."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        door = socket.create_server(found[0][4][:2], family=found[0][0])
    except OSError as error:
        raise _explained(error, host, port) from error
    with door:
        yield door


def address_of(door: socket.socket) -> str:
    """Return the address of a listening socket as a browser takes it."""
    host, port = door.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def serve_all(door: socket.socket) -> None:
    """Serve pages and work on jobs, in processes of our own, until one ends or this one is told to stop.

    All end with this process, however it ends. The embedded server stops as well, unless others use it.
    """
    address = address_of(door)

    def begun() -> None:
        door.close()  # the pages' processes have it now
        say(f"请打开 {address}  （Ctrl-C 停止）", f"Open {address}  (Ctrl-C stops)")

    commands = {"serve": _serving_at(door), "worker": ["worker"]}
    end = run_together(commands, descriptor=door.fileno(), begun=begun)
    _stop_server()
    if not end.asked:
        raise Unavailable(_ended(end))
    say("\n已停止。", "\nStopped.")


def _serve_in(processes: int, door: socket.socket) -> None:
    """Serve at one door in several processes: whichever is free takes the next connection."""
    commands = {f"serve {number}": [*_serving_at(door), "--processes", "1"] for number in range(processes)}
    end = run_together(commands, descriptor=door.fileno(), begun=door.close)
    if not end.asked:
        raise Unavailable(_ended(end))


def _serving_at(door: socket.socket) -> list[str]:
    return ["serve", "--descriptor", str(door.fileno())]


def _stop_server() -> None:
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    if settings.EMBEDDED is not None:
        with contextlib.suppress(ServerInUse):  # another command works with it: it stops with the last one
            supervisor.stop(Path(settings.HOME))


def _explained(error: OSError, host: str, port: int) -> Unavailable | UnusableCall:
    place: dict[str, Any] = {"host": host, "port": port}
    if error.errno == errno.EADDRINUSE:
        what = Text(f"端口 {port} 已被占用，没有启动", f"Port {port} is in use; nothing was started")
        why = Text(
            f"{host}:{port} 上已有另一个程序在服务，也可能是先前启动的信衡",
            f"another program serves at {host}:{port}, perhaps an earlier run of this one",
        )
        mend = Text(
            f"请先停止该程序，或者换一个端口：xinheng run --port {min(port + 1, 65535)}",
            f"Stop that program, or take another port: xinheng run --port {min(port + 1, 65535)}",
        )
        return Unavailable(Explanation(what, why, mend), **place)
    what = Text(f"无法在 {host}:{port} 提供服务，没有启动", f"Cannot serve at {host}:{port}; nothing was started")
    reason = error.strerror or str(error)
    why = Text(f"系统答复：{reason}", f"the system says: {reason}")
    mend = Text(
        "请检查 --host 是否为本机地址；1024 以下的端口须有相应权限。",
        "Check that --host is an address of this machine; ports below 1024 need the right to use them.",
    )
    return UnusableCall(Explanation(what, why, mend), **place)


def _no_queue(name: str, known: tuple[str, ...]) -> Explanation:
    there = "、".join(known)
    return Explanation(
        Text(f"没有队列 {name}", f"There is no queue {name}"),
        Text(f"现有队列：{there}", f"queues: {', '.join(known)}"),
        Text("请用 --queues 指定现有队列，或不指定。", "Name some of them with --queues, or leave it out."),
    )


def _ended(end: End) -> Explanation:
    words = Text("后台任务", "the background work") if end.first == "worker" else Text("网页服务", "the pages")
    return Explanation(
        Text(f"{words.zh}意外停止，已全部停止", f"The process of {words.en} ended unasked; all was stopped"),
        Text(f"退出码 {end.code}，原因见上方的输出", f"its exit code is {end.code}; what it said is above"),
        Text(
            "请再次运行同一命令；如再次发生，请将输出交给系统管理员。",
            "Run the same command again; if it happens again, give the output to the administrator.",
        ),
    )
