"""The yearly cycle (目录年度更新): open a year, change its items, ask the departments, answer, sign. Every step is a deed with its receipt."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.cycle import OPEN, CycleState, CycleStepKind, DraftAnswer, may_sign, next_state
from xinheng.core.catalogue.draft import check_draft, moved
from xinheng.core.catalogue.problem import InvalidDefinition, Problem
from xinheng.core.errors import Explanation, Missing, UnusableCall
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import CatalogueAnswer, CatalogueDraft, CatalogueStep, CatalogueYear
from xinheng.usecases.agencies import agency_named, is_granted
from xinheng.usecases.catalogue import words
from xinheng.usecases.catalogue.signed import know_signed_versions
from xinheng.usecases.catalogue.years import (
    Held,
    answers_of,
    asked_of,
    drafters,
    hands,
    held,
    item_before,
    target_of,
    year_held,
)
from xinheng.usecases.deed import Deed, deed, ensure_allowed, refused
from xinheng.usecases.users import user_named

_LONGEST = 2_000  # characters of a note, a reason or an answer


def open_year(
    year: int, *, region: str = "", first_day: dt.date, basis: str, actor: Actor, at: dt.datetime, on: dt.date
) -> int:
    """Open the catalogue of a year, of the province or of a city, to be in force from ``first_day``; returns its number.

    Nothing is changed yet: it is what is in force. Raises ``UnusableCall`` or ``Refused``.
    """
    about = f"catalogue of {year} {region}".strip()
    ensure_allowed(actor, Action.DRAFT_CATALOGUE, Target(region=region), about=about, at=at)
    basis = _told(basis, words.NO_BASIS)
    _ensure_may_open(year, region, first_day, on)
    asked = {"year": year, "region": region, "first_day": first_day.isoformat(), "basis": basis}
    with deed(actor, Action.DRAFT_CATALOGUE, Target(region=region), about=about, asked=asked, at=at) as done:
        made = CatalogueYear.objects.create(year=year, region=region, basis=basis)
        _step(made, CycleStepKind.OPENED, first_day, None, "", done)
        done.basis, done.result = basis, {"year": made.pk, "state": CycleState.DRAFT.value}
    return made.pk


def problems_of(number: int, item: str, text: str, *, actor: Actor, on: dt.date) -> tuple[Problem, ...]:
    """Return what is wrong with a text as the draft of an item, without keeping it."""
    year = year_held(number, actor)
    return _problems(year, item, text, on)


def change_item(
    number: int, item: str, text: str, *, note: str = "", actor: Actor, at: dt.datetime, on: dt.date
) -> None:
    """Keep a text as the draft of an item. Raises ``InvalidDefinition`` with all that is wrong with it, ``UnusableCall``, ``Refused``."""
    year = _mine(number, Action.DRAFT_CATALOGUE, actor, at)
    _ensure_state(year, CycleState.DRAFT)
    if problems := _problems(year, item, text, on):
        raise InvalidDefinition(item, problems)
    asked = {"year": number, "item": item, "sha256": _digest(text), "note": note}
    with _in(year, Action.DRAFT_CATALOGUE, asked, f"{_about(year)} {item}", actor, at) as done:
        _ensure_state(held(year.year), CycleState.DRAFT)
        _draft(year, item, text, note, done)
        done.result = {"item": item, "version": year.version_of(item).label}


def leave_out(number: int, item: str, *, actor: Actor, at: dt.datetime) -> None:
    """Take an item out of the draft: it stays as it is in force. Raises ``Missing``, ``UnusableCall`` or ``Refused``."""
    year = _mine(number, Action.DRAFT_CATALOGUE, actor, at)
    _ensure_state(year, CycleState.DRAFT)
    if item not in year.drafts:
        raise Missing(words.NO_ITEM, item=item)
    asked = {"year": number, "item": item, "left_out": True}
    with _in(year, Action.DRAFT_CATALOGUE, asked, f"{_about(year)} {item}", actor, at) as done:
        _draft(year, item, "", "", done)
        done.result = {"item": item}


def ask_departments(
    number: int, *, answer_by: dt.date, first_day: dt.date | None = None, actor: Actor, at: dt.datetime, on: dt.date
) -> dict[str, int]:
    """Ask every department that may hand a changed item in, until the end of a day; returns by item how many are asked.

    ``first_day`` moves the day from which the year is in force, in every draft. Raises ``UnusableCall``, ``InvalidDefinition`` or ``Refused``.
    """
    year = _mine(number, Action.DRAFT_CATALOGUE, actor, at)
    first = first_day or year.first_day
    _ensure_next(year, CycleStepKind.ASKED)
    if not year.drafts:
        raise UnusableCall(words.EMPTY)
    _ensure_days(year, first, answer_by, on)
    texts = {item: moved(draft.text, old=year.first_day, new=first) for item, draft in year.drafts.items()}
    _ensure_sound(year, texts, first, on)
    asked = {"year": number, "answer_by": answer_by.isoformat(), "first_day": first.isoformat()}
    with _in(year, Action.DRAFT_CATALOGUE, asked, _about(year), actor, at) as done:
        _ensure_unchanged(year)
        for item, text in texts.items():
            if text != year.drafts[item].text:
                _draft(year, item, text, year.drafts[item].note, done)
        _step(year.year, CycleStepKind.ASKED, first, answer_by, "", done)
        who = asked_of(held(year.year), on=on)  # whom a notice is for: item → (agency, region)
        done.result = {
            "state": CycleState.ASKED.value,
            "asked": {item: len(agencies) for item, agencies in who.items()},
        }
    return {item: len(agencies) for item, agencies in who.items()}


def take_back(number: int, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Take a draft back to change it: what is changed is asked about again. Raises ``UnusableCall`` or ``Refused``."""
    _go(number, CycleStepKind.TAKEN_BACK, reason, actor, at)


def drop(number: int, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Drop a year: nothing of it will be in force. Raises ``UnusableCall`` or ``Refused``."""
    _go(number, CycleStepKind.DROPPED, reason, actor, at)


def answer(
    number: int,
    item: str,
    agency: str,
    said: DraftAnswer,
    *,
    text: str = "",
    actor: Actor,
    at: dt.datetime,
    on: dt.date,
) -> None:
    """Answer for a department about the draft of an item; the newest answer counts. Raises ``Missing``, ``UnusableCall`` or ``Refused``."""
    one = agency_named(agency)
    target, about = Target(agency=one.uscc, region=one.region_code, item=item), f"catalogue year {number} {item}"
    ensure_allowed(actor, Action.ANSWER_DRAFT, target, about=about, at=at)
    year = year_held(number, actor)
    draft = year.drafts.get(item)
    _ensure_answerable(year, on)
    if draft is None or not is_granted(one, item, on=on):
        raise UnusableCall(words.NOT_ASKED, item=item, agency=agency)
    text = _told(text, words.SAY_WHAT) if said is DraftAnswer.OBJECT else _clean(text)
    asked = {"year": number, "item": item, "agency": agency, "answer": said.value, "text": text}
    with deed(actor, Action.ANSWER_DRAFT, target, about=about, asked=asked, at=at) as done:
        _locked(year)
        _ensure_answerable(held(year.year), on)
        CatalogueAnswer.objects.create(
            draft=draft, agency=one, answer=said.value, text=text, at=at, by=user_named(actor.name)
        )
        done.result = {"item": item, "answer": said.value, "draft": draft.pk}


def sign(number: int, *, reason: str = "", actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """Sign a year as the second person: its versions are in force from its first day, and nothing of it changes any more.

    All have answered, or their day is over; with an objection standing the reason says why it is not followed. Raises ``InvalidDefinition``,
    ``UnusableCall`` or ``Refused``.
    """
    year = _mine(number, Action.SIGN_CATALOGUE, actor, at)
    _ensure_next(year, CycleStepKind.SIGNED)
    if not may_sign(hands(actor, on=on), drafters(year.year)):
        why = (words.ONE_PERSON.why,)
        raise refused(actor, Action.SIGN_CATALOGUE, words.ONE_PERSON, reasons=why, about=_about(year), at=at)
    reason = _reason_to_sign(year, reason, on)
    texts = {item: draft.text for item, draft in year.drafts.items()}
    _ensure_sound(year, texts, year.first_day, on)
    asked = {"year": number, "reason": reason}
    with _in(year, Action.SIGN_CATALOGUE, asked, _about(year), actor, at) as done:
        _ensure_unchanged(year)
        _step(year.year, CycleStepKind.SIGNED, year.first_day, year.answer_by, reason, done)
        done.basis = year.year.basis
        done.facts = {"definitions": {item: _digest(text) for item, text in texts.items()}}
        done.result = {"state": CycleState.SIGNED.value, "first_day": year.first_day.isoformat()}
        transaction.on_commit(lambda: know_signed_versions(at_once=True))


# The steps in common ---------------------------------------------------------------------------------------------------


def _go(number: int, kind: CycleStepKind, reason: str, actor: Actor, at: dt.datetime) -> None:
    year = _mine(number, Action.DRAFT_CATALOGUE, actor, at)
    _ensure_next(year, kind)
    reason = _told(reason, words.SAY_WHY)
    with _in(year, Action.DRAFT_CATALOGUE, {"year": number, "reason": reason}, _about(year), actor, at) as done:
        state = _ensure_next(held(year.year), kind)
        _step(year.year, kind, year.first_day, None, reason, done)
        done.result = {"state": state.value}


def _mine(number: int, action: Action, actor: Actor, at: dt.datetime) -> Held:
    """Return a year for which the actor may do the action; raises ``Missing`` for one that they may not know of, ``Refused``."""
    found = CatalogueYear.objects.filter(pk=number).first()
    about = f"catalogue year {number}"
    ensure_allowed(actor, action, target_of(found) if found else Target(), about=about, at=at)
    return year_held(number, actor)


@contextmanager
def _in(
    year: Held, action: Action, asked: dict[str, object], about: str, actor: Actor, at: dt.datetime
) -> Iterator[Deed]:
    with deed(actor, action, target_of(year.year), about=about, asked=asked, at=at) as done:
        _locked(year)
        yield done


def _locked(year: Held) -> None:
    """Wait for whoever changes the same year, to the end of the transaction."""
    CatalogueYear.objects.select_for_update().get(pk=year.year.pk)


def _step(
    year: CatalogueYear, kind: CycleStepKind, first_day: dt.date, answer_by: dt.date | None, reason: str, done: Deed
) -> None:
    others = sorted(hands(done.actor, on=done.at.date()) - {done.actor.name})
    CatalogueStep.objects.create(
        year=year, kind=kind.value, at=done.at, by=user_named(done.actor.name), covers_for=others, reason=reason, first_day=first_day,
        answer_by=answer_by,
    )  # fmt: skip


def _draft(year: Held, item: str, text: str, note: str, done: Deed) -> None:
    others = sorted(hands(done.actor, on=done.at.date()) - {done.actor.name})
    CatalogueDraft.objects.create(
        year=year.year, item=item, version=year.version_of(item).label, text=text, note=_clean(note), at=done.at,
        by=user_named(done.actor.name), covers_for=others,
    )  # fmt: skip


# What must be so -------------------------------------------------------------------------------------------------------


def _ensure_may_open(year: int, region: str, first_day: dt.date, on: dt.date) -> None:
    if not 2000 <= year <= 2999:
        raise UnusableCall(words.BAD_YEAR, year=year)
    if region and not (len(region) == 6 and region.endswith("00") and not region.endswith("0000")):
        raise UnusableCall(words.NO_CITY, region=region)
    if first_day < on:
        raise UnusableCall(words.PAST)
    for one in map(held, CatalogueYear.objects.filter(region=region)):
        if one.state in OPEN:
            raise UnusableCall(words.one_at_a_time(one.year.year))
        if one.state is CycleState.SIGNED and one.first_day >= first_day:
            raise UnusableCall(words.signed_before(one.year.year, one.first_day))


def _ensure_days(year: Held, first_day: dt.date, answer_by: dt.date, on: dt.date) -> None:
    if first_day < on:
        raise UnusableCall(words.PAST)
    if not on <= answer_by < first_day:
        raise UnusableCall(words.ANSWER_DAY)
    signed = (
        one
        for one in map(held, CatalogueYear.objects.filter(region=year.year.region))
        if one.state is CycleState.SIGNED
    )
    for one in signed:
        if one.first_day >= first_day:
            raise UnusableCall(words.signed_before(one.year.year, one.first_day))


def _ensure_sound(year: Held, texts: dict[str, str], first_day: dt.date, on: dt.date) -> None:
    for item, text in texts.items():
        wanted = replace(year.version_of(item), first_day=first_day)
        if problems := check_draft(text, base=item_before(item), year=wanted, on=on):
            raise InvalidDefinition(item, problems)


def _ensure_state(year: Held, state: CycleState) -> None:
    if year.state is not state:
        raise UnusableCall(words.not_now(year.state), year=year.year.pk)


def _ensure_next(year: Held, kind: CycleStepKind) -> CycleState:
    after = next_state(year.state, kind)
    if after is None:
        raise UnusableCall(words.not_now(year.state), year=year.year.pk)
    return after


def _ensure_unchanged(year: Held) -> None:
    """Raise ``UnusableCall`` where somebody took a step or changed a draft since the year was looked at; asked once it is locked."""
    now = held(year.year)
    seen, there = ({draft.pk for draft in one.drafts.values()} for one in (year, now))
    if len(now.steps) != len(year.steps) or seen != there:
        raise UnusableCall(words.not_now(now.state), year=year.year.pk)


def _ensure_answerable(year: Held, on: dt.date) -> None:
    _ensure_state(year, CycleState.ASKED)
    if year.answer_by is not None and on > year.answer_by:
        raise UnusableCall(words.TOO_LATE)


def _reason_to_sign(year: Held, reason: str, on: dt.date) -> str:
    if year.first_day < on:
        raise UnusableCall(words.PAST)
    answers = answers_of(year)
    open_ = any((item, code) not in answers for item, asked in asked_of(year, on=on).items() for code, _ in asked)
    if open_ and (year.answer_by is None or on <= year.answer_by):
        raise UnusableCall(words.STILL_OPEN)
    if any(one.answer == DraftAnswer.OBJECT.value for one in answers.values()):
        return _told(reason, words.SAY_WHY)
    return _clean(reason)


def _problems(year: Held, item: str, text: str, on: dt.date) -> tuple[Problem, ...]:
    return check_draft(text, base=item_before(item), year=year.version_of(item), on=on)


def _told(words_given: str, missing: Explanation) -> str:
    kept = _clean(words_given)
    if not kept:
        raise UnusableCall(missing)
    return kept


def _clean(words_given: str) -> str:
    return mask(words_given.replace("\x00", "").strip())[:_LONGEST]


def _about(year: Held) -> str:
    return f"catalogue of {year.year.year} {year.year.region}".strip()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
