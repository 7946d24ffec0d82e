"""Emergency stop (紧急停止公示): one person asks, a second one confirms, and the public sees it no more; lifted the same way.

What hides is asked by every public read itself (``store/sql/stopped.sql``), so that nothing has to be flushed: the commit of the confirmation is the
moment. Each step leaves a receipt; so does the attempt to be one's own second person, in the log of refusals.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xinheng.core.access import Action, Actor, Target, decide, reach
from xinheng.core.catalogue.load import item_names
from xinheng.core.errors import Missing, UnusableCall
from xinheng.core.ledger.stops import (
    WITHIN,
    Ground,
    Person,
    Scope,
    Step,
    StepKind,
    StopState,
    needs_another,
    record_target,
    stop_state,
)
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Agency, Cover, Stop, StopStep, Subject
from xinheng.store.queries.records import standing_records
from xinheng.store.queries.stops import steps_of, stops_of
from xinheng.usecases import stop_words as words
from xinheng.usecases.agencies import agency_named, unknown_item
from xinheng.usecases.deed import deed, ensure_allowed, refused
from xinheng.usecases.ledger.file import subject_or_missing
from xinheng.usecases.users import user_named

_CONFIRM = {StopState.ASKED: StepKind.CONFIRMED, StopState.LIFT_ASKED: StepKind.LIFTED}
_REFUSE = {StopState.ASKED: StepKind.REFUSED, StopState.LIFT_ASKED: StepKind.LIFT_REFUSED}
_LIFT = {StopState.IN_FORCE: StepKind.LIFT_ASKED}


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as it is shown: what, by whom, when, and why."""

    kind: StepKind
    by: str
    at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class StopView:
    """A stop as officials see it; ``target`` as ``ask`` takes it, ``name`` whose or what it is, ``due`` when an open request lapses."""

    number: int
    scope: Scope
    target: str
    name: str
    agency: str
    ground: Ground
    reason: str
    basis: str
    state: StopState
    due: dt.datetime | None
    steps: tuple[StepView, ...]
    receipt: str = ""


def ask(
    scope: Scope,
    target: str,
    *,
    ground: Ground,
    reason: str,
    basis: str,
    actor: Actor,
    at: dt.datetime,
    on: dt.date,
) -> StopView:
    """Ask for a stop: of a record (``CODE/KEY``), an item, an agency (its USCC), a consumer (its name) or the portal (no target).

    Nothing is hidden yet. Raises ``Missing``, ``UnusableCall`` or ``Refused``.
    """
    reason, basis = _told(reason, words.NO_REASON), _told(basis, words.NO_BASIS)
    held, agency = _meant(scope, target.strip(), on)
    target_of, about = _reach(agency), f"stop of {scope.value} {held}".strip()
    asked = {"scope": scope.value, "target": held, "ground": ground.value, "reason": reason}
    with deed(actor, Action.ASK_STOP, target_of, about=about, asked=asked, at=at) as done:
        _ensure_new(scope, held, at)
        stop = Stop.objects.create(
            scope=scope.value, target=held, agency=agency, ground=ground.value, reason=reason, basis=basis
        )
        _keep(stop, StepKind.ASKED, reason, actor, at)
        done.basis, done.result = basis, {"stop": stop.pk, "state": StopState.ASKED.value}
    return _view(stop, at, receipt=str(done.receipt.pk) if done.receipt else "")


def confirm(number: int, *, reason: str = "", actor: Actor, at: dt.datetime) -> StopView:
    """Confirm what is asked for, the stop or its lifting, as the second person; it holds from now on. Raises ``Missing``, ``UnusableCall``, ``Refused``."""
    return _step(number, _CONFIRM, Action.CONFIRM_STOP, mask(reason.strip()), actor, at)


def refuse(number: int, *, reason: str, actor: Actor, at: dt.datetime) -> StopView:
    """Refuse what is asked for, the stop or its lifting; who asked may take it back. Raises ``Missing``, ``UnusableCall`` or ``Refused``."""
    reason = _told(reason, words.NO_REASON)
    asked = [step for _, step in steps_of(_held(number)) if step.kind in (StepKind.ASKED, StepKind.LIFT_ASKED)]
    action = Action.ASK_STOP if asked[-1].by.name == actor.name else Action.CONFIRM_STOP
    return _step(number, _REFUSE, action, reason, actor, at)


def lift(number: int, *, reason: str, actor: Actor, at: dt.datetime) -> StopView:
    """Ask that a stop in force be lifted; it hides until a second person confirms. Raises ``Missing``, ``UnusableCall`` or ``Refused``."""
    return _step(number, _LIFT, Action.ASK_STOP, _told(reason, words.NO_REASON), actor, at)


def list_stops(*, actor: Actor, at: dt.datetime, limit: int = 200) -> tuple[StopView, ...]:
    """Return the newest stops that the actor may see: all, or those of their own agencies' records."""
    with deed(actor, Action.VIEW_STOPS, Target(), about="stops", asked={}, at=at) as done:
        found = tuple(_view(stop, at) for stop in stops_of(_own(actor), limit=limit))
        done.result = {"stops": [one.number for one in found]}
    return found


def shown_stop(one: StopView) -> dict[str, Any]:
    """Return a stop as plain data, for ``--json``."""
    steps = [
        {"step": step.kind.value, "by": step.by, "at": step.at.isoformat(), "reason": step.reason} for step in one.steps
    ]
    return {
        "stop": one.number, "scope": one.scope.value, "target": one.target, "name": one.name, "ground": one.ground.value,
        "wording": {"zh": one.ground.wording.zh, "en": one.ground.wording.en}, "reason": one.reason, "basis": one.basis,
        "state": one.state.value, "due": one.due.isoformat() if one.due else None, "steps": steps, "receipt": one.receipt,
    }  # fmt: skip


def _step(
    number: int, kinds: Mapping[StopState, StepKind], action: Action, reason: str, actor: Actor, at: dt.datetime
) -> StopView:
    stop = _held(number)
    target_of, about = _reach(stop.agency), f"stop {number} of {stop.scope} {stop.target}".strip()
    ensure_allowed(actor, action, target_of, about=about, at=at)
    steps = _steps(stop)
    kind = kinds.get(stop_state(steps, at))
    if kind is not None and needs_another(steps, kind, _person(actor, at)):
        raise refused(actor, action, words.ONE_PERSON, reasons=(words.ONE_PERSON.why,), about=about, at=at)
    with deed(actor, action, target_of, about=about, asked={"stop": number, "reason": reason}, at=at) as done:
        Stop.objects.select_for_update().get(pk=number)
        state = stop_state(_steps(_held(number)), at)
        if (kind := kinds.get(state)) is None:
            raise UnusableCall(words.not_now(state), stop=number, state=state.value)
        _keep(stop, kind, reason, actor, at)
        done.basis = stop.basis
        done.facts = {"scope": stop.scope, "target": stop.target, "ground": stop.ground}
        done.result = {"stop": number, "step": kind.value, "state": stop_state(_steps(_held(number)), at).value}
    return _view(_held(number), at, receipt=str(done.receipt.pk) if done.receipt else "")


def _keep(stop: Stop, kind: StepKind, reason: str, actor: Actor, at: dt.datetime) -> None:
    covers_for = sorted(_person(actor, at).covers_for)
    StopStep.objects.create(
        stop=stop, kind=kind.value, at=at, by=user_named(actor.name), covers_for=covers_for, reason=reason
    )


def _person(actor: Actor, at: dt.datetime) -> Person:
    """Return who acts, with every colleague for whom they may stand in at the moment, in whosever name they act."""
    on = at.date()
    covers = Cover.objects.filter(deputy__username=actor.name, valid_from__lte=on, valid_until__gt=on)
    principals = {actor.on_behalf_of, *covers.values_list("principal__username", flat=True)}
    return Person(actor.name, frozenset(principals - {""}))


def offered(one: StopView, *, actor: Actor) -> frozenset[str]:
    """Return what a door may offer the actor to do with a stop: ``confirm``, ``refuse``, ``lift``; the deed itself asks again."""
    may = {
        action for action in (Action.ASK_STOP, Action.CONFIRM_STOP) if decide(actor, action, _reach(one.agency)).allowed
    }
    if one.state is StopState.IN_FORCE:
        return frozenset({"lift"} if Action.ASK_STOP in may else ())
    if one.due is None:
        return frozenset()
    own = one.steps[-1].by == actor.name
    acts = set() if own else {"confirm"}
    return frozenset(acts | {"refuse"}) if (Action.ASK_STOP if own else Action.CONFIRM_STOP) in may else frozenset()


def _steps(stop: Stop) -> list[Step]:
    return [step for _, step in steps_of(stop)]


def _held(number: int) -> Stop:
    stop = Stop.objects.filter(pk=number).prefetch_related("steps__by").first()
    if stop is None:
        raise Missing(words.NO_STOP, stop=number)
    return stop


def _meant(scope: Scope, target: str, on: dt.date) -> tuple[str, str]:
    """Return how the ledger names what is meant, and of which agency's records it is, where it is of one's."""
    if scope is Scope.RECORD:
        return _record(target, on)
    if scope is Scope.AGENCY:
        return agency_named(target).uscc, target
    if scope is Scope.ITEM and target not in item_names():
        raise UnusableCall(unknown_item(target))
    if (scope is Scope.PORTAL) == bool(target):
        raise UnusableCall(words.NO_TARGET)
    return mask(target)[:120], ""


def _record(name: str, on: dt.date) -> tuple[str, str]:
    code, _, key = name.partition("/")
    subject = subject_or_missing(code)
    for record in standing_records(subject.pk, as_of=on):
        if record.record_key == key.strip().lower():
            return record_target(subject.pk, record.record_key), record.source_agency
    raise Missing(words.NO_RECORD)


def _reach(agency: str) -> Target:
    held = Agency.objects.filter(uscc=agency).first() if agency else None
    return Target(agency=agency, region=held.region_code if held else "")


def _ensure_new(scope: Scope, target: str, at: dt.datetime) -> None:
    over = (StopState.REFUSED, StopState.LAPSED, StopState.LIFTED)
    for stop in Stop.objects.filter(scope=scope.value, target=target).prefetch_related("steps__by"):
        if stop_state(_steps(stop), at) not in over:
            raise UnusableCall(words.already(stop.pk), stop=stop.pk)


def _own(actor: Actor) -> list[str] | None:
    """Return of which agencies an actor sees stops: of all, where a role that sees them is held for the province."""
    far = reach(actor, Action.VIEW_STOPS)
    return None if far.everything else sorted(far.agencies)


def _view(stop: Stop, at: dt.datetime, *, receipt: str = "") -> StopView:
    held = steps_of(stop)
    state = stop_state([step for _, step in held], at)
    open_ = state in (StopState.ASKED, StopState.LIFT_ASKED)
    target, name = _shown(stop)
    return StopView(
        stop.pk, Scope(stop.scope), target, name, stop.agency, Ground(stop.ground), stop.reason, stop.basis, state,
        held[-1][1].at + WITHIN if open_ else None,
        tuple(StepView(step.kind, step.by.name, step.at, kept.reason) for kept, step in held), receipt,
    )  # fmt: skip


def _shown(stop: Stop) -> tuple[str, str]:
    """Return the target as a person names it, and the name of its subject or agency."""
    if stop.scope == Scope.RECORD:
        number, _, key = stop.target.partition("/")
        subject = Subject.objects.get(pk=int(number))
        return f"{subject.uscc}/{key}", subject.name
    if stop.scope == Scope.AGENCY:
        named = Agency.objects.get(uscc=stop.target).names.filter(valid_until=None).first()
        return stop.target, named.name if named else ""
    return stop.target, ""


def _told(text: str, otherwise: Any) -> str:
    if not text.strip():
        raise UnusableCall(otherwise)
    return mask(text.strip())  # it is kept, and read by others
