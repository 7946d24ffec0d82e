"""What is told when an identity provider does not answer as it should."""

from __future__ import annotations

from xinheng.core.errors import Explanation, Refused, Text, Unavailable


class Untrusted(Refused):
    """What came from a provider does not prove anything: another key, another reader, too old, changed on the way. ``facts["why"]`` says what."""


def away(error: Exception) -> Unavailable:
    """Return what to tell where a provider cannot be reached or answers with nonsense."""
    return Unavailable(_AWAY, error=type(error).__name__)


def untrusted(why: str) -> Untrusted:
    """Return what to tell where an answer of a provider cannot be trusted; ``why`` goes to the audit log."""
    return Untrusted(_UNTRUSTED, why=why)


_AWAY = Explanation(
    Text("统一身份认证暂时无法使用", "The identity provider cannot be used now"),
    Text("对方系统没有应答，或者应答不合规范", "it did not answer, or not as agreed"),
    Text("请稍后再试，或者用用户名和密码登录。", "Try again later, or sign in with name and password."),
)
_UNTRUSTED = Explanation(
    Text("未能确认您的身份", "Who you are could not be confirmed"),
    Text(
        "统一身份认证返回的凭据无效、已过期，或者不是为本次登录签发",
        "what the identity provider sent is not valid, too old, or not made for this sign-in",
    ),
    Text(
        "请重新登录；如再次发生，请联系安全管理员。",
        "Sign in again; if it happens again, tell the security administrator.",
    ),
)
