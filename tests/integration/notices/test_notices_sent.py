"""What goes out: handed over once, tried again where it may pass, dead where it may not; and nothing of the case on the way or in a log."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from xinheng.core.errors import Text
from xinheng.core.notices import Message

from ..sheets import TODAY
from .conftest import People
from .mail_server import MailServer
from .sms_gateway import KEY, NO_NUMBER, Gateway

TITLE, BODY = "某某虚构有限公司的报送已经逾期", "请尽快报送，经办人张某某，电话 13911112222"
LATE = Message("task-late", Text(TITLE, "the firm's submission is late"), Text(BODY, "hand it in"), "/desk/submit/")


def _tell(people: People, message: Message = LATE) -> int:
    from xinheng.usecases.notices.send import notify_account

    return notify_account(people.clerk, message, at=people.office.at(TODAY))


def _through(post: MailServer | None = None, gateway: Gateway | None = None, patience: float = 5.0) -> Any:
    from xinheng.gateways.mail.smtp import SmtpMailer
    from xinheng.gateways.sms.texter import GatewayTexter
    from xinheng.usecases.notices.sending import Gateways, gateways

    held = gateways()
    mail = SmtpMailer.at(post.url) if post else held.mail
    return Gateways(mail, GatewayTexter(gateway.url, KEY, patience) if gateway else held.sms)


def _send(people: People, through: Any = None, *, minutes: int = 0) -> Any:
    from xinheng.usecases.notices.sending import send_outgoing

    return send_outgoing(at=people.office.at(TODAY) + dt.timedelta(minutes=minutes), through=through)


def _states() -> dict[str, str]:
    from xinheng.store.models import OutgoingNotice

    return dict(OutgoingNotice.objects.values_list("channel", "state"))


def test_mail_and_text_message_are_handed_over_once_and_say_nothing_of_the_case(
    people: People, post: MailServer, gateway: Gateway, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ADDRESS, settings.MAIL_FROM = "https://credit.example", "信衡 <xinheng@credit.example>"
    people.reached(people.clerk)
    number = _tell(people)
    with caplog.at_level(logging.DEBUG):
        told = _send(people, _through(post, gateway))
    assert (told.sent, told.again, told.dead, told.no_address) == (2, 0, 0, 0)
    assert _send(people, _through(post, gateway), minutes=60).sent == 0
    (mail,) = [email.message_from_bytes(one, policy=email.policy.default) for one in post.mails]
    (text,) = gateway.accepted.values()
    assert mail["To"] == "li@office.example"
    assert f"https://credit.example/desk/messages/{number}/" in mail.get_content()
    assert text["to"] == "13900000000"
    for said in (mail.get_content() + mail["Subject"], text["text"]):
        assert str(number) in said
        assert not any(word in said for word in ("虚构有限公司", "张某某", "13911112222", "firm"))
    assert not any(word in caplog.text for word in ("office.example", "13900000000", "虚构", text["text"]))


def test_without_a_server_mail_becomes_files_that_their_owner_alone_reads(people: People, settings: Any) -> None:
    people.reached(people.clerk)
    _tell(people)
    assert _send(people).sent == 2
    (mail,), (text,) = (sorted((settings.OUTGOING / channel).iterdir()) for channel in ("mail", "sms"))
    assert mail.suffix == ".eml"
    assert mail.stat().st_mode & 0o077 == 0
    assert email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)["To"] == "li@office.example"
    assert json.loads(text.read_text(encoding="utf-8"))["to"] == "*0000"


def test_a_number_or_an_address_that_there_is_none_of_is_dead_at_once_and_a_person_sends_it_again(
    people: People, post: MailServer, gateway: Gateway
) -> None:
    from xinheng.usecases.notices.sending import list_outgoing, send_again

    people.reached(people.clerk, mail="gone@office.example", telephone=NO_NUMBER)
    post.answers["gone@office.example"] = "550 no such address gone@office.example"
    _tell(people)
    assert _send(people, _through(post, gateway)).dead == 2
    at = people.office.at(TODAY)
    dead = list_outgoing(actor=people.office.operator, at=at, dead=True)
    assert {one.channel.value: one.account for one in dead} == {"mail": "li", "sms": "li"}
    assert all(one.error and "office.example" not in str(one.error) and NO_NUMBER not in str(one.error) for one in dead)
    assert {"550" in str(one.error) or "refused-number" in str(one.error) for one in dead} == {True}
    people.reached(people.clerk)
    for one in dead:
        send_again(one.number, actor=people.office.operator, at=at)
    assert _send(people, _through(post, gateway)).sent == 2


def test_a_server_that_cannot_now_is_tried_again_later(people: People, post: MailServer) -> None:
    people.reached(people.clerk, telephone="")
    post.answers["li@office.example"] = "451 later"
    _tell(people)
    through = _through(post)
    assert (_send(people, through).again, _states()["mail"]) == (1, "waiting")
    assert _send(people, through).again == 0  # not due yet
    post.answers.clear()
    assert _send(people, through, minutes=2).sent == 1
    assert len(post.mails) == 1


def test_silence_ends_in_a_new_try_under_the_same_reference_and_one_text_message(
    people: People, gateway: Gateway
) -> None:
    people.reached(people.clerk, mail="")
    _tell(people)
    gateway.silent = 1
    told = _send(people, _through(gateway=gateway, patience=0.2))
    assert (told.again, told.no_address) == (1, 1)
    assert _send(people, _through(gateway=gateway), minutes=2).sent == 1
    assert len(gateway.asked) == 2
    assert len(gateway.accepted) == 1  # the gateway knew the reference again


def test_the_answer_to_another_message_counts_for_nothing(people: People, gateway: Gateway) -> None:
    people.reached(people.clerk, mail="")
    _tell(people)
    _tell(people)
    gateway.doubled = True
    assert _send(people, _through(gateway=gateway)).sent == 1  # the second is answered with the answer to the first
    gateway.doubled = False
    assert _send(people, _through(gateway=gateway), minutes=2).sent == 1
    assert len(gateway.accepted) == 2


def test_a_gateway_that_is_away_rests_until_the_next_run_and_after_seven_tries_it_is_dead(
    people: People, gateway: Gateway
) -> None:
    people.reached(people.clerk, mail="")
    _tell(people)
    _tell(people)
    gateway.busy = 100
    assert _send(people, _through(gateway=gateway)).again == 1  # the second was not even asked
    assert gateway.busy == 99
    minutes = 0
    for _ in range(20):
        minutes += 24 * 60
        _send(people, _through(gateway=gateway), minutes=minutes)
    assert _states()["sms"] == "dead"
    assert gateway.busy == 100 - 14


def test_who_has_said_no_address_reads_it_in_the_platform_and_a_closed_account_gets_nothing(people: People) -> None:
    _tell(people)
    assert _send(people).no_address == 2
    people.clerk.is_active = False
    people.clerk.save()
    _tell(people)
    assert _states() == {"mail": "no-address", "sms": "no-address"}


def test_a_kind_without_channels_stays_inside(people: People) -> None:
    people.reached(people.clerk)
    _tell(people, Message("approval-given", LATE.title, LATE.body, ""))
    assert _states() == {}


def test_the_timetable_sends_what_waits(people: People, settings: Any) -> None:
    from xinheng.jobs.tasks import send_the_notices

    people.reached(people.clerk)
    _tell(people)
    send_the_notices(0)
    assert len(list((settings.OUTGOING / "mail").iterdir())) == 1


def test_the_key_of_the_gateway_is_asked_for(people: People, gateway: Gateway, tmp_path: Path) -> None:
    from xinheng.gateways.sms.texter import GatewayTexter, texter
    from xinheng.usecases.notices.sending import Gateways, gateways

    people.reached(people.clerk, mail="")
    _tell(people)
    assert _send(people, Gateways(gateways().mail, GatewayTexter(gateway.url, "wrong"))).again == 1
    assert not gateway.accepted
    with pytest.raises(ValueError, match="https"):
        texter("http://gateway.example/", KEY, folder=tmp_path)
