"""The draft of an item (目录项草案): its text with the catalogue's own check at the line, the common changes in a form, and a department's answer."""

from __future__ import annotations

from dataclasses import dataclass

import yaml
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from xinheng.core.catalogue.compare_item import field_pairs, item_pairs
from xinheng.core.catalogue.cycle import DraftAnswer
from xinheng.core.catalogue.draft import LONGEST, with_terms
from xinheng.core.catalogue.item import Openness
from xinheng.core.catalogue.lines import Lines
from xinheng.core.catalogue.problem import InvalidDefinition, Problem
from xinheng.core.catalogue.terms import FREQUENCIES
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.usecases.catalogue import cycle, words
from xinheng.usecases.catalogue.views import DraftView, view_draft
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

TERMS = (
    "openness",
    "frequency",
    "provider",
    "provider_en",
    "retention_years",
    "retention_basis",
    "instrument",
    "article",
)
MOST = 50
"""Problems of a text that are shown at once."""


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A problem with the line at which it is mended."""

    line: int
    where: str
    message: Text
    basis: str = ""


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, number: int, item: str) -> HttpResponse:
    """Show the draft of an item; check or keep what was written, keep the common changes of the form, or leave the item out."""
    found = view_draft(number, item, actor=actor_of(request), at=now(), on=today())
    if request.method != "POST":
        return _page(request, found)
    act = request.POST.get("act", "")
    if act == "leave-out":
        cycle.leave_out(number, item, actor=actor_of(request), at=now())
        return redirect("catalogue:year", number=number)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        if act == "terms":
            text = _with_terms(request, found)
        if act == "check":
            problems = cycle.problems_of(number, item, text, actor=actor_of(request), on=today())
            return _page(
                request, found, text=text, problems=problems, sound=not problems, status=422 if problems else 200
            )
        cycle.change_item(
            number, item, text, note=request.POST.get("note", ""), actor=actor_of(request), at=now(), on=today()
        )
    except InvalidDefinition as error:
        return _page(request, found, text=text, problems=error.problems, status=422)
    except UnusableCall as error:
        return _page(request, found, text=text, faults=told(error), status=422)
    return redirect("catalogue:draft", number=number, item=item)


@desk_page
@require_POST
def answer(request: HttpRequest, number: int, item: str) -> HttpResponse:
    """Keep a department's answer to the draft of an item."""
    given = {name: request.POST.get(name, "").strip() for name in ("agency", "answer", "words")}
    try:
        if given["answer"] not in set(DraftAnswer):
            raise UnusableCall(words.NO_ANSWER)
        cycle.answer(
            number, item, given["agency"], DraftAnswer(given["answer"]), text=given["words"], actor=actor_of(request), at=now(), on=today()
        )  # fmt: skip
    except UnusableCall as error:
        found = view_draft(number, item, actor=actor_of(request), at=now(), on=today())
        return _page(request, found, faults=told(error), answered=given, status=422)
    return redirect("catalogue:draft", number=number, item=item)


def at_lines(text: str, problems: tuple[Problem, ...]) -> tuple[LineProblem, ...]:
    """Return the first problems of a text with the lines at which they stand, in the order of the lines."""
    lines = Lines(text)
    found = [LineProblem(lines.at(one.where), one.where, one.message, one.basis) for one in problems[:MOST]]
    return tuple(sorted(found, key=lambda one: one.line))


def _with_terms(request: HttpRequest, found: DraftView) -> str:
    given = {name: request.POST.get(name, "").strip()[:500] for name in TERMS}
    years = given["retention_years"]
    if years and not (years.isdecimal() and 0 < int(years) <= 100):
        raise UnusableCall(_YEARS)
    try:
        return with_terms(found.text, given)
    except (yaml.YAMLError, KeyError, TypeError, StopIteration):
        raise UnusableCall(_BY_HAND) from None


def _page(
    request: HttpRequest,
    found: DraftView,
    *,
    text: str | None = None,
    problems: tuple[Problem, ...] = (),
    faults: tuple[Text, ...] = (),
    answered: dict[str, str] | None = None,
    sound: bool = False,
    status: int = 200,
) -> HttpResponse:
    shown_text = (found.text if text is None else text)[: LONGEST + 1]
    at = at_lines(shown_text, problems)
    own = {one.agency for one in actor_of(request).assignments if one.agency}
    whole = item_pairs(found.before, found.after) if found.before and found.after else ()
    each = field_pairs(found.before, found.after) if found.before and found.after else ()
    facts = {
        "found": found, "row": found.row, "text": shown_text, "problems": at, "more": len(problems) - len(at), "faults": faults, "sound": sound,
        "lines": _around(shown_text, at), "fields": _terms(found), "answered": answered or {}, "choices": tuple(DraftAnswer),
        "mine": [one for one in found.answers if one.may_answer and one.agency in own],
        "for_others": [one for one in found.answers if one.may_answer and one.agency not in own],
        "pairs": whole, "field_pairs": each,
        "differing": (any(pair.differs for pair in whole), any(field.kind != "same" for field in each)),
    }  # fmt: skip
    return shown(request, "catalogue/draft", facts, status=status)


def _around(text: str, problems: tuple[LineProblem, ...]) -> list[tuple[int, str, list[LineProblem]]]:
    """Return the lines at which something is wrong, as they are written, each with what is wrong there."""
    lines = text.split("\n")
    wrong = sorted({one.line for one in problems})
    return [
        (line, lines[line - 1][:300] if line <= len(lines) else "", [one for one in problems if one.line == line])
        for line in wrong
    ]


def _terms(found: DraftView) -> tuple[FormField, ...]:
    held = found.after or found.before
    if held is None:
        return ()
    kept = tuple((one.value, Text(one.value, one.value)) for one in Openness)
    often = tuple((zh, Text(zh, en)) for zh, en in FREQUENCIES.items())
    return (
        FormField(name="openness", title=Text("公开属性", "Openness"), kind="choice", value=held.openness.value, choices=kept, required=True),
        FormField(name="frequency", title=Text("更新频次", "How often"), kind="choice", value=held.frequency, choices=often, required=True),
        FormField(name="provider", title=Text("归集来源", "Provider"), value=held.provider, required=True, length=200),
        FormField(name="provider_en", title=Text("归集来源（英文）", "Provider in English"), value=held.provider_en, required=True, length=200),
        FormField(name="retention_years", title=Text("保存年限", "Years kept"), value=str(held.retention_years), required=True, length=3),
        FormField(
            name="retention_basis", title=Text("保存年限的依据", "Basis of the years"), length=200,
            hint=Text("改动年限的，请写明依据。", "Name it where the years change."),
        ),
        FormField(name="instrument", title=Text("增加法律依据：文件名称及文号", "Further legal basis: instrument"), length=200),
        FormField(name="article", title=Text("条款", "Article"), length=100),
    )  # fmt: skip


_YEARS = Explanation(
    Text("保存年限不正确", "The years are wrong"),
    Text("应为 1 至 100 的整数", "it must be a whole number from 1 to 100"),
    Text("请改正后再保存。", "Mend it and save again."),
)
_BY_HAND = Explanation(
    Text("不能用表单修改", "The form cannot change it"),
    Text("这一项的定义写法特殊", "its definition is laid out in no usual way"),
    Text("请直接修改定义文本。", "Change the text of the definition itself."),
)
