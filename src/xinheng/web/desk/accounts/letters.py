"""Activation letters of several accounts at once (激活函): chosen among those that nobody has activated, printed one to a sheet of paper."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinheng.core.access import Action, Target, reach
from xinheng.core.errors import Text
from xinheng.usecases.accounts.directory import NOT_ACTIVATED, page_of_accounts
from xinheng.usecases.deed import ensure_allowed
from xinheng.usecases.intake.listing import Wanted
from xinheng.usecases.sign_on.letters import ensure_may_issue, issue_letter
from xinheng.web.desk.administration import told_roles
from xinheng.web.desk.page import desk_page, shown
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

MOST = 100
"""Letters that are made at once."""


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """Let the security administrator choose accounts, and show their letters, once."""
    actor = actor_of(request)
    if reach(actor, Action.ISSUE_LETTER).nothing:
        ensure_allowed(actor, Action.ISSUE_LETTER, Target(), about="letters", at=now())
    words = (request.POST if request.method == "POST" else request.GET).get("q", "").replace("\x00", "").strip()[:100]
    wanted = Wanted(filters={"state": NOT_ACTIVATED, "q": words}, order="name", limit=MOST)
    found = page_of_accounts(wanted, actor=actor, at=now(), on=today())
    offered = {one.name for one in found.listed.rows if one.name != actor.name}
    chosen = [name for name in request.POST.getlist("account") if name in offered]
    if request.method == "POST" and chosen:
        ensure_may_issue(chosen, actor=actor, at=now())
        made = [issue_letter(name, actor=actor, at=now()) for name in chosen]
        return render(
            request, "sign_in/letters_made.html", {"letters": made, "address": address_of_first_password(request)}
        )
    facts = {
        "rows": [(one, told_roles(one.roles, found.agencies)) for one in found.listed.rows if one.name in offered], "words": words,
        "more": found.listed.total - len(found.listed.rows), "faults": (_CHOOSE,) if request.method == "POST" else (),
    }  # fmt: skip
    return shown(request, "accounts/letters", facts, status=422 if request.method == "POST" else 200)


def address_of_first_password(request: HttpRequest) -> str:
    """Return where a first password is set, as it is printed in a letter."""
    return f"{settings.ADDRESS or request.build_absolute_uri('/').rstrip('/')}{reverse('sign_in:first_password')}"


_CHOOSE = Text("请至少选择一个账号。", "Choose one account at least.")
