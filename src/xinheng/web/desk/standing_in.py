"""Standing in (代办): for whom one acts, held with the sign-in and asked again on every request; and asking a colleague to stand in for oneself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from xinheng.core.access import Action, Target, decide
from xinheng.core.errors import Missing, Text, UnusableCall
from xinheng.usecases.accounts.acting_for import act_for_oneself_again, begin_to_act_for, covers_of
from xinheng.web.desk.accounts.account import cover_fields
from xinheng.web.desk.accounts.deeds import arrange_cover
from xinheng.web.desk.page import desk_page, sent, shown, told
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

_DONE = {
    "arranged": Text("代办已安排，期满自动终止。", "The stand-in was arranged; it ends by itself."),
    "back": Text("您现在以本人身份办理。", "You act in your own name again."),
}
_ENDED = Text(
    "您现在以本人身份办理；刚才的操作没有办理。",
    "You act in your own name again; what you just asked for was not done.",
)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def standing_in(request: HttpRequest) -> HttpResponse:
    """Show for whom the reader may act and who stands in for them; arrange that a colleague does."""
    if request.method != "POST":
        return _page(request)
    try:
        arrange_cover(request, actor_of(request).name)
    except (UnusableCall, Missing) as error:
        return _page(request, faults=told(error), status=422)
    return redirect(f"{reverse('desk:standing-in')}?done=arranged")


@desk_page
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Act for a colleague from now on, as long as the stand-in holds."""
    principal = request.POST.get("account", "").strip()[:64]
    key = request.session.session_key or ""
    try:
        begin_to_act_for(actor_of(request).name, principal, session_key=key, at=now(), on=today())
    except UnusableCall as error:
        return _page(request, faults=told(error), status=422)
    return redirect("desk:home")


@desk_page
@require_POST
def act_for_oneself(request: HttpRequest) -> HttpResponse:
    """Act in one's own name again."""
    act_for_oneself_again(actor_of(request).name, session_key=request.session.session_key or "", at=now())
    return redirect(f"{reverse('desk:standing-in')}?done=back")


def _page(request: HttpRequest, *, faults: tuple[Text, ...] = (), status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    said = sent(request)
    asks = not actor.on_behalf_of and decide(actor, Action.DELEGATE, Target()).allowed
    facts = {
        "covers": covers_of(actor.name, on=today()), "acts_for": actor.on_behalf_of, "fields": cover_fields(said) if asks else (),
        "faults": faults, "done": _DONE.get(request.GET.get("done", "")), "ended": _ENDED if "ended" in request.GET else None,
    }  # fmt: skip
    return shown(request, "standing_in", facts, status=status)
