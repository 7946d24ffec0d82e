"""``xinheng law``: what the dated rules say."""

from __future__ import annotations

import datetime as dt

import click

from xinheng.cli.printing import language, print_json, said
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.law.coded import Coded
from xinheng.core.law.explanation import explain
from xinheng.core.law.kinds import PenaltyKind, read_kinds
from xinheng.core.law.publication import PublicationPeriod, publication_period
from xinheng.core.law.severity import Domain, Procedure, Severity


@click.group()
def law() -> None:
    """Ask the dated rules of law."""


@law.command()
@click.option("--decided", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day of the decision.")
@click.option("--kinds", required=True, help="The kinds of penalty, e.g. 罚款 or 警告;罚款.")
@click.option("--domain", help="food, drug, special-equipment, work-safety, fire (or 食品 …).")
@click.option("--severity", help="minor, general, serious (or 轻微, 一般, 严重).")
@click.option("--procedure", help="summary, ordinary (or 简易程序, 普通程序).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def periods(
    decided: dt.datetime, kinds: str, domain: str | None, severity: str | None, procedure: str | None, as_json: bool
) -> None:
    """Say for which days a penalty is published (last days inclusive), and why."""
    period = publication_period(
        decided=decided.date(),
        kinds=_kinds(kinds),
        severity=_member(Severity, severity),
        domain=_member(Domain, domain),
        procedure=_member(Procedure, procedure),
    )
    if as_json:
        print_json(_plain(period))
    else:
        click.echo(explain(period, language=language()))


def _plain(period: PublicationPeriod) -> dict[str, object]:
    return {
        "instrument": period.instrument,
        "published": period.published,
        "first_day": period.first_day,
        "shortest_last_day": period.shortest_last_day,
        "longest_last_day": period.longest_last_day,
        "reason": [said(reason) for reason in period.reasons],
        "basis": said(period.basis),
        "sure": period.sure,
    }


def _kinds(text: str) -> tuple[PenaltyKind, ...]:
    reading = read_kinds(text)
    if reading.unknown or not reading.kinds:
        unknown = "、".join(reading.unknown) or text
        known = "、".join(kind.label for kind in PenaltyKind)
        raise UnusableCall(
            Explanation(
                Text(f"不认识的处罚种类：{unknown}", f"Unknown kind of penalty: {unknown}"),
                Text("处罚种类见行政处罚法第九条", "the kinds are those of the administrative penalty law, article 9"),
                Text(f"可用：{known}；多个用分号隔开。", f"Use: {known}; several separated by semicolons."),
            )
        )
    return reading.kinds


def _member(kind: type[Coded], text: str | None):  # type: ignore[no-untyped-def]
    if text is None:
        return None
    try:
        return kind.of(text)
    except ValueError as error:
        known = "、".join(f"{member.value}（{member.label}）" for member in kind)
        raise UnusableCall(
            Explanation(
                Text(f"不认识的取值：{text}", f"Unknown value: {text}"),
                Text("该项只能取规定的值", "the option takes fixed values"),
                Text(f"可用：{known}", f"Use: {known}"),
            )
        ) from error
