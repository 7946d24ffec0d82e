"""The deeds of withdrawals and corrections, and a request that another person made, for the test of every deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xinheng.core.access import Action, Actor

from ..office import Office
from ..sheets import TODAY

AT = Office.at(TODAY)


def with_a_request(office: Office) -> Office:
    """Hand in two more records; somebody else asked that one be withdrawn."""
    from xinheng.store.models import Correction, Subject, User

    office.hand_in(office.province.penalty(10), office.province.penalty(11))
    code = office.province.penalty(10)["CF_XDR_SHXYM"]
    record = next(one for one in office.records(code) if one.decision_number == office.province.penalty(10)["CF_WSH"])
    Correction.objects.create(
        kind="withdraw", subject=Subject.objects.get(uscc=code), record_key=record.record_key, revision=record.revision, item=record.item,
        decision_number=record.decision_number, agency=record.source_agency, reason="决定已撤销", asked_at=AT,
        asked_by=User.objects.create(username="asker"),
    )  # fmt: skip
    return office


def _key(office: Office, row: dict[str, str]) -> str:
    from xinheng.store.models import Subject
    from xinheng.store.queries.records import standing_records

    subject = Subject.objects.get(uscc=row["CF_XDR_SHXYM"])
    held = standing_records(subject.pk, as_of=TODAY)
    return next(one.record_key for one in held if one.decision_number == row["CF_WSH"])


def _ask_withdrawal(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.corrections.asking import ask_withdrawal

    row = office.province.penalty(11)
    return ask_withdrawal(row["CF_XDR_SHXYM"], _key(office, row), reason="决定已撤销", actor=actor, at=AT, on=TODAY)


def _ask_correction(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.corrections.asking import ask_correction

    row = office.province.penalty(11, CF_SY="改正后的违法事实")
    return ask_correction(row["CF_XDR_SHXYM"], _key(office, row), row, reason="录入有误", actor=actor, at=AT, on=TODAY)


def _approve(office: Office, actor: Actor) -> Any:
    from xinheng.store.models import Correction
    from xinheng.usecases.corrections.deciding import approve

    return approve(Correction.objects.latest("id").pk, actor=actor, at=AT, on=TODAY)


def _refuse(office: Office, actor: Actor) -> Any:
    from xinheng.store.models import Correction
    from xinheng.usecases.corrections.deciding import refuse

    return refuse(Correction.objects.latest("id").pk, reason="理由不足", actor=actor, at=AT)


def _requests(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.corrections.listing import list_corrections

    return list_corrections(actor=actor, at=AT)


CORRECTION_DEEDS: dict[Callable[[Office, Actor], Any], Action] = {
    _ask_withdrawal: Action.WITHDRAW_RECORD,
    _ask_correction: Action.MEND_RECORD,
    _approve: Action.APPROVE_CORRECTION,
    _refuse: Action.APPROVE_CORRECTION,
    _requests: Action.VIEW_CORRECTIONS,
}
