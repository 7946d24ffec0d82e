"""Receipts (报送回执): how a submission ended, for whoever may see it; what it mends, and what mended it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, Target, decide
from xinheng.core.catalogue.item import ItemVersion
from xinheng.store.models import Submission
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.queueing import Progress, progress_of
from xinheng.usecases.intake.receiving import version_of
from xinheng.usecases.intake.submit import Outcome, outcome_of
from xinheng.usecases.intake.views import submission_of, waiting_now
from xinheng.usecases.reach import agency_names


@dataclass(frozen=True, slots=True)
class Receipt:
    """A submission with all that its page shows. ``progress`` tells how far it is; ``outcome`` is empty until it is in.

    ``mended_by`` are the submissions that brought its rejected rows again; ``may_mend`` tells whether the reader may hand in for its agency.
    """

    submission: Submission
    version: ItemVersion
    agency_name: str
    progress: Progress
    outcome: Outcome | None
    waiting_now: int
    mended_by: tuple[Submission, ...]
    may_mend: bool


def view_receipt(number: int, *, actor: Actor, at: dt.datetime) -> Receipt:
    """Return a submission and how it ended, or how far it is; raises ``Missing`` or ``Refused``."""
    submission = submission_of(number)
    target = Target(agency=submission.agency.uscc, region=submission.agency.region_code, item=submission.item)
    asked = {"submission": number}
    with deed(actor, Action.VIEW_SUBMISSIONS, target, about=f"submission {number}", asked=asked, at=at) as done:
        progress = progress_of(number)
        code = submission.agency.uscc
        found = Receipt(
            submission=submission,
            version=version_of(submission),
            agency_name=agency_names([code]).get(code, code),
            progress=progress,
            outcome=outcome_of(submission) if submission.committed_at else None,
            waiting_now=waiting_now(number),
            mended_by=tuple(submission.mended_by.order_by("id")),
            may_mend=decide(actor, Action.SUBMIT, target).allowed,
        )
        done.result = {"state": progress.state}
    return found
