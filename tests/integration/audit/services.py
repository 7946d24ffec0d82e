"""What is done with service accounts."""

from __future__ import annotations

from typing import Any

from xinheng.core.access import Action, Actor

from ..office import Office
from ..sheets import TODAY

AT = Office.at(TODAY)


def with_a_service(office: Office) -> Office:
    """Make a service account that can be rotated and ended."""
    from xinheng.usecases.services.accounts import Wanted, add_service

    wanted = Wanted(name="their-system", agency=office.province.agency)
    add_service(wanted, actor=office.operator, at=AT, on=TODAY)
    return office


def _add_service(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.services.accounts import Wanted, add_service

    wanted = Wanted(name="a-system", agency=office.province.agency)
    return add_service(wanted, actor=actor, at=AT, on=TODAY)


def _rotate_service(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.services.accounts import rotate_secret

    return rotate_secret("their-system", overlap_days=7, actor=actor, at=AT)


def _end_service(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.services.accounts import end_service

    return end_service("their-system", actor=actor, at=AT)


def _services(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.services.accounts import list_services

    return list_services(actor=actor, at=AT)


SERVICE_DEEDS = dict.fromkeys((_add_service, _rotate_service, _end_service, _services), Action.MANAGE_SERVICES)
