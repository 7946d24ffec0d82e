"""A program that has imported what every command imports, and forks a process for each command that it is asked to run.

It reads lines of JSON (``words``, ``environment``, ``folder``, ``out``, ``err``) and answers each with the exit code. The
process of a command is like any that ``python -m xinheng`` starts: its own environment, folder, output, settings, database
connections and end; what it does not do again is to load the same program.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import runpy
import sys
from pathlib import Path

WANTED = (
    "xinheng.cli", "xinheng.jobs.timetable", "xinheng.project.home", "xinheng.project.logs",
    "django.contrib.postgres.fields", "django.core.handlers.asgi", "django.core.management", "django.db.backends.postgresql.base",
    "django.db.migrations.executor", "django.forms", "django.middleware.csrf", "django.template.backends.django", "procrastinate",
    "psycopg_pool", "cryptography.hazmat.primitives.ciphers.aead", "chinese_calendar", "logging.config", "xlsxwriter",
    "pyarrow.parquet",
)  # fmt: skip
"""What commands import, beside the core; nothing of it asks for settings."""


def _become(asked: dict[str, object]) -> None:
    """Turn this process into that of the command."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    out, err = (os.open(str(asked[name]), os.O_WRONLY | os.O_CREAT | os.O_APPEND) for name in ("out", "err"))
    for opened, number in ((nothing, 0), (out, 1), (err, 2)):
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(asked["environment"])  # type: ignore[call-overload]
    os.chdir(str(asked["folder"]))
    sys.argv = [str(Path(sys.argv[0]).with_name("__main__.py")), *asked["words"]]  # type: ignore[misc]


def main() -> None:
    """Answer until nobody asks any more."""
    core = importlib.import_module("xinheng.core")
    for name in (*WANTED, *(found.name for found in pkgutil.walk_packages(core.__path__, "xinheng.core."))):
        importlib.import_module(name)
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - not a folder on a disk
    assert threads == 1, f"{threads} threads: a fork would lose all but one"
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            break
        print(json.dumps({"pid": child}), flush=True)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"code": os.waitstatus_to_exitcode(status)}), flush=True)
    else:
        return
    _become(asked)
    runpy.run_module("xinheng", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
