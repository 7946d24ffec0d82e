"""The part of ``docs/reference/law.md`` on severity and procedure, made from the discretion tables and their worked cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from xinheng.core.errors import Text
from xinheng.core.law.cases import SeverityCase, severity_cases
from xinheng.core.law.discretion import ClassRow, FineSize, Limits, class_rows, large_fines, summary_rules
from xinheng.core.law.instruments import cite, instrument
from xinheng.core.law.kinds import PenaltyKind
from xinheng.core.law.loading import Citation
from xinheng.core.standards.money import format_yuan

Table = Callable[[Sequence[str], Iterable[Sequence[str]]], str]

WORDS = """What is unknown is tried both ways: where every way leads to one class by rules that were read (marks F, F~), the result is
certain; otherwise it is proposed, the milder of what is possible, and a person confirms it. What the source stated is kept;
that the tables say otherwise is only noted. 情况不明的逐一假设；结论唯一且依据已见原文的为确定，否则从宽建议，由人工确认。来源载明的，予以保留。"""
_CITED = ("In words", "Basis", "Read in", "Sure")
_SIZES = {FineSize.BELOW: "（未达较大数额）", FineSize.LARGE: "（较大数额）", None: ""}


def discretion(table: Table) -> str:
    """Return the section, its tables laid out by ``table``."""
    parts = ["## Severity and procedure 程度与程序", WORDS, _procedures(table), _fines(table), _classes(table)]
    return "\n\n".join(parts)


def worked_severity(table: Table) -> str:
    """Return the worked cases of severity and procedure."""
    head = ("Case", "Decided", "Kinds", "Fine (yuan)", "Domain", "Stated", "Severity", "Procedure", "State", "Basis")
    rows = [_worked(case) for case in severity_cases()]
    return "## Worked cases: severity and procedure 程度与程序示例\n\n" + table(head, rows)


def _procedures(table: Table) -> str:
    rows = [
        (str(rule.from_day or "…"), _labels(rule.kinds), *_amounts(rule.limits), *_cited(rule.words, rule.citation))
        for rule in summary_rules()
    ]
    head = ("From", "Kinds", "Organization, up to", "Citizen, up to", *_CITED)
    return "### What summary procedure admits 简易程序的适用范围\n\nAmounts in yuan.\n\n" + table(head, rows)


def _fines(table: Table) -> str:
    rows = [
        (
            str(fine.from_day),
            "、".join(sorted(domain.label for domain in fine.domains)),
            *_amounts(fine.limits),
            "yes" if fine.yields else "no",
            *_cited(fine.words, fine.citation),
        )
        for fine in large_fines()
    ]
    head = ("From", "Domains", "Organization, from", "Citizen, from", "Yields to the province", *_CITED)
    words = "Thresholds for a hearing, in yuan, inclusive; that they stand for a large fine in matters of credit is our choice (D)."
    return f"### From which amount a fine is large 较大数额罚款\n\n{words}\n\n" + table(head, rows)


def _classes(table: Table) -> str:
    rows = [
        (row.code, str(row.from_day or "…"), _about(row), _possible(row), *_cited(row.words, row.citation))
        for row in class_rows()
    ]
    return "### Classes 分类\n\n" + table(("Row", "From", "About", "Possible", *_CITED), rows)


def _about(row: ClassRow) -> str:
    if row.procedure:
        return row.procedure.label
    return (_labels(row.kinds) or "其余") + _SIZES[row.fine]


def _possible(row: ClassRow) -> str:
    return "、".join(one.label for one in row.classes) or "不分类"


def _labels(kinds: frozenset[PenaltyKind]) -> str:
    return "、".join(kind.label for kind in PenaltyKind if kind in kinds)


def _amounts(limits: Limits) -> tuple[str, str]:
    return format_yuan(limits.organization), format_yuan(limits.citizen)


def _cited(words: Text, citation: Citation) -> tuple[str, ...]:
    return f"{words.zh} {words.en}", cite(citation).zh, citation.source, citation.sure


def _worked(case: SeverityCase) -> tuple[str, ...]:
    facts = case.facts
    stated = [one.label for one in (facts.severity, facts.procedure) if one]
    return (
        case.title,
        str(case.decided),
        case.kinds,
        "" if facts.fine is None else format_yuan(facts.fine),
        facts.domain.label if facts.domain else "",
        "、".join(stated),
        case.severity.label if case.severity else "不分类",
        case.procedure.label,
        "certain" if case.certain else "proposed" + (", disagrees" if case.disagrees else ""),
        instrument(case.basis).number,
    )
