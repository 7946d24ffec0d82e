"""What the use cases of emergency stops tell their reader where they cannot go on."""

from __future__ import annotations

import datetime as dt

from xinheng.core.errors import Explanation, Text
from xinheng.core.ledger.stops import WITHIN, Ground, StopState

_HOURS = WITHIN // dt.timedelta(hours=1)
_LIST = Text("请用 xinheng stop list 查看。", "See xinheng stop list.")

ONE_PERSON = Explanation(
    Text("须由第二人确认", "A second person has to confirm"),
    Text(
        "停止公示和恢复公示均须两人办理；申请人本人以及代其履职的人不能确认",
        "a stop and its lifting take two people: neither who asked nor somebody standing in for them can confirm",
    ),
    Text(
        f"请由另一名中心操作员或者安全管理员在 {_HOURS} 小时内确认。",
        f"Let another operator of the centre or the security administrator confirm it within {_HOURS} hours.",
    ),
)
NO_STOP = Explanation(
    Text("没有该编号的停止公示", "There is no stop with this number"),
    Text("编号可能有误", "the number may be wrong"),
    _LIST,
)
NO_RECORD = Explanation(
    Text("没有该记录", "There is no such record"),
    Text(
        "记录以「统一社会信用代码/记录编号」表示，该主体名下没有这一编号",
        "a record is named by its subject's code, a slash and its key; the subject has none with this key",
    ),
    Text(
        "请在该主体的信用档案中打开这条记录，选择“紧急停止公示”。",
        "Open the record in the subject’s file and choose “Emergency stop” there.",
    ),
)
NO_TARGET = Explanation(
    Text("停止的对象不明确", "It is not clear what to stop"),
    Text(
        "停止整个公示网站不写对象，其他范围须写明对象", "the portal as a whole has no target, every other scope has one"
    ),
    Text("请核对范围和对象。", "Check the scope and its target."),
)
NO_REASON = Explanation(
    Text("请说明理由", "Say why"),
    Text(
        "申请停止、申请恢复和不同意均须说明理由", "who asks for a stop or its lifting, or refuses it, states the reason"
    ),
    Text("请填写理由，如「当事人反映记录张冠李戴」。", "Give the reason, e.g. 'the record is another firm's'."),
)
NO_BASIS = Explanation(
    Text("请写明依据", "Name the basis"),
    Text("停止公示须有依据", "a stop has a basis"),
    Text("请填写依据，如「行政处罚法第四十八条」。", "Give it, e.g. 'administrative penalty law, article 48'."),
)


def already(number: int) -> Explanation:
    """Return what to tell somebody who asks again for what is asked for or in force."""
    return Explanation(
        Text("已有同一对象的停止公示", "The same is stopped, or its stop is asked for already"),
        Text(f"编号 {number}", f"it is stop {number}"),
        Text("请办理该编号的确认或者恢复。", "Confirm or lift that one."),
    )


def not_now(state: StopState) -> Explanation:
    """Return what to tell somebody whose step does not fit where the stop stands."""
    again = Text("如仍有必要，请重新申请。", "Ask again where it is still needed.")
    waits = state in (StopState.ASKED, StopState.LIFT_ASKED)
    return Explanation(
        Text("现在不能办理这一步", "This step cannot be taken now"),
        Text(f"当前状态：{state.label.zh}", f"where it stands: {state.label.en}"),
        Text("请先确认或者不同意该申请。", "Confirm or refuse that request first.") if waits else again,
    )


def portal_stopped(ground: Ground) -> Explanation:
    """Return what the public is told while the whole portal is stopped."""
    return Explanation(
        Text("公示网站暂停服务", "The portal is suspended for now"),
        Text(ground.wording.zh, ground.wording.en),
        Text(
            "请稍后再来查询。暂停期间查不到信息，不表示没有记录；急需核实的，请向作出决定的机关查询。",
            "Please come back later. That nothing can be found meanwhile does not mean that there is no record; what is urgent can be asked of "
            "the deciding authority.",
        ),
    )
