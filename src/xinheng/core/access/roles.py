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
    PLATFORM = "platform"  # the timetable's own deeds, e.g. resolving waiting rows


class Action(StrEnum):
    """What a use case does, as a verb that may be allowed or refused."""

    SUBMIT = "submit"
    VIEW_SUBMISSIONS = "view-submissions"
    VIEW_ISSUES = "view-issues"
    WITHDRAW_RECORD = "withdraw-record"
    CONFIRM_SEVERITY = "confirm-severity"  # and undo it; to see what is proposed as well
    VIEW_QUESTIONS = "view-questions"  # what full files left open
    VIEW_STOPS = "view-stops"
    ASK_STOP = "ask-stop"  # an emergency stop, and its lifting
    CONFIRM_STOP = "confirm-stop"  # as the second person; and refuse it
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
    MANAGE_JOBS = "manage-jobs"  # try a job again, or discard it


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role held for an agency (its USCC), for a region (GB/T 2260 prefix), or, both empty, for the province."""

    role: Role
    agency: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a user's name and the assignments in force today."""

    name: str
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What the action is about; ``granted`` tells whether the agency may hand in the item on the day."""

    agency: str = ""
    region: str = ""
    item: str = ""
    granted: bool = True


ANYONE = Actor("public", (Assignment(Role.PUBLIC),))
PLATFORM = Actor("platform", (Assignment(Role.PLATFORM),))
