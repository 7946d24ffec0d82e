"""Receiving (接收): the bytes are kept once, unchanged and sealed; the same file of the same agency for the same item is the same submission."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection, transaction

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.gateways.sealing import Sealed, Seals
from xinheng.store import locks
from xinheng.store.locks import Lock
from xinheng.store.models import Agency, SealedFile, Submission
from xinheng.store.sql import statement
from xinheng.usecases.deed import deed
from xinheng.usecases.users import user_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is handed in: by which agency, for which item, under which file name, through which channel, on which day.

    ``full`` says that it is the agency's whole state of the item; ``parent`` is the submission whose rejected rows these are, mended.
    """

    agency: Agency
    version: ItemVersion
    file_name: str
    received_on: dt.date
    profile: str = ""
    channel: str = "file"
    full: bool = False
    parent: int | None = None

    def target(self, *, granted: bool) -> Target:
        """Return what access is asked about."""
        return Target(agency=self.agency.uscc, region=self.agency.region_code, item=self.version.name, granted=granted)


def seals() -> Seals:
    """Return the sealed files of this installation."""
    return Seals(settings.FILES, settings.MASTER_KEY)


def receive(
    delivery: Delivery,
    content: BinaryIO,
    *,
    actor: Actor,
    at: dt.datetime,
    granted: bool,
    progress: Callable[[int], None] | None,
) -> Submission:
    """Seal the file and return its submission: a new one, or the one that this file already is."""
    sealed = seals().seal(content, progress=progress)
    try:
        submission = _received(delivery, sealed, actor=actor, at=at, granted=granted)
    except BaseException:
        seals().drop(sealed)
        raise
    key = submission.file.wrapped_key
    if key is None or bytes(key) != sealed.wrapped_key:
        seals().drop(sealed)  # the content was there already: the first file counts
    return submission


def _received(delivery: Delivery, sealed: Sealed, *, actor: Actor, at: dt.datetime, granted: bool) -> Submission:
    asked: dict[str, Any] = {
        "item": delivery.version.name,
        "agency": delivery.agency.uscc,
        "sha256": sealed.sha256,
        "profile": delivery.profile,
    }
    if delivery.full:
        asked["full"] = True
    target = delivery.target(granted=granted)
    with deed(actor, Action.SUBMIT, target, about=f"file {sealed.sha256}", asked=asked, at=at) as done:
        file = _kept(sealed, at)
        submission, new = Submission.objects.get_or_create(
            agency=delivery.agency, item=delivery.version.name, profile=delivery.profile, file=file,
            defaults={
                "version": delivery.version.revision.version, "channel": delivery.channel, "file_name": delivery.file_name,
                "received_on": delivery.received_on, "received_at": at, "received_by": user_named(actor.name), "full": delivery.full,
                "parent_id": delivery.parent,
            },
        )  # fmt: skip
        if delivery.full and not submission.full:
            raise UnusableCall(_NOT_FULL, submission=submission.pk)
        done.versions = {"catalogue": f"{delivery.version.name} {submission.version}"}
        done.result = {"submission": submission.pk, "new": new, "bytes": sealed.size}
    return submission


def stream_of(submission: Submission) -> BinaryIO:
    """Return the sealed file of a submission as it was received."""
    file = submission.file
    if file.wrapped_key is None:
        raise Missing(_DESTROYED)
    return seals().open(Sealed(file.sha256, file.size, bytes(file.wrapped_key)))


def version_of(submission: Submission) -> ItemVersion:
    """Return the item version that a submission was received under."""
    return load(submission.item).version(submission.version)


def lock(submission: Submission, *, wait: bool) -> bool:
    """Take the submission for this connection alone; a second process waits, or is told no."""
    if not wait:
        return locks.try_to_take(Lock.SUBMISSION, submission.pk)
    locks.take(Lock.SUBMISSION, submission.pk)
    return True


def unlock(submission: Submission) -> None:
    """Let the submission go."""
    locks.let_go(Lock.SUBMISSION, submission.pk)


def is_locked(submission: Submission) -> bool:
    """Tell whether somebody works on the submission this moment."""
    return locks.is_held(Lock.SUBMISSION, submission.pk)


def alone_with(item: str) -> AbstractContextManager[None]:
    """Write one submission of an item at a time: two files with the same decision must see each other, or both would take it."""
    return locks.held(Lock.ITEM, item)


def wait_for_turn(items: Iterable[str]) -> None:
    """Wait for the turn to write records of these items, and keep it to the end of the transaction (see ``alone_with``).

    Always in one order, so that two that wait for each other's items cannot stand still.
    """
    for item in sorted(set(items)):
        locks.take_to_the_end(Lock.ITEM, item)


def undo(submission: Submission, failure: dict[str, str]) -> None:
    """Take back what was written of a file that turned out to be unusable; nothing of it was ever visible."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL xinheng.undo = 'on'")
        cursor.execute("DELETE FROM record WHERE submission_id = %s", [submission.pk])
        cursor.execute("DELETE FROM store_personrecord WHERE submission_id = %s RETURNING person_id", [submission.pk])
        persons = [person for (person,) in cursor.fetchall()]
        cursor.execute("DELETE FROM store_personsighting WHERE submission_id = %s", [submission.pk])
        cursor.execute(statement("persons_unknown"), [persons])
        for table in ("store_sighting", "store_issuegroup", "store_waitingrow", "store_returnedrow", "store_chunk"):
            cursor.execute(f"DELETE FROM {table} WHERE submission_id = %s", [submission.pk])  # noqa: S608
        submission.failed = failure
        submission.save(update_fields=["failed"])


def _kept(sealed: Sealed, at: dt.datetime) -> SealedFile:
    file, new = SealedFile.objects.get_or_create(
        sha256=sealed.sha256, defaults={"size": sealed.size, "sealed_at": at, "wrapped_key": sealed.wrapped_key}
    )
    if not new and not _is_there(file):
        file.wrapped_key, file.key_destroyed_at = sealed.wrapped_key, None
        file.save(update_fields=["wrapped_key", "key_destroyed_at"])
    return file


def _is_there(file: SealedFile) -> bool:
    return file.wrapped_key is not None and seals().holds(Sealed(file.sha256, file.size, bytes(file.wrapped_key)))


_NOT_FULL = Explanation(
    Text("该文件已经报送过，当时未声明为全量", "This file was handed in before, and not as the whole state"),
    Text("同一文件只能是一次报送，入库后不再改变性质", "a file is one submission, and stays what it was received as"),
    Text("请重新导出现有全部记录，再用 --full 报送。", "Export the whole state again and hand that in with --full."),
)
_DESTROYED = Explanation(
    Text("原文件已不可读", "The file can no longer be read"),
    Text("保存期限届满，密钥已销毁", "its retention is over and its key was destroyed"),
    Text("如需更正，请重新报送完整文件。", "Hand the complete file in again to correct something."),
)
