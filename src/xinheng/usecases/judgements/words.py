"""What judgements tell whoever asks for what cannot be done."""

from __future__ import annotations

from xinheng.core.errors import Explanation, Text

_SEE = Text(
    "请用 xinheng waiting candidates 编号 查看该行和以往的判定。",
    "See the row and its judgements with xinheng waiting candidates ROW.",
)
NO_EVIDENCE = Explanation(
    Text("请写明判定的依据", "Say what the judgement rests on"),
    Text("仅凭名称不能判定；依据不能只是名称或者几个符号", "a name alone is no ground, nor are a few signs"),
    Text(
        "请写明核对了什么，如「决定书所载住所与登记一致」。",
        "Write what was compared, e.g. 'the address in the decision is that of the register'.",
    ),
)
ENDED = Explanation(
    Text("该行已不在等待", "The row does not wait any more"),
    Text("登记信息到达后已自动入库，或者已经判定", "it was taken when the registration came, or it was judged"),
    _SEE,
)
NOT_NOW = Explanation(
    Text("现在不能这样判定", "This cannot be judged now"),
    Text(
        "该行与该主体已有判定；改判之前须先撤销原判定",
        "the row and the subject were judged already: what stands is reversed first",
    ),
    _SEE,
)
NOT_SHOWN = Explanation(
    Text("只能一并判定同一单位的同名行", "Only rows of the same name and agency are judged together"),
    Text(
        "所选的行名称不同、属于其他单位，或者已不在等待",
        "a row that was chosen has another name or agency, or does not wait any more",
    ),
    Text("请在该行的页面上重新勾选。", "Choose again on the page of the row."),
)
NONE = Explanation(
    Text("没有该判定", "There is no such judgement"),
    Text(
        "编号不存在、已经撤销，或者不在您的职责范围内",
        "the number is not known, it was reversed, or it is outside your remit",
    ),
    _SEE,
)
TAKEN_SINCE = Explanation(
    Text("该行已归于另一主体", "The row is another subject's by now"),
    Text("撤销本判定会使一行归于两个主体", "to reverse this would make one row two subjects'"),
    Text("请先撤销后来的判定。", "Reverse the later judgement first."),
)
BY_CODE = Explanation(
    Text("该记录不是凭名称归入的", "The record was not attached by its name"),
    Text(
        "按代码归入的记录由信源单位更正或者撤回", "what a code attached is corrected or withdrawn by its source agency"
    ),
    Text("请用 xinheng withdraw 办理。", "Use xinheng withdraw."),
)
NO_RECORD = Explanation(
    Text("没有该记录", "There is no such record"),
    Text("该主体名下没有这一记录编号", "the subject has no record with this key"),
    Text("请用 xinheng file 代码 --json 查看其记录编号。", "See the keys with xinheng file CODE --json."),
)
