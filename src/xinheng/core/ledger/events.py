"""Events of a record (记录事件): what may happen to it after, or before, it came in; appended, and laid over its terms at reading time.

``withdrawn`` and ``repaired`` end it on their day; ``severity-confirmed`` sets its terms until ``severity-undone``; ``past-state`` says how a
record of history was published; ``objected`` is a mark; ``corrected`` names, in its detail, the revision that replaced this one, on which request.
The overlay itself is ``store/sql/standing_terms.sql``.
"""

from __future__ import annotations

from enum import StrEnum

HISTORY = "history"
"""The channel of records that were imported with their past: not live, published only as far as their past was told."""

DATABASE = "database"
"""The channel of records that were read from a department's database."""

FORM, PASTED, MENDED, CORRECTED = "form", "pasted", "mended", "corrected"
"""The channels of rows that somebody entered at the desk: one in a form, some from a spreadsheet, rejected ones that were mended, and a standing
record that was corrected from its own page."""

BY_HAND = (FORM, PASTED, MENDED, CORRECTED)
"""Channels whose rows are no whole file, so that nothing is expected of their number."""


class EventKind(StrEnum):
    """The kinds of event, as stored."""

    WITHDRAWN = "withdrawn"
    REPAIRED = "repaired"
    OBJECTED = "objected"
    CORRECTED = "corrected"
    SEVERITY_CONFIRMED = "severity-confirmed"
    SEVERITY_UNDONE = "severity-undone"
    PAST_STATE = "past-state"
