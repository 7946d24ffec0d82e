"""Advisory locks (咨询锁): who works on what, known to every process that shares the database. A killed process lets go by dying.

All classes of locks stand here, so that no two concepts can take one number.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import connection

_HELD = """
    SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s::bigint::oid AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"""


class Lock(IntEnum):
    """What a lock is on; the number is its class in the database."""

    INSTALLING = 7000  # the migrations without a key, the first accounts with one
    SUBMISSION = 7001
    REGISTER = 7002  # taken without a key
    ITEM = 7003
    JOB = 7004
    WORKERS = 7005  # shared by all workers
    DELIVERY = 7006
    LAKE = 7007
    KEYS = 7012  # shared by whoever seals, alone for whoever makes or destroys a key


def take(lock: Lock, key: int | str, *, shared: bool = False) -> None:
    """Take a lock for this connection, after waiting for whoever has it; ``key`` says on which one of its class."""
    _ask("pg_advisory_lock_shared" if shared else "pg_advisory_lock", lock, key)


def try_to_take(lock: Lock, key: int | str) -> bool:
    """Take a lock for this connection, or be told no where somebody has it."""
    return bool(_ask("pg_try_advisory_lock", lock, key))


def take_to_the_end(lock: Lock, key: int | str, *, shared: bool = False) -> None:
    """Take a lock, after waiting, until the transaction of the caller ends."""
    _ask("pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock", lock, key)


def let_go(lock: Lock, key: int | str) -> None:
    """Let a lock of this connection go."""
    _ask("pg_advisory_unlock", lock, key)


@contextmanager
def held(lock: Lock, key: int | str) -> Iterator[None]:
    """Hold a lock while the work inside lasts, after waiting for it."""
    take(lock, key)
    try:
        yield
    finally:
        let_go(lock, key)


def is_held(lock: Lock, key: int) -> bool:
    """Tell whether anybody has the lock this moment."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [lock.value, _number(key)])
        return bool(cursor.fetchone()[0])


def _ask(function: str, lock: Lock, key: int | str) -> object:
    place = "hashtext(%s)" if isinstance(key, str) else "%s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, {place})", [lock.value, key if isinstance(key, str) else _number(key)])
        return cursor.fetchone()[0]


def _number(key: int) -> int:
    return key % 2**31
