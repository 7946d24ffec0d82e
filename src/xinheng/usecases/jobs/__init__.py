"""Jobs (任务): what waits in line for a worker, what failed and why, and what a person may do about it.

PostgreSQL is the queue (procrastinate, ADR 8). Tables: procrastinate's own, and ``store.models.jobs`` for reasons. The tasks and the
timetable are in ``xinheng.jobs``. Commands: ``xinheng worker``, ``xinheng jobs``.
"""
