"""Failing (失败): why a run of a job failed, in our words, and whether it is tried again.

What the error itself says is not kept: the database quotes rows, and rows name people. Kept are the class of the error and its place in our code.
"""

from __future__ import annotations

import datetime as dt
import traceback
from dataclasses import dataclass
from pathlib import Path

from xinheng.core.errors import Explanation, Text, Unavailable, XinhengError
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import JobFailure
from xinheng.usecases.outages import outage_of

_PACKAGE = Path(__file__).resolve().parent.parent.parent
_MINUTE = 60
OUTAGE = (10, _MINUTE, 5 * _MINUTE, 15 * _MINUTE, 60 * _MINUTE)
"""Seconds after which a job is tried again that met an outage: the database or the disk."""
FAULT = (_MINUTE, 10 * _MINUTE)
"""Seconds after which a job is tried again that met a fault of the program."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a job that failed: when it is tried again (never, where empty), and where its error arose."""

    again_at: dt.datetime | None
    kind: str
    where: str


def note_failure(job: int, error: BaseException, *, at: dt.datetime) -> Verdict:
    """Write down why a run failed, and return what becomes of the job. An error that explains itself is final, an outage is not."""
    explanation, delays = judged(error)
    failed_before = JobFailure.objects.filter(job=job, settled=False).count()
    again_at = at + dt.timedelta(seconds=delays[failed_before]) if failed_before < len(delays) else None
    verdict = Verdict(again_at, type(error).__name__, place_of(error))
    words = {
        name: Text(mask(text.zh), mask(text.en))
        for name, text in (("what", explanation.what), ("why", explanation.why), ("mend", explanation.mend))
    }
    JobFailure.objects.create(
        job=job, at=at, kind=verdict.kind, where=verdict.where, again_at=again_at,
        what=words["what"].zh, what_en=words["what"].en, why=words["why"].zh, why_en=words["why"].en,
        mend=words["mend"].zh, mend_en=words["mend"].en,
    )  # fmt: skip
    return verdict


def judged(error: BaseException) -> tuple[Explanation, tuple[int, ...]]:
    """Return the explanation of an error, and after how many seconds each new try is made."""
    outage = error if isinstance(error, Unavailable) else outage_of(error)
    if outage is not None:
        return outage.explanation, OUTAGE
    if isinstance(error, XinhengError):
        return error.explanation, ()
    return _fault(type(error).__name__, place_of(error)), FAULT


def place_of(error: BaseException) -> str:
    """Return where in our own code an error arose (file, line, function), without what it says."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)] or list(frames)
    if not ours:
        return ""
    place = Path(ours[-1].filename)
    name = place.relative_to(_PACKAGE) if place.is_relative_to(_PACKAGE) else place.name
    return f"{name}:{ours[-1].lineno} {ours[-1].name}"[:200]


def _fault(kind: str, where: str) -> Explanation:
    return Explanation(
        Text("任务因程序错误未能完成", "The job failed through a fault of the program"),
        Text(f"{kind}，位于 {where}", f"{kind} at {where}"),
        Text(
            "请将任务编号和上述位置交给系统管理员；修复后用 xinheng jobs retry 重试。",
            "Give the job's number and this place to the administrator; once it is mended, try again with xinheng jobs retry.",
        ),
    )
