"""Words and tones of screening on the pages: how it was asked, what came out, and what the screening looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xinheng.core.errors import Text
from xinheng.core.screening import Assessment, Feed, Outcome, ScreeningMatter
from xinheng.core.screening.assessment import NOTHING_IN, covering

KINDS = {"check": Text("单笔查询", "Single query"), "list": Text("批量审查", "List")}
TONES: Mapping[Outcome, str] = {
    Outcome.CLEAR: "calm", Outcome.HAS_RECORDS: "marked", Outcome.ON_LIST: "marked", Outcome.TO_BE_JUDGED: "marked",
    Outcome.NOT_FOUND: "plain", Outcome.REFUSED: "plain",
}  # fmt: skip
NO_TABLE = Text("没有符合条件的审查", "No screening matches")
COMES = Text("数据截至", "data until")
ZERO = Text("零报告截至", "zero report until")
NOTHING_YET = Text("尚无数据", "nothing has come in")
NOT_SHOWN = Text("依法须经授权，本次未查", "takes an authorization; not looked at")


@dataclass(frozen=True, slots=True)
class Covered:
    """An item that a matter looks at, in words, and until when it has come in; ``until`` is empty where a clear cannot rest on it, ``why`` says why."""

    looks: Text
    feed: Feed
    words: Text
    tone: str


def covered(matter: ScreeningMatter, feeds: Sequence[Feed]) -> tuple[Covered, ...]:
    """Return what a matter looked at and on what that rests, in the order of the register."""
    known = {feed.item: feed for feed in feeds}
    held = ((look, known[look.item]) for look in matter.looks if look.item in known)
    return tuple(Covered(look.words, feed, *_told(feed)) for look, feed in held)


def _told(feed: Feed) -> tuple[Text, str]:
    if not feed.shown:
        return NOT_SHOWN, "plain"
    if feed.stopped is not None:
        return feed.stopped, "marked"
    if feed.until is None:
        return NOTHING_YET, "marked"
    words = ZERO if feed.zero else COMES
    return Text(f"{words.zh} {feed.until}", f"{words.en} {feed.until}"), "calm"


def reasons(assessment: Assessment, feeds: Sequence[Feed]) -> tuple[Text, ...]:
    """Return the reasons of an outcome without what was looked at, which has a table of its own; that nothing came in is said all the same."""
    told_below = {one for one in covering(feeds) if one != NOTHING_IN}
    return tuple(one for one in assessment.reasons if one not in told_below)


def by_department(matters: Sequence[ScreeningMatter]) -> tuple[tuple[Text, tuple[ScreeningMatter, ...]], ...]:
    """Return matters in groups of one department, in the order of the register."""
    departments = dict.fromkeys(one.department for one in matters)
    return tuple((kind.label, tuple(one for one in matters if one.department is kind)) for kind in departments)
