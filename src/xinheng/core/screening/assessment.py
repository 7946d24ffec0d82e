"""The outcome of a row (审查结果): a pure function of whose it is, what is seen of it, the matter and the feeds, with the reasons in words.

Basis: design principles 4 (a match is a prompt, a person decides), 8 and 9 (every clear says which items it covers and until when each has come in).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from xinheng.core.catalogue.item import Effect
from xinheng.core.errors import Text
from xinheng.core.screening.matching import Match, Means
from xinheng.core.screening.matters import ScreeningMatter
from xinheng.core.screening.seen import TOLD, Feed, Seen, Standing, standing_of


class Outcome(StrEnum):
    """What a row came out as."""

    CLEAR = "clear"
    HAS_RECORDS = "has-records"
    ON_LIST = "on-list"
    NOT_FOUND = "not-found"
    TO_BE_JUDGED = "to-be-judged"
    REFUSED = "refused"  # a natural person's number stood in the row

    @property
    def label(self) -> Text:
        """Return the words for it."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class Told:
    """A record that is told of, and what it is in the matter."""

    seen: Seen
    standing: Standing


@dataclass(frozen=True, slots=True)
class Assessment:
    """A row's outcome with its reasons; ``entries`` are list entries, ``records`` the rest, each a finding, beside it, suspended or unconfirmed."""

    outcome: Outcome
    reasons: tuple[Text, ...]
    entries: tuple[Told, ...] = ()
    records: tuple[Told, ...] = ()


def assess(
    match: Match, seen: Sequence[Seen], matter: ScreeningMatter, feeds: Sequence[Feed], *, on: dt.date
) -> Assessment:
    """Return the outcome of a row on a day; ``seen`` may hold anything of the subject: what the matter does not look at is left out here."""
    if match.means in _UNFOUND:
        outcome, reason = _UNFOUND[match.means]
        return Assessment(outcome, (reason,))
    told = [Told(one, standing) for one in seen if (standing := standing_of(one, matter.look(one.item), on=on)) in TOLD]
    told.sort(key=lambda one: (-one.seen.since.toordinal(), one.seen.key))
    entries = tuple(one for one in told if one.seen.is_list and one.seen.effect is Effect.ADVERSE)
    records = tuple(one for one in told if one not in entries)
    outcome = _outcome(told, feeds)
    named = (BY_NAME,) if match.means is Means.NAME else ()
    return Assessment(outcome, (*named, *_reasons(outcome, told), *_covering(tuple(feeds))), entries, records)


def _outcome(told: Sequence[Told], feeds: Sequence[Feed]) -> Outcome:
    findings = [one for one in told if one.standing is Standing.FINDING]
    if any(one.seen.is_list for one in findings):
        return Outcome.ON_LIST
    if findings:
        return Outcome.HAS_RECORDS
    unsettled = any(one.standing in (Standing.SUSPENDED, Standing.UNCONFIRMED) for one in told)
    nothing_in = not any(feed.covered for feed in feeds)
    return Outcome.TO_BE_JUDGED if unsettled or nothing_in else Outcome.CLEAR


def _reasons(outcome: Outcome, told: Sequence[Told]) -> tuple[Text, ...]:
    findings = [one.seen for one in told if one.standing is Standing.FINDING]
    lists = sum(one.is_list for one in findings)
    said = []
    if lists:
        said.append(Text(f"在 {lists} 个名单中", f"on {lists} {'list' if lists == 1 else 'lists'}"))
    if more := len(findings) - lists:
        said.append(Text(f"有 {more} 条不良记录", f"{more} adverse {'record' if more == 1 else 'records'}"))
    said += [SUSPENDED] if any(one.standing is Standing.SUSPENDED for one in told) else []
    said += [UNCONFIRMED] if any(one.standing is Standing.UNCONFIRMED for one in told) else []
    if outcome is Outcome.CLEAR:
        said.append(NOTHING)
    return tuple(said)


def covering(feeds: Sequence[Feed]) -> tuple[Text, ...]:
    """Return in words what was looked at and until when each item has come in: what a clear rests on, and what it does not."""
    return _covering(tuple(feeds))


@lru_cache(maxsize=64)  # it is the same for all rows of a list
def _covering(feeds: tuple[Feed, ...]) -> tuple[Text, ...]:
    groups = (
        (NOT_IN, [one for one in feeds if one.shown and one.until is None]),
        (NOT_SHOWN, [one for one in feeds if not one.shown]),
        (RESTS, [one for one in feeds if one.shown and one.until is not None and one.stopped is not None]),
    )
    covered = [one for one in feeds if one.covered]
    said = []
    if covered:
        zh = "、".join(f"{one.title.zh}（{'零报告' if one.zero else '数据'}截至 {one.until}）" for one in covered)
        en = ", ".join(f"{one.title.en} ({'zero report' if one.zero else 'data'} until {one.until})" for one in covered)
        said.append(Text(f"已查：{zh}", f"looked at: {en}"))
    for words, held in groups:
        if held:
            zh, en = "、".join(one.title.zh for one in held), ", ".join(one.title.en for one in held)
            said.append(Text(f"{words.zh}：{zh}", f"{words.en}: {en}"))
    if not covered:
        said.append(NOTHING_IN)
    return tuple(said)


NOTHING = Text("所查信息项中没有不良记录", "no adverse record in the items that were looked at")
NOTHING_IN = Text(
    "所查信息项尚无数据，不能据此认为没有记录", "nothing has come in of the items: that is no ground to call it clear"
)
NOT_IN = Text("尚无数据", "nothing has come in of")
NOT_SHOWN = Text("依法须经授权，本次未查", "not looked at, for it takes an authorization")
RESTS = Text("暂停公示，未作依据", "publication suspended, not relied on")
SUSPENDED = Text("有记录暂停公示，请向信源单位核实", "a record's publication is suspended: ask its source agency")
UNCONFIRMED = Text(
    "有记录没有截止日期，且信源单位超过 30 天未再确认，请核实",
    "a record has no last day and its source has not confirmed it for 30 days: ask",
)
BY_NAME = Text("仅凭名称找到，请核对统一社会信用代码", "found by its name alone: confirm the unified code")
_UNFOUND = {
    Means.PERSON: (
        Outcome.REFUSED,
        Text("代码栏或者名称栏含自然人证件号码：不查、不存、不显示", "a natural person's number stands in it: not looked up, not kept, not shown"),
    ),
    Means.NOBODY: (Outcome.NOT_FOUND, Text("登记库中没有找到", "the register does not know it")),
    Means.CANDIDATES: (
        Outcome.TO_BE_JUDGED,
        Text("仅凭名称不能确定是哪个主体，请判定", "the name alone does not tell whose it is: a person decides"),
    ),
    Means.NAME_DIFFERS: (
        Outcome.TO_BE_JUDGED,
        Text("代码与名称不是同一主体的，请核对", "code and name are not the same subject's: check them"),
    ),
}  # fmt: skip
_LABELS = {
    Outcome.CLEAR: Text("未见不良记录", "clear"),
    Outcome.HAS_RECORDS: Text("有不良记录", "has records"),
    Outcome.ON_LIST: Text("在名单中", "on a list"),
    Outcome.NOT_FOUND: Text("未找到", "not found"),
    Outcome.TO_BE_JUDGED: Text("待判定", "to be judged"),
    Outcome.REFUSED: Text("不予受理", "refused"),
}
