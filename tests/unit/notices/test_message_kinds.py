"""Messages: their kinds are dated data with a basis, and what leaves the platform says no more than kind, number and place."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinheng.core.errors import Text, UnusableCall
from xinheng.core.law.loading import LawDataError
from xinheng.core.notices import Channel, Message, kind_on
from xinheng.core.notices.contacts import read_mail, read_telephone
from xinheng.core.notices.kinds import kinds, read
from xinheng.core.notices.outgoing import WAITS, letter, next_try, text_message

TODAY = dt.date(2026, 3, 10)
AT = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
SAYS = Text("说明", "words")
ROW = "{kind: k, zh: 种类, en: kind, from: 2020-01-01, channels: [mail], basis: 某法 第一条, source: text, sure: D}"


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_every_kind_names_its_basis_and_says_nothing_of_a_case(kind: object) -> None:
    assert kind.basis  # type: ignore[attr-defined]
    assert not any(sign.isdigit() for sign in kind.words.zh + kind.words.en)  # type: ignore[attr-defined]


def test_a_kind_is_as_it_was_on_its_day() -> None:
    later = ROW.replace("2020-01-01", "2026-01-01").replace("[mail]", "[mail, sms]")
    old, new = read(f"kinds: [{later}, {ROW}]")
    assert (old.channels, new.channels) == ((Channel.MAIL,), (Channel.MAIL, Channel.SMS))
    assert kind_on("task-late", dt.date(2000, 1, 1)).channels == (Channel.MAIL, Channel.SMS)
    with pytest.raises(ValueError, match="no kind of message"):
        kind_on("gossip", TODAY)


@pytest.mark.parametrize(
    "text",
    [
        f"kinds: [{ROW}, {ROW}]",
        f"kinds: [{ROW.replace('某法 第一条', '')}]",
        f"kinds: [{ROW.replace('[mail]', '[]').replace('sure: D', 'sure: Z')}]",
    ],
)
def test_data_without_a_basis_or_with_a_row_twice_stop_everything(text: str) -> None:
    with pytest.raises(LawDataError):
        read(text)


@pytest.mark.parametrize(
    "link", ["https://elsewhere.invalid/", "//elsewhere.invalid/", "desk/", "/a b", "/\\elsewhere.invalid"]
)
def test_a_message_leads_nowhere_else(link: str) -> None:
    with pytest.raises(ValueError, match="path"):
        Message("task-due", SAYS, SAYS, link)


def test_a_message_has_a_title_in_both_languages() -> None:
    with pytest.raises(ValueError, match="both languages"):
        Message("task-due", Text("标题", " "), SAYS, "")


@given(number=st.integers(1, 10**12), kind=st.sampled_from(kinds()))
def test_what_goes_out_is_made_of_kind_number_and_place_only(number: int, kind: object) -> None:
    place = f"https://credit.example/desk/messages/{number}/"
    mail, text = letter(kind, number=number, place=place), text_message(kind, number=number)  # type: ignore[arg-type]
    blank = letter(kind, number=0, place="")  # type: ignore[arg-type]
    assert str(number) in mail.subject
    assert place in mail.text
    assert str(number) in text
    assert len(text) <= 70
    assert mail.text.replace(place, "").count("\n") == blank.text.count("\n")


def test_a_message_is_tried_seven_times_and_ever_more_seldom() -> None:
    tries = [next_try(count, AT) for count in range(1, len(WAITS) + 2)]
    assert tries[0] == AT + dt.timedelta(minutes=1)
    assert tries[-1] is None
    assert sorted(one for one in tries if one) == [one for one in tries if one]


@pytest.mark.parametrize(("given_", "kept"), [(" +86 138-0000-0000 ", "13800000000"), ("", "")])
def test_a_telephone_is_kept_as_eleven_digits(given_: str, kept: str) -> None:
    assert read_telephone(given_) == kept


@pytest.mark.parametrize("given_", ["025-83000000", "1380000000", "12800000000", "１３８００００００００"])
def test_what_takes_no_text_message_is_no_telephone(given_: str) -> None:
    with pytest.raises(UnusableCall):
        read_telephone(given_)


@pytest.mark.parametrize("given_", ["a", "a@b", "a@b.c\nBcc: x@y.zz", "a b@c.dd", "a@" + "b" * 64 + ".cc", "张三@c.dd"])
def test_what_is_no_address_is_no_mail(given_: str) -> None:
    with pytest.raises(UnusableCall):
        read_mail(given_)
    assert read_mail(" name@office.example ") == "name@office.example"
