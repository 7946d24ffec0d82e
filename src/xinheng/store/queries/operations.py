"""How the platform is doing: counts for operators. Nothing about a subject, a person or a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

SEEN_WITHIN = 30
"""Seconds within which a living worker gives a sign (it does so every ten)."""
_JOBS = "SELECT task_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2 ORDER BY 1, 2"
_OLDEST = """
    SELECT coalesce(extract(epoch FROM now() - min(event.at)), 0)::float8 FROM procrastinate_jobs job
    JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
    WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now()"""
_WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
_SUBMISSIONS = """
    SELECT item, CASE WHEN committed_at IS NOT NULL THEN 'committed' WHEN failed IS NOT NULL THEN 'failed' ELSE 'unfinished' END, count(*)
    FROM store_submission GROUP BY 1, 2 ORDER BY 1, 2"""
_ROWS = """
    SELECT item, sum(accepted), sum(unchanged), sum(corrected), sum(rejected), sum(waiting), sum(seconds)::float8, count(*)
    FROM store_submission WHERE committed_at IS NOT NULL GROUP BY 1 ORDER BY 1"""
_WAITING = "SELECT count(*) FROM store_waitingrow WHERE ended IS NULL"
_POSITION = "SELECT coalesce(max(id), 0) FROM store_outboxentry"
FATES = ("accepted", "unchanged", "corrected", "rejected", "waiting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts: jobs by task and status; submissions by item and state; rows of committed ones by item and fate; seconds and number of those."""

    jobs: dict[tuple[str, str], int]
    oldest_job_seconds: float
    workers: int
    submissions: dict[tuple[str, str], int]
    rows: dict[tuple[str, str], int]
    seconds: dict[str, tuple[float, int]]
    rows_waiting: int
    ledger_position: int


def figures() -> Figures:
    """Return the counts as they stand now."""
    rows = _all(_ROWS)
    return Figures(
        jobs={(task, status): count for task, status, count in _all(_JOBS)},
        oldest_job_seconds=_one(_OLDEST),
        workers=workers_seen(),
        submissions={(item, state): count for item, state, count in _all(_SUBMISSIONS)},
        rows={(row[0], fate): int(count) for row in rows for fate, count in zip(FATES, row[1:6], strict=True)},
        seconds={row[0]: (row[6], row[7]) for row in rows},
        rows_waiting=_one(_WAITING),
        ledger_position=_one(_POSITION),
    )


def workers_seen() -> int:
    """Return how many workers gave a sign lately."""
    return int(_one(_WORKERS, SEEN_WITHIN))


def migrations_are_applied() -> bool:
    """Tell whether the tables are those of this version; raises the database's errors where it is away."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _all(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _one(query: str, *parameters: float) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchone()[0]
