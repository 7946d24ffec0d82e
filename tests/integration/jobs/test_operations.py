"""What monitors see: whether the process lives, whether it is ready, and counts that name nobody."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from ..office import Office

TOKEN = "a-made-up-token"
FORWARDED = {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}


def samples(text: str) -> dict[tuple[str, ...], float]:
    """Return the samples by name and labels in order."""
    return {
        (sample.name, *(text for _, text in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_process_says_that_it_lives_without_asking_the_database(client: Client) -> None:
    answer = client.get("/healthz")  # no database is open to this test
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_it_is_ready_with_a_worker_and_degraded_without(client: Client) -> None:
    answer = client.get("/readyz")
    facts = {"database": True, "migrations": True}
    assert (answer.status_code, answer.json()) == (200, {"status": "degraded", "worker": False, **facts})
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert client.get("/readyz").json() == {"status": "ready", "worker": True, **facts}


@pytest.mark.parametrize(
    ("applied", "facts"),
    [
        (False, {"database": True, "migrations": False}),
        (OperationalError("away"), {"database": False, "migrations": False}),
    ],
    ids=["tables_of_another_version", "no_database"],
)
@pytest.mark.django_db
def test_it_is_not_ready_without(
    client: Client, monkeypatch: pytest.MonkeyPatch, applied: Any, facts: dict[str, bool]
) -> None:
    def answer() -> bool:
        if isinstance(applied, Exception):
            raise applied
        return bool(applied)

    monkeypatch.setattr("xinheng.web.operations.views.migrations_are_applied", answer)
    found = client.get("/readyz")
    assert found.status_code == 503
    assert found.json() == {"status": "not-ready", "worker": False, **facts}


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "192.0.2.7"}, 403),
        ({"REMOTE_ADDR": ""}, 403),
        (FORWARDED, 403),
        ({"HTTP_FORWARDED": "for=192.0.2.7"}, 403),
        ({**FORWARDED, "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}, 200),
        ({**FORWARDED, "HTTP_AUTHORIZATION": "Bearer another"}, 403),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer "}, 403),
    ],
)
@pytest.mark.django_db
def test_metrics_are_for_this_machine_or_for_the_token(
    client: Client, settings: Any, told: dict[str, str], status: int
) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", **told).status_code == status


@pytest.mark.django_db
def test_where_no_token_is_set_an_empty_one_opens_nothing(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION="Bearer ").status_code == 403


def test_the_counts_add_up_and_name_nobody(office: Office, client: Client) -> None:
    from xinheng.usecases.intake.queueing import queue

    from ..sheets import TODAY, penalty_sheet

    rows = [office.province.penalty(1), office.province.penalty(2, CF_JDRQ="2026-02-30")]
    office.hand_in(*rows)
    queue(office.call(penalty_sheet(office.province.penalty(3))), actor=office.operator, at=office.at(TODAY))
    text = client.get("/metrics").content.decode()
    found = samples(text)
    item = "administrative-penalty"
    assert found["xinheng_rows_total", "accepted", item] == found["xinheng_rows_total", "rejected", item] == 1
    assert found["xinheng_submissions", item, "committed"] == found["xinheng_submissions", item, "unfinished"] == 1
    assert found["xinheng_submission_seconds_count", item] == 1
    assert found["xinheng_jobs", "todo", "finish-submission"] == 1
    assert found["xinheng_oldest_due_job_seconds",] >= 0
    for row in rows:
        assert row["CF_XDR_MC"] not in text
        assert row["CF_XDR_SHXYM"] not in text
    assert office.province.agency not in text
    assert json.dumps(text).isascii()


def test_no_other_method_is_answered(client: Client) -> None:
    assert {client.post(path).status_code for path in ("/healthz", "/readyz", "/metrics")} == {405}
