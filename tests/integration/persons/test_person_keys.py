"""Keys are rotated while everything goes on, and what was sealed by other algorithms can still be read."""

from __future__ import annotations

from typing import Any

import pytest

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.errors import Refused
from xinheng.core.sample.codes import identity_number

from ..office import Office, fates
from ..sheets import TODAY
from .people import person

KEEPER = Actor("keeper", (Assignment(Role.SECURITY_ADMINISTRATOR),))
AT = Office.at(TODAY)


def _look(office: Office, number: int) -> Any:
    from xinheng.usecases.persons.viewing import view_person

    given = identity_number(number)
    return view_person("身份证", given, matter="judicial-assistance", actor=office.operator, at=AT, on=TODAY)


def _rotate() -> None:
    from xinheng.gateways.keys import Purpose
    from xinheng.usecases.persons.keys import rotate

    rotate(tuple(Purpose), actor=KEEPER, at=AT)


def _keys() -> dict[str, tuple[str, int, bool]]:
    from xinheng.usecases.persons.keys import list_keys

    return {
        view.name: (view.purpose, view.holds, view.destroyed_on is not None) for view in list_keys(actor=KEEPER, at=AT)
    }


def test_new_keys_are_used_for_what_comes_and_persons_are_found_under_both(office: Office) -> None:
    office.hand_in(person(office.province, 1))
    _rotate()
    again = office.hand_in(person(office.province, 1), person(office.province, 2), agency=office.province.other_agency)
    assert fates(again) == {"unchanged": 1, "accepted": 1}
    assert _keys() == {
        "k1": ("seal", 2, False), "k2": ("lookup", 1, False), "k3": ("seal", 2, False), "k4": ("lookup", 1, False),
    }  # fmt: skip
    assert [_look(office, number).number for number in (1, 2)] == [identity_number(1), identity_number(2)]


def test_a_renewal_puts_everything_under_the_new_keys_and_destroys_the_old_ones(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.usecases.persons import keys

    monkeypatch.setattr(keys, "BATCH", 2)
    office.hand_in(*(person(office.province, number) for number in range(1, 6)))
    before = _look(office, 3)
    _rotate()
    renewed = keys.renew(actor=KEEPER, at=AT)
    assert (renewed.persons, renewed.records, renewed.destroyed) == (5, 5, ("k1", "k2"))
    assert _keys() == {
        "k1": ("seal", 0, True), "k2": ("lookup", 0, True), "k3": ("seal", 10, False), "k4": ("lookup", 5, False),
    }  # fmt: skip
    assert _look(office, 3).entries == before.entries
    assert keys.renew(actor=KEEPER, at=AT) == keys.Renewed(0, 0, ())
    assert fates(office.hand_in(person(office.province, 3), agency=office.province.other_agency)) == {"unchanged": 1}


def test_a_renewal_that_was_killed_is_finished_by_the_next_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from xinheng.usecases.persons import keys

    office.hand_in(*(person(office.province, number) for number in range(1, 6)))
    _rotate()
    calls = iter(range(9))
    real = keys.renew_records

    def killed(again: Any) -> None:
        if next(calls) == 1:
            raise KeyboardInterrupt
        real(again)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(keys, "BATCH", 2)
        patch.setattr(keys, "renew_records", killed)
        keys.renew(actor=KEEPER, at=AT)
    assert {name for name, (_, holds, _) in _keys().items() if holds} == {"k1", "k2", "k3", "k4"}
    assert all(len(_look(office, number).entries) == 1 for number in range(1, 6))
    renewed = keys.renew(actor=KEEPER, at=AT)
    assert (renewed.persons, renewed.records, renewed.destroyed) == (3, 3, ("k1", "k2"))


def test_what_was_sealed_before_a_switch_of_algorithms_can_be_read_and_is_one_with_what_comes(
    office: Office, settings: Any
) -> None:
    from xinheng.store.models import PersonRecord
    from xinheng.usecases.persons.keys import renew

    office.hand_in(person(office.province, 1))
    settings.ALGORITHMS = "national"
    _rotate()
    again = office.hand_in(person(office.province, 1), person(office.province, 2), agency=office.province.other_agency)
    assert fates(again) == {"unchanged": 1, "accepted": 1}
    assert {bytes(sealed)[0] for sealed in PersonRecord.objects.values_list("sealed", flat=True)} == {1, 2}
    renew(actor=KEEPER, at=AT)
    assert {bytes(key)[0] for key in PersonRecord.objects.values_list("wrapped_key", flat=True)} == {2}
    assert fates(office.hand_in(person(office.province, 1, CF_SY="另述"))) == {"corrected": 1}
    assert [len(_look(office, number).entries) for number in (1, 2)] == [1, 1]


def test_keys_are_for_the_security_administrator(office: Office) -> None:
    from xinheng.usecases.persons.keys import list_keys, renew

    for attempt in (list_keys, renew):
        with pytest.raises(Refused):
            attempt(actor=office.operator, at=AT)
