"""A waiting row beside the subjects that may be meant, to be judged; and a judgement, to be taken back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.subjects.judgement import Verdict
from xinheng.usecases.judgements.judging import judge
from xinheng.usecases.judgements.reversing import reverse as take_back
from xinheng.usecases.judgements.viewing import Case, JudgedView, Shown, view_case
from xinheng.web.desk.labels import REASONS, item_title
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

_AGREES = {
    True: (Text("支持", "for"), "calm"),
    False: (Text("不符", "against"), "marked"),
    None: (Text("参考", "note"), "plain"),
}
ENDS = {
    "taken": Text("已入库", "taken"), "corrected": Text("已作为更正入库", "taken as a correction"), "unchanged": Text("与已有记录相同", "said before"),
    "refused": Text("未通过校验，已退回", "went back"), "by-name": Text("凭名称归入", "attached by its name"),
}  # fmt: skip


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, row: int) -> HttpResponse:
    """Show a row and its candidates; judge it."""
    chosen = (request.POST.get("other") or request.GET.get("code", "")).replace("\x00", "").strip()[:40]
    try:
        found = view_case(row, actor=actor_of(request), at=now(), on=today(), chosen=chosen)
    except Missing as error:
        if not chosen or error.facts.get("row"):
            raise
        found = view_case(row, actor=actor_of(request), at=now(), on=today())
        return _page(request, found, {"other": chosen}, errors={"other": told(error)}, status=422)
    given = {name: request.POST.get(name, "").strip() for name in ("subject", "reason", "verdict")}
    given["other"] = request.POST.get("other", "").strip()
    if request.method != "POST":
        return _page(request, found, {**given, "subject": chosen and found.shown[0].candidate.possible.uscc})
    errors = _errors(given)
    if errors:
        return _page(request, found, given, errors=errors, status=422)
    return _judge(request, found, given)


def _judge(request: HttpRequest, found: Case, given: dict[str, str]) -> HttpResponse:
    shown_too = {str(one.number) for one in found.siblings}
    also = [int(number) for number in request.POST.getlist("also") if number in shown_too]
    try:
        judge(
            found.number, given["other"] or given["subject"], Verdict(given["verdict"]), reason=given["reason"], also=also,
            actor=actor_of(request), at=now(), on=today(),
        )  # fmt: skip
    except UnusableCall as error:
        return _page(request, found, given, faults=told(error), status=422)
    return redirect(f"{reverse('desk:waiting-row', args=[found.number])}?judged=1")


def _errors(given: dict[str, str]) -> dict[str, tuple[Text, ...]]:
    errors: dict[str, tuple[Text, ...]] = {}
    if not given["subject"] and not given["other"]:
        errors["subject"] = (Text("请选择一个主体，或者填写代码。", "Choose a subject, or give its code."),)
    if not given["reason"]:
        errors["reason"] = (Text("请写明判定的依据。", "Say what the judgement rests on."),)
    if given["verdict"] not in {one.value for one in Verdict}:
        errors["verdict"] = (Text("请选择判定结果。", "Choose one of the three."),)
    return errors


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, row: int, judgement: int) -> HttpResponse:
    """Ask why a judgement is taken back, and take it back."""
    found = view_case(row, actor=actor_of(request), at=now(), on=today())
    held = next((one for one in found.judgements if one.number == judgement and one.ended_at is None), None)
    if held is None:
        raise Missing(_NONE)
    reason = request.POST.get("reason", "").strip()
    if request.method != "POST":
        return _undo_page(request, found, held, reason)
    if not reason:
        return _undo_page(request, found, held, reason, errors=(_WHY,), status=422)
    try:
        take_back(judgement, reason=reason, actor=actor_of(request), at=now(), on=today())
    except UnusableCall as error:
        return _undo_page(request, found, held, reason, faults=told(error), status=422)
    return redirect(f"{reverse('desk:waiting-row', args=[row])}?reversed=1")


def _page(
    request: HttpRequest,
    found: Case,
    given: dict[str, str],
    *,
    errors: dict[str, tuple[Text, ...]] | None = None,
    faults: tuple[Text, ...] = (),
    status: int = 200,
) -> HttpResponse:
    errors = errors or {}
    reason = FormField(
        name="reason", title=Text("依据", "What it rests on"), kind="area", value=given.get("reason", ""), required=True, errors=errors.get("reason", ()),
        hint=Text("写明核对了什么，如“决定书所载住所与登记一致”。会保存并由他人看到，请勿写入个人信息。",
                  "What was compared, for example “the address in the decision is the register's”. It is kept and read by others; no personal data, please."),
    )  # fmt: skip
    other = FormField(
        name="other", title=Text("其他主体的代码", "Code of another subject"), value=given.get("other", ""), length=18, errors=errors.get("other", ()),
        hint=Text("不在上面的，填写统一社会信用代码。", "Where it is none of these, its unified code."),
    )  # fmt: skip
    missing = tuple(
        FormField(name=name, title=title, errors=errors[name]) for name, title in _CHOICES if name in errors
    )
    at_fault = [*missing, *(one for one in (other, reason) if one.errors)]
    facts = {
        "case": found, "item": item_title(found.item), "reason": REASONS.get(found.reason, Text(found.reason, found.reason)),
        "candidates": [_candidate(place, one) for place, one in enumerate(found.shown, 1)], "given": given, "evidence": reason, "other": other,
        "errors": errors, "fields_at_fault": at_fault, "faults": faults, "ended": ENDS.get(found.ended, Text(found.ended, found.ended)),
        "judgements": [(one, _tone(one), ENDS.get(one.became)) for one in found.judgements],
    }  # fmt: skip
    return shown(request, "waiting_row", facts, status=status)


def _candidate(place: int, one: Shown) -> dict[str, object]:
    evidence = [(piece.ground.label, piece.words, *_AGREES[piece.agrees]) for piece in one.candidate.evidence]
    return {
        "place": place, "subject": one.candidate.possible, "nearest": one.candidate.nearest, "score": round(100 * one.candidate.likeness.score),
        "differences": one.differences, "evidence": evidence, "standing": one.standing.label if one.standing else None,
        "alone": one.candidate.by_name_alone, "differs": one.candidate.differs,
    }  # fmt: skip


def _undo_page(
    request: HttpRequest,
    found: Case,
    held: JudgedView,
    reason: str,
    *,
    errors: tuple[Text, ...] = (),
    faults: tuple[Text, ...] = (),
    status: int = 200,
) -> HttpResponse:
    field = FormField(
        name="reason", title=Text("撤销的理由", "Why it is taken back"), kind="area", value=reason, required=True, errors=errors,
        hint=Text("会保存并由他人看到，请勿写入个人信息。", "It is kept and read by others; no personal data, please."),
    )  # fmt: skip
    facts = {
        "case": found, "item": item_title(found.item), "held": held, "fields": (field,), "fields_at_fault": [field] if errors else [],
        "faults": faults,
    }  # fmt: skip
    return shown(request, "judgement", facts, status=status)


def _tone(one: JudgedView) -> str:
    return "plain" if one.ended_at else {"same": "calm", "different": "marked"}.get(one.verdict.value, "plain")


_CHOICES = (("subject", Text("主体", "Subject")), ("verdict", Text("判定", "Verdict")))
_WHY = Text("请写明撤销的理由。", "Say why it is taken back.")
_NONE = Explanation(
    Text("没有该判定", "There is no such judgement"),
    Text(
        "编号不存在、已经撤销，或者不在您的职责范围内",
        "the number is not known, it was reversed, or it is outside your remit",
    ),
    Text("请在该行的页面上选择。", "Please choose it on the page of the row."),
)
