"""What the use cases of the yearly catalogue tell their reader where they cannot go on."""

from __future__ import annotations

import datetime as dt

from xinheng.core.catalogue.cycle import CycleState
from xinheng.core.errors import Explanation, Text

NO_YEAR = Explanation(
    Text("没有这个年度目录", "There is no such catalogue of a year"),
    Text("编号可能有误，或者不在您的职责范围内", "the number may be wrong, or it is outside your remit"),
    Text("请在年度目录列表中查看。", "See the list of years."),
)
NO_ITEM = Explanation(
    Text("没有这个目录项", "There is no such item"),
    Text("目录和本年度草案中都没有", "neither the catalogue nor the draft of the year has it"),
    Text("请在目录中查看标识。", "See the names in the catalogue."),
)
BAD_YEAR = Explanation(
    Text("年度不正确", "The year is wrong"),
    Text("应为四位年份", "it must be a year of four digits"),
    Text("请填写年份，如 2027。", "Give it, such as 2027."),
)
NO_CITY = Explanation(
    Text("地区不正确", "The region is wrong"),
    Text("年度目录属于省或者设区市", "a catalogue is the province's or a city's"),
    Text("请填写设区市的区划代码，如 320500；省目录不填。", "Give the code of the city, such as 320500; nothing for the province."),
)  # fmt: skip
NO_BASIS = Explanation(
    Text("请写明依据", "Name the basis"),
    Text("年度目录须有发布文件", "a catalogue is issued by a document"),
    Text("请填写文件名称及文号。", "Give the document with its number."),
)
PAST = Explanation(
    Text("施行日期已过", "The first day is over"),
    Text("新版本只对今后报送的信息有效", "a version counts for what is handed in from now on"),
    Text("请改为今天或者以后的日期。", "Take today or a later day."),
)
EMPTY = Explanation(
    Text("草案没有改动任何目录项", "The draft changes no item"),
    Text("没有改动就没有可以征求意见的内容", "there is nothing to ask about"),
    Text("请先修改目录项。", "Change an item first."),
)
ANSWER_DAY = Explanation(
    Text("答复期限不正确", "The day for answers is wrong"),
    Text("应在今天以后、施行日期以前", "it lies after today and before the first day"),
    Text("请改正答复期限，或者推迟施行日期。", "Take another day, or a later first day."),
)
TOO_LATE = Explanation(
    Text("答复期限已过", "The day for answers is over"),
    Text("期限届满后不再接收答复", "no answer is taken after it"),
    Text("确有意见的，请联系中心。", "Tell the centre."),
)
NOT_ASKED = Explanation(
    Text("该单位不在征求意见的范围内", "This agency is not asked about it"),
    Text("只征求获授权报送该目录项的单位的意见", "only who may hand the item in is asked"),
    Text("请核对单位和目录项。", "Check the agency and the item."),
)
NO_ANSWER = Explanation(
    Text("请选择同意或者有意见", "Choose whether the department agrees"),
    Text("答复只有这两种", "there are these two answers"),
    Text("请选择后再提交。", "Choose one and send it again."),
)
SAY_WHAT = Explanation(
    Text("请写明意见", "Say what the objection is"),
    Text("没有内容的意见无法处理", "without words nobody can act on it"),
    Text("请填写意见后再提交。", "Write it down and send it again."),
)
STILL_OPEN = Explanation(
    Text("答复尚未齐备", "Not all have answered"),
    Text("还有单位没有答复，答复期限也未届满", "some departments have not answered, and their day is not over"),
    Text("请待全部答复或者期限届满后签发。", "Sign when all have answered or the day is over."),
)
SAY_WHY = Explanation(
    Text("请说明理由", "Say why"),
    Text(
        "仍有单位有意见的，签发须说明不采纳的理由；收回和作废也须说明理由",
        "with an objection standing, whoever signs says why it is not followed; taking back and dropping need a reason as well",
    ),
    Text("请填写理由后再提交。", "Give the reason and send it again."),
)
ONE_PERSON = Explanation(
    Text("须由第二人签发", "A second person has to sign"),
    Text(
        "起草人以及代其履职的人不能签发",
        "neither who drafted it nor somebody standing in for them can sign",
    ),
    Text("请由另一名中心操作员签发。", "Let another operator of the centre sign."),
)


def not_now(state: CycleState) -> Explanation:
    """Return what to tell somebody whose step does not fit where the year stands."""
    return Explanation(
        Text("现在不能进行这一步", "This cannot be done now"),
        Text(f"该年度目录{state.label.zh}", f"the catalogue of the year: {state.label.en}"),
        Text("请查看该年度目录的进展。", "See where it stands."),
    )


def one_at_a_time(year: int) -> Explanation:
    """Return what to tell somebody who opens a year while another is worked on."""
    return Explanation(
        Text(f"{year} 年度目录尚未签发", f"The catalogue of {year} is not signed yet"),
        Text("同一级目录一次只起草一个年度", "one year at a time is drafted"),
        Text("请先签发或者作废该年度。", "Sign that year or drop it first."),
    )


def signed_before(year: int, day: dt.date) -> Explanation:
    """Return what to tell somebody whose first day is not after that of the last signed year."""
    return Explanation(
        Text("施行日期早于现行目录", "The first day is not after that of the catalogue in force"),
        Text(f"{year} 年度目录自 {day} 起施行", f"the catalogue of {year} is in force from {day}"),
        Text("请改为以后的日期。", "Take a later day."),
    )
