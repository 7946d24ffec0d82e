"""Who acts (roles, assignments) and what they may want to do (actions, targets)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.access.matter import Matter
from xinheng.core.catalogue.item import Openness
from xinheng.core.errors import Text


class Role(StrEnum):
    """The roles of the platform; the three administrators are kept apart (三员分立)."""

    PUBLIC = "public"
    DATA_CLERK = "data-clerk"
    REVIEWER = "reviewer"
    DEPARTMENT_MANAGER = "department-manager"
    REGION_MANAGER = "region-manager"
    CENTRE_OPERATOR = "centre-operator"
    SYSTEM_ADMINISTRATOR = "system-administrator"
    SECURITY_ADMINISTRATOR = "security-administrator"
    AUDIT_ADMINISTRATOR = "audit-administrator"
    REPRESENTATIVE = "representative"  # of the subject that the assignment names: its legal representative or head
    AGENT = "agent"  # of that subject, by the representative's grant
    PERSON = "subject-person"  # a natural person who looks at what is kept of itself
    PLATFORM = "platform"  # the timetable's own deeds, e.g. resolving waiting rows

    @property
    def label(self) -> Text:
        """The words for it."""
        return _LABELS[self]


class Action(StrEnum):
    """What a use case does, as a verb that may be allowed or refused."""

    SUBMIT = "submit"
    VIEW_SUBMISSIONS = "view-submissions"
    VIEW_ISSUES = "view-issues"
    WITHDRAW_RECORD = "withdraw-record"  # ask that it be withdrawn
    MEND_RECORD = "mend-record"  # ask that a standing record be corrected
    APPROVE_CORRECTION = "approve-correction"  # or refuse it: of what somebody else asked for
    VIEW_CORRECTIONS = "view-corrections"  # what is asked for, who decided, and who was told
    CONFIRM_SEVERITY = "confirm-severity"  # and undo it; to see what is proposed as well
    VIEW_QUESTIONS = "view-questions"  # what full files left open
    VIEW_WORK = "view-work"  # collection tasks, the queue, how timely submissions are
    DECLARE_ZERO = "declare-zero"  # that there was nothing to report, and explain what contradicts it
    RUN_COLLECTING = "run-collecting"  # make tasks, count, remind: no record is seen
    VIEW_STOPS = "view-stops"
    ASK_STOP = "ask-stop"  # an emergency stop, and its lifting
    CONFIRM_STOP = "confirm-stop"  # as the second person; and refuse it
    ANSWER_QUESTION = "answer-question"  # to answer that a record is withdrawn takes WITHDRAW_RECORD as well
    IMPORT_HISTORY = "import-history"  # and check what was imported
    LOAD_REGISTER = "load-register"
    RESOLVE_WAITING = "resolve-waiting"
    JUDGE = "judge"  # say whose a waiting row is, and take that back
    CHANGE_SUBJECT = "change-subject"  # record a merger, split or deregistration, or whose branch a subject is
    VIEW_FILE = "view-file"
    VIEW_ENDED = "view-ended"  # what was repaired, withdrawn or has expired (principle 6)
    SCREEN = "screen"  # in a matter of the register; feedback and watches as well
    VIEW_SCREENINGS = "view-screenings"  # and how far obligatory matters are screened
    TELL_WATCHES = "tell-watches"  # that something changed, to whom asked for it
    SEARCH = "search"
    SEARCH_PUBLIC = "search-public"
    VIEW_PUBLIC = "view-public"
    MANAGE_AGENCIES = "manage-agencies"
    VIEW_AGENCIES = "view-agencies"
    GRANT_ITEM = "grant-item"  # let an agency hand an item in
    VIEW_DRAFTS = "view-drafts"  # of the catalogue of a year, and what departments answered
    DRAFT_CATALOGUE = "draft-catalogue"  # open a year, change its items, ask the departments, drop it
    ANSWER_DRAFT = "answer-draft"  # as the department that provides the item
    SIGN_CATALOGUE = "sign-catalogue"  # as the second person
    MANAGE_ACCOUNTS = "manage-accounts"  # make and close them
    VIEW_ACCOUNTS = "view-accounts"
    ASSIGN_ROLE = "assign-role"  # give and end a role, hand tasks over, have somebody stand in for another
    DELEGATE = "delegate"  # have a colleague stand in for oneself
    OWN_MESSAGES = "own-messages"  # read the messages to one's own account, and say where it is reached
    ISSUE_SECRET = "issue-secret"  # noqa: S105 (a verb: make a one-time secret, with which a first password is set)
    MANAGE_SERVICES = "manage-services"  # make, list, rotate and end service accounts
    MAINTAIN_LAKE = "maintain-lake"  # project, compact, rebuild, look at its state: no record is seen
    MANAGE_DELIVERIES = "manage-deliveries"  # add, list and run deliveries from departments' databases
    VIEW_OWN_FILE = "view-own-file"  # a subject: its file, where each record came from, who looked
    GRANT_AGENT = "grant-agent"  # and end such a grant
    ACCEPT_REPRESENTATIVE = (
        "accept-representative"  # after the identity was proved at a window, by letter or by the electronic licence
    )
    VIEW_JOBS = "view-jobs"
    VIEW_PERSON = "view-person"  # by exact document, in a statutory matter; one's own without one
    MANAGE_KEYS = "manage-keys"  # list, rotate, renew: no person is seen
    RUN_RETENTION = "run-retention"  # destroy what is kept no more
    MANAGE_JOBS = "manage-jobs"  # try a job again, or discard it
    ISSUE_LETTER = "issue-letter"  # print the code with which somebody sets the first password of an account
    LINK_IDENTITY = "link-identity"  # of somebody else, and end such a link
    VIEW_SIGN_INS = "view-sign-ins"  # of somebody else: on which devices they are signed in


class HeldFor(StrEnum):
    """For whom a role may be held."""

    AGENCY = "agency"
    REGION = "region"
    PROVINCE = "province"
    PROVINCE_OR_REGION = "province-or-region"


HELD_FOR: dict[Role, HeldFor] = {
    Role.DATA_CLERK: HeldFor.AGENCY,
    Role.REVIEWER: HeldFor.AGENCY,
    Role.DEPARTMENT_MANAGER: HeldFor.AGENCY,
    Role.REGION_MANAGER: HeldFor.REGION,
    Role.CENTRE_OPERATOR: HeldFor.PROVINCE,
    Role.SYSTEM_ADMINISTRATOR: HeldFor.PROVINCE_OR_REGION,
    Role.SECURITY_ADMINISTRATOR: HeldFor.PROVINCE_OR_REGION,
    Role.AUDIT_ADMINISTRATOR: HeldFor.PROVINCE_OR_REGION,
}
"""The roles that a person may be given, and for whom each is held."""

ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
"""The three that are kept apart from each other and from all who work with records (三员分立)."""


def clash(roles: Iterable[Role]) -> tuple[Role, Role] | None:
    """Return two of the roles that one person may not hold at a time, or ``None``."""
    held = sorted(set(roles), key=list(Role).index)
    for administrator in (role for role in held if role in ADMINISTRATORS):
        other = next((role for role in held if role is not administrator), None)
        if other is not None:
            return other, administrator
    return None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role held for an agency (its USCC), a region (GB/T 2260 prefix, or a zone's code), a ``subject`` (its USCC), or the province.

    ``of_person`` is the number of the natural person who looks at its own data. All empty means the province.
    """

    role: Role
    agency: str = ""
    region: str = ""
    subject: str = ""
    of_person: int = 0


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a user's name and the assignments in force on the day ``on``.

    Where the user stands in for a colleague, the assignments are the colleague's, and ``on_behalf_of`` names the colleague. Without a day,
    regions are compared by their codes as they are written.
    """

    name: str
    assignments: tuple[Assignment, ...]
    on_behalf_of: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What the action is about: whose data (``agency``, ``region``), which ``item``.

    ``granted`` tells whether the agency may hand in the item on the day. ``item_region`` is the city whose supplementary item it is.
    ``openness`` is that of what is looked at, ``source`` the agency whose record it is, and ``matter`` what the look-up is for. ``person`` is the
    account that is dealt with, ``role`` the one to be given, ``subject`` the one whose own file it is.
    ``asked_by`` are those by whose authority something was asked that the actor is to approve, ``standing_in`` those for whom the actor may stand in.
    ``of_person`` is the number of a natural person, ``statutory`` the statutory matter in which one is looked at (``core.access.matters``).
    """

    agency: str = ""
    region: str = ""
    item: str = ""
    granted: bool = True
    item_region: str = ""
    openness: Openness | None = None
    source: str = ""
    matter: Matter | None = None
    person: str = ""
    role: Role | None = None
    subject: str = ""
    of_person: int = 0
    statutory: str = ""
    asked_by: frozenset[str] = frozenset()
    standing_in: frozenset[str] = frozenset()


_LABELS = {
    Role.PUBLIC: Text("公众", "public"),
    Role.DATA_CLERK: Text("数据员", "data clerk"),
    Role.REVIEWER: Text("复核员", "reviewer"),
    Role.DEPARTMENT_MANAGER: Text("部门管理员", "department manager"),
    Role.REGION_MANAGER: Text("地区管理员", "region manager"),
    Role.CENTRE_OPERATOR: Text("中心操作员", "centre operator"),
    Role.SYSTEM_ADMINISTRATOR: Text("系统管理员", "system administrator"),
    Role.SECURITY_ADMINISTRATOR: Text("安全管理员", "security administrator"),
    Role.AUDIT_ADMINISTRATOR: Text("审计管理员", "audit administrator"),
    Role.REPRESENTATIVE: Text("代表人", "representative"),
    Role.AGENT: Text("经办人", "agent"),
    Role.PERSON: Text("本人", "the person itself"),
    Role.PLATFORM: Text("平台", "platform"),
}
ANYONE = Actor("public", (Assignment(Role.PUBLIC),))
PLATFORM = Actor("platform", (Assignment(Role.PLATFORM),))
