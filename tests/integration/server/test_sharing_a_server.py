from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import psycopg
import pytest

from xinheng import server as servers
from xinheng.server import ServerInUse

from .conftest import House, value, wait_until


def test_several_processes_share_one_server_and_it_stops_with_the_last(house: House) -> None:
    first = house.holder().ready()
    second = house.holder().ready()
    assert first.got["server"] == second.got["server"]
    assert set(house.status.holders) == {first.got["pid"], second.got["pid"]}
    first.leave()
    assert second.ask("SELECT current_user::text") == "xinheng"
    second.leave()
    house.wait_until_stopped()
    assert house.processes() == []
    assert house.supervisors == []


def test_five_first_starts_at_once_make_one_cluster(empty_house: House) -> None:
    holders = [empty_house.holder() for _ in range(5)]
    assert len({holder.ready().got["server"] for holder in holders}) == 1
    assert len(empty_house.supervisors) == 1
    assert len({holder.ask("SELECT system_identifier::text FROM pg_control_system()") for holder in holders}) == 1
    assert len(empty_house.status.holders) == 5


def test_two_homes_never_meet_even_where_one_is_a_copy_of_the_other(house: House, used_home: Path) -> None:
    other = House(house.home.with_name("other"))
    subprocess.run(["cp", "-a", used_home, other.home], check=True)
    try:
        here, there = house.holder().ready(), other.holder().ready()
        assert here.got["socket_dir"] != there.got["socket_dir"]
        here.ask("CREATE TABLE mine ()")
        assert there.ask("SELECT count(*) FROM pg_tables WHERE tablename = 'mine'") == 0
        there.leave()
        other.wait_until_stopped()
        assert here.ask("SELECT 1") == 1
    finally:
        other.close()


def test_a_holder_that_comes_during_the_stop_waits_and_gets_a_server(house: House) -> None:
    for _ in range(4):
        house.holder().ready().kill()
    server = servers.ensure(house.home)
    assert value(server.url, "SELECT 1") == 1
    server.release()
    house.wait_until_stopped()


def test_one_process_may_ensure_twice_and_the_server_stays_until_both_are_released(house: House) -> None:
    first, second = servers.ensure(house.home), servers.ensure(house.home)
    assert house.status.holders == (os.getpid(),)
    first.release()
    first.release()
    assert value(second.url, "SELECT 1") == 1
    assert house.status.holders == (os.getpid(),)
    second.release()
    house.wait_until_stopped()


def test_threads_of_one_process_ensure_at_once(house: House) -> None:
    got: list[servers.Server] = []
    threads = [threading.Thread(target=lambda: got.append(servers.ensure(house.home))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({server.pid for server in got}) == 1
    for server in got:
        server.release()
    house.wait_until_stopped()


def test_a_forked_child_holds_by_itself(house: House) -> None:
    server = servers.ensure(house.home)
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(tell)
        os.read(told, 1)
        os._exit(0)
    os.close(told)
    try:
        server.release()
        wait_until(lambda: house.status.holders == (child,))
        assert value(server.url, "SELECT 1") == 1
    finally:
        os.close(tell)
        os.waitpid(child, 0)
    house.wait_until_stopped()


def test_stop_refuses_while_others_hold_and_force_stops_for_good(house: House) -> None:
    holder = house.holder().ready()
    with pytest.raises(ServerInUse) as refused:
        servers.stop(house.home)
    assert refused.value.facts["holders"] == (holder.got["pid"],)
    assert str(holder.got["pid"]) in refused.value.explanation.why.zh
    servers.stop(house.home, force=True)
    assert not house.status.running
    assert not house.status.supervised
    assert house.status.holders == (holder.got["pid"],)
    again = house.holder().ready()
    assert again.ask("SELECT 1") == 1


def test_stop_gives_up_the_hold_of_its_own_process(house: House) -> None:
    servers.ensure(house.home)
    servers.stop(house.home)
    assert not house.status.running
    assert house.supervisors == []


def test_status_and_stop_of_an_unused_home_find_nothing_and_make_nothing(tmp_path: Path) -> None:
    home = tmp_path / "nothing"
    assert not servers.status(home).running
    servers.stop(home)
    assert not home.exists()


def test_address_parameters_and_secrets_are_what_psycopg_needs_and_nobody_else_sees(house: House) -> None:
    server = servers.ensure(house.home)
    with psycopg.connect(**server.params) as connection:  # type: ignore[arg-type]
        row = connection.execute(
            "SELECT current_database()::text, current_setting('is_superuser'), current_setting('TimeZone')"
        ).fetchone()
    assert row == ("xinheng", "off", "UTC")
    assert server.password not in repr(server)
    assert house.layout.password.stat().st_mode & 0o777 == 0o600
    assert house.layout.superuser_password.stat().st_mode & 0o777 == 0o600
    assert house.status.data.stat().st_mode & 0o077 == 0
    assert server.socket_dir.stat().st_mode & 0o077 == 0
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(**{**server.params, "password": "wrong"})  # type: ignore[arg-type]
    server.release()


def test_the_server_is_safe_by_default_and_knows_chinese(house: House) -> None:
    server = servers.ensure(house.home)
    with psycopg.connect(server.url, autocommit=True) as connection:
        names = ("fsync", "synchronous_commit", "full_page_writes", "listen_addresses", "jit")
        settings = [connection.execute(f"SHOW {name}".encode()).fetchone() for name in names]
        assert settings == [("on",), ("on",), ("on",), ("",), ("off",)]
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT cardinality(show_trgm('中文信用'))").fetchone() == (5,)
        assert connection.execute("SELECT upper('ä'), '中' ~ '\\w'").fetchone() == ("Ä", True)
    server.release()


def test_no_content_of_a_row_reaches_the_log(house: House) -> None:
    server = servers.ensure(house.home)
    made_up = "madeup-000000000000000000"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE person (code text PRIMARY KEY, born date)")
        connection.execute("INSERT INTO person VALUES (%s)", [made_up])
        for query in ("INSERT INTO person VALUES (%s)", "INSERT INTO person(born) VALUES (%s::text::date)"):
            with pytest.raises((psycopg.DataError, psycopg.IntegrityError)):
                connection.execute(query, [made_up])
        with pytest.raises(psycopg.Error), connection.cursor().copy("COPY person FROM STDIN") as copy:
            copy.write(f"{made_up}\tno date {made_up}\n")
    server.release()
    house.wait_until_stopped()
    assert "madeup" not in house.layout.log.read_text(encoding="utf-8")
