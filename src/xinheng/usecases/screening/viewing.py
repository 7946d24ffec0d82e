"""Seeing what was screened (查看审查): lists within one's reach, and the rows of one, as of its day and through today's rules.

What has ended since comes back for nobody (design principle 6): a row is assessed again as of its day, and only what still stands today is told; where
that is not what came out then, the row says that it has changed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from xinheng.core.access import Action, Actor, Target, decide, reach
from xinheng.core.errors import Missing, UnusableCall
from xinheng.core.screening import Feed, Means, Outcome, ScreeningMatter, assess, matters
from xinheng.core.screening.matching import Candidate, Given, Match, given
from xinheng.core.screening.seen import still_told
from xinheng.store.models import Screening, ScreeningFeedback, ScreeningRow
from xinheng.usecases.deed import deed, ensure_allowed, refused
from xinheng.usecases.intake.listing import Listed, Wanted
from xinheng.usecases.reach import agency_names, rows_within
from xinheng.usecases.screening.asking import Question
from xinheng.usecases.screening.keeping import Line, looked_at, note_looks, references
from xinheng.usecases.screening.seeing import feeds, see
from xinheng.usecases.screening.whose import whose
from xinheng.usecases.screening.words import NONE, TOO_LARGE_TO_FILTER

MOST_FILTERED = 20_000
"""Rows of a list of which a page can show those of one outcome only."""
MOST_COUNTED = 500
"""Rows of a list of which every page tells how many came out as what."""


@dataclass(frozen=True, slots=True)
class ScreeningView:
    """A screening as it is listed; ``agency`` is empty for the centre's own. What its rows came out as is told by the rows only."""

    number: int
    kind: str
    matter: ScreeningMatter
    business_number: str
    agency: str
    agency_name: str
    made_by: str
    at: dt.datetime
    on: dt.date
    file_name: str
    rows: int
    previous: int | None
    receipt: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row seen again: the line as of the screening's day through today's rules; ``changed`` where that is not what came out then; the last feedback."""

    line: Line
    changed: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class ScreeningPage:
    """Some rows of a screening, how many match in all, and the feeds on which they rest.

    ``counts`` are all rows by outcome, through today's rules; empty for a list that is too long to be assessed for a page.
    """

    screening: ScreeningView
    feeds: tuple[Feed, ...]
    rows: tuple[RowView, ...]
    total: int
    counts: Mapping[Outcome, int]


@dataclass(slots=True)
class Look:
    """What a look at a screening fills in while it lasts: the codes of the subjects that are ``shown``, and what the receipt says came of it."""

    shown: set[str] = field(default_factory=set)
    result: dict[str, int] = field(default_factory=dict)


def page_of_screenings(wanted: Wanted, *, actor: Actor, at: dt.datetime) -> Listed[ScreeningView]:
    """Return screenings within the actor's reach, newest first. Filters: ``matter``, ``agency``, ``kind``, ``q`` (a business number)."""
    asked = {"filters": dict(wanted.filters), "offset": wanted.offset, "limit": wanted.limit}
    with deed(actor, Action.VIEW_SCREENINGS, Target(), about="screenings", asked=asked, at=at) as done:
        query = within(actor)
        for name, field in _FILTERS:
            if value := wanted.filters.get(name):
                query = query.filter(**{field: value})
        total = query.count()
        held = query.select_related("agency", "made_by").order_by("-id")[wanted.offset : wanted.offset + wanted.limit]
        rows = views_of(list(held))
        done.result = {"total": total, "screenings": [row.number for row in rows][:1000]}
    return Listed(total, rows)


_FILTERS = (
    ("matter", "matter"), ("agency", "agency__uscc"), ("kind", "kind"), ("q", "business_number"),
)  # fmt: skip


def view_screening(
    number: int, *, actor: Actor, at: dt.datetime, on: dt.date, offset: int = 0, limit: int = 50, outcome: Outcome | None = None
) -> ScreeningPage:  # fmt: skip
    """Return rows of a screening, of one outcome where that is asked; ``on`` is today. Raises ``Missing`` for what is not within reach."""
    kept = screening_within(number, actor, at=at)
    asked = {"offset": offset, "limit": limit, "outcome": outcome.value if outcome else ""}
    with looking_at(kept, actor=actor, at=at, on=on, **asked) as look:
        query = kept.lines.select_related("subject").order_by("number")
        if outcome is not None and kept.rows > MOST_FILTERED:
            raise UnusableCall(TOO_LARGE_TO_FILTER)
        whole = outcome is not None or kept.rows <= MOST_COUNTED
        part = list(query) if whole else list(query[offset : offset + limit])
        seen, fed = rows_again(kept, part, actor=actor, on=on)
        counts = Counter(one.line.assessment.outcome for one in seen) if whole else {}
        total = kept.rows if outcome is None else counts.get(outcome, 0)
        if whole:
            wanted = [one for one in seen if outcome is None or one.line.assessment.outcome is outcome]
            seen = wanted[offset : offset + limit]
        look.shown |= looked_at(one.line for one in seen)
        look.result["rows"] = len(seen)
    return ScreeningPage(view_of(kept), fed, tuple(seen), total, counts)


@contextmanager
def looking_at(kept: Screening, *, actor: Actor, at: dt.datetime, on: dt.date, **asked: Any) -> Iterator[Look]:
    """Look at a screening again, with one receipt; ``asked`` tells what of it, ``on`` is today.

    Each subject that was ``shown`` sees the look, unless who looks screened it on this very day: that trace is there already. Raises ``Refused``.
    """
    told = question_of(kept).asked(screening=kept.pk, **asked)
    with transaction.atomic():
        with deed(
            actor, Action.VIEW_SCREENINGS, target_of(kept), about=f"screening {kept.pk}", asked=told, at=at
        ) as done:
            look = Look()
            yield look
            done.result = {"screening": kept.pk, **look.result}
        if actor.name != kept.made_by.username or on != kept.on:
            note_looks(done.receipt, look.shown, actor=actor)


def outcomes_of(number: int, *, actor: Actor, at: dt.datetime) -> dict[str, int]:
    """Return how many rows of a screening came out as what, on the day itself; on a later day the rows tell. Raises ``Missing``.

    It is for who has just screened a list; a single check, or a day that has passed, has no count: it would tell of what has ended.
    """
    kept = screening_within(number, actor, at=at)
    if kept.kind == "check" or at.date() != kept.on:
        return {}
    return {one.value: kept.counts[one.value] for one in Outcome if one.value in kept.counts}


def within(actor: Actor) -> QuerySet[Screening]:
    """Return the screenings that stand in a list of the actor."""
    far = reach(actor, Action.VIEW_SCREENINGS)
    if far.everything:
        return Screening.objects.all()
    return Screening.objects.filter(agency_id__in=[pk for pk, _, _ in rows_within(actor, Action.VIEW_SCREENINGS)])


def screening_within(number: int, actor: Actor, *, at: dt.datetime) -> Screening:
    """Return a screening within the actor's reach; raises ``Missing`` for any other, recorded; ``Refused`` for who may see none at all."""
    ensure_allowed(actor, Action.VIEW_SCREENINGS, Target(), about=f"screening {number}", at=at)
    kept = Screening.objects.select_related("agency", "made_by").filter(pk=number).first()
    if kept is None or not decide(actor, Action.VIEW_SCREENINGS, target_of(kept)).allowed:
        refused(actor, Action.VIEW_SCREENINGS, NONE, reasons=(NONE.why,), about=f"screening {number}", at=at)
        raise Missing(NONE, screening=number)
    return kept


def target_of(kept: Screening) -> Target:
    """Return whose a screening is, for the question of access."""
    return Target(kept.agency.uscc, kept.agency.region_code) if kept.agency else Target()


def question_of(kept: Screening) -> Question:
    """Return what a screening asked, its matter as it was on its day."""
    return Question(matter_of(kept), kept.business_number, kept.agency)


def matter_of(kept: Screening) -> ScreeningMatter:
    """Return the matter of a screening as it was on its day; one that has ended since is still told by its last row."""
    held = [one for one in matters() if one.code == kept.matter]
    return next((one for one in held if one.in_force(kept.on)), held[-1])


def rows_again(
    kept: Screening, rows: Sequence[ScreeningRow], *, actor: Actor, on: dt.date
) -> tuple[list[RowView], tuple[Feed, ...]]:
    """Assess rows as of the screening's day, and keep of what they tell only what still stands ``on`` today."""
    asked = question_of(kept)
    subjects = {row.subject_id for row in rows if row.subject_id is not None}
    then = see(subjects, asked.matter, asked.access_matter, actor=actor, on=kept.on)
    now = see(subjects, asked.matter, asked.access_matter, actor=actor, on=on) if on > kept.on else then
    fed = feeds(asked.matter, asked.access_matter, actor=actor, on=kept.on)
    said = _feedback_of(rows)
    matches = _matches(rows)
    found = []
    for row in rows:
        match, kept_as = matches[row.pk]
        subject = row.subject_id or 0
        seen = still_told(then.get(subject, ()), now.get(subject, ()), asked.matter, on=on)
        line = Line(row.number, kept_as, match, row.subject_id, assess(match, seen, asked.matter, fed, on=kept.on))
        changed = references(line.assessment) != row.told or line.assessment.outcome != row.outcome
        found.append(RowView(line, changed, said.get(row.pk, "")))
    return found, fed


def _matches(rows: Sequence[ScreeningRow]) -> dict[int, tuple[Match, Given]]:
    """Return how each row's subject was found, under the name it bears now; candidates are looked up anew."""
    settled = {Means.PERSON, Means.NOBODY}
    again = [row for row in rows if row.subject is None and Means(row.means) not in settled]
    looked_up = zip(again, whose([given_again(row) for row in again]), strict=True)
    possible = {row.pk: _candidates(one.match) for row, one in looked_up}
    return {row.pk: (_match(row, possible.get(row.pk, ())), Given(row.given_name, row.given_code)) for row in rows}


def _match(row: ScreeningRow, candidates: tuple[Candidate, ...]) -> Match:
    if row.subject is None:
        return Match(Means(row.means), candidates=candidates)
    return Match(Means(row.means), row.subject.uscc, row.subject.name)


def given_again(row: ScreeningRow) -> Given:
    """Return a kept row as it may be looked up again; what was refused stays refused."""
    if row.means == Means.PERSON.value:
        return Given(row.given_name, row.given_code, personal=True)
    return given(row.given_name, row.given_code)


def _candidates(match: Match) -> tuple[Candidate, ...]:
    return match.candidates or ((Candidate(match.code, match.name),) if match.code else ())


def _feedback_of(rows: Sequence[ScreeningRow]) -> dict[int, str]:
    held = ScreeningFeedback.objects.filter(row__in=[row.pk for row in rows]).order_by("id")
    return dict(held.values_list("row_id", "kind"))


def view_of(kept: Screening) -> ScreeningView:
    """Return a screening as it is listed."""
    return views_of([kept])[0]


def views_of(held: Sequence[Screening]) -> tuple[ScreeningView, ...]:
    """Return screenings as they are listed."""
    names = agency_names({one.agency.uscc for one in held if one.agency})
    return tuple(
        ScreeningView(
            one.pk, one.kind, matter_of(one), one.business_number, one.agency.uscc if one.agency else "",
            names.get(one.agency.uscc, one.agency.uscc) if one.agency else "", one.made_by.username, one.at, one.on, one.file_name, one.rows,
            one.previous_id, str(one.receipt_id or ""),
        )
        for one in held
    )  # fmt: skip
