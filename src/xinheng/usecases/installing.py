"""Installing (安装): tables up to date, the operator and the three administrators there, safely when several processes start at once."""

from __future__ import annotations

import datetime as dt

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from xinheng.store.locks import Lock
from xinheng.usecases.users import ensure_administrators, ensure_first_operator


def prepare(at: dt.datetime) -> tuple[tuple[str, str], ...]:
    """Migrate where something is to be migrated, and make the first operator and the three administrators, on the day of ``at``.

    Returns account and one-time secret of each administrator made now, to be shown once.
    """
    if _pending():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [Lock.INSTALLING.value])
            try:
                if _pending():
                    call_command("migrate", interactive=False, verbosity=0)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [Lock.INSTALLING.value])
    ensure_first_operator(on=at.date())
    return ensure_administrators(at=at, on=at.date())


def _pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
