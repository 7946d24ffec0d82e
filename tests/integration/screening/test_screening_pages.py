"""Screening at the desk: asking for one and for a list, what a result says, feedback, again, and watches; and what a page costs."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ..office import Office
from ..sheets import TODAY, csv_bytes
from ..signing_in import signed_in

MATTER = "finance-procurement"
NUMBER = "采购〔2026〕9号"
PERSON = "110101199003074530"


@pytest.fixture(autouse=True)
def _on_the_day_of_the_province(monkeypatch: pytest.MonkeyPatch) -> None:
    from xinheng.web.desk.screening import asking, coverage, rows, showing

    for module in (asking, coverage, rows, showing):
        monkeypatch.setattr(module, "today", lambda: TODAY)
    monkeypatch.setattr("xinheng.web.signed_in.today", lambda: TODAY)


@pytest.fixture
def clerk(office: Office) -> Client:
    """Return the browser of a clerk of the agency that the penalty rows are of."""
    return person("clerk", office.province.agency)


def person(name: str, agency: str, role: str = "data-clerk") -> Client:
    """Sign somebody in with a role for an agency."""
    from xinheng.store.models import Agency, RoleAssignment, User

    user = User.objects.create(username=name, display_name="样例用户")
    held = Agency.objects.get(uscc=agency) if agency else None
    RoleAssignment.objects.create(user=user, role=role, agency=held, valid_from=dt.date(2026, 1, 1))
    browser: Client = signed_in(user.username)
    return browser


@pytest.fixture
def penalised(office: Office) -> Any:
    """The first organisation with a penalty, as handed in."""
    row = office.province.penalty()
    office.hand_in(row)
    return row


def ask(browser: Client, **given: str) -> Any:
    """Send the form of a single query and follow to its answer."""
    return browser.post("/desk/screening/check/", {"matter": MATTER, "number": NUMBER, **given}, follow=True)


def screen(browser: Client, rows: list[dict[str, str]], *, name: str = "投标人.csv") -> Any:
    """Send a list and follow to its answer."""
    file = SimpleUploadedFile(name, csv_bytes(rows, list(rows[0])))
    return browser.post("/desk/screening/new/", {"matter": MATTER, "number": NUMBER, "file": file}, follow=True)


def text(answer: Any) -> str:
    """Return what a page says."""
    return str(answer.content.decode())


def number_of(answer: Any) -> int:
    """Return the number of the screening to which an answer led."""
    return int(re.search(r"/screening/(\d+)/", answer.request["PATH_INFO"]).group(1))  # type: ignore[union-attr]


def test_a_single_query_says_the_outcome_first_with_basis_days_and_what_it_rests_on(
    clerk: Client, penalised: Any
) -> None:
    page = text(ask(clerk, code=penalised["CF_XDR_SHXYM"]))
    assert page.index("有不良记录</h2>") < page.index(penalised["CF_WSH"]) < page.index("所查内容</h2>")
    assert penalised["CF_XDR_MC"] in page
    assert "数据截至 2026-03-02" in page
    assert "尚无数据" in page
    assert "2026年" in page[page.index("有关记录") :]
    assert "财库〔2016〕125号" in page
    assert NUMBER in page


def test_what_is_missing_is_said_at_its_field_and_what_was_given_is_kept(clerk: Client) -> None:
    answer = ask(clerk, matter="", number="", name="虚构的单位")
    page = text(answer)
    assert answer.status_code == 422
    for field in ("matter", "number"):
        assert f'href="#field-{field}"' in page
        assert f'id="field-{field}-errors"' in page
    assert "虚构的单位" in page
    nothing = ask(clerk)
    assert (nothing.status_code, 'id="field-code-errors"' in text(nothing)) == (422, True)


def test_a_natural_persons_number_is_refused_and_never_said_again(clerk: Client) -> None:
    from xinheng.store.models import Screening

    answer = ask(clerk, code=PERSON)
    assert answer.status_code == 422
    assert "不能这样查自然人" in text(answer)
    assert PERSON not in text(answer)
    assert PERSON not in text(ask(clerk, code=PERSON, number=""))
    assert not Screening.objects.exists()


def test_a_list_shows_its_counts_its_rows_by_outcome_and_its_workbook(
    clerk: Client, office: Office, penalised: Any
) -> None:
    clear = office.province.penalty(1)
    rows = [
        {"名称": penalised["CF_XDR_MC"], "代码": penalised["CF_XDR_SHXYM"]},
        {"名称": clear["CF_XDR_MC"], "代码": clear["CF_XDR_SHXYM"]},
        {"名称": "虚构<script>alert(1)</script>有限公司", "代码": ""},
        {"名称": "张三", "代码": PERSON},
    ]
    heads = {"名称": "投标人名称", "代码": "统一社会信用代码"}
    answer = screen(
        clerk, [{heads[key]: value for key, value in row.items()} for row in rows], name="<img src=x>名单.csv"
    )
    page, number = text(answer), number_of(answer)
    counts = re.findall(r'outcomes-title">([^<]+)</span> <span class="outcomes-number">(\d+)<', page)
    assert counts == [("全部", "4"), ("未见不良记录", "1"), ("有不良记录", "1"), ("未找到", "1"), ("不予受理", "1")]
    assert "<script" not in page
    assert "<img src=x>" not in page
    assert PERSON not in page
    only = text(clerk.get(f"/desk/screening/{number}/?outcome=has-records"))
    assert penalised["CF_XDR_MC"] in only
    assert clear["CF_XDR_MC"] not in only
    file = clerk.get(f"/desk/screening/{number}/result.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(file.content), read_only=True)
    assert [row[5] for row in book["审查结果"].iter_rows(min_row=2, values_only=True)] == [
        "有不良记录",
        "未见不良记录",
        "未找到",
        "不予受理",
    ]


def test_a_file_without_a_column_or_without_rows_is_said_at_the_file(clerk: Client) -> None:
    for content, why in (
        (b"a,b\n1,2\n", "名单中没有名称列和代码列"),
        (b"\xe5\x90\x8d\xe7\xa7\xb0\n", "没有任何数据行"),
    ):
        answer = clerk.post(
            "/desk/screening/new/",
            {"matter": MATTER, "number": NUMBER, "file": SimpleUploadedFile("list.csv", content)},
        )
        assert answer.status_code == 422
        told = text(answer).partition('id="field-file-errors"')[2].partition("</ul>")[0]
        assert why in told, told
    assert clerk.post("/desk/screening/new/", {"matter": MATTER, "number": NUMBER}).status_code == 422


def test_a_code_with_anothers_name_is_judged_by_a_person_who_queries_the_code_again(
    clerk: Client, office: Office, penalised: Any
) -> None:
    other = office.province.penalty(1)
    page = text(ask(clerk, code=penalised["CF_XDR_SHXYM"], name=other["CF_XDR_MC"]))
    assert "待判定</h2>" in page
    assert penalised["CF_WSH"] not in page
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/desk/screening/check/\?[^"]+)"', page)]
    begun = text(clerk.get(next(link for link in links if penalised["CF_XDR_SHXYM"] in link)))
    assert f'value="{penalised["CF_XDR_SHXYM"]}"' in begun
    assert f'value="{NUMBER}"' in begun
    assert re.search(rf'value="{MATTER}" selected', begun)


def test_feedback_is_told_with_its_reason_and_shown(clerk: Client, penalised: Any) -> None:
    number = number_of(ask(clerk, code=penalised["CF_XDR_SHXYM"]))
    address = f"/desk/screening/{number}/rows/1/"
    for given, field in (({"feedback": "nothing"}, "feedback"), ({"feedback": "not-acted"}, "why")):
        answer = clerk.post(address, given)
        assert answer.status_code == 422
        assert f'id="field-{field}-errors"' in text(answer)
    told = text(clerk.post(address, {"feedback": "not-acted", "why": "<b>处罚已履行</b>"}, follow=True))
    assert "未采取措施" in told
    assert "&lt;b&gt;处罚已履行&lt;/b&gt;" in told
    assert clerk.post(f"/desk/screening/{number}/rows/7/", {"feedback": "seen"}).status_code == 404


def test_the_same_list_again_shows_only_what_changed_and_who_is_watched(
    clerk: Client, office: Office, penalised: Any
) -> None:
    other = office.province.penalty(1)
    rows = [{"名称": row["CF_XDR_MC"], "统一社会信用代码": row["CF_XDR_SHXYM"]} for row in (penalised, other)]
    first = number_of(screen(clerk, rows))
    office.hand_in(other)
    page = text(clerk.post(f"/desk/screening/{first}/again/", follow=True))
    assert "2 行中有 1 行变化" in page
    assert "新增 1 条" in page
    assert other["CF_XDR_MC"] in page
    watched = text(clerk.post(f"/desk/screening/{first}/watch/", follow=True))
    assert "已关注" in watched
    ends = re.findall(r'action="(/desk/screening/watches/\d+/end/)"', watched)
    assert len(ends) == 2
    left = text(clerk.post(ends[0], follow=True))
    assert len(re.findall(r"/end/", left)) == 1
    assert clerk.post(ends[0]).status_code == 404


def test_what_another_agency_screened_is_as_if_it_were_not_there(clerk: Client, office: Office, penalised: Any) -> None:
    number = number_of(ask(clerk, code=penalised["CF_XDR_SHXYM"]))
    stranger = person("stranger", office.province.other_agency)
    own = f"/desk/screening/{number}/"
    for path in (own, f"{own}rows/1/", f"{own}changes/", f"{own}result.xlsx"):
        assert stranger.get(path).status_code == 404, path
    for path in (f"{own}rows/1/", f"{own}again/", f"{own}watch/"):
        assert stranger.post(path, {"feedback": "seen"}).status_code == 404, path
    assert ask(stranger, code=penalised["CF_XDR_SHXYM"], agency=office.province.agency).status_code == 403
    assert NUMBER not in text(stranger.get("/desk/screening/"))
    assert NUMBER in text(clerk.get("/desk/screening/"))


def test_who_reads_a_result_after_its_maker_leaves_a_trace_with_the_subject(
    clerk: Client, office: Office, penalised: Any
) -> None:
    from xinheng.store.models import AuditEvent

    number = number_of(ask(clerk, code=penalised["CF_XDR_SHXYM"]))
    looks = AuditEvent.objects.filter(target=f"file {penalised['CF_XDR_SHXYM']}")
    before = looks.count()
    clerk.get(f"/desk/screening/{number}/")
    assert looks.count() == before
    person("reader", office.province.agency, "reviewer").get(f"/desk/screening/{number}/rows/1/")
    assert looks.count() == before + 1


def test_who_may_only_look_is_shown_no_way_to_ask(clerk: Client, office: Office, penalised: Any) -> None:
    number = number_of(ask(clerk, code=penalised["CF_XDR_SHXYM"]))
    auditor = person("auditor", "", "audit-administrator")
    listed, result = text(auditor.get("/desk/screening/")), text(auditor.get(f"/desk/screening/{number}/"))
    assert "/desk/screening/check/" not in listed
    assert "/rows/1/" not in result
    assert auditor.get("/desk/screening/new/").status_code == 403


def test_coverage_names_obligatory_matters_in_which_nobody_asked_and_a_day_that_cannot_be_read(
    clerk: Client, penalised: Any
) -> None:
    ask(clerk, code=penalised["CF_XDR_SHXYM"])
    page = text(clerk.get("/desk/screening/coverage/?matters=obligatory"))
    rows = re.findall(r"<tr role=\"row\">.*?</tr>", page, re.DOTALL)
    told = {number: "未审查" in row for row in rows for number in re.findall(r"(CG-01|ZX-01)", row)}
    assert told == {"CG-01": False, "ZX-01": True}
    wrong = clerk.get("/desk/screening/coverage/?first=昨天")
    assert (wrong.status_code, "日期无法识别" in text(wrong)) == (422, True)
    assert clerk.get("/desk/screening/coverage/?first=2026-05-01&last=2026-01-01").status_code == 422


MOST = {
    "": 13, "coverage/": 13, "check/": 7, "new/": 7, "watches/": 10, "{check}/": 21, "{list}/": 20, "{list}/?outcome=clear": 20, "{list}/rows/2/": 20,
}  # fmt: skip
"""Statements of each page at the most, however long the list is."""


def test_a_page_asks_no_more_than_it_must(clerk: Client, office: Office, penalised: Any) -> None:
    rows = [office.province.penalty(number) for number in range(12)]
    office.hand_in(*rows[1:])
    names = [{"名称": row["CF_XDR_MC"], "统一社会信用代码": row["CF_XDR_SHXYM"]} for row in rows]
    kept = {
        "check": number_of(ask(clerk, code=penalised["CF_XDR_SHXYM"])),
        "list": number_of(screen(clerk, names)),
    }
    for path, most in MOST.items():
        address = f"/desk/screening/{path.format(**kept)}"
        assert clerk.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(address).status_code == 200
        told = "\n".join(str(one["sql"] or "a prepared statement")[:150] for one in asked.captured_queries)
        assert len(asked) <= most, (address, len(asked), told)
