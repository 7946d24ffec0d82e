"""The deeds by which people are let in and told something, for the test of every deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xinheng.core.access import Action, Actor, Assignment, Role

from ..office import Office
from ..sheets import TODAY

AT = Office.at(TODAY)


def _accept(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.me.grants import accept_representative

    code = office.province.penalty()["CF_XDR_SHXYM"]
    return accept_representative(code, "nobody", name="甲某", evidence="letter", actor=actor, at=AT, on=TODAY)


def _letter(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.sign_on.letters import issue_letter

    allowed = actor if not actor.assignments else Actor(actor.name, (Assignment(Role.SECURITY_ADMINISTRATOR),))
    return issue_letter("operator", actor=allowed, at=AT)


def _messages(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.notices.reading import own_box, view_messages

    return view_messages(own_box(actor), actor=actor, at=AT)


DOOR_DEEDS: dict[Callable[[Office, Actor], Any], Action] = {
    _accept: Action.ACCEPT_REPRESENTATIVE,
    _letter: Action.ISSUE_LETTER,
    _messages: Action.OWN_MESSAGES,
}
