"""A stop is asked for by one person and confirmed by another within a day; who may do what, and what is left in the log."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from xinheng.core.errors import Missing, Refused, UnusableCall
from xinheng.core.ledger.stops import Ground, Scope, StepKind, StopState

from ..sheets import PENALTY, TODAY
from .square import HOUR, NOON, Square


def test_nothing_is_hidden_before_a_second_person_confirms_and_nobody_is_their_own(square: Square) -> None:
    from xinheng.store.models import AuditEvent, StopStep
    from xinheng.usecases.stops import confirm

    asked = square.ask(Scope.ITEM, PENALTY, by=square.operator)
    assert (asked.state, asked.due) == (StopState.ASKED, NOON + 24 * HOUR)
    assert len(square.shown()) == 3
    with pytest.raises(Refused) as refused:
        confirm(asked.number, actor=square.operator, at=NOON + HOUR)
    assert "第二人" in refused.value.explanation.what.zh
    event = AuditEvent.objects.latest("id")
    assert (event.actor, event.action, event.allowed) == ("operator", "confirm-stop", False)
    assert StopStep.objects.count() == 1
    done = confirm(asked.number, actor=square.guard, at=NOON + HOUR)
    assert (done.state, done.due) == (StopState.IN_FORCE, None)
    assert len(square.shown()) == 1


def test_whoever_may_stand_in_for_the_asker_is_no_second_person_even_under_their_own_name(square: Square) -> None:
    from xinheng.store.models import Cover, User
    from xinheng.usecases.stops import confirm

    users = {name: User.objects.get(username=name) for name in (square.deputy.name, square.operator.name)}
    Cover.objects.create(
        principal=users[square.deputy.name], deputy=users[square.operator.name], valid_from=TODAY,
        valid_until=TODAY + dt.timedelta(days=1), reason="年休假",
    )  # fmt: skip
    number = square.ask(Scope.PORTAL).number
    with pytest.raises(Refused):
        confirm(number, actor=square.operator, at=NOON)
    confirm(number, actor=square.guard, at=NOON)


def test_a_request_lapses_after_a_day_and_may_be_asked_again(square: Square) -> None:
    from xinheng.usecases.stops import confirm, list_stops

    first = square.ask(Scope.ITEM, PENALTY)
    with pytest.raises(UnusableCall) as late:
        confirm(first.number, actor=square.operator, at=NOON + 24 * HOUR)
    assert "逾期" in late.value.explanation.why.zh
    again = square.ask(Scope.ITEM, PENALTY, at=NOON + 24 * HOUR)
    confirm(again.number, actor=square.operator, at=NOON + 47 * HOUR)
    states = [one.state for one in list_stops(actor=square.guard, at=NOON + 48 * HOUR)]
    assert states == [StopState.IN_FORCE, StopState.LAPSED]


def test_lifting_takes_two_people_as_well_and_a_request_for_it_lapses_without_lifting(square: Square) -> None:
    from xinheng.usecases.stops import confirm, lift

    number = square.stop(Scope.ITEM, PENALTY)
    asked = lift(number, reason="已核实", actor=square.operator, at=NOON)
    assert (asked.state, len(square.shown())) == (StopState.LIFT_ASKED, 1)
    with pytest.raises(Refused):
        confirm(number, actor=square.operator, at=NOON)
    with pytest.raises(UnusableCall):
        confirm(number, actor=square.deputy, at=NOON + 24 * HOUR)
    assert len(square.shown()) == 1
    lift(number, reason="已核实", actor=square.deputy, at=NOON + 25 * HOUR)
    assert confirm(number, actor=square.guard, at=NOON + 26 * HOUR).state is StopState.LIFTED
    assert len(square.shown()) == 3


def test_it_may_be_refused_with_a_reason_or_taken_back(square: Square) -> None:
    from xinheng.usecases.stops import lift, refuse

    first = square.ask(Scope.PORTAL)
    with pytest.raises(UnusableCall):
        refuse(first.number, reason=" ", actor=square.guard, at=NOON)
    assert refuse(first.number, reason="理由不足", actor=square.guard, at=NOON).state is StopState.REFUSED
    own = square.ask(Scope.RECORD, _mine(square), by=square.manager)
    assert refuse(own.number, reason="提错了", actor=square.manager, at=NOON).state is StopState.REFUSED
    number = square.stop(Scope.ITEM, PENALTY)
    lift(number, reason="已核实", actor=square.deputy, at=NOON)
    assert refuse(number, reason="尚未核实", actor=square.operator, at=NOON).state is StopState.IN_FORCE
    assert len(square.shown()) == 1


def test_a_department_asks_about_its_own_records_and_confirms_none(square: Square) -> None:
    from xinheng.usecases.stops import confirm, list_stops

    other = next(number for number, (_, by) in square.sources.items() if by == square.office.province.other_agency)
    theirs = f"{square.code}/{square.keys[other]}"
    for scope, target in (
        (Scope.RECORD, theirs), (Scope.AGENCY, square.office.province.other_agency), (Scope.ITEM, PENALTY), (Scope.CONSUMER, "bank"),
        (Scope.PORTAL, ""),
    ):  # fmt: skip
        with pytest.raises(Refused):
            square.ask(scope, target, by=square.manager)
    asked = square.ask(Scope.RECORD, _mine(square), by=square.manager)
    square.ask(Scope.RECORD, theirs)
    with pytest.raises(Refused):
        confirm(asked.number, actor=square.manager, at=NOON)
    with pytest.raises(Refused):
        square.ask(Scope.PORTAL, by=square.guard)  # who secures the system confirms, and asks for nothing
    assert [one.number for one in list_stops(actor=square.manager, at=NOON)] == [asked.number]
    assert len(list_stops(actor=square.operator, at=NOON)) == 2
    assert confirm(asked.number, actor=square.operator, at=NOON).state is StopState.IN_FORCE


def test_each_step_leaves_a_receipt_with_its_basis_and_no_identifier(square: Square) -> None:
    from xinheng.store.models import AuditEvent, Receipt, Stop

    person = "11010119900307" + "7758"
    number = square.ask(Scope.RECORD, _mine(square), reason=f"与 {person} 混淆").number
    assert person not in Stop.objects.get(pk=number).reason
    from xinheng.usecases.stops import confirm, lift

    confirm(number, actor=square.operator, at=NOON)
    lift(number, reason="已核实", actor=square.operator, at=NOON)
    done = confirm(number, actor=square.guard, at=NOON)
    receipts = list(Receipt.objects.filter(action__in=["ask-stop", "confirm-stop"]).order_by("pk"))
    assert len(receipts) == 4
    assert all(one.basis == "行政处罚法第四十八条" and one.result["stop"] == number for one in receipts)
    assert all(person not in str(one.asked) for one in receipts)
    last = Receipt.objects.get(pk=done.receipt)
    assert (last.actor, last.result["step"], last.result["state"]) == ("guard", "lifted", "lifted")
    assert AuditEvent.objects.filter(action__in=["ask-stop", "confirm-stop"], allowed=True).count() == 4
    assert [step.kind for step in done.steps] == [
        StepKind.ASKED,
        StepKind.CONFIRMED,
        StepKind.LIFT_ASKED,
        StepKind.LIFTED,
    ]


def test_what_cannot_be_meant_is_refused_with_words(square: Square) -> None:
    from xinheng.usecases.stops import confirm, lift

    for scope, target in (
        (Scope.PORTAL, "x"), (Scope.ITEM, ""), (Scope.ITEM, "no-such-item"), (Scope.AGENCY, "11320000000000000X"), (Scope.CONSUMER, ""),
    ):  # fmt: skip
        with pytest.raises(UnusableCall):
            square.ask(scope, target)
    for target in (f"{square.code}/none", "none/none", square.code):
        with pytest.raises(Missing):
            square.ask(Scope.RECORD, target)
    for missing in ({"reason": ""}, {"basis": " "}):
        with pytest.raises(UnusableCall):
            square.ask(Scope.PORTAL, ground=Ground.SECURITY, **missing)
    with pytest.raises(Missing):
        confirm(10**9, actor=square.operator, at=NOON)
    asked = square.ask(Scope.PORTAL)
    with pytest.raises(UnusableCall, match="stopped"):
        square.ask(Scope.PORTAL)
    with pytest.raises(UnusableCall, match="cannot be taken"):
        lift(asked.number, reason="已核实", actor=square.operator, at=NOON)


def test_the_database_itself_keeps_stops_and_asks_for_two_people(square: Square) -> None:
    from xinheng.store.models import StopStep, User

    asked = square.ask(Scope.PORTAL)
    deputy = User.objects.get(username="deputy")
    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        StopStep.objects.create(stop_id=asked.number, kind="confirmed", at=NOON, by=deputy)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, column in (("store_stop", "reason"), ("store_stopstep", "kind")):
            for attempt in (
                f"UPDATE {table} SET {column} = {column}",
                f"DELETE FROM {table}",
                f"TRUNCATE {table} CASCADE",
            ):
                with pytest.raises(DatabaseError, match="append-only") as refused, transaction.atomic():
                    cursor.execute(attempt)
                assert isinstance(refused.value.__cause__, psycopg.errors.RestrictViolation)


def _mine(square: Square) -> str:
    number = next(
        number
        for number, (item, by) in square.sources.items()
        if item == PENALTY and by == square.office.province.agency
    )
    return f"{square.code}/{square.keys[number]}"


def test_the_file_of_a_past_day_says_too_what_is_stopped_now(square: Square) -> None:
    square.stop(Scope.ITEM, PENALTY)
    states = {entry.state.value for entry in square.office.file(square.code, as_of=TODAY).entries}
    assert states == {"stopped", "public"}
