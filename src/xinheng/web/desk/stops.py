"""Emergency stops at the desk (紧急停止公示): what is asked for and in force, asking, and the second person's word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from xinheng.core.errors import Explanation, Missing, Text, UnusableCall, XinhengError
from xinheng.core.ledger.stops import WITHIN, Ground, Scope
from xinheng.usecases import stops as usecase
from xinheng.web.desk.page import around, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of, for_signed_in
from xinheng.web.today import now, today

Act = Callable[..., usecase.StopView]
FIELDS = ("scope", "target", "ground", "reason", "basis")


@for_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stops(request: HttpRequest) -> HttpResponse:
    """List the stops and the form to ask for one, begun with what the address says; a request that cannot be taken comes back filled in, with what is wrong."""
    if request.method != "POST":
        return _page(request, {name: request.GET.get(name, "")[:120] for name in FIELDS})
    given = {name: request.POST.get(name, "").strip() for name in FIELDS}
    try:
        if given["scope"] not in set(Scope) or given["ground"] not in set(Ground):
            raise UnusableCall(_CHOOSE)
        usecase.ask(
            Scope(given["scope"]), given["target"], ground=Ground(given["ground"]), reason=given["reason"], basis=given["basis"],
            actor=actor_of(request), at=now(), on=today(),
        )  # fmt: skip
    except (UnusableCall, Missing) as error:
        return _page(request, given, error=error, status=422)
    return redirect("stops:list")


@for_signed_in
@require_POST
def step(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Confirm, refuse or ask to lift a stop, with the reason given."""
    acts: dict[str, Act] = {"confirm": usecase.confirm, "refuse": usecase.refuse, "lift": usecase.lift}
    try:
        if act not in acts:
            raise Missing(_CHOOSE)
        acts[act](number, reason=request.POST.get("reason", ""), actor=actor_of(request), at=now())
    except UnusableCall as error:
        return _page(request, dict.fromkeys(FIELDS, ""), error=error, status=422)
    return redirect("stops:list")


def _page(
    request: HttpRequest, given: dict[str, str], *, error: XinhengError | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    found = usecase.list_stops(actor=actor, at=now())
    facts = {
        "lines": [(one, [act for act in _ACTS if act[0] in usecase.offered(one, actor=actor)]) for one in found],
        "fields": _fields(given), "faults": told(error) if error else (), "title": _NOT_DONE, "hours": WITHIN // dt.timedelta(hours=1),
    }  # fmt: skip
    return render(request, "desk/stops.html", {**around(request), **facts}, status=status)


def _fields(given: dict[str, str]) -> tuple[FormField, ...]:
    scopes = tuple((one.value, one.label) for one in Scope)
    grounds = tuple((one.value, one.wording) for one in Ground)
    return (
        FormField(name="scope", title=Text("范围", "Scope"), kind="choice", value=given["scope"], choices=scopes, required=True),
        FormField(name="target", title=Text("对象", "Target"), value=given["target"], length=120, hint=_TARGET),
        FormField(name="ground", title=Text("对外说明", "Public wording"), kind="choice", value=given["ground"], choices=grounds, required=True),
        FormField(
            name="reason", title=Text("理由（不对外）", "Reason (not public)"), kind="area", value=given["reason"], required=True, length=500,
            hint=Text("会保存并由他人看到，请勿写入个人信息。", "It is kept and read by others; no personal data, please."),
        ),
        FormField(name="basis", title=Text("依据", "Basis"), value=given["basis"], required=True, length=200),
    )  # fmt: skip


_NOT_DONE = Text("没有办理", "Nothing was done")
_TARGET = Text(
    "一条记录：从该记录的页面进入，自动填写；信息项：目录名；信源单位：统一社会信用代码；使用方：账号名；整个网站：不填。",
    "A record: come from its page, and it is filled in; an item: its name in the catalogue; an agency: its code; a consumer: its account; the portal: nothing.",
)
_ACTS = (
    ("confirm", Text("确认", "Confirm")),
    ("refuse", Text("不同意", "Refuse")),
    ("lift", Text("申请恢复公示", "Ask for lifting")),
)
_CHOOSE = Explanation(
    Text("没有选择范围或者原因", "The scope or the ground is not chosen"),
    Text("停止公示须写明范围和原因", "a stop has a scope and a public ground"),
    Text("请选择后再提交。", "Choose them and send the form again."),
)

app_name = "stops"
urlpatterns = [path("", stops, name="list"), path("<int:number>/<slug:act>/", step, name="step")]
