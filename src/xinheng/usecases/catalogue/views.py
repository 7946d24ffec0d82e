"""What the pages and commands of the yearly catalogue show: the years, one year with its items, the draft of an item, and who answered what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from xinheng.core.access import Action, Actor, Target, decide, is_reached
from xinheng.core.catalogue.compare import Difference, differences
from xinheng.core.catalogue.cycle import CycleState, CycleStepKind, DraftAnswer, may_sign, next_state
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import as_checked
from xinheng.core.errors import Missing, Text
from xinheng.store.models import CatalogueAnswer, CatalogueYear
from xinheng.usecases.catalogue import words
from xinheng.usecases.catalogue.years import (
    Held,
    answers_of,
    asked_of,
    draft_text,
    drafters,
    hands,
    held,
    item_before,
    may_see,
    target_of,
    year_held,
)
from xinheng.usecases.deed import deed
from xinheng.usecases.reach import agency_names


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year as it is listed."""

    number: int
    year: int
    region: str
    state: CycleState
    first_day: dt.date
    answer_by: dt.date | None
    items: int
    opened_by: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as it is shown."""

    kind: CycleStepKind
    by: str
    at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A drafted item: the version it becomes, what differs from the one before it, and how the departments that are asked stand."""

    item: str
    title: Text
    version: str
    by: str
    at: dt.datetime
    note: str
    new: bool
    differences: tuple[Difference, ...]
    asked: int
    agreed: int
    objected: int

    @property
    def open(self) -> int:
        """Return how many have not answered."""
        return self.asked - self.agreed - self.objected


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A department that is asked about an item, and what it says; no answer yet where ``answer`` is empty."""

    item: str
    title: Text
    agency: str
    agency_name: str
    answer: DraftAnswer | None
    text: str
    by: str
    at: dt.datetime | None
    may_answer: bool


@dataclass(frozen=True, slots=True)
class YearView:
    """A year as it is shown; ``may`` says what a door may offer the reader: ``change``, ``ask``, ``take-back``, ``drop``, ``sign``."""

    row: YearRow
    basis: str
    steps: tuple[StepRow, ...]
    drafts: tuple[DraftRow, ...]
    answers: tuple[AnswerRow, ...]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class DraftView:
    """The draft of one item: its text, and the versions before and after where there are any."""

    row: YearRow
    item: str
    title: Text
    text: str
    drafted: bool
    before: ItemVersion | None
    after: ItemVersion | None
    answers: tuple[AnswerRow, ...]
    may_change: bool


def list_years(*, actor: Actor, at: dt.datetime) -> tuple[YearRow, ...]:
    """Return the years that the actor may see, the newest first."""
    with deed(actor, Action.VIEW_DRAFTS, Target(), about="catalogue years", asked={}, at=at) as done:
        known = (year for year in CatalogueYear.objects.order_by("-id") if may_see(year, actor))
        found = tuple(_row(held(year)) for year in known)
        done.result = {"years": [one.number for one in found]}
    return found


def view_year(number: int, *, actor: Actor, at: dt.datetime, on: dt.date) -> YearView:
    """Return a year with its items and the answers that the actor may see; raises ``Missing``."""
    with deed(
        actor, Action.VIEW_DRAFTS, Target(), about=f"catalogue year {number}", asked={"year": number}, at=at
    ) as done:
        year = year_held(number, actor)
        answers = _answers(year, actor, on)
        steps = tuple(StepRow(CycleStepKind(one.kind), one.by.username, one.at, one.reason) for one in year.steps)
        drafts = tuple(_draft_rows(year, on))
        found = YearView(_row(year), year.year.basis, steps, drafts, answers, _offered(year, actor, on))
        done.result = {"items": len(drafts), "state": year.state.value}
    return found


def view_draft(number: int, item: str, *, actor: Actor, at: dt.datetime, on: dt.date) -> DraftView:
    """Return the draft of an item, or what it begins from; raises ``Missing`` where there is neither."""
    about = f"catalogue year {number} {item}"
    with deed(actor, Action.VIEW_DRAFTS, Target(), about=about, asked={"year": number, "item": item}, at=at) as done:
        year = year_held(number, actor)
        before, may_change = _before(year, item), "change" in _offered(year, actor, on)
        text = draft_text(year, item)
        if item not in year.drafts and (before is None or before.region != year.year.region or not may_change):
            raise Missing(words.NO_ITEM, item=item)
        after = as_checked(text).latest if item in year.drafts else None
        shown = after or before
        title = Text(shown.title, shown.title_en) if shown else Text(item, item)
        answers = tuple(one for one in _answers(year, actor, on) if one.item == item)
        done.result = {"drafted": item in year.drafts}
    return DraftView(_row(year), item, title, text, item in year.drafts, before, after, answers, may_change)


def shown_year(view: YearView) -> dict[str, Any]:
    """Return a year as plain data, for ``--json``."""
    row = view.row
    return {
        "number": row.number, "year": row.year, "region": row.region, "state": row.state.value, "first_day": row.first_day.isoformat(),
        "answer_by": row.answer_by.isoformat() if row.answer_by else None, "basis": view.basis,
        "steps": [{"step": one.kind.value, "by": one.by, "at": one.at.isoformat(), "reason": one.reason} for one in view.steps],
        "items": [
            {"item": one.item, "version": one.version, "by": one.by, "note": one.note, "asked": one.asked, "agreed": one.agreed,
             "objected": one.objected, "open": one.open, "differences": [{"zh": d.sentence.zh, "en": d.sentence.en} for d in one.differences]}
            for one in view.drafts
        ],
        "answers": [
            {"item": one.item, "agency": one.agency, "answer": one.answer.value if one.answer else None, "text": one.text}
            for one in view.answers
        ],
    }  # fmt: skip


def _row(year: Held) -> YearRow:
    return YearRow(
        year.year.pk, year.year.year, year.year.region, year.state, year.first_day, year.answer_by, len(year.drafts),
        year.steps[0].by.username,
    )  # fmt: skip


def _before(year: Held, item: str) -> ItemVersion | None:
    """Return the version before that of the year."""
    known = item_before(item)
    if known is None:
        return None
    earlier = [version for version in known.versions if version.revision.in_force < year.first_day]
    return earlier[-1] if earlier else None


def _draft_rows(year: Held, on: dt.date) -> Iterable[DraftRow]:
    asked, answers = asked_of(year, on=on), answers_of(year)
    for item, draft in year.drafts.items():
        before, after = _before(year, item), as_checked(draft.text).latest
        said = [answers[item, code].answer for code, _ in asked[item] if (item, code) in answers]
        yield DraftRow(
            item, Text(after.title, after.title_en), draft.version, draft.by.username, draft.at, draft.note, before is None,
            tuple(differences(before, after)) if before else (), len(asked[item]), said.count(DraftAnswer.AGREE.value),
            said.count(DraftAnswer.OBJECT.value),
        )  # fmt: skip


def _answers(year: Held, actor: Actor, on: dt.date) -> tuple[AnswerRow, ...]:
    """Return who is asked and what they said, of those whose answers the actor may see."""
    answers, asked = answers_of(year), asked_of(year, on=on)
    near = [
        (item, code, region)
        for item, agencies in asked.items()
        for code, region in agencies
        if is_reached(actor, Action.VIEW_DRAFTS, agency=code, region=region)
    ]
    names = agency_names([code for _, code, _ in near])
    open_ = year.state is CycleState.ASKED and (year.answer_by is None or on <= year.answer_by)
    titles = {item: _title(draft.text) for item, draft in year.drafts.items()}
    return tuple(
        AnswerRow(
            item, titles[item], code, names.get(code, code), *_said(answers.get((item, code))),
            open_ and decide(actor, Action.ANSWER_DRAFT, Target(agency=code, region=region, item=item)).allowed,
        )
        for item, code, region in near
    )  # fmt: skip


def _said(said: CatalogueAnswer | None) -> tuple[DraftAnswer | None, str, str, dt.datetime | None]:
    if said is None:
        return None, "", "", None
    return DraftAnswer(said.answer), said.text, said.by.username, said.at


def _title(text: str) -> Text:
    latest = as_checked(text).latest
    return Text(latest.title, latest.title_en)


def _offered(year: Held, actor: Actor, on: dt.date) -> frozenset[str]:
    """Return what a door may offer; the deed itself asks again."""
    may = {
        action
        for action in (Action.DRAFT_CATALOGUE, Action.SIGN_CATALOGUE)
        if decide(actor, action, target_of(year.year)).allowed
    }
    acts = set()
    if Action.DRAFT_CATALOGUE in may:
        steps = {CycleStepKind.ASKED: "ask", CycleStepKind.TAKEN_BACK: "take-back", CycleStepKind.DROPPED: "drop"}
        acts = {act for kind, act in steps.items() if next_state(year.state, kind)}
        acts |= {"change"} if year.state is CycleState.DRAFT else set()
    if Action.SIGN_CATALOGUE in may and next_state(year.state, CycleStepKind.SIGNED):
        acts |= {"sign"} if may_sign(hands(actor, on=on), drafters(year.year)) else set()
    return frozenset(acts)
