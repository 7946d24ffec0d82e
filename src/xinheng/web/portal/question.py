"""What the reader asked in the address of a search: text and page, checked before anything is looked up."""

from __future__ import annotations

import unicodedata

from django.http import HttpRequest

from xinheng.core.errors import Explanation, Text, UnusableCall

LONGEST_QUESTION = 200  # characters; the longest name a record may hold (CF_XDR_MC)
LAST_PAGE = 1_000_000  # a number beyond is no page of any list


def searched_text(request: HttpRequest) -> str:
    """Return what to search, without blanks at its ends; empty where nothing was asked.

    Raises ``UnusableCall`` where it is too long or holds characters that cannot be typed.
    """
    words = request.GET.get("q", "").strip()
    if len(words) > LONGEST_QUESTION or any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in words):
        raise UnusableCall(
            Explanation(
                what=Text("查询内容无法使用。", "This search text cannot be used."),
                why=Text(
                    f"查询内容超过 {LONGEST_QUESTION} 个字，或者含有不可见的控制字符。",
                    f"It is longer than {LONGEST_QUESTION} characters or holds invisible control characters.",
                ),
                mend=Text("请重新输入单位名称或者统一社会信用代码。", "Please type the name or the code again."),
            )
        )
    return words


def page_number(request: HttpRequest) -> int:
    """Return which page of a list is asked for, from 1; raises ``UnusableCall`` for what is not a page number."""
    asked = request.GET.get("page", "1")
    if asked.isascii() and asked.isdigit() and len(asked) <= len(str(LAST_PAGE)) and 1 <= int(asked) <= LAST_PAGE:
        return int(asked)
    raise UnusableCall(
        Explanation(
            what=Text("没有这一页。", "There is no such page."),
            why=Text("页码应当是从 1 开始的整数。", "A page number is a whole number from 1."),
            mend=Text("请从第一页开始查看。", "Please start from the first page."),
        )
    )
