"""The list of accounts: searched, filtered, ordered, paged, exported."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from xinheng.core.access import Action, reach
from xinheng.core.access.roles import HELD_FOR
from xinheng.core.errors import Text
from xinheng.usecases.accounts.directory import CLOSED, NOT_ACTIVATED, OPEN, AccountRow, page_of_accounts
from xinheng.web.desk.administration import role_words, told_roles
from xinheng.web.desk.page import desk_page, shown
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import Cell, Column, Filter, Table, file_of, question_of
from xinheng.web.today import SHANGHAI, now, today

STATES = {
    OPEN: (Text("在用", "In use"), "calm"),
    NOT_ACTIVATED: (Text("未激活", "Not activated"), "plain"),
    CLOSED: (Text("已停用", "Closed"), "marked"),
}
_COLUMNS = (
    Column(Text("账号", "Account"), "name"), Column(Text("姓名", "Person"), "person"), Column(Text("角色", "Roles")),
    Column(Text("状态", "State")), Column(Text("最近登录", "Last sign-in"), "last"),
)  # fmt: skip


@desk_page
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts that the reader reaches."""
    actor = actor_of(request)
    everything = reach(actor, Action.VIEW_ACCOUNTS).everything
    states = tuple((state, words) for state, (words, _) in STATES.items() if everything or state != CLOSED)
    filters = (
        Filter("q", Text("账号、姓名或者单位", "Account, person or agency")),
        Filter("role", Text("角色", "Role"), tuple((role.value, role_words(role.value)) for role in HELD_FOR)),
        Filter("agency", Text("单位代码", "Code of the agency")),
        Filter("state", Text("状态", "State"), states),
    )
    question = question_of(request, filters, orders=[column.order for column in _COLUMNS if column.order])
    found = page_of_accounts(question.wanted(), actor=actor, at=now(), on=today())
    rows = tuple(_row(one, found.agencies) for one in found.listed.rows)
    nothing = Text("没有符合条件的账号", "No account matches")
    table = Table(Text("账号", "Accounts"), _COLUMNS, rows, found.listed.total, question, filters, nothing)
    if question.form:
        return file_of(request, table, name="accounts")
    facts = {
        "table": table,
        "may_add": not reach(actor, Action.MANAGE_ACCOUNTS).nothing,
        "may_write": not reach(actor, Action.ISSUE_LETTER).nothing,
    }
    return shown(request, "accounts/accounts", facts)


def _row(one: AccountRow, agencies: Mapping[str, str]) -> tuple[Cell, ...]:
    words, tone = STATES[one.state]
    last = one.last.astimezone(SHANGHAI).date() if one.last else None
    return (
        Cell(one.name, url=reverse("desk:account", args=[one.name]), code=True), Cell(one.display_name),
        Cell(told_roles(one.roles, agencies)), Cell(words, tone=tone), Cell(last),
    )  # fmt: skip
