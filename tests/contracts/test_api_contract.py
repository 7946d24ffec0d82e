"""The API keeps its OpenAPI document: what it allows and what it forbids is tried on every operation, and no answer is outside of it.

What is generated is the same in every run; a request that is malformed in any way gets a status of the four hundreds, never a fault.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from xinheng.api.v1.clock import now
from xinheng.usecases.agencies import add_agency
from xinheng.usecases.intake.queueing import finish_in_line
from xinheng.usecases.services.accounts import Wanted, add_service
from xinheng.usecases.services.tokens import issue_token
from xinheng.usecases.users import actor_named, ensure_first_operator

from ..integration.sheets import PENALTY, penalty_sheet, small_province

KEPT = [status_code_conformance, content_type_conformance, response_schema_conformance]
AGENCY = "11320100MA1TE5T0XP"
ROOT = "/api/v1"
SECRET_FREE = {"token"}  # operations that ask for no token
CONFIG = schemathesis.Config.from_dict(
    {
        "seed": 20200601,
        "generation": {"max-examples": 15, "deterministic": True, "mode": "all"},
        "phases": {"stateful": {"enabled": False}},
        "operations": [
            # Most of what fits the document is refused for what it means: no such item, a file without rows, a wrong secret, no such matter.
            {"include-operation-id": name, "checks": {"positive_data_acceptance": {"enabled": False}}}
            for name in ("submit", "token", "item", "check", "check-feedback")
        ],
    }
)
schema = schemathesis.openapi.from_wsgi(f"{ROOT}/openapi.json", WSGIHandler(), config=CONFIG)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests do not close the connection that the test's own transaction is on (Django's test client does the same)."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def token(db: None, settings: Any, tmp_path: Any) -> str:
    """A token of a system whose agency may hand penalties in."""
    settings.FILES = tmp_path / "files"
    day = dt.date(2026, 1, 1)
    ensure_first_operator(on=day)
    deed: dict[str, Any] = {"actor": actor_named("operator", on=now().date()), "at": now(), "on": day}
    add_agency(AGENCY, "某局", region_code="320100", items=(PENALTY,), **deed)
    wanted = Wanted(name="a-system", agency=AGENCY, per_minute=100_000, per_day=100_000)
    made = add_service(wanted, **deed)
    return issue_token(made.account, made.secret, scopes=(), source="", at=now()).token


@schema.parametrize()
@hypothesis.settings(suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])  # one office for all calls
def test_every_operation_keeps_the_document(case: schemathesis.Case, token: str) -> None:
    headers = (
        {} if case.operation.definition.raw["operationId"] in SECRET_FREE else {"Authorization": f"Bearer {token}"}
    )
    case.call_and_validate(headers=headers)


def test_what_is_there_is_answered_as_the_document_says(token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    row = small_province().penalty()
    content = penalty_sheet({**row, "CF_XDR_MC": ""}, {**row, "CF_JDRQ": "2026-02-30"})
    submit = schema[f"{ROOT}/submissions"]["POST"]
    for status in (202, 200):
        case = submit.Case(query={"item": PENALTY}, body=content, media_type="text/csv")
        taken = case.call_and_validate(headers=headers, checks=KEPT)
        assert taken.status_code == status
    number = taken.json()["id"]
    finish_in_line(number, at=now(), progress=None)
    for path in ("", "/progress", "/issues", "/rejects.xlsx"):
        case = schema[f"{ROOT}/submissions/{{number}}{path}"]["GET"].Case(path_parameters={"number": number})
        assert case.call_and_validate(headers=headers, checks=KEPT).status_code == 200
    asked = {"matter": "finance-procurement", "business_number": "1", "name": "虚构不存在有限公司"}
    checked = schema[f"{ROOT}/checks"]["POST"].Case(body=asked, media_type="application/json")
    found = checked.call_and_validate(headers=headers, checks=KEPT)
    assert found.status_code == 201
    said = schema[f"{ROOT}/checks/{{number}}/feedback"]["POST"].Case(
        path_parameters={"number": found.json()["id"]}, body={"feedback": "seen"}, media_type="application/json"
    )
    assert said.call_and_validate(headers=headers, checks=KEPT).status_code == 200
    for path, parameters in (
        ("/submissions", {}),
        ("/catalogue", {}),
        ("/checks/matters", {}),
        ("/catalogue/{item}", {"item": PENALTY}),
    ):
        case = schema[ROOT + path]["GET"].Case(path_parameters=parameters)
        assert case.call_and_validate(headers=headers, checks=KEPT).status_code == 200
