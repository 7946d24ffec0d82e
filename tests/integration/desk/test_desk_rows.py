"""Rows entered by hand: one in a form, pasted ones, rejected ones that are mended; checked as any file is."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from ..office import Office
from ..sheets import PENALTY, penalty_sheet

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def form(office: Office) -> str:
    """Return the address under which an agency's rows are entered."""
    return f"/desk/submit/{office.province.agency}/{PENALTY}"


def test_one_record_is_filled_in_and_handed_in(office: Office, clerk: Client, form: str) -> None:
    answer = clerk.post(f"{form}/record/", office.province.penalty())
    page = clerk.get(answer["Location"]).content.decode()
    assert "在线填报" in page
    (record,) = office.records(office.province.penalty()["CF_XDR_SHXYM"])
    assert record.decision_number == office.province.penalty()["CF_WSH"]


def test_what_is_wrong_is_said_at_the_field_and_what_was_written_is_kept(
    office: Office, clerk: Client, form: str
) -> None:
    given = office.province.penalty(0, CF_JDRQ="昨天", CF_WFXW=SCRIPT, CF_XDR_LB="别的")
    answer = clerk.post(f"{form}/record/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#field-CF_JDRQ"' in page
    assert re.search(r'id="field-CF_JDRQ"[^>]*value="昨天"[^>]*aria-invalid="true"', page)
    assert '<option value="别的" selected>' in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert not office.records(given["CF_XDR_SHXYM"])


def test_the_form_knows_the_agency_and_its_code_lists(office: Office, clerk: Client, form: str) -> None:
    page = clerk.get(f"{form}/record/").content.decode()
    assert f'value="{office.province.agency}"' in page
    assert '<option value="法人及非法人组织">' in page
    assert "自然人</option>" not in page
    assert "Expected" in clerk.post(f"{form}/record/?lang=en", {"CF_JDRQ": "x"}).content.decode()


def test_pasted_rows_are_shown_before_anything_is_taken(office: Office, clerk: Client, form: str) -> None:
    good, bad = office.province.penalty(0), office.province.penalty(1, CF_JDRQ="不是日期", CF_WFXW=SCRIPT)
    text = "\n".join("\t".join(row) for row in (list(good), list(good.values()), list(bad.values())))
    page = clerk.post(f"{form}/rows/", {"rows": text, "act": "check"}).content.decode()
    assert 'class="is-bad">不是日期' in page
    assert "<script>alert" not in page
    assert not office.records(good["CF_XDR_SHXYM"])
    answer = clerk.post(f"{form}/rows/", {"rows": text, "act": "submit"})
    assert "粘贴" in clerk.get(answer["Location"]).content.decode()
    assert len(office.records(good["CF_XDR_SHXYM"])) == 1


@pytest.mark.parametrize("text", ["", "只有表头", "甲\t乙\n1\t2\t3", '"没有结束的引号\n' * 3, "\t\n\t\n"])
def test_what_is_no_table_is_explained(clerk: Client, form: str, text: str) -> None:
    answer = clerk.post(f"{form}/rows/", {"rows": text, "act": "check"})
    assert answer.status_code == 422
    assert 'href="#field-rows"' in answer.content.decode()


def test_rejected_rows_are_mended_in_place_and_name_their_parent(office: Office, clerk: Client) -> None:
    from xinheng.store.models import Submission

    good, bad = office.province.penalty(0), office.province.penalty(1, CF_JDRQ="不是日期")
    parent = office.hand_in(good, bad, office.province.penalty(2, CF_CFLB="没有这种处罚")).submission
    page = clerk.get(f"/desk/submissions/{parent}/mend/").content.decode()
    cells = inputs_of(page)
    assert {name.split("-")[1] for name in cells} == {"3", "4"}
    (day,) = [name for name, value in cells.items() if value == "不是日期"]
    answer = clerk.post(f"/desk/submissions/{parent}/mend/", {**cells, day: "2026-02-27"})
    child = Submission.objects.get(parent=parent)
    assert answer["Location"] == f"/desk/submissions/{child.pk}/"
    assert (child.received, child.accepted, child.channel) == (1, 1, "mended")
    again = inputs_of(clerk.get(f"/desk/submissions/{parent}/mend/").content.decode())
    assert {name.split("-")[1] for name in again} == {"4"}
    assert f"/desk/submissions/{child.pk}/" in clerk.get(f"/desk/submissions/{parent}/").content.decode()


def test_a_row_that_was_not_rejected_cannot_be_mended(office: Office, clerk: Client) -> None:
    parent = office.hand_in(office.province.penalty(0), office.province.penalty(1, CF_JDRQ="不是日期")).submission
    answer = clerk.post(f"/desk/submissions/{parent}/mend/", {"cell-2-0": "x", "cell-999999-0": "x"})
    assert answer.status_code == 422
    assert "没有可以更正的行" in answer.content.decode()


def test_a_row_about_a_natural_person_is_not_shown_again(office: Office, clerk: Client) -> None:
    person = office.province.penalty(1, CF_XDR_LB="自然人", CF_XDR_MC="样某某")
    parent = office.hand_in(person).submission
    page = clerk.get(f"/desk/submissions/{parent}/mend/").content.decode()
    assert "样某某" not in page
    assert "涉及自然人" in page


def inputs_of(page: str) -> dict[str, str]:
    """Return the cells of a grid by the name of their input."""
    lines = dict(re.findall(r'name="(cell-[0-9-]+)" value="([^"]*)"', page))
    areas = dict(re.findall(r'name="(cell-[0-9-]+)" rows[^>]*>\n([^<]*)<', page))
    return {name: unquote(value) for name, value in {**lines, **areas}.items()}


def test_an_item_that_is_not_granted_has_no_form(office: Office, clerk: Client) -> None:
    for path in ("record", "rows"):
        assert clerk.get(f"/desk/submit/{office.province.other_agency}/{PENALTY}/{path}/").status_code == 404
        assert clerk.get(f"/desk/submit/{office.province.agency}/honours/{path}/").status_code == 404


def test_a_form_of_another_agency_takes_nothing(office: Office, stranger: Client, form: str) -> None:
    answer: Any = stranger.post(f"{form}/record/", office.province.penalty())
    assert answer.status_code == 404
    assert not office.records(office.province.penalty()["CF_XDR_SHXYM"])


def test_mended_rows_of_another_agency_are_refused(office: Office, stranger: Client) -> None:
    parent = office.submit(penalty_sheet(office.province.penalty(1, CF_JDRQ="不是日期"))).submission
    assert stranger.get(f"/desk/submissions/{parent}/mend/").status_code == 404
    assert stranger.post(f"/desk/submissions/{parent}/mend/", {"cell-2-0": "x"}).status_code == 404
