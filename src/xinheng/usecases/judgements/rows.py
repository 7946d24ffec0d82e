"""Waiting rows as judgements see them: who may look at one, what of it helps to find its subject, and who may be meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from xinheng.core.access import Action, Actor, Target, decide
from xinheng.core.catalogue.item import Effect, ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.core.intake.facts import FINDERS
from xinheng.core.standards.dates import parse_date
from xinheng.core.standards.names import name_key
from xinheng.core.standards.uscc import PLACEHOLDER
from xinheng.core.subjects.candidates import Asked, Candidate, NameHeld, Possible, candidates
from xinheng.core.subjects.judgement import Verdict
from xinheng.core.subjects.likeness import likeness
from xinheng.core.subjects.mending import one_character_away
from xinheng.store.models import Judgement, Subject, Submission, WaitingRow
from xinheng.store.queries.candidates import possible_subjects
from xinheng.store.queries.records import standing_records
from xinheng.usecases.deed import ensure_allowed, refused
from xinheng.usecases.intake.receiving import version_of

_CODE_ROLES = tuple(dict.fromkeys(role for role, _, _ in FINDERS))


def row_in_reach(number: int, action: Action, *, actor: Actor, at: dt.datetime) -> WaitingRow:
    """Return a row of a committed submission on which the actor may act; raises ``Refused``, or ``Missing`` where it may not know of the row."""
    held = WaitingRow.objects.select_related("submission__agency", "submission__received_by").filter(pk=number).first()
    if held is None or held.submission.committed_at is None:
        ensure_allowed(actor, Action.VIEW_ISSUES, Target(), about=f"waiting row {number}", at=at)
        raise Missing(_NONE, row=number)
    target, view = target_of(held.submission), Action.VIEW_ISSUES
    if not decide(actor, view, target).allowed and decide(actor, view, Target()).allowed:
        reasons = decide(actor, view, target).reasons
        refused(
            actor, action, _NONE, reasons=reasons, about=f"waiting row {number}", at=at
        )  # logged, and told as if there were none
        raise Missing(_NONE, row=number)
    ensure_allowed(actor, action, target, about=f"waiting row {number}", at=at)
    return held


def target_of(submission: Submission) -> Target:
    """Return what access is asked about for the rows of a submission."""
    return Target(agency=submission.agency.uscc, region=submission.agency.region_code)


def name_of(row: WaitingRow) -> str:
    """Return the name that a row gives its counterpart."""
    return _cell(row, version_of(row.submission), "counterpart_name")


def decided_on(row: WaitingRow) -> dt.date:
    """Return the day of the decision that a row is about; that of its submission where it has none."""
    given = _cell(row, version_of(row.submission), "decided_on")
    return (parse_date(given) if given else None) or row.submission.received_on


def asked_of(row: WaitingRow) -> Asked:
    """Return what of a row helps to find its subject."""
    version = version_of(row.submission)
    codes = tuple(dict.fromkeys(filter(None, (_cell(row, version, role) for role in _CODE_ROLES))))
    codes = tuple(code for code in codes if code.upper() != PLACEHOLDER)
    return Asked(
        name=name_of(row),
        day=decided_on(row),
        codes=codes,
        mends=frozenset().union(*map(one_character_away, codes)),
        region=row.submission.agency.region_code,
        address=_cell(row, version, "address"),
        representative=_cell(row, version, "legal_representative"),
    )


def candidates_for(
    row: WaitingRow, asked: Asked, subjects: Iterable[Subject], *, actor: Actor, on: dt.date, limit: int
) -> tuple[Candidate, ...]:
    """Return subjects as candidates for a row, in order; the representative is looked up for those only that are kept."""
    held = {subject.pk: subject for subject in subjects}
    said = _judged_before(held, row, asked)
    first = candidates(
        asked, (_possible(one, said.get(one.pk, ())) for one in held.values()), compare=likeness, limit=limit
    )
    if not asked.representative:
        return first
    kept = (
        replace(one.possible, representative=_representative(held[one.possible.subject], actor, on)) for one in first
    )
    return candidates(asked, kept, compare=likeness, limit=limit)


def near_subjects(asked: Asked) -> tuple[Subject, ...]:
    """Return the subjects that a row may be about, as the register has them now."""
    inner = {code[8:17] for code in asked.codes if len(code) == 18}
    return possible_subjects(asked.name, {*asked.codes, *asked.mends, *inner})


def _possible(subject: Subject, judged: tuple[Text, ...]) -> Possible:
    names = tuple(NameHeld(one.name, one.current, one.valid_from, one.valid_until) for one in subject.names.all())
    return Possible(
        subject=subject.pk, uscc=subject.uscc, name=subject.name, kind=subject.kind, status=subject.status, address=subject.address,
        established_on=subject.established_on, names=tuple(sorted(names, key=lambda one: not one.current)),
        codes=frozenset(one.code for one in subject.codes.all()), judged=judged,
    )  # fmt: skip


def _representative(subject: Subject, actor: Actor, on: dt.date) -> str:
    """Return the representative's name in the subject's registration, where the catalogue lets the actor see it there; read, never kept."""
    for record in standing_records(subject.pk, as_of=on):
        version = load(record.item).version(record.version)
        field = version.by_role("legal_representative")
        if version.effect is Effect.REGISTER and field is not None and field.name in record.fields:
            seen = decide(
                actor, Action.VIEW_FILE, Target(item=record.item, openness=field.openness, source=record.source_agency)
            )
            return str(record.fields[field.name]) if seen.allowed else ""
    return ""


def _judged_before(subjects: Iterable[int], row: WaitingRow, asked: Asked) -> dict[int, tuple[Text, ...]]:
    """Return, by subject, what was judged of other rows of the same agency that carry the same name."""
    held = Judgement.objects.filter(subject__in=list(subjects), name_key=key_of(asked.name), ended_at=None).exclude(
        row=row
    )
    found: dict[int, tuple[Text, ...]] = {}
    for one in held.filter(row__submission__agency=row.submission.agency).select_related("row").order_by("-id")[:_MOST]:
        where, said = one.row, Verdict(one.verdict).label
        words = Text(
            f"同名的另一行（报送 {where.submission_id} 第 {where.row} 行）曾判定：{said.zh}",
            f"of another row of this name (submission {where.submission_id}, row {where.row}): {said.en}",
        )
        found[one.subject_id] = (*found.get(one.subject_id, ()), words)[:_SHOWN]
    return found


def key_of(name: str) -> str:
    """Return the key of a name as a judgement keeps it."""
    return name_key(name)[:300]


def _cell(row: WaitingRow, version: ItemVersion, role: str) -> str:
    field = version.by_role(role)
    return str(row.fields.get(field.name) or "") if field else ""


_MOST, _SHOWN = 200, 3  # judgements of the same name that are looked at, and that are told of a subject
_NONE = Explanation(
    Text("没有该待认领的行", "There is no such waiting row"),
    Text("编号不存在，或者不在您的职责范围内", "the number is not known, or it is outside your remit"),
    Text("请用 xinheng waiting list 查看待认领的行。", "See the rows with xinheng waiting list."),
)
