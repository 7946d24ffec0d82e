"""Questions that full files left open: the list, and one with its record, to be answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.ledger.questions import BY_PERSON, Answer, QuestionKind
from xinheng.store.queries.questions import AskedQuestion
from xinheng.usecases.intake.listing import LONGEST
from xinheng.usecases.ledger.questions import answer, list_questions
from xinheng.web.desk.labels import item_title
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import Cell, Column, Filter, Table, file_of, question_of
from xinheng.web.today import now, today

_COLUMNS = (
    Column(Text("编号", "Number"), number=True), Column(Text("问题", "Question")), Column(Text("主体", "Subject")),
    Column(Text("决定文书号", "Decision number")), Column(Text("目录", "Item")), Column(Text("报送", "Submission"), number=True),
    Column(Text("提出日期", "Asked on")), Column(Text("答复", "Answer")),
)  # fmt: skip


@desk_page
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """List the questions that the reader may see, open ones first of all."""
    filters = (
        Filter("answered", Text("状态", "State"), (("yes", Text("包括已答复的", "Answered as well")),)),
        Filter("submission", Text("报送编号", "Submission")),
    )
    asked = question_of(request, filters)
    number = asked.filters["submission"]
    found = list_questions(
        actor=actor_of(request), at=now(), on=today(), submission=int(number[:18]) if number.isdecimal() else None,
        answered=asked.filters["answered"] == "yes", limit=LONGEST if asked.form else 1000,
    )  # fmt: skip
    wanted = asked.wanted()
    part = found[wanted.offset : wanted.offset + wanted.limit]
    nothing = Text("没有待核实的问题", "Nothing is asked")
    table = Table(
        Text("待核实的问题", "Questions"), _COLUMNS, tuple(map(_row, part)), len(found), asked, filters, nothing
    )
    return file_of(request, table, name="questions") if asked.form else shown(request, "questions", {"table": table})


def _row(one: AskedQuestion) -> tuple[Cell, ...]:
    answered = (
        Cell(Answer(one.answer).label, tone="calm") if one.answer else Cell(Text("待答复", "Open"), tone="marked")
    )
    return (
        Cell(one.number, url=reverse("desk:question", args=[one.number])), Cell(QuestionKind(one.kind).label), Cell(one.name),
        Cell(one.record.decision_number), Cell(item_title(one.item)), Cell(one.submission, url=reverse("desk:submission", args=[one.submission])),
        Cell(localtime(one.asked_at).date()), answered,
    )  # fmt: skip


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, number: int) -> HttpResponse:
    """Show a question with its record; answer it."""
    found = _question(request, number)
    given = {"answer": request.POST.get("answer", ""), "reason": request.POST.get("reason", "").strip()}
    if request.method != "POST":
        return _page(request, found, given)
    errors = _errors(given)
    if errors:
        return _page(request, found, given, errors=errors, status=422)
    try:
        answer(number, Answer(given["answer"]), reason=given["reason"], actor=actor_of(request), at=now(), on=today())
    except UnusableCall as error:
        return _page(request, found, given, faults=told(error), status=422)
    return redirect("desk:questions")


def _question(request: HttpRequest, number: int) -> AskedQuestion:
    """Return a question out of those that the reader may see."""
    held = list_questions(actor=actor_of(request), at=now(), on=today(), answered=True, limit=LONGEST)
    found = next((one for one in held if one.number == number), None)
    if found is None:
        raise Missing(_NONE)
    return found


def _errors(given: dict[str, str]) -> dict[str, tuple[Text, ...]]:
    errors: dict[str, tuple[Text, ...]] = {}
    if given["answer"] not in {one.value for one in BY_PERSON}:
        errors["answer"] = (Text("请选择答复。", "Choose an answer."),)
    if not given["reason"]:
        errors["reason"] = (Text("请写明理由。", "Give the reason."),)
    return errors


def _page(
    request: HttpRequest,
    found: AskedQuestion,
    given: dict[str, str],
    *,
    errors: dict[str, tuple[Text, ...]] | None = None,
    faults: tuple[Text, ...] = (),
    status: int = 200,
) -> HttpResponse:
    errors = errors or {}
    fields = (
        FormField(
            name="answer", title=Text("这条记录", "The record"), kind="radio", value=given["answer"], required=True, errors=errors.get("answer", ()),
            choices=(
                ("stands", Text("仍然有效，只是文件中没有", "still stands; the file left it out")),
                ("withdrawn", Text("决定已经撤销或者变更，撤回这条记录", "was revoked or changed: withdraw it")),
            ),
        ),
        FormField(
            name="reason", title=Text("理由", "Reason"), kind="area", value=given["reason"], required=True, errors=errors.get("reason", ()),
            hint=Text("会保存并由他人看到，请勿写入个人信息。", "It is kept and read by others; no personal data, please."),
        ),
    )  # fmt: skip
    facts = {
        "question": found, "kind": QuestionKind(found.kind).label, "item": item_title(found.item), "fields": fields,
        "fields_at_fault": [one for one in fields if one.errors], "faults": faults,
        "answered": Answer(found.answer).label if found.answer else None,
    }  # fmt: skip
    return shown(request, "question", facts, status=status)


_NONE = Explanation(
    Text("没有该问题", "There is no such question"),
    Text(
        "编号不存在，该记录已不再有效，或者不在您的职责范围内",
        "the number is not known, its record has ended, or it is outside your remit",
    ),
    Text("请在待核实列表中选择。", "Please choose it from the list."),
)
