"""Office contacts (联系方式): where an account gets mail and text messages. An office's address and telephone, not a private one."""

from __future__ import annotations

import re

from xinheng.core.errors import Explanation, Text, UnusableCall

_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_TELEPHONE = re.compile(r"1[3-9][0-9]{9}")
_LONGEST_MAIL = 254


def read_mail(text: str) -> str:
    """Return an address of mail, or nothing for nothing; raises ``UnusableCall``."""
    held = text.strip()
    if held and (len(held) > _LONGEST_MAIL or not _MAIL.fullmatch(held)):
        raise UnusableCall(NO_MAIL)
    return held


def read_telephone(text: str) -> str:
    """Return the eleven digits of a telephone that takes text messages, or nothing for nothing; raises ``UnusableCall``."""
    held = re.sub(r"[\s-]", "", text).removeprefix("+86")
    if held and not _TELEPHONE.fullmatch(held):
        raise UnusableCall(NO_TELEPHONE)
    return held


NO_MAIL = Explanation(
    Text("邮箱地址不正确", "The address of mail is not right"),
    Text("没有保存", "nothing was kept"),
    Text(
        "请填写完整的办公邮箱，如 name@example.gov.cn。", "Write the whole office address, such as name@example.gov.cn."
    ),
)
NO_TELEPHONE = Explanation(
    Text("手机号不正确", "The telephone number is not right"),
    Text("短信只能发到 11 位手机号；没有保存", "text messages go to a mobile number of 11 digits; nothing was kept"),
    Text("请填写办公手机号。", "Write the office mobile number."),
)
