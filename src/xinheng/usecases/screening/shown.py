"""Results of screening as plain data, for ``--json``."""

from __future__ import annotations

from typing import Any

from xinheng.core.errors import Text
from xinheng.core.screening import Feed, ScreeningMatter
from xinheng.core.screening.assessment import Told
from xinheng.usecases.screening.checking import Checked
from xinheng.usecases.screening.keeping import Line
from xinheng.usecases.screening.viewing import RowView, ScreeningView


def shown_matter(one: ScreeningMatter) -> dict[str, Any]:
    """Return a matter."""
    return {
        "code": one.code, "number": one.number, "department": one.department.value, "purpose": one.purpose.value, **shown_text("title", one.title),
        "obligatory": one.obligatory, "basis": one.basis, "source": one.source, "sure": one.sure, "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "looks": [
            {"item": look.item, "years": look.years, "published": look.published, "lists": list(look.lists)} for look in one.looks
        ],
    }  # fmt: skip


def shown_check(one: Checked) -> dict[str, Any]:
    """Return a check."""
    return {
        "screening": one.number, "matter": one.matter.code, "business_number": one.business_number, "agency": one.agency,
        "as_of": one.on.isoformat(), **shown_line(one.line), "covers": [shown_feed(feed) for feed in one.feeds], "receipt": one.receipt,
    }  # fmt: skip


def shown_screening(one: ScreeningView) -> dict[str, Any]:
    """Return a screening as it is listed."""
    return {
        "screening": one.number, "kind": one.kind, "matter": one.matter.code, "business_number": one.business_number, "agency": one.agency,
        "made_by": one.made_by, "at": one.at.isoformat(), "as_of": one.on.isoformat(), "file": one.file_name, "rows": one.rows,
        "previous": one.previous, "receipt": one.receipt,
    }  # fmt: skip


def shown_row(one: RowView) -> dict[str, Any]:
    """Return a row seen again."""
    return {**shown_line(one.line), "changed": one.changed, "feedback": one.feedback}


def shown_line(line: Line) -> dict[str, Any]:
    """Return a line: what was given (masked), the subject, the outcome with its reasons, and what stands behind it."""
    told = line.assessment
    return {
        "row": line.number, "given": {"name": line.given.name, "code": line.given.code},
        "subject": {"code": line.match.code, "name": line.match.name} if line.match.code else None, "found_by": line.match.means.value,
        "outcome": told.outcome.value, "reasons": [{"zh": one.zh, "en": one.en} for one in told.reasons],
        "entries": [shown_told(one) for one in told.entries], "records": [shown_told(one) for one in told.records],
        "candidates": [{"code": one.code, "name": one.name} for one in line.match.candidates],
    }  # fmt: skip


def shown_told(told: Told) -> dict[str, Any]:
    """Return a record or list entry that is told; ``measures`` is where what follows from it will stand."""
    seen = told.seen
    return {
        "item": seen.item, "list_code": seen.list_code or (seen.item if seen.is_list else ""), **shown_text("title", seen.list_title or seen.title),
        **shown_text("says", seen.says or Text("", "")), "record": seen.key, "number": seen.number, "authority": seen.authority,
        "source_agency": seen.source, "basis": seen.basis, "since": seen.since.isoformat(),
        "until": seen.until.isoformat() if seen.until else None, "standing": told.standing.value, "measures": [],
    }  # fmt: skip


def shown_feed(feed: Feed) -> dict[str, Any]:
    """Return until when an item came in."""
    return {
        "item": feed.item, **shown_text("title", feed.title), "until": feed.until.isoformat() if feed.until else None, "by_zero_report": feed.zero,
        "covered": feed.covered, "shown": feed.shown, "stopped": {"zh": feed.stopped.zh, "en": feed.stopped.en} if feed.stopped else None,
    }  # fmt: skip


def shown_text(name: str, text: Text) -> dict[str, str]:
    """Return a text as two members."""
    return {name: text.zh, f"{name}_en": text.en}
