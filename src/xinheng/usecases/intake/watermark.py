"""The watermark of a delivery (水位): it moves with the commit of the submission whose rows it stands for, in the same transaction, or not at all."""

from __future__ import annotations

import datetime as dt

from xinheng.store.models import DatabaseDelivery, DeliveryRun, Submission


def move_watermark(submission: Submission, at: dt.datetime) -> dict[str, object]:
    """Move the watermark of the delivery that a submission is a run of; returns what moved, nothing where it did before.

    Called inside the transaction of the commit. A run that comes to its end late, after newer rows are in, moves nothing back.
    """
    told: dict[str, object] = {}
    for run in DeliveryRun.objects.select_related("delivery").filter(submission=submission, moved_at=None):
        held = DatabaseDelivery.objects.filter(pk=run.delivery_id)
        as_it_was = held.filter(reached=run.since) if run.since is not None else held.filter(reached=None)
        moved = as_it_was.update(reached=run.upto)
        DeliveryRun.objects.filter(pk=run.pk).update(moved_at=at)
        told = {"delivery": run.delivery.name, "since": run.since, "upto": run.upto, "moved": bool(moved)}
    return told
