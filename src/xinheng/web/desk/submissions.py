"""Submissions: the list, a receipt, its issues cell by cell, the workbook of rejected rows, and the rows that wait."""

from __future__ import annotations

import io

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from xinheng.core.catalogue.load import item_names
from xinheng.core.errors import Text
from xinheng.usecases.collecting.figures import figures_of
from xinheng.usecases.intake.listing import page_of_issues, page_of_submissions, page_of_waiting
from xinheng.usecases.intake.mending import MOST_ROWS
from xinheng.usecases.intake.queueing import ENDED
from xinheng.usecases.intake.receipts import Receipt, view_receipt
from xinheng.usecases.intake.views import write_rejects_of
from xinheng.web.desk.labels import LEVELS, REASONS, STATES, channel, counts_of, item_title, items, rule_title
from xinheng.web.desk.page import desk_page, page_of_submission, shown
from xinheng.web.language import language_of
from xinheng.web.scripted import scripted
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import FORMATS, Cell, Column, Filter, Table, file_of, question_of
from xinheng.web.today import now

_STATE_CHOICES = (
    ("committed", STATES["committed"][0]),
    ("rejected", Text("有退回的行", "With rejected rows")),
    ("unfinished", STATES["unfinished"][0]),
    ("failed", STATES["failed"][0]),
)
_COLUMNS = (
    Column(Text("编号", "Number"), "number", number=True), Column(Text("目录", "Item")), Column(Text("单位", "Agency")),
    Column(Text("文件", "File")), Column(Text("报送日期", "Day"), "received_on"), Column(Text("状态", "State")),
    Column(Text("收到", "Received"), "received", number=True), Column(Text("入库", "Taken"), number=True),
    Column(Text("退回", "Rejected"), "rejected", number=True),
)  # fmt: skip


@desk_page
@require_safe
def submissions(request: HttpRequest) -> HttpResponse:
    """List the submissions that the reader may see."""
    filters = (
        Filter("q", Text("文件名或者编号", "File name or number")),
        Filter("item", Text("目录", "Item"), items(item_names())),
        Filter("state", Text("状态", "State"), _STATE_CHOICES),
    )
    question = question_of(request, filters, orders=[column.order for column in _COLUMNS if column.order])
    listed = page_of_submissions(question.wanted(), actor=actor_of(request), at=now())
    rows = tuple(
        (
            Cell(one.number, url=reverse("desk:submission", args=[one.number])), Cell(item_title(one.item)), Cell(one.agency_name),
            Cell(one.file_name), Cell(one.received_on), Cell(*_state(one.state)), Cell(one.received), Cell(one.accepted),
            Cell(one.rejected),
        )
        for one in listed.rows
    )  # fmt: skip
    nothing = Text("没有符合条件的报送", "No submission matches")
    table = Table(Text("报送记录", "Submissions"), _COLUMNS, rows, listed.total, question, filters, nothing)
    return _answer(request, "submissions", table, name="submissions")


@page_of_submission
@scripted
@require_safe
def submission(request: HttpRequest, number: int) -> HttpResponse:
    """Show a receipt; of a submission that is not at its end, how far it is."""
    found = view_receipt(number, actor=actor_of(request), at=now())
    if found.outcome is None:
        return _progress(request, found)
    counts = found.outcome.counts
    facts = {
        "receipt": found, "counts": counts_of(counts), "item": item_title(found.submission.item), "channel": channel(found.submission.channel),
        "by_rule": [(code, rule_title(code), times) for code, times in sorted(counts.issues.items(), key=lambda one: (-one[1], one[0]))],
        "timing": figures_of(found.submission), "mend_here": found.may_mend and 0 < counts.rejected <= MOST_ROWS,
        "address": request.build_absolute_uri(request.path),
    }  # fmt: skip
    return shown(request, "submission", facts)


def _progress(request: HttpRequest, found: Receipt) -> HttpResponse:
    progress = found.progress
    percent = 100 * progress.bytes_done // progress.size if progress.size else 0
    facts = {
        "receipt": found, "percent": percent, "ended": progress.state in ENDED, "state": STATES[progress.state],
        "item": item_title(found.submission.item),
    }  # fmt: skip
    return shown(request, "progress", facts)


@page_of_submission
@require_safe
def issues(request: HttpRequest, number: int) -> HttpResponse:
    """List the issues of a submission cell by cell."""
    found = view_receipt(number, actor=actor_of(request), at=now())
    codes = found.outcome.counts.issues if found.outcome else {}
    filters = (
        Filter("code", Text("规则", "Rule"), tuple((code, _coded(code)) for code in sorted(codes))),
        Filter("level", Text("结果", "Effect"), tuple((level, words) for level, (words, _) in LEVELS.items())),
        Filter("row", Text("行号", "Row")),
    )
    question = question_of(request, filters)
    listed = page_of_issues(number, question.wanted(), actor=actor_of(request), at=now())
    columns = (
        Column(Text("行", "Row"), number=True), Column(Text("列", "Column")), Column(Text("规则", "Rule")), Column(Text("结果", "Effect")),
        Column(Text("现在是", "Found")), Column(Text("应当是", "Expected")), Column(Text("怎样改正", "How to mend")),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(one.row), Cell(one.title or Text("整行", "Whole row")), Cell(one.code, code=True), Cell(*LEVELS[one.level][:1], tone=LEVELS[one.level][1]),
            Cell(one.found), Cell(one.expected), Cell(one.mend),
        )
        for one in listed.rows
    )  # fmt: skip
    nothing = Text("没有符合条件的问题", "No issue matches")
    table = Table(Text("逐格说明", "Issues by cell"), columns, rows, listed.total, question, filters, nothing)
    return _answer(request, "issues", table, name=f"issues-{number}", facts={"receipt": found})


@page_of_submission
@require_safe
def rejects(request: HttpRequest, number: int) -> HttpResponse:
    """Return the workbook of the rejected rows, with the bad cells marked."""
    out = io.BytesIO()
    write_rejects_of(number, out, actor=actor_of(request), at=now(), language=language_of(request))
    header = content_disposition_header(as_attachment=True, filename=f"rejects-{number}.xlsx")
    return HttpResponse(out.getvalue(), content_type=FORMATS["xlsx"], headers={"Content-Disposition": header or ""})


@desk_page
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the rows that wait for their subject."""
    filters = (
        Filter("item", Text("目录", "Item"), items(item_names())),
        Filter("reason", Text("原因", "Reason"), tuple(REASONS.items())),
        Filter("submission", Text("报送编号", "Submission")),
    )
    question = question_of(request, filters)
    listed = page_of_waiting(question.wanted(), actor=actor_of(request), at=now())
    columns = (
        Column(Text("报送", "Submission"), number=True), Column(Text("行", "Row"), number=True), Column(Text("目录", "Item")),
        Column(Text("单位", "Agency")), Column(Text("行政相对人", "Counterpart")), Column(Text("代码", "Code")), Column(Text("原因", "Reason")),
        Column(Text("报送日期", "Day")),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(one.submission, url=reverse("desk:submission", args=[one.submission])), Cell(one.row), Cell(item_title(one.item)), Cell(one.agency_name),
            Cell(one.name or _UNNAMED, url=reverse("desk:waiting-row", args=[one.number])),
            Cell(one.code, code=True), Cell(REASONS.get(one.reason, Text(one.reason, one.reason))), Cell(one.received_on),
        )
        for one in listed.rows
    )  # fmt: skip
    nothing = Text("没有待认领的行", "No row waits")
    table = Table(Text("待认领的行", "Waiting rows"), columns, rows, listed.total, question, filters, nothing)
    return _answer(request, "waiting", table, name="waiting")


_UNNAMED = Text("（无名称）", "(no name)")


def _answer(
    request: HttpRequest, template: str, table: Table, *, name: str, facts: dict[str, object] | None = None
) -> HttpResponse:
    """Show a table on its page, or as the file that was asked for."""
    if table.question.form:
        return file_of(request, table, name=name)
    return shown(request, template, {"table": table, **(facts or {})})


def _state(state: str) -> tuple[Text, str, str]:
    words, tone = STATES[state]
    return words, "", tone


def _coded(code: str) -> Text:
    title = rule_title(code)
    return Text(f"{code} {title.zh}", f"{code} {title.en}")
