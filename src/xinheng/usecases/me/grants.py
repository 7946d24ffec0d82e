"""Grants (授权): a representative is accepted once its identity was proved; it grants agents; all end when the register names another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from xinheng.core.access import Action, Actor, Role, Target
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.standards.names import name_key
from xinheng.store.models import SubjectGrant, User
from xinheng.store.sql import statement
from xinheng.usecases.deed import deed
from xinheng.usecases.ledger.file import subject_or_missing
from xinheng.usecases.users import user_named

EVIDENCE = ("oidc", "letter", "window")
"""How a representative's identity was proved: by the electronic licence, by a letter to the registered address, in person."""
BY_REPRESENTATIVE, BY_AGENT, BY_SUCCESSOR = (
    "ended by the representative",
    "given up by the agent",
    "another was accepted",
)


@dataclass(frozen=True, slots=True)
class GrantView:
    """A grant as its subject sees it: who, as what, since when, until when (last day), and whether it may be ended here."""

    number: int
    username: str
    display_name: str
    role: Role
    since: dt.date
    until: dt.date | None


def accept_representative(
    code: str, username: str, *, name: str, evidence: str, actor: Actor, at: dt.datetime, on: dt.date
) -> None:
    """Let a user act as the representative of a subject, whose identity was proved; an earlier representative's grants end with it.

    ``name`` is the representative's name as it was proved; only a keyed digest of it is kept. Raises ``Missing``, ``UnusableCall``, ``Refused``.
    """
    if evidence not in EVIDENCE:
        raise UnusableCall(_EVIDENCE)
    subject = subject_or_missing(code)
    asked = {"subject": subject.uscc, "user": username, "evidence": evidence}
    target = Target(subject=subject.uscc)
    with deed(actor, Action.ACCEPT_REPRESENTATIVE, target, about=f"subject {subject.uscc}", asked=asked, at=at) as done:
        ended = SubjectGrant.objects.filter(subject=subject, ended_at=None).update(ended_at=at, ended_why=BY_SUCCESSOR)
        grant = SubjectGrant.objects.create(
            user=_known(username), subject=subject, role=Role.REPRESENTATIVE.value, evidence=evidence,
            mark=_mark(subject.uscc, name), granted_by=user_named(actor.name), granted_at=at, valid_from=on,
        )  # fmt: skip
        done.result = {"grant": grant.pk, "ended": ended}


def grant_agent(code: str, username: str, *, until: dt.date | None, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """Let a user act for the subject as its agent, up to and with the day ``until``; granted again, the new last day holds."""
    subject = subject_or_missing(code)
    if until is not None and until < on:
        raise UnusableCall(_PAST)
    asked = {"subject": subject.uscc, "agent": username, "until": until.isoformat() if until else ""}
    target = Target(subject=subject.uscc)
    with deed(actor, Action.GRANT_AGENT, target, about=f"subject {subject.uscc}", asked=asked, at=at) as done:
        user = _known(username)
        held = SubjectGrant.objects.filter(subject=subject, user=user, ended_at=None).first()
        if held is not None and held.role == Role.REPRESENTATIVE.value:
            raise UnusableCall(_ALREADY)
        if held is not None:
            _end(held, at, BY_SUCCESSOR)
        grant = SubjectGrant.objects.create(
            user=user, subject=subject, role=Role.AGENT.value, granted_by=user_named(actor.name), granted_at=at,
            valid_from=on, valid_until=until + dt.timedelta(days=1) if until else None,
        )  # fmt: skip
        done.result = {"grant": grant.pk}


def end_agent(code: str, number: int, *, actor: Actor, at: dt.datetime) -> None:
    """End the grant of an agent; raises ``Missing`` where the subject has no such grant."""
    subject = subject_or_missing(code)
    asked = {"subject": subject.uscc, "grant": number}
    target = Target(subject=subject.uscc)
    with deed(actor, Action.GRANT_AGENT, target, about=f"subject {subject.uscc}", asked=asked, at=at) as done:
        open_ = SubjectGrant.objects.filter(subject=subject, role=Role.AGENT.value, ended_at=None)
        held = open_.filter(pk=number).first()
        if held is None:
            raise Missing(_NO_GRANT)
        _end(held, at, BY_REPRESENTATIVE)
        done.result = {"ended": number}


def list_grants(code: str, *, actor: Actor, at: dt.datetime, on: dt.date) -> tuple[GrantView, ...]:
    """Return who may act for a subject today, its representative first."""
    subject = subject_or_missing(code)
    target = Target(subject=subject.uscc)
    with deed(actor, Action.GRANT_AGENT, target, about=f"subject {subject.uscc}", asked={}, at=at) as done:
        held = SubjectGrant.objects.filter(subject=subject).in_force(on).select_related("user").order_by("-role", "id")
        found = tuple(_view(grant) for grant in held)
        done.result = {"grants": len(found)}
    return found


def end_where_changed(representatives: Mapping[str, str]) -> None:
    """End all grants of the subjects for which the register now names another representative, in the caller's transaction.

    ``representatives`` gives the name by unified code. Called whenever registrations are entered; costs one query where nobody has a grant.
    """
    held = SubjectGrant.objects.filter(
        ended_at=None, role=Role.REPRESENTATIVE.value, subject__uscc__in=list(representatives)
    )
    codes = sorted(set(held.values_list("subject__uscc", flat=True)))
    if codes:
        marks = [_mark(code, representatives[code]) for code in codes]
        with connection.cursor() as cursor:
            cursor.execute(statement("end_changed_grants"), {"codes": codes, "marks": marks})


def _end(grant: SubjectGrant, at: dt.datetime, why: str) -> None:
    grant.ended_at, grant.ended_why = at, why
    grant.save(update_fields=["ended_at", "ended_why"])


def _view(grant: SubjectGrant) -> GrantView:
    until = grant.valid_until - dt.timedelta(days=1) if grant.valid_until else None
    return GrantView(grant.pk, grant.user.username, grant.user.display_name, Role(grant.role), grant.valid_from, until)


def _mark(code: str, name: str) -> str:
    """Return what tells representatives of a subject apart without keeping a name."""
    said = f"{code}\x1f{name_key(name)}"
    return salted_hmac("xinheng.representative", said, secret=settings.MASTER_KEY, algorithm="sha256").hexdigest()


def _known(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise UnusableCall(_NO_USER)
    return user


_EVIDENCE = Explanation(
    Text("没有说明身份如何核验", "How the identity was proved is not said"),
    Text(
        "只认电子营业执照、寄往登记住所的函件和窗口当面核验",
        "only the electronic licence, a letter to the registered address, or in person count",
    ),
    Text("请写明 oidc、letter 或 window。", "Say oidc, letter or window."),
)
_PAST = Explanation(
    Text("授权的末日已经过去", "The last day of the grant is over"),
    Text("授权从今天起生效", "a grant begins today"),
    Text("请填写今天或者今天以后的日期，或者留空。", "Give today or a later day, or leave it empty."),
)
_ALREADY = Explanation(
    Text("该账号已是本单位的代表人", "This account is the representative already"),
    Text("代表人无需另行授权", "a representative needs no grant"),
    Text("请填写其他账号。", "Name another account."),
)
_NO_GRANT = Explanation(
    Text("没有这项授权", "There is no such grant"),
    Text("它可能已经终止", "it may have ended already"),
    Text("请刷新页面查看现有授权。", "Reload the page to see the grants in force."),
)
_NO_USER = Explanation(
    Text("没有这个账号", "There is no such account"),
    Text("被授权人须先以本人身份登录过一次", "an agent has to have signed in once with an identity of its own"),
    Text("请核对账号；尚未登录过的，请先登录。", "Check the account name; whoever has never signed in signs in first."),
)
