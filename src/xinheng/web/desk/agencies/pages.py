"""The tree of agencies, one agency, and its forms: made known, renamed or put elsewhere, granted an item."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinheng.core.access import Action, AgencyKind, Level, reach
from xinheng.core.access.tree import Administration, inside
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.usecases.agencies import add_agency, grant_item
from xinheng.usecases.agency_details import AgencyPage, view_agency
from xinheng.usecases.places import Standing, view_tree
from xinheng.web.desk.accounts.account import day_of
from xinheng.web.desk.administration import region_words, role_words
from xinheng.web.desk.labels import item_title
from xinheng.web.desk.page import desk_page, sent, shown, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import Cell, Column, Filter, Table, file_of, question_of
from xinheng.web.today import now, today

_COLUMNS = (
    Column(Text("单位", "Agency")), Column(Text("代码", "Code")), Column(Text("性质", "Kind")), Column(Text("层级", "Level")),
    Column(Text("地区", "Region")), Column(Text("下级单位", "Below it"), number=True),
)  # fmt: skip
_DONE = {
    "kept": Text("单位信息已保存。", "The agency was saved."),
    "granted": Text("已授权报送。", "The item was granted."),
}


@desk_page
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Show the tree of administrations from the top, cut to what is asked for."""
    filters = (
        Filter("q", Text("名称或者代码", "Name or code")),
        Filter("region", Text("地区代码", "Region code")),
        Filter("level", Text("层级", "Level"), tuple((level.value, level.label) for level in Level)),
        Filter("kind", Text("性质", "Kind"), tuple((kind.value, kind.label) for kind in AgencyKind)),
    )
    actor, question = actor_of(request), question_of(request, filters)
    tree = view_tree(actor=actor, at=now(), on=today())
    below = Counter(one.parent for _, one in tree)
    wanted, asked = question.wanted(), question.filters
    found = [(depth, one) for depth, one in tree if _fits(one, asked)]
    filtered = any(asked.values())
    part = found[wanted.offset : wanted.offset + wanted.limit]
    rows = tuple(_row(one, 0 if filtered else depth, below[one.code]) for depth, one in part)
    nothing = Text("没有符合条件的单位", "No agency matches")
    table = Table(Text("单位", "Agencies"), _COLUMNS, rows, len(found), question, filters, nothing)
    if question.form:
        return file_of(request, table, name="agencies")
    may_add = not reach(actor, Action.MANAGE_AGENCIES).nothing
    return shown(request, "agencies/agencies", {"table": table, "may_add": may_add})


@desk_page
@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """Show an agency."""
    return _page(request, code)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Show the form of a new agency; make it known and lead to its page."""
    if request.method != "POST":
        return _form(request, {"parent": request.GET.get("parent", "")[:18]})
    said = _said(request)
    try:
        _keep(request, said["code"], said)
    except UnusableCall as error:
        return _form(request, said, faults=told(error), status=422)
    return redirect(f"{reverse('desk:agency', args=[said['code']])}?done=kept")


@desk_page
@require_POST
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Rename an agency, or put it elsewhere in the tree."""
    said = _said(request)
    try:
        _keep(request, code, said)
    except UnusableCall as error:
        return _page(request, code, faults=told(error), at_fault="change", status=422)
    return redirect(f"{reverse('desk:agency', args=[code])}?done=kept")


@desk_page
@require_POST
def grant(request: HttpRequest, code: str) -> HttpResponse:
    """Let an agency hand an item in."""
    said = _said(request)
    try:
        since = day_of(said["since"], otherwise=today())
        if said["item"] not in item_names():
            raise UnusableCall(_NO_ITEM)
        grant_item(code, said["item"], actor=actor_of(request), at=now(), on=since)
    except UnusableCall as error:
        return _page(request, code, faults=told(error), at_fault="grant", status=422)
    return redirect(f"{reverse('desk:agency', args=[code])}?done=granted")


def _keep(request: HttpRequest, code: str, said: dict[str, str]) -> None:
    standing = Standing(said["kind"], said["level"], said["parent"])
    since = day_of(said["since"], otherwise=today())
    if not said["name"]:
        raise UnusableCall(_NO_NAME)
    add_agency(
        code, said["name"], region_code=said["region"], items=(), actor=actor_of(request), at=now(), on=since, standing=standing
    )  # fmt: skip


def _page(
    request: HttpRequest, code: str, *, faults: tuple[Text, ...] = (), at_fault: str = "", status: int = 200
) -> HttpResponse:
    found = view_agency(code, actor=actor_of(request), at=now(), on=today())
    said = _said(request) if request.method == "POST" else _of(found)
    forms: dict[str, tuple[FormField, ...]] = {}
    if found.may_manage:
        forms["change"] = _fields(said if at_fault == "change" else _of(found))[1:]
    if found.may_grant:
        forms["grant"] = _grant_fields(found, said if at_fault == "grant" else {})
    facts = {
        "agency": found, "region": region_words(found.region) if found.region else None,
        "kind": AgencyKind(found.kind).label if found.kind else None, "level": Level(found.level).label if found.level else None,
        "grants": [(one, item_title(one.value)) for one in found.grants],
        "people": None if found.people is None else [(one, role_words(one.role)) for one in found.people],
        "forms": forms, "faults": faults, "at_fault": at_fault, "done": _DONE.get(request.GET.get("done", "")),
    }  # fmt: skip
    return shown(request, "agencies/agency", facts, status=status)


def _form(
    request: HttpRequest, said: dict[str, str], *, faults: tuple[Text, ...] = (), status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    allowed = not reach(actor, Action.MANAGE_AGENCIES).nothing
    facts = {"fields": _fields(said) if allowed else (), "faults": faults}
    return shown(request, "agencies/add", facts, status=status)


def _fields(said: dict[str, str]) -> tuple[FormField, ...]:
    return (
        FormField(
            name="code", title=Text("统一社会信用代码", "Unified social credit identifier (code)"), value=said.get("code", ""), required=True, length=18,
        ),
        FormField(name="name", title=Text("单位名称", "Name"), value=said.get("name", ""), required=True, length=200),
        FormField(
            name="region", title=Text("地区代码", "Region code"), value=said.get("region", ""), length=16,
            hint=Text("GB/T 2260 六位代码，如 320500；功能区如 320500-SIP。", "Six digits of GB/T 2260, such as 320500; of a zone 320500-SIP."),
        ),
        FormField(
            name="kind", title=Text("单位性质", "Kind"), kind="choice", value=said.get("kind", ""),
            choices=tuple((kind.value, kind.label) for kind in AgencyKind), hint=Text("不选则按代码确定。", "Told by the code where none is chosen."),
        ),
        FormField(
            name="level", title=Text("层级", "Level"), kind="choice", value=said.get("level", ""),
            choices=tuple((level.value, level.label) for level in Level), hint=Text("不选则按地区确定。", "Told by the region where none is chosen."),
        ),
        FormField(name="parent", title=Text("上级单位代码", "Code of the supervising agency"), value=said.get("parent", ""), length=18),
        FormField(name="since", title=Text("从哪一天起", "From"), kind="day", value=said.get("since", today().isoformat())),
    )  # fmt: skip


def _grant_fields(found: AgencyPage, said: dict[str, str]) -> tuple[FormField, ...]:
    held = {one.value for one in found.grants if one.until is None}
    offered = (name for name in item_names() if name not in held and _is_for(name, found.region))
    items = tuple((name, item_title(name)) for name in offered)
    return (
        FormField(name="item", title=Text("目录", "Item"), kind="choice", value=said.get("item", ""), required=True, choices=items),
        FormField(
            name="since", title=Text("从哪一天起", "From"), kind="day", value=said.get("since", today().isoformat()), required=True,
            form="grant",
        ),
    )  # fmt: skip


def _is_for(item: str, region: str) -> bool:
    of = load(item).latest.region
    return not of or inside(region, of)


def _of(found: AgencyPage) -> dict[str, str]:
    parent = next((one.value for one in found.above if one.until is None), "")
    return {
        "code": found.uscc, "name": found.name, "region": found.region, "kind": found.kind, "level": found.level, "parent": parent,
    }  # fmt: skip


def _said(request: HttpRequest) -> dict[str, str]:
    names = ("code", "name", "region", "kind", "level", "parent", "since", "item")
    return dict.fromkeys(names, "") | sent(request)


def _fits(one: Administration, asked: dict[str, str]) -> bool:
    words = asked["q"]
    return (
        (not words or words in one.name or words.upper() in one.code)
        and (not asked["region"] or inside(one.region, asked["region"], on=today()))
        and asked["level"] in ("", one.level)
        and asked["kind"] in ("", one.kind)
    )


def _row(one: Administration, depth: int, below: int) -> tuple[Cell, ...]:
    name = "　" * depth + (one.name or one.code)
    return (
        Cell(name, url=reverse("desk:agency", args=[one.code])), Cell(one.code, code=True),
        Cell(AgencyKind(one.kind).label if one.kind else ""), Cell(Level(one.level).label if one.level else ""),
        Cell(region_words(one.region) if one.region else ""), Cell(below),
    )  # fmt: skip


_NO_ITEM = Explanation(
    Text("没有选择目录", "No item is chosen"),
    Text("授权须指明一个目录", "a grant is of one item"),
    Text("请选择后再提交。", "Choose one and send the form again."),
)
_NO_NAME = Explanation(
    Text("没有填写单位名称", "The agency has no name"),
    Text("单位须有全称", "an agency is known by its full name"),
    Text("请填写后再提交。", "Write it and send the form again."),
)

urlpatterns = [
    path("", agencies, name="agencies"),
    path("add/", add, name="agency-add"),
    path("of/<slug:code>/", agency, name="agency"),
    path("of/<slug:code>/change/", change, name="agency-change"),
    path("of/<slug:code>/grant/", grant, name="agency-grant"),
]
