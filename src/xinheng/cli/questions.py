"""``xinheng questions``: what full files left open, and a person's answer."""

from __future__ import annotations

import datetime as dt

import click

from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import acting, acting_by, day_of, day_option, now, today
from xinheng.core.access import Actor
from xinheng.core.ledger.questions import BY_PERSON, Answer


@click.group()
def questions() -> None:
    """List and answer the questions that full files raised."""


@questions.command(name="list")
@click.option("--submission", type=int, help="Only those that this submission raised.")
@click.option("--all", "answered", is_flag=True, help="The answered ones as well.")
@click.option(
    "--limit", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, help="How many to list at the most."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def listed(submission: int | None, answered: bool, limit: int, as_json: bool, actor: Actor) -> None:
    """List the open questions, oldest first."""
    from xinheng.usecases.ledger import questions as ledger

    found = ledger.list_questions(
        actor=actor, at=now(), on=today(), submission=submission, answered=answered, limit=limit
    )
    if as_json:
        print_json([ledger.shown_question(one) for one in found])
        return
    if not found:
        say("没有待答复的问题。", "No question is open.")
        return
    rows = [
        (
            one.number,
            one.submission,
            one.name[:24],
            one.code,
            one.record.decision_number,
            one.untold,
            _answer(one.answer),
        )
        for one in found
    ]
    titles = ("编号", "报送", "主体", "代码", "文书号", "未能判明行数", "答复")
    english = ("question", "submission", "subject", "code", "number", "untold rows", "answer")
    print_table(titles if language() == "zh" else english, rows)
    say(
        "以上记录在该单位最近的全量文件中没有。未能判明行数：该文件中退回或待认领、无法与已入库记录对应的行。",
        "The agency's full file does not hold these records. Untold rows: those of the file that went back or wait and name no record of the ledger.",
    )


@questions.command()
@click.argument("question", type=int)
@click.option("--as", "how", required=True, type=click.Choice([one.value for one in BY_PERSON]), help="What holds.")
@click.option("--reason", required=True, help="Why, e.g. that the row was left out of the export.")
@day_option("--on", help_text="The day as of which the record is looked up; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting_by("--user")
def answer(question: int, how: str, reason: str, on: dt.datetime | None, as_json: bool, actor: Actor) -> None:
    """Answer a QUESTION: the record stands, or it is withdrawn, which another person approves (xinheng corrections)."""
    from xinheng.usecases.ledger import questions as ledger

    done = ledger.answer(question, Answer(how), reason=reason, actor=actor, at=now(), on=day_of(on))
    if as_json:
        print_json(ledger.shown_question(done))
        return
    number, words = done.record.decision_number, Answer(how).label
    say(f"问题 {question} 已答复（{number}）：{words.zh}", f"Question {question} ({number}) is answered: {words.en}")


def _answer(code: str | None) -> str:
    return said(Answer(code).label) if code else "—"
