"""The columns of the made-up penalty files: headings as departments write them, of the item ``administrative-penalty``.

Basis of the layout: 发改办财金〔2018〕424号, with the platform's local fields for procedure and domain.
"""

from __future__ import annotations

from enum import Enum

HEADINGS: dict[str, str] = {
    "CF_XDR_MC": "行政相对人名称",
    "CF_XDR_LB": "行政相对人类别",
    "CF_XDR_SHXYM": "行政相对人代码_1(统一社会信用代码)",
    "CF_XDR_GSZC": "行政相对人代码_2(工商注册号)",
    "CF_XDR_ZZJG": "行政相对人代码_3(组织机构代码)",
    "CF_XDR_SWDJ": "行政相对人代码_4(税务登记号)",
    "CF_XDR_SYDW": "行政相对人代码_5(事业单位证书号)",
    "CF_XDR_SHZZ": "行政相对人代码_6(社会组织登记证号)",
    "CF_FRDB": "法定代表人",
    "CF_FR_ZJLX": "法定代表人证件类型",
    "CF_FR_ZJHM": "法定代表人证件号码",
    "CF_XDR_ZJLX": "证件类型",
    "CF_XDR_ZJHM": "证件号码",
    "CF_WSH": "行政处罚决定书文号",
    "CF_WFXW": "违法行为类型",
    "CF_SY": "违法事实",
    "CF_YJ": "处罚依据",
    "CF_CFLB": "处罚类别",
    "CF_NR": "处罚内容",
    "CF_NR_FK": "罚款金额(万元)",
    "CF_NR_WFFF": "没收违法所得、没收非法财物的金额(万元)",
    "CF_NR_ZKDX": "暂扣或吊销证照名称及编号",
    "CF_JDRQ": "处罚决定日期",
    "CF_YXQ": "处罚有效期",
    "CF_GSJZQ": "公示截止期",
    "CF_CFJG": "处罚机关",
    "CF_CFJGDM": "处罚机关统一社会信用代码",
    "CF_SJLY": "数据来源单位",
    "CF_SJLYDM": "数据来源单位统一社会信用代码",
    "BZ": "备注",
    "XH_CX": "处罚程序",
    "XH_LY": "监管领域",
}
"""Field code → heading, in the order of the file."""

MANDATORY_TEXTS = ("CF_WFXW", "CF_SY", "CF_YJ", "CF_NR")
"""Mandatory fields that hold free text, where a placeholder says nothing."""

_NARROW = (
    "CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM", "CF_FRDB", "CF_WSH", "CF_WFXW", "CF_SY", "CF_YJ", "CF_CFLB", "CF_NR",
    "CF_NR_FK", "CF_NR_WFFF", "CF_JDRQ", "CF_YXQ", "CF_CFJG", "CF_CFJGDM", "CF_SJLY", "CF_SJLYDM",
)  # fmt: skip


class Layout(Enum):
    """Which columns a file has: all of them, or the 18 that departments fill most, as the benchmarks want."""

    FULL = "full"
    NARROW = "narrow"

    @property
    def fields(self) -> tuple[str, ...]:
        """The field codes of the file, in order."""
        return tuple(HEADINGS) if self is Layout.FULL else _NARROW

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the file, in order."""
        return tuple(HEADINGS[field] for field in self.fields)
