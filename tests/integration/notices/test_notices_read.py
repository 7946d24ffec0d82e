"""Reading messages: each account its own, each subject through who acts for it; nobody another's, by no door."""

from __future__ import annotations

import pytest
from django.test import Client

from xinheng.core.errors import Missing, Refused, Text
from xinheng.core.notices import Message

from ..sheets import TODAY
from .conftest import People

DUE = Message(
    "task-due",
    Text("甲单位的报送任务", "the task of 甲"),
    Text("请于三日内报送", "hand it in in three days"),
    "/desk/submit/",
)


def _told(people: People) -> tuple[int, int]:
    """Tell the clerk and the subject something."""
    from xinheng.store.models import Subject
    from xinheng.usecases.notices.send import notify_account, notify_subject

    at = people.office.at(TODAY)
    subject = Subject.objects.get(uscc=people.code)
    return notify_account(people.clerk, DUE, at=at), notify_subject(subject, DUE, at=at)


def test_the_one_it_is_for_reads_it_and_the_count_in_the_frame_falls(people: People) -> None:
    from xinheng.store.models import Notice

    number, _ = _told(people)
    browser = people.browser(people.clerk)
    page = browser.get("/desk/messages/").content.decode()
    assert "甲单位的报送任务" in page
    assert "消息（1）" in page
    assert "1 条未读消息" in browser.get("/desk/files/").content.decode()
    one = browser.get(f"/desk/messages/{number}/").content.decode()
    assert 'href="/desk/submit/"' in one
    assert browser.post(f"/desk/messages/{number}/").status_code == 302
    held = Notice.objects.get(pk=number)
    assert held.read_at
    assert held.read_by == people.clerk
    page = browser.get("/desk/messages/?only=unread").content.decode()
    assert "没有未读消息" in page
    assert "消息（1）" not in page


def test_a_subject_reads_its_messages_through_who_acts_for_it(people: People) -> None:
    _, number = _told(people)
    browser = people.browser(people.head)
    assert browser.get("/me/messages/")["Location"] == f"/me/{people.code}/messages/"
    assert "甲单位的报送任务" in browser.get(f"/me/{people.code}/messages/").content.decode()
    assert "消息（1）" in browser.get(f"/me/{people.code}/").content.decode()
    assert browser.get(f"/me/{people.code}/messages/{number}/").status_code == 200
    assert browser.post(f"/me/{people.code}/messages/read/").status_code == 302
    assert "消息（1）" not in browser.get(f"/me/{people.code}/").content.decode()


@pytest.mark.parametrize("who", ["other", "head", "operator", "nobody"])
def test_nobody_reads_or_marks_anothers(people: People, who: str) -> None:
    from xinheng.store.models import Notice, User

    number, to_subject = _told(people)
    users = {"other": "wu", "head": "head", "operator": "operator"}
    browser = people.browser(User.objects.get(username=users[who])) if who in users else Client()
    addresses = [f"/desk/messages/{number}/", "/desk/messages/", f"/desk/messages/{to_subject}/"]
    if who != "head":
        addresses += [
            f"/me/{people.code}/messages/",
            f"/me/{people.code}/messages/{to_subject}/",
            f"/me/{people.code}/messages/{number}/",
        ]
    for address in addresses:
        answer = browser.get(address)
        assert "甲单位" not in answer.content.decode(), address
        answer = browser.post(address)
        assert "甲单位" not in answer.content.decode(), address
    browser.post("/desk/messages/read/")
    if who != "head":
        browser.post(f"/me/{people.code}/messages/read/")
    assert not Notice.objects.exclude(read_at=None).exists()


def test_another_is_told_that_there_is_none_and_who_stands_in_reads_no_messages_of_the_colleague(
    people: People,
) -> None:
    from dataclasses import replace

    from xinheng.usecases.notices.reading import own_box, subject_box, view_message, view_messages

    number, _ = _told(people)
    at, other = people.office.at(TODAY), people.actor(people.other)
    with pytest.raises(Missing):
        view_message(own_box(other), number, actor=other, at=at)
    with pytest.raises(Refused):
        view_messages(own_box(people.actor(people.clerk)), actor=other, at=at)
    with pytest.raises(Refused):
        view_messages(subject_box(people.code), actor=other, at=at)
    standing_in = replace(other, assignments=people.actor(people.clerk).assignments, on_behalf_of="li")
    assert view_messages(own_box(standing_in), actor=standing_in, at=at).total == 0


def test_an_account_says_where_it_is_reached_and_it_is_kept_sealed(people: People) -> None:
    from xinheng.store.models import Contact

    browser = people.browser(people.clerk)
    given = {"mail": "li@office.example", "telephone": "138 0000 0000"}
    assert browser.post("/desk/account/", given).status_code == 302
    held = Contact.objects.get(user=people.clerk)
    assert b"office" not in bytes(held.mail)
    assert b"13800000000" not in bytes(held.telephone)
    page = browser.get("/desk/account/?done=1").content.decode()
    assert "li@office.example" in page
    assert "13800000000" in page
    assert "已保存" in page
    wrong = browser.post("/desk/account/", {**given, "mail": "no address"})
    assert wrong.status_code == 422
    assert 'value="no address"' in wrong.content.decode()
    assert people.browser(people.other).get("/desk/account/").content.decode().count("office.example") == 0
    assert "联系方式" in people.browser(people.head).get("/desk/account/").content.decode()


def test_who_manages_accounts_sees_and_changes_a_contact_and_nobody_else(people: People) -> None:
    from xinheng.store.models import AuditEvent
    from xinheng.usecases.notices.contacts import ContactView, keep_contact, view_contact

    people.reached(people.clerk)
    at = people.office.at(TODAY)
    assert view_contact("li", actor=people.office.operator, at=at, on=TODAY).mail == "li@office.example"
    keep_contact("li", ContactView("", "13900000009"), actor=people.office.operator, at=at, on=TODAY)
    assert view_contact("li", actor=people.actor(people.clerk), at=at, on=TODAY) == ContactView("", "13900000009")
    with pytest.raises(Refused):
        view_contact("li", actor=people.actor(people.other), at=at, on=TODAY)
    receipts = AuditEvent.objects.filter(target="contact of li").select_related("receipt")
    assert not any("office.example" in str(one.receipt and (one.receipt.asked, one.receipt.result)) for one in receipts)
