"""Questions (待核实事项): a person looks at what a full file left open, and answers that the record stands or withdraws it.

A question about a record that has ended by today's rules is shown to those only who may view what has ended (design principle 6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db import transaction

from xinheng.core.access import Action, Actor, Target, decide
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.ledger.questions import BY_PERSON, Answer
from xinheng.core.ledger.visibility import ENDED
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Question
from xinheng.store.queries.questions import AskedQuestion, asked_questions
from xinheng.usecases.agencies import agencies_reached
from xinheng.usecases.corrections.asking import ask_withdrawal
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.intake.views import submission_of
from xinheng.usecases.ledger.file import state_of
from xinheng.usecases.users import user_named


def list_questions(
    *, actor: Actor, at: dt.datetime, on: dt.date, submission: int | None = None, answered: bool, limit: int
) -> tuple[AskedQuestion, ...]:
    """Return the first questions that the actor may see: the open ones, those that were ``answered`` as well where that is asked.

    All that a ``submission`` raised, or those of the agencies that the actor reaches. Raises ``Missing``.
    """
    target, agencies = Target(), agencies_reached(actor, Action.VIEW_QUESTIONS)
    if submission is not None:
        held = submission_of(submission).agency
        target, agencies = Target(agency=held.uscc, region=held.region_code), None
    asked = {"submission": submission, "answered": answered}
    with deed(actor, Action.VIEW_QUESTIONS, target, about="questions", asked=asked, at=at) as done:
        ended = decide(actor, Action.VIEW_ENDED, target).allowed
        found: list[AskedQuestion] = []
        for one in asked_questions(on=on, submission=submission, agencies=agencies, answered=answered):
            if len(found) == limit:
                break
            if ended or state_of(one.record, on) not in ENDED:
                found.append(one)
        done.result = {"questions": [one.number for one in found]}
    return tuple(found)


def answer(number: int, how: Answer, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date) -> AskedQuestion:
    """Answer a question, with the reason; ``withdrawn`` asks for the withdrawal of the record, as its source agency. Raises ``Missing`` or ``UnusableCall``."""
    if how not in BY_PERSON:
        raise UnusableCall(_NOT_BY_PERSON)
    if not reason.strip():
        raise UnusableCall(_NO_REASON)
    reason = mask(reason.strip())  # it is kept, and read by others
    about, found = f"question {number}", _asked(number, on)
    target = Target(agency=found.agency, region=found.region)
    ensure_allowed(actor, Action.ANSWER_QUESTION, target, about=about, at=at)
    if how is Answer.WITHDRAWN:  # asked before anything begins, so that a refusal stays in the log
        ensure_allowed(actor, Action.WITHDRAW_RECORD, Target(agency=found.record.source_agency), about=about, at=at)
    asked = {"question": number, "answer": how.value, "reason": reason}
    with deed(actor, Action.ANSWER_QUESTION, target, about=about, asked=asked, at=at) as done:
        _close(number, how, reason, actor, at)
        if how is Answer.WITHDRAWN:
            ask_withdrawal(found.code, found.record.record_key, reason=reason, actor=actor, at=at, on=on)
        done.result = {"question": number, "answer": how.value, "record": found.record.record_key}
    return replace(found, answer=how.value, answered_at=at, answered_by=actor.name, reason=reason)


def shown_question(one: AskedQuestion) -> dict[str, Any]:
    """Return a question as plain data, for ``--json``."""
    record = one.record
    return {
        "question": one.number, "kind": one.kind, "submission": one.submission, "item": one.item, "agency": one.agency,
        "code": one.code, "name": one.name, "record": record.record_key, "decision_number": record.decision_number,
        "decided_on": record.decided_on.isoformat(), "source_agency": record.source_agency, "asked_at": one.asked_at.isoformat(),
        "untold_rows": one.untold, "answer": one.answer, "answered_at": one.answered_at.isoformat() if one.answered_at else None,
        "answered_by": one.answered_by, "answered_in": one.answered_in, "reason": one.reason,
    }  # fmt: skip


def _asked(number: int, on: dt.date) -> AskedQuestion:
    found: Iterator[AskedQuestion] = asked_questions(on=on, number=number, answered=True)
    one = next(found, None)
    if one is None or (one.answer is None and state_of(one.record, on) in ENDED):
        raise Missing(_NONE, question=number)
    return one


def _close(number: int, how: Answer, reason: str, actor: Actor, at: dt.datetime) -> None:
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=number)
        if question.answer is not None:
            raise UnusableCall(_ANSWERED, question=number, answer=question.answer)
        question.answer, question.reason = how.value, reason
        question.answered_at, question.answered_by = at, user_named(actor.name)
        question.save(update_fields=["answer", "reason", "answered_at", "answered_by"])


_SEE = Text("请用 xinheng questions list 查看待答复的问题。", "See the open ones with xinheng questions list.")
_NONE = Explanation(
    Text("没有该问题", "There is no such question"),
    Text("编号不存在，或该记录已不再有效", "the number is not known, or its record has ended"),
    _SEE,
)
_ANSWERED = Explanation(
    Text("该问题已有答复", "The question was answered already"),
    Text("一个问题只答复一次", "a question is answered once"),
    _SEE,
)
_NOT_BY_PERSON = Explanation(
    Text("不能这样答复", "It cannot be answered so"),
    Text("「已再次报送」由后来的报送自动得出", "that it was reported again follows from a later submission by itself"),
    Text("请用 --as stands 或 --as withdrawn。", "Use --as stands or --as withdrawn."),
)
_NO_REASON = Explanation(
    Text("请说明理由", "Say why"),
    Text("答复须说明理由", "an answer states its reason"),
    Text("请用 --reason 填写，如「导出时遗漏」。", "Give it with --reason, e.g. 'left out of the export'."),
)
