"""One account: what is known of it, and what the reader may do with it, each deed in a form of its own."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xinheng.core.access import Action
from xinheng.core.access.decision import roles_to_give
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.usecases.accounts.account import AccountPage, view_account
from xinheng.usecases.sign_on import unified
from xinheng.usecases.sign_on.linking import links_of
from xinheng.web.desk.accounts.listing import STATES
from xinheng.web.desk.administration import agency_field, held_for, role_words
from xinheng.web.desk.page import desk_page, sent, shown
from xinheng.web.fields import FormField
from xinheng.web.sign_in.browser import simulated_at
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

DONE = {
    "opened": Text("账号已建立。凭一次性口令或者激活函设置密码后，即可登录。", "It was made. It signs in once a password was set with a secret or a letter."),
    "role": Text("角色已分配。", "The role was given."),
    "role-ended": Text("角色已结束。", "The role has ended."),
    "handed-over": Text("角色已全部移交。", "All roles were handed over."),
    "cover": Text("代办已安排。", "The stand-in was arranged."),
    "closed": Text("账号已停用：角色、代办和未使用的口令同时终止。", "The account is closed: its roles, stand-ins and unused secrets ended."),
    "linked": Text("已关联统一身份，本人登录后可以看到。", "The identity was linked; the account’s owner sees it."),
    "unlinked": Text("已解除关联，本人登录后可以看到。", "The link was ended; the account’s owner sees it."),
}  # fmt: skip


@desk_page
@require_safe
def account(request: HttpRequest, name: str) -> HttpResponse:
    """Show an account; ``?done=`` says what was just done."""
    return account_page(request, name)


def account_page(
    request: HttpRequest, name: str, *, faults: tuple[Text, ...] = (), at_fault: str = "", status: int = 200
) -> HttpResponse:
    """Show an account, with what was wrong in one of its forms (``at_fault``), filled in as it was sent."""
    actor, said = actor_of(request), sent(request)
    found = view_account(name, actor=actor, at=now(), on=today())
    state, tone = STATES[found.state]
    facts = {
        "account": found, "state": state, "tone": tone, "may": {action.name.lower() for action in found.may},
        "roles": [(held, role_words(held.role), held_for(held, found.agencies)) for held in found.roles],
        "links": links_of(name) if Action.LINK_IDENTITY in found.may or found.sign_ins else (),
        "forms": _forms(request, found, said), "faults": faults, "at_fault": at_fault, "today": today().isoformat(),
        "done": DONE.get(request.GET.get("done", "")), "self": name == actor.name
    }  # fmt: skip
    return shown(request, "accounts/account", facts, status=status)


def day_of(text: str, *, otherwise: dt.date | None = None) -> dt.date:
    """Return the day that a field says; raises ``UnusableCall`` where it says none and there is no other."""
    if not text.strip() and otherwise is not None:
        return otherwise
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise UnusableCall(_NO_DAY) from error


def _forms(request: HttpRequest, found: AccountPage, said: dict[str, str]) -> dict[str, tuple[FormField, ...]]:
    """Return the fields of the forms that the reader may send, by the name of the form."""
    forms: dict[str, tuple[FormField, ...]] = {}
    if Action.ASSIGN_ROLE in found.may:
        forms["role"] = role_fields(request, said)
        forms["hand-over"] = (
            _text("hand_to", Text("移交给（账号）", "To the account"), said),
            _day("hand_from", Text("从哪一天起", "From"), said, today().isoformat()),
            _text("hand_reason", _REASON, said),
        )
        forms["cover"] = cover_fields(said)
    if Action.MANAGE_ACCOUNTS in found.may:
        forms["close"] = (_text("close_reason", _REASON, said), _sure("close_sure", said))
    if Action.LINK_IDENTITY in found.may:
        forms["link"] = _link_fields(request, said)
    return forms


def role_fields(request: HttpRequest, said: dict[str, str], *, optional: bool = False) -> tuple[FormField, ...]:
    """Return the fields in which a role is given: which, for whom, from when until when."""
    actor = actor_of(request)
    roles = tuple((role.value, role_words(role.value)) for role in roles_to_give(actor))
    return (
        FormField(name="role", title=Text("角色", "Role"), kind="choice", value=said.get("role", ""), choices=roles, required=not optional),
        agency_field("agency", actor, title=Text("单位", "Agency"), value=said.get("agency", ""), hint=_FOR_DEPARTMENTS),
        FormField(name="region", title=Text("地区", "Region"), value=said.get("region", ""), hint=_FOR_REGIONS, length=16),
        _day("since", Text("从哪一天起", "From"), said, today().isoformat()),
        FormField(name="until", title=Text("到哪一天止（不含当日）", "Until (that day excluded)"), kind="day", value=said.get("until", "")),
    )  # fmt: skip


def cover_fields(said: dict[str, str]) -> tuple[FormField, ...]:
    """Return the fields in which a stand-in is arranged."""
    return (
        _text("cover_by", Text("由谁代办（账号）", "By the account"), said),
        _day("cover_from", Text("从哪一天起", "From"), said, today().isoformat()),
        _day("cover_until", Text("到哪一天止（不含当日）", "Until (that day excluded)"), said, ""),
        _text("cover_reason", _REASON, said),
    )


def _link_fields(request: HttpRequest, said: dict[str, str]) -> tuple[FormField, ...]:
    ways = tuple(
        (way, unified.NAMES[way])
        for way in unified.providers(simulated_at=simulated_at(request))
        if unified.is_for_accounts(way)
    )
    return (
        FormField(name="provider", title=Text("身份认证系统", "Provider"), kind="choice", value=said.get("provider", ""), choices=ways, required=True),
        FormField(
            name="identity", title=Text("该系统中的身份标识", "Identifier there"), value=said.get("identity", ""), required=True,
            hint=Text("由该系统的管理员提供；不是证件号码。", "Told by whoever runs it; never the number of a document."), length=255,
        ),
        _text("link_reason", _REASON, said),
    )  # fmt: skip


def _text(name: str, title: Text, said: dict[str, str]) -> FormField:
    return FormField(name=name, title=title, value=said.get(name, ""), required=True, length=200)


def _day(name: str, title: Text, said: dict[str, str], otherwise: str) -> FormField:
    return FormField(name=name, title=title, kind="day", value=said.get(name, otherwise), required=True)


def _sure(name: str, said: dict[str, str]) -> FormField:
    return FormField(
        name=name, title=Text("停用后不能恢复，账号名也不再使用", "It cannot be opened again, and its name is not given again"), kind="check",
        value=said.get(name, ""), required=True, choices=(("yes", Text("我确认停用这个账号", "Yes, close this account")),),
    )  # fmt: skip


_REASON = Text("理由", "Reason")
_FOR_DEPARTMENTS = Text("数据员、复核员、部门管理员须填写。", "For a data clerk, a reviewer, a department manager.")
_FOR_REGIONS = Text(
    "地区管理员须填写，如 320500；功能区如 320500-SIP。", "For a region manager, such as 320500; of a zone 320500-SIP."
)
_NO_DAY = Explanation(
    Text("日期无法识别", "The day cannot be read"),
    Text("日期的格式为 2026-12-31", "a day is written like 2026-12-31"),
    Text("请重新填写。", "Please write it again."),
)
