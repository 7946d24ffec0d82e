"""Kinds of messages (消息种类): which channels each uses on a day. Dated data in ``kinds.yaml``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from xinheng.core.errors import Text
from xinheng.core.law import loading
from xinheng.core.law.loading import LawDataError

_KEYS = frozenset({"kind", "zh", "en", "from", "channels", *loading.CITATION_KEYS})


class Channel(StrEnum):
    """How a message leaves the platform; inside it every message is to be read anyway."""

    MAIL = "mail"
    SMS = "sms"

    @property
    def label(self) -> Text:
        """Return the words for it."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message as it is from a day on: its general words, the channels that it uses, and on what basis."""

    name: str
    words: Text
    since: dt.date
    channels: tuple[Channel, ...]
    basis: str
    source: str
    sure: str


def kind_on(name: str, day: dt.date) -> Kind:
    """Return a kind as it is on a day; before its first day, what came first. Raises ``ValueError`` for a kind that there is none of."""
    rows = [kind for kind in kinds() if kind.name == name]
    if not rows:
        raise ValueError(f"there is no kind of message {name!r}: name it in core/notices/kinds.yaml")
    in_force = [kind for kind in rows if kind.since <= day]
    return in_force[-1] if in_force else rows[0]


@cache
def kinds() -> tuple[Kind, ...]:
    """Return all rows, each kind's in the order of its days."""
    return read(files(__package__).joinpath("kinds.yaml").read_text(encoding="utf-8"))


def read(text: str) -> tuple[Kind, ...]:
    """Return the kinds that a YAML text holds; raises ``LawDataError`` where it breaks the form."""
    rows = loading.check_keys(loading.parse(text), required=("kinds",), where="kinds of messages")["kinds"]
    found = tuple(sorted(map(_kind, rows), key=lambda one: (one.name, one.since)))
    if len({(one.name, one.since) for one in found}) != len(found):
        raise LawDataError("kinds of messages: a kind has one row for a day")
    return found


def _kind(row: object) -> Kind:
    held = loading.check_keys(row, required=_KEYS, where="kinds of messages")
    where = f"kind of message {held['kind']}"
    since = loading.day(held["from"], where=where)
    if (
        since is None
        or held["sure"] not in loading.SURE
        or not all(str(held[key] or "").strip() for key in ("basis", "source"))
    ):
        raise LawDataError(f"{where}: a first day, basis, source and how sure that is are needed")
    words = loading.text({"zh": held["zh"], "en": held["en"]}, where=where)
    channels = tuple(Channel(one) for one in held["channels"])
    return Kind(str(held["kind"]), words, since, channels, str(held["basis"]), str(held["source"]), str(held["sure"]))


_LABELS = {Channel.MAIL: Text("邮件", "mail"), Channel.SMS: Text("短信", "text message")}
