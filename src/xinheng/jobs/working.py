"""Working (工作进程): take jobs until told to stop, and outlive the database's restarts.

Told to stop, the worker takes no new job and gives the one in hand some seconds; a long file is left after the chunk that is being written.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Sequence
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.db.backends.signals import connection_created
from procrastinate.app import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.db_cleanup import close_db_connections
from procrastinate.exceptions import ConnectorException

from xinheng.jobs.running import held_and_explained
from xinheng.usecases.jobs.abandoned import sign_on

PATIENCE = 5.0
"""Seconds that a job in hand is given after the wish to stop, before it is asked to leave."""
_PAUSE = 1.0  # seconds between two questions whether the database is back
_LOG = logging.getLogger("xinheng.jobs")
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def work(*, concurrency: int, queues: Sequence[str], drain: bool) -> None:
    """Work on what is in line and on the timetable until told to stop; with ``drain`` only until nothing is left that is due."""
    connection_created.connect(_notice_a_killed_worker)
    connection.close()  # the next one is made with that setting
    options = {"concurrency": concurrency, "queues": list(queues) or None, "wait": not drain}
    while True:
        try:
            abandoned = sign_on()
            _LOG.info("worker-started", extra={"facts": {"concurrency": concurrency, "abandoned": abandoned}})
            if _worked(options) or drain:
                break
        except (ConnectorException, OperationalError, InterfaceError):
            if drain:
                raise
        _LOG.warning("worker-interrupted", extra={"facts": {"again_in": _PAUSE}})
        connection.close()
        time.sleep(_PAUSE)
    _LOG.info("worker-stopped")


def _notice_a_killed_worker(sender: object, connection: Any, **_: Any) -> None:  # noqa: ARG001 (the interface of a signal)
    """Have the server look every second whether the worker lives while it waits for a lock: else a dead one would keep its turn."""
    with connection.cursor() as cursor:
        cursor.execute("SET client_connection_check_interval = '1s'")


def _worked(options: dict[str, Any]) -> bool:
    """Work until the end and tell whether it was asked for; else the connection was lost."""
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as working:
        return asyncio.run(_until_told(working, options))


async def _until_told(working: App, options: dict[str, Any]) -> bool:
    loop, asked = asyncio.get_running_loop(), False
    async with working.open_async():
        running = asyncio.create_task(
            working.run_worker_async(
                name="xinheng", listen_notify=options["wait"], install_signal_handlers=False, shutdown_graceful_timeout=PATIENCE,
                task_middleware=[close_db_connections, held_and_explained], **options,
            )
        )  # fmt: skip

        def stop() -> None:
            nonlocal asked
            asked = True
            for number in _SIGNALS:  # a second Ctrl-C does not wait
                loop.remove_signal_handler(number)
            running.cancel()

        for number in _SIGNALS:
            loop.add_signal_handler(number, stop)
        with contextlib.suppress(asyncio.CancelledError):
            await running
    return asked
