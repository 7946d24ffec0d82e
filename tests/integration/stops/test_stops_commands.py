"""The commands of stops, as two people type them."""

from __future__ import annotations

from ..commands import Xinheng


def test_two_people_stop_a_consumer_and_lift_it_by_commands(xinheng: Xinheng) -> None:
    xinheng.rows(
        "WITH made AS (INSERT INTO store_user (username, display_name, is_active, password) VALUES ('second', '', true, '!') RETURNING id)"
        " INSERT INTO store_roleassignment (user_id, role, region_code, valid_from) SELECT id, 'centre-operator', '', '2026-01-01' FROM made"
        " RETURNING id"
    )
    words = ("--ground", "security", "--reason", "密钥可能泄露", "--basis", "应急预案")
    asked = xinheng("stop", "ask", "consumer", "bank", *words, "--json").json
    assert (asked["state"], asked["scope"], asked["target"], bool(asked["due"])) == ("asked", "consumer", "bank", True)
    number = asked["stop"]
    again = xinheng("stop", "confirm", number, expect=2, lang="zh_CN.UTF-8")
    assert "须由第二人确认" in again.err
    done = xinheng("stop", "confirm", number, "--as", "second", lang="zh_CN.UTF-8")
    assert "暂停公示" in done.out
    xinheng("stop", "lift", number, "--reason", "密钥已更换")
    xinheng("stop", "refuse", number, "--reason", "尚未更换", "--as", "second")
    xinheng("stop", "lift", number, "--reason", "密钥已更换")
    lifted = xinheng("stop", "confirm", number, "--as", "second", "--json").json
    assert lifted["state"] == "lifted"
    assert lifted["receipt"]
    [listed] = xinheng("stop", "list", "--json").json
    assert [step["by"] for step in listed["steps"]] == [
        "operator",
        "second",
        "operator",
        "second",
        "operator",
        "second",
    ]
