"""Severity and procedure of a penalty (失信程度与处罚程序), from the discretion tables, with the reasons.

Legal basis: 国家发展改革委令第36号 and its predecessors for classes, 行政处罚法 for procedures; tables in :mod:`xinheng.core.law.discretion`.
What is not known is tried both ways: where every way leads to one class by rules that were read, it is *certain*; otherwise it is *proposed*,
the milder of what is possible, and a person confirms. What the source stated is kept; that the tables say otherwise is noted, nothing more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from xinheng.core.errors import Text
from xinheng.core.law.discretion import (
    MILDER_FIRST,
    AuthorityLevel,
    ClassRow,
    FineSize,
    Party,
    Regulation,
    class_rows_on,
    large_fine,
    summary_rule,
)  # fmt: skip
from xinheng.core.law.instruments import cite
from xinheng.core.law.kinds import PenaltyKind, involves_confiscation, involves_fine
from xinheng.core.law.loading import Citation
from xinheng.core.law.severity import Procedure, Severity

READ = frozenset({"F", "F~"})
"""The marks of rules that were read, at least in a reprint: only they make a result certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyFacts:
    """What is known of a penalty. Amounts in 分; ``None`` is unknown. ``severity`` and ``procedure`` are those that the source stated.

    ``readable`` is false where the cell of kinds holds words that nobody understands: then nothing is certain.
    """

    kinds: frozenset[PenaltyKind]
    fine: int | None = None
    confiscated: int | None = None
    party: Party | None = Party.ORGANIZATION
    domain: Regulation | None = None
    level: AuthorityLevel | None = None
    severity: Severity | None = None
    procedure: Procedure | None = None
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a penalty is (``certain``) or is proposed to be, why, and on what basis.

    ``severity`` is ``None`` where the rule of its day knows no classes; ``possible`` are the classes that the tables
    leave open, the milder first; ``disagrees`` tells that the source stated what the tables do not allow.
    """

    severity: Severity | None
    procedure: Procedure
    reasons: tuple[Text, ...]
    basis: tuple[Text, ...]
    certain: bool
    possible: tuple[Severity, ...]
    disagrees: bool


@dataclass(frozen=True, slots=True)
class _Procedures:
    possible: tuple[Procedure, ...]  # the milder first
    words: Text
    citation: Citation
    agrees: bool = True


@dataclass(frozen=True, slots=True)
class _Sizes:
    possible: tuple[FineSize, ...]
    words: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Classes:
    possible: tuple[Severity, ...]
    rows: tuple[ClassRow, ...]


@lru_cache(maxsize=16384)
def assess(facts: PenaltyFacts, on: dt.date) -> Assessment:
    """Return severity and procedure of a penalty decided ``on`` a day. Cached: bulk work may ask as often as it likes."""
    procedures, sizes = _procedures(facts, on), _sizes(facts, on)
    classes = _classes(facts, on, procedures.possible, sizes.possible)
    stated = facts.severity
    agrees = procedures.agrees and (stated is None or not classes.possible or stated in classes.possible)
    severity = stated or (classes.possible[0] if classes.possible else None)
    odd = tuple(_odd(facts))
    settled = stated is not None or (len(classes.possible) <= 1 and _were_read(classes.rows, sizes))
    return Assessment(
        severity=severity,
        procedure=procedures.possible[0],
        reasons=(procedures.words, *_reasons(classes, sizes), *odd, *_stated(facts, classes)),
        basis=_basis(procedures, classes, sizes),
        certain=settled and agrees and not odd and len(procedures.possible) == 1 and procedures.citation.sure in READ,
        possible=classes.possible,
        disagrees=not agrees,
    )


def _procedures(facts: PenaltyFacts, on: dt.date) -> _Procedures:
    """Return which procedures are possible: the stated one, or those that the kinds and the fine leave."""
    rule = summary_rule(on)
    limit = max(rule.limits.for_party(facts.party))
    excluded = bool(facts.kinds - rule.kinds) or (facts.fine is not None and facts.fine > limit)
    if facts.procedure is not None:
        agrees = not (excluded and facts.procedure is Procedure.SUMMARY)
        return _Procedures((facts.procedure,), _stated_procedure(facts.procedure, agrees), rule.citation, agrees)
    if excluded:
        return _Procedures(
            (Procedure.ORDINARY,),
            Text(
                f"{rule.words.zh}本处罚超出该范围，属普通程序。",
                f"{rule.words.en} This one goes beyond: ordinary procedure.",
            ),
            rule.citation,
        )
    both = Text(
        f"{rule.words.zh}本处罚是否适用简易程序未载明，从宽按简易程序，待确认。",
        f"{rule.words.en} Which procedure it was is not stated; the milder, summary, is proposed.",
    )
    return _Procedures((Procedure.SUMMARY, Procedure.ORDINARY), both, rule.citation)


def _sizes(facts: PenaltyFacts, on: dt.date) -> _Sizes:
    """Return how the fine may stand to the large amount of its domain."""
    if not involves_fine(facts.kinds):
        return _Sizes(())
    both = (FineSize.BELOW, FineSize.LARGE)
    if facts.fine is None:
        return _Sizes(both, (_NO_AMOUNT,))
    known = large_fine(facts.domain, on)
    if known is None:
        return _Sizes(both, (_NO_THRESHOLD,))
    limits = known.limits.for_party(facts.party)
    found = {FineSize.LARGE if facts.fine >= limit else FineSize.BELOW for limit in limits}
    local = known.yields and facts.level is not AuthorityLevel.NATIONAL
    words = (known.words, *((_LOCAL,) if local else ()))
    return _Sizes(
        tuple(size for size in both if size in found),
        words,
        (known.citation,),
        sure=known.citation.sure in READ and not local,
    )


def _classes(
    facts: PenaltyFacts, on: dt.date, procedures: tuple[Procedure, ...], sizes: tuple[FineSize, ...]
) -> _Classes:
    """Return every class that some completion of the facts leads to."""
    rows = class_rows_on(on)
    possible: set[Severity] = set()
    used: list[ClassRow] = []
    for procedure in procedures:
        whole = [row for row in rows if row.procedure is procedure]
        for fitting in [whole] if whole else list(_by_kind(facts.kinds, rows, sizes)):
            possible |= _gravest(fitting)
            used += _deciding(fitting)
    return _Classes(tuple(one for one in MILDER_FIRST if one in possible), tuple(dict.fromkeys(used)))


def _by_kind(
    kinds: frozenset[PenaltyKind], rows: tuple[ClassRow, ...], sizes: tuple[FineSize, ...]
) -> Iterator[list[ClassRow]]:
    """Yield, for each size that the fine may have, the row of each kind; where no kind is known, that of an unlisted one."""
    known = [kind for kind in PenaltyKind if kind in kinds] or [PenaltyKind.OTHER]
    for size in sizes or (None,):
        yield [next(row for row in rows if _fits(row, kind, size)) for kind in known]


def _fits(row: ClassRow, kind: PenaltyKind, size: FineSize | None) -> bool:
    if row.procedure is not None or (row.kinds and kind not in row.kinds):
        return False
    return row.fine is None or row.fine is size


def _gravest(rows: Iterable[ClassRow]) -> set[Severity]:
    """Return the classes of a decision of several kinds: of each choice the gravest counts."""
    choices = [[MILDER_FIRST.index(one) for one in row.classes] for row in rows if row.classes]
    if not choices:
        return set()
    floor = max(min(choice) for choice in choices)
    return {MILDER_FIRST[place] for choice in choices for place in choice if place >= floor}


def _deciding(rows: list[ClassRow]) -> list[ClassRow]:
    """Return the rows that decide: those that alone name the gravest class, else those that may reach it."""
    floor = max((MILDER_FIRST.index(row.classes[0]) for row in rows if row.classes), default=-1)
    highest = max((MILDER_FIRST.index(row.classes[-1]) for row in rows if row.classes), default=-1)
    settling = [row for row in rows if len(row.classes) == 1 and MILDER_FIRST.index(row.classes[0]) == highest]
    return settling or [row for row in rows if not row.classes or MILDER_FIRST.index(row.classes[-1]) >= floor]


def _were_read(rows: tuple[ClassRow, ...], sizes: _Sizes) -> bool:
    by_size = any(row.fine for row in rows)
    return bool(rows) and all(row.citation.sure in READ for row in rows) and (sizes.sure or not by_size)


def _odd(facts: PenaltyFacts) -> Iterator[Text]:
    """Yield what does not fit together in the facts; each of it leaves the matter to a person."""
    if not facts.kinds:
        yield _NO_KIND
    if not facts.readable:
        yield _UNREADABLE
    if PenaltyKind.DETENTION in facts.kinds and facts.party is not Party.CITIZEN:
        yield _DETENTION
    for amount, there, words in (
        (facts.fine, involves_fine(facts.kinds), _FINE_ALONE),
        (facts.confiscated, involves_confiscation(facts.kinds), _CONFISCATION_ALONE),
    ):
        if amount and not there:
            yield words


def _stated(facts: PenaltyFacts, classes: _Classes) -> Iterator[Text]:
    """Say what the source stated and how it stands to the tables."""
    if facts.severity is None:
        return
    label, label_en = facts.severity.label, facts.severity.label_en
    if not classes.possible:
        yield Text(
            f"来源载明为{label}；该决定之日的规定不作此分类，仅予保留。",
            f"The source states {label_en}; the rule of its day knows no classes, so it is only kept.",
        )
    elif facts.severity in classes.possible:
        yield Text(f"来源载明为{label}，与基准相符。", f"The source states {label_en}, which the tables allow.")
    else:
        listed = "、".join(one.label for one in classes.possible)
        listed_en = " or ".join(one.label_en for one in classes.possible)
        yield Text(
            f"来源载明为{label}，按基准应为{listed}；保留来源所载，请人工核对。",
            f"The source states {label_en}, the tables say {listed_en}; the source's word is kept, and a person should look.",
        )


def _stated_procedure(procedure: Procedure, agrees: bool) -> Text:  # noqa: FBT001
    label, label_en = procedure.label, procedure.label_en
    if agrees:
        return Text(f"来源载明为{label}。", f"The source states {label_en}.")
    return Text(
        f"来源载明为{label}，但处罚种类或罚款金额超出其范围；保留来源所载，请人工核对。",
        f"The source states {label_en}, though kinds or fine go beyond it; its word is kept, and a person should look.",
    )


def _reasons(classes: _Classes, sizes: _Sizes) -> tuple[Text, ...]:
    by_size = sizes.words if any(row.fine for row in classes.rows) else ()
    return (*by_size, *(row.words for row in classes.rows))


def _basis(procedures: _Procedures, classes: _Classes, sizes: _Sizes) -> tuple[Text, ...]:
    amounts = sizes.citations if any(row.fine for row in classes.rows) else ()
    cited = (*(row.citation for row in classes.rows), *amounts, procedures.citation)
    return tuple(dict.fromkeys(cite(one) for one in cited))


_NO_AMOUNT = Text("罚款金额不明。", "The amount of the fine is not known.")
_NO_THRESHOLD = Text("该领域较大数额罚款的起点不明。", "From which amount a fine is large in this domain is not known.")
_LOCAL = Text(
    "省级另行规定数额的，从其规定；未见该规定，待确认。",
    "An amount set by the province would hold instead; it was not seen, so this is to be confirmed.",
)
_NO_KIND = Text(
    "处罚种类不明，无法判断程度。", "The kind of penalty is not known, so nothing can be said of its severity."
)
_UNREADABLE = Text(
    "处罚类别中有无法识别的内容，请人工核对。", "The kinds hold words that are not understood; a person should look."
)
_DETENTION = Text(
    "行政拘留只适用于自然人，请核对相对人类别。",
    "Detention concerns natural persons only; the kind of counterpart should be looked at.",
)
_FINE_ALONE = Text(
    "填有罚款金额，处罚类别中却没有罚款，请人工核对。",
    "An amount of fine is given, but no fine among the kinds; a person should look.",
)
_CONFISCATION_ALONE = Text(
    "填有没收金额，处罚类别中却没有没收，请人工核对。",
    "An amount of confiscation is given, but none among the kinds; a person should look.",
)
