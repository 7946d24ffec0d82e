"""The deeds about natural persons' data, for the test of every deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xinheng.core.access import Action, Actor, Assignment, Role
from xinheng.core.sample.codes import identity_number

from ..office import Office
from ..persons.people import person
from ..sheets import TODAY

AT = Office.at(TODAY)


def _look(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.persons.viewing import view_person

    _ = not actor.assignments or office.hand_in(person(office.province, 1))
    return view_person("身份证", identity_number(1), matter="own-request", actor=actor, at=AT, on=TODAY)


def _keys(_: Office, actor: Actor) -> Any:
    from xinheng.usecases.persons.keys import list_keys

    keeper = Actor(actor.name, (Assignment(Role.SECURITY_ADMINISTRATOR),))
    return list_keys(actor=actor if not actor.assignments else keeper, at=AT)


def _retention(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.persons.retention import run_retention

    return run_retention(actor=actor, at=AT, on=TODAY, today=TODAY)


PERSON_DEEDS: dict[Callable[[Office, Actor], Any], Action] = {
    _look: Action.VIEW_PERSON,
    _keys: Action.MANAGE_KEYS,
    _retention: Action.RUN_RETENTION,
}
