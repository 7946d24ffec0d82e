"""``xinheng run``, ``serve``, ``worker``: the platform at work. What one of them starts ends with it."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

import click

from xinheng.cli import sample as sample_command
from xinheng.cli.intake import show_outcome
from xinheng.cli.printing import say
from xinheng.cli.progress import Bar
from xinheng.cli.starting import now, start, today
from xinheng.core.access import Actor

ORGANISATIONS, RECORDS, SEED = 3_000, 10_000, 2026
ITEM = "administrative-penalty"
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option("--port", type=int, default=8000, show_default=True, help="The port to serve at.")
@click.option("--no-serve", is_flag=True, help="Make the sample province and run the journey, then stop.")
def run(host: str, port: int, no_serve: bool) -> None:  # noqa: FBT001
    """Start everything with a small sample province; run again, it changes nothing that need not change."""
    start()
    journey()
    if not no_serve:
        _serve_all(host, port)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option("--port", type=int, default=8000, show_default=True, help="The port to serve at.")
def serve(host: str, port: int) -> None:
    """Serve the pages."""
    start()
    import uvicorn

    uvicorn.run("xinheng.project.asgi:application", host=host, port=port, log_level="warning", lifespan="off")


@click.command()
def worker() -> None:
    """Work on what is in the queue and on the timetable."""
    start()
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(wait=True, listen_notify=True)


def journey() -> None:
    """Make the sample province once, load its register and agencies, hand its files in, and say how it went."""
    from django.conf import settings

    from xinheng.usecases.users import FIRST_OPERATOR, actor_named

    folder: Path = settings.HOME / "sample"
    if not (folder / "summary.json").exists():
        say("正在生成样例省……", "Making a sample province …")
        sample_command.made(folder, organisations=ORGANISATIONS, records=RECORDS, seed=SEED, today=today())
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    actor = actor_named(FIRST_OPERATOR, on=today())
    _seed(folder, actor)
    for file in summary["files"]:
        _hand_in(folder / file["name"], file["agency"], file["agency_name"], actor, summary["today"])


def _seed(folder: Path, actor: Actor) -> None:
    import csv

    from xinheng.store.models import Agency, Subject
    from xinheng.usecases.agencies import load_agencies
    from xinheng.usecases.subjects.load import load_register

    if not Agency.objects.exists():
        with (folder / "agencies.csv").open(encoding="utf-8", newline="") as sheet:
            load_agencies(csv.DictReader(sheet), items=(ITEM, "legal-entity-registration"), actor=actor, at=now(), on=today())
    if not Subject.objects.exists():
        register = folder / "register.csv"
        with register.open("rb") as content, Bar(label="register  ") as bar:
            load_register(
                content, name=register.name, size=register.stat().st_size, as_of=today(), actor=actor, at=now(), progress=bar.tell
            )


def _hand_in(path: Path, agency: str, agency_name: str, actor: Actor, day: str) -> None:
    import datetime as dt

    from xinheng.usecases.intake import submit as intake

    with path.open("rb") as content, Bar(label="penalties ") as bar:
        call = intake.Call(
            item=ITEM, agency=agency, file_name=path.name, content=content, size=path.stat().st_size, received_on=dt.date.fromisoformat(day)
        )
        outcome = intake.submit(call, actor=actor, at=now(), progress=bar.tell)
    click.echo(f"\n{agency_name}  {path.name}")
    show_outcome(intake.result_of(outcome))


def _serve_all(host: str, port: int) -> None:
    """Serve pages and work on jobs in two processes of our own; both end with this one, however it ends."""
    commands = (["serve", "--host", host, "--port", str(port)], ["worker"])
    children = [_child(arguments) for arguments in commands]

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 (the interface of a signal handler)
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    say(f"\n请打开 http://{host}:{port}  （Ctrl-C 停止）", f"\nOpen http://{host}:{port}  (Ctrl-C stops)")
    os.waitpid(children[0].pid, 0)
    stop(0, None)
    children[1].wait()


def _child(arguments: list[str]) -> subprocess.Popen[bytes]:
    parent = os.getpid()

    def end_with_parent() -> None:
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(0)

    return subprocess.Popen([sys.executable, "-m", "xinheng", *arguments], preexec_fn=end_with_parent, start_new_session=False)  # noqa: PLW1509
