"""``/api/v1/checks``: what a department's business system asks before it decides, and what it says was done."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from xinheng.api.v1.check_shapes import (
    CheckAnswer,
    CheckAsked,
    CheckedEntry,
    CheckedItem,
    CheckedSubject,
    FeedbackAnswer,
    FeedbackAsked,
    FoundBy,
    MatterLook,
    MatterRow,
    MattersAnswer,
    Outcome,
    Standing,
)
from xinheng.api.v1.clock import now
from xinheng.api.v1.guard import ClientCredentials, caller
from xinheng.api.v1.shapes import Words
from xinheng.api.v1.told import ROOT
from xinheng.core.access import Scope
from xinheng.core.errors import Text
from xinheng.core.screening import Feed, ScreeningMatter, matters
from xinheng.core.screening.assessment import Told
from xinheng.usecases.screening.checking import Checked, check_for_system
from xinheng.usecases.screening.feedback import give_feedback

router = Router(tags=["checks"])
READ, WRITE = ClientCredentials(Scope.READ_CHECKS), ClientCredentials(Scope.CHECK)


@router.get(
    "/matters",
    url_name="check-matters",
    operation_id="check-matters",
    summary="List the matters in which may be checked",
    auth=READ,
    response=MattersAnswer,
)
def check_matters(request: HttpRequest) -> MattersAnswer:  # noqa: ARG001 - the guard has asked it
    """List the matters in force today: on what basis, whether a check is obligatory, and what each looks at. Nothing else is ever returned in it."""
    return MattersAnswer(matters=[_matter(one) for one in matters(on=now().date())])


@router.post(
    "",
    url_name="checks",
    operation_id="check",
    summary="Check a subject",
    auth=WRITE,
    response={201: CheckAnswer},
)
def check(request: HttpRequest, response: HttpResponse, asked: CheckAsked) -> Status:
    """Tell what stands against a subject in a matter: list entries and records with basis and days, and until when each item has come in.

    Found by its code; by its full name alone only to be confirmed. A natural person's number is answered 422, and neither kept nor said again.
    The subject sees that it was checked, by whom and for what.
    """
    at = now()
    found = check_for_system(
        code=asked.code, name=asked.name, matter=asked.matter, business_number=asked.business_number, actor=caller(request).actor, at=at,
        on=at.date(),
    )  # fmt: skip
    response.headers["Location"] = f"{ROOT}/checks/{found.number}/feedback"
    return Status(201, _answer(found))


@router.post(
    "/{int:number}/feedback",
    url_name="check-feedback",
    operation_id="check-feedback",
    summary="Say what was done with a check",
    auth=WRITE,
    response=FeedbackAnswer,
)
def check_feedback(request: HttpRequest, number: int, said: FeedbackAsked) -> FeedbackAnswer:
    """Note that the result was seen, acted upon, or not and why. The last word counts; earlier ones are kept."""
    receipt = give_feedback(number, kind=said.feedback, why=said.why, actor=caller(request).actor, at=now())
    return FeedbackAnswer(id=number, feedback=said.feedback, receipt=receipt)


def _answer(found: Checked) -> CheckAnswer:
    told, match = found.line.assessment, found.line.match
    return CheckAnswer(
        id=found.number, receipt=found.receipt, matter=found.matter.code, business_number=found.business_number, as_of=found.on,
        outcome=cast("Outcome", told.outcome.value), found_by=cast("FoundBy", match.means.value),
        subject=CheckedSubject(code=match.code, name=match.name) if match.code else None,
        reasons=[_words(one) for one in told.reasons], entries=[_entry(one) for one in told.entries], records=[_entry(one) for one in told.records],
        candidates=[CheckedSubject(code=one.code, name=one.name) for one in match.candidates], covers=[_item(one) for one in found.feeds],
    )  # fmt: skip


def _entry(told: Told) -> CheckedEntry:
    seen = told.seen
    return CheckedEntry(
        item=seen.item, list_code=seen.list_code or (seen.item if seen.is_list else ""), title=_words(seen.list_title or seen.title),
        says=_words(seen.says) if seen.says else None, record=seen.key, number=seen.number, authority=seen.authority, source_agency=seen.source,
        basis=seen.basis, since=seen.since, until=seen.until, standing=cast("Standing", told.standing.value), measures=[],
    )  # fmt: skip


def _item(feed: Feed) -> CheckedItem:
    return CheckedItem(
        item=feed.item, title=_words(feed.title), until=feed.until, by_zero_report=feed.zero, covered=feed.covered
    )  # fmt: skip


def _matter(one: ScreeningMatter) -> MatterRow:
    looks = [MatterLook(item=k.item, years=k.years, published=k.published, lists=list(k.lists)) for k in one.looks]
    return MatterRow(
        code=one.code, number=one.number, department=one.department.value, title=_words(one.title), purpose=one.purpose.value,
        obligatory=one.obligatory, basis=one.basis, sure=one.sure, looks=looks,
    )  # fmt: skip


def _words(text: Text) -> Words:
    return Words(zh=text.zh, en=text.en)
