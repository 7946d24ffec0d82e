"""How the server is set: bulk work on a small machine, safe by default, and no content of a row in its log."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

_MEGABYTE = 1 << 20

# log_min_messages=log leaves out ERROR: an error's own sentence may quote a value ("invalid input syntax for …").
_FIXED = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "8GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "jit": "off",
    "random_page_cost": "1.1",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "lc_messages": "C",
    "cluster_name": "xinheng",
}


def settings(*, socket_dir: Path, port: int) -> dict[str, str]:
    """Return every setting of the server whose socket lies in ``socket_dir``, sized by the memory of this machine."""
    memory = usable_memory()
    return {
        **_FIXED,
        "unix_socket_directories": str(socket_dir),
        "port": str(port),
        "shared_buffers": f"{min(8192, max(16, memory // 6))}MB",  # the ledger's key is random in a partition: it must fit
        "effective_cache_size": f"{max(64, memory // 2)}MB",
        "maintenance_work_mem": f"{min(512, max(16, memory // 16))}MB",
        "work_mem": f"{min(32, max(4, memory // 256))}MB",
        "dynamic_shared_memory_type": _dynamic_shared_memory(),
    }


def usable_memory() -> int:
    """Return the memory of this machine, or of its container where that is less, in MB."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):  # no such limit, or "max"
        total = min(total, int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    return total // _MEGABYTE


def _dynamic_shared_memory() -> str:
    """Keep away from a /dev/shm of 64 MB, as containers have it: a parallel query would fail in the middle."""
    try:
        return "posix" if shutil.disk_usage("/dev/shm").total >= 512 * _MEGABYTE else "mmap"  # noqa: S108
    except OSError:
        return "mmap"
