"""Submitting (报送): receive → read → check → standardise → resolve → commit → receipt. A crash at any step loses nothing and repeats nothing."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter, deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import BinaryIO

from django.db import transaction

from xinheng.core.access import Action, Actor
from xinheng.core.access.roles import PLATFORM
from xinheng.core.catalogue.item import Effect
from xinheng.core.catalogue.load import load
from xinheng.core.catalogue.stub import check_reportable
from xinheng.core.errors import Explanation, Text, UnusableCall, UnusableFile
from xinheng.core.intake.check import compile_item
from xinheng.core.intake.counts import Counts, counts_from, total
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.issues import IssueBatch
from xinheng.core.intake.layout import Layout, heading_known, layout_by_headings, layout_by_profile
from xinheng.core.intake.persons import takes_persons
from xinheng.core.intake.read import TableReader, open_table
from xinheng.core.intake.rules import About
from xinheng.core.intake.timeliness import late_before
from xinheng.core.ledger.events import DATABASE, HISTORY
from xinheng.core.ledger.history import STATE_HEADINGS
from xinheng.core.ledger.identity import Seen
from xinheng.core.ledger.rows import Origin
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.by_name import BY_NAME
from xinheng.core.subjects.register import Register
from xinheng.store.models import Agency, Chunk, OutboxEntry, Submission
from xinheng.store.models.intake import COUNTS
from xinheng.store.queries.sources import corrected_by
from xinheng.store.register import LiveRegister, RegisterSnapshot
from xinheng.usecases.agencies import agency_named, is_granted
from xinheng.usecases.collecting.counting import count_at_once
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.intake.foreseeing import Foreseen
from xinheng.usecases.intake.preparing import Prepared, Preparer
from xinheng.usecases.intake.profiles import profile_for, profile_of
from xinheng.usecases.intake.receiving import Delivery, alone_with, lock, receive, stream_of, undo, unlock, version_of
from xinheng.usecases.intake.recognising import known_agencies, layout_notes, recognised
from xinheng.usecases.intake.vanished import ask, questions_of
from xinheng.usecases.intake.volume import ensure_enough, foreseen_notes, notes_of
from xinheng.usecases.intake.waiting import resolve_waiting
from xinheng.usecases.intake.watermark import move_watermark
from xinheng.usecases.intake.writing import ChunkWriter, split
from xinheng.usecases.intake.writing_persons import PersonWriter
from xinheng.usecases.intake.writing_register import RegisterWriter

WORKERS = 2
SMALL_FILE = 8 << 20  # bytes up to which the register is asked directly instead of being read into memory
FORETOLD = 2_000  # issues that a mere check keeps, to be shown cell by cell
ROW_GUESS = 200  # bytes of a short row: how many keys a file may hold, at the most

Progress = Callable[[int, int, int], None]
"""Told from time to time: bytes done, bytes in all, rows done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What somebody asks to hand in. ``size`` in bytes; ``content`` is at its start and is read once.

    ``full`` says that the file is the agency's whole state of the item (see ``vanished``); ``parent`` is the submission whose rejected rows
    these are, mended (see ``mending``).
    """

    item: str
    agency: str
    file_name: str
    content: BinaryIO
    size: int
    received_on: dt.date
    profile: str = ""
    channel: str = "file"
    full: bool = False
    parent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How it ended. ``submission`` is empty for a mere check; ``questions`` is how many a full file raised, empty for any other file.

    ``issues`` are those of the first rows of a file that was merely checked (``FORETOLD`` at the least, where there are so many).
    """

    submission: int | None
    item: str
    counts: Counts
    seconds: float
    notes: tuple[Text, ...] = ()
    questions: int | None = None
    issues: tuple[IssueBatch, ...] = ()

    @property
    def rows_per_second(self) -> int:
        """Return the speed in rows per second."""
        return round(self.counts.received / self.seconds) if self.seconds else 0


def submit(call: Call, *, actor: Actor, at: dt.datetime, progress: Progress | None = None) -> Outcome:
    """Hand a file in: the good rows are in the ledger afterwards, each bad one has its reasons.

    Raises ``Refused``, ``UnusableCall``, ``UnusableFile`` (then nothing is in) or ``Unavailable`` (then the same call finishes the work).
    """
    started = time.monotonic()
    submission = take_in(call, actor=actor, at=at)
    return finish(submission, actor=actor, at=at, progress=progress, started=started)


def take_in(call: Call, *, actor: Actor, at: dt.datetime) -> Submission:
    """Keep the file of a call, sealed, and return its submission, with nothing of it checked but its header; raises as ``submit`` does."""
    delivery, granted = _delivery(call, actor, at)
    reader = opened(call.content, delivery, call.size)
    delivery = recognised(reader, delivery)
    layout_of(reader, delivery)
    ensure_enough(reader, delivery)
    call.content.seek(0)
    return receive(delivery, call.content, actor=actor, at=at, granted=granted, progress=None)


def finish(
    submission: Submission, *, actor: Actor, at: dt.datetime, progress: Progress | None, started: float
) -> Outcome:
    """Bring a received submission to its end, wherever an earlier run stopped; a finished one is only told again."""
    lock(submission, wait=True)
    try:
        submission.refresh_from_db()
        if submission.failed:
            submission.failed = None
            submission.save(update_fields=["failed"])
        if submission.committed_at is None:
            with ExitStack() as turn:
                _run(submission, progress, lambda: turn.enter_context(alone_with(submission.item)))
                _commit(submission, actor=actor, at=at, seconds=time.monotonic() - started)
            count_at_once(submission, at=at)
            if version_of(submission).effect is Effect.REGISTER:
                resolve_waiting(actor=PLATFORM, at=at)
    except UnusableFile as error:
        undo(submission, {"what": error.explanation.what.zh, "what_en": error.explanation.what.en})
        raise
    finally:
        unlock(submission)
    return outcome_of(submission)


def check_only(call: Call, *, actor: Actor, at: dt.datetime, progress: Progress | None = None) -> Outcome:
    """Say what would become of a file without taking any of it (see ``foreseeing``)."""
    delivery, granted = _delivery(call, actor, at)
    started = time.monotonic()
    reader = opened(call.content, delivery, call.size)
    delivery = recognised(reader, delivery)
    preparer = preparer_for(
        delivery, layout_of(reader, delivery), Origin(0, delivery.agency.uscc, call.received_on.isoformat()), call.size
    )
    number = delivery.version.by_role("decision_number")
    foreseen, parts = Foreseen(number_field=number.name if number else ""), []
    issues: list[IssueBatch] = []
    with closing(_prepared(reader, preparer, skip=frozenset(), threads=call.size > SMALL_FILE)) as chunks:
        for chunk in chunks:
            counts, found = foreseen.judged(chunk)
            parts.append(counts)
            issues += found if sum(len(batch.rows) for batch in issues) < FORETOLD else ()
            _tell(progress, parts, chunk, call.size)
    counts, seconds = total(parts), time.monotonic() - started
    notes = (*layout_notes(profile_of(delivery.agency, delivery.profile)), *foreseen_notes(delivery, counts.received))
    outcome = Outcome(
        submission=None, item=call.item, counts=counts, seconds=seconds, notes=notes, issues=tuple(issues)
    )
    asked = {"item": call.item, "agency": call.agency, "check_only": True}
    with deed(
        actor, Action.SUBMIT, delivery.target(granted=granted), about=f"check {call.file_name}", asked=asked, at=at
    ) as done:
        done.result = result_of(outcome)
    return outcome


def outcome_of(submission: Submission) -> Outcome:
    """Return how a committed submission ended."""
    return Outcome(
        submission=submission.pk,
        item=submission.item,
        counts=_counts_of(submission),
        seconds=submission.seconds,
        notes=(*layout_notes(profile_of(submission.agency, submission.profile)), *notes_of(submission)),
        questions=questions_of(submission),
    )


def result_of(outcome: Outcome) -> dict[str, object]:
    """Return an outcome as plain data: what ``--json`` prints and the receipt keeps."""
    counts = outcome.counts
    asked = {} if outcome.questions is None else {"questions": outcome.questions}
    return {
        "submission": outcome.submission, "item": outcome.item, "received": counts.received, "accepted": counts.accepted,
        "unchanged": counts.unchanged, "corrected": counts.corrected, "rejected": counts.rejected, "waiting": counts.waiting,
        "warnings": counts.warnings, "issues": dict(sorted(counts.issues.items())), "seconds": round(outcome.seconds, 3),
        "rows_per_second": outcome.rows_per_second, "notes": [{"zh": note.zh, "en": note.en} for note in outcome.notes],
        **asked,
    }  # fmt: skip


def opened(stream: BinaryIO, delivery: Delivery, size: int) -> TableReader:
    """Open a file; its heading row is found by what the item, or the delivery profile, knows."""
    profile = profile_of(delivery.agency, delivery.profile)
    return open_table(stream, name=delivery.file_name, size=size, knows=heading_known(delivery.version, profile))


def layout_of(reader: TableReader, delivery: Delivery) -> Layout:
    """Return where the fields are in an opened file; raises ``UnusableFile`` where that cannot be."""
    beside = STATE_HEADINGS if delivery.channel == HISTORY else frozenset()
    if (profile := profile_of(delivery.agency, delivery.profile)) is not None:
        agencies = known_agencies(profile)
        return layout_by_profile(delivery.version, reader.header, profile, beside=beside, agencies=agencies)
    return layout_by_headings(delivery.version, reader.header, beside=beside)


def _delivery(call: Call, actor: Actor, at: dt.datetime) -> tuple[Delivery, bool]:
    version = load(call.item).at(call.received_on)
    check_reportable(version)
    agency: Agency = agency_named(call.agency)
    delivery = Delivery(
        agency=agency,
        version=version,
        file_name=mask(call.file_name)[-255:],
        received_on=call.received_on,
        channel=call.channel,
        full=call.full,
        parent=call.parent,
    )
    granted = is_granted(agency, call.item, on=at.date())
    ensure_allowed(actor, Action.SUBMIT, delivery.target(granted=granted), about=f"file {call.file_name}"[:200], at=at)
    named = profile_for(agency, call.profile) if call.profile else ""
    if (profile := profile_of(agency, named)) is not None and profile.item != call.item:
        raise UnusableCall(_other_item(call.profile, call.item))
    return replace(delivery, profile=named), granted


def preparer_for(delivery: Delivery, layout: Layout, origin: Origin, size: int) -> Preparer:
    """Return what prepares the chunks of a file of ``size`` bytes; an origin without a submission writes nothing."""
    named = delivery.version.effect in BY_NAME
    register: Register = LiveRegister() if size <= SMALL_FILE else RegisterSnapshot(layout.code_kinds, named=named)
    late = dt.date.min if delivery.channel == HISTORY else late_before(delivery.received_on)
    around = Circumstances(delivery.received_on, late, delivery.agency.uscc)
    item = compile_item(delivery.version, layout.allowances, layout.absent)
    publish = replace(origin, publish=layout.publish)
    persons = None
    if takes_persons(delivery.version, layout.present) and delivery.channel != HISTORY:
        persons = compile_item(delivery.version, layout.allowances, layout.absent, About.PERSONS)
    writes = origin.submission > 0
    return Preparer(item, layout, register, around, publish, writes=writes, full=delivery.full, persons=persons)


def _run(submission: Submission, progress: Progress | None, alone: Callable[[], None]) -> None:
    """Check and write what is not written yet; ``alone`` waits for the submission's turn to write, when its first chunk is checked."""
    delivery = Delivery(
        agency=submission.agency, version=version_of(submission), file_name=submission.file_name,
        received_on=submission.received_on, profile=submission.profile, channel=submission.channel,
        full=submission.full,
    )  # fmt: skip
    size = submission.file.size
    origin = Origin(submission.pk, submission.agency.uscc, submission.received_on.isoformat())
    done = frozenset(Chunk.objects.filter(submission=submission).values_list("number", flat=True))
    with stream_of(submission) as stream:
        reader = opened(stream, delivery, size)
        preparer = preparer_for(delivery, layout_of(reader, delivery), origin, size)
        writer = _writer(submission, preparer)
        seen = Seen(expected=size // ROW_GUESS) if not done else None
        parts: list[Counts] = []
        with closing(_prepared(reader, preparer, skip=done, threads=size > SMALL_FILE)) as chunks:
            first = list(islice(chunks, 1))
            alone()
            for chunk in chain(first, chunks):
                parts.append(writer.write(split(chunk, seen)))
                _tell(progress, parts, chunk, size)


def _writer(submission: Submission, preparer: Preparer) -> ChunkWriter:
    number = preparer.item.version.by_role("decision_number")
    number_field = number.name if number else ""
    if preparer.item.version.effect is Effect.REGISTER:
        return RegisterWriter(
            submission=submission.pk, agency=submission.agency.uscc, number_field=number_field, preparer=preparer
        )
    agency, persons = submission.agency.uscc, PersonWriter(submission, number_field) if preparer.persons else None
    return ChunkWriter(
        submission=submission.pk, agency=agency, number_field=number_field, full=submission.full, persons=persons
    )


def _prepared(
    reader: TableReader, preparer: Preparer, *, skip: frozenset[int], threads: bool
) -> Generator[Prepared, None, None]:
    """Prepare chunks, in order; in two threads and a little ahead where the file is large, so that memory stays flat."""
    raws = (raw for raw in reader.chunks() if raw.number not in skip)
    if not threads:
        yield from map(preparer.prepare, raws)
        return
    with ThreadPoolExecutor(WORKERS) as pool:
        ahead: deque[Future[Prepared]] = deque()
        try:
            for raw in raws:
                ahead.append(pool.submit(preparer.prepare, raw))
                if len(ahead) > WORKERS:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            for future in ahead:
                future.cancel()


def _commit(submission: Submission, *, actor: Actor, at: dt.datetime, seconds: float) -> None:
    """Make everything visible at once, by one row in one transaction, with the receipt."""
    delivery_target = Delivery(
        agency=submission.agency,
        version=version_of(submission),
        file_name=submission.file_name,
        received_on=submission.received_on,
    ).target(granted=True)
    with deed(
        actor,
        Action.SUBMIT,
        delivery_target,
        about=f"submission {submission.pk}",
        asked={"submission": submission.pk},
        at=at,
    ) as done:
        counts = total(_counts_of(chunk) for chunk in Chunk.objects.filter(submission=submission))
        questions = ask(submission, counts, by=actor.name, at=at)
        _store_counts(submission, counts, at, seconds)
        entry = OutboxEntry.objects.create(at=at, kind="submission-committed", payload={"submission": submission.pk})
        done.facts = {"file": submission.file_id, "ledger_position": entry.pk}
        if submission.channel == DATABASE and (moved := move_watermark(submission, at)):
            done.facts["watermark"] = moved
        if counts.corrected:
            done.facts["corrects"] = {str(number): rows for number, rows in corrected_by(submission.pk).items()}
        if questions:
            done.facts["questions"] = questions
        done.versions = {"catalogue": f"{submission.item} {submission.version}"}
        done.result = result_of(outcome_of(submission))
    submission.receipt = done.receipt
    submission.save(update_fields=["receipt"])


def _store_counts(submission: Submission, counts: Counts, at: dt.datetime, seconds: float) -> None:
    with transaction.atomic():
        submission.committed_at, submission.seconds = at, seconds
        submission.issue_counts = dict(counts.issues)
        for name in COUNTS:
            setattr(submission, name, getattr(counts, name))
        submission.save()


def _counts_of(held: Chunk | Submission) -> Counts:
    return counts_from([getattr(held, name) for name in COUNTS], Counter(held.issue_counts))


def _tell(progress: Progress | None, parts: list[Counts], chunk: Prepared, size: int) -> None:
    if progress is not None:
        progress(chunk.consumed, size, sum(part.received for part in parts))


def _other_item(profile: str, item: str) -> Explanation:
    return Explanation(
        Text(f"报送配置 {profile} 不用于 {item}", f"The delivery profile {profile} is not for {item}"),
        Text("报送配置只对应一个目录", "a profile maps onto one item"),
        Text("请核对目录或报送配置的名称。", "Check the item or the profile."),
    )
