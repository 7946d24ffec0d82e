"""Searching (查询): one box for everything that somebody may open: subjects by name or code, records by document number, submissions by number.

What is found is exactly what its page would show the same person without a matter: nobody learns by a hit, a count or a message that there is
something which they may not see. A natural person's number is never looked up (principle 7): persons are found by exact document, in a statutory
matter, with ``xinheng persons show``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, Target, is_reached
from xinheng.core.ledger.visibility import ENDED, State
from xinheng.core.standards.decision_numbers import decision_number_key, spellings
from xinheng.core.subjects.searching import SearchText, read_search
from xinheng.store.models import Submission
from xinheng.store.queries.records import records_numbered
from xinheng.store.queries.subjects import FoundSubject, FoundSubjects, search_names, subjects_by_codes
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.listing import state_of as state_of_submission
from xinheng.usecases.ledger.file import is_shown, state_of
from xinheng.usecases.reach import agency_names

PAGE = 20
"""Subjects of a page, unless told otherwise."""
MOST_RECORDS = 100
"""Records that a document number lists at the most: one decision may be on very many parties."""
_LOOKED_AT = 500  # rows of the ledger that a document number leads to at the most


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that a document number found: whose it is, its key, its number as it is written, and where it stands."""

    code: str
    name: str
    key: str
    number: str
    item: str
    decided_on: dt.date
    state: State


@dataclass(frozen=True, slots=True)
class FoundSubmission:
    """A submission that its number found; ``state`` is one of ``usecases.intake.listing.STATES``."""

    number: int
    item: str
    agency_name: str
    file_name: str
    received_on: dt.date
    state: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a text found, by kind, each for its own page; ``asked`` tells what was looked up. Subjects come a page at a time."""

    asked: SearchText
    page: int
    pages: int
    subjects: FoundSubjects
    records: tuple[FoundRecord, ...] = ()
    more_records: bool = False
    submissions: tuple[FoundSubmission, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether anything at all was found."""
        return bool(self.subjects.total or self.records or self.submissions)


def search(given: str, *, actor: Actor, at: dt.datetime, on: dt.date, page: int = 1, limit: int = PAGE) -> Found:
    """Return what a text finds for somebody: one page of subjects, and on the first page the records and submissions. Raises ``Refused``."""
    asked = read_search(given)
    kinds = [one.value for one in asked.sought]
    about = {"text": asked.text, "kinds": kinds, "page": page}
    with deed(actor, Action.SEARCH, Target(), about="search", asked=about, at=at) as done:
        subjects = found_subjects(asked, limit=limit, offset=(page - 1) * limit, shops=True)
        records = _records(asked, actor, on) if page == 1 else ()
        submissions = _submissions(asked, actor) if page == 1 else ()
        done.result = {
            "subjects": subjects.total, "records": [f"{one.code}/{one.key}" for one in records[:MOST_RECORDS]],
            "submissions": [one.number for one in submissions],
        }  # fmt: skip
    return Found(
        asked,
        page,
        max(1, -(-subjects.total // limit)),
        subjects,
        records[:MOST_RECORDS],
        len(records) > MOST_RECORDS,
        submissions,
    )


def found_subjects(
    asked: SearchText, *, limit: int, offset: int, former: bool = True, shops: bool = False
) -> FoundSubjects:
    """Return a page of the subjects that a code or a name finds. Whose code it is stands alone; ``former`` and ``shops`` as for ``search_names``."""
    held = subjects_by_codes(asked.codes)
    if held:
        hits = tuple(
            FoundSubject(one.pk, one.uscc, one.name, one.kind, one.status, one.address, one.name) for one in held
        )
        return FoundSubjects(len(hits), hits[offset : offset + limit])
    if asked.name is None:
        return FoundSubjects(0, ())
    return search_names(asked.name, limit=limit, offset=offset, former=former, shops=shops)


def _records(asked: SearchText, actor: Actor, on: dt.date) -> tuple[FoundRecord, ...]:
    """Return the records that the actor would see in their subjects' files today, the newest decision first."""
    if not asked.number:
        return ()
    held = records_numbered(spellings(asked.number), as_of=on, most=_LOOKED_AT)
    found = (
        FoundRecord(code, name, one.record_key, one.decision_number, one.item, one.decided_on, state)
        for one, code, name in held
        if decision_number_key(one.decision_number) == asked.number
        and (state := state_of(one, on)) not in ENDED
        and is_shown(one, actor, None)
    )
    return tuple(sorted(found, key=lambda one: (-one.decided_on.toordinal(), one.code, one.key)))


def _submissions(asked: SearchText, actor: Actor) -> tuple[FoundSubmission, ...]:
    """Return the submission of this number, where the actor may see it; else nothing, as if there were none."""
    if asked.submission is None:
        return ()
    held = Submission.objects.select_related("agency").filter(pk=asked.submission).first()
    if held is None or not is_reached(
        actor, Action.VIEW_SUBMISSIONS, agency=held.agency.uscc, region=held.agency.region_code
    ):
        return ()
    code = held.agency.uscc
    name = agency_names([code]).get(code, code)
    return (FoundSubmission(held.pk, held.item, name, held.file_name, held.received_on, state_of_submission(held)),)
