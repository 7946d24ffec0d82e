"""Catalogues of years (年度目录): the list, opening one, one year with its items and answers, and its steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from xinheng.core.access import Action, Target, decide
from xinheng.core.catalogue.cycle import CycleState, DraftAnswer
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.catalogue.problem import InvalidDefinition
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall, XinhengError
from xinheng.core.standards.regions import region
from xinheng.usecases.catalogue import cycle
from xinheng.usecases.catalogue.views import YearView, list_years, view_year
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import Cell, Column, Filter, Table, file_of, question_of
from xinheng.web.today import now, today

TONES = {CycleState.DRAFT: "plain", CycleState.ASKED: "marked", CycleState.SIGNED: "calm", CycleState.DROPPED: "plain"}
_FIELDS = ("year", "region", "first_day", "basis")
_ANSWERS = (
    ("open", Text("未答复", "No answer")), (DraftAnswer.AGREE.value, DraftAnswer.AGREE.label), (DraftAnswer.OBJECT.value, DraftAnswer.OBJECT.label),
)  # fmt: skip


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def years(request: HttpRequest) -> HttpResponse:
    """List the years; open one."""
    if request.method != "POST":
        return _list(request, {})
    given = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    day = day_of(given["first_day"])
    if not given["year"].isdecimal() or len(given["year"]) != 4 or day is None:
        return _list(request, given, faults=(_BAD_DAY if day is None else _BAD_YEAR,), status=422)
    try:
        number = cycle.open_year(
            int(given["year"]), region=given["region"], first_day=day, basis=given["basis"], actor=actor_of(request), at=now(), on=today()
        )  # fmt: skip
    except UnusableCall as error:
        return _list(request, given, faults=told(error), status=422)
    return redirect("catalogue:year", number=number)


@desk_page
@require_http_methods(["GET", "HEAD"])
def year(request: HttpRequest, number: int) -> HttpResponse:
    """Show a year: where it stands, its items with what differs, who answered what."""
    return _year(request, number)


@desk_page
@require_POST
def step(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Take a step: ask the departments, take the draft back, drop it, sign it."""
    acts: dict[str, Callable[[HttpRequest, int], object]] = {
        "ask": _ask, "take-back": _take_back, "drop": _drop, "sign": _sign,
    }  # fmt: skip
    if act not in acts:
        raise Missing(_NO_STEP)
    try:
        acts[act](request, number)
    except (UnusableCall, InvalidDefinition) as error:
        return _year(request, number, error=error, status=422)
    return redirect("catalogue:year", number=number)


def _ask(request: HttpRequest, number: int) -> None:
    answer_by, first = day_of(request.POST.get("answer_by", "")), day_of(request.POST.get("first_day", ""))
    if answer_by is None or (request.POST.get("first_day", "").strip() and first is None):
        raise UnusableCall(_DAY)
    cycle.ask_departments(number, answer_by=answer_by, first_day=first, actor=actor_of(request), at=now(), on=today())


def _take_back(request: HttpRequest, number: int) -> None:
    cycle.take_back(number, reason=request.POST.get("reason", ""), actor=actor_of(request), at=now())


def _drop(request: HttpRequest, number: int) -> None:
    cycle.drop(number, reason=request.POST.get("reason", ""), actor=actor_of(request), at=now())


def _sign(request: HttpRequest, number: int) -> None:
    cycle.sign(number, reason=request.POST.get("reason", ""), actor=actor_of(request), at=now(), on=today())


def day_of(text: str) -> dt.date | None:
    """Return the day that a field holds, nothing where it is none."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _list(
    request: HttpRequest, given: dict[str, str], *, faults: tuple[Text, ...] = (), status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    found = list_years(actor=actor, at=now())
    regions = [one.region for one in actor.assignments if one.region]
    drafts = [one for one in ("", *regions) if decide(actor, Action.DRAFT_CATALOGUE, Target(region=one)).allowed]
    facts = {
        "years": [(one, place(one.region), TONES[one.state]) for one in found], "fields": _fields(given, drafts[0] if drafts else ""),
        "may_open": bool(drafts), "faults": faults,
    }  # fmt: skip
    return shown(request, "catalogue/years", facts, status=status)


def _fields(given: dict[str, str], own: str) -> tuple[FormField, ...]:
    return (
        FormField(name="year", title=Text("年度", "Year"), value=given.get("year", str(today().year + 1)), required=True, length=4),
        FormField(
            name="region", title=Text("设区市区划代码", "Code of the city"), value=given.get("region", own), length=6,
            hint=Text("省目录不填；设区市补充目录填所属市的代码，如 320500。", "Nothing for the province’s; 320500 or such for a city’s."),
        ),
        FormField(
            name="first_day", title=Text("施行日期", "First day"), kind="day", value=given.get("first_day", f"{today().year + 1}-01-01"),
            required=True, hint=Text("年-月-日；签发后从这一天起报送的信息按新版本。", "Year-month-day; from then on files are judged by the new version."),
        ),
        FormField(
            name="basis", title=Text("依据", "Basis"), value=given.get("basis", ""), required=True, length=200,
            hint=Text("发布文件的名称及文号。", "The document that issues it, with its number."),
        ),
    )  # fmt: skip


def _year(request: HttpRequest, number: int, *, error: XinhengError | None = None, status: int = 200) -> HttpResponse:
    found = view_year(number, actor=actor_of(request), at=now(), on=today())
    table = _table(request, found)
    if table.question.form:
        return file_of(request, table, name=f"answers-{found.row.year}")
    problems = [(one.where, one.message) for one in error.problems] if isinstance(error, InvalidDefinition) else []
    drafted = {one.item for one in found.drafts}
    own = {one.agency for one in actor_of(request).assignments if one.agency}
    others = [
        (name, Text(one.title, one.title_en))
        for name, one in ((name, load(name).latest) for name in item_names())
        if name not in drafted and one.region == found.row.region
    ]
    facts = {
        "found": found, "row": found.row, "place": place(found.row.region), "tone": TONES[found.row.state], "table": table,
        "faults": told(error) if error else (), "problems": problems, "others": others,
        "objections": [one for one in found.answers if one.answer is DraftAnswer.OBJECT],
        "mine": [one for one in found.answers if one.may_answer and one.answer is None and one.agency in own], "today": today(),
    }  # fmt: skip
    return shown(request, "catalogue/year", facts, status=status)


def _table(request: HttpRequest, found: YearView) -> Table:
    drafted = tuple((one.item, one.title) for one in found.drafts)
    filters = (
        Filter("q", Text("单位", "Agency")),
        Filter("item", Text("目录项", "Item"), drafted),
        Filter("answer", Text("答复", "Answer"), _ANSWERS),
    )
    question = question_of(request, filters)
    asked, wanted = question.filters, question.wanted()
    rows = [
        one
        for one in found.answers
        if asked["q"] in one.agency_name
        and asked["item"] in ("", one.item)
        and asked["answer"] in ("", one.answer.value if one.answer else "open")
    ]
    columns = (
        Column(Text("单位", "Agency")), Column(Text("目录项", "Item")), Column(Text("答复", "Answer")), Column(Text("意见", "In words")),
        Column(Text("答复人", "By")), Column(Text("日期", "Day")),
    )  # fmt: skip
    cells = tuple(
        (
            Cell(one.agency_name), Cell(one.title, url=reverse("catalogue:draft", args=[found.row.number, one.item])),
            Cell(one.answer.label if one.answer else _ANSWERS[0][1], tone=_tone(one.answer)), Cell(one.text), Cell(one.by, code=True),
            Cell(one.at.astimezone().date() if one.at else None),
        )
        for one in rows[wanted.offset : wanted.offset + wanted.limit]
    )  # fmt: skip
    nothing = Text("没有符合条件的单位", "No agency matches")
    return Table(Text("各单位答复", "Answers"), columns, cells, len(rows), question, filters, nothing)


def _tone(answer: DraftAnswer | None) -> str:
    return "plain" if answer is None else "calm" if answer is DraftAnswer.AGREE else "marked"


def place(code: str) -> Text:
    """Return whose catalogue it is, in words."""
    if not code:
        return Text("省目录", "The province’s")
    held = region(code, today())
    return Text(held.name if held else code, held.name if held else code)


_BAD_YEAR = Text("年度应为四位年份，如 2027。", "The year has four digits, such as 2027.")
_BAD_DAY = Text("施行日期应为“年-月-日”，如 2027-01-01。", "The first day is written like 2027-01-01.")
_DAY = Explanation(
    Text("日期不正确", "The day is wrong"),
    Text("应为“年-月-日”，如 2027-01-01", "it is written like 2027-01-01"),
    Text("请改正后再提交。", "Mend it and send it again."),
)
_NO_STEP = Explanation(
    Text("没有这一步", "There is no such step"),
    Text("地址可能有误", "the address may be wrong"),
    Text("请从年度目录页面办理。", "Take it from the page of the year."),
)
