"""Two agencies, every address: no system sees or learns anything of another agency's submission, and each attempt is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ..office import Office
from .conftest import ROOT, System, finish, refusals


def _addresses() -> Iterator[tuple[str, str]]:
    from xinheng.api.v1.door import description

    for path, operations in description()["paths"].items():
        yield from ((method, path) for method in operations)


def _guarded() -> list[tuple[str, str]]:
    return [(method, path) for method, path in _addresses() if not path.endswith("/token")]


def _body(answer: Any) -> Any:
    return answer.status_code, answer.headers["Content-Type"], answer.content


@pytest.fixture
def number(office: Office, system: System) -> int:
    """A submission of the first agency, with a rejected row."""
    rows = office.province.penalty(1), office.province.penalty(2, CF_JDRQ="2026-02-30")
    found: int = system.hand_in(*rows).json()["id"]
    finish(found)
    return found


def test_every_address_asks_for_a_token(office: Office, system: System) -> None:
    for method, path in _guarded():
        address = path.format(number=1, item="administrative-penalty")
        assert getattr(system.client, method)(address).status_code == 401, (method, path)


def test_another_agency_s_submission_is_answered_like_none_and_each_attempt_is_recorded(
    number: int, system: System, other: System
) -> None:
    with_number = [path.removeprefix(ROOT) for method, path in _guarded() if "submissions/{number}" in path]
    assert len(with_number) == 4
    for path in with_number:
        assert system.get(path.format(number=number)).status_code == 200
        before = len(refusals())
        foreign, absent = other.get(path.format(number=number)), other.get(path.format(number=10**9))
        assert foreign.status_code == 404
        assert _body(foreign) == _body(absent), path
        assert [event.actor for event in refusals()[before:]] == [other.name] * 2
        assert str(number) in refusals()[before].target


def test_lists_counts_and_repeats_tell_nothing_of_another_agency(
    office: Office, number: int, system: System, other: System
) -> None:
    assert other.get("/submissions").json() == {"submissions": [], "next": None}
    assert other.get("/submissions", cursor=number + 1).json()["submissions"] == []
    same = other.hand_in(office.province.penalty(1), office.province.penalty(2, CF_JDRQ="2026-02-30"))
    assert same.status_code == 202, "the same bytes of another agency are another submission"
    assert same.json()["id"] != number
    assert [one["id"] for one in system.get("/submissions").json()["submissions"]] == [number]


def test_no_parameter_makes_a_system_act_for_another_agency(office: Office, system: System, other: System) -> None:
    from xinheng.store.models import Submission

    taken = other.hand_in(office.province.penalty(1), agency=system.agency)
    assert Submission.objects.get(pk=taken.json()["id"]).agency.uscc == other.agency
