"""A department's system checks subjects, says what was done, and learns nothing of what another agency checked."""

from __future__ import annotations

import importlib.util
import json
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from ..commands import Xinheng
from ..office import Office
from ..sheets import TODAY, Province, penalty_sheet
from .conftest import System, refusals

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples" / "checks"
ASKED = {"matter": "finance-procurement", "business_number": "采购〔2026〕1号"}


def ask(system: System, **asked: Any) -> Any:
    """Check as a system."""
    return system.post("/checks", {**ASKED, **asked}, content_type="application/json")


def test_a_check_tells_what_the_matter_looks_at_with_basis_and_days(office: Office, system: System) -> None:
    row = office.province.penalty()
    office.hand_in(row)
    answer = ask(system, code=row["CF_XDR_SHXYM"])
    assert answer.status_code == 201, answer.content
    found = answer.json()
    assert (found["outcome"], found["found_by"], found["subject"]["name"]) == ("has-records", "code", row["CF_XDR_MC"])
    (record,) = found["records"]
    assert (record["number"], record["basis"], record["since"]) == (row["CF_WSH"], row["CF_YJ"], row["CF_JDRQ"])
    assert record["until"] > TODAY.isoformat()
    assert record["measures"] == []
    assert [(one["item"], one["until"], one["covered"]) for one in found["covers"]] == [
        ("serious-dishonesty-listing", None, False),
        ("administrative-penalty", TODAY.isoformat(), True),
    ]
    said = system.post(f"/checks/{found['id']}/feedback", {"feedback": "acted"}, content_type="application/json")
    assert (said.status_code, said.json()["feedback"]) == (200, "acted")
    named = ask(system, name=row["CF_XDR_MC"]).json()
    assert (named["found_by"], named["outcome"]) == ("name", "has-records")


def test_another_agency_s_check_is_answered_like_none_and_the_attempt_is_recorded(
    office: Office, system: System, other: System
) -> None:
    number = ask(system, code=office.province.penalty()["CF_XDR_SHXYM"]).json()["id"]
    before = len(refusals())
    foreign, absent = (
        other.post(f"/checks/{one}/feedback", {"feedback": "seen"}, content_type="application/json") for one in (number, 10**9)
    )  # fmt: skip
    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content) == (404, absent.content)
    assert [event.actor for event in refusals()[before:]] == [other.name] * 2


def test_a_persons_number_is_answered_422_and_is_nowhere(office: Office, system: System) -> None:
    from xinheng.store.models import AuditEvent, Receipt, Screening

    number = "110101199003074530"
    for asked in ({"code": number}, {"name": f"张三 {number}"}):
        answer = ask(system, **asked)
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:xinheng:problem:natural-person")
        assert number not in answer.content.decode()
    assert not Screening.objects.exists()
    assert not Receipt.objects.filter(asked__icontains=number).exists()
    assert not AuditEvent.objects.filter(target__contains=number).exists()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"matter": "curiosity"}, 400),
        ({"business_number": " "}, 400),
        ({"code": ""}, 400),
        ({"purpose": "any text"}, 422),
        ({"code": "9" * 41}, 422),
    ],
)
def test_there_is_no_reason_to_look_but_a_matter_and_a_number(
    office: Office, system: System, asked: dict[str, str], status: int
) -> None:
    answer = ask(system, **{"code": office.province.penalty()["CF_XDR_SHXYM"], **asked})
    assert answer.status_code == status, answer.content
    assert answer.json()["mend"]["zh"]


def test_a_token_without_the_scope_checks_nothing_and_a_stopped_system_is_given_nothing(
    office: Office, system: System
) -> None:
    from xinheng.core.ledger.stops import Ground, Scope
    from xinheng.usecases.stops import ask as ask_stop
    from xinheng.usecases.stops import confirm

    code = office.province.penalty()["CF_XDR_SHXYM"]
    assert ask(system.signed_on("checks:read"), code=code).status_code == 403
    assert system.get("/checks/matters").json()["matters"][0]["code"] == "finance-procurement"
    system.signed_on()
    assert ask(system, code=code).status_code == 201
    at = office.at(TODAY)
    stop = ask_stop(
        Scope.CONSUMER, system.name, ground=Ground.SECURITY, reason="密钥外泄", basis="应急预案", actor=office.operator, at=at, on=TODAY
    )  # fmt: skip
    confirm(stop.number, actor=office.second, at=at)
    assert ask(system, code=code).status_code == 403


def test_the_example_s_page_asks_its_own_server_which_asks_the_platform(
    xinheng: Xinheng, province: Province, tmp_path: Path
) -> None:
    row = province.penalty(21)
    (tmp_path / "penalties.csv").write_bytes(penalty_sheet(row))
    xinheng("submit", "administrative-penalty", tmp_path / "penalties.csv", "--agency", province.agency)
    made = xinheng("services", "add", "example-system", "--agency", province.agency, "--json").json
    with _serving(xinheng) as root, _business(root, made["client_id"], made["client_secret"]) as page:
        text = urlopen(page).read().decode()
        assert "data-credit-check" in text
        assert made["client_secret"] not in text + urlopen(f"{page}/check-prompt.js").read().decode()
        asked = {"business_number": "2026-0117", "code": row["CF_XDR_SHXYM"]}
        found = _post(f"{page}/credit-check", asked)
        assert (found["outcome"], found["records"][0]["number"]) == ("has-records", row["CF_WSH"])
        assert _post(f"{page}/credit-check/{found['id']}/feedback", {"feedback": "seen"}) == {"feedback": "seen"}


@contextmanager
def _serving(xinheng: Xinheng) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serving = xinheng.started("serve", "--port", port)
    try:
        pause = threading.Event()
        for _ in range(300):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            pause.wait(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        serving.send_signal(signal.SIGTERM)
        xinheng.finished(serving)


@contextmanager
def _business(root: str, account: str, secret: str) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        client = _module("checks_client")
        patch.setitem(sys.modules, "checks_client", client)
        server = _module("business_server").server(client.Checks(root, account=account, secret=secret), port=0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _module(name: str) -> Any:
    found = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def _post(address: str, content: dict[str, str]) -> Any:
    request = Request(address, json.dumps(content).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())
