"""Deciding: role × agency × region × openness × matter → allowed or refused, with reasons. The default is no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xinheng.core.access.approval import approval_on
from xinheng.core.access.matter import ADMITS, admits
from xinheng.core.access.roles import HELD_FOR, Action, Actor, Assignment, Role, Target
from xinheng.core.access.tree import inside
from xinheng.core.catalogue.item import Openness
from xinheng.core.errors import Text

_OWN_DATA = frozenset(
    {
        Action.SUBMIT,
        Action.VIEW_SUBMISSIONS,
        Action.VIEW_ISSUES,
        Action.VIEW_QUESTIONS,
        Action.ANSWER_QUESTION,
        Action.VIEW_WORK,
        Action.DECLARE_ZERO,
    }
)
_PUBLIC = frozenset({Action.SEARCH_PUBLIC, Action.VIEW_PUBLIC})
_CORRECT = frozenset({Action.WITHDRAW_RECORD, Action.MEND_RECORD, Action.VIEW_CORRECTIONS})
_LISTED = frozenset({Action.VIEW_SUBMISSIONS, Action.VIEW_ISSUES, Action.VIEW_QUESTIONS, Action.VIEW_WORK})
_JOBS = frozenset({Action.VIEW_JOBS, Action.MANAGE_JOBS})
_STOPS = frozenset({Action.VIEW_STOPS, Action.ASK_STOP, Action.CONFIRM_STOP})
_LOOK = frozenset({Action.VIEW_FILE, Action.SEARCH, Action.VIEW_AGENCIES})
_REGION = frozenset({Action.MANAGE_AGENCIES, Action.GRANT_ITEM})
_CATALOGUE = frozenset({Action.VIEW_DRAFTS, Action.DRAFT_CATALOGUE, Action.SIGN_CATALOGUE})
_PEOPLE = frozenset({Action.MANAGE_ACCOUNTS, Action.VIEW_ACCOUNTS, Action.ASSIGN_ROLE})
_SCREEN = frozenset({Action.SCREEN, Action.VIEW_SCREENINGS})
_ONES_OWN = frozenset({Action.DELEGATE, Action.OWN_MESSAGES})

_OF_SUBJECT = frozenset({Action.VIEW_OWN_FILE, Action.GRANT_AGENT})

ALLOWED: dict[Role, frozenset[Action]] = {
    Role.PUBLIC: _PUBLIC,
    Role.DATA_CLERK: _PUBLIC
    | _ONES_OWN
    | _LOOK
    | _OWN_DATA
    | _CORRECT
    | _SCREEN
    | {Action.CONFIRM_SEVERITY, Action.VIEW_DRAFTS},
    Role.REVIEWER: _PUBLIC
    | _ONES_OWN
    | _LOOK
    | _LISTED
    | _SCREEN
    | {
        Action.ANSWER_QUESTION,
        Action.CONFIRM_SEVERITY,
        Action.VIEW_DRAFTS,
        Action.JUDGE,
        Action.APPROVE_CORRECTION,
        Action.VIEW_CORRECTIONS,
    },
    Role.DEPARTMENT_MANAGER: (
        _PUBLIC
        | _ONES_OWN
        | _LOOK
        | _OWN_DATA
        | _CORRECT
        | _SCREEN
        | {
            Action.APPROVE_CORRECTION,
            Action.CONFIRM_SEVERITY,
            Action.JUDGE,
            Action.VIEW_ACCOUNTS,
            Action.VIEW_STOPS,
            Action.ASK_STOP,
            Action.VIEW_PERSON,
            Action.VIEW_DRAFTS,
            Action.ANSWER_DRAFT,
        }
    ),
    Role.REGION_MANAGER: _PUBLIC | _ONES_OWN | _LOOK | _LISTED | _REGION | _PEOPLE | _CATALOGUE | _SCREEN,
    Role.CENTRE_OPERATOR: (
        _PUBLIC
        | _ONES_OWN
        | _LOOK
        | _OWN_DATA
        | _JOBS
        | _REGION
        | _PEOPLE
        | _STOPS
        | _CATALOGUE
        | _CORRECT
        | _SCREEN
        | {
            Action.TELL_WATCHES,
            Action.ANSWER_DRAFT,
            Action.APPROVE_CORRECTION,
            Action.CONFIRM_SEVERITY,
            Action.JUDGE,
            Action.CHANGE_SUBJECT,
            Action.IMPORT_HISTORY,
            Action.LOAD_REGISTER,
            Action.ACCEPT_REPRESENTATIVE,
            Action.RESOLVE_WAITING,
            Action.RUN_COLLECTING,
            Action.MANAGE_SERVICES,
            Action.MANAGE_DELIVERIES,
            Action.MAINTAIN_LAKE,
            Action.VIEW_PERSON,
            Action.RUN_RETENTION,
        }
    ),
    Role.SYSTEM_ADMINISTRATOR: _PUBLIC
    | _ONES_OWN
    | _JOBS
    | {Action.MAINTAIN_LAKE, Action.MANAGE_ACCOUNTS, Action.VIEW_ACCOUNTS},
    Role.SECURITY_ADMINISTRATOR: _PUBLIC
    | _ONES_OWN
    | {
        Action.VIEW_AGENCIES,
        Action.VIEW_ACCOUNTS,
        Action.ASSIGN_ROLE,
        Action.ISSUE_SECRET,
        Action.ISSUE_LETTER,
        Action.LINK_IDENTITY,
        Action.VIEW_SIGN_INS,
        Action.VIEW_STOPS,
        Action.CONFIRM_STOP,
        Action.MANAGE_KEYS,
    },
    Role.AUDIT_ADMINISTRATOR: _PUBLIC
    | _ONES_OWN
    | {
        Action.VIEW_FILE,
        Action.VIEW_ENDED,
        Action.VIEW_SUBMISSIONS,
        Action.VIEW_DRAFTS,
        Action.VIEW_AGENCIES,
        Action.VIEW_JOBS,
        Action.VIEW_ACCOUNTS,
        Action.VIEW_SIGN_INS,
        Action.VIEW_STOPS,
        Action.VIEW_CORRECTIONS,
        Action.VIEW_SCREENINGS,
    },
    Role.REPRESENTATIVE: _PUBLIC | _OF_SUBJECT | {Action.OWN_MESSAGES},
    Role.AGENT: _PUBLIC | {Action.VIEW_OWN_FILE, Action.OWN_MESSAGES},
    Role.PERSON: _PUBLIC | {Action.VIEW_PERSON},
    Role.PLATFORM: frozenset(
        {
            Action.RESOLVE_WAITING,
            Action.MAINTAIN_LAKE,
            Action.MANAGE_KEYS,
            Action.RUN_RETENTION,
            Action.RUN_COLLECTING,
            Action.TELL_WATCHES,
        }
    ),
}
"""What each role may do at all; for whose data is decided by whom the role is held for."""

_DEPARTMENT = frozenset({Role.DATA_CLERK, Role.REVIEWER, Role.DEPARTMENT_MANAGER})
GIVES: dict[Role, frozenset[Role]] = {
    Role.REGION_MANAGER: _DEPARTMENT | {Role.REGION_MANAGER},
    Role.CENTRE_OPERATOR: _DEPARTMENT | {Role.REGION_MANAGER},
    Role.SECURITY_ADMINISTRATOR: frozenset(HELD_FOR),
}
"""Which roles who may assign roles may give, to others only."""

_FILTERED = _LISTED | {
    Action.VIEW_ACCOUNTS,
    Action.VIEW_STOPS,
    Action.VIEW_DRAFTS,
    Action.VIEW_CORRECTIONS,
    Action.VIEW_SCREENINGS,
}
"""What lists the data of those that the actor reaches, and of nobody else: asked about nobody in particular, it is allowed and shortened."""
_ABOUT_OTHERS = frozenset({Action.MANAGE_ACCOUNTS, Action.ASSIGN_ROLE, Action.ISSUE_SECRET, Action.LINK_IDENTITY})
_LOOKED_AT = frozenset({Action.VIEW_FILE})


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or refused, with the reasons in words."""

    allowed: bool
    reasons: tuple[Text, ...]


def decide(actor: Actor, action: Action, target: Target) -> Decision:
    """Decide whether ``actor`` may do ``action`` on ``target``; nothing is allowed that is not said here."""
    holding = [held for held in actor.assignments if action in ALLOWED[held.role]]
    if not holding:
        return Decision(False, (_no_role(actor, action),))
    reaching = [held for held in holding if reaches(held, action, target, actor)]
    if not reaching:
        return Decision(False, (_TOO_FAR,))
    for bar in _BARS:
        if refusal := bar(actor, action, target, reaching):
            return Decision(False, (refusal,))
    return Decision(True, (_allowed_by(actor, reaching[0]),))


def reaches(held: Assignment, action: Action, target: Target, actor: Actor) -> bool:
    """Tell whether a role held by the actor extends to the agency and region of the target."""
    if action is Action.OWN_MESSAGES:  # whose account it is, a bar asks
        return True
    if action in _OF_SUBJECT:
        return bool(held.subject) and held.subject == target.subject
    if held.subject:  # of what is not its own a subject sees what everyone sees
        return action in _PUBLIC
    if held.role is Role.PERSON:
        return action is not Action.VIEW_PERSON or (held.of_person == target.of_person and held.of_person != 0)
    if not held.agency and not held.region:
        return True
    if (
        not target.agency and not target.region
    ):  # nobody's data in particular: look a subject up, or list what is one's own
        return action in _PUBLIC | _LOOK | _FILTERED | _ONES_OWN
    if held.agency and target.agency != held.agency:
        return False
    return not held.region or inside(target.region, held.region, on=actor.on)


def _needs_grant(_: Actor, action: Action, target: Target, __: list[Assignment]) -> Text | None:
    if action is not Action.SUBMIT or target.granted:
        return None
    return Text(
        f"单位 {target.agency} 未获授权报送目录 {target.item}",
        f"agency {target.agency} has no grant to hand in {target.item}",
    )


def _needs_item_of_its_region(actor: Actor, action: Action, target: Target, held: list[Assignment]) -> Text | None:
    if action is not Action.GRANT_ITEM or any(
        not one.region or inside(target.item_region, one.region, on=actor.on) for one in held
    ):
        return None
    return Text(
        f"目录 {target.item} 不是本地区的补充目录，由省中心授权",
        f"{target.item} is no supplementary item of this region: the centre of the province grants it",
    )


def _needs_another_person(actor: Actor, action: Action, target: Target, _: list[Assignment]) -> Text | None:
    if action not in _ABOUT_OTHERS or not target.person or target.person not in (actor.name, actor.on_behalf_of):
        return None
    return _ONESELF


def _needs_oneself(actor: Actor, action: Action, target: Target, _: list[Assignment]) -> Text | None:
    if action is not Action.OWN_MESSAGES or target.person == actor.name:
        return None
    return _ANOTHERS


def _needs_a_role_to_give(actor: Actor, action: Action, target: Target, held: list[Assignment]) -> Text | None:
    if action is not Action.ASSIGN_ROLE or target.role is None:
        return None
    if any(target.role in GIVES[one.role] and not _own_rank(one, target, actor) for one in held):
        return None
    return Text(
        f"您不能授予或收回角色 {target.role.value}", f"the role {target.role.value} is not yours to give or end"
    )


def _own_rank(held: Assignment, target: Target, actor: Actor) -> bool:
    """Tell whether the role to be given is the giver's own, for the same region: a city makes the managers of its counties, not its own."""
    return target.role is held.role and bool(held.region) and inside(held.region, target.region, on=actor.on)


def roles_to_give(actor: Actor) -> tuple[Role, ...]:
    """Return the roles that the actor may give to somebody at all; to whom and for whom, ``decide`` says."""
    given = {role for held in actor.assignments for role in GIVES.get(held.role, ())}
    return tuple(role for role in HELD_FOR if role in given)


def _needs_a_matter(_: Actor, action: Action, target: Target, held: list[Assignment]) -> Text | None:
    if action in _PUBLIC and target.openness not in (None, Openness.PUBLIC):
        return _NOT_PUBLIC
    if action not in _LOOKED_AT or admits(target.openness, target.matter):
        return None
    if target.source and any(one.agency == target.source for one in held):
        return None
    purposes = ADMITS[target.openness] if target.openness else ()
    named = sorted(purposes, key=str)
    return Text(
        f"{target.openness}信息须注明查询事由（{'、'.join(one.label.zh for one in named)}）及其编号",
        f"information of the class {target.openness} is shown for a matter and its number: {', '.join(named)}",
    )


def _needs_a_statutory_matter(_: Actor, action: Action, target: Target, held: list[Assignment]) -> Text | None:
    if action is not Action.VIEW_PERSON or target.statutory or any(one.of_person for one in held):
        return None
    return _NO_MATTER


def _needs_an_approver(actor: Actor, action: Action, _: Target, held: list[Assignment]) -> Text | None:
    if action is not Action.APPROVE_CORRECTION or actor.on is None:
        return None
    return None if any(one.role in approval_on(actor.on).approvers for one in held) else _NO_APPROVER


def _needs_a_second_person(actor: Actor, action: Action, target: Target, _: list[Assignment]) -> Text | None:
    """Bar who asked, whoever stands in for them or for whom they stand in, and who stands in for the same third."""
    if action is not Action.APPROVE_CORRECTION:
        return None
    own = {actor.name, actor.on_behalf_of, *target.standing_in} - {""}
    return _ONE_PERSON if own & target.asked_by else None


Bar = Callable[[Actor, Action, Target, list[Assignment]], Text | None]
_BARS: tuple[Bar, ...] = (
    _needs_grant,
    _needs_item_of_its_region,
    _needs_another_person,
    _needs_oneself,
    _needs_a_role_to_give,
    _needs_a_matter,
    _needs_a_statutory_matter,
    _needs_an_approver,
    _needs_a_second_person,
)
"""What may still stand in the way of a role that reaches far enough."""


def _allowed_by(actor: Actor, held: Assignment) -> Text:
    if actor.on_behalf_of:
        return Text(
            f"角色：{held.role.value}（代 {actor.on_behalf_of}）", f"role: {held.role.value}, for {actor.on_behalf_of}"
        )
    return Text(f"角色：{held.role.value}", f"role: {held.role.value}")


def _no_role(actor: Actor, action: Action) -> Text:
    roles = "、".join(held.role.value for held in actor.assignments) or "—"
    return Text(
        f"用户 {actor.name}（角色：{roles}）无权进行「{action.value}」",
        f"user {actor.name} (roles: {roles}) may not {action.value}",
    )


_NO_MATTER = Text("查看自然人须有法定事由", "a natural person is looked at in a statutory matter only")
_TOO_FAR = Text("该单位或地区不在您的职责范围内", "the agency or region is outside your remit")
_ONESELF = Text("不能办理本人的账号和角色", "nobody deals with an account or a role of their own")
_NO_APPROVER = Text("您的角色自该日起不能审批", "your role may not approve on this day")
_ONE_PERSON = Text(
    "撤回和更正须由第二人审批；申请人本人以及与其有代办关系的人不能审批",
    "a withdrawal or a correction takes two people: neither who asked, nor somebody who stands in for them or for whom they do, can approve it",
)
_ANOTHERS = Text("只能查看发给本账号的消息", "nobody reads the messages to another account")
_NOT_PUBLIC = Text("该信息不向社会公开", "the information is not open to the public")
