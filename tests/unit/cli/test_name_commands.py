"""``xinheng names``: reading and comparing names on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from click.testing import CliRunner, Result

from xinheng.cli import main


def run(*arguments: str, locale: str = "zh_CN.UTF-8") -> Result:
    return CliRunner().invoke(main, ["--locale", locale, "names", *arguments])


def test_two_names_are_compared_in_the_language_of_the_terminal() -> None:
    here, there = (
        run("compare", "苏州金龙机械有限公司", "南京金龙机械有限公司"),
        run("compare", "工行", "中国工商银行", locale="en"),
    )
    assert here.output.startswith("结论：不是同一单位（different）")
    assert "行政区划不同：苏州 / 南京" in here.output
    assert there.output.startswith("the same organisation (same)")


def test_a_branch_is_said_to_point_to_its_parent() -> None:
    found = json.loads(run("compare", "苏州金龙机械有限公司", "苏州金龙机械有限公司南京分公司", "--json").output)
    assert (found["verdict"], found["points_to"]) == ("different", "branch")
    assert "→ 一方是另一方的分支机构" in run("compare", "苏州金龙机械有限公司", "苏州金龙机械有限公司南京分公司").output


def test_a_name_is_taken_apart() -> None:
    [name] = json.loads(run("parse", "蘇州金龍機械有限公司", "--json").output)
    assert [part["kind"] for part in name["parts"]] == ["place", "brand", "trade", "form"]
    assert "字号" in run("parse", "苏州金龙机械有限公司").output


def test_every_row_of_a_file_is_compared(tmp_path: Path) -> None:
    rows = [
        ["name", "registered"],
        ["苏州金龙机械有限公司", "苏州市金龙机械有限责任公司"],
        ["苏州金龙机械有限公司", "无锡华鑫食品厂"],
        ["", "苏州市"],
    ]
    with (tmp_path / "list.csv").open("w", encoding="gb18030", newline="") as sheet:
        csv.writer(sheet).writerows(rows)
    done = run(
        "compare", str(tmp_path / "list.csv"), "--a", "name", "--b", "registered", "--out", str(tmp_path / "out.csv")
    )
    assert done.output == "已比对 3 行：相同 1，需核对 1，不同 1。\n"
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as sheet:
        written = list(csv.DictReader(sheet))
    assert [row["verdict"] for row in written] == ["same", "different", "ask"]
    assert written[0]["why"].startswith("行政区划为同一地")


def test_what_cannot_be_compared_is_explained(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,other\n苏州金龙,苏州\n", encoding="utf-8")
    out = str(tmp_path / "out.csv")
    for arguments in (
        ("苏州金龙机械有限公司",),
        (str(tmp_path / "none.csv"), "--a", "name", "--b", "other", "--out", out),
        (str(tmp_path / "list.csv"), "--a", "name", "--b", "nothing", "--out", out),
    ):
        done = run("compare", *arguments)
        assert done.exit_code == 2
        assert "处理：" in done.output
