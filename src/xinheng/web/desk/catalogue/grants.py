"""Grants (授权归集): the agencies in reach with how many items each may hand in; one agency's grants, given and ended from a day, and their history."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xinheng.core.errors import Text, UnusableCall
from xinheng.usecases.agencies import grant_item
from xinheng.usecases.catalogue.granting import agencies_granted, end_grant, view_grants
from xinheng.web.desk.catalogue.years import day_of
from xinheng.web.desk.labels import item_title
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import Cell, Column, Filter, Table, file_of, question_of
from xinheng.web.today import now, today

_COLUMNS = (
    Column(Text("单位", "Agency"), "name"), Column(Text("统一社会信用代码", "Code")), Column(Text("地区", "Region"), "region"),
    Column(Text("授权目录数", "Items"), "items", number=True),
)  # fmt: skip


@desk_page
@require_safe
def grants(request: HttpRequest) -> HttpResponse:
    """List the agencies in the reader's reach."""
    filters = (Filter("q", Text("单位名称或者代码", "Name or code")), Filter("region", Text("地区代码", "Region")))
    question = question_of(request, filters, orders=[column.order for column in _COLUMNS if column.order])
    asked, wanted = question.filters, question.wanted()
    every = agencies_granted(actor=actor_of(request), at=now(), on=today())
    found = [
        (one, items)
        for one, items in every
        if (asked["q"] in one.name or asked["q"] in one.uscc) and one.region_code.startswith(asked["region"])
    ]
    if question.order:
        by = {"name": lambda row: row[0].name, "region": lambda row: row[0].region_code, "items": lambda row: row[1]}
        found.sort(key=by[question.order], reverse=question.descending)
    rows = tuple(
        (
            Cell(one.name, url=reverse("catalogue:agency-grants", args=[one.uscc])), Cell(one.uscc, code=True), Cell(one.region_code, code=True),
            Cell(items),
        )
        for one, items in found[wanted.offset : wanted.offset + wanted.limit]
    )  # fmt: skip
    table = Table(
        Text("授权归集", "Grants"), _COLUMNS, rows, len(found), question, filters, Text("没有符合条件的单位", "No agency matches")
    )  # fmt: skip
    return (
        file_of(request, table, name="grants")
        if question.form
        else shown(request, "catalogue/grants", {"table": table})
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def agency(request: HttpRequest, agency: str) -> HttpResponse:
    """Show an agency's grants; give one from a day on, or end one."""
    if request.method != "POST":
        return _page(request, agency)
    item, day = request.POST.get("item", ""), day_of(request.POST.get("day", ""))
    if not item or day is None:
        return _page(request, agency, faults=(_CHOOSE,), status=422)
    view_grants(agency, actor=actor_of(request), at=now(), on=today())
    try:
        if request.POST.get("act") == "end":
            end_grant(agency, item, until=day, actor=actor_of(request), at=now(), on=today())
        elif day < today():
            return _page(request, agency, faults=(_PAST,), status=422)
        else:
            grant_item(agency, item, actor=actor_of(request), at=now(), on=day)
    except UnusableCall as error:
        return _page(request, agency, faults=told(error), status=422)
    return redirect("catalogue:agency-grants", agency=agency)


def _page(request: HttpRequest, code: str, *, faults: tuple[Text, ...] = (), status: int = 200) -> HttpResponse:
    found = view_grants(code, actor=actor_of(request), at=now(), on=today())
    fields = (
        FormField(
            name="item", title=Text("目录项", "Item"), kind="choice", required=True, value=request.POST.get("item", ""),
            choices=tuple((name, item_title(name)) for name in found.grantable),
        ),
        FormField(
            name="day", title=Text("起始日期", "From"), kind="day", required=True, value=request.POST.get("day", today().isoformat()),
            hint=Text("年-月-日，今天或者以后。", "Year-month-day, today or later."),
        ),
    )  # fmt: skip
    facts = {"found": found, "faults": faults, "fields": fields, "today": today()}
    return shown(request, "catalogue/agency_grants", facts, status=status)


_CHOOSE = Text("请选择目录项，并填写“年-月-日”形式的日期。", "Choose an item and write a day like 2027-01-01.")
_PAST = Text("授权不能早于今天。", "A grant does not begin before today.")
