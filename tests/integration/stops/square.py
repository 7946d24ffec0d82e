"""An office with two people more, and one subject about whom two agencies said something adverse and something favourable."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.test import Client

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.ledger.stops import Ground, Scope

from ..office import Office
from ..sheets import TODAY, csv_bytes

PERMIT = "administrative-permit"
NOON = Office.at(TODAY)
HOUR = dt.timedelta(hours=1)


@dataclass
class Square:
    """The public square: what anyone sees of the subject, at every door."""

    office: Office
    operator: Actor
    deputy: Actor
    guard: Actor  # the security administrator
    manager: Actor  # of the agency
    code: str
    name: str
    former: str
    keys: dict[str, str]  # records by decision number
    sources: dict[str, tuple[str, str]]  # item and agency by decision number
    subject: int

    def ask(
        self, scope: Scope, target: str = "", *, by: Actor | None = None, at: dt.datetime = NOON, **how: Any
    ) -> Any:
        """Ask for a stop."""
        from xinheng.usecases.stops import ask

        told = {"ground": Ground.VERIFYING, "reason": "当事人反映张冠李戴", "basis": "行政处罚法第四十八条"} | how
        return ask(scope, target, actor=by or self.deputy, at=at, on=TODAY, **told)

    def stop(self, scope: Scope, target: str = "") -> int:
        """Stop something, by two people, and return its number."""
        from xinheng.usecases.stops import confirm

        number: int = self.ask(scope, target).number
        confirm(number, actor=self.operator, at=NOON)
        return number

    def lift(self, number: int) -> None:
        """Lift a stop, by two people."""
        from xinheng.usecases.stops import confirm, lift

        lift(number, reason="已核实", actor=self.operator, at=NOON)
        confirm(number, actor=self.deputy, at=NOON)

    def counted(self) -> int:
        """How many records the search says that the subject has."""
        from xinheng.usecases.portal import search

        [hit] = search(self.code, page=1, on=TODAY, at=NOON).hits
        return hit.records

    def page(self, path: str = "") -> Any:
        """The answer to a public address below the subject's."""
        return Client().get(f"/subjects/{self.code}/{path}", {"lang": "zh"})

    def shown(self) -> set[str]:
        """The decision numbers that anyone sees, which must be the same at every door."""
        from xinheng.usecases.portal import view_subject

        entries = {entry.decision_number for entry in view_subject(self.code, on=TODAY, at=NOON).entries}
        page = self.page().content.decode()
        assert entries == {number for number in self.keys if number in page}
        answers = {number: self.page(f"records/{key}/").status_code for number, key in self.keys.items()}
        assert answers == {number: 200 if number in entries else 404 for number in self.keys}
        assert self.counted() == len(entries)
        return entries


def made_square(office: Office) -> Square:
    """Hand in two penalties (one of each agency) and a permit about one subject."""
    from xinheng.store.models import Agency, RoleAssignment, Subject, SubjectName, User
    from xinheng.usecases.agencies import grant_item

    province, early = office.province, dt.date(2026, 1, 1)
    grant_item(province.agency, PERMIT, actor=office.operator, at=office.at(early), on=early)
    mine, other = province.penalty(0), province.penalty(1)
    theirs = {**other, **{part: mine[part] for part in ("CF_XDR_MC", "CF_XDR_SHXYM", "CF_XDR_LB")}}
    office.hand_in(mine)
    office.hand_in({**theirs, "CF_SJLYDM": province.other_agency}, agency=province.other_agency)
    permit = {
        "XK_XDR_MC": mine["CF_XDR_MC"], "XK_XDR_LB": mine["CF_XDR_LB"], "XK_XDR_SHXYM": mine["CF_XDR_SHXYM"], "XK_XKWS": "准予行政许可决定书",
        "XK_WSH": "样许〔2026〕1号", "XK_XKLB": "普通", "XK_NR": "准予排放废水", "XK_JDRQ": (TODAY - dt.timedelta(days=3)).isoformat(),
        "XK_YXQZ": TODAY.isoformat(), "XK_YXQZI": "2031-04-30", "XK_XKJG": "样例局", "XK_XKJGDM": province.agency, "XK_ZT": "1",
        "XK_LYDW": "样例局", "XK_LYDWDM": province.agency,
    }  # fmt: skip
    office.submit(csv_bytes([permit], list(permit)), item=PERMIT)
    subject = Subject.objects.get(uscc=mine["CF_XDR_SHXYM"])
    SubjectName.objects.create(
        subject=subject, name="虚构旧名号商行", key="虚构旧名号商行", current=False, searchable=True
    )
    people = {
        "deputy": Assignment(Role.CENTRE_OPERATOR), "guard": Assignment(Role.SECURITY_ADMINISTRATOR),
        "manager": Assignment(Role.DEPARTMENT_MANAGER, agency=province.agency),
    }  # fmt: skip
    for name, held in people.items():
        user = User.objects.create(username=name)
        RoleAssignment.objects.create(
            user=user, role=held.role.value, valid_from=early, agency=Agency.objects.filter(uscc=held.agency).first()
        )
    records = office.records(subject.uscc)
    return Square(
        office, office.operator, *(Actor(name, (held,)) for name, held in people.items()), subject.uscc, subject.name, "虚构旧名号商行",
        {record.decision_number: record.record_key for record in records},
        {record.decision_number: (record.item, record.source_agency) for record in records}, subject.pk,
    )  # fmt: skip
