"""A full disk: the command says so, nothing is half done, and once there is room the same command finishes the work once.

Where the machine lets us, the disk is a small one of the command's own (a file system in memory, mounted where only the
command sees it). Elsewhere only the sealed file meets its limit: the largest file that the process may write.
"""

from __future__ import annotations

import contextlib
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..commands import Done, Xinheng, environment
from ..sheets import PENALTY, TODAY, Province, penalty_sheet

SMALL = 256 << 10
CAN_MOUNT = not subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode
ROOM = 160 << 20  # of a whole database server
LEFT = 1 << 18  # what is left of it for the file


class Cell:
    """A place where a folder is a small disk, for the commands that run in it alone."""

    def __init__(self, folder: Path, size: int) -> None:
        script = f'mount -t tmpfs -o size={size},mode=755 none "$0" && echo ready && read -r _'
        self._keeper = subprocess.Popen(
            ["unshare", "-m", "sh", "-c", script, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._keeper.stdout is not None
        assert self._keeper.stdout.readline() == "ready\n"

    def run(self, *words: object, home: Path) -> Done:
        inside = ["nsenter", "-t", str(self._keeper.pid), "-m", f"--wd={Path.cwd()}"]
        done = subprocess.run(
            [*inside, *map(str, words)], capture_output=True, text=True, env=environment(home), timeout=120, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr[-4000:]
        return Done(done.returncode, done.stdout, done.stderr)

    def close(self) -> None:
        for pipe in (self._keeper.stdin, self._keeper.stdout):
            assert pipe is not None
            pipe.close()
        self._keeper.wait()


@contextlib.contextmanager
def cell(folder: Path, size: int) -> Iterator[Cell]:
    folder.mkdir(parents=True, exist_ok=True)
    made = Cell(folder, size)
    try:
        yield made
    finally:
        made.close()


def _file(province: Province, path: Path, rows: int) -> Path:
    texts = (f"第{number}项事实，" * 30 for number in range(rows))
    path.write_bytes(
        penalty_sheet(
            *(province.penalty(n % 60, CF_WSH=f"满罚〔2026〕{n}号", CF_SY=text) for n, text in enumerate(texts))
        )
    )
    return path


def _said_full(done: Done) -> None:
    assert done.code == 2, done
    error = done.json["error"]
    assert "disk is full" in error["what"]["en"].lower(), error
    assert "磁盘已满" in error["what"]["zh"]
    assert "same command" in error["mend"]["en"]


def _limited() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))


def test_the_sealed_file_does_not_fit(own_home: Xinheng, province: Province, tmp_path: Path) -> None:
    file = _file(province, tmp_path / "file.csv", 900)
    assert file.stat().st_size > SMALL
    words = ("submit", PENALTY, file, "--agency", province.agency, "--on", TODAY.isoformat(), "--json")
    before, sealed = own_home.counts(), own_home.sealed_files()
    if CAN_MOUNT:
        with cell(own_home.home / "files", SMALL) as small:
            done = small.run(sys.executable, "-m", "xinheng", *words, home=own_home.home)
        _said_full(done)
    else:
        done = own_home(*words, before=_limited, expect=2)
        assert done.json["error"]["mend"]["zh"]
    assert own_home.counts() == before
    assert own_home.sealed_files() == sealed
    taken = own_home(*words).json
    assert [taken["received"], taken["accepted"]] == [900, 900]


if CAN_MOUNT:

    @pytest.fixture
    def open_folder() -> Iterator[Path]:
        """A folder that the server's account can pass through; any other run of pytest closes pytest's own."""
        with tempfile.TemporaryDirectory(prefix="xinheng-full-") as folder:
            Path(folder).chmod(0o755)
            yield Path(folder)

    def test_the_database_is_full(province: Province, tmp_path: Path, open_folder: Path) -> None:
        """Its whole server stands on the small disk, with almost no room left when the file comes."""
        home = open_folder / "home"
        (tmp_path / "register.csv").write_bytes(province.register_sheet())
        file = _file(province, tmp_path / "file.csv", 6000)
        words = ("submit", PENALTY, file, "--agency", province.agency, "--on", TODAY.isoformat(), "--json")
        with cell(home, ROOM) as small:

            def xinheng(*given: object) -> Done:
                return small.run(sys.executable, "-m", "xinheng", *given, home=home)

            assert xinheng("subjects", "load", tmp_path / "register.csv").code == 0
            granted = ("--name", "某局", "--grant", PENALTY, "--from", "2026-01-01")
            assert xinheng("agencies", "add", province.agency, *granted).code == 0
            assert xinheng("server", "stop").code == 0  # a server that still ends gives room back afterwards
            ballast = home / "ballast"
            small.run("fallocate", "-l", str(_free(small, home) - LEFT - file.stat().st_size), ballast, home=home)
            _said_full(xinheng(*words))
            small.run("rm", ballast, home=home)
            taken = xinheng(*words)
            assert taken.code == 0, taken
            _is_once(taken.json, xinheng, province)


def _free(small: Cell, home: Path) -> int:
    blocks, size = small.run("stat", "-f", "-c", "%a %S", home, home=home).out.split()
    return int(blocks) * int(size)


def _is_once(result: dict[str, Any], xinheng: Any, province: Province) -> None:
    assert [result["received"], result["accepted"]] == [6000, 6000]
    listed = xinheng("submissions", "--json").json
    assert [(one["state"], one["received"]) for one in listed] == [("committed", 6000)]
    code = province.penalty(0)["CF_XDR_SHXYM"]
    numbers = [
        one["decision_number"] for one in xinheng("file", code, "--as-of", TODAY.isoformat(), "--json").json["records"]
    ]
    assert sorted(numbers) == sorted(f"满罚〔2026〕{n}号" for n in range(0, 6000, 60))
