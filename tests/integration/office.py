"""An office: the use cases called as a door would call them, on days that a test chooses."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

from xinheng.core.access import Actor

from .sheets import PENALTY, REGISTRATION, TODAY, Province, Row, csv_bytes, penalty_sheet

CHINA = ZoneInfo("Asia/Shanghai")


class Office:
    """The operator of the centre, with a small province loaded."""

    def __init__(self, province: Province) -> None:
        from xinheng.usecases.agencies import load_agencies
        from xinheng.usecases.users import actor_named, ensure_first_operator

        ensure_first_operator(on=dt.date(2026, 1, 1))
        self.province = province
        self.operator: Actor = actor_named("operator", on=TODAY)
        early = dt.date(2026, 1, 1)
        agencies = [row for row in province.agencies if row["uscc"] in (province.agency, province.other_agency)]
        load_agencies(agencies, items=(PENALTY, REGISTRATION), actor=self.operator, at=self.at(early), on=early)
        self.load_register(province.register_sheet(), on=early)

    @staticmethod
    def at(day: dt.date) -> dt.datetime:
        """Noon of a day."""
        return dt.datetime.combine(day, dt.time(12), CHINA)

    def load_register(self, content: bytes, *, on: dt.date = TODAY) -> Any:
        """Seed the register."""
        from xinheng.usecases.subjects.load import load_register

        return load_register(
            io.BytesIO(content), name="register.csv", size=len(content), as_of=on, actor=self.operator, at=self.at(on)
        )

    def submit(
        self,
        content: bytes,
        *,
        item: str = PENALTY,
        agency: str = "",
        on: dt.date = TODAY,
        name: str = "file.csv",
        full: bool = False,
    ) -> Any:
        """Hand a file in and return the outcome."""
        from xinheng.usecases.intake.submit import submit

        call = self.call(content, item=item, agency=agency, on=on, name=name, full=full)
        return submit(call, actor=self.operator, at=self.at(on))

    def call(
        self,
        content: bytes,
        *,
        item: str = PENALTY,
        agency: str = "",
        on: dt.date = TODAY,
        name: str = "file.csv",
        full: bool = False,
    ) -> Any:
        """Return the call of a file."""
        from xinheng.usecases.intake.submit import Call

        return Call(
            item=item,
            agency=agency or self.province.agency,
            file_name=name,
            content=io.BytesIO(content),
            size=len(content),
            received_on=on,
            full=full,
        )

    def hand_in(self, *rows: Row, agency: str = "", on: dt.date = TODAY, full: bool = False) -> Any:
        """Hand penalty rows in; as the agency's whole state where they are its ``full`` file."""
        return self.submit(penalty_sheet(*rows), agency=agency, on=on, full=full)

    def register(self, *rows: Row, on: dt.date = TODAY) -> Any:
        """Hand registrations in, by the use case of any other item."""
        header = list(dict.fromkeys(code for row in rows for code in row))
        return self.submit(csv_bytes(rows, header), item=REGISTRATION, on=on)

    def file(self, code: str, *, as_of: dt.date = TODAY, today: dt.date = TODAY, actor: Actor | None = None) -> Any:
        """Return a subject's file."""
        from xinheng.usecases.ledger.file import view_file

        return view_file(code, as_of=as_of, today=today, actor=actor or self.operator, at=self.at(today))

    def records(self, code: str, *, as_of: dt.date = TODAY, today: dt.date = TODAY) -> list[Any]:
        """Return the records in a subject's file."""
        return [entry.record for entry in self.file(code, as_of=as_of, today=today).entries]

    def withdraw(
        self, code: str, number: str, *, agency: str = "", on: dt.date = TODAY, reason: str = "决定已撤销"
    ) -> int:
        """Withdraw a decision: the operator asks, a second one approves; returns the number of the request."""
        from xinheng.usecases.corrections.asking import ask_withdrawal_of_decision

        asked = ask_withdrawal_of_decision(
            code,
            number,
            agency=agency or self.province.agency,
            reason=reason,
            actor=self.operator,
            at=self.at(on),
            on=on,
        )
        self.approve(asked, on=on)
        return asked

    def approve(self, number: int, *, on: dt.date = TODAY) -> None:
        """Approve a withdrawal or a correction as a second operator of the centre."""
        from xinheng.usecases.corrections.deciding import approve

        approve(number, actor=self.second, at=self.at(on), on=on)

    @property
    def second(self) -> Actor:
        """A second operator of the centre, made when one is needed."""
        from xinheng.store.models import RoleAssignment, User
        from xinheng.usecases.users import actor_named

        user, made = User.objects.get_or_create(username="second-operator", defaults={"password": "!"})
        if made:
            RoleAssignment.objects.create(user=user, role="centre-operator", valid_from=dt.date(2026, 1, 1))
        return actor_named(user.username, on=TODAY)

    def issues(self, outcome: Any) -> list[Any]:
        """Return the issues of a submission."""
        from xinheng.usecases.intake.views import view_issues

        return list(view_issues(outcome.submission, actor=self.operator, at=self.at(TODAY)))


def with_a_question(office: Office) -> Office:
    """Hand in a record, and write down, as quickly as can be, that it was seen again and that something is asked about it."""
    from xinheng.store.appending import keep_sightings
    from xinheng.store.models import Question

    outcome = office.hand_in(office.province.penalty())
    (record,) = office.records(office.province.penalty()["CF_XDR_SHXYM"])
    seen = (record.subject_id, record.record_key, record.revision, 2)
    keep_sightings([seen], submission=outcome.submission, agency=office.province.agency)
    Question.objects.create(
        kind="vanished", submission_id=outcome.submission, subject_id=record.subject_id, record_key=record.record_key,
        asked_at=office.at(TODAY), untold=0,
    )  # fmt: skip
    return office


def fates(outcome: Any) -> Counter[str]:
    """Return the counts of an outcome that are not nothing, by name."""
    names = ("accepted", "unchanged", "corrected", "rejected", "waiting")
    assert outcome.counts.received == sum(getattr(outcome.counts, name) for name in names)
    return Counter({name: getattr(outcome.counts, name) for name in names if getattr(outcome.counts, name)})


def ledger_rows() -> int:
    """How many revisions the ledger holds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record")
        return int(cursor.fetchone()[0])
