"""Zero reports (零报告): declared by the agency for a task whose period is over; what contradicts one later is settled with a word of explanation."""

from __future__ import annotations

import datetime as dt

from xinheng.core.access import Action, Actor
from xinheng.core.collecting.zero import LONGEST, check_zero_report
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import CollectionTask, ZeroReport
from xinheng.store.queries.collecting import records_between
from xinheng.usecases.collecting.counting import count_uncounted
from xinheng.usecases.collecting.tasks import target_of, task_within
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.users import user_named


def declare_zero(number: int, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date) -> str:
    """Declare that there was nothing to report for a task; returns the number of the receipt.

    Raises ``Missing``, ``Refused``, or ``UnusableCall`` where records of the period are in, the period is not over or no reason is given.
    """
    held = task_within(number, actor, at=at)
    target, about = target_of(held), f"zero report of task {number}"
    ensure_allowed(actor, Action.DECLARE_ZERO, target, about=about, at=at)
    count_uncounted(held.agency_id, held.item, since=held.first, at=at)
    kept = mask(reason.strip())
    asked = {"task": number, "reason": kept}
    with deed(actor, Action.DECLARE_ZERO, target, about=about, asked=asked, at=at) as done:
        task = CollectionTask.objects.select_for_update(no_key=True).get(pk=number)
        standing = ZeroReport.objects.filter(task=task, contradicted_at=None).exists()
        records = records_between(task.agency_id, task.item, task.first, task.last)
        check_zero_report(
            last=task.last, on=on, reason=reason, records=records, done=standing or task.done_by_id is not None
        )
        report = ZeroReport.objects.create(
            task=task, reason=kept, declared_at=at, declared_on=on, declared_by=user_named(actor.name)
        )
        done.facts = {
            "item": task.item,
            "first": task.first.isoformat(),
            "last": task.last.isoformat(),
            "records": records,
        }
        done.result = {"zero_report": report.pk, "task": number}
    return str(done.receipt.pk) if done.receipt else ""


def settle_zero(number: int, *, why: str, actor: Actor, at: dt.datetime) -> None:
    """Say how it came that the zero report of a task was contradicted: it leaves the queue. Raises ``Missing``, ``Refused`` or ``UnusableCall``."""
    held = task_within(number, actor, at=at)
    target, about = target_of(held), f"contradicted zero report of task {number}"
    ensure_allowed(actor, Action.DECLARE_ZERO, target, about=about, at=at)
    if not why.strip() or len(why) > LONGEST:
        raise UnusableCall(_NO_WORD)
    why = mask(why.strip())
    with deed(actor, Action.DECLARE_ZERO, target, about=about, asked={"task": number, "settled": why}, at=at) as done:
        open_ = ZeroReport.objects.select_for_update().filter(
            task_id=number, contradicted_at__isnull=False, settled_at=None
        )
        report = open_.order_by("id").first()
        if report is None:
            raise UnusableCall(_NOTHING, task=number)
        report.settled_at, report.settled_by, report.settled_why = at, user_named(actor.name), why
        report.save(update_fields=["settled_at", "settled_by", "settled_why"])
        done.result = {"zero_report": report.pk, "task": number, "settled": True}


_NO_WORD = Explanation(
    Text("请说明情况", "Say how it came about"),
    Text(
        f"零报告与后来的报送不符，须说明情况，不超过 {LONGEST} 字",
        f"the zero report was contradicted; explain it in {LONGEST} characters at the most",
    ),
    Text("请填写说明，如「决定系补录」。", "Give it, e.g. 'the decision was entered late'."),
)
_NOTHING = Explanation(
    Text("没有需要说明的零报告", "Nothing is to be explained"),
    Text(
        "该任务没有与报送不符的零报告，或者已经说明",
        "no zero report of the task was contradicted, or it was explained already",
    ),
    Text("无须办理。", "Nothing is left to do."),
)
