"""Watching (关注): tell me when what a matter sees of one of these changes. The message says of whom, never what; who looks then leaves a trace of its own."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, Target, decide
from xinheng.core.errors import Missing, Text, UnusableCall
from xinheng.core.notices import Message
from xinheng.core.screening import Means, ScreeningMatter, assess, matters
from xinheng.core.screening.matching import Match
from xinheng.store.models import ScreeningWatch
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.ledger.file import file_of, subject_or_missing
from xinheng.usecases.notices.send import notify_account
from xinheng.usecases.screening.asking import Question, question
from xinheng.usecases.screening.keeping import references
from xinheng.usecases.screening.seeing import see
from xinheng.usecases.screening.viewing import question_of, screening_within, target_of
from xinheng.usecases.screening.words import NOT_WATCHED
from xinheng.usecases.users import actor_named, user_named

NAMED = 20
"""Subjects that a message names at the most."""
PAGE = "/desk/screening/watches/"
"""The page to which a message leads."""


@dataclass(frozen=True, slots=True)
class WatchView:
    """A watch of the actor's own: of whom, in which matter, under which business number, since when."""

    number: int
    code: str
    name: str
    matter: str
    business_number: str
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class WatchesTold:
    """What a run did: how many watches were looked at, how many had changed, how many people were told, how many watches ended."""

    watches: int
    changed: int
    people: int
    ended: int


def watch(
    code: str, *, matter: str, business_number: str, actor: Actor, at: dt.datetime, on: dt.date, agency: str = ""
) -> int:
    """Watch a subject in a matter; returns the number of the watch, also where it is watched already. The subject sees that it is."""
    asked = question(matter, business_number, agency, actor=actor, on=on)
    ensure_allowed(actor, Action.SCREEN, asked.target, about="a watch", at=at)
    subject = subject_or_missing(code)
    told = asked.asked(code=subject.uscc, watch=True)
    with deed(actor, Action.SCREEN, asked.target, about=file_of(subject.uscc), asked=told, at=at) as done:
        _begin([subject.pk], asked, actor, at, on)
        held = ScreeningWatch.objects.get(
            subject=subject, matter=asked.matter.code, user__username=actor.name, ended_at=None
        )
        done.basis, done.result = asked.basis[:300], {"watch": held.pk}
    return int(held.pk)


def watch_screening(number: int, *, actor: Actor, at: dt.datetime, on: dt.date) -> int:
    """Watch every subject of a screening that was found by its code, in the screening's matter; returns how many are watched by it."""
    kept = screening_within(number, actor, at=at)
    asked = question_of(kept)
    told = asked.asked(screening=number, watch=True)
    with deed(actor, Action.SCREEN, target_of(kept), about=f"watch of screening {number}", asked=told, at=at) as done:
        found = kept.lines.filter(means=Means.CODE.value).values_list("subject_id", flat=True).distinct()
        subjects = sorted(pk for pk in found if pk is not None)
        _begin(subjects, asked, actor, at, on)
        done.basis, done.result = asked.basis[:300], {"screening": number, "watched": len(subjects)}
    return len(subjects)


def unwatch(number: int, *, actor: Actor, at: dt.datetime) -> None:
    """End a watch of the actor's own; raises ``Missing`` for any other."""
    held = ScreeningWatch.objects.select_related("agency").filter(
        pk=number, user__username=actor.name, ended_at=None
    ).first()  # fmt: skip
    if held is None:
        raise Missing(NOT_WATCHED)
    target = Target(held.agency.uscc, held.agency.region_code) if held.agency else Target()
    with deed(actor, Action.SCREEN, target, about=f"watch {number}", asked={"unwatch": number}, at=at) as done:
        ScreeningWatch.objects.filter(pk=number).update(ended_at=at)
        done.result = {"watch": number, "ended": True}


def own_watches(*, actor: Actor, at: dt.datetime) -> tuple[WatchView, ...]:
    """Return the actor's own watches, newest first."""
    with deed(actor, Action.VIEW_SCREENINGS, Target(), about="watches", asked={}, at=at) as done:
        held = ScreeningWatch.objects.filter(user__username=actor.name, ended_at=None).select_related("subject")
        found = tuple(
            WatchView(one.pk, one.subject.uscc, one.subject.name, one.matter, one.business_number, one.since)
            for one in held.order_by("-id")
        )
        done.result = {"watches": len(found)}
    return found


def tell_watches(*, actor: Actor, at: dt.datetime, on: dt.date) -> WatchesTold:
    """Tell each account which of the subjects that it watches changed since it was told last; a watch of who may not screen any more ends."""
    ensure_allowed(actor, Action.TELL_WATCHES, Target(), about="watches", at=at)
    with deed(actor, Action.TELL_WATCHES, Target(), about="watches", asked={"on": on.isoformat()}, at=at) as done:
        held = ScreeningWatch.objects.select_for_update(of=("self",)).filter(ended_at=None)
        by_user: dict[str, list[ScreeningWatch]] = defaultdict(list)
        for one in held.select_related("subject", "agency", "user").order_by("id"):
            by_user[one.user.username].append(one)
        runs = [_told_to(name, watches, at, on) for name, watches in sorted(by_user.items())]
        told = WatchesTold(
            sum(map(len, by_user.values())), sum(run[0] for run in runs), sum(run[0] > 0 for run in runs), sum(run[1] for run in runs)
        )  # fmt: skip
        done.result = {"watches": told.watches, "changed": told.changed, "people": told.people, "ended": told.ended}
    return told


def _begin(subjects: Sequence[int], asked: Question, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    told = _told_now(subjects, asked, actor, on)
    user = user_named(actor.name)
    ScreeningWatch.objects.bulk_create(
        (
            ScreeningWatch(
                subject_id=pk, matter=asked.matter.code, business_number=asked.business_number, agency=asked.agency, user=user, since=at,
                told=told[pk],
            )
            for pk in subjects
        ),
        batch_size=2000,
        ignore_conflicts=True,
    )  # fmt: skip


def _told_now(subjects: Iterable[int], asked: Question, actor: Actor, on: dt.date) -> dict[int, list[list[str | int]]]:
    known = sorted(set(subjects))
    seen = see(known, asked.matter, asked.access_matter, actor=actor, on=on)
    by_code = Match(Means.CODE)
    return {pk: references(assess(by_code, seen.get(pk, ()), asked.matter, (), on=on)) for pk in known}


def _told_to(username: str, watches: Sequence[ScreeningWatch], at: dt.datetime, on: dt.date) -> tuple[int, int]:
    """Tell an account; returns how many of its watches had changed, and how many ended."""
    in_force = {one.code: one for one in matters(on=on)}
    actor = _actor(username, on)
    going_on = [one for one in watches if one.matter in in_force and actor is not None and _may(actor, one)]
    ended = [one.pk for one in watches if one not in going_on]
    ScreeningWatch.objects.filter(pk__in=ended).update(ended_at=at)
    changed: list[ScreeningWatch] = []
    for part in _alike(going_on):
        asked = Question(in_force[part[0].matter], part[0].business_number, part[0].agency)
        now = _told_now([one.subject_id for one in part], asked, actor, on) if actor else {}
        for one in part:
            if one.told != now[one.subject_id]:
                one.told = now[one.subject_id]
                changed.append(one)
    ScreeningWatch.objects.bulk_update(changed, ["told"], batch_size=2000)
    if changed:
        notify_account(changed[0].user, _message(changed, in_force), at=at)
    return len(changed), len(ended)


def _alike(watches: Sequence[ScreeningWatch]) -> list[list[ScreeningWatch]]:
    """Return watches in groups of one matter and number, each of which is looked at together."""
    groups: dict[tuple[str, str, int | None], list[ScreeningWatch]] = defaultdict(list)
    for one in watches:
        groups[one.matter, one.business_number, one.agency_id].append(one)
    return list(groups.values())


def _actor(username: str, on: dt.date) -> Actor | None:
    """Return an account as one who acts; nothing where it is closed."""
    try:
        return actor_named(username, on=on)
    except UnusableCall:
        return None


def _may(actor: Actor, one: ScreeningWatch) -> bool:
    target = Target(one.agency.uscc, one.agency.region_code) if one.agency else Target()
    return decide(actor, Action.SCREEN, target).allowed


def _message(changed: Sequence[ScreeningWatch], in_force: dict[str, ScreeningMatter]) -> Message:
    lines = [
        Text(
            f"{one.subject.name}（{one.subject.uscc}）：{in_force[one.matter].title.zh} {one.business_number}",
            f"{one.subject.name} ({one.subject.uscc}): {in_force[one.matter].title.en} {one.business_number}",
        )
        for one in changed[:NAMED]
    ]
    more = len(changed) - len(lines)
    lines += [Text(f"另有 {more} 个主体。", f"{more} more.")] if more else []
    lines.append(Text("请重新审查，以重新审查的结果为准。", "Please screen again: only that tells how it stands."))
    return Message(
        kind="screening-changed",
        title=Text(f"所关注的 {len(changed)} 个主体有变化", f"{len(changed)} of the subjects that you watch changed"),
        body=Text("\n".join(one.zh for one in lines), "\n".join(one.en for one in lines)),
        link=PAGE,
    )
