"""The cluster of one home: where it lies, how it is made once, and the role and database that are made in it."""

from __future__ import annotations

import functools
import json
import locale
import os
import secrets
import shutil
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from xinheng.core.errors import Unavailable
from xinheng.server import binaries, sentences
from xinheng.server.account import Account, account_for
from xinheng.server.layout import Layout, open_private, read_private, tail_of, write_private

ROLE = "xinheng"
DATABASE = "xinheng"
SUPERUSER = "postgres"
_DRAFT = "data.draft-"


@dataclass(frozen=True, slots=True)
class Cluster:
    """The data folder of one home and the account that owns it and runs its server."""

    layout: Layout
    data: Path
    account: Account

    @property
    def exists(self) -> bool:
        """Whether initdb finished here (the folder gets its name only then)."""
        return self.data.is_dir()

    @property
    def system_identifier(self) -> int:
        """The number that initdb gave to this cluster: the first eight bytes of its control file."""
        return int(struct.unpack("=Q", (self.data / "global" / "pg_control").read_bytes()[:8])[0])


def locate(layout: Layout) -> Cluster:
    """Find the cluster of a home, or the place for a new one.

    The place is ``<home>/postgres/data``. Where the server's account cannot reach the home (root's home is closed), it
    is a folder of its own outside, named in ``<home>/postgres/cluster``; no folder's mode is loosened.
    """
    data = _pointed_at(layout)
    account = account_for(home=layout.home, data=data or layout.data)
    if data is None and not layout.data.is_dir() and not account.enters(layout.folder):
        data = _make_outside(layout, account)
    return Cluster(layout, data or layout.data, account)


def find(layout: Layout) -> Cluster | None:
    """Find the cluster of a home if it was made already."""
    data = _pointed_at(layout) or layout.data
    return Cluster(layout, data, account_for(home=layout.home, data=data)) if data.is_dir() else None


def _pointed_at(layout: Layout) -> Path | None:
    place = read_private(layout.pointer)
    if not place:
        return None
    folder = Path(place)
    if not folder.is_dir():
        raise Unavailable(sentences.cluster_gone(folder))
    origin = json.loads(read_private(folder / "home"))["home"]
    if origin != str(layout.home):
        if read_private(Layout(Path(origin)).pointer) == place:
            raise Unavailable(sentences.cluster_of_another(folder, home=origin))
        _name_home(folder, layout)  # the home was moved
    return folder / "data"


def _make_outside(layout: Layout, account: Account) -> Path:
    folder = binaries.shared_place(account) / f"home-{layout.digest}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o711)
    folder.chmod(0o711)
    _name_home(folder, layout)
    write_private(layout.pointer, str(folder))
    return folder / "data"


def _name_home(folder: Path, layout: Layout) -> None:
    write_private(folder / "home", json.dumps({"home": str(layout.home)}))


def create(cluster: Cluster) -> None:
    """Run initdb in a draft of its own: the initdb of a killed supervisor may still be writing into another one.

    Raises :class:`Unavailable` with what initdb said.
    """
    initdb = binaries.programs(cluster.account) / "initdb"
    draft = cluster.data.with_name(f"{_DRAFT}{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    os.chown(draft, cluster.account.uid, cluster.account.gid, follow_symlinks=False)
    log = open_private(cluster.layout.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    start = os.fstat(log).st_size
    secret = _secret_for_initdb(secret_in(cluster.layout.superuser_password), cluster.account)
    try:
        done = subprocess.run(
            [str(initdb), "-D", str(draft), "-U", SUPERUSER, f"--pwfile=/dev/fd/{secret}",
             "--auth=scram-sha-256", "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
             "--lc-messages=C"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[secret], cwd="/", check=False,
            env=environment(), **cluster.account.as_child(),
        )  # fmt: skip
    finally:
        os.close(secret)
        os.close(log)
    if done.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        tail = tail_of(cluster.layout.log, start=start)
        raise Unavailable(sentences.why_of(tail, log=cluster.layout.log), tail=tail)
    draft.rename(cluster.data)


def clear_drafts(cluster: Cluster) -> None:
    """Clear away what an initdb that was cut off has left."""
    for draft in cluster.data.parent.glob(f"{_DRAFT}*"):
        shutil.rmtree(draft, ignore_errors=True)


def environment() -> dict[str, str]:
    """Return the whole environment of the server's programs: nothing of the caller's reaches them.

    The C library's locale matters beside the builtin one: text search and trigrams of PostgreSQL ask it for letters.
    """
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def secret_in(path: Path) -> str:
    """Return the secret in ``path``; made at random where there is none."""
    if not (secret := read_private(path)):
        secret = secrets.token_urlsafe(24)
        write_private(path, secret)
    return secret


def _secret_for_initdb(secret: str, account: Account) -> int:
    """Put ``secret`` into memory that initdb reads as a file: the account finds it on no disk later."""
    descriptor = os.memfd_create("pwfile", os.MFD_CLOEXEC)
    os.write(descriptor, secret.encode())
    os.fchown(descriptor, account.uid, account.gid)
    return descriptor


def conninfo(*, socket_dir: Path, port: int, user: str, password: str, database: str) -> str:
    """Return how to connect, for us: the server has to prove that it knows the secret, too."""
    return psycopg.conninfo.make_conninfo(
        host=str(socket_dir), port=port, user=user, password=password, dbname=database,
        require_auth="scram-sha-256", connect_timeout=10, application_name="xinheng-supervisor",
    )  # fmt: skip


def furnish(cluster: Cluster, *, socket_dir: Path, port: int) -> None:
    """Make sure that the server that answers is this cluster's, and that role and database are there.

    Done at every start, each step only where it is missing: a crash in between is mended by the next start.
    """
    secret = read_private(cluster.layout.superuser_password)
    at = functools.partial(conninfo, socket_dir=socket_dir, port=port)
    try:
        line = psycopg.connect(at(user=SUPERUSER, password=secret, database="postgres"), autocommit=True)
    except psycopg.OperationalError as error:
        if "authentication failed" in str(error) or "no password supplied" in str(error):
            raise Unavailable(sentences.secret_lost(cluster.layout.superuser_password)) from error
        raise
    with line:
        _check_identity(line, cluster)
        password = secret_in(cluster.layout.password)
        _make_role(line, password)
        if not line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            line.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE)))
            line.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)))
        if not _enters(at(user=ROLE, password=password, database=DATABASE)):
            line.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(ROLE), sql.Literal(password)))


def _check_identity(line: psycopg.Connection, cluster: Cluster) -> None:
    query = "SELECT current_setting('data_directory'), system_identifier FROM pg_control_system()"
    answer = line.execute(query).fetchone()
    assert answer is not None  # noqa: S101 - the query has exactly one row
    # bigint is signed, the number is not
    if not cluster.data.samefile(answer[0]) or answer[1] % 2**64 != cluster.system_identifier:
        raise Unavailable(sentences.stranger())


def _make_role(line: psycopg.Connection, password: str) -> None:
    if line.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
        return
    making = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER CREATEDB NOCREATEROLE PASSWORD {}")
    line.execute(making.format(sql.Identifier(ROLE), sql.Literal(password)))


def _enters(how: str) -> bool:
    try:
        psycopg.connect(how).close()
    except psycopg.OperationalError:
        return False
    return True
