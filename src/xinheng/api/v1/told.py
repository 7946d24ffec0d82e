"""What use cases return, in the shapes of the API."""

from __future__ import annotations

from typing import cast

from xinheng.api.v1.shapes import (
    Issue,
    IssuesAnswer,
    Level,
    ProgressAnswer,
    State,
    SubmissionAnswer,
    Taken,
    Tally,
    Words,
)
from xinheng.core.errors import Text
from xinheng.core.intake.counts import Counts
from xinheng.usecases.intake.own import IssuePage, OwnView
from xinheng.usecases.intake.queueing import Progress

ROOT = "/api/v1"


def address_of(number: int) -> str:
    """Return the address of a submission."""
    return f"{ROOT}/submissions/{number}"


def taken(found: Progress) -> Taken:
    """Return what was received."""
    address = address_of(found.submission)
    return Taken(id=found.submission, address=address, progress=f"{address}/progress", state=cast("State", found.state))


def submission(view: OwnView) -> SubmissionAnswer:
    """Return a submission."""
    one, outcome = view.submission, view.outcome
    return SubmissionAnswer(
        id=one.pk, address=address_of(one.pk), item=one.item, version=one.version, profile=one.profile, full=one.full,
        file_name=one.file_name, sha256=one.file_id, size=one.file.size, received_on=one.received_on, received_at=one.received_at,
        state=cast("State", view.state), reason=_words(view.reason), counts=_tally(view.counts), receipt=view.receipt,
        issues=dict(sorted(outcome.counts.issues.items())) if outcome else {},
        questions=outcome.questions if outcome else None,
        notes=[Words(zh=note.zh, en=note.en) for note in outcome.notes] if outcome else [],
    )  # fmt: skip


def progress(found: Progress) -> ProgressAnswer:
    """Return how far a submission is."""
    return ProgressAnswer(
        id=found.submission, state=cast("State", found.state), bytes_done=found.bytes_done, bytes_all=found.size, rows_done=found.rows,
        reason=_words(found.reason), again_at=found.again_at,
    )  # fmt: skip


def issues(page: IssuePage) -> IssuesAnswer:
    """Return a page of issues."""
    following = f"{page.following.group}-{page.following.place}" if page.following else None
    shown = [
        Issue(
            row=one.row, column=one.column, title=one.title, code=one.code, level=cast("Level", one.level), found=one.found,
            expected=Words(zh=one.expected.zh, en=one.expected.en), mend=Words(zh=one.mend.zh, en=one.mend.en),
        )
        for one in page.issues
    ]  # fmt: skip
    return IssuesAnswer(issues=shown, next=following)


def _words(text: Text | None) -> Words | None:
    return Words(zh=text.zh, en=text.en) if text else None


def _tally(counts: Counts | None) -> Tally | None:
    if counts is None:
        return None
    return Tally(
        received=counts.received, accepted=counts.accepted, unchanged=counts.unchanged, corrected=counts.corrected,
        rejected=counts.rejected, waiting=counts.waiting, warnings=counts.warnings,
    )  # fmt: skip
