"""Resolving (主体识别): whose a name and a code are — ``same``, ``ask`` or ``none``, with a score and why; one rule for one row and for a million.

It says who is meant and attaches nothing: what may attach a record is said in design §6 step 5 (``core.subjects.by_name`` for names), and an adverse
record attaches by code only. Basis: GB 32100-2015 (one code for life), GB 11714-1997; principle 4 (a match is a prompt, a person decides). A branch is not
its parent; a code of one mended character is told and never acted on; a one-person business is told by its code alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from xinheng.core.errors import Text
from xinheng.core.names import Comparison
from xinheng.core.names import Verdict as Likeness
from xinheng.core.standards import organization_code, registration_number, uscc
from xinheng.core.standards.mends import tidy
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.subject import CodeKind, SubjectKind


class Verdict(StrEnum):
    """Whether the subject is known: ``same`` names one, ``ask`` leaves it to a person, ``none`` knows nobody."""

    SAME = "same"
    ASK = "ask"
    NONE = "none"

    @property
    def label(self) -> Text:
        """Return the verdict in words."""
        return _LABELS[self]


class By(StrEnum):
    """What named the subject of a ``same``."""

    CODE = "code"
    NAME = "name"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class GivenCode:
    """A code as it was given: ``text`` in standard writing, ``kind`` where its check character is right (``None``: it is no code at all, or a wrong one).

    ``personal``: it may be a natural person's number; it is then neither looked up nor repeated, and ``text`` is empty.
    """

    text: str
    kind: CodeKind | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Bearer:
    """A subject of the register. ``codes`` are all by which the register finds it, its kind with each."""

    subject: int
    uscc: str
    name: str
    kind: SubjectKind
    codes: frozenset[tuple[CodeKind, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Near:
    """A subject that may be meant, the name of it that is nearest to the one given, and how the two compare."""

    bearer: Bearer
    name: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer for a row. ``bearer`` is named by ``same`` only; ``candidates`` are others that may be meant, the likeliest first.

    ``score`` is 1 where code or name agree letter by letter and falls with every doubt (``core.names``); it ranks, and is no probability.
    """

    verdict: Verdict
    by: By
    score: float
    why: Text
    bearer: Bearer | None = None
    candidates: tuple[Near, ...] = ()


_NO_CODE = GivenCode("")
_KINDS = (
    (CodeKind.USCC, uscc.is_valid),
    (CodeKind.REGISTRATION_NUMBER, registration_number.is_valid),
    (CodeKind.ORGANIZATION_CODE, organization_code.is_valid),
)
LONGEST_CODE = 40
MOST = 5
"""Candidates of a row at the most."""


def given_codes(texts: Sequence[str]) -> list[GivenCode]:
    """Read codes as :func:`given_code` does, the usual ones at once."""
    usual = uscc.is_valid_array(pa.array(texts, pa.string())).to_pylist()
    return [
        GivenCode(text, CodeKind.USCC) if right else given_code(text) for text, right in zip(texts, usual, strict=True)
    ]


def given_code(text: str) -> GivenCode:
    """Read a code. A right code of an organisation is one whatever else it looks like; what looks like a person's number is dropped at once."""
    if not text:
        return _NO_CODE
    code = tidy(text[:LONGEST_CODE])
    kind = next((kind for kind, is_valid in _KINDS if code and is_valid(code)), None)
    if kind is None and mask(code) != code:
        return GivenCode("", personal=True)
    return GivenCode(code, kind)


def resolve(
    code: GivenCode, named: str, *, holder: Near | None, near: Sequence[Near], mended: Sequence[Bearer] = ()
) -> Resolution:
    """Say whose a row is.

    ``holder`` is the subject that has the code, with the name of it nearest to the one given; ``near`` those whose names are like the one given
    (``core.names.NameIndex``; one-person businesses only where they bear the very name); ``mended`` those whose code is one character away.
    ``named`` is the name given; where it is empty the code says all.
    """
    near = _ordered(near)
    if holder is not None:
        return _by_code(named, holder, near)
    found = _by_name(code, near)
    others = tuple(one for one in mended if found.bearer is None or one.subject != found.bearer.subject)
    if found.verdict is Verdict.SAME and others and not _has(found.bearer, mended):
        return Resolution(Verdict.ASK, By.NOTHING, found.score, _MENDED_OTHER, candidates=near[:MOST])
    return found if code.kind or not mended else _with_mended(found, others or tuple(mended))


def _by_code(named: str, holder: Near, near: tuple[Near, ...]) -> Resolution:
    if not named.strip():
        return Resolution(Verdict.SAME, By.CODE, 1.0, _CODE_ONLY, holder.bearer)
    why = holder.comparison.why
    others = tuple(one for one in near if one.bearer.subject != holder.bearer.subject)[:MOST]
    if holder.comparison.verdict is not Likeness.DIFFERENT:
        told = Text(f"{_CODE.zh}；{why.zh}", f"{_CODE.en}; {why.en}")
        return Resolution(Verdict.SAME, By.CODE, max(holder.comparison.score, _BY_CODE), told, holder.bearer, others)
    rivals = [one for one in others if one.comparison.verdict is Likeness.SAME]
    if rivals:
        told = Text(
            f"代码属于“{holder.bearer.name}”，名称属于“{rivals[0].bearer.name}”，两者不一致",
            f"the code is that of “{holder.bearer.name}”, the name that of “{rivals[0].bearer.name}”: they disagree",
        )
        return Resolution(Verdict.ASK, By.NOTHING, holder.comparison.score, told, candidates=(holder, *others)[:MOST])
    told = Text(
        f"{_CODE.zh}；名称与登记的“{holder.bearer.name}”不同：{why.zh}",
        f"{_CODE.en}; the name differs from “{holder.bearer.name}” of the register: {why.en}",
    )
    return Resolution(Verdict.SAME, By.CODE, _BY_CODE, told, holder.bearer, others)


def _by_name(code: GivenCode, near: tuple[Near, ...]) -> Resolution:
    same = [one for one in near if one.comparison.verdict is Likeness.SAME]
    first = near[0] if near else None
    if len(same) == 1 and same[0].bearer.kind is not SubjectKind.INDIVIDUAL_BUSINESS:
        [one] = same
        if contradicts(code, one.bearer):
            told = Text(
                f"名称属于“{one.bearer.name}”，但所给代码不是该主体的代码",
                f"the name is that of “{one.bearer.name}”, but the code given is not",
            )
            return Resolution(Verdict.ASK, By.NOTHING, one.comparison.score, told, candidates=near[:MOST])
        others = tuple(other for other in near if other is not one)[:MOST]
        return Resolution(
            Verdict.SAME, By.NAME, one.comparison.score, _told(code, one.comparison.why), one.bearer, others
        )
    if same:
        told = _SHOP if len(same) == 1 else Text(f"{len(same)} 个主体使用该名称", f"{len(same)} subjects bear the name")
        return Resolution(Verdict.ASK, By.NOTHING, same[0].comparison.score, told, candidates=near[:MOST])
    if first is not None and first.comparison.verdict is Likeness.ASK:
        return Resolution(
            Verdict.ASK, By.NOTHING, first.comparison.score, _told(code, first.comparison.why), candidates=near[:MOST]
        )
    score = first.comparison.score if first else 0.0
    return Resolution(Verdict.NONE, By.NOTHING, score, _told(code, _NOBODY), candidates=near[:MOST])


def contradicts(code: GivenCode, bearer: Bearer) -> bool:
    """Tell whether a right code that nobody in the register has cannot be this subject's: of its kind the register knows another one."""
    if code.kind is None:
        return False
    if code.kind is CodeKind.ORGANIZATION_CODE and bearer.kind is not SubjectKind.INDIVIDUAL_BUSINESS:
        return bearer.uscc[8:17] != code.text
    return any(kind is code.kind and held != code.text for kind, held in bearer.codes)


def _with_mended(found: Resolution, mended: tuple[Bearer, ...]) -> Resolution:
    """Tell the codes of one mended character; where the name found nobody, the row is one to be asked about."""
    shown = "、".join(f"{one.uscc} {one.name}" for one in mended[:MOST])
    why = Text(
        f"{found.why.zh}；代码改一个字符即为 {shown}，供核对，不自动更正",
        f"{found.why.en}; one character mended, the code is {shown}: to be checked, never mended by itself",
    )
    verdict = Verdict.ASK if found.verdict is Verdict.NONE else found.verdict
    return Resolution(verdict, found.by, found.score, why, found.bearer, found.candidates)


def _has(bearer: Bearer | None, mended: Sequence[Bearer]) -> bool:
    return bearer is not None and any(one.subject == bearer.subject for one in mended)


def _ordered(near: Sequence[Near]) -> tuple[Near, ...]:
    """One a subject, as ``NameIndex`` orders them: the verdicts, then the score."""
    ranked = sorted(near, key=lambda one: (_ORDER[one.comparison.verdict], -one.comparison.score, one.bearer.uscc))
    first: dict[int, Near] = {}
    for one in ranked:
        first.setdefault(one.bearer.subject, one)
    return tuple(first.values())


def _told(code: GivenCode, why: Text) -> Text:
    """Say first why the code did not decide."""
    before = _PERSONAL if code.personal else _UNKNOWN if code.kind else _WRONG if code.text else None
    return why if before is None else Text(f"{before.zh}；{why.zh}", f"{before.en}; {why.en}")


_BY_CODE = 0.9
"""The score of a row whose code is right and whose name is not the register's: below every row where both agree."""
_ORDER = {Likeness.SAME: 0, Likeness.ASK: 1, Likeness.DIFFERENT: 2}
_CODE = Text("代码相符", "the code agrees")
_CODE_ONLY = Text("代码相符，未提供名称", "the code agrees; no name was given")
_NOBODY = Text("登记库中没有名称相符的主体", "nobody in the register bears a name like it")
_UNKNOWN = Text("登记库中没有该代码", "nobody in the register has the code")
_WRONG = Text("代码有误，未采用", "the code is wrong and was not used")
_PERSONAL = Text("代码列可能是个人证件号码，未采用、未保存", "the code may be a person's number: not used and not kept")
_MENDED_OTHER = Text(
    "名称与代码指向不同主体（代码改一个字符后属于另一主体）",
    "name and code point to two subjects (one character mended, the code is another's)",
)
_SHOP = Text("个体工商户同名者多，须凭代码识别", "a one-person business is told by its code alone")
_LABELS = {
    Verdict.SAME: Text("已识别", "identified"),
    Verdict.ASK: Text("需人工核对", "a person has to look"),
    Verdict.NONE: Text("未找到", "nobody was found"),
}
