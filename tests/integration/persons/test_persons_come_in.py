"""Rows about natural persons come in: counted as any other, sealed in a ledger of their own, and nowhere else."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from xinheng.core.sample.codes import identity_number

from ..office import Office, fates, ledger_rows
from .people import clear_texts, person, table_contents


def _persons() -> tuple[int, int]:
    from xinheng.store.models import Person, PersonRecord

    return Person.objects.count(), PersonRecord.objects.count()


def test_a_file_of_both_is_counted_as_a_whole_and_kept_apart(office: Office) -> None:
    province = office.province
    rows = [
        province.penalty(1, CF_WSH="混罚〔2026〕1号"),
        person(province, 1),
        person(province, 2, CF_XDR_ZJHM="320999190001010000"),  # a wrong check character
        person(province, 3, CF_XDR_SHXYM=province.penalty(1)["CF_XDR_SHXYM"]),
        province.penalty(2, CF_WSH="混罚〔2026〕2号"),
        person(province, 1, decision="人罚〔2026〕另号"),
    ]
    outcome = office.hand_in(*rows)
    assert fates(outcome) == {"accepted": 4, "rejected": 2}
    assert (ledger_rows(), _persons()) == (2, (1, 2))
    said = {(issue.row, issue.code) for issue in office.issues(outcome) if issue.level == "reject"}
    assert said == {(4, "N02"), (5, "N04")}
    assert all(issue.found is None for issue in office.issues(outcome))


def test_nothing_of_a_person_is_in_clear_in_any_table_or_file(office: Office, tmp_path: Path) -> None:
    rows = [person(office.province, number) for number in range(1, 9)]
    wrong = person(office.province, 9, CF_XDR_LB="自然人", CF_JDRQ="2026-02-30", CF_CFLB=identity_number(9))
    named = person(office.province, 10, CF_XDR_MC="样例某乙", CF_SY=f"身份证{identity_number(10)}的样例某乙")
    outcome = office.hand_in(*rows, wrong, named)
    assert fates(outcome) == {"accepted": 9, "rejected": 1}
    contents = dict(table_contents())
    contents |= {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"store_person", "store_personrecord"} < set(contents)
    told = [text.encode(code) for text in clear_texts(range(1, 11)) for code in ("utf-8", "gb18030")]
    assert [place for place, content in contents.items() for text in told if text in content] == []


def test_the_same_again_is_unchanged_and_another_submission_is_one_more_source(office: Office) -> None:
    from xinheng.store.models import PersonSighting

    row = person(office.province, 1)
    assert fates(office.hand_in(row, row)) == {"accepted": 1, "unchanged": 1}
    again = office.hand_in(row, person(office.province, 2), agency=office.province.other_agency)
    assert fates(again) == {"unchanged": 1, "accepted": 1}
    assert (_persons(), PersonSighting.objects.count()) == ((2, 2), 1)


def test_a_correction_is_a_revision_and_contradictions_go_back(office: Office) -> None:
    province, row = office.province, person(office.province, 1)
    office.hand_in(row)
    other = {**row, "CF_NR": "决定给予警告。", "CF_CFLB": "警告", "CF_NR_FK": ""}
    assert fates(office.hand_in(other)) == {"corrected": 1}
    assert _persons() == (1, 2)
    contradicted = office.hand_in({**other, "CF_SY": "另一经过"}, agency=province.other_agency)
    assert fates(contradicted) == {"rejected": 1}
    twice = office.hand_in({**other, "CF_WSH": "人罚〔2026〕77号"}, {**row, "CF_WSH": "人罚〔2026〕77号"})
    assert fates(twice) == {"accepted": 1, "rejected": 1}
    assert {issue.code for issue in office.issues(twice) if issue.level == "reject"} == {"V10"}


def test_the_number_is_the_person_however_it_is_written(office: Office) -> None:
    number = identity_number(1)
    ways = (
        number,
        number.lower(),
        f"{number[:6]} {number[6:14]}-{number[14:]}",
        "".join(chr(ord(c) + 0xFEE0) for c in number),
    )
    rows = [person(office.province, 1, decision=f"写罚〔2026〕{n}号", CF_XDR_ZJHM=way) for n, way in enumerate(ways)]
    assert fates(office.hand_in(*rows)) == {"accepted": 4}
    assert _persons() == (1, 4)


def test_a_mere_check_tells_the_same_and_writes_nothing(office: Office) -> None:
    from xinheng.usecases.intake.submit import check_only

    from ..sheets import TODAY, penalty_sheet

    row = person(office.province, 1)
    rows = [row, row, {**row, "CF_NR": "决定给予警告。", "CF_CFLB": "警告", "CF_NR_FK": ""}, person(office.province, 2)]
    foreseen = check_only(office.call(penalty_sheet(*rows)), actor=office.operator, at=office.at(TODAY))
    assert fates(foreseen) == {"accepted": 2, "unchanged": 1, "rejected": 1}
    assert _persons() == (0, 0)
    assert fates(office.hand_in(*rows)) == fates(foreseen)


def test_a_file_without_the_column_of_numbers_takes_no_person(office: Office) -> None:
    from ..sheets import HEADINGS, penalty_sheet

    fields = [code for code in HEADINGS if not code.startswith("CF_XDR_ZJ")]
    outcome = office.submit(penalty_sheet(person(office.province, 1), fields=fields))
    assert fates(outcome) == {"rejected": 1}
    assert outcome.counts.issues == {"V06": 1}


def test_what_is_written_cannot_be_changed(office: Office) -> None:
    office.hand_in(person(office.province, 1))
    attempts = (
        "UPDATE store_personrecord SET row_number = 9",
        "UPDATE store_personrecord SET wrapped_key = NULL, key = NULL, erased_at = now()",
        "DELETE FROM store_personrecord",
        "TRUNCATE store_personrecord",
        "UPDATE store_person SET key = 'k9'",
        "DELETE FROM store_person",
        "SET LOCAL xinheng.undo = 'on'; DELETE FROM store_personrecord",
        "SET LOCAL xinheng.retention = 'on'; UPDATE store_personrecord SET row_number = 9",
    )
    for attempt in attempts:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                cursor.execute(attempt)


def test_a_killed_run_is_finished_without_a_row_lost_or_doubled(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.usecases.intake import writing_persons

    rows = [person(office.province, number) for number in range(1, 6)]

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(writing_persons, "keep_person_sightings", killed)
        office.hand_in(*rows, office.province.penalty(1))
    assert _persons() == (0, 0)
    assert fates(office.hand_in(*rows, office.province.penalty(1))) == {"accepted": 6}
    assert (_persons(), ledger_rows()) == ((5, 5), 1)


def test_a_file_that_turns_out_unusable_leaves_no_person(office: Office) -> None:
    from xinheng.store.models import Submission
    from xinheng.usecases.intake.receiving import undo

    outcome = office.hand_in(person(office.province, 1), person(office.province, 2))
    submission = Submission.objects.get(pk=outcome.submission)
    office.hand_in(person(office.province, 1, decision="留罚〔2026〕1号"))
    Submission.objects.filter(pk=submission.pk).update(committed_at=None)
    undo(submission, {"what": "", "what_en": ""})
    assert _persons() == (1, 1)


def test_a_person_row_in_memory_shows_nothing_of_itself() -> None:
    from xinheng.core.ledger.persons import PersonRow

    assert {f.name for f in dataclasses.fields(PersonRow) if f.repr} == {"row"}
