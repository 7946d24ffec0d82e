"""The publication period of a decision, and its severity, in sentences, for the command line and for a reader at a window."""

from __future__ import annotations

from xinheng.core.errors import Text
from xinheng.core.law.assessment import Assessment
from xinheng.core.law.loading import SURE
from xinheng.core.law.publication import PublicationPeriod, day_zh


def explain(period: PublicationPeriod, *, language: str = "zh") -> str:
    """Return the period and its reasons as lines in ``zh`` or ``en``; raises ``ValueError`` for another language."""
    if language not in ("zh", "en"):
        raise ValueError(f"no sentences in {language!r}: use zh or en")
    headings = Text("依据", "Basis"), Text("理由：", "Why:"), Text("来源可靠程度", "How sure")
    basis, why, sure = (getattr(heading, language) for heading in headings)
    colon = "：" if language == "zh" else ": "
    lines = [
        getattr(summary(period), language),
        f"{basis}{colon}{getattr(period.basis, language)}",
        f"{sure}{colon}{getattr(SURE[period.sure], language)}",
        why,
        *(f"- {getattr(reason, language)}" for reason in period.reasons),
    ]
    return "\n".join(lines)


def summary(period: PublicationPeriod) -> Text:
    """Return the period in one sentence."""
    if period.first_day is None or period.longest_last_day is None:
        return Text("不予公示。", "Not published.")
    first, last = period.first_day, period.longest_last_day
    opening = f"自{day_zh(first)}起公示，最迟公示至{day_zh(last)}（含当日），届满自动停止"
    opening_en = f"Published from {first}, to {last} inclusive at the latest, when it stops by itself"
    if not period.early_stop:
        return Text(f"{opening}；不得提前终止。", f"{opening_en}; it cannot end earlier.")
    if period.shortest_last_day is None:
        return Text(f"{opening}；规定未设最短公示期。", f"{opening_en}; the rule names no shortest period.")
    shortest = period.shortest_last_day
    return Text(
        f"{opening}；公示至{day_zh(shortest)}（含当日）满最短期限后，可依法申请提前终止。",
        f"{opening_en}; after {shortest}, the last day of the shortest period, an earlier end may be applied for.",
    )


def explain_assessment(found: Assessment, *, language: str = "zh") -> str:
    """Return severity, procedure and reasons as lines in ``zh`` or ``en``; raises ``ValueError`` for another language."""
    if language not in ("zh", "en"):
        raise ValueError(f"no sentences in {language!r}: use zh or en")
    headings = Text("依据", "Basis"), Text("理由：", "Why:")
    basis, why = (getattr(heading, language) for heading in headings)
    colon, joint = ("：", "；") if language == "zh" else (": ", "; ")
    lines = [
        getattr(assessed(found), language),
        f"{basis}{colon}{joint.join(getattr(one, language) for one in found.basis)}",
        why,
        *(f"- {getattr(reason, language)}" for reason in found.reasons),
    ]
    return "\n".join(lines)


def assessed(found: Assessment) -> Text:
    """Return what was found in one sentence."""
    classed = found.severity.label if found.severity else "不分类"
    classed_en = found.severity.label_en if found.severity else "no classes"
    state = ("确定", "certain") if found.certain else ("建议，须经确认", "proposed, to be confirmed by a person")
    return Text(
        f"程度：{classed}；程序：{found.procedure.label}（{state[0]}）。",
        f"Severity: {classed_en}; procedure: {found.procedure.label_en} ({state[1]}).",
    )
