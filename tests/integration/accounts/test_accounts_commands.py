"""``xinheng accounts``: the words and the JSON of the real command."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ..commands import Xinheng
from ..sheets import Province, csv_bytes


def test_accounts_are_loaded_covered_and_act(xinheng: Xinheng, province: Province, tmp_path: Path) -> None:
    rows = [
        {"账号": "cli.li", "姓名": "李测试", "角色": "数据员", "单位代码": province.agency},
        {"账号": "cli.wang", "姓名": "王测试", "角色": "复核员", "单位代码": province.agency},
    ]
    (tmp_path / "accounts.csv").write_bytes(csv_bytes(rows, list(rows[0])))
    assert "2 accounts were made." in xinheng("accounts", "load", tmp_path / "accounts.csv").out
    again = xinheng("accounts", "load", tmp_path / "accounts.csv", expect=2, lang="zh_CN.UTF-8")
    assert "第 2 行不能使用" in again.err
    assert "cli.li 已被使用" in again.err
    until = dt.date.today() + dt.timedelta(days=9)  # noqa: DTZ011 (the command reads the clock as well)
    xinheng("accounts", "cover", "cli.li", "cli.wang", "--until", until, "--reason", "休假", "--as", "cli.li")
    listed = {one["name"]: one for one in xinheng("accounts", "list", "--json").json}
    assert [held["role"] for held in listed["cli.li"]["roles"]] == ["data-clerk"]
    assert listed["cli.li"]["covered_by"][0]["by"] == "cli.wang"
    assert {"system-administrator", "security-administrator", "audit-administrator"} <= set(listed)
    xinheng("submissions", "--as", "cli.wang:cli.li")
    assert xinheng.value("SELECT on_behalf_of FROM store_auditevent WHERE actor = 'cli.wang'") == "cli.li"
    refused = xinheng("accounts", "secret", "cli.li", expect=2)
    assert "operator" in refused.err
    secret = xinheng("accounts", "secret", "cli.li", "--as", "security-administrator").out.split()[-1]
    assert len(secret.replace("-", "")) == 25
