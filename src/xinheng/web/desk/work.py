"""Work at the desk (待办): the queue, collection tasks with their zero reports, figures per agency, and records that came late."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from xinheng.core.access import Action
from xinheng.core.catalogue.load import item_names
from xinheng.core.collecting import TaskState
from xinheng.core.errors import Text, UnusableCall
from xinheng.usecases.collecting.figures import AgencyFigures, LateView, cities_of, page_of_figures, page_of_late
from xinheng.usecases.collecting.tasks import TaskPage, TaskView, page_of_tasks, view_task
from xinheng.usecases.collecting.work import WorkKind, WorkLine, my_agencies, page_of_work
from xinheng.usecases.collecting.zero import declare_zero, settle_zero
from xinheng.usecases.reach import agencies_within
from xinheng.web.desk.labels import item_title, items
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import Cell, Column, Filter, Table, file_of, question_of
from xinheng.web.today import now, today

KINDS = tuple((one.value, one.label) for one in WorkKind)
STATES = tuple((one.value, one.label) for one in TaskState)
_UNDONE = (
    (TaskState.LATE.value, Text("已逾期", "Overdue")), (TaskState.DUE_SOON.value, TaskState.DUE_SOON.label),
    (TaskState.OPEN.value, Text("未到期", "Not due yet")),
)  # fmt: skip
_COUNTED = (WorkKind.REJECTED, WorkKind.WAITING, WorkKind.QUESTIONS)
_TONES = {TaskState.LATE: "marked", TaskState.DONE: "calm"}
MOST_CHOICES = 200
"""Agencies that a filter offers at the most; beyond that the list of agencies leads to each."""
_QUEUE = (
    Column(Text("到期日", "Due"), "due"), Column(Text("状态", "State")), Column(Text("事项", "What")), Column(Text("目录", "Item"), "item"),
    Column(Text("期间或者报送", "Period or submission")), Column(Text("单位", "Agency"), "agency"), Column(Text("数量", "Number"), "rows", number=True),
)  # fmt: skip
_TASKS = (
    Column(Text("周期", "Period"), "first"), Column(Text("目录", "Item"), "item"), Column(Text("单位", "Agency")), Column(Text("到期日", "Due"), "due"),
    Column(Text("状态", "State")), Column(Text("完成日期", "Done on")), Column(Text("完成方式", "Done by")),
)  # fmt: skip
_AGENCIES = (
    Column(Text("单位", "Agency"), "name"), Column(Text("地区", "City"), "city"), Column(Text("任务", "Tasks"), number=True),
    Column(Text("未完成", "Not done"), "undone", number=True), Column(Text("逾期未报", "Not yet reported"), "late", number=True),
    Column(Text("有时限的记录", "Records with a limit"), number=True), Column(Text("及时率", "In time"), "share", number=True),
    Column(Text("用时中位数（工作日）", "Median (working days)"), "median", number=True),
)  # fmt: skip
_LATE = (
    Column(Text("单位", "Agency")), Column(Text("目录", "Item")), Column(Text("决定文书号", "Decision number")), Column(Text("决定日期", "Decided on")),
    Column(Text("首次收到", "First received")), Column(Text("用时（工作日）", "Working days"), number=True),
    Column(Text("逾期（工作日）", "Late by"), number=True), Column(Text("报送", "Submission"), number=True), Column(Text("行", "Row"), number=True),
)  # fmt: skip


@desk_page
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what the reader has to do; of another agency within reach where the address asks for one."""
    filters = (
        Filter("kind", Text("事项", "What"), KINDS), Filter("state", Text("状态", "State"), _UNDONE),
        Filter("item", Text("目录", "Item"), items(item_names())), *_agency_filter(request),
    )  # fmt: skip
    question = question_of(request, filters, orders=_orders(_QUEUE))
    listed = page_of_work(question.wanted(), actor=actor_of(request), at=now(), on=today())
    nothing = Text("没有待办事项", "There is nothing to do")
    table = Table(
        Text("待办", "To do"), _QUEUE, tuple(map(_queue_row, listed.rows)), listed.total, question, filters, nothing
    )
    facts: dict[str, object] = {"mine": bool(my_agencies(actor_of(request)))}
    return _answer(request, "work", table, name="work", facts=facts)


@desk_page
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """List the collection tasks of the agencies within reach."""
    filters = (
        Filter("state", Text("状态", "State"), STATES), Filter("item", Text("目录", "Item"), items(item_names())), *_agency_filter(request),
    )  # fmt: skip
    question = question_of(request, filters, orders=_orders(_TASKS))
    listed = page_of_tasks(question.wanted(), actor=actor_of(request), at=now(), on=today())
    nothing = Text("没有符合条件的归集任务", "No collection task matches")
    rows = tuple(map(_task_row, listed.rows))
    table = Table(Text("归集任务", "Collection tasks"), _TASKS, rows, listed.total, question, filters, nothing)
    return _answer(request, "work_tasks", table, name="tasks")


@desk_page
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List the agencies within reach with their tasks and how timely they hand in."""
    actor = actor_of(request)
    cities = tuple((code, Text(name, name)) for code, name in cities_of(actor, on=today()))
    filters = (
        *(_by_city(cities) if len(cities) > 1 else ()),
        Filter("item", Text("目录", "Item"), items(item_names())),
        Filter("late", Text("逾期", "Late"), (("yes", Text("只看有逾期未报的", "With late tasks only")),)),
    )
    question = question_of(request, filters, orders=_orders(_AGENCIES))
    page = page_of_figures(question.wanted(), actor=actor, at=now(), on=today())
    counts = (
        (Text("周期已结束的任务", "Tasks of past periods"), page.tasks, "total"), (Text("未完成", "Not done"), page.undone, "plain"),
        (Text("逾期未报", "Not yet reported"), page.late, "bad" if page.late else "plain"),
        (Text("有时限的记录", "Records with a limit"), page.timely.rows, "plain"), (Text("时限内", "In time"), page.timely.in_time, "good"),
    )  # fmt: skip
    rows = tuple(map(_agency_row, page.listed.rows))
    nothing = Text("没有符合条件的单位", "No agency matches")
    table = Table(Text("单位统计", "Agencies"), _AGENCIES, rows, page.listed.total, question, filters, nothing)
    return _answer(request, "work_agencies", table, name="agencies", facts={"counts": counts, "timely": page.timely})


@desk_page
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """List the records that came late."""
    filters = (
        Filter("item", Text("目录", "Item"), items(item_names())), Filter("submission", Text("报送编号", "Submission")), *_agency_filter(request),
    )  # fmt: skip
    question = question_of(request, filters)
    listed = page_of_late(question.wanted(), actor=actor_of(request), at=now(), on=today())
    nothing = Text("没有迟报的记录", "Nothing came late")
    rows = tuple(map(_late_row, listed.rows))
    table = Table(Text("迟报记录", "Late records"), _LATE, rows, listed.total, question, filters, nothing)
    return _answer(request, "work_late", table, name="late")


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, number: int) -> HttpResponse:
    """Show a task; declare that there was nothing to report, or explain what contradicts such a declaration."""
    page = view_task(number, actor=actor_of(request), at=now(), on=today())
    if request.method != "POST":
        return _page(request, page)
    reason = request.POST.get("reason", "").strip()
    try:
        if request.POST.get("act") == "settle":
            settle_zero(number, why=reason, actor=actor_of(request), at=now())
        else:
            declare_zero(number, reason=reason, actor=actor_of(request), at=now(), on=today())
    except UnusableCall as error:
        return _page(request, page, reason=reason, faults=told(error), status=422)
    return redirect("work:task", number=number)


def _page(
    request: HttpRequest, page: TaskPage, *, reason: str = "", faults: tuple[Text, ...] = (), status: int = 200
) -> HttpResponse:
    words = (
        Text("说明", "Explanation")
        if page.may_settle
        else Text("没有应报送信息的理由", "Why there is nothing to report")
    )
    field = FormField(
        name="reason", title=words, kind="area", value=reason, required=True, errors=faults[:1],
        hint=Text("会保存并由他人看到，请勿写入个人信息。", "It is kept and read by others; no personal data, please."),
    )  # fmt: skip
    facts = {
        "page": page, "task": page.task, "item": item_title(page.task.item), "tone": _TONES.get(page.task.state, "plain"), "fields": (field,),
        "left": left(page.task.days_left), "fields_at_fault": [field] if faults else [], "faults": faults[1:],
    }  # fmt: skip
    return shown(request, "work_task", facts, status=status)


def left(days: int) -> Text:
    """Return in words how many working days are left, or by how many it is late."""
    if days < 0:
        return Text(f"已过 {-days} 个工作日", f"{-days} working {_days(-days)} past")
    if days == 0:
        return Text("今天到期", "due today")
    return Text(f"还有 {days} 个工作日", f"{days} working {_days(days)} left")


def _days(number: int) -> str:
    return "day" if number == 1 else "days"


def _queue_row(one: WorkLine) -> tuple[Cell, ...]:
    period = (
        f"{one.first} – {one.last}"
        if one.first and one.last
        else Text(f"报送 {one.number}", f"Submission {one.number}")
    )
    numbered = one.kind in (WorkKind.STOP, WorkKind.APPROVAL)
    what = Text(f"编号 {one.number}", f"Number {one.number}") if numbered else period
    return (
        Cell(one.due), Cell(_state(_said_of(one), one.days_left), tone=_TONES.get(one.state, "plain")), Cell(one.kind.label, url=_leads_to(one)),
        Cell(item_title(one.item) if one.item else None), Cell(what), Cell(one.agency_name or None),
        Cell(one.rows if one.kind in _COUNTED else None),
    )  # fmt: skip


def _said_of(one: WorkLine) -> Text:
    """Return where a line stands in words; "not yet reported" is said of collection tasks only."""
    if one.kind is WorkKind.TASK:
        return one.state.label
    return {TaskState.LATE: Text("已逾期", "overdue"), TaskState.OPEN: Text("待办理", "to do")}.get(
        one.state, one.state.label
    )


def _leads_to(one: WorkLine) -> str:
    if one.kind in (WorkKind.TASK, WorkKind.CONTRADICTED):
        return reverse("work:task", args=[one.number])
    if one.kind is WorkKind.REJECTED:
        return reverse("desk:submission", args=[one.number])
    if one.kind is WorkKind.STOP:
        return reverse("stops:list")
    if one.kind is WorkKind.APPROVAL:
        return reverse("desk:withdrawal", args=[one.number])
    return f"{reverse('desk:waiting' if one.kind is WorkKind.WAITING else 'desk:questions')}?submission={one.number}"


def _task_row(one: TaskView) -> tuple[Cell, ...]:
    done = one.state is TaskState.DONE
    state = one.state.label if done else _state(one.state.label, one.days_left)
    how: Cell = Cell(None)
    if done:
        zero = Text("零报告", "zero report")
        how = (
            Cell(zero) if one.done_by is None else Cell(one.done_by, url=reverse("desk:submission", args=[one.done_by]))
        )
    return (
        Cell(f"{one.first} – {one.last}", url=reverse("work:task", args=[one.number])), Cell(item_title(one.item)), Cell(one.agency_name),
        Cell(one.due), Cell(state, tone=_TONES.get(one.state, "plain")), Cell(one.done_on if done else None), how,
    )  # fmt: skip


def _by_city(cities: tuple[tuple[str, Text], ...]) -> tuple[Filter, ...]:
    return (
        Filter("by", Text("汇总", "Lines"), (("city", Text("按地区合计", "One for each city")),)),
        Filter("city", Text("地区", "City"), cities),
    )


def _agency_row(one: AgencyFigures) -> tuple[Cell, ...]:
    share, median = one.timely.share, one.timely.median
    queue_of, late_tasks, late_records = f"{reverse('work:agencies')}?city={one.city}", "", ""
    if one.agency:
        queue_of = f"{reverse('work:queue')}?agency={one.agency}"
        late_tasks = f"{reverse('work:tasks')}?agency={one.agency}&state=late" if one.late else ""
        late_records = f"{reverse('work:late')}?agency={one.agency}" if one.timely.late else ""
    return (
        Cell(one.name or None, url=queue_of if one.name else ""), Cell(one.city_name or None), Cell(one.tasks), Cell(one.undone),
        Cell(one.late, url=late_tasks), Cell(one.timely.rows), Cell(None if share is None else f"{share:.1%}", url=late_records),
        Cell(None if median is None else f"{median:g}"),
    )  # fmt: skip


def _late_row(one: LateView) -> tuple[Cell, ...]:
    return (
        Cell(one.agency_name), Cell(item_title(one.item)), Cell(one.decision_number or None), Cell(one.decided_on), Cell(one.first_on), Cell(one.days),
        Cell(one.late_by), Cell(one.submission, url=reverse("desk:submission", args=[one.submission])), Cell(one.row),
    )  # fmt: skip


def _state(state: Text, days: int) -> Text:
    words = left(days)
    return Text(f"{state.zh}，{words.zh}", f"{state.en}, {words.en}")


def _agency_filter(request: HttpRequest) -> tuple[Filter, ...]:
    """Return the filter by agency: none for who reaches one only."""
    reached = agencies_within(actor_of(request), Action.VIEW_WORK)
    if len(reached) < 2:
        return ()
    choices = tuple((one.uscc, Text(one.name, one.name)) for one in reached) if len(reached) <= MOST_CHOICES else ()
    title = Text("单位", "Agency") if choices else Text("单位代码", "Code of the agency")
    return (Filter("agency", title, choices),)


def _orders(columns: tuple[Column, ...]) -> list[str]:
    return [column.order for column in columns if column.order]


def _answer(
    request: HttpRequest, template: str, table: Table, *, name: str, facts: dict[str, object] | None = None
) -> HttpResponse:
    """Show a table on its page, or as the file that was asked for."""
    if table.question.form:
        return file_of(request, table, name=name)
    return shown(request, template, {"table": table, **(facts or {})})


app_name = "work"
urlpatterns = [
    path("", queue, name="queue"),
    path("tasks/", tasks, name="tasks"),
    path("tasks/<int:number>/", task, name="task"),
    path("agencies/", agencies, name="agencies"),
    path("late/", late, name="late"),
]
