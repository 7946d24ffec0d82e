"""The deeds of judging and of writing down what happened to subjects, for the test of every deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xinheng.core.access import Action, Actor
from xinheng.core.standards import uscc
from xinheng.core.subjects.change import ChangeKind
from xinheng.core.subjects.judgement import Verdict

from ..office import Office
from ..sheets import TODAY

AT = Office.at(TODAY)
UNKNOWN = uscc.complete("91320100MA9NEWXX0")


def with_a_waiting_row(office: Office) -> Office:
    """Hand in a row whose subject nobody knows, and judge that it is not one of the subjects."""
    from xinheng.usecases.judgements.judging import judge

    office.hand_in(office.province.penalty(7, CF_XDR_SHXYM=UNKNOWN))
    other = office.province.penalty(8)["CF_XDR_SHXYM"]
    judge(_row(), other, Verdict.DIFFERENT, reason="地址不符", actor=office.operator, at=AT, on=TODAY)
    return office


def _row() -> int:
    from xinheng.store.models import WaitingRow

    return WaitingRow.objects.latest("id").pk


def _waiting(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.judgements.viewing import view_case

    return view_case(_row(), actor=actor, at=AT, on=TODAY)


def _judge(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.judgements.judging import judge

    code = office.province.penalty(7)["CF_XDR_SHXYM"]
    return judge(_row(), code, Verdict.SAME, reason="决定书所载住所与登记一致", actor=actor, at=AT, on=TODAY)


def _reverse(office: Office, actor: Actor) -> Any:
    from xinheng.store.models import Judgement
    from xinheng.usecases.judgements.reversing import reverse

    return reverse(Judgement.objects.latest("id").pk, reason="住所核对有误", actor=actor, at=AT, on=TODAY)


def _changed(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.subjects.changes import record_change

    code, after = (office.province.penalty(number)["CF_XDR_SHXYM"] for number in (7, 8))
    return record_change(
        code, ChangeKind.ABSORBED, successor=after, on=TODAY, document="准予变更登记通知书", actor=actor, at=AT
    )


def _branch(office: Office, actor: Actor) -> Any:
    from xinheng.usecases.subjects.changes import set_branch

    code, parent = (office.province.penalty(number)["CF_XDR_SHXYM"] for number in (7, 8))
    return set_branch(code, parent, document="分支机构营业执照", actor=actor, at=AT)


JUDGEMENT_DEEDS: dict[Callable[[Office, Actor], Any], Action] = {
    _waiting: Action.VIEW_ISSUES,
    _judge: Action.JUDGE,
    _reverse: Action.JUDGE,
    _changed: Action.CHANGE_SUBJECT,
    _branch: Action.CHANGE_SUBJECT,
}
