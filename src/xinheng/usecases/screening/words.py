"""What the use cases of screening tell their reader where they cannot go on."""

from __future__ import annotations

from xinheng.core.errors import Explanation, Text

NO_NUMBER = Explanation(
    Text("请写明业务编号", "Give the business number"),
    Text("信用审查须有审查事项和业务编号，不超过 100 字", "screening takes a matter and a business number of 100 characters at the most"),
    Text("请填写所办业务的受理编号。", "Give the number under which the business is handled."),
)  # fmt: skip
NO_AGENCY = Explanation(
    Text("请指明办理单位", "Name the agency"),
    Text("您的角色不止对应一个单位", "your role extends to more than one agency"),
    Text("请填写办理单位的统一社会信用代码。", "Give the unified code of the agency that handles the business."),
)
NOTHING_GIVEN = Explanation(
    Text("请填写代码或者名称", "Give a code or a name"),
    Text("没有可以查的内容", "there is nothing to look up"),
    Text("请填写统一社会信用代码，没有代码的填写全称。", "Give the unified code; without one, the full name."),
)
A_PERSON = Explanation(
    Text("不能这样查自然人", "A natural person cannot be checked this way"),
    Text(
        "自然人只能在法定事由中凭证件查询，不能在信用审查中查询；号码没有保存",
        "persons are looked at by document and in a statutory matter only; the number was not kept",
    ),
    Text("请核对是否误填；确有法定事由的，按自然人查询办理。", "Check whether it was put in by mistake; with a statutory matter, ask as for persons."),
)  # fmt: skip
NONE = Explanation(
    Text("没有这次信用审查", "There is no such screening"),
    Text("编号有误，或者不在您的职责范围内", "the number is wrong, or it is outside your remit"),
    Text("请在信用审查列表中选择。", "Choose it from the list of screenings."),
)
NO_ROW = Explanation(
    Text("没有这一行", "There is no such row"),
    Text("该次审查没有这个行号", "the screening has no row of this number"),
    Text("请核对行号。", "Check the number of the row."),
)
NO_WHY = Explanation(
    Text("请说明未采取措施的理由", "Say why nothing was done"),
    Text("反馈「未采取措施」须说明理由，不超过 500 字", "the feedback 'not acted' takes a reason of 500 characters at the most"),
    Text("请填写理由。", "Give the reason."),
)  # fmt: skip
NO_FEEDBACK = Explanation(
    Text("不能反馈这一结果", "There is no such feedback"),
    Text("反馈结果：已知悉、已采取措施、未采取措施", "feedback is one of seen, acted, not-acted"),
    Text("请从中选择。", "Choose one of them."),
)
STOPPED = Explanation(
    Text("暂停向本系统提供信息", "Nothing is given to this system now"),
    Text("已紧急停止", "an emergency stop is in force"),
    Text("请联系中心。", "Ask the centre."),
)
NO_COLUMNS = Explanation(
    Text("名单中没有名称列和代码列", "The list has neither a column of names nor one of codes"),
    Text("至少要有一列", "one of them is needed"),
    Text("请将列名写为“名称”“统一社会信用代码”。", "Call them 名称 and 统一社会信用代码 (or name and uscc)."),
)
TOO_MANY = Explanation(
    Text("名单过长", "The list is too long"),
    Text("一次最多审查 1,000,000 行", "a list has 1,000,000 rows at the most"),
    Text("请分为几份。", "Part it into several."),
)
NO_ROWS = Explanation(
    Text("名单中没有行", "The list has no rows"),
    Text("表头下没有内容", "there is nothing under its headings"),
    Text("请核对文件。", "Check the file."),
)
TOO_LARGE_TO_FILTER = Explanation(
    Text("名单较长，不能在页面上筛选", "The list is too long to be filtered on a page"),
    Text("超过 20,000 行的名单请看结果表", "of more than 20,000 rows the workbook tells all"),
    Text("请下载结果表。", "Download the workbook."),
)
NOT_WATCHED = Explanation(
    Text("没有关注该主体", "This subject is not watched"),
    Text("没有这一关注，或者已经取消", "there is no such watch, or it has ended"),
    Text("请在关注列表中查看。", "See the list of watches."),
)
NO_PREVIOUS = Explanation(
    Text("这次审查不是复查", "This screening repeats none"),
    Text("没有可以比较的上一次审查", "there is no earlier one to compare with"),
    Text("请先对该次审查进行复查。", "Screen it again first."),
)
NO_PERIOD = Explanation(
    Text("起止日期不正确", "The days are not in order"),
    Text("止日早于起日", "the last is before the first"),
    Text("请更正日期。", "Mend them."),
)
