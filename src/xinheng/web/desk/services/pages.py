"""The list of service accounts with today's use, a new one, another secret, and the end."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinheng.core.access import Action, Scope, Target
from xinheng.core.access.scopes import WORDS
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.usecases.deed import ensure_allowed
from xinheng.usecases.reach import agency_names
from xinheng.usecases.services.accounts import (
    LONGEST_OVERLAP,
    NewSecret,
    Wanted,
    add_service,
    end_service,
    list_services,
    rotate_secret,
)
from xinheng.web.desk.administration import agency_field
from xinheng.web.desk.page import desk_page, sent, shown, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.today import SHANGHAI, now, today

_EVERYTHING = "all"


@desk_page
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """List the service accounts: scopes, quota and today's use, how long their secrets are good."""
    return _list(request)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Show the form of a new service account; make it and show its secret, this once."""
    actor = actor_of(request)
    ensure_allowed(actor, Action.MANAGE_SERVICES, Target(), about="services", at=now())
    if request.method != "POST":
        return _form(request, {})
    said = sent(request)
    scopes = tuple(scope.value for scope in Scope if f"scope-{scope.value}" in request.POST)
    try:
        if not scopes:
            raise UnusableCall(_NO_SCOPE)
        wanted = Wanted(
            name=said.get("name", ""), agency=said.get("agency", ""), title=said.get("title", ""), scopes=scopes,
            per_minute=_whole(said.get("per_minute", "")), per_day=_whole(said.get("per_day", "")),
        )  # fmt: skip
        made = add_service(wanted, actor=actor, at=now(), on=today())
    except UnusableCall as error:
        return _form(request, said, faults=told(error), status=422)
    return _secret(request, made)


@desk_page
@require_POST
def rotate(request: HttpRequest, name: str) -> HttpResponse:
    """Make another secret and show it, this once; the one before it stays good for the days that are given."""
    try:
        made = rotate_secret(
            name, overlap_days=_whole(request.POST.get("overlap", "")), actor=actor_of(request), at=now()
        )
    except UnusableCall as error:
        return _list(request, faults=told(error), status=422)
    return _secret(request, made)


@desk_page
@require_POST
def end(request: HttpRequest, name: str) -> HttpResponse:
    """End a service account, once its reader is sure."""
    try:
        if request.POST.get("sure") != "yes":
            raise UnusableCall(_NOT_SURE)
        end_service(name, actor=actor_of(request), at=now())
    except UnusableCall as error:
        return _list(request, faults=told(error), status=422)
    return redirect(f"{reverse('desk:services')}?done=ended")


def _list(request: HttpRequest, *, faults: tuple[Text, ...] = (), status: int = 200) -> HttpResponse:
    at = now().astimezone(SHANGHAI)
    found = list_services(actor=actor_of(request), at=at)
    names = agency_names(one.agency for one in found)
    lines = [
        (one, names.get(one.agency, one.agency), [WORDS[Scope(scope)] for scope in one.scopes], min(100, 100 * one.used_today // one.per_day))
        for one in sorted(found, key=lambda one: (one.ended_at is not None, one.name))
    ]  # fmt: skip
    facts = {
        "lines": lines, "faults": faults, "longest": LONGEST_OVERLAP, "ended": request.GET.get("done") == "ended",
    }  # fmt: skip
    return shown(request, "services/services", facts, status=status)


def _secret(request: HttpRequest, made: NewSecret) -> HttpResponse:
    return shown(request, "services/secret", {"made": made, "address": request.build_absolute_uri("/api/v1/")})


def _form(
    request: HttpRequest, said: dict[str, str], *, faults: tuple[Text, ...] = (), status: int = 200
) -> HttpResponse:
    fields = (
        FormField(
            name="name", title=Text("服务账号名", "Name"), value=said.get("name", ""), required=True, length=60,
            hint=Text("3 至 60 个小写字母、数字和连字符，以字母开头，如 nanjing-housing-system。", "3 to 60 small letters, digits, hyphens; a letter first."),
        ),
        FormField(name="title", title=Text("系统名称", "What the system is called"), value=said.get("title", ""), length=100),
        agency_field("agency", actor_of(request), title=Text("所属单位", "Agency"), value=said.get("agency", "")),
    )  # fmt: skip
    quotas = (
        FormField(name="per_minute", title=Text("每分钟限额（次）", "Calls a minute"), value=said.get("per_minute", "600"), required=True, length=9),
        FormField(name="per_day", title=Text("每日限额（次）", "Calls a day"), value=said.get("per_day", "100000"), required=True, length=9),
    )  # fmt: skip
    scopes = [
        (f"scope-{scope.value}", scope.value, WORDS[scope], not said or f"scope-{scope.value}" in said)
        for scope in Scope
    ]
    facts = {"fields": fields, "quotas": quotas, "scopes": scopes, "faults": faults}
    return shown(request, "services/add", facts, status=status)


def _whole(text: str) -> int:
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) <= 9):
        raise UnusableCall(_NO_NUMBER)
    return int(text)


_NO_NUMBER = Explanation(
    Text("数字无法识别", "The number cannot be read"),
    Text("应为不带符号的整数", "it is a whole number without a sign"),
    Text("请重新填写。", "Please write it again."),
)
_NO_SCOPE = Explanation(
    Text("没有选择权限范围", "No scope is chosen"),
    Text("服务账号至少有一项权限范围", "a service account is good for one thing at least"),
    Text("请选择后再提交。", "Choose and send the form again."),
)
_NOT_SURE = Explanation(
    Text("没有确认结束", "It was not confirmed"),
    Text("结束后密钥和令牌立即失效，不能恢复", "its secrets and tokens are good for nothing from then on, for ever"),
    Text("请勾选确认后再提交。", "Tick the box and send the form again."),
)

urlpatterns = [
    path("", services, name="services"),
    path("add/", add, name="service-add"),
    path("of/<slug:name>/rotate/", rotate, name="service-rotate"),
    path("of/<slug:name>/end/", end, name="service-end"),
]
