"""Who acts (roles, assignments) and what they may want to do (actions, targets)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of the platform; the three administrators are kept apart (三员分立)."""

    PUBLIC = "public"
    DATA_CLERK = "data-clerk"
    DEPARTMENT_MANAGER = "department-manager"
    REGION_MANAGER = "region-manager"
    CENTRE_OPERATOR = "centre-operator"
    SYSTEM_ADMINISTRATOR = "system-administrator"
    SECURITY_ADMINISTRATOR = "security-administrator"
    AUDIT_ADMINISTRATOR = "audit-administrator"
    PERSON = "subject-person"  # a natural person who looks at what is kept of itself
    PLATFORM = "platform"  # the timetable's own deeds, e.g. resolving waiting rows


class Action(StrEnum):
    """What a use case does, as a verb that may be allowed or refused."""

    SUBMIT = "submit"
    VIEW_SUBMISSIONS = "view-submissions"
    VIEW_ISSUES = "view-issues"
    WITHDRAW_RECORD = "withdraw-record"
    CONFIRM_SEVERITY = "confirm-severity"  # and undo it; to see what is proposed as well
    VIEW_QUESTIONS = "view-questions"  # what full files left open
    ANSWER_QUESTION = "answer-question"  # to answer that a record is withdrawn takes WITHDRAW_RECORD as well
    IMPORT_HISTORY = "import-history"  # and check what was imported
    LOAD_REGISTER = "load-register"
    RESOLVE_WAITING = "resolve-waiting"
    VIEW_FILE = "view-file"
    VIEW_ENDED = "view-ended"  # what was repaired, withdrawn or has expired (principle 6)
    SEARCH = "search"
    SEARCH_PUBLIC = "search-public"
    VIEW_PUBLIC = "view-public"
    MANAGE_AGENCIES = "manage-agencies"
    VIEW_AGENCIES = "view-agencies"
    MAINTAIN_LAKE = "maintain-lake"  # project, compact, rebuild, look at its state: no record is seen
    MANAGE_DELIVERIES = "manage-deliveries"  # add, list and run deliveries from departments' databases
    VIEW_JOBS = "view-jobs"
    VIEW_PERSON = "view-person"  # by exact document, in a statutory matter; one's own without one
    MANAGE_KEYS = "manage-keys"  # list, rotate, renew: no person is seen
    RUN_RETENTION = "run-retention"  # destroy what is kept no more
    MANAGE_JOBS = "manage-jobs"  # try a job again, or discard it


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role held for an agency (its USCC), for a region (GB/T 2260 prefix), or, both empty, for the province; of a person its number."""

    role: Role
    agency: str = ""
    region: str = ""
    person: int = 0


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a user's name and the assignments in force today."""

    name: str
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What the action is about; ``granted`` tells whether the agency may hand in the item on the day.

    ``person`` is the number of a natural person, ``matter`` the statutory matter in which one is looked at (``core.access.matters``).
    """

    agency: str = ""
    region: str = ""
    item: str = ""
    granted: bool = True
    person: int = 0
    matter: str = ""


ANYONE = Actor("public", (Assignment(Role.PUBLIC),))
PLATFORM = Actor("platform", (Assignment(Role.PLATFORM),))
