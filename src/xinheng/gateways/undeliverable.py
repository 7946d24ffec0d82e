"""What a mail server or a text-message gateway answers when a message cannot be handed over. No address and no text is in these errors."""

from __future__ import annotations

from xinheng.core.errors import Explanation, Text, Unavailable, UnusableCall


class Undeliverable(UnusableCall):
    """It was refused for good, e.g. because there is no such address: trying again changes nothing."""


def refused_for_good(what: Text, answer: str) -> Undeliverable:
    """Return the error of a refusal; ``answer`` is its code."""
    why = Text(f"对方不接受（{answer}）", f"the other side refuses it ({answer})")
    return Undeliverable(Explanation(what, why, _CHECK), answer=answer)


def not_now(what: Text, answer: str) -> Unavailable:
    """Return the error of a failure that may pass; ``answer`` is a code, or the kind of the failure."""
    why = Text(f"对方暂时没有受理（{answer}）", f"the other side does not take it now ({answer})")
    return Unavailable(Explanation(what, why, _LATER), answer=answer)


_CHECK = Text("请核对该账号的联系方式，改正后重新发送。", "Check the contact of the account, mend it and send again.")
_LATER = Text(
    "稍后自动重试；一直失败的，请检查网关配置。",
    "It is tried again by itself; where it keeps failing, look at the gateway's settings.",
)
