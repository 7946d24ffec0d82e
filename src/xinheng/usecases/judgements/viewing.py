"""Looking at a waiting row (判定视图): its cells, who may be meant and why, what was judged of it, and which other rows carry the same name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from xinheng.core.access import Action, Actor, decide
from xinheng.core.errors import Text
from xinheng.core.standards.names import name_key
from xinheng.core.subjects.candidates import Candidate
from xinheng.core.subjects.differences import Differences, differences
from xinheng.core.subjects.judgement import Verdict
from xinheng.store.models import Judgement, WaitingRow
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.receiving import version_of
from xinheng.usecases.judgements.judging import evidence_of
from xinheng.usecases.judgements.rows import (
    asked_of,
    candidates_for,
    decided_on,
    name_of,
    near_subjects,
    row_in_reach,
    target_of,
)
from xinheng.usecases.ledger.file import subject_or_missing
from xinheng.usecases.reach import agency_names

SIBLINGS = 200
SHOWN = 10


@dataclass(frozen=True, slots=True)
class JudgedView:
    """A judgement on the row as it is shown: on which subject, by whom, why; and how it ended, where it did."""

    number: int
    code: str
    name: str
    verdict: Verdict
    reason: str
    by: str
    at: dt.datetime
    became: str
    receipt: str
    ended_at: dt.datetime | None
    ended_by: str
    ended_reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate beside the row: where the names differ, and the verdict in force (*not sure*), if any."""

    candidate: Candidate
    differences: Differences
    standing: Verdict | None


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another waiting row of the same agency and name."""

    number: int
    submission: int
    row: int
    decision_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A waiting row with all that helps to judge it; ``ended`` is empty while it waits, ``kept_away`` counts subjects judged different.

    ``chosen`` is the subject that the reader asked for by its code, beside the candidates; it stands first.
    """

    number: int
    submission: int
    row: int
    item: str
    agency: str
    agency_name: str
    received_on: dt.date
    day: dt.date
    reason: str
    name: str
    ended: str
    cells: tuple[tuple[Text, str], ...]
    shown: tuple[Shown, ...]
    kept_away: int
    judgements: tuple[JudgedView, ...]
    siblings: tuple[Sibling, ...]
    may_judge: bool
    receipt: str


def view_case(number: int, *, actor: Actor, at: dt.datetime, on: dt.date, chosen: str = "") -> Case:
    """Return a waiting row and its candidates, in order; ``chosen`` is the code of one more subject to be seen. Raises ``Missing`` or ``Refused``."""
    row = row_in_reach(number, Action.VIEW_ISSUES, actor=actor, at=at)
    target, agency = target_of(row.submission), row.submission.agency.uscc
    asked = {"row": number, **({"chosen": chosen} if chosen else {})}
    with deed(actor, Action.VIEW_ISSUES, target, about=f"waiting row {number}", asked=asked, at=at) as done:
        judgements = _judgements(row)
        standing = {one.code: one.verdict for one in judgements if one.ended_at is None}
        shown = _shown(row, standing, chosen, actor, on) if row.ended is None else ()
        done.result = {"candidates": [one.candidate.possible.uscc for one in shown]}
    assert done.receipt is not None  # noqa: S101 (the deed is over)
    return Case(
        number=number, submission=row.submission_id, row=row.row, item=row.submission.item, agency=agency,
        agency_name=agency_names([agency]).get(agency, agency), received_on=row.submission.received_on, day=decided_on(row), reason=row.reason,
        name=name_of(row), ended=row.ended or "", cells=_cells(row), shown=shown,
        kept_away=sum(verdict is Verdict.DIFFERENT for verdict in standing.values()), judgements=judgements,
        siblings=_siblings(row) if row.ended is None else (), may_judge=decide(actor, Action.JUDGE, target).allowed,
        receipt=str(done.receipt.pk),
    )  # fmt: skip


def shown_case(case: Case) -> dict[str, Any]:
    """Return a case as plain data, for ``--json``."""
    return {
        "row": case.number, "submission": case.submission, "file_row": case.row, "item": case.item, "agency": case.agency, "name": case.name,
        "decided_on": case.day.isoformat(), "reason": case.reason, "ended": case.ended, "kept_away": case.kept_away,
        "siblings": [one.number for one in case.siblings],
        "candidates": [
            {
                "code": one.candidate.possible.uscc, "name": one.candidate.possible.name, "matched": one.candidate.nearest.name,
                "verdict": one.candidate.likeness.verdict, "score": round(one.candidate.likeness.score, 4),
                "standing": one.standing.value if one.standing else None, "evidence": evidence_of(one.candidate),
            }
            for one in case.shown
        ],
        "judgements": [
            {
                "judgement": one.number, "code": one.code, "verdict": one.verdict.value, "reason": one.reason, "by": one.by, "at": one.at.isoformat(),
                "became": one.became, "receipt": one.receipt, "ended_at": one.ended_at.isoformat() if one.ended_at else None,
                "ended_by": one.ended_by, "ended_reason": one.ended_reason,
            }
            for one in case.judgements
        ],
    }  # fmt: skip


def _shown(row: WaitingRow, standing: dict[str, Verdict], chosen: str, actor: Actor, on: dt.date) -> tuple[Shown, ...]:
    """Return the candidates without those that were judged different and those far off, the chosen one first."""
    asked = asked_of(row)
    subjects = [one for one in near_subjects(asked) if standing.get(one.uscc) is not Verdict.DIFFERENT]
    found = candidates_for(row, asked, subjects, actor=actor, on=on, limit=SHOWN)
    ordered = tuple(one for one in found if not one.is_far)
    if chosen:
        first = candidates_for(row, asked, [subject_or_missing(chosen)], actor=actor, on=on, limit=1)
        ordered = (*first, *(one for one in ordered if one.possible.uscc != first[0].possible.uscc))
    return tuple(
        Shown(one, differences(asked.name, one.nearest.name), standing.get(one.possible.uscc)) for one in ordered
    )


def _cells(row: WaitingRow) -> tuple[tuple[Text, str], ...]:
    fields = version_of(row.submission).fields
    return tuple(
        (Text(field.title, field.title_en), str(row.fields[field.name]))
        for field in fields
        if row.fields.get(field.name) not in (None, "")
    )


def _judgements(row: WaitingRow) -> tuple[JudgedView, ...]:
    held = Judgement.objects.filter(row=row).select_related("subject", "by", "ended_by").order_by("-id")
    return tuple(
        JudgedView(
            one.pk, one.subject.uscc, one.subject.name, Verdict(one.verdict), one.reason, one.by.username, one.at, one.became, str(one.receipt_id or ""),
            one.ended_at, one.ended_by.username if one.ended_by else "", one.ended_reason,
        )
        for one in held
    )  # fmt: skip


def _siblings(row: WaitingRow) -> tuple[Sibling, ...]:
    """Return other waiting rows of the agency whose name is the same, however it is written."""
    version, key = version_of(row.submission), name_key(name_of(row))
    named, number = version.by_role("counterpart_name"), version.by_role("decision_number")
    if named is None or not key:
        return ()
    spelt = {f"fields__{named.name}": row.fields.get(named.name)}
    held = WaitingRow.objects.filter(
        ended=None, submission__agency=row.submission.agency, submission__item=row.submission.item,
        submission__committed_at__isnull=False, **spelt,
    )  # fmt: skip
    return tuple(
        Sibling(one.pk, one.submission_id, one.row, str(one.fields.get(number.name, "")) if number else "")
        for one in held.exclude(pk=row.pk).order_by("submission_id", "row")[:SIBLINGS]
    )
