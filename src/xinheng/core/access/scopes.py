"""Scopes (权限范围): what a service account may be used for, narrower than the role of the user that acts.

A scope opens a part of the API; what the user behind the account may do there, ``decide`` says as for anybody. So a stolen token of a system
that only reads hands nothing in, although its user is a data clerk. Source: RFC 6749 section 3.3.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from xinheng.core.access.decision import Decision
from xinheng.core.errors import Text


class Scope(StrEnum):
    """The scopes of the API, as they stand in a token."""

    READ_CATALOGUE = "catalogue:read"
    READ_SUBMISSIONS = "submissions:read"
    HAND_IN = "submissions:write"
    READ_CHECKS = "checks:read"
    CHECK = "checks:write"


WORDS: Mapping[Scope, Text] = {
    Scope.READ_CATALOGUE: Text("读取目录", "read the catalogue"),
    Scope.READ_SUBMISSIONS: Text("查看本单位的报送", "see the agency's own submissions"),
    Scope.HAND_IN: Text("报送文件", "hand files in"),
    Scope.READ_CHECKS: Text("读取信用审查事项", "read the matters of screening"),
    Scope.CHECK: Text("信用审查并反馈结果", "check subjects in a matter, and say what followed"),
}


def decide_scope(held: Collection[str], needed: Scope) -> Decision:
    """Decide whether an account with the scopes ``held`` may be used for what ``needed`` opens; the default is no."""
    words = WORDS[needed]
    if needed.value in held:
        return Decision(True, (Text(f"权限范围：{needed.value}", f"scope: {needed.value}"),))
    zh = f"令牌没有权限范围 {needed.value}（{words.zh}）"
    return Decision(False, (Text(zh, f"the token has no scope {needed.value} ({words.en})"),))
