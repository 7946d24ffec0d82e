"""Deciding: role × agency × region × grant → allowed or refused, with reasons."""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.access.roles import Action, Actor, Assignment, Role, Target
from xinheng.core.errors import Text

_OWN_DATA = frozenset(
    {Action.SUBMIT, Action.VIEW_SUBMISSIONS, Action.VIEW_ISSUES, Action.VIEW_QUESTIONS, Action.ANSWER_QUESTION}
)
_PUBLIC = frozenset({Action.SEARCH_PUBLIC, Action.VIEW_PUBLIC})
_LISTED = frozenset({Action.VIEW_SUBMISSIONS, Action.VIEW_ISSUES, Action.VIEW_QUESTIONS})
_JOBS = frozenset({Action.VIEW_JOBS, Action.MANAGE_JOBS})
_LOOK = frozenset({Action.VIEW_FILE, Action.SEARCH, Action.VIEW_AGENCIES})

ALLOWED: dict[Role, frozenset[Action]] = {
    Role.PUBLIC: _PUBLIC,
    Role.DATA_CLERK: _PUBLIC | _LOOK | _OWN_DATA | {Action.CONFIRM_SEVERITY},
    Role.DEPARTMENT_MANAGER: _PUBLIC
    | _LOOK
    | _OWN_DATA
    | {Action.WITHDRAW_RECORD, Action.CONFIRM_SEVERITY, Action.VIEW_PERSON},
    Role.REGION_MANAGER: _PUBLIC | _LOOK | _LISTED,
    Role.CENTRE_OPERATOR: (
        _PUBLIC
        | _LOOK
        | _OWN_DATA
        | _JOBS
        | {
            Action.WITHDRAW_RECORD,
            Action.CONFIRM_SEVERITY,
            Action.IMPORT_HISTORY,
            Action.LOAD_REGISTER,
            Action.RESOLVE_WAITING,
            Action.MANAGE_AGENCIES,
            Action.MANAGE_DELIVERIES,
            Action.MAINTAIN_LAKE,
            Action.VIEW_PERSON,
            Action.RUN_RETENTION,
        }
    ),
    Role.SYSTEM_ADMINISTRATOR: _PUBLIC | _JOBS | {Action.MAINTAIN_LAKE},
    Role.SECURITY_ADMINISTRATOR: _PUBLIC | {Action.VIEW_AGENCIES, Action.MANAGE_KEYS},
    Role.AUDIT_ADMINISTRATOR: _PUBLIC
    | {Action.VIEW_FILE, Action.VIEW_ENDED, Action.VIEW_SUBMISSIONS, Action.VIEW_AGENCIES, Action.VIEW_JOBS},
    Role.PERSON: _PUBLIC | {Action.VIEW_PERSON},
    Role.PLATFORM: frozenset({Action.RESOLVE_WAITING, Action.MAINTAIN_LAKE, Action.MANAGE_KEYS, Action.RUN_RETENTION}),
}


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
    reaching = [held for held in holding if _reaches(held, action, target)]
    if not reaching:
        return Decision(False, (_TOO_FAR,))
    if action is Action.VIEW_PERSON and not target.matter and not any(held.person for held in reaching):
        return Decision(False, (_NO_MATTER,))
    if action is Action.SUBMIT and not target.granted:
        return Decision(False, (_no_grant(target),))
    return Decision(True, (Text(f"角色：{reaching[0].role.value}", f"role: {reaching[0].role.value}"),))


def _reaches(held: Assignment, action: Action, target: Target) -> bool:
    if held.role is Role.PERSON:
        return action is not Action.VIEW_PERSON or (held.person == target.person and held.person != 0)
    if not held.agency and not held.region:
        return True
    if (
        not target.agency and not target.region
    ):  # nobody's data in particular: look a subject up, or list one's own agency's deliveries
        return action in _PUBLIC | _LOOK or (bool(held.agency) and action in _LISTED)
    if held.agency and target.agency != held.agency:
        return False
    return not held.region or target.region.startswith(_prefix_of(held.region))


def _prefix_of(region: str) -> str:
    """Return how the codes of all divisions inside a region begin: its code without closing pairs of noughts (321000: 3210)."""
    while region.endswith("00") and len(region) > 2:
        region = region[:-2]
    return region


def _no_role(actor: Actor, action: Action) -> Text:
    roles = "、".join(held.role.value for held in actor.assignments) or "—"
    return Text(
        f"用户 {actor.name}（角色：{roles}）无权进行「{action.value}」",
        f"user {actor.name} (roles: {roles}) may not {action.value}",
    )


def _no_grant(target: Target) -> Text:
    return Text(
        f"单位 {target.agency} 未获授权报送目录 {target.item}",
        f"agency {target.agency} has no grant to hand in {target.item}",
    )


_NO_MATTER = Text("查看自然人须有法定事由", "a natural person is looked at in a statutory matter only")
_TOO_FAR = Text("该单位或地区不在您的职责范围内", "the agency or region is outside your remit")
