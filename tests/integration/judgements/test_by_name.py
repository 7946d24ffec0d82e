"""The table of names that attach, against the register in the database and in memory; and a name that a person judged attaches no more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest
from tests.spec.rules.desk import Entry, PaperRegister
from tests.spec.rules.test_rule_by_name import CASES, DAY, NAME, REGISTER

from xinheng.core.ledger.visibility import State
from xinheng.core.standards.names import name_key
from xinheng.core.subjects.subject import SubjectKind, kind_of

from ..office import Office
from ..sheets import TODAY

HONOURS = "honours"
SOUGHT = [(cells[NAME] or "", dt.date.fromisoformat(cells.get(DAY) or "2024-04-30")) for cells, _, _ in CASES]


def _entered(entry: Entry) -> int:
    """Write a subject of the table into the register as registrations and renames leave it."""
    from xinheng.store.models import Subject, SubjectName

    kind = kind_of(entry.uscc)
    made = Subject.objects.create(
        uscc=entry.uscc, kind=kind.value, name=entry.name, established_on=entry.since, registered_on=dt.date(2026, 1, 1)
    )
    names = [
        (entry.name, None, True),
        *((name, None, False) for name in entry.former),
        *((name, end, False) for name, end in entry.dated),
    ]
    for name, until, current in names:
        SubjectName.objects.create(
            subject=made, name=name, key=name_key(name), valid_until=until, current=current, searchable=kind is not SubjectKind.INDIVIDUAL_BUSINESS
        )  # fmt: skip
    return int(made.pk)


@pytest.mark.parametrize("how", ["live", "in memory"])
def test_single_and_batch_attach_the_same_names(db: None, how: str) -> None:
    from xinheng.store.register import LiveRegister, RegisterSnapshot

    numbers = [_entered(entry) for entry in REGISTER]
    register = LiveRegister() if how == "live" else RegisterSnapshot((), named=True)
    keys, days = pa.array([name_key(name) for name, _ in SOUGHT]), pa.array([day for _, day in SOUGHT])
    found, paper = register.find_names(keys, days), PaperRegister(REGISTER).find_names(keys, days)
    assert found.subject.to_pylist() == [None if who is None else numbers[who] for who in paper.subject.to_pylist()]
    assert found.uscc.to_pylist() == paper.uscc.to_pylist()
    assert 5 < len(keys) - found.subject.null_count < len(keys)


def test_a_register_in_memory_without_names_finds_nobody(db: None) -> None:
    from xinheng.store.register import RegisterSnapshot

    found = RegisterSnapshot(()).find_names(pa.array(["样例大学"]), pa.array([TODAY]))
    assert found.subject.to_pylist() == [None]


def _honour(office: Office, name: str, *, number: str = "宁样荣〔2026〕1号") -> Any:
    """Hand in an honour without any code."""
    from tests.spec.rules.good_rows import desk_of

    from xinheng.usecases.agencies import grant_item

    from ..sheets import csv_bytes

    early, agency = dt.date(2026, 1, 1), office.province.agency
    grant_item(agency, HONOURS, actor=office.operator, at=office.at(early), on=early)
    row = {key: value or "" for key, value in desk_of(HONOURS).good.items()}
    row |= {"RY_MC": name, "RY_SHXYM": "", "RY_ZZJG": "", "RY_GSZC": "", "RY_WH": number, "RY_RQ": "2026-02-20"}
    return office.submit(csv_bytes([row], list(row)), item=HONOURS, name=f"{number}.csv")


def test_a_record_that_its_name_attached_can_be_judged_away_and_back(office: Office) -> None:
    from xinheng.core.errors import UnusableCall
    from xinheng.store.models import WaitingRow
    from xinheng.usecases.judgements.detaching import detach
    from xinheng.usecases.judgements.reversing import reverse

    code, name = office.province.penalties[0]["CF_XDR_SHXYM"], office.province.penalties[0]["CF_XDR_MC"]
    outcome = _honour(office, name)
    assert (outcome.counts.accepted, outcome.counts.issues["W03"]) == (1, 1)
    (record,) = office.records(code)
    said = {"reason": "颁奖单位来函说明系同名单位", "actor": office.operator, "at": office.at(TODAY), "on": TODAY}
    judgement, _ = detach(code, record.record_key, **said)
    assert office.records(code) == []
    row = WaitingRow.objects.get()
    assert (row.ended, row.fields["RY_MC"], row.fields["RY_RQ"]) == (None, name, "2026-02-20")
    again = _honour(office, name, number="宁样荣〔2026〕2号")
    assert again.counts.rejected == 1  # the same name attaches nothing more by itself
    reverse(judgement.pk, reason="颁奖单位更正了来函", actor=office.operator, at=office.at(TODAY), on=TODAY)
    assert [one.record_key for one in office.records(code)] == [record.record_key]
    row.refresh_from_db()
    assert row.ended == "by-name"
    office.hand_in(office.province.penalty())
    penalty = next(one for one in office.records(code) if one.item != HONOURS)
    with pytest.raises(UnusableCall):
        detach(code, penalty.record_key, **said)  # a code attached it: its agency withdraws it
    assert State.DETACHED.label.zh == "已判定不属于本主体"


def test_a_new_name_attaches_nothing_that_was_decided_before_the_subject_bore_it(office: Office) -> None:
    from xinheng.store.register import LiveRegister

    code, old = office.province.penalties[0]["CF_XDR_SHXYM"], office.province.penalties[0]["CF_XDR_MC"]
    new, renamed = "样例更名后实业有限公司", dt.date(2026, 2, 1)
    office.register(
        {"FR_MC": new, "FR_SHXYM": code, "FR_ZT": "存续", "FR_CLRQ": "2001-02-03", "FR_ZS": "样例路1号"}, on=renamed
    )
    before, after = renamed - dt.timedelta(days=1), renamed
    asked = [(old, before), (old, after), (new, before), (new, after)]
    keys, days = pa.array([name_key(name) for name, _ in asked]), pa.array([day for _, day in asked])
    assert LiveRegister().find_names(keys, days).uscc.to_pylist() == [code, None, None, code]
