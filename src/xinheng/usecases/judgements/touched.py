"""What a reversal touched (波及): the receipts that had told of the record, each of which gets a remark. Whoever sends notices begins here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from xinheng.store.models import Judgement, Receipt
from xinheng.store.sql import statement
from xinheng.usecases.ledger.file import file_of


@dataclass(frozen=True, slots=True)
class Touched:
    """Who was told of a record while it stood: the subject's code, the record's key, and the receipts with who asked and when."""

    code: str
    record: str
    receipts: tuple[tuple[str, str, dt.datetime], ...]


def note_touched(judgement: Judgement, *, code: str, record: str, since: dt.datetime, at: dt.datetime) -> Touched:
    """Remark on every receipt that told of the record since it was attached, and return them, oldest first."""
    asked: dict[str, Any] = {
        "judgement": judgement.pk, "at": at, "since": since, "record": record,
        "targets": [file_of(code), f"own file {code}", f"subject {code}", f"record of subject {code}"],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("receipt_notes"), asked)
        found = [number for (number,) in cursor.fetchall()]
    held = Receipt.objects.filter(pk__in=found).order_by("at", "id")
    return Touched(code, record, tuple((str(one.pk), one.actor, one.at) for one in held))
