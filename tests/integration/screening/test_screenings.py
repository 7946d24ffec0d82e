"""Checks and lists against a real ledger: what comes out, what is kept, and that nothing comes back that has ended."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest

from ..office import Office
from ..sheets import TODAY, csv_bytes

DAY = dt.timedelta(days=1)

MATTER = "finance-procurement"
NUMBER = "采购〔2026〕1号"


def check(office: Office, *, on: dt.date = TODAY, actor: Any = None, **given: str) -> Any:
    """Check one subject."""
    from xinheng.usecases.screening.checking import check_one

    asked = {"matter": MATTER, "business_number": NUMBER, **given}
    return check_one(**asked, actor=actor or office.operator, at=office.at(on), on=on)


def looks(office: Office, code: str) -> Any:
    """Who looked at a subject, as its representative reads it."""
    from xinheng.core.access import Actor, Assignment, Role
    from xinheng.usecases.me.file import view_looks

    itself = Actor("head", (Assignment(Role.REPRESENTATIVE, subject=code),))
    return view_looks(code, page=1, actor=itself, on=TODAY, at=office.at(TODAY)).looks


@pytest.fixture
def penalised(office: Office) -> Any:
    """The first organisation with a penalty, as handed in."""
    row = office.province.penalty()
    office.hand_in(row)
    return row


def test_a_check_tells_the_records_the_basis_and_until_when_each_item_came_in(office: Office, penalised: Any) -> None:
    found = check(office, code=penalised["CF_XDR_SHXYM"])
    told = found.line.assessment
    assert told.outcome == "has-records"
    assert [one.seen.number for one in told.records] == [penalised["CF_WSH"]]
    assert told.records[0].seen.until is not None
    assert [(one.item, one.until) for one in found.feeds] == [
        ("serious-dishonesty-listing", None),
        ("administrative-penalty", TODAY),
    ]
    assert any("截至 2026-03-02" in reason.zh for reason in told.reasons)
    assert any("尚无数据：严重失信主体名单信息" in reason.zh for reason in told.reasons)


def test_a_list_is_screened_in_one_go_and_each_subject_sees_who_looked(office: Office, penalised: Any) -> None:
    from xinheng.store.models import AuditEvent, ScreeningRow
    from xinheng.usecases.screening.lists import screen_file
    from xinheng.usecases.screening.viewing import view_screening

    clear = office.province.penalty(1)
    person = "110101199003074530"
    rows = [
        {"投标人名称": penalised["CF_XDR_MC"], "统一社会信用代码": penalised["CF_XDR_SHXYM"]},
        {"投标人名称": clear["CF_XDR_MC"], "统一社会信用代码": ""},
        {"投标人名称": clear["CF_XDR_MC"], "统一社会信用代码": penalised["CF_XDR_SHXYM"]},
        {"投标人名称": "虚构不存在有限公司", "统一社会信用代码": ""},
        {"投标人名称": "张三", "统一社会信用代码": person},
    ]
    sheet = csv_bytes(rows, list(rows[0]))
    acting: dict[str, Any] = {"actor": office.operator, "at": office.at(TODAY), "on": TODAY}
    kept = screen_file(
        io.BytesIO(sheet), name="投标人.csv", size=len(sheet), matter=MATTER, business_number=NUMBER, **acting
    )
    page = view_screening(kept.number, **acting)
    assert [(one.line.number, one.line.assessment.outcome.value, one.changed) for one in page.rows] == [
        (2, "has-records", False),
        (3, "clear", False),
        (4, "to-be-judged", False),
        (5, "not-found", False),
        (6, "refused", False),
    ]
    assert "仅凭名称找到" in page.rows[1].line.assessment.reasons[0].zh
    refused = ScreeningRow.objects.get(outcome="refused")
    assert (refused.given_code, refused.given_name) == ("*" * 18, "张**")
    looked = AuditEvent.objects.filter(receipt_id=kept.receipt, target__startswith="file ")
    assert {one.target for one in looked} == {f"file {row['CF_XDR_SHXYM']}" for row in (penalised, clear)}
    (look,) = looks(office, penalised["CF_XDR_SHXYM"])
    assert (look.purpose.zh, look.reference) == ("履行法定职责", f"政府采购供应商资格审查 {NUMBER}")
    view_screening(kept.number, **{**acting, "actor": office.second})
    assert len(looks(office, penalised["CF_XDR_SHXYM"])) == 2, "another official's look at the result is a look"
    only = view_screening(kept.number, outcome=page.rows[0].line.assessment.outcome, **acting)
    assert (only.total, [one.line.number for one in only.rows]) == (1, [2])


def screened(office: Office, *rows: tuple[str, str], on: dt.date = TODAY) -> Any:
    """Screen a list of names and codes."""
    from xinheng.usecases.screening.lists import screen_list

    return screen_list(rows, matter=MATTER, business_number=NUMBER, actor=office.operator, at=office.at(on), on=on)


def acting(office: Office, on: dt.date = TODAY) -> dict[str, Any]:
    """Who acts, when."""
    return {"actor": office.operator, "at": office.at(on), "on": on}


def test_what_was_withdrawn_comes_back_for_nobody(office: Office, penalised: Any) -> None:
    from xinheng.usecases.screening.again import screen_again, view_changes
    from xinheng.usecases.screening.viewing import view_screening

    code, later = penalised["CF_XDR_SHXYM"], TODAY + DAY
    first = screened(office, ("", code), ("", office.province.penalty(1)["CF_XDR_SHXYM"]))
    office.withdraw(code, penalised["CF_WSH"], on=later)
    assert check(office, code=code, on=later).line.assessment.outcome == "clear"
    (row, other) = view_screening(first.number, **acting(office, later)).rows
    assert (row.line.assessment.outcome.value, row.line.assessment.records, row.changed) == ("clear", (), True)
    assert not other.changed
    again = screen_again(first.number, **acting(office, later))
    changes = view_changes(again.number, **acting(office, later))
    assert [(one.row.line.number, one.difference.ended, one.difference.new) for one in changes.rows] == [
        (1, 1, frozenset())
    ]
    assert changes.total == 1


def test_what_came_in_since_is_told_by_screening_again_and_to_whom_watches(office: Office) -> None:
    from xinheng.store.models import Notice
    from xinheng.usecases.screening.again import screen_again, view_changes
    from xinheng.usecases.screening.watching import own_watches, tell_watches, unwatch, watch, watch_screening

    row, later = office.province.penalty(), TODAY + DAY
    code = row["CF_XDR_SHXYM"]
    office.hand_in(office.province.penalty(2))
    first = screened(office, ("", code), ("", office.province.penalty(1)["CF_XDR_SHXYM"]))
    assert watch_screening(first.number, **acting(office)) == 2
    number = watch(code, matter=MATTER, business_number=NUMBER, **acting(office))
    assert len(own_watches(actor=office.operator, at=office.at(TODAY))) == 2, "an account watches a subject once"
    assert tell_watches(**acting(office)).changed == 0
    office.hand_in(row, on=later)
    changes = view_changes(screen_again(first.number, **acting(office, later)).number, **acting(office, later))
    assert [(one.row.line.number, len(one.difference.new), one.difference.ended) for one in changes.rows] == [(1, 1, 0)]
    told = tell_watches(**acting(office, later))
    assert (told.watches, told.changed, told.people) == (2, 1, 1)
    notice = Notice.objects.get(kind="screening-changed")
    assert row["CF_XDR_MC"] in notice.body
    assert row["CF_WSH"] not in notice.body
    assert tell_watches(**acting(office, later)).changed == 0, "nobody is told the same twice"
    unwatch(number, actor=office.operator, at=office.at(later))
    assert [one.code for one in own_watches(actor=office.operator, at=office.at(later))] != [code]


def test_feedback_closes_the_loop_and_coverage_counts_it(office: Office, penalised: Any) -> None:
    from xinheng.core.errors import Missing, UnusableCall
    from xinheng.usecases.screening.coverage import coverage
    from xinheng.usecases.screening.feedback import give_feedback
    from xinheng.usecases.screening.sampling import recheck_sample
    from xinheng.usecases.screening.viewing import view_screening

    one = check(office, code=penalised["CF_XDR_SHXYM"], agency=office.province.agency)
    many = screened(office, ("", penalised["CF_XDR_SHXYM"]), ("虚构不存在有限公司", ""))
    doing = {"actor": office.operator, "at": office.at(TODAY)}
    give_feedback(one.number, kind="seen", **doing)
    give_feedback(one.number, kind="acted", **doing)
    give_feedback(many.number, row=1, kind="not-acted", why="不影响资格", **doing)
    for wrong in ({"kind": "not-acted", "row": 1}, {"kind": "ignored", "row": 1}):
        with pytest.raises(UnusableCall):
            give_feedback(many.number, **wrong, **doing)
    with pytest.raises(Missing):
        give_feedback(many.number, row=9, kind="seen", **doing)
    assert [row.feedback for row in view_screening(many.number, **acting(office)).rows] == ["not-acted", ""]
    counted = {
        (row.matter.code, row.agency): (row.screenings, row.business_numbers, row.rows, row.answered)
        for row in coverage(TODAY, TODAY, **doing)
    }
    assert counted[MATTER, office.province.agency] == (1, 1, 1, 1)
    assert counted[MATTER, ""] == (1, 1, 2, 1)
    assert counted["finance-special-funds", ""] == (0, 0, 0, 0)
    sample = recheck_sample(many.number, size=5, seed=3, **doing)
    assert (sample.drawn, sample.differing) == (2, ())


def test_the_workbook_says_what_stands_behind_each_row_and_on_what_it_rests(office: Office, penalised: Any) -> None:
    import openpyxl

    from xinheng.usecases.screening.workbook import write_workbook

    made = screened(office, ("", penalised["CF_XDR_SHXYM"]), ("=虚构不存在有限公司", ""))
    out = io.BytesIO()
    assert write_workbook(made.number, out, **acting(office)) == 2
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()), read_only=True)
    results, records, notes = ([list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book)
    assert results[1][5] == "有不良记录"
    assert results[2][5] == "未找到"
    assert penalised["CF_WSH"] in records[1]
    words = {row[0]: row[1] for row in notes}
    assert words["业务编号"] == NUMBER
    assert any("截至 2026-03-02" in (row[1] or "") for row in notes)


def test_a_stopped_record_is_no_finding_and_a_person_is_asked_to_look(office: Office, penalised: Any) -> None:
    from xinheng.core.ledger.stops import Ground, Scope
    from xinheng.usecases.stops import ask, confirm

    (record,) = office.records(penalised["CF_XDR_SHXYM"])
    at = office.at(TODAY)
    stop = ask(
        Scope.RECORD, f"{penalised['CF_XDR_SHXYM']}/{record.record_key}", ground=Ground.VERIFYING, reason="核实", basis="应急预案",
        actor=office.operator, at=at, on=TODAY,
    )  # fmt: skip
    confirm(stop.number, actor=office.second, at=at)
    told = check(office, code=penalised["CF_XDR_SHXYM"]).line.assessment
    assert told.outcome == "to-be-judged"
    assert [(one.standing.value, one.seen.stopped) for one in told.records] == [("suspended", Ground.VERIFYING.wording)]


def test_a_listing_without_a_last_day_stands_while_its_source_confirms_it(office: Office) -> None:
    from xinheng.usecases.agencies import grant_item

    subject = office.province.penalty(1)
    row = {
        "主体名称": subject["CF_XDR_MC"], "主体类别": "法人及非法人组织", "统一社会信用代码": subject["CF_XDR_SHXYM"],
        "名单类型": "失信被执行人名单", "列入决定文书号": "（2026）虚0101执1号", "列入日期": "2026-02-20", "列入理由": "有履行能力而拒不履行",
        "列入依据": "民事诉讼法", "列入决定机关": subject["CF_CFJG"], "列入决定机关统一社会信用代码": subject["CF_CFJGDM"],
        "数据来源单位": subject["CF_SJLY"], "数据来源单位统一社会信用代码": subject["CF_SJLYDM"],
    }  # fmt: skip
    item = "serious-dishonesty-listing"
    grant_item(office.province.agency, item, actor=office.operator, at=office.at(TODAY), on=TODAY)

    def hand_in(on: dt.date, **cells: str) -> Any:
        return office.submit(csv_bytes([{**row, **cells}], [*row, *cells]), item=item, on=on)

    assert hand_in(TODAY).counts.accepted == 1
    code, silent = subject["CF_XDR_SHXYM"], TODAY + 31 * DAY
    (entry,) = check(office, code=code).line.assessment.entries
    assert (entry.seen.list_code, entry.seen.until, entry.standing.value) == ("judgment-defaulter", None, "finding")
    unconfirmed = check(office, code=code, on=silent).line.assessment
    assert (unconfirmed.outcome.value, unconfirmed.entries[0].standing.value) == ("to-be-judged", "unconfirmed")
    hand_in(silent, 备注="仍未履行")
    assert check(office, code=code, on=silent).line.assessment.outcome == "on-list"
    hand_in(silent + DAY, 备注="已履行", 移出日期=(silent + DAY).isoformat())
    assert check(office, code=code, on=silent + DAY).line.assessment.outcome == "clear"


def test_a_screening_sees_what_the_file_of_each_subject_shows_and_nothing_more(office: Office) -> None:
    from xinheng.core.access import Matter, Purpose
    from xinheng.core.ledger.stops import Ground, Scope
    from xinheng.core.ledger.visibility import ENDED
    from xinheng.core.screening import matter_named
    from xinheng.usecases.screening.seeing import see
    from xinheng.usecases.stops import ask, confirm

    rows = [office.province.penalty(number) for number in range(12)]
    old = {"CF_JDRQ": "2021-05-06", "CF_GSJZQ": "2024-05-06"}
    office.hand_in(*rows[:8], office.province.penalty(8, **old), *rows[9:])
    later = TODAY + DAY
    office.hand_in({**rows[1], "CF_NR": "罚款壹万元整"}, on=later)
    for number in (2, 3):
        office.withdraw(rows[number]["CF_XDR_SHXYM"], rows[number]["CF_WSH"], on=later)
    (record,) = office.records(rows[4]["CF_XDR_SHXYM"])
    stop = ask(
        Scope.RECORD, f"{rows[4]['CF_XDR_SHXYM']}/{record.record_key}", ground=Ground.VERIFYING, reason="核实", basis="应急预案",
        actor=office.operator, at=office.at(later), on=later,
    )  # fmt: skip
    confirm(stop.number, actor=office.second, at=office.at(later))
    files = [office.file(row["CF_XDR_SHXYM"], as_of=later, today=later) for row in rows]
    matter, duty = matter_named(MATTER, on=later), Matter(Purpose.DUTY, NUMBER)
    seen = see([file.subject.pk for file in files], matter, duty, actor=office.operator, on=later)
    for file in files:
        shown = {(one.record.record_key, one.record.revision, one.state) for one in file.entries}
        assert shown == {(one.key, one.revision, one.state) for one in seen[file.subject.pk] if one.state not in ENDED}
    assert sum(len(file.entries) for file in files) == 9


def test_a_one_person_business_is_found_by_its_exact_code_only(office: Office) -> None:
    shop = next(row for row in office.province.register if row["uscc"].startswith("92"))
    by_name = check(office, name=shop["name"])
    assert by_name.line.assessment.outcome == "not-found"
    assert by_name.line.match.candidates == ()
    assert check(office, code=shop["uscc"]).line.match.means == "code"


def test_another_writing_of_a_name_agrees_with_the_code_and_alone_only_points_to_candidates(office: Office) -> None:
    row = office.province.penalty(1)
    code, name = row["CF_XDR_SHXYM"], row["CF_XDR_MC"]
    brief = name.replace("有限公司", "有限责任公司") if name.endswith("有限公司") else f"{name[:2]}{name[3:]}"
    assert brief != name
    beside = check(office, code=code, name=brief).line.match
    assert (beside.means.value, beside.code) == ("code", code)
    alone = check(office, name=brief).line
    assert alone.assessment.outcome == "to-be-judged"
    assert code in [one.code for one in alone.match.candidates]
    assert check(office, code=code, name="虚构毫不相干科技有限公司").line.match.means == "name-differs"
