"""What a screening is asked for: a matter of the register, a business number, and the agency that handles it. Nothing else is a reason to look."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from xinheng.core.access import Action, Actor, Matter, Purpose, Target
from xinheng.core.access.decision import ALLOWED
from xinheng.core.errors import UnusableCall
from xinheng.core.screening import ScreeningMatter, matter_named
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Agency
from xinheng.usecases.agencies import agency_named
from xinheng.usecases.screening.words import NO_AGENCY, NO_NUMBER

LONGEST_NUMBER = 100
"""Characters of a business number at the most."""


@dataclass(frozen=True, slots=True)
class Question:
    """A matter with its business number (masked), and for whom it is handled: an agency, or (``None``) the centre itself."""

    matter: ScreeningMatter
    business_number: str
    agency: Agency | None

    @property
    def target(self) -> Target:
        """Whose business it is, for the question of access."""
        return Target(self.agency.uscc, self.agency.region_code) if self.agency else Target()

    @property
    def access_matter(self) -> Matter:
        """What the look is for, as openness asks it: the performance of a duty, by the matter and its number."""
        return Matter(Purpose.DUTY, self.reference)

    @property
    def reference(self) -> str:
        """How the subject reads what the look was for."""
        return f"{self.matter.title.zh} {self.business_number}"

    @property
    def basis(self) -> str:
        """The basis of the look, for the receipt."""
        return f"{self.matter.title.zh}：{self.matter.basis}"

    def asked(self, **more: Any) -> dict[str, Any]:
        """Return what was asked, for the receipt; the subject's page of looks reads purpose and reference from it."""
        return {
            "matter": self.matter.code, "business_number": self.business_number, "agency": self.agency.uscc if self.agency else "",
            "purpose": Purpose.DUTY.value, "reference": self.reference, **more,
        }  # fmt: skip


def question(matter: str, business_number: str, agency: str, *, actor: Actor, on: dt.date) -> Question:
    """Return what is asked; raises ``UnusableCall`` for an unknown matter, no business number, or where the agency must be named.

    ``agency`` may be empty where the actor acts for one agency, or for the centre.
    """
    held, number = matter_named(matter, on=on), mask(business_number.strip())
    if not number or len(number) > LONGEST_NUMBER or not number.isprintable():
        raise UnusableCall(NO_NUMBER)
    code = agency.strip() or _own_agency(actor)
    return Question(held, number, agency_named(code) if code else None)


def _own_agency(actor: Actor) -> str:
    """Return the one agency for which the actor may screen, or nothing for one who may for the whole province."""
    held = [one for one in actor.assignments if Action.SCREEN in ALLOWED[one.role] and not one.subject]
    if not held or any(not one.agency and not one.region for one in held):
        return ""
    agencies = sorted({one.agency for one in held if one.agency})
    if len(agencies) != 1:
        raise UnusableCall(NO_AGENCY)
    return agencies[0]
