"""Mergers, splits, deregistrations and branches: the file points to who stands around the subject, and no record moves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xinheng.core.subjects.change import ChangeKind

from ..office import Office
from ..sheets import TODAY

DAY = TODAY - dt.timedelta(days=30)
NOTICE = "准予变更登记通知书（样例）第1号"


def _codes(office: Office) -> tuple[str, str]:
    return office.province.penalties[0]["CF_XDR_SHXYM"], office.province.penalties[1]["CF_XDR_SHXYM"]


def _change(office: Office, code: str, kind: ChangeKind, successor: str = "", **more: Any) -> int:
    from xinheng.usecases.subjects.changes import record_change

    asked = {"on": DAY, "document": NOTICE, "actor": office.operator, "at": office.at(TODAY), **more}
    return record_change(code, kind, successor=successor, **asked)


@pytest.mark.parametrize("kind", [kind for kind in ChangeKind if kind.has_successor])
def test_a_successor_inherits_no_record(office: Office, kind: ChangeKind) -> None:
    code, after = _codes(office)
    office.hand_in(office.province.penalty())
    _change(office, code, kind, after)
    assert len(office.records(code)) == 1
    assert office.records(after) == []
    ((mine,), (theirs,)) = office.file(code).around.changes, office.file(after).around.changes
    assert (mine.kind, mine.other[0], mine.is_successor, mine.inherits_by) == (kind, after, False, "")
    assert (theirs.kind, theirs.other[0], theirs.is_successor) == (kind, code, True)


def test_a_decision_may_say_that_the_successor_inherits_and_the_file_names_it(office: Office) -> None:
    code, after = _codes(office)
    _change(office, code, ChangeKind.ABSORBED, after, inherits_by="样例市行政决定〔2026〕1号")
    assert office.file(after).around.changes[0].inherits_by == "样例市行政决定〔2026〕1号"


def test_a_branch_keeps_its_records_and_points_to_its_parent(office: Office) -> None:
    from xinheng.usecases.subjects.changes import set_branch

    branch, parent = _codes(office)
    office.hand_in(office.province.penalty())
    set_branch(branch, parent, document="分支机构营业执照", actor=office.operator, at=office.at(TODAY))
    assert office.file(branch).around.parent[0] == parent
    assert [code for code, _ in office.file(parent).around.branches] == [branch]
    assert len(office.records(branch)) == 1
    assert office.records(parent) == []


def test_deregistration_has_no_successor_and_a_merger_has_one(office: Office) -> None:
    from xinheng.core.errors import UnusableCall

    code, after = _codes(office)
    for kind, successor in ((ChangeKind.DEREGISTERED, after), (ChangeKind.ABSORBED, ""), (ChangeKind.SPLIT, code)):
        with pytest.raises(UnusableCall):
            _change(office, code, kind, successor)
    with pytest.raises(UnusableCall):
        _change(office, code, ChangeKind.DEREGISTERED, on=TODAY + dt.timedelta(days=1))
    _change(office, code, ChangeKind.DEREGISTERED)
    with pytest.raises(UnusableCall):
        _change(office, code, ChangeKind.DEREGISTERED)


def test_what_was_written_down_wrongly_is_ended_and_kept(office: Office) -> None:
    from xinheng.store.models import SubjectChange
    from xinheng.usecases.subjects.changes import end_change

    code, after = _codes(office)
    number = _change(office, code, ChangeKind.MERGED, after)
    end_change(number, reason="认错主体", actor=office.operator, at=office.at(TODAY))
    assert not office.file(code).around
    assert SubjectChange.objects.get(pk=number).ended_reason == "认错主体"
