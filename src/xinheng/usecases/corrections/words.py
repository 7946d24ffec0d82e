"""What the use cases of corrections tell their reader, and what the messages say that they send."""

from __future__ import annotations

import datetime as dt

from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import Explanation, Text
from xinheng.core.ledger.corrections import CorrectionKind, CorrectionState
from xinheng.core.notices import Message
from xinheng.store.models import Correction

_SEE = Text(
    "请在“撤回与更正”中查看（xinheng corrections list）。",
    "See Withdrawals and corrections (xinheng corrections list).",
)
LONGEST_QUOTE = 60
"""Characters of a decision number, a name or a reason in the title of a message."""

NONE = Explanation(
    Text("没有这项申请", "There is no such request"),
    Text("编号有误，或者不在您的职责范围内", "the number is wrong, or it is outside your remit"),
    _SEE,
)
NO_RECORD = Explanation(
    Text("没有可以办理的记录", "There is no such record to withdraw or correct"),
    Text(
        "该主体名下没有该单位报送的这条记录，或者它已经结束",
        "the agency handed in no such record on this subject, or it has ended",
    ),
    Text("请用 xinheng file 查看该主体的记录和文书号。", "See the subject's records with xinheng file."),
)
NO_REASON = Explanation(
    Text("请说明理由", "Say why"),
    Text(
        "撤回、更正和不同意均须说明理由", "who asks for a withdrawal or a correction, or refuses it, states the reason"
    ),
    Text("请填写理由，如「决定已撤销」。", "Give it, e.g. 'decision revoked'."),
)
UNCHANGED = Explanation(
    Text("没有改动", "Nothing was changed"),
    Text("表中的内容与现有记录相同", "the form says what the record says already"),
    Text("请改正有误的栏目后再提交。", "Mend what is wrong, then send it again."),
)
STRANGER = Explanation(
    Text("登记库中没有改正后的主体", "The register does not know the subject that it would be of"),
    Text("更正须指向已登记的主体", "a correction is of a subject that is registered"),
    Text("请核对统一社会信用代码。", "Check the unified social credit code."),
)
BEGUN = Explanation(
    Text("该更正已在办理中", "This correction is being carried out"),
    Text("审批人已同意，办理中断", "it was approved, and its carrying out was interrupted"),
    Text("请由审批人再次点击同意，接着办完。", "Approve it once more: it is finished from where it stopped."),
)
ASKER_GONE = Explanation(
    Text("申请人已不能办理", "Who asked for it may not act any more"),
    Text("申请人的账号已停用，或者代办已结束", "their account is closed, or they no longer stand in for whom they did"),
    Text("请不同意该申请并说明原因，由他人重新申请。", "Refuse it and say why; somebody else asks for it anew."),
)
CHANGED = Explanation(
    Text("记录在申请之后又有变化", "The record has changed since it was asked for"),
    Text("申请所依据的内容不再是现行内容", "what the request corrects is no longer what stands"),
    Text(
        "请收回或者不同意该申请，按现行内容重新申请。", "Take it back or refuse it, and ask again for what stands now."
    ),
)
NOT_TAKEN = Explanation(
    Text("更正没有入库", "The correction was not taken"),
    Text(
        "按今天的规则或登记信息，更正后的内容不能入库",
        "by the rules or the register of today its content is not accepted",
    ),
    Text("请不同意该申请并说明原因，由申请人重新填写。", "Refuse it and say why; who asked fills it in anew."),
)


def of_another(source: str) -> Explanation:
    """Return what to tell an agency that only reported what another one is the source of."""
    return Explanation(
        Text("该记录的信源单位是另一单位", "The record has another source agency"),
        Text(f"信源单位为 {source}，您单位也报送过同一决定", f"it is {source}; your agency reported the same decision"),
        Text("请联系信源单位或中心办理撤回。", "Ask the source agency or the centre to withdraw it."),
    )


def already(number: int) -> Explanation:
    """Return what to tell somebody who asks again for what is asked for."""
    return Explanation(
        Text("该记录已有待审批的申请", "Something is asked for about this record already"),
        Text(f"申请编号 {number}", f"it is request {number}"),
        Text("请先办理该申请，或者由申请人收回。", "Decide that one first, or let who asked take it back."),
    )


def decided(state: CorrectionState) -> Explanation:
    """Return what to tell somebody who decides what was decided."""
    return Explanation(
        Text("该申请已有结果", "The request was decided already"),
        Text(f"当前状态：{state.label.zh}", f"where it stands: {state.label.en}"),
        _SEE,
    )


def to_approve(one: Correction, *, link: str) -> Message:
    """Return the message to those who may approve."""
    kind = CorrectionKind(one.kind).label
    return Message(
        "approval-asked",
        Text(
            f"待审批：{kind.zh}{_short(one.decision_number)}", f"To approve: {kind.en} of {_short(one.decision_number)}"
        ),
        Text(
            f"{one.subject.name}的{item_words(one.item).zh}，申请人 {one.asked_by.username}。理由：{one.reason}",
            f"{item_words(one.item).en} on {one.subject.name}, asked for by {one.asked_by.username}. Reason: {one.reason}",
        ),
        link,
    )


def outcome(one: Correction, *, link: str) -> Message:
    """Return the message to the one who asked."""
    kind, state = CorrectionKind(one.kind).label, CorrectionState(one.state).label
    why = Text(f"意见：{one.decision}", f"Remark: {one.decision}") if one.decision else Text("", "")
    return Message(
        "approval-given",
        Text(
            f"您申请的{kind.zh}{state.zh}（编号 {one.pk}）",
            f"Your request for a {kind.en} {state.en} (number {one.pk})",
        ),
        Text(
            f"{one.subject.name}，{one.decision_number}。{why.zh}",
            f"{one.subject.name}, {one.decision_number}. {why.en}".strip(),
        ),
        link,
    )


def to_viewer(one: Correction, *, looked_on: dt.date, on: dt.date, link: str) -> Message:
    """Return the message to somebody who was shown the wrong record."""
    done = _done(one)
    return Message(
        _kind(one),
        Text(
            f"您看过的一条记录已{done.zh}：{_short(one.decision_number)}",
            f"A record that you were shown was {done.en}: {_short(one.decision_number)}",
        ),
        Text(
            f"您于 {looked_on} 查看的{one.subject.name}（{one.subject.uscc}）的{item_words(one.item).zh}“{one.decision_number}”，已于 {on} {done.zh}。"
            f"原因：{one.reason}。据此作出过决定的，请重新核对。",
            f"{item_words(one.item).en} {one.decision_number} on {one.subject.name} ({one.subject.uscc}), which you were shown on {looked_on}, was {done.en}"
            f" on {on}. Why: {one.reason}. Please look again at whatever you decided on it.",
        ),
        link,
    )


def to_subject(one: Correction, *, on: dt.date, accounts: int, link: str) -> Message:
    """Return the message to the subject: what was done, why, and how many were told."""
    done = _done(one)
    return Message(
        _kind(one),
        Text(
            f"关于本单位的一条记录已{done.zh}：{_short(one.decision_number)}",
            f"A record on you was {done.en}: {_short(one.decision_number)}",
        ),
        Text(
            f"{item_words(one.item).zh}“{one.decision_number}”已于 {on} {done.zh}。原因：{one.reason}。查看过这条记录的 {accounts} 个账号已被告知，"
            "并请其重新核对据此作出的决定；在公示网站上看过的人无从得知是谁，无法逐一告知。",
            f"{item_words(one.item).en} {one.decision_number} was {done.en} on {on}. Why: {one.reason}. {accounts} accounts that were shown it have been"
            " told and asked to look again at what they decided on it. Who saw it on the public portal is not known and cannot be told.",
        ),
        link,
    )


def item_words(item: str) -> Text:
    """Return the title of an item; its name where the catalogue has it no more."""
    if item not in item_names():
        return Text(item, item)
    latest = load(item).latest
    return Text(latest.title, latest.title_en)


def _kind(one: Correction) -> str:
    return "record-withdrawn" if one.kind == CorrectionKind.WITHDRAW else "record-corrected"


def _done(one: Correction) -> Text:
    return Text("撤回", "withdrawn") if one.kind == CorrectionKind.WITHDRAW else Text("更正", "corrected")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"
