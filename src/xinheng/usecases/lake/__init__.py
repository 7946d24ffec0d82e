"""The lake (数据湖): bringing it up to the ledger, compacting it, building it anew, saying how it stands, comparing it with the ledger."""

from __future__ import annotations

from django.conf import settings

from xinheng.lake.tables import Lake


def lake_here() -> Lake:
    """Return the lake of this installation."""
    return Lake(settings.LAKE)
