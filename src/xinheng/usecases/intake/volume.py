"""How many rows a file has against what may be expected of it (数据量预期): asked before anything is written, told with the result."""

from __future__ import annotations

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.read import TableReader
from xinheng.core.intake.volume import check_enough, fewest_rows, volume_notes
from xinheng.core.ledger.events import BY_HAND
from xinheng.store.models import Submission
from xinheng.usecases.intake.receiving import Delivery, version_of


def ensure_enough(reader: TableReader, delivery: Delivery) -> None:
    """Raise ``UnusableFile`` where the file has too few rows; reads it no further than to the bound. Rows entered by hand are no whole file."""
    if delivery.channel in BY_HAND:
        return
    previous = _previous_of(delivery)
    fewest, rows = fewest_rows(delivery.version, previous), 0
    for raw in reader.chunks() if fewest else ():
        chunk = raw.parse()
        rows += len(chunk.rows) + len(chunk.bad)
        if rows >= fewest:
            return
    check_enough(delivery.version, rows, previous)


def notes_of(submission: Submission) -> tuple[Text, ...]:
    """Return what is to be noted of the size of a committed submission."""
    if submission.committed_at is None or submission.channel in BY_HAND:
        return ()
    version = version_of(submission)
    before = _previous(version, submission.agency_id, submission.profile, before=submission.pk)
    return volume_notes(version, submission.received, before)


def foreseen_notes(delivery: Delivery, rows: int) -> tuple[Text, ...]:
    """Return the same of a file that is only checked; raises ``UnusableFile`` where it would be stopped."""
    if delivery.channel in BY_HAND:
        return ()
    previous = _previous_of(delivery)
    check_enough(delivery.version, rows, previous)
    return volume_notes(delivery.version, rows, previous)


def _previous_of(delivery: Delivery) -> int | None:
    return _previous(delivery.version, delivery.agency.pk, delivery.profile)


def _previous(version: ItemVersion, agency: int, profile: str, *, before: int | None = None) -> int | None:
    """Return the rows of the agency's last file of the item, asked only where a bound depends on it."""
    volume = version.volume
    if volume is None or (volume.fewest_percent is None and volume.most_percent is None):
        return None
    held = (
        Submission.objects.filter(agency_id=agency, item=version.name, profile=profile, committed_at__isnull=False)
        .exclude(channel__in=BY_HAND)
        .order_by("-pk")
    )
    if before is not None:
        held = held.filter(pk__lt=before)
    rows: int | None = held.values_list("received", flat=True).first()
    return rows
