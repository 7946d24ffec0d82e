"""Whose record is it (主体认定): by the code, by a code or a name as it stood on the day of the decision, or for a person to judge.

One function for a row, a form and a batch; whoever calls it has looked up who holds the code and who bears a name like the one given. Basis: GB
32100-2015 (one code for life), design §1.4 (an adverse record attaches by code only; a match is a prompt) and §6.5; reporting rule 1001 (name and code
agree with the register, renames understood). A branch's record stays with the branch.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.catalogue.item import Effect
from xinheng.core.errors import Text
from xinheng.core.names import Comparison, Verdict, compare
from xinheng.core.standards import uscc
from xinheng.core.subjects.subject import SubjectKind


@dataclass(frozen=True, slots=True)
class Dated:
    """A name or a code, borne on the half-open span [``begins``, ``ends``); ``None`` where that is not known or has not come."""

    text: str
    begins: dt.date | None = None
    ends: dt.date | None = None

    def held_on(self, day: dt.date) -> bool:
        """Tell whether it was borne on ``day``."""
        return (self.begins is None or self.begins <= day) and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Bearer:
    """A subject as the register knows it: its number, kind, every name and code with its days, and what else speaks for it."""

    subject: int
    kind: SubjectKind
    names: tuple[Dated, ...]
    codes: tuple[Dated, ...]
    region: str = ""
    industry: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a record says of its subject: the name and code given, the day of the decision, what the record means, where it was decided."""

    name: str
    code: str
    decided_on: dt.date
    effect: Effect
    region: str = ""
    industry: str = ""


class Means(StrEnum):
    """By what a subject was found."""

    CODE = "code"
    FORMER_CODE = "former-code"
    NAME = "name"
    MENDED_CODE = "mended-code"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that may be meant: the name of it that is nearest, how that compares, and what else speaks for or against it."""

    subject: int
    name: str
    comparison: Comparison
    evidence: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer: ``same`` names exactly one ``subject``; ``ask`` and ``different`` (nobody is known) name none and attach nothing."""

    verdict: Verdict
    means: Means
    why: Text
    subject: int | None = None
    candidates: tuple[Candidate, ...] = ()


def resolve(
    asked: Asked, *, holders: Sequence[Bearer], namesakes: Sequence[Bearer] = (), mended: Sequence[Bearer] = ()
) -> Resolution:
    """Say whose record it is.

    ``holders`` hold or held the code given, ``namesakes`` bear or bore a name like the one given, ``mended`` hold the code that the given one was
    probably meant to be (``uscc.suggestion``), which is told and never acted on.
    """
    if asked.code and uscc.is_valid(asked.code):
        return _by_code(asked, holders, namesakes)
    if mended:
        return Resolution(Verdict.ASK, Means.MENDED_CODE, _MENDED, candidates=_candidates(asked, [*mended, *namesakes]))
    if asked.code:
        return _open(asked, _WRONG_CODE, namesakes)
    return _by_name(asked, namesakes)


def _by_code(asked: Asked, holders: Sequence[Bearer], namesakes: Sequence[Bearer]) -> Resolution:
    if not holders:
        return _open(asked, _UNKNOWN_CODE, namesakes)
    current = [one for one in holders if any(code.text == asked.code and code.ends is None for code in one.codes)]
    then = [
        one for one in holders if any(code.text == asked.code and code.held_on(asked.decided_on) for code in one.codes)
    ]
    found = current or then
    if len(found) != 1:
        return Resolution(
            Verdict.ASK, Means.FORMER_CODE, _CODE_ENDED, candidates=_candidates(asked, [*holders, *namesakes])
        )
    means = Means.CODE if current else Means.FORMER_CODE
    candidate = _candidate(asked, found[0])
    if not asked.name.strip() or candidate.comparison.verdict is Verdict.SAME:
        return Resolution(Verdict.SAME, means, _CODE if current else _FORMER_CODE, found[0].subject, (candidate,))
    return Resolution(Verdict.ASK, means, _NAME_DISAGREES, candidates=_candidates(asked, [found[0], *namesakes]))


def _by_name(asked: Asked, namesakes: Sequence[Bearer]) -> Resolution:
    """A name alone never attaches an adverse record, nor one of a one-person business; others by the one exact name of that day."""
    exact = [one for one in namesakes if any(_is_exact(asked, name) for name in one.names)]
    if asked.effect is Effect.ADVERSE or len(exact) != 1:
        return _open(asked, _ADVERSE_BY_NAME if asked.effect is Effect.ADVERSE else _NAME_NOT_ONE, namesakes)
    [bearer] = exact
    if bearer.kind is SubjectKind.INDIVIDUAL_BUSINESS:
        return _open(asked, _INDIVIDUAL, namesakes)
    return Resolution(Verdict.SAME, Means.NAME, _EXACT, bearer.subject, (_candidate(asked, bearer),))


def _is_exact(asked: Asked, name: Dated) -> bool:
    if not name.held_on(asked.decided_on):
        return False
    found = compare(asked.name, name.text)
    return found.verdict is Verdict.SAME and found.findings[0].code in ("text.equal", "text.written")


def _open(asked: Asked, why: Text, namesakes: Sequence[Bearer]) -> Resolution:
    candidates = _candidates(asked, namesakes)
    verdict = Verdict.ASK if candidates else Verdict.DIFFERENT
    return Resolution(
        verdict, Means.NAME if candidates else Means.NOTHING, why if candidates else _NOBODY, candidates=candidates
    )


def _candidates(asked: Asked, bearers: Sequence[Bearer]) -> tuple[Candidate, ...]:
    """One candidate a subject, the likeliest first; one-person businesses only where the name is the very same."""
    found = {one.subject: (one, _candidate(asked, one)) for one in reversed(bearers)}
    kept = [
        candidate
        for bearer, candidate in found.values()
        if bearer.kind is not SubjectKind.INDIVIDUAL_BUSINESS
        or candidate.comparison.findings[0].code.startswith("text.")
    ]
    return tuple(sorted(kept, key=lambda one: (-one.comparison.score, -len(one.evidence), one.subject)))


def _candidate(asked: Asked, bearer: Bearer) -> Candidate:
    compared = [(compare(asked.name, name.text), name) for name in bearer.names]
    best, name = max(
        compared,
        key=lambda pair: (pair[0].score, pair[1].held_on(asked.decided_on), pair[1].ends is None, pair[1].text),
    )
    return Candidate(bearer.subject, name.text, best, _evidence(asked, bearer, name))


def _evidence(asked: Asked, bearer: Bearer, name: Dated) -> tuple[Text, ...]:
    found = []
    if not name.held_on(asked.decided_on):
        found.append(Text("作出决定之日不用该名称", "it did not bear this name on the day of the decision"))
    elif name.ends is not None:
        found.append(Text("该名称为曾用名，作出决定之日在用", "a former name, borne on the day of the decision"))
    if asked.region and bearer.region:
        same = asked.region[:4] == bearer.region[:4]
        found.append(Text("所在地市相同", "in the same city") if same else Text("所在地市不同", "in another city"))
    if asked.industry and asked.industry == bearer.industry:
        found.append(Text("行业相同", "of the same industry"))
    return tuple(found)


_CODE = Text("统一社会信用代码相符，名称相符", "the code is the subject's, and so is the name")
_FORMER_CODE = Text(
    "作出决定之日该代码为其所用，名称相符",
    "the code was the subject's on the day of the decision, and the name is its own",
)
_CODE_ENDED = Text("该代码在作出决定之日不属于唯一主体", "on the day of the decision the code was not one subject's")
_NAME_DISAGREES = Text("代码属于该主体，名称与登记不符（1001）", "the code is a subject's, but the name is not (1001)")
_UNKNOWN_CODE = Text(
    "登记库中无此代码，名称相近的主体供核对", "nobody in the register has the code; subjects of like names are listed"
)
_WRONG_CODE = Text(
    "代码有误，不能认定；名称相近的主体供核对", "the code is wrong and finds nobody; subjects of like names are listed"
)
_MENDED = Text(
    "代码可能录错一位，供核对，不自动更正",
    "one character of the code may be mistyped: to be checked, never mended by itself",
)
_ADVERSE_BY_NAME = Text(
    "不利信息仅凭名称不予归集到主体，等待人工认定", "a name alone attaches no adverse record: it waits for a person"
)
_NAME_NOT_ONE = Text("名称不能唯一认定主体", "the name is not exactly one subject's")
_INDIVIDUAL = Text("个体工商户不按名称认定", "a one-person business is not found by its name")
_EXACT = Text("作出决定之日该名称为其唯一所用", "on the day of the decision the name was this subject's alone")
_NOBODY = Text("登记库中没有可供核对的主体", "the register knows nobody who may be meant")
