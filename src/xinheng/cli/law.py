"""``xinheng law``: what the dated rules say."""

from __future__ import annotations

import datetime as dt

import click

from xinheng.cli.printing import language, print_json, said
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.law.assessment import Assessment, PenaltyFacts, assess
from xinheng.core.law.coded import Coded
from xinheng.core.law.discretion import AuthorityLevel, Party, Regulation
from xinheng.core.law.explanation import explain, explain_assessment
from xinheng.core.law.kinds import PenaltyKind, read_kinds
from xinheng.core.law.publication import PublicationPeriod, publication_period
from xinheng.core.law.severity import Domain, Procedure, Severity
from xinheng.core.standards.money import parse_fen


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
        severity=member_of(Severity, severity),
        domain=member_of(Domain, domain),
        procedure=member_of(Procedure, procedure),
    )
    if as_json:
        print_json(_plain(period))
    else:
        click.echo(explain(period, language=language()))


@law.command("severity")
@click.option("--decided", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day of the decision.")
@click.option("--kinds", required=True, help="The kinds of penalty, e.g. 罚款 or 警告;罚款.")
@click.option("--fine", help="The amount of the fine in yuan, e.g. 5000.00; unknown where it is left out.")
@click.option("--confiscated", help="The amount confiscated, in yuan.")
@click.option("--party", help="organization (default), citizen; unknown for a one-person business.")
@click.option("--domain", help="market, environment, work-safety, tax, customs, food … (or 市场监管 …).")
@click.option("--authority-level", "level", help="national, province, city, county (or 国家级 …).")
@click.option("--severity", "stated", help="The severity that the source states: minor, general, serious (or 轻微 …).")
@click.option("--procedure", help="The procedure that the source states: summary, ordinary (or 简易程序 …).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def law_severity(
    decided: dt.datetime,
    kinds: str,
    fine: str | None,
    confiscated: str | None,
    party: str | None,
    domain: str | None,
    level: str | None,
    stated: str | None,
    procedure: str | None,
    as_json: bool,
) -> None:
    """Say how severe a penalty is and by which procedure it was decided, certainly or as a proposal, and why."""
    facts = PenaltyFacts(
        kinds=frozenset(_kinds(kinds)),
        fine=_yuan(fine),
        confiscated=_yuan(confiscated),
        party=None if party in ("unknown", "不明") else member_of(Party, party or "organization"),
        domain=member_of(Regulation, domain),
        level=member_of(AuthorityLevel, level),
        severity=member_of(Severity, stated),
        procedure=member_of(Procedure, procedure),
    )
    found = assess(facts, decided.date())
    if as_json:
        print_json(plain_assessment(found))
    else:
        click.echo(explain_assessment(found, language=language()))


def plain_assessment(found: Assessment) -> dict[str, object]:
    """Return an assessment as plain data, for ``--json``."""
    return {
        "severity": found.severity.value if found.severity else None,
        "procedure": found.procedure.value,
        "certain": found.certain,
        "possible": [one.value for one in found.possible],
        "disagrees": found.disagrees,
        "reason": [said(reason) for reason in found.reasons],
        "basis": [said(basis) for basis in found.basis],
    }


def _yuan(text: str | None) -> int | None:
    if text is None:
        return None
    amount = parse_fen(text, unit="元")
    if amount is None:
        raise UnusableCall(
            Explanation(
                Text(f"不是金额：{text}", f"Not an amount: {text}"),
                Text("金额以元为单位，最多两位小数", "amounts are in yuan, with at most two decimals"),
                Text("请填写如 5000.00。", "Write it like 5000.00."),
            )
        )
    return amount


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


def member_of(kind: type[Coded], text: str | None):  # type: ignore[no-untyped-def]
    """Return the member that an option names, by code or Chinese label, or nothing; raises ``UnusableCall``."""
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
