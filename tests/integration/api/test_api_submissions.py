"""A system hands files in, follows them, reads what is wrong, and mends it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ..office import Office
from ..sheets import PENALTY, penalty_sheet
from .conftest import System, finish


def test_a_file_is_received_followed_and_committed(office: Office, system: System) -> None:
    taken = system.hand_in(
        office.province.penalty(1), office.province.penalty(2, CF_JDRQ="2026-02-30"), file_name="处罚.csv"
    )
    assert taken.status_code == 202, taken.content
    number = taken.json()["id"]
    assert taken.headers["Location"] == taken.json()["address"] == f"/api/v1/submissions/{number}"
    assert taken.json()["state"] == "waiting"
    before = system.get(f"/submissions/{number}/progress").json()
    assert (before["state"], before["bytes_done"], before["rows_done"]) == ("waiting", 0, 0)
    assert system.get(f"/submissions/{number}").json()["counts"] is None

    finish(number)
    after = system.get(f"/submissions/{number}/progress").json()
    assert (after["state"], after["bytes_done"], after["rows_done"]) == ("committed", after["bytes_all"], 2)
    found = system.get(f"/submissions/{number}").json()
    assert {name: found["counts"][name] for name in ("received", "accepted", "rejected")} == {
        "received": 2,
        "accepted": 1,
        "rejected": 1,
    }
    assert found["file_name"] == "处罚.csv"
    assert found["received_on"] == system_day()
    receipt = system.get(f"/submissions/{number}")
    assert receipt.headers["Cache-Control"] == "no-store"
    from xinheng.store.models import Receipt, Submission

    assert Receipt.objects.get(pk=found["receipt"]).actor == system.name
    assert Submission.objects.get(pk=number).channel == "api"


def system_day() -> str:
    from xinheng.api.v1.clock import now

    return now().date().isoformat()


def test_the_same_file_twice_is_the_same_submission(office: Office, system: System) -> None:
    first, second = (system.hand_in(office.province.penalty(1)) for _ in range(2))
    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json()["id"] == second.json()["id"]
    finish(first.json()["id"])
    third = system.hand_in(office.province.penalty(1))
    assert (third.status_code, third.json()["state"]) == (200, "committed")


def test_a_form_and_a_body_are_the_same_file(office: Office, system: System) -> None:
    content = penalty_sheet(office.province.penalty(1))
    form = {"file": SimpleUploadedFile("../../etc/处罚.csv", content, "text/csv")}
    sent = system.post(f"/submissions?item={PENALTY}", form)
    assert sent.status_code == 202, sent.content
    assert system.get(f"/submissions/{sent.json()['id']}").json()["file_name"] == "处罚.csv"
    assert system.hand_in(office.province.penalty(1)).json()["id"] == sent.json()["id"]


def test_issues_come_in_pages_that_miss_nothing_and_repeat_nothing(office: Office, system: System) -> None:
    rows = [office.province.penalty(place, CF_JDRQ="2026-02-30", CF_WSH="") for place in range(7)]
    number = system.hand_in(*rows).json()["id"]
    finish(number)
    whole = system.get(f"/submissions/{number}/issues", limit=1000).json()
    assert whole["next"] is None
    assert {issue["row"] for issue in whole["issues"] if issue["level"] == "reject"} == set(range(2, 9))
    pages, cursor = [], ""
    while cursor is not None:
        page = system.get(f"/submissions/{number}/issues", limit=3, cursor=cursor).json()
        pages += page["issues"]
        cursor = page["next"]
    assert pages == whole["issues"]
    for issue in pages:
        assert all(issue[part][language] for part in ("expected", "mend") for language in ("zh", "en"))
    only = system.get(f"/submissions/{number}/issues", level="warn").json()["issues"]
    assert only == [issue for issue in whole["issues"] if issue["level"] == "warn"]


def test_the_workbook_of_rejected_rows_is_there_when_there_are_any(office: Office, system: System) -> None:
    number = system.hand_in(office.province.penalty(1), office.province.penalty(2, CF_JDRQ="2026-02-30")).json()["id"]
    assert system.get(f"/submissions/{number}/rejects.xlsx").status_code == 409
    finish(number)
    answer = system.get(f"/submissions/{number}/rejects.xlsx")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == 2
    clean = system.hand_in(office.province.penalty(3)).json()["id"]
    finish(clean)
    assert system.get(f"/submissions/{clean}/rejects.xlsx").status_code == 404


def test_the_list_goes_on_with_its_cursor(office: Office, system: System) -> None:
    numbers = [system.hand_in(office.province.penalty(place)).json()["id"] for place in range(5)]
    first = system.get("/submissions", limit=3).json()
    rest = system.get("/submissions", limit=3, cursor=first["next"]).json()
    assert [one["id"] for one in first["submissions"] + rest["submissions"]] == numbers[::-1]
    assert rest["next"] is None
    assert system.get("/submissions", item="tax-credit-grade-a").json()["submissions"] == []


def test_a_full_file_is_said_to_be_one(office: Office, system: System) -> None:
    number = system.hand_in(office.province.penalty(1), full="true").json()["id"]
    finish(number)
    found = system.get(f"/submissions/{number}").json()
    assert (found["full"], found["questions"]) == (True, 0)


def test_a_file_that_fails_says_why(office: Office, system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    from xinheng.store.models import Submission

    number = system.hand_in(office.province.penalty(1)).json()["id"]
    Submission.objects.filter(pk=number).update(failed={"what": "文件不能读取", "what_en": "it cannot be read"})
    for path in ("", "/progress"):
        found = system.get(f"/submissions/{number}{path}").json()
        assert (found["state"], found["reason"]) == ("failed", {"zh": "文件不能读取", "en": "it cannot be read"})


def test_a_file_that_does_not_stand_in_line_yet_is_received(office: Office, system: System) -> None:
    from xinheng.usecases.intake.submit import take_in

    left = take_in(
        office.call(penalty_sheet(office.province.penalty(7))), actor=office.operator, at=Office.at(dt.date(2026, 3, 1))
    )
    assert system.get(f"/submissions/{left.pk}/progress").json()["state"] == "received"


@pytest.mark.parametrize(
    ("asked", "content", "status", "kind"),
    [
        ("item=no-such-item", b"a", 400, "unusable-call"),
        ("item=administrative-penalty&profile=none", b"a", 400, "unusable-call"),
        ("item=administrative-penalty", b"", 422, "unusable-file"),
        ("item=administrative-penalty", b"a,b\r\n1,2\r\n", 422, "unusable-file"),
        ("item=administrative-penalty", b"\x00\xff\xfe\x00", 422, "unusable-file"),
        ("item=tax-credit-grade-a", b"a", 403, "refused"),
        ("item=%00", b"a", 422, "invalid-parameters"),
        ("item=administrative-penalty&file_name=%00", b"a", 422, "invalid-parameters"),
        ("", b"a", 422, "invalid-parameters"),
    ],
)
def test_what_cannot_be_taken_is_explained_and_nothing_is_kept(
    system: System, asked: str, content: bytes, status: int, kind: str
) -> None:
    from xinheng.store.models import Submission

    answer = system.post(f"/submissions?{asked}", content, content_type="application/octet-stream")
    assert_problem(answer, status, kind)
    assert not Submission.objects.exists()


def assert_problem(answer: Any, status: int, kind: str) -> None:
    """The answer is a problem whose sentences are there in both languages."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    found = answer.json()
    assert (found["type"], found["status"]) == (f"urn:xinheng:problem:{kind}", status)
    assert found["title"]
    assert found["detail"]
    for part in ("what", "why", "mend"):
        assert found[part]["zh"]
        assert found[part]["en"]


@pytest.mark.parametrize(
    "form",
    [{}, {"file": "text"}, {"other": SimpleUploadedFile("a.csv", b"a")}],
    ids=["no_field", "no_file", "another_field"],
)
def test_a_form_without_its_one_file_is_explained(system: System, form: dict[str, Any]) -> None:
    assert_problem(system.post(f"/submissions?item={PENALTY}", form), 400, "unusable-call")


def test_a_form_that_is_none_is_malformed(system: System) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        answer = system.post(f"/submissions?item={PENALTY}", b"\x00not a form", content_type=kind)
        assert answer.status_code == 400, answer.content


def test_more_than_the_limit_is_refused(system: System, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1000
    answer = system.post(f"/submissions?item={PENALTY}", b"a" * 1001, content_type="text/csv")
    assert_problem(answer, 413, "too-large")


def test_the_catalogue_says_what_is_granted_and_gives_schemas(system: System) -> None:
    rows = {row["name"]: row for row in system.get("/catalogue").json()["items"]}
    assert rows[PENALTY]["granted"]
    assert not rows["tax-credit-grade-a"]["granted"]
    schema = system.get(f"/catalogue/{PENALTY}").json()
    from frictionless import Schema

    assert Schema.from_descriptor(schema).get_field("CF_WSH").required
    assert_problem(system.get("/catalogue/nothing"), 404, "not-found")
    assert_problem(system.get(f"/catalogue/{PENALTY}", version="1800"), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("get", "/nothing", 404, "not-found"),
        ("get", "/submissions/abc", 404, "not-found"),
        ("get", "/", 404, "not-found"),
        ("delete", "/submissions", 405, "method-not-allowed"),
        ("get", "/token", 405, "method-not-allowed"),
        ("post", "/openapi.json", 405, "method-not-allowed"),
    ],
)
def test_an_address_or_method_that_is_none_is_a_problem(
    system: System, method: str, path: str, status: int, kind: str
) -> None:
    answer = getattr(system.client, method)(f"/api/v1{path}", headers={"Authorization": f"Bearer {system.token}"})
    assert_problem(answer, status, kind)


def test_a_fault_of_ours_tells_nothing_and_is_logged(
    system: System, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*given: Any, **named: Any) -> None:
        raise ValueError("110101199003070011")

    monkeypatch.setattr("xinheng.api.v1.submissions.view_own", fail)
    answer = system.get("/submissions/1")
    assert_problem(answer, 500, "fault")
    assert "110101199003070011" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    assert [record.msg for record in caplog.records if record.name == "xinheng.api"] == ["api-fault"]


def test_an_outage_is_told_as_one(
    system: System, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from django.db import OperationalError

    def fail(*given: Any, **named: Any) -> None:
        raise OperationalError("away")

    monkeypatch.setattr("xinheng.api.v1.submissions.view_own", fail)
    answer = system.get("/submissions/1")
    assert_problem(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
