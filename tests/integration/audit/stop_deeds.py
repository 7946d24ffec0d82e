"""The deeds of emergency stops, and a stop that another person asked for, for the test of every deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xinheng.core.access import Action, Actor

from ..office import Office
from ..sheets import PENALTY, TODAY

AT = Office.at(TODAY)


def with_a_stop(office: Office) -> Office:
    """Write down, as quickly as can be, that somebody asked to stop the portal."""
    from xinheng.store.models import Stop, StopStep, User

    stop = Stop.objects.create(scope="portal", ground="security", reason="演练", basis="应急预案")
    StopStep.objects.create(stop=stop, kind="asked", at=AT, by=User.objects.create(username="deputy"))
    return office


def _stops(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.stops import list_stops

    return list_stops(actor=actor, at=AT)


def _stop(office: Office, actor: Actor) -> Any:
    from xinheng.core.ledger.stops import Ground, Scope
    from xinheng.usecases.stops import ask

    return ask(
        Scope.ITEM, PENALTY, ground=Ground.VERIFYING, reason="正在核实", basis="行政处罚法第四十八条", actor=actor, at=AT, on=TODAY
    )  # fmt: skip


def _confirm_stop(office: Office, actor: Actor) -> Any:
    from xinheng.store.models import Stop
    from xinheng.usecases.stops import confirm

    return confirm(Stop.objects.latest("id").pk, actor=actor, at=AT)


DEEDS: dict[Callable[[Office, Actor], Any], Action] = {
    _stops: Action.VIEW_STOPS,
    _stop: Action.ASK_STOP,
    _confirm_stop: Action.CONFIRM_STOP,
}
