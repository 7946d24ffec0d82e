from __future__ import annotations

import os
import signal
import subprocess
import threading
from pathlib import Path

import psycopg
import pytest

from xinheng import server as servers
from xinheng.server import locks, sockets
from xinheng.server import state as states
from xinheng.server.account import Account

from .conftest import House, answers, kill_hard, value, wait_until


def test_the_server_stops_after_its_last_holder_was_killed(house: House) -> None:
    holder = house.holder().ready()
    holder.kill()
    house.wait_until_stopped()
    assert house.status.holders == ()
    assert house.processes() == []


def test_a_killed_supervisor_is_replaced_and_the_new_one_adopts_the_running_server(house: House) -> None:
    holder = house.holder().ready()
    before = house.wait_until_supervised()
    kill_hard(before)
    assert holder.ask("SELECT 1") == 1
    after = house.wait_until_supervised()
    assert after != before
    assert house.status.pid == holder.got["server"]
    holder.leave()
    house.wait_until_stopped()
    assert house.processes() == []


def test_a_server_that_lost_supervisor_and_holders_is_adopted_by_the_next_ensure(house: House) -> None:
    holder = house.holder().ready()
    supervisor = house.wait_until_supervised()
    os.kill(holder.got["pid"], signal.SIGSTOP)  # so that it cannot start a new supervisor before it is killed
    kill_hard(supervisor)
    holder.kill()
    assert house.status.running
    assert not house.status.supervised
    server = servers.ensure(house.home)
    assert server.pid == holder.got["server"]
    server.release()
    house.wait_until_stopped()


def test_a_server_that_lost_supervisor_and_holders_can_be_stopped(house: House) -> None:
    holder = house.holder().ready()
    supervisor = house.wait_until_supervised()
    os.kill(holder.got["pid"], signal.SIGSTOP)
    kill_hard(supervisor)
    holder.kill()
    servers.stop(house.home)
    assert not house.status.running
    assert house.processes() == []


def test_a_killed_server_is_started_again_with_all_that_was_committed(house: House) -> None:
    server = servers.ensure(house.home)
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    kill_hard(server.pid)
    wait_until(lambda: answers(server.url))
    assert value(server.url, "SELECT count(*) FROM kept") == 1000
    wait_until(lambda: house.status.pid not in (None, server.pid))
    server.release()
    house.wait_until_stopped()


def test_children_that_outlive_a_killed_server_do_not_hinder_the_new_one(house: House) -> None:
    server = servers.ensure(house.home)
    with psycopg.connect(server.url, autocommit=True) as connection:
        stuck = connection.info.backend_pid
        os.kill(stuck, signal.SIGSTOP)  # it cannot notice the death of its parent
        kill_hard(server.pid)
        wait_until(lambda: answers(server.url))
        assert not Path(f"/proc/{stuck}").exists() or stuck not in house.processes()
    server.release()


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_supervisor_that_is_asked_to_go_stays_with_its_holders(house: House, asked: signal.Signals) -> None:
    holder = house.holder().ready()
    supervisor = house.wait_until_supervised()
    os.kill(supervisor, asked)
    assert holder.ask("SELECT 1") == 1
    assert house.supervisors == [supervisor]
    holder.leave()
    house.wait_until_stopped()


def test_a_stale_pid_that_names_an_innocent_process_harms_neither(house: House) -> None:
    server = servers.ensure(house.home)
    data, socket_dir = house.status.data, server.socket_dir
    note = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    server.release()
    house.wait_until_stopped()
    # an innocent process of the very account that runs the server, working in the data folder
    owner = data.stat()
    account = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    with subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, cwd=data, **account) as innocent:  # type: ignore[call-overload]
        (data / "postmaster.pid").write_text("\n".join([str(innocent.pid), *note[1:]]) + "\n", encoding="utf-8")
        assert sockets.make_folder(house.layout.digest, Account(owner.st_uid, owner.st_gid)) == socket_dir
        (socket_dir / ".s.PGSQL.5432.lock").write_text(f"{innocent.pid}\n{data}\n", encoding="utf-8")
        assert not house.status.running
        servers.stop(house.home, force=True)
        again = servers.ensure(house.home)
        assert value(again.url, "SELECT 1") == 1
        assert again.pid != innocent.pid
        again.release()
        house.wait_until_stopped()
        assert innocent.poll() is None
        innocent.communicate()


def test_what_a_reboot_leaves_behind_does_not_hinder_the_start(house: House) -> None:
    server = servers.ensure(house.home)
    said = states.read(house.layout)
    server.release()
    house.wait_until_stopped()
    assert said is not None
    states.write(house.layout, said)  # still "ready"
    house.layout.holders.joinpath("1-00000000").touch()  # a holder of the time before, its pid now another's
    assert not server.socket_dir.exists()
    assert house.status.holders == ()
    again = servers.ensure(house.home)
    assert value(again.url, "SELECT 1") == 1
    again.release()


def test_a_first_start_that_was_cut_off_is_begun_again(empty_house: House) -> None:
    cut_off = empty_house.holder()
    wait_until(lambda: any(empty_house.layout.folder.glob("data.draft-*/global")))
    supervisor = wait_until(lambda: empty_house.supervisors)[0]
    os.kill(cut_off.child.pid, signal.SIGSTOP)
    kill_hard(supervisor)
    cut_off.kill()
    server = servers.ensure(empty_house.home)
    assert value(server.url, "SELECT 1") == 1
    server.release()
    empty_house.wait_until_stopped()
    servers.ensure(empty_house.home).release()
    assert list(empty_house.layout.folder.glob("data.draft-*")) == []


def test_a_long_recovery_is_waited_for_without_a_limit(house: House) -> None:
    holder = house.holder().ready()
    holder.ask("CREATE TABLE heavy AS SELECT repeat(i::text, 50) AS filler FROM generate_series(1, 500000) AS i")
    server = house.status.pid
    assert server is not None
    supervisor = house.wait_until_supervised()
    os.kill(holder.got["pid"], signal.SIGSTOP)
    kill_hard(supervisor)
    kill_hard(server)
    holder.kill()

    frozen: list[int] = []
    told: list[str] = []
    got: list[servers.Server] = []
    waiter = threading.Thread(target=lambda: got.append(servers.ensure(house.home, on_wait=told.append)))
    waiter.start()
    frozen.append(wait_until(lambda: _recovering(house)))
    os.kill(frozen[0], signal.SIGSTOP)
    wait_until(lambda: any("recovering, 5 s" in text for text in told))
    assert got == []
    assert house.status.running
    os.kill(frozen[0], signal.SIGCONT)
    waiter.join()
    assert value(got[0].url, "SELECT count(*) FROM heavy") == 500_000
    got[0].release()


def _recovering(house: House) -> int | None:
    """Return the pid of the process that replays the log; a session that begins is called "startup" too, behind its database."""
    for pid in house.processes():
        try:
            if b": startup" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        except OSError:
            continue
    return None


def test_a_server_that_dies_during_its_recovery_is_noticed_at_once_and_started_again(house: House) -> None:
    server = servers.ensure(house.home)
    value(server.url, "WITH made AS (SELECT 1) SELECT * FROM made")
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE heavy AS SELECT repeat(i::text, 50) FROM generate_series(1, 500000) AS i")
    kill_hard(server.pid)
    os.kill(replaying := wait_until(lambda: _recovering(house)), signal.SIGSTOP)
    kill_hard(wait_until(lambda: house.status.pid))
    wait_until(lambda: answers(server.url))
    assert replaying not in house.processes()
    server.release()


def test_a_socket_that_was_cleared_away_comes_back_with_the_next_supervisor(house: House) -> None:
    holder = house.holder().ready()
    for path in Path(holder.got["socket_dir"]).iterdir():
        path.unlink()
    kill_hard(house.wait_until_supervised())
    wait_until(lambda: answers(holder.got["url"]))
    holder.leave()
    assert wait_until(lambda: locks.is_free(house.layout.supervisor_lock))
