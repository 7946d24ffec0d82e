"""The search of the desk: what each kind of text finds, that nobody finds another's, and that any text at all is answered calmly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from xinheng.core.access import Actor
from xinheng.core.sample.codes import identity_number
from xinheng.core.subjects.searching import read_search

from ..office import Office
from ..sheets import TODAY

SHOP = "个体工商户"


def _search(office: Office, text: str, *, actor: Actor | None = None, page: int = 1) -> Any:
    from xinheng.usecases.searching import search

    return search(text, actor=actor or office.operator, at=office.at(TODAY), on=TODAY, page=page)


def _names(found: Any) -> list[str]:
    return [one.name for one in found.subjects.subjects]


def _renamed(office: Office, *names: tuple[str, bool]) -> None:
    """Give the first subjects of the register made-up names: each is a name they have, or one that they had."""
    from xinheng.core.standards.names import name_key
    from xinheng.store.models import Subject, SubjectName

    subjects = list(Subject.objects.filter(kind="legal-person").order_by("id")[: len(names)])
    for subject, (name, current) in zip(subjects, names, strict=True):
        if current:
            Subject.objects.filter(pk=subject.pk).update(name=name)
            SubjectName.objects.filter(subject=subject, current=True).update(name=name, key=name_key(name))
        else:
            SubjectName.objects.create(subject=subject, name=name, key=name_key(name), current=False, searchable=True)


def test_names_are_found_full_first_then_by_their_beginning_then_by_what_they_hold(office: Office) -> None:
    _renamed(
        office, ("江苏甲乙丙丁贸易有限公司", True), ("甲乙丙丁", False), ("甲乙丙丁（江苏）贸易有限公司", True), ("甲乙丙丁", True), ("甲乙丙丁科技有限公司", False)
    )  # fmt: skip
    found = _search(office, "甲乙丙丁")
    matched = [one.matched for one in found.subjects.subjects]
    assert matched == [
        "甲乙丙丁",
        "甲乙丙丁",
        "甲乙丙丁（江苏）贸易有限公司",
        "甲乙丙丁科技有限公司",
        "江苏甲乙丙丁贸易有限公司",
    ]
    assert (found.subjects.subjects[0].name, found.subjects.total) == ("甲乙丙丁", 5)
    assert (
        _names(_search(office, "甲乙丙丁(江苏)"))
        == _names(_search(office, "甲乙丙丁〔江苏﹞"))
        == ["甲乙丙丁（江苏）贸易有限公司"]
    )
    assert {one.matched for one in _search(office, "贸易 甲乙丙丁").subjects.subjects} == {
        "江苏甲乙丙丁贸易有限公司",
        "甲乙丙丁（江苏）贸易有限公司",
    }
    assert len(_search(office, "甲").subjects.subjects) == 4  # one character finds the beginnings of names


@pytest.mark.parametrize("text", ["有限公司", "江苏", "公司 有限", "贸易有限公司", "虚"])
def test_what_is_in_very_many_names_finds_as_many_as_are_listed_and_says_that_there_are_more(
    office: Office, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    from django.db import connection

    from xinheng.store.models import SubjectName
    from xinheng.store.queries import frequent, subjects

    asked = read_search(text).name
    assert asked is not None
    whole = subjects.search_names(asked, limit=1000, offset=0)
    obvious = [
        name for name in SubjectName.objects.filter(searchable=True)
        if (all(part in name.key for part in asked.parts) if asked.grams else name.key.startswith(asked.key))
    ]  # fmt: skip
    assert (whole.total, whole.more) == (len({name.subject_id for name in obvious}), False)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE store_subjectname")
    frequent.forget()
    monkeypatch.setattr(subjects, "MANY", 5)
    monkeypatch.setattr(subjects, "MOST", 10)
    few = subjects.search_names(asked, limit=1000, offset=0)
    if whole.total > 12:
        assert (few.more, few.total, len(few.subjects)) == (True, 10, 10)
        assert {one.subject_id for one in few.subjects} <= {one.subject_id for one in whole.subjects}
        assert subjects.search_names(asked, limit=5, offset=8).subjects == few.subjects[8:]
        assert subjects.search_names(asked, limit=5, offset=1000).subjects == ()
    else:
        assert few == whole
    frequent.forget()


@pytest.mark.parametrize("length", [2, 3, 4, 6])
def test_the_index_finds_what_looking_at_every_name_finds(office: Office, length: int) -> None:
    from xinheng.store.models import SubjectName
    from xinheng.store.queries.subjects import search_names

    names = list(SubjectName.objects.filter(searchable=True).order_by("id"))
    for name in names[::40]:
        asked = read_search(name.key[3 : 3 + length]).name
        if asked is None or len(asked.key) < length:
            continue
        holding = {one.subject_id for one in names if asked.key in one.key}
        found = search_names(asked, limit=1000, offset=0)
        assert {one.subject_id for one in found.subjects} == holding, asked
        assert found.total == len(holding)


def test_every_code_of_a_subject_finds_it_and_an_organisation_code_also_inside_the_unified_one(office: Office) -> None:
    from xinheng.store.models import SubjectCode

    row = next(row for row in office.province.register if row["reg_no"] and row["uscc"].startswith("91"))
    for text in (row["uscc"], row["uscc"].lower(), row["reg_no"], row["org_code"], f"320100{row['org_code']}"):
        assert _names(_search(office, text)) == [row["name"]], text
    SubjectCode.objects.filter(kind="organization-code").delete()
    assert _names(_search(office, row["org_code"])) == [row["name"]]


def test_one_person_businesses_are_found_by_officials_by_code_full_name_or_beginning_and_by_the_public_not_by_a_part(
    office: Office,
) -> None:
    from xinheng.usecases.portal import search as search_public

    shop = next(row for row in office.province.register if row["uscc"].startswith("92"))
    name = shop["name"]

    def public(text: str) -> set[str]:
        return {one.code for one in search_public(text, page=1, on=TODAY, at=office.at(TODAY)).hits}

    for text in (shop["uscc"], name):
        assert shop["uscc"] in public(text)
        assert name in _names(_search(office, text))
    assert name in _names(_search(office, name[:-1]))
    assert name not in _names(_search(office, name[2:]))
    for text in (name[:-1], name[1:], name[:2], name[:1], f"{name[3:]} {name[:3]}", shop["org_code"][:-1]):
        assert shop["uscc"] not in public(text), text


def test_a_document_number_finds_its_record_however_it_is_written_until_it_ends(office: Office, clerk: Client) -> None:
    rows = [
        office.province.penalty(0, CF_WSH="虚环罚〔2026〕第12号"),
        office.province.penalty(1, CF_WSH="虚环罚(2026)12"),
        office.province.penalty(3, CF_WSH="虚环罚【２０２６】 第１２号"),
    ]
    office.hand_in(*rows, office.province.penalty(2, CF_WSH="虚环罚〔2026〕121号"))
    for text in (
        "虚环罚〔2026〕12号",
        "虚环罚（2026）第12号",
        "虚环罚[2026] 12",
        "虚环罚【２０２６】１２号。",
        "虚环罚〔2026〕12",
    ):
        found = _search(office, text)
        assert {one.number for one in found.records} == {row["CF_WSH"] for row in rows}, text
    for text in ("虚环罚〔2026〕1", "环罚〔2026〕12号", "虚环罚〔2026〕012号"):
        assert not _search(office, text).records, text
    page = clerk.get(f"/desk/search/?q={quote('虚环罚〔2026〕12号')}").content.decode()
    code = rows[0]["CF_XDR_SHXYM"]
    assert f"/desk/files/{code}/" in page
    office.withdraw(code, rows[0]["CF_WSH"])
    left = {one.number for one in _search(office, "虚环罚〔2026〕12号").records}
    assert left == {row["CF_WSH"] for row in rows[1:]}


def test_a_record_that_needs_a_matter_is_found_by_its_own_agency_alone(
    office: Office, clerk: Client, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.core.catalogue.item import Openness
    from xinheng.usecases.ledger import file

    office.hand_in(office.province.penalty(0, CF_WSH="虚密罚〔2026〕7号"))
    asked = f"/desk/search/?q={quote('虚密罚〔2026〕7号')}"
    mark = f"/desk/files/{office.province.penalty(0)['CF_XDR_SHXYM']}/"
    assert mark in stranger.get(asked).content.decode()
    version = type("Version", (), {"openness": Openness.GOVERNMENT_SHARING, "retention_years": 5})
    monkeypatch.setattr(file, "load", lambda _: type("Item", (), {"version": lambda _self, _label: version})())
    assert mark in clerk.get(asked).content.decode()
    hidden, none = stranger.get(asked).content.decode(), stranger.get(asked.replace("7", "8")).content.decode()
    assert mark not in hidden
    assert _without_question(hidden) == _without_question(none)


def _without_question(page: str) -> str:
    return "\n".join(
        line for line in page.splitlines() if 'name="q"' not in line and "?q=" not in line and "csrf" not in line
    )


def test_a_submission_is_found_by_its_number_by_those_who_may_see_it_alone(
    office: Office, clerk: Client, stranger: Client
) -> None:
    number = office.hand_in(office.province.penalty(0)).submission
    for words in (str(number), f"报送 {number}", f"%23{number}"):
        assert f"/desk/submissions/{number}/" in clerk.get(f"/desk/search/?q={words}").content.decode()
        assert f"/desk/submissions/{number}/" not in stranger.get(f"/desk/search/?q={words}").content.decode()
    other = next(one for one in (number + 1, number - 1) if len(str(one)) == len(str(number)))
    hidden, none = (stranger.get(f"/desk/search/?q={one}").content.decode() for one in (number, other))
    assert _without_question(hidden) == _without_question(none)


def test_a_natural_persons_number_is_not_searched_kept_or_said_again_and_the_page_says_where_to_go(
    office: Office, clerk: Client, client: Client
) -> None:
    from xinheng.store.models import AuditEvent, Receipt

    number = identity_number(3)
    for door, words in ((clerk, "/desk/search/"), (client, "/search/")):
        led = door.get(f"{words}?q={number}")
        assert led.headers["Location"] == f"{words}?person"
        page = door.get(led.headers["Location"]).content.decode()
        assert "没有查询：输入的可能是自然人的号码" in page
    assert "xinheng persons show" in clerk.get("/desk/search/?person").content.decode()
    told = str([(one.asked, one.result) for one in Receipt.objects.all()]) + str(list(AuditEvent.objects.values()))
    assert number not in told


def test_every_search_leaves_a_receipt_with_what_was_asked_and_found(office: Office, clerk: Client) -> None:
    from xinheng.store.models import Receipt

    clerk.get(f"/desk/search/?q={quote('虚构的名称')}")
    kept = Receipt.objects.filter(action="search").latest("at")
    assert kept.asked == {"text": "虚构的名称", "kinds": ["name"], "page": 1}
    assert kept.result == {"subjects": 0, "records": [], "submissions": []}


STRANGE = (
    "'; DROP TABLE record; --", "%", "_%_", "\\", "{}", '{"a",NULL}', "（）", "😀", "虚", "a" * 200, "9" * 200, "〔" * 200, "NULL", "\u202e虚构", "ﷺ",
    "%s %(key)s", "南 京 市 有 限 公 司", "* * *", "…", "-" * 50,
)  # fmt: skip


def test_a_strange_text_is_answered_calmly(office: Office, clerk: Client, client: Client) -> None:
    for text in STRANGE:
        for door, address in ((clerk, "/desk/search/"), (client, "/search/")):
            assert door.get(f"{address}?q={quote(text)}").status_code == 200, (address, text)


def test_a_text_that_cannot_be_typed_finds_nothing_and_breaks_nothing(office: Office) -> None:
    for text in ("\x00", "虚\x00构", "\ud800", "虚构" * 5000, "   ", *STRANGE):
        found = _search(office, text)
        assert text in STRANGE or not found.anything, ascii(text)


@pytest.mark.parametrize("question", ["q=%00", "q=" + "a" * 201, "q=ab&page=0", "q=ab&page=x"])
def test_an_unusable_question_is_explained(clerk: Client, question: str) -> None:
    assert clerk.get(f"/desk/search/?{question}").status_code == 400


def test_the_box_stands_on_every_page_of_those_who_may_search_and_on_no_other(
    office: Office, clerk: Client, sign_in: Callable[..., Client]
) -> None:
    assert 'action="/desk/search/"' in clerk.get("/desk/submissions/").content.decode()
    assert clerk.get("/desk/search/").content.decode().count('role="search"') == 1
    administrator = sign_in("audit-administrator")
    assert 'action="/desk/search/"' not in administrator.get("/desk/submissions/").content.decode()
    assert administrator.get("/desk/search/?q=ab").status_code == 403
    assert clerk.get("/desk/files/?q=ab").headers["Location"] == "/desk/search/?q=ab"
