"""What is so before a first hour begins: accounts with one-time secrets, records, a catalogue under way; made by the use cases that anyone uses.

``python scene.py STEP [ARGUMENT …]`` does one step in the home that the environment names, and prints what it made as JSON.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

CITY, ITEM, ASKED_ABOUT = "320500", "suzhou-approval-intermediaries", "honours"
EVERYBODY = {
    "manager": ("department-manager", True, ""),
    "clerk": ("data-clerk", True, ""),
    "screener": ("data-clerk", True, ""),
    "city": ("region-manager", False, CITY),
    "city-second": ("region-manager", False, CITY),
    "city-security": ("security-administrator", False, CITY),
    "centre": ("centre-operator", False, ""),
    "centre-second": ("centre-operator", False, ""),
    "representative": ("", False, ""),
    "agent": ("", False, ""),
}
"""Everybody who walks: the role, whether it is held for the agency that hands in, and for which region."""
NAMES = {
    "manager": "样例部门管理员", "clerk": "样例数据员", "screener": "样例审查员", "city": "样例地区管理员", "city-second": "样例地区副管理员", "city-security": "样例安全员",
    "centre": "样例操作员甲", "centre-second": "样例操作员乙", "representative": "样例代表人", "agent": "样例经办人",
}  # fmt: skip


def people(agency: str) -> dict[str, str]:
    """Make everybody's account and return the one-time secret of each."""
    from xinheng.core.access import Role
    from xinheng.usecases.accounts.opening import Entry, add_account
    from xinheng.usecases.accounts.roles import Wanted
    from xinheng.usecases.accounts.secrets import issue_secret

    made = {}
    for name, (role, in_agency, region) in EVERYBODY.items():
        wanted = Wanted(Role(role), agency if in_agency else "", region, None) if role else None
        by = "security-administrator" if role in ("centre-operator", "security-administrator") else "operator"
        account = f"walks.{name}"
        add_account(Entry(account, NAMES[name], None), actor=acting("system-administrator"), at=at(), on=at().date())
        if wanted:
            give(account, wanted, by)
        made[name] = issue_secret(account, actor=acting("security-administrator"), at=at(), on=at().date())
    return made


def give(account: str, wanted: Any, by: str) -> None:
    """Give a role."""
    from xinheng.usecases.accounts.roles import assign_role

    assign_role(account, wanted, actor=acting(by), at=at(), on=at().date())


def records(agency: str, *kept: str) -> dict[str, list[str]]:
    """Return, for each walk that needs one, code, name, key and number of a public record of the agency, of subjects none of which is ``kept``.

    The subject of the first has two records at least.
    """
    from xinheng.core.ledger.visibility import State
    from xinheng.store.models import Subject
    from xinheng.store.queries.records import standing_records
    from xinheng.usecases.ledger.file import state_of

    def public() -> Iterator[tuple[Subject, list[Any]]]:
        for subject in Subject.objects.filter(uscc__in=codes(agency) - set(kept), uscc__startswith="91").order_by(
            "uscc"
        ):
            held = standing_records(subject.pk, as_of=at().date())
            found = [one for one in held if state_of(one, at().date()) is State.PUBLIC and one.source_agency == agency]
            if found:
                yield subject, found

    every = list(public())
    several = next(one for one in every if len(one[1]) > 1)
    others = [one for one in every if one is not several]
    chosen = {"enterprise": several, "withdrawn": others[0], "stopped": others[1]}
    return {
        name: [subject.uscc, subject.name, held[0].record_key, held[0].decision_number] for name, (subject, held) in chosen.items()
    }  # fmt: skip


def codes(agency: str) -> set[str]:
    """Return the codes that the sample's files of an agency name."""
    from django.conf import settings

    found = set()
    for file in (settings.HOME / "sample").glob(f"penalties-{agency}*.csv"):
        with file.open(encoding="utf-8", newline="") as sheet:
            rows = csv.reader(sheet)
            place = next(place for place, title in enumerate(next(rows)) if "统一社会信用代码" in title)
            found |= {row[place] for row in rows if len(row) > place}
    return found


def manager(agency: str) -> dict[str, Any]:
    """Make the collection tasks, and ask the agency about the draft of an item that it hands in; returns the number of the year."""
    from xinheng.core.catalogue.draft import with_terms
    from xinheng.usecases.agencies import grant_item
    from xinheng.usecases.catalogue.cycle import ask_departments, change_item, open_year
    from xinheng.usecases.catalogue.views import view_draft
    from xinheng.usecases.collecting.tasks import make_tasks

    operator, now = acting("operator"), at()
    on = now.date()
    grant_item(agency, ASKED_ABOUT, actor=operator, at=now, on=on - dt.timedelta(days=100))
    make_tasks(actor=operator, at=now, on=on)
    first = dt.date(on.year + 1, 1, 1)
    number = open_year(on.year + 1, first_day=first, basis="样例文件", actor=operator, at=now, on=on)
    found = view_draft(number, ASKED_ABOUT, actor=operator, at=now, on=on)
    changed = with_terms(found.text, {"frequency": "每季度"})
    change_item(number, ASKED_ABOUT, changed, note="改为每季度更新", actor=operator, at=now, on=on)
    ask_departments(number, answer_by=first - dt.timedelta(days=7), actor=operator, at=now, on=on)
    return {"year": number}


def drop(number: str) -> dict[str, Any]:
    """Drop a year, so that another may be opened."""
    from xinheng.usecases.catalogue.cycle import drop as drop_year

    drop_year(int(number), reason="样例结束", actor=acting("operator"), at=at())
    return {}


def city() -> dict[str, Any]:
    """Let the city have an item of its own, signed by its second person; returns its first day and an agency of another city."""
    from xinheng.store.models import Agency
    from xinheng.usecases.catalogue.cycle import ask_departments, change_item, open_year, sign

    first, second, now = acting("walks.city"), acting("walks.city-second"), at()
    on = now.date()
    begins = on + dt.timedelta(days=1)
    number = open_year(begins.year, region=CITY, first_day=begins, basis="苏州市样例文件", actor=first, at=now, on=on)
    change_item(number, ITEM, as_new_item(begins), actor=first, at=now, on=on)
    ask_departments(number, answer_by=on, actor=first, at=now, on=on)
    sign(number, actor=second, at=now, on=on)
    other = Agency.objects.filter(region_code="320100").order_by("uscc").first()
    own = Agency.objects.filter(region_code=CITY).order_by("uscc").first()
    return {"begins": begins.isoformat(), "other": other.uscc if other else "", "own": own.uscc if own else ""}


def as_new_item(begins: dt.date) -> str:
    """Return the supplement that the project ships for the city as an item that is new on a day."""
    held = files("xinheng.core.catalogue").joinpath("supplements", f"{ITEM}.yaml").read_text(encoding="utf-8")
    before, _, rest = held.partition("revisions:\n")
    _, _, fields = rest.partition("\nfields:\n")
    revision = f'  - version: "{begins.year}"\n    from: "{begins}"\n    basis: 苏州市样例文件\n    source: made up\n    sure: "D"\n    changes: {{}}\n'
    return f"{before}revisions:\n{revision}\nfields:\n{fields}"


def enterprise(agency: str, code: str, key: str) -> dict[str, Any]:
    """Accept the representative of a subject; let a department look at its file, and withdraw one of its records."""
    from xinheng.core.access import Matter, Purpose
    from xinheng.usecases.corrections.asking import ask_withdrawal
    from xinheng.usecases.corrections.deciding import approve
    from xinheng.usecases.ledger.file import view_file
    from xinheng.usecases.me.grants import accept_representative

    operator, now = acting("operator"), at()
    on = now.date()
    accept_representative(
        code, "walks.representative", name="样例代表人", evidence="window", actor=operator, at=now, on=on
    )
    matter = Matter(Purpose.DUTY, "样检〔2026〕1号")
    view_file(code, as_of=on, today=on, actor=acting("walks.manager"), at=now, matter=matter)
    number = ask_withdrawal(code, key, reason="重复报送", actor=acting("walks.clerk"), at=now, on=on)
    approve(number, actor=operator, at=now, on=on)
    return {}


def acting(name: str) -> Any:
    """Return who acts."""
    from xinheng.usecases.users import actor_named

    return actor_named(name, on=at().date())


def at() -> dt.datetime:
    """Return this moment in Chinese time."""
    from xinheng.cli.starting import now

    return now()


STEPS = {"people": people, "records": records, "manager": manager, "drop": drop, "city": city, "enterprise": enterprise}

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "xinheng.project.settings"
    import django

    django.setup()
    from xinheng.usecases.catalogue.signed import know_signed_versions

    know_signed_versions(at_once=True)
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
