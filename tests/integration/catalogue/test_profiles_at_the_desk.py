"""A delivery profile made, tried and used in the browser: guided from a sample, its errors at the line, saved as a version, reading a file."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xinheng.core.catalogue.load import load
from xinheng.core.intake.profiles import profile_names

from ..office import Office
from ..sheets import PENALTY, csv_bytes
from .conftest import Browser

SCRIPT = "<script>alert(1)</script>"


def _page(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


def _text(page: str) -> str:
    return unescape(re.search(r'<textarea[^>]*name="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)[1])  # type: ignore[index]


def _sample(office: Office, *rows: dict[str, str]) -> bytes:
    """Return penalty rows under headings of an agency's own: 文号 for the number, 办结日 for the day, and a column of nobody's."""
    own = {"CF_WSH": "文号", "CF_JDRQ": "办结日"}
    laid = [{**{own.get(name, name): text for name, text in row.items()}, "流水号": "7"} for row in rows]
    return csv_bytes(laid, list(laid[0]))


def _upload(content: bytes, name: str = "sample.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _guided(clerk: Client, office: Office, **changes: str) -> Any:
    target = f"{office.province.agency}/{PENALTY}"
    page = _page(
        clerk.post(
            "/desk/profiles/new/",
            {"target": target, "act": "read", "file": _upload(_sample(office, office.province.penalty()))},
        )
    )
    given = {
        "target": target,
        "act": "write",
        "name": "our-penalties",
        "title": "执法系统导出",
        "source": "本单位执法系统",
    }
    given["header"] = unescape(re.search(r'name="header" value="([^"]*)"', page)[1])  # type: ignore[index]
    import json

    for place, heading in enumerate(json.loads(given["header"])):
        chosen = re.search(rf'name="field-{place}".*?</select>', page, re.DOTALL)[0]  # type: ignore[index]
        selected = re.search(r'<option value="([^"]*)" selected', chosen)
        given[f"field-{place}"] = {"文号": "CF_WSH", "办结日": "CF_JDRQ", "流水号": "-"}.get(
            heading, selected[1] if selected else ""
        )
        given[f"reason-{place}"] = "系统内部编号" if heading == "流水号" else ""
    return clerk.post("/desk/profiles/new/", {**given, **changes})


def _edit(office: Office) -> str:
    return f"/desk/profiles/{office.province.agency}/{PENALTY}/edit/"


def _saved(clerk: Client, office: Office) -> str:
    text = _text(_page(_guided(clerk, office)))
    answer = clerk.post(_edit(office), {"text": text, "act": "save", "note": "首版"})
    assert answer.status_code == 302, answer.content.decode()
    return text


@pytest.fixture
def clerk(office: Office, browser: Browser) -> Client:
    """Return the browser of a clerk of the agency."""
    return browser("data-clerk", agency=office.province.agency)


def test_every_shipped_profile_is_listed_and_shown(clerk: Client) -> None:
    page = _page(clerk.get("/desk/profiles/"))
    for name in profile_names():
        assert f"/desk/profiles/shipped/{name}/" in page
        _page(clerk.get(f"/desk/profiles/shipped/{name}/"))
    assert clerk.get("/desk/profiles/shipped/none/").status_code == 404


def test_a_profile_is_made_from_a_sample_saved_and_used(office: Office, clerk: Client) -> None:
    from xinheng.store.models import Submission

    _saved(clerk, office)
    page = _page(clerk.get(f"/desk/profiles/{office.province.agency}/our-penalties/"))
    assert "文号" in page
    assert "系统内部编号" in page
    sent = _upload(_sample(office, office.province.penalty(0), office.province.penalty(1)))
    target = f"{office.province.agency}/{PENALTY}"
    answer = clerk.post(
        "/desk/submit/", {"target": target, "full": "no", "act": "submit", "profile": "our-penalties", "file": sent}
    )
    assert answer.status_code == 302, answer.content.decode()
    submission = Submission.objects.latest("id")
    assert (submission.profile, submission.accepted) == ("our-penalties@1", 2)
    assert clerk.get(f"/desk/submissions/{submission.pk}/").status_code == 200


def test_a_file_keeps_the_version_that_read_it(office: Office, clerk: Client) -> None:
    from xinheng.store.models import AgencyProfile, Submission
    from xinheng.usecases.intake.profiles import profile_of

    text = _saved(clerk, office)
    bad = office.province.penalty(1, CF_JDRQ="不是日期")
    target = f"{office.province.agency}/{PENALTY}"
    sent = {"target": target, "full": "no", "act": "submit", "profile": "our-penalties"}
    clerk.post("/desk/submit/", {**sent, "file": _upload(_sample(office, bad))})
    second = text.replace("系统内部编号", "内部编号，不是文号")
    assert clerk.post(_edit(office), {"text": second, "act": "save"}).status_code == 302
    assert "没有改动" in _page(clerk.post(_edit(office), {"text": second, "act": "save"}), 422)
    assert list(AgencyProfile.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    first = Submission.objects.latest("id")
    assert first.profile == "our-penalties@1"
    assert _page(clerk.get(f"/desk/submissions/{first.pk}/mend/"))
    held = profile_of(first.agency, first.profile)
    assert held is not None
    assert held.ignored["流水号"].zh == "系统内部编号"
    clerk.post("/desk/submit/", {**sent, "file": _upload(_sample(office, office.province.penalty(2)))})
    assert Submission.objects.latest("id").profile == "our-penalties@2"


def test_a_sample_shows_what_becomes_what_with_problems_at_its_rows(office: Office, clerk: Client) -> None:
    from xinheng.store.models import SealedFile, Submission

    text = _saved(clerk, office)
    rows = (office.province.penalty(0), office.province.penalty(1, CF_JDRQ="不是日期"))
    page = _page(clerk.post(_edit(office), {"text": text, "act": "try", "file": _upload(_sample(office, *rows))}))
    second = page.split("第 3 行", 1)[1]
    assert "S03" in second
    assert "不是日期" in second
    assert "S03" not in page.split("第 3 行", 1)[0]
    assert office.province.penalty(0)["CF_WSH"] in page
    assert (Submission.objects.count(), SealedFile.objects.count()) == (0, 0)


def test_no_text_of_a_sample_runs_on_any_page(office: Office, clerk: Client) -> None:
    text = _saved(clerk, office)
    cells = dict.fromkeys(office.province.penalty(), f'"><b>{SCRIPT}')
    page = _page(
        clerk.post(
            _edit(office), {"text": text, "act": "try", "file": _upload(_sample(office, cells), SCRIPT + ".csv")}
        )
    )
    assert "<script>alert" not in page
    assert "><b>" not in page
    assert "&lt;script&gt;" in page
    headings = csv_bytes([{SCRIPT: "1", '"><b>': "2"}], [SCRIPT, '"><b>'])
    target = f"{office.province.agency}/{PENALTY}"
    page = _page(clerk.post("/desk/profiles/new/", {"target": target, "act": "read", "file": _upload(headings)}))
    assert "<script>alert" not in page
    assert '"><b>' not in page


def test_the_table_says_what_is_missing_at_its_column(office: Office, clerk: Client) -> None:
    page = _page(_guided(clerk, office, name="", **{"field-0": ""}), 422)
    assert "请填写标识" in page
    assert "请选择数据项" in page


def test_a_wrong_text_is_told_at_its_line(office: Office, clerk: Client) -> None:
    text = _saved(clerk, office)
    lines = text.split("\n")
    place = next(number for number, line in enumerate(lines, start=1) if line.startswith("  CF_WSH:"))
    wrong = text.replace('CF_WSH: {column: "文号"}', "CF_WSH: {column: 1}")
    assert wrong != text
    for act in ("check", "save", "try"):
        given = {"text": wrong, "act": act, "file": _upload(_sample(office, office.province.penalty()))}
        page = _page(clerk.post(_edit(office), given), 422)
        assert f'<li value="{place}"' in page, act


@pytest.mark.parametrize(
    "text", ["a: &a 1\nb: *a\n", "[" * 5000, "name: x\nname: y\n", "\x00", SCRIPT, "", "#" * 200_001, "name: [1]\n" * 3],
    ids=["alias", "brackets", "twice", "control", "markup", "empty", "long", "list"],
)  # fmt: skip
def test_hostile_text_is_refused_calmly(office: Office, clerk: Client, text: str) -> None:
    from xinheng.store.models import AgencyProfile

    page = _page(clerk.post(_edit(office), {"text": text, "act": "save"}), 422)
    assert "没有采用" in page
    assert "<script>alert" not in page
    assert not AgencyProfile.objects.exists()


def test_what_excuses_a_mandatory_field_is_saved_by_the_centre_only(
    office: Office, clerk: Client, browser: Browser
) -> None:
    text = _saved(clerk, office).replace("our-penalties", "our-others")
    field = next(one for one in load(PENALTY).latest.fields if one.required and one.role == "legal_basis")
    without = re.sub(rf"  {field.name}: .*\n", "", text)
    without += f"allowances:\n  {field.name}: {{zh: 没有, en: none}}\n"
    dropped = re.search(rf'  {field.name}: {{column: ("[^"]*")}}', text)[1]  # type: ignore[index]
    without = without.replace("ignored:\n", f"ignored:\n  {dropped}: {{zh: 不用, en: unused}}\n")
    page = _page(clerk.post(_edit(office), {"text": without, "act": "save"}), 422)
    assert "须由中心保存" in page
    assert browser("centre-operator").post(_edit(office), {"text": without, "act": "save"}).status_code == 302


@pytest.mark.parametrize("key", ["decided_on", '"decided_on"', "? decided_on\n"])
def test_what_stands_in_for_the_day_of_decision_is_saved_by_the_centre_only_however_it_is_written(
    office: Office, clerk: Client, browser: Browser, key: str
) -> None:
    text = _saved(clerk, office).replace("our-penalties", "our-others")
    column = re.search(r'  CF_JDRQ: \{column: ("[^"]*")\}\n', text)
    assert column is not None
    spec = f"{{column: {column[1]}, standing_in: true, reason: {{zh: 代用, en: stands in}}}}"
    without = text.replace(column[0], "") + f"{key}: {spec}\n"
    page = _page(clerk.post(_edit(office), {"text": without, "act": "save"}), 422)
    assert "须由中心保存" in page
    assert browser("centre-operator").post(_edit(office), {"text": without, "act": "save"}).status_code == 302


def test_nobody_sees_saves_or_uses_another_agencys_profile(office: Office, clerk: Client, browser: Browser) -> None:
    text, target = _saved(clerk, office), f"{office.province.other_agency}/{PENALTY}"
    stranger = browser("data-clerk", agency=office.province.other_agency)
    assert stranger.get(f"/desk/profiles/{office.province.agency}/our-penalties/").status_code == 404
    assert stranger.get(_edit(office)).status_code == 404
    assert stranger.post(_edit(office), {"text": text, "act": "save"}).status_code == 404
    assert "our-penalties" not in _page(stranger.get("/desk/profiles/"))
    assert "our-penalties" not in _page(stranger.get("/desk/submit/"))
    sent = {"target": target, "full": "no", "act": "submit", "profile": "our-penalties"}
    page = _page(
        stranger.post("/desk/submit/", {**sent, "file": _upload(_sample(office, office.province.penalty()))}), 422
    )
    assert "没有这个报送配置" in page
    assert stranger.post(f"/desk/profiles/{office.province.other_agency}/no-such-item/edit/", {}).status_code == 404
