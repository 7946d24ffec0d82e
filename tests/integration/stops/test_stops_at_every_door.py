"""What is stopped is gone at every public door at once, adverse or favourable; lifting brings back exactly what was there."""

from __future__ import annotations

import random

import pytest
from django.test import Client

from xinheng.core.ledger.stops import Scope
from xinheng.core.ledger.visibility import State

from ..sheets import PENALTY, TODAY
from .square import NOON, PERMIT, Square


def test_a_record_is_gone_at_every_door_and_officials_read_why(square: Square) -> None:
    everything = square.shown()
    assert len(everything) == 3
    for item in (PENALTY, PERMIT):  # adverse or favourable: alike
        number = next(number for number, (of, _) in square.sources.items() if of == item)
        stop = square.stop(Scope.RECORD, f"{square.code}/{square.keys[number]}")
        assert square.shown() == everything - {number}
        held = {entry.record.decision_number: entry for entry in square.office.file(square.code).entries}
        assert held[number].state is State.STOPPED
        assert held[number].stopped is not None
        assert held[number].stopped.wording.zh == "信息正在核实"
        assert {entry.state for name, entry in held.items() if name != number} == {State.PUBLIC}
        square.lift(stop)
        assert square.shown() == everything


def test_an_item_is_gone_and_the_page_says_that_it_is_not_covered(square: Square) -> None:
    everything = square.shown()
    for item in (PENALTY, PERMIT):
        stop = square.stop(Scope.ITEM, item)
        assert square.shown() == {number for number, (of, _) in square.sources.items() if of != item}
        assert "暂停公示：信息正在核实" in square.page().content.decode()
        square.lift(stop)
        assert square.shown() == everything
        assert "暂停公示" not in square.page().content.decode()


def test_an_agency_is_gone_also_as_one_that_reported_the_same(square: Square) -> None:
    everything, province = square.shown(), square.office.province
    name = next(row["name"] for row in province.agencies if row["uscc"] == province.other_agency)
    square.office.hand_in(province.penalty(0), agency=province.other_agency)
    mine = province.penalty(0)["CF_WSH"]
    assert name in square.page(f"records/{square.keys[mine]}/").content.decode()
    stop = square.stop(Scope.AGENCY, province.other_agency)
    assert square.shown() == {number for number, (_, by) in square.sources.items() if by != province.other_agency}
    assert name not in square.page(f"records/{square.keys[mine]}/").content.decode()
    assert f"{name}提供的信息暂停公示" in square.page().content.decode()
    square.lift(stop)
    assert square.shown() == everything


def test_of_a_stopped_correction_the_earlier_version_does_not_come_back(square: Square) -> None:
    row = square.office.province.penalty(0)
    square.office.hand_in({**row, "CF_SY": "更正后的违法事实。"})
    square.stop(Scope.RECORD, f"{square.code}/{square.keys[row['CF_WSH']]}")
    assert row["CF_WSH"] not in square.shown()


def test_of_a_stopped_register_only_name_and_code_are_left(square: Square) -> None:
    from xinheng.usecases.portal import search, view_subject

    assert search(square.former, page=1, on=TODAY, at=NOON).total == 1
    before = view_subject(square.code, on=TODAY, at=NOON)
    assert before.status
    assert before.former_names
    stop = square.stop(Scope.ITEM, "legal-entity-registration")
    assert search(square.former, page=1, on=TODAY, at=NOON).total == 0
    [hit] = search(square.name, page=1, on=TODAY, at=NOON).hits
    assert (hit.code, hit.name, hit.status, hit.address) == (square.code, square.name, "", "")
    now = view_subject(square.code, on=TODAY, at=NOON)
    assert (now.name, now.status, now.address, now.established_on, now.former_names) == (before.name, "", "", None, ())
    assert len(square.shown()) == 3
    square.lift(stop)
    assert view_subject(square.code, on=TODAY, at=NOON) == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_portal_answers_503_calmly_while_machines_and_officials_work_on(
    square: Square, language: str
) -> None:
    record = next(iter(square.keys.values()))
    addresses = [
        "/", "/about/", "/search/", f"/search/?q={square.code}", "/search/?page=none", f"/subjects/{square.code}/",
        f"/subjects/{square.code}/records/{record}/", "/subjects/none/",
    ]  # fmt: skip
    square.shown()
    stop = square.stop(Scope.PORTAL)
    for address in addresses:
        answer = Client().get(address + ("&" if "?" in address else "?") + f"lang={language}")
        words = answer.content.decode()
        assert answer.status_code == 503, address
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Retry-After"]
        assert ("公示网站暂停服务" if language == "zh" else "The portal is suspended for now") in words
        assert ("不表示没有记录" if language == "zh" else "does not mean that there is no record") in words
        assert square.name not in words
    assert {Client().get(path).status_code for path in ("/healthz", "/metrics")} == {200}
    assert len(square.office.file(square.code).entries) == 3
    square.lift(stop)
    assert len(square.shown()) == 3
    assert Client().get("/").status_code == 200


def test_a_consumer_is_stopped_and_nobody_else(square: Square) -> None:
    from xinheng.store.queries.stops import consumer_is_stopped

    assert not consumer_is_stopped("bank")
    stop = square.stop(Scope.CONSUMER, "bank")
    assert consumer_is_stopped("bank")
    assert not consumer_is_stopped("bank2")
    assert len(square.shown()) == 3
    square.lift(stop)
    assert not consumer_is_stopped("bank")
    square.stop(Scope.PORTAL)
    assert consumer_is_stopped("bank")


def test_stops_in_any_order_never_show_more_and_lifting_them_all_restores_exactly(square: Square) -> None:
    everything = square.shown()
    agencies = {by for _, by in square.sources.values()}
    targets = [(Scope.RECORD, f"{square.code}/{key}") for key in square.keys.values()]
    targets += [(Scope.ITEM, item) for item in (PENALTY, PERMIT)] + [(Scope.AGENCY, code) for code in sorted(agencies)]
    chosen, held = random.Random(4), {}
    for _ in range(16):
        target = chosen.choice(targets)
        if target in held:
            square.lift(held.pop(target))
        else:
            held[target] = square.stop(*target)
        stopped = {(scope.value, of) for scope, of in held}
        expected = {
            number
            for number, (item, agency) in square.sources.items()
            if not {("record", f"{square.code}/{square.keys[number]}"), ("item", item), ("agency", agency)} & stopped
        }
        assert _public(square) == expected
        assert square.counted() == len(expected)
    for number in held.values():
        square.lift(number)
    assert square.shown() == everything


def _public(square: Square) -> set[str]:
    from xinheng.usecases.portal import view_subject

    return {entry.decision_number for entry in view_subject(square.code, on=TODAY, at=NOON).entries}
