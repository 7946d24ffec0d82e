"""What a system is told that is not known, or calls too often."""

from __future__ import annotations

from xinheng.core.errors import Explanation, Text, XinhengError


class Unrecognised(XinhengError):
    """No secret or token that is good now was shown."""

    http_status = 401


class UnknownScope(XinhengError):
    """A scope was asked for that does not exist or that the account does not have."""


class TooManyCalls(XinhengError):
    """A quota is used up; the fact ``seconds`` says when calls are taken again."""

    http_status = 429


NO_SECRET = Explanation(
    Text("服务账号或密钥不正确", "The service account or its secret is wrong"),
    Text("没有这样的账号和密钥，或者其中之一已失效", "there is no such account with such a secret, or one of them has ended"),
    Text("请核对账号名称和密钥；如已遗失，请联系中心轮换密钥。", "Check both; where the secret is lost, ask the centre to rotate it."),
)  # fmt: skip
NO_TOKEN = Explanation(
    Text("请求没有带令牌", "The request carries no token"),
    Text("除取得令牌外，各接口都要求令牌", "every address but that of tokens asks for one"),
    Text("请先用 POST /api/v1/token 取得令牌，再放入 Authorization: Bearer。", "Get one from POST /api/v1/token and send it as Authorization: Bearer."),
)  # fmt: skip
BAD_TOKEN = Explanation(
    Text("令牌无效", "The token is not good"),
    Text("令牌不是本平台签发的，或者已经过期，或者其密钥、账号已失效", "it is not of this platform, has expired, or its secret or account has ended"),
    Text("请用 POST /api/v1/token 取得新的令牌。", "Get a new one from POST /api/v1/token."),
)  # fmt: skip


def no_scope(scope: str) -> Explanation:
    """Return what to tell somebody who asks for a scope that the account does not have."""
    return Explanation(
        Text(f"不能授予权限范围 {scope}", f"The scope {scope} cannot be given"),
        Text("该账号没有这一权限范围，或者没有这样的权限范围", "the account does not have it, or there is none of this name"),
        Text("请只申请账号已有的权限范围，或不写 scope。", "Ask for scopes of the account only, or leave scope out."),
    )  # fmt: skip


def too_many(seconds: int, *, whole_day: bool) -> Explanation:
    """Return what to tell an account that called too often."""
    span = Text("本日", "this day") if whole_day else Text("这一分钟", "this minute")
    return Explanation(
        Text("调用次数超过限额", "There were too many calls"),
        Text(f"{span.zh}的限额已用完", f"the quota of {span.en} is used up"),
        Text(f"请在 {seconds} 秒后重试；如限额不足，请联系中心。", f"Try again in {seconds} seconds; where the quota is too small, ask the centre."),
    )  # fmt: skip


def too_many_wrong(seconds: int) -> Explanation:
    """Return what to tell a source that showed too many wrong secrets or tokens."""
    return Explanation(
        Text("无效的密钥或令牌过多", "There were too many wrong secrets or tokens"),
        Text("来自同一地址的无效请求已达上限", "as many as one address may show in a minute"),
        Text(f"请核对配置，{seconds} 秒后重试。", f"Check what the system is set to, and try again in {seconds} seconds."),
    )  # fmt: skip
