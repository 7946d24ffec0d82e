"""The supervisor of the embedded PostgreSQL (内置数据库): one server for each home, shared by all processes of ours.

For the command line and the project's settings; knows no Django. Decision D1 of the design; no legal basis of its own.
A production platform sets ``DATABASE_URL`` and does without it.

Whoever calls :func:`ensure` holds the server until it calls ``release()`` or ends. A detached supervisor
(:mod:`xinheng.server.supervise`) starts the server, restarts it when it dies, and stops it after the last holder; a
thread in every holder starts the supervisor again when that is killed. All of it hangs on locks of the kernel, none of
it on a pid that was not verified. Linux only.
"""

from __future__ import annotations

from xinheng.server.entry import Server, Status, ensure, status, stop
from xinheng.server.sentences import ServerInUse

__all__ = ["Server", "ServerInUse", "Status", "ensure", "status", "stop"]
