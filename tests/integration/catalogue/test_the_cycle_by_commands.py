"""The yearly cycle by the commands: opened, changed, asked, answered, signed by another; a later command knows the version."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from click.testing import CliRunner

from ..office import Office
from ..sheets import PENALTY
from .conftest import ActorOf


def _run(*words: object, code: int = 0) -> str:
    from xinheng.cli import main

    done = CliRunner().invoke(main, ["--locale", "en", *map(str, words)])
    assert done.exit_code == code, (words, done.output, done.exception)
    return done.output if code else done.stdout


def test_a_year_is_worked_by_commands(office: Office, person: ActorOf, tmp_path: Path) -> None:
    from xinheng.cli.starting import today

    first, by = dt.date(today().year + 1, 1, 1), today() + dt.timedelta(days=1)
    cycle = ("catalogue", "cycle")
    opened = _run(*cycle, "open", first.year, "--from", first, "--basis", "made up", "--json")
    number = json.loads(opened)["number"]
    text = _run(*cycle, "change", number, PENALTY)
    file = tmp_path / "draft.yaml"
    file.write_text(text.replace("role: decision_number", "role: nothing", 1), encoding="utf-8")
    told = _run(*cycle, "change", number, PENALTY, file, code=2)
    line = next(place for place, words in enumerate(text.split("\n"), start=1) if "role: decision_number" in words)
    assert f"draft.yaml:{line}: unknown-role" in told
    file.write_text(text.replace("frequency: 每日", "frequency: 每周", 1), encoding="utf-8")
    _run(*cycle, "change", number, PENALTY, file, "--note", "weekly")
    assert "2 asked" in _run(*cycle, "ask", number, "--answer-by", by)
    for agency in (office.province.agency, office.province.other_agency):
        manager = person("department-manager", agency=agency)
        _run(*cycle, "answer", number, PENALTY, "--agency", agency, "--agree", "--as", manager.name)
    assert "second person" in _run(*cycle, "sign", number, code=2)
    _run(*cycle, "sign", number, "--as", person("centre-operator", name="second").name)
    shown = json.loads(_run(*cycle, "show", number, "--json"))
    assert (shown["state"], shown["items"][0]["agreed"]) == ("signed", 2)
    assert str(first.year) in _run("catalogue", "diff", PENALTY)
