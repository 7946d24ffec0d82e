"""Emergency stops at the desk (紧急停止公示): what is asked for and in force, asking, and the second person's word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.ledger.stops import WITHIN, Ground, Scope
from xinheng.usecases import stops as usecase
from xinheng.web.desk.page import around
from xinheng.web.signed_in import actor_of, for_signed_in
from xinheng.web.today import now, today

Act = Callable[..., usecase.StopView]
FIELDS = ("scope", "target", "ground", "reason", "basis")


@for_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stops(request: HttpRequest) -> HttpResponse:
    """List the stops and the form to ask for one; a request that cannot be taken comes back filled in, with what is wrong."""
    if request.method != "POST":
        return _page(request, dict.fromkeys(FIELDS, ""))
    given = {name: request.POST.get(name, "").strip() for name in FIELDS}
    try:
        if given["scope"] not in set(Scope) or given["ground"] not in set(Ground):
            raise UnusableCall(_CHOOSE)
        usecase.ask(
            Scope(given["scope"]), given["target"], ground=Ground(given["ground"]), reason=given["reason"], basis=given["basis"],
            actor=actor_of(request), at=now(), on=today(),
        )  # fmt: skip
    except (UnusableCall, Missing) as error:
        return _page(request, given, error=error.explanation, status=422)
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
        return _page(request, dict.fromkeys(FIELDS, ""), error=error.explanation, status=422)
    return redirect("stops:list")


def _page(
    request: HttpRequest, given: dict[str, str], *, error: Explanation | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    found = usecase.list_stops(actor=actor, at=now())
    facts = {
        "lines": [(one, [act for act in _ACTS if act[0] in usecase.offered(one, actor=actor)]) for one in found],
        "given": given, "error": error, "hours": WITHIN // dt.timedelta(hours=1), "scopes": [(one.value, one.label) for one in Scope],
        "grounds": [(one.value, one.wording) for one in Ground],
    }  # fmt: skip
    return render(request, "desk/stops.html", {**around(request), **facts}, status=status)


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
