"""Full files (全量报送): a record that its agency's whole state does not hold any more raises a question, and nothing else changes.

A file that is the whole state holds each decision of a row that was taken, unchanged or corrected, and also of a row that went back where
authority, number and subject name a record. How many other rows went back or wait is said with every question: it may be among them.
"""

from __future__ import annotations

import datetime as dt

from xinheng.core.catalogue.load import load
from xinheng.core.intake.counts import Counts
from xinheng.store.appending import ask_vanished, close_reported
from xinheng.store.models import Question, Submission
from xinheng.store.queries.questions import told_rows
from xinheng.usecases.users import user_named


def ask(submission: Submission, counts: Counts, *, by: str, at: dt.datetime) -> dict[str, int]:
    """Ask what a full file leaves open and close what it answers; returns both numbers, none of a file that is not full. ``by`` names the user.

    To be called before anything is written to the outbox: where the ledger is large it takes a while, and projections wait for that.
    """
    if not submission.full:
        return {}
    years = {version.revision.version: version.retention_years for version in load(submission.item).versions}
    closed = close_reported(submission, by=user_named(by), at=at)
    untold = counts.rejected + counts.waiting - told_rows(submission.pk)
    asked = ask_vanished(submission, untold=untold, retention_years=years, at=at, on=at.date())
    return {"asked": asked, "closed": closed}


def questions_of(submission: Submission) -> int | None:
    """Return how many questions a full file raised, answered or not; nothing for any other file."""
    return Question.objects.filter(submission=submission).count() if submission.full else None


def close_resolved(submission: Submission, *, at: dt.datetime) -> None:
    """Close what rows answer that had waited for their subject when their full file was committed."""
    if submission.full:
        close_reported(submission, by=submission.received_by, at=at)
