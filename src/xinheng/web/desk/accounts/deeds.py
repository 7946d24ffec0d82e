"""What is done with an account, one address each; what cannot be done comes back in its form, filled in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.usecases.accounts.account import ensure_known
from xinheng.usecases.accounts.opening import close_account
from xinheng.usecases.accounts.roles import Wanted, assign_role, end_role, role_named
from xinheng.usecases.accounts.secrets import VALID, issue_secret
from xinheng.usecases.accounts.standing_in import cover as stand_in
from xinheng.usecases.accounts.standing_in import hand_over as hand_over_all
from xinheng.usecases.sign_on import unified
from xinheng.usecases.sign_on.linking import link_for, unlink_for
from xinheng.web.desk.accounts.account import account_page, day_of
from xinheng.web.desk.accounts.letters import address_of_first_password
from xinheng.web.desk.page import desk_page, sent, shown, told
from xinheng.web.sign_in.browser import simulated_at
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

Doing = Callable[..., HttpResponse | None]


def deed_of(form: str, done: str) -> Callable[[Doing], Callable[..., HttpResponse]]:
    """Decorate what a form of an account's page does; afterwards its page says that it is ``done``.

    An account out of the reader's reach is answered like none at all.
    """

    def decorate(do: Doing) -> Callable[..., HttpResponse]:
        @wraps(do)
        def answered(request: HttpRequest, name: str, **more: int) -> HttpResponse:
            ensure_known(name, actor=actor_of(request), on=today())
            try:
                answer = do(request, name, **more)
            except (UnusableCall, Missing) as error:
                return account_page(request, name, faults=told(error), at_fault=form, status=422)
            return answer or redirect(f"{reverse('desk:account', args=[name])}?done={done}")

        return desk_page(require_POST(answered))

    return decorate


@deed_of("role", "role")
def give_role(request: HttpRequest, name: str) -> None:
    """Give a role."""
    since = day_of(_said(request, "since"), otherwise=today())
    assign_role(name, wanted_of(request), actor=actor_of(request), at=now(), on=since)


@deed_of("roles", "role-ended")
def take_role(request: HttpRequest, name: str) -> None:
    """End a role that the account holds."""
    wanted = Wanted(role_named(_said(request, "role")), _said(request, "agency"), _said(request, "region"))
    end_role(name, wanted, actor=actor_of(request), at=now(), on=day_of(_said(request, "end"), otherwise=today()))


@deed_of("hand-over", "handed-over")
def hand_over(request: HttpRequest, name: str) -> None:
    """Give all roles to another account."""
    since = day_of(_said(request, "hand_from"), otherwise=today())
    hand_over_all(
        name, _said(request, "hand_to"), reason=_said(request, "hand_reason"), actor=actor_of(request), at=now(), on=since
    )  # fmt: skip


@deed_of("cover", "cover")
def cover(request: HttpRequest, name: str) -> None:
    """Have another account stand in."""
    arrange_cover(request, name)


@deed_of("close", "closed")
def close(request: HttpRequest, name: str) -> None:
    """Close the account, once its reader is sure."""
    if _said(request, "close_sure") != "yes":
        raise UnusableCall(_NOT_SURE)
    close_account(name, reason=_said(request, "close_reason"), actor=actor_of(request), at=now(), on=today())


@deed_of("secret", "")
def secret(request: HttpRequest, name: str) -> HttpResponse:
    """Issue a one-time secret and show it, this once, as a letter that can be printed."""
    made = issue_secret(name, actor=actor_of(request), at=now(), on=today())
    facts = {"name": name, "secret": made, "until": now() + VALID, "address": address_of_first_password(request)}
    return shown(request, "accounts/secret", facts)


@deed_of("link", "linked")
def link(request: HttpRequest, name: str) -> None:
    """Link an identity of the unified sign-on."""
    known = unified.providers(simulated_at=simulated_at(request))
    provider = _said(request, "provider")
    if provider not in known or not unified.is_for_accounts(provider):
        raise UnusableCall(_CHOOSE)
    identity, reason = _said(request, "identity"), _said(request, "link_reason")
    link_for(name, known[provider].issuer, identity, reason=reason, actor=actor_of(request), at=now(), on=today())


@deed_of("links", "unlinked")
def unlink(request: HttpRequest, name: str, number: int) -> None:
    """End a link of the account's."""
    unlink_for(name, number, reason=_said(request, "reason"), actor=actor_of(request), at=now(), on=today())


def arrange_cover(request: HttpRequest, name: str) -> None:
    """Have somebody stand in for an account as the fields of ``cover_fields`` say."""
    since = day_of(_said(request, "cover_from"), otherwise=today())
    stand_in(
        name, _said(request, "cover_by"), since=since, until=day_of(_said(request, "cover_until")), reason=_said(request, "cover_reason"),
        actor=actor_of(request), at=now(),
    )  # fmt: skip


def wanted_of(request: HttpRequest) -> Wanted:
    """Return the role that the fields of ``role_fields`` ask for."""
    until = _said(request, "until")
    return Wanted(
        role_named(_said(request, "role")), _said(request, "agency"), _said(request, "region"), day_of(until) if until else None
    )  # fmt: skip


def _said(request: HttpRequest, name: str) -> str:
    return sent(request).get(name, "")


_NOT_SURE = Explanation(
    Text("没有确认停用", "It was not confirmed"),
    Text("停用后不能恢复", "a closed account is not opened again"),
    Text("请勾选确认后再提交。", "Tick the box and send the form again."),
)
_CHOOSE = Explanation(
    Text("没有选择身份认证系统", "No provider is chosen"),
    Text("身份由哪个系统认证须写明", "who vouches for the identity has to be said"),
    Text("请选择后再提交。", "Choose one and send the form again."),
)
