"""Adverse rows with names only: whatever the name, none attaches; whatever stands in them, nothing breaks and no number of a person is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.spec.rules.desk import made_up

from ..office import Office
from ..sheets import TODAY, csv_bytes

PROFILE = "nfra-penalty"
NAMES = {
    "four thousand characters": "样例" * 2000,
    "only a legal form": "有限公司",
    "only a city": "南京市",
    "emoji": "😀🏭有限公司",
    "right-to-left marks": "\u202e金陵样例\u202c钢铁有限公司",
    "a person": "张某某",
    "nothing but marks": "（）",
}


def _waiting_row(office: Office, name: str, **cells: str) -> Any:
    """Have a penalty wait under a name of any kind: its code is right, and nobody's."""
    from xinheng.store.models import WaitingRow

    fields = {**office.province.penalty(), "CF_XDR_MC": name, **cells}
    row = office.province.penalty(0, CF_XDR_SHXYM="91320000134762764K")
    office.hand_in(row)
    made = WaitingRow.objects.latest("id")
    made.fields = {key: value for key, value in fields.items() if value and key != "CF_XDR_SHXYM"}
    made.code = None
    made.save()
    return made


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_any_name_may_wait_and_be_looked_at(office: Office, name: str) -> None:
    from xinheng.usecases.judgements.viewing import shown_case, view_case

    row = _waiting_row(office, name)
    case = view_case(row.pk, actor=office.operator, at=office.at(TODAY), on=TODAY)
    assert case.name == name
    assert all(one.candidate.likeness.verdict != "same" for one in case.shown)
    json.dumps(shown_case(case))


def test_two_thousand_adverse_rows_with_names_only_attach_nothing(office: Office) -> None:
    """The names are those of the register itself; ``tests/benchmarks/names_only.py`` runs 100,000."""
    from tests.benchmarks.names_only import adverse_rows

    from xinheng.store.models import Submission, WaitingRow
    from xinheng.usecases.intake.submit import submit

    rows = adverse_rows([row["name"] for row in office.province.register], 2000)
    content = csv_bytes(rows, list(rows[0]))
    outcome = submit(_call(office, content), actor=office.operator, at=office.at(TODAY))
    assert (outcome.counts.received, outcome.counts.waiting, outcome.counts.accepted) == (2000, 2000, 0)
    assert WaitingRow.objects.filter(ended=None, code=None).count() == 2000
    assert Submission.objects.get(pk=outcome.submission).waiting == 2000


def _call(office: Office, content: bytes) -> Any:
    from dataclasses import replace

    return replace(office.call(content), profile=PROFILE)


def test_a_persons_number_in_the_column_of_codes_is_kept_nowhere(office: Office) -> None:
    from django.db import connection

    number = made_up()
    outcome = office.hand_in(office.province.penalty(0, CF_XDR_SHXYM=number))
    assert outcome.counts.waiting == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename ~ '^store_'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table} AS held WHERE held::text LIKE %s", [f"%{number}%"])
            assert cursor.fetchone()[0] == 0, table


def test_a_wrong_code_of_one_character_is_suggested_and_never_acted_on(office: Office) -> None:
    from xinheng.usecases.judgements.viewing import view_case

    code = office.province.penalties[0]["CF_XDR_SHXYM"]
    wrong = code[:9] + ("7" if code[9] != "7" else "8") + code[10:]
    row = _waiting_row(office, "毫不相干的名称", CF_XDR_ZZJG="", CF_XDR_GSZC="")
    row.fields["CF_XDR_SHXYM"] = wrong
    row.save()
    case = view_case(row.pk, actor=office.operator, at=office.at(TODAY), on=TODAY)
    assert case.shown[0].candidate.possible.uscc == code
    assert "改一个字符" in case.shown[0].candidate.evidence[0].words.zh
    assert office.records(code) == []
