"""The pages and the commands of judging: a row beside its candidates, the three answers, and the way back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from ..office import Office
from ..signing_in import signed_in
from .test_judging import EVIDENCE, _codes, _waiting


@pytest.fixture
def browser(office: Office) -> Any:
    """The operator's browser."""
    return signed_in("operator")


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_row_is_judged_and_taken_back_on_its_pages(office: Office, browser: Any) -> None:
    code, name = _codes(office)
    row = _waiting(office, CF_XDR_MC=name[:2] + "某" + name[2:], CF_WFXW="<b>超标</b>")
    page, listed = f"/desk/waiting/{row.pk}/", _text(browser.get("/desk/waiting/"))
    assert page in listed
    shown = _text(browser.get(page))
    assert code in shown
    assert "<mark>某</mark>" in shown
    assert "第 3 字起，本行多“某”" in shown  # not by its colour alone
    assert "&lt;b&gt;超标" in shown
    for given in (
        {},
        {"subject": code, "verdict": "same"},
        {"subject": code, "reason": EVIDENCE},
        {"reason": EVIDENCE, "verdict": "same"},
    ):
        assert browser.post(page, given).status_code == 422
    assert (
        browser.post(page, {"subject": code, "verdict": "same", "reason": name}).status_code == 422
    )  # a name is no evidence
    assert browser.post(page, {"other": "没有的代码", "verdict": "same", "reason": EVIDENCE}).status_code == 422
    assert office.records(code) == []
    answer = browser.post(page, {"subject": code, "verdict": "same", "reason": EVIDENCE})
    assert (answer.status_code, answer["Location"]) == (302, f"{page}?judged=1")
    assert len(office.records(code)) == 1
    undo = next(
        part.split('"')[0] for part in _text(browser.get(page)).split('href="') if "/judgements/" in part.split('"')[0]
    )
    assert browser.post(undo, {"reason": ""}).status_code == 422
    assert browser.post(undo, {"reason": "认错主体，已核对"})["Location"] == f"{page}?reversed=1"
    assert browser.get(undo).status_code == 404
    assert "已撤销" in _text(browser.get(page))


def test_the_same_by_the_commands(office: Office) -> None:
    from xinheng.cli import main

    code, _ = _codes(office)
    row, run = _waiting(office), CliRunner()

    def told(*words: str) -> Any:
        done = run.invoke(main, [*words, "--json"])
        assert done.exit_code == 0, (words, done.output, done.exception)
        return json.loads(done.stdout)

    listed = told("waiting", "list")
    assert [one["number"] for one in listed["rows"]] == [row.pk]
    assert told("waiting", "candidates", str(row.pk))["candidates"][0]["code"] == code
    (judged,) = told("waiting", "judge", str(row.pk), code, "same", "--reason", EVIDENCE)
    assert judged["became"] == "taken"
    assert told("waiting", "reverse", str(judged["number"]), "--reason", "认错主体，已核对")["row"] == row.pk
    done = run.invoke(main, ["waiting", "judge", str(row.pk), code, "same", "--reason", "同"])
    assert done.exit_code == 2
    assert run.invoke(main, ["waiting", "candidates", str(row.pk)]).exit_code == 0
