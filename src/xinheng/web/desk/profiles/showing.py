"""Delivery profiles as they are listed, and one as a table: their column, our field, and what becomes of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from xinheng.core.catalogue.load import item_names
from xinheng.core.errors import Text
from xinheng.core.intake.profiles.preview import mapped_fields, never_carried
from xinheng.usecases.intake.profile_making import ProfileRow, ProfileView, list_profiles, view_profile
from xinheng.web.desk.labels import item_title, items
from xinheng.web.desk.page import desk_page, shown
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import Cell, Column, Filter, Table, file_of, question_of
from xinheng.web.today import now, today

_COLUMNS = (
    Column(Text("报送配置", "Profile")), Column(Text("名称", "Name")), Column(Text("目录项", "Item")), Column(Text("所属单位", "Agency")),
    Column(Text("版本", "Version"), number=True), Column(Text("保存日期", "Saved on")), Column(Text("保存人", "By")),
)  # fmt: skip
_OWNERS = (("own", Text("单位自己的", "Agencies’ own")), ("shipped", Text("平台自带", "Shipped")))


@desk_page
@require_safe
def profiles(request: HttpRequest) -> HttpResponse:
    """List the profiles: agencies' own in the reader's reach, and those that are shipped."""
    filters = (
        Filter("q", Text("名称", "Title or name")),
        Filter("item", Text("目录项", "Item"), items(item_names())),
        Filter("owner", Text("来源", "Whose"), _OWNERS),
    )
    question = question_of(request, filters)
    asked, wanted = question.filters, question.wanted()
    found = [one for one in list_profiles(actor=actor_of(request), at=now()) if _is_asked(one, asked)]
    rows = tuple(map(_cells, found[wanted.offset : wanted.offset + wanted.limit]))
    nothing = Text("没有符合条件的报送配置", "No profile matches")
    table = Table(Text("报送配置", "Delivery profiles"), _COLUMNS, rows, len(found), question, filters, nothing)
    return (
        file_of(request, table, name="profiles") if question.form else shown(request, "profiles/list", {"table": table})
    )


@desk_page
@require_safe
def shipped(request: HttpRequest, name: str) -> HttpResponse:
    """Show a profile that is shipped."""
    return _shown(request, view_profile(name, actor=actor_of(request), at=now(), on=today()))


@desk_page
@require_safe
def own(request: HttpRequest, agency: str, name: str) -> HttpResponse:
    """Show an agency's own profile, in its newest version or in the one that the address names."""
    number = request.GET.get("version", "")
    chosen = int(number) if number.isdecimal() and len(number) < 10 else 0
    return _shown(
        request, view_profile(name, agency=agency, number=chosen, actor=actor_of(request), at=now(), on=today())
    )


def _shown(request: HttpRequest, found: ProfileView) -> HttpResponse:
    profile = found.profile
    facts = {
        "found": found, "row": found.row, "profile": profile, "mapped": mapped_fields(profile, found.version), "item": item_title(profile.item),
        "never": never_carried(profile, found.version), "ignored": tuple(profile.ignored.items()),
    }  # fmt: skip
    return shown(request, "profiles/profile", facts)


def _is_asked(one: ProfileRow, asked: dict[str, str]) -> bool:
    words = asked["q"].casefold()
    named = any(words in text.casefold() for text in (one.name, one.title.zh, one.title.en, one.agency_name))
    return named and asked["item"] in ("", one.item) and asked["owner"] in ("", "own" if one.agency else "shipped")


def _cells(one: ProfileRow) -> tuple[Cell, ...]:
    if one.agency:
        url = reverse("profiles:profile", args=[one.agency, one.name])
    else:
        url = reverse("profiles:shipped-profile", args=[one.name])
    whose = one.agency_name if one.agency else Text("平台自带", "Shipped")
    return (
        Cell(one.title, url=url), Cell(one.name, code=True), Cell(item_title(one.item)), Cell(whose), Cell(one.number or None), Cell(one.saved_on),
        Cell(one.saved_by, code=True),
    )  # fmt: skip
