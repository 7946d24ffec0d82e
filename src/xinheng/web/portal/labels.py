"""Words for values that records carry as codes or in Chinese: kinds and states of subjects, kinds of penalties.

A value without an entry is shown as it stands; nothing is guessed.
"""

from __future__ import annotations

from xinheng.core.errors import Text

SUBJECT_KINDS = {
    "legal-person": Text("法人", "Legal person"),
    "unincorporated-organization": Text("非法人组织", "Unincorporated organization"),
    "individual-business": Text("个体工商户", "Individually-owned business"),
}

STATUSES = {
    "active": Text("存续", "Active"),
    "revoked": Text("吊销", "Licence revoked"),
    "cancelled": Text("注销", "Deregistered"),
    "annulled": Text("撤销", "Registration annulled"),
    "moved-out": Text("迁出", "Moved to another registrar"),
    "suspended": Text("停业", "Business suspended"),
    "": Text("", ""),
}

PENALTY_KINDS = {  # 行政处罚法 第九条
    "警告": Text("警告", "Warning"),
    "通报批评": Text("通报批评", "Public criticism"),
    "罚款": Text("罚款", "Fine"),
    "没收违法所得": Text("没收违法所得", "Confiscation of illegal gains"),
    "没收非法财物": Text("没收非法财物", "Confiscation of illegal property"),
    "暂扣许可证件": Text("暂扣许可证件", "Suspension of a permit or license"),
    "降低资质等级": Text("降低资质等级", "Lowering of a qualification grade"),
    "吊销许可证件": Text("吊销许可证件", "Revocation of a permit or license"),
    "限制开展生产经营活动": Text("限制开展生产经营活动", "Restriction of business activities"),
    "责令停产停业": Text("责令停产停业", "Order to suspend production or business"),
    "责令关闭": Text("责令关闭", "Order to close"),
    "限制从业": Text("限制从业", "Restriction of employment"),
    "行政拘留": Text("行政拘留", "Administrative detention"),
    "其他": Text("其他", "Other"),
}

WITHHELD = {
    "text-not-reviewed": Text(
        "暂不公示：这段文字可能涉及个人信息，尚未经第二人复核。",
        "Withheld for now: this text may hold personal information and has not yet been reviewed by a second person.",
    ),
    "": Text("", ""),
}

OTHER_REASON = Text("依法不予公示。", "Not published, as the law requires.")


def subject_kind(value: str) -> Text:
    """Return the words for a kind of subject, given its code or its Chinese label."""
    return labelled(SUBJECT_KINDS, value.replace("_", "-").lower())


def subject_status(value: str) -> Text:
    """Return the words for the state of a subject in the register, given its code or its Chinese label."""
    return labelled(STATUSES, value)


def penalty_kind(value: str) -> Text:
    """Return the words for a kind of penalty, given its Chinese name."""
    return labelled(PENALTY_KINDS, value)


def withheld_reason(value: str) -> Text:
    """Return why a value is not shown, given the reason key of a ``PublicField``."""
    return WITHHELD.get(value, OTHER_REASON)


def labelled(labels: dict[str, Text], value: str) -> Text:
    """Return the label with this code or this Chinese name, else the value itself in both languages."""
    by_name = {label.zh: label for label in labels.values()}
    return labels.get(value) or by_name.get(value) or Text(value, value)
