"""Running a delivery (数据库报送): rows not below the watermark are read, frozen as a sealed file, and handed in like any other file.

The run stands in the tables with its submission, in one transaction; the watermark moves with the commit (``watermark``). So a run that was killed
is finished by the next one, or its rows are read again, and what is in the ledger already counts as unchanged.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

from xinheng.core.access import Action, Actor
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Text
from xinheng.core.ledger.events import DATABASE
from xinheng.gateways.databases import Question, Source, open_source
from xinheng.store.locks import Lock, held
from xinheng.store.models import DatabaseDelivery, DeliveryRun, Submission
from xinheng.usecases.agencies import is_granted
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.intake.deliveries import address_of, delivery_named, target_of
from xinheng.usecases.intake.freezing import Frozen, frozen
from xinheng.usecases.intake.profiles import profile_for, profile_of
from xinheng.usecases.intake.submit import Call, Outcome, Progress, finish, result_of, take_in
from xinheng.usecases.intake.watermark import move_watermark
from xinheng.usecases.jobs.line import put_in_line
from xinheng.usecases.jobs.tasks import LARGE, RUN_DELIVERY
from xinheng.usecases.users import actor_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """How a run ended: the watermark before and after it, the rows read, and those that were not: without a watermark,
    or with one later than tomorrow (``ahead``).

    ``outcome`` is empty where there was nothing new; ``finished`` are submissions of earlier runs that this one brought to their end.
    """

    delivery: str
    since: str | None
    upto: str | None
    rows: int
    without_watermark: int
    ahead: int
    outcome: Outcome | None
    finished: tuple[int, ...]

    @property
    def notes(self) -> tuple[Text, ...]:
        """Return what is to be noted of the run."""
        none, ahead, notes = self.without_watermark, self.ahead, []
        if none:
            en = f"{none} rows carry no watermark and were not read; the source must fill it"
            notes.append(Text(f"{none} 行没有水位，未读取；请来源单位补填水位列", en))
        if ahead:
            en = f"{ahead} rows carry a watermark later than tomorrow and were not read; the source must mend it"
            notes.append(Text(f"{ahead} 行的水位晚于明天，未读取；请来源单位更正", en))
        return tuple(notes)


def run_delivery(
    name: str, *, actor: Actor, at: dt.datetime, on: dt.date, progress: Progress | None = None
) -> Delivered:
    """Read what is new and hand it in; raises ``Missing``, ``Refused``, ``UnusableCall``, ``UnusableFile`` or ``Unavailable``: then no watermark moved."""
    delivery = delivery_named(name)
    granted = is_granted(delivery.agency, delivery.item, on=at.date())
    for action in (Action.MANAGE_DELIVERIES, Action.SUBMIT):
        target = target_of(delivery.agency, delivery.item, granted=granted)
        ensure_allowed(actor, action, target, about=f"delivery {name}", at=at)
    with held(Lock.DELIVERY, delivery.pk):
        finished = _finish_earlier(delivery, actor=actor, at=at)
        delivery.refresh_from_db()
        question = Question(
            table=delivery.source_table, watermark=delivery.watermark, key=delivery.key, since=delivery.reached
        )
        started = time.monotonic()
        with open_source(address_of(delivery), question) as source:
            submission, told = _taken_in(delivery, source, actor=actor, at=at, on=on)
        outcome = None
        if submission is not None:
            outcome = finish(submission, actor=actor, at=at, progress=progress, started=started)
    return Delivered(
        delivery=name, since=question.since, upto=told["upto"] or question.since, rows=told["rows"],
        without_watermark=source.without_watermark, ahead=told["ahead"], outcome=outcome, finished=finished,
    )  # fmt: skip


def run_in_line(name: str, *, at: dt.datetime) -> Delivered:
    """Run a delivery as the user who made it known, with the roles of the day, for the worker whose turn it is; raises as ``run_delivery``."""
    actor = actor_named(delivery_named(name).added_by.username, on=at.date())
    return run_delivery(name, actor=actor, at=at, on=at.date())


def put_deliveries_in_line() -> int:
    """Put every delivery in line, each once; returns how many were not there already."""
    held = DatabaseDelivery.objects.order_by("id").values_list("pk", "name")
    put = [put_in_line(RUN_DELIVERY, queue=LARGE, once=f"delivery-{number}", delivery=name) for number, name in held]
    return sum(job is not None for job in put)


def result_of_run(delivered: Delivered) -> dict[str, Any]:
    """Return a run as plain data: what ``--json`` prints."""
    return {
        "delivery": delivered.delivery, "since": delivered.since, "upto": delivered.upto, "rows": delivered.rows,
        "without_watermark": delivered.without_watermark, "ahead": delivered.ahead, "finished": list(delivered.finished),
        "notes": [{"zh": note.zh, "en": note.en} for note in delivered.notes],
        "submission": result_of(delivered.outcome) if delivered.outcome else None,
    }  # fmt: skip


def _taken_in(
    delivery: DatabaseDelivery, source: Source, *, actor: Actor, at: dt.datetime, on: dt.date
) -> tuple[Submission | None, dict[str, Any]]:
    """Freeze the rows and receive them as a submission, together with the run that it is, in one transaction and with a receipt."""
    target, about = target_of(delivery.agency, delivery.item), f"delivery {delivery.name}"
    asked = {"delivery": delivery.name, "table": delivery.source_table, "since": delivery.reached}
    named = profile_for(delivery.agency, delivery.profile) if delivery.profile else ""
    profile = profile_of(delivery.agency, named)
    with frozen(source, load(delivery.item).at(on), profile, today=on) as file:
        told = {
            "rows": file.rows,
            "upto": file.upto,
            "without_watermark": source.without_watermark,
            "ahead": file.ahead,
        }
        with deed(actor, Action.MANAGE_DELIVERIES, target, about=about, asked=asked, at=at) as done:
            submission = _received(delivery, file, source, actor=actor, at=at, on=on) if file.rows else None
            done.result = {**told, "submission": submission.pk if submission else None}
    return submission, told


def _received(
    delivery: DatabaseDelivery, file: Frozen, source: Source, *, actor: Actor, at: dt.datetime, on: dt.date
) -> Submission:
    call = Call(
        item=delivery.item, agency=delivery.agency.uscc, file_name=f"{delivery.name}.csv", content=file.content, size=file.size,
        received_on=on, profile=delivery.profile, channel=DATABASE,
    )  # fmt: skip
    submission = take_in(call, actor=actor, at=at)
    DeliveryRun.objects.get_or_create(
        delivery=delivery,
        submission=submission,
        defaults={
            "at": at, "since": delivery.reached, "upto": file.upto, "rows": file.rows, "without_watermark": source.without_watermark,
        },
    )  # fmt: skip
    if submission.committed_at is not None:  # the same rows were handed in before
        move_watermark(submission, at)
    return submission


def _finish_earlier(delivery: DatabaseDelivery, *, actor: Actor, at: dt.datetime) -> tuple[int, ...]:
    """Bring runs to their end that were killed: their files are sealed and nothing of them need be read again."""
    open_runs = delivery.runs.filter(moved_at=None, submission__committed_at=None, submission__failed__isnull=True)
    found = []
    for run in open_runs.select_related("submission__agency", "submission__file").order_by("id"):
        finish(run.submission, actor=actor, at=at, progress=None, started=time.monotonic())
        found.append(run.submission_id)
    return tuple(found)
