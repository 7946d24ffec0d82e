from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from xinheng import server as servers
from xinheng.core.errors import Unavailable
from xinheng.server import binaries, sentences, sockets
from xinheng.server.account import Account, account_for
from xinheng.server.layout import Layout, prepare

from .conftest import House, value, wait_until

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def account() -> Account:
    """The unprivileged account of the machine where the tests run as root, else the user's own."""
    if not AS_ROOT:
        return Account(os.geteuid(), os.getegid())
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


@pytest.fixture
def closed_house(open_folder: Path) -> Iterator[House]:
    """A home below a folder that only its owner may enter, as a clone in root's home is."""
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    made = House(closed / "家")
    yield made
    made.close()
    if made.layout.pointer.exists():
        place = Path(made.layout.pointer.read_text())
        shutil.rmtree(place)
        with contextlib.suppress(OSError):  # others may use it
            place.parent.rmdir()


def test_a_plain_user_runs_the_server_in_a_home_of_its_own(empty_house: House, account: Account) -> None:
    empty_house.home.mkdir()
    os.chown(empty_house.home, account.uid, account.gid)
    holder = empty_house.holder(account).ready()
    assert "failed" not in holder.got, holder.got
    assert empty_house.status.data.stat().st_uid == account.uid
    assert empty_house.layout.folder.stat().st_mode & 0o777 == 0o700
    assert Path(f"/proc/{holder.got['server']}").stat().st_uid == account.uid
    assert holder.ask("SELECT 1") == 1
    joined = empty_house.holder().ready()  # where the tests run as root: root joins the user's server
    assert joined.got["server"] == holder.got["server"]
    holder.leave()
    joined.leave()
    empty_house.wait_until_stopped()
    again = empty_house.holder(account).ready()  # and leaves nothing behind that the user cannot open
    assert again.ask("SELECT 1") == 1


def test_the_server_never_runs_as_root(house: House) -> None:
    server = servers.ensure(house.home)
    assert Path(f"/proc/{server.pid}").stat().st_uid != 0
    assert house.status.data.stat().st_uid == Path(f"/proc/{server.pid}").stat().st_uid
    server.release()


def test_a_closed_home_stays_closed_and_its_cluster_lies_where_the_account_reaches_it(closed_house: House) -> None:
    modes = [path.stat().st_mode for path in closed_house.home.parents]
    server = servers.ensure(closed_house.home)
    assert value(server.url, "SELECT 1") == 1
    assert [path.stat().st_mode for path in closed_house.home.parents] == modes
    inside = closed_house.status.data.is_relative_to(closed_house.layout.home)
    assert inside is not AS_ROOT  # a plain user reaches its own home
    server.release()
    closed_house.wait_until_stopped()
    again = servers.ensure(closed_house.home)
    assert value(again.url, "SELECT 1") == 1
    again.release()


def test_a_home_that_was_moved_keeps_its_data(closed_house: House) -> None:
    server = servers.ensure(closed_house.home)
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    server.release()
    closed_house.wait_until_stopped()
    moved = House(closed_house.home.with_name("moved"))
    closed_house.home.rename(moved.home)
    try:
        again = servers.ensure(moved.home)
        assert value(again.url, "SELECT number FROM kept") == 7
        again.release()
        moved.wait_until_stopped()
    finally:
        moved.close()
    moved.home.rename(closed_house.home)


def test_programs_that_the_account_cannot_reach_are_copied_once(
    account: Account, tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "shared_place", lambda _: open_folder)
    monkeypatch.setattr(Account, "reads", lambda *_: False)
    copied = binaries.programs(account)
    assert copied.is_relative_to(open_folder)
    monkeypatch.undo()
    assert account.reads(copied / "postgres", copied.parent / "share" / "postgres.bki")
    done = subprocess.run([copied / "initdb", "--version"], capture_output=True, check=True, **account.as_child())
    assert b"PostgreSQL" in done.stdout
    made = copied.parents[2].stat().st_ino
    monkeypatch.setattr(binaries, "shared_place", lambda _: open_folder)
    monkeypatch.setattr(Account, "reads", lambda *_: False)
    assert binaries.programs(account).parents[2].stat().st_ino == made


def test_a_failed_start_ends_at_once_and_shows_the_tail_of_the_log(house: House) -> None:
    servers.ensure(house.home).release()
    house.wait_until_stopped()
    configuration = house.status.data / "postgresql.conf"
    configuration.write_text(configuration.read_text() + "\nno_such_setting = 1\n")
    with pytest.raises(Unavailable) as failed:
        servers.ensure(house.home)
    assert "no_such_setting" in failed.value.explanation.why.en
    assert "no_such_setting" in failed.value.explanation.why.zh
    assert "no_such_setting" in str(failed.value.facts["tail"])
    assert house.status.holders == ()
    wait_until(lambda: not house.supervisors)


def test_an_existing_cluster_without_its_secret_is_not_entered_nor_replaced(house: House) -> None:
    servers.ensure(house.home).release()
    house.wait_until_stopped()
    secret = house.layout.superuser_password.read_text()
    house.layout.superuser_password.write_text("wrong")
    with pytest.raises(Unavailable) as failed:
        servers.ensure(house.home)
    assert "superuser-password" in failed.value.explanation.why.en
    house.wait_until_stopped()
    house.layout.superuser_password.write_text(secret)
    house.layout.password.unlink()  # that one is made again
    server = servers.ensure(house.home)
    assert value(server.url, "SELECT 1") == 1
    server.release()


@pytest.fixture
def short(account: Account) -> Iterator[Path]:
    """A folder with a short path: the folders of tests are deep, and a socket's path is not."""
    folder = Path(tempfile.mkdtemp(prefix="xh-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_socket_folder_that_another_user_took_is_passed_over(
    account: Account, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "BASE", short)
    taken = short / f"xinheng-{account.uid}-digest"
    taken.symlink_to(short)
    open_to_all = taken.with_name(f"{taken.name}-1")
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    folder = sockets.make_folder("digest", account)
    assert folder.name.endswith("digest-2")
    assert sockets.is_private(folder, account.uid)
    assert sockets.make_folder("digest", account) == folder


def test_a_socket_path_of_more_than_107_bytes_is_refused_in_words(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("深" * 30)
    deep.mkdir()
    monkeypatch.setattr(sockets, "BASE", deep)
    with pytest.raises(Unavailable, match="too long"):
        sockets.make_folder("digest", account)


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        (
            'FATAL:  could not extend file "x": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.',
            "disk is full",
        ),
        ('FATAL:  could not write file "x": No space left on device', "the disk is full"),
        ('LOG:  Unix-domain socket path "/x" is too long (maximum 107 bytes)', "the path of its socket is too long"),
        ("FATAL:  something else", "did not start"),
    ],
)
def test_the_reason_is_read_from_the_log(tail: str, expected: str) -> None:
    told = sentences.why_of(tail, log=Path("postgres/server.log"))
    assert expected in told.what.en
    assert all(told.in_language("zh"))


def test_a_home_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("")
    with pytest.raises(Unavailable):
        servers.ensure(home)


def test_an_existing_cluster_keeps_the_account_that_owns_it(tmp_path: Path, account: Account) -> None:
    data = tmp_path / "data"
    data.mkdir()
    os.chown(data, account.uid, account.gid)
    assert account_for(home=tmp_path, data=data) == account


def test_two_spellings_of_one_folder_are_one_home(tmp_path: Path) -> None:
    prepare(Layout.of(tmp_path / "home"))
    (tmp_path / "link").symlink_to(tmp_path / "home")
    assert Layout.of(tmp_path / "link") == Layout.of(tmp_path / "home" / "postgres" / "..")
