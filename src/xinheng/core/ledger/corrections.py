"""Corrections (更正与撤回): a standing record is corrected or withdrawn by two people, one asks and another approves; who was shown the wrong one is told.

A correction is a further revision and an event that names what it corrects; nothing is overwritten. What must be quick is an emergency stop.

Basis: 行政处罚法 第四十八条 (within three days, with reasons); 个人信息保护法 第四十六条 for one-person businesses; design principles 5 and 6.
Tables: ``store.models.corrections``. Use cases: ``usecases.corrections``. Pages: ``/desk/withdrawals/``. Commands: ``xinheng withdraw``,
``xinheng corrections``.
"""

from __future__ import annotations

from enum import StrEnum

from xinheng.core.errors import Text


class CorrectionKind(StrEnum):
    """What is asked for."""

    WITHDRAW = "withdraw"
    MEND = "mend"

    @property
    def label(self) -> Text:
        """Return it in words."""
        return _KINDS[self]


class CorrectionState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    APPROVED = "approved"  # it has taken effect
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"

    @property
    def label(self) -> Text:
        """Return it in words."""
        return _STATES[self]


class ShownBy(StrEnum):
    """By which door somebody was shown a record."""

    FILE = "file"  # an official, at the desk or by a command
    SYSTEM = "system"  # a system of an agency, by the API
    QUESTION = "question"  # an official, as the record that a question is about
    SUBJECT = "subject"  # the subject itself, which is told in any case

    @property
    def label(self) -> Text:
        """Return it in words."""
        return _DOORS[self]


_KINDS = {
    CorrectionKind.WITHDRAW: Text("撤回", "withdrawal"),
    CorrectionKind.MEND: Text("更正", "correction"),
}
_STATES = {
    CorrectionState.ASKED: Text("待审批", "waits for approval"),
    CorrectionState.APPROVED: Text("已办理", "has taken effect"),
    CorrectionState.REFUSED: Text("未同意", "refused"),
    CorrectionState.TAKEN_BACK: Text("已收回", "taken back"),
}
_DOORS = {
    ShownBy.FILE: Text("查看信用档案", "looked at the file"),
    ShownBy.SYSTEM: Text("系统接口", "a system, by the API"),
    ShownBy.QUESTION: Text("办理待核实问题", "dealt with a question"),
    ShownBy.SUBJECT: Text("主体本人", "the subject itself"),
}
