"""What leaves the platform (对外文本): only what kind of message there is, its number, and where to look.

Made from the kind and two facts, so that nothing of a title or a body can get into it. Basis: 个人信息保护法 第六条 (no more than is needed): mail and text
messages pass through hands that the platform does not know.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.errors import Text
from xinheng.core.notices.kinds import Kind

WAITS = (60, 5 * 60, 15 * 60, 60 * 60, 4 * 60 * 60, 12 * 60 * 60)
"""Seconds after which a message that could not be handed over is tried again; after the last try it is dead."""


class State(StrEnum):
    """Where a message on its way out stands, as stored."""

    WAITING = "waiting"
    SENT = "sent"  # the mail server or the gateway has taken it
    NO_ADDRESS = "no-address"  # the account has said none; it reads the message in the platform
    DEAD = "dead"  # refused for good, or tried in vain: a person decides

    @property
    def label(self) -> Text:
        """Return the state in words."""
        return _STATES[self]


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, or the text of a text message, as it goes out."""

    subject: str
    text: str


def letter(kind: Kind, *, number: int, place: str) -> Letter:
    """Return what goes out for a message: ``number`` is that of the notice, ``place`` the address of its page (empty: sign in and look)."""
    where_zh = f"请登录查看：{place}" if place else "请登录平台，在“消息”中查看。"
    where_en = f"Please sign in and look: {place}" if place else "Please sign in and look under Messages."
    subject = f"信衡消息 {number}：{kind.words.zh}"
    lines = (
        f"您有一条新消息（{kind.words.zh}，编号 {number}）。{where_zh}", "", f"You have a message ({kind.words.en}, number {number}). {where_en}", "",
        "本邮件由平台自动发出，不含具体内容，请勿回复。 Sent automatically, without any details; please do not answer.",
    )  # fmt: skip
    return Letter(subject, "\n".join(lines) + "\n")


def text_message(kind: Kind, *, number: int) -> str:
    """Return the text of a text message: one of 70 characters, without an address, which nobody should follow from a telephone."""
    return f"【信衡】您有一条新消息：{kind.words.zh}，编号 {number}。请登录平台查看。"


def next_try(tries: int, at: dt.datetime) -> dt.datetime | None:
    """Return when a message is tried again that failed for the ``tries``-th time; nothing where it is given up."""
    return at + dt.timedelta(seconds=WAITS[tries - 1]) if tries <= len(WAITS) else None


_STATES = {
    State.WAITING: Text("待发送", "waits"),
    State.SENT: Text("已送出", "handed over"),
    State.NO_ADDRESS: Text("没有联系方式", "no address"),
    State.DEAD: Text("发送失败", "dead"),
}
