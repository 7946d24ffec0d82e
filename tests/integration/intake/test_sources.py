"""However many channels bring a decision, it is one record: later sightings are its sources, a correction names what it corrects."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from ..office import Office, fates, ledger_rows
from ..sheets import TODAY, Row, penalty_sheet

LATER = TODAY + dt.timedelta(days=4)


def entry(office: Office, row: Row, *, as_of: dt.date = LATER) -> dict[str, Any]:
    """What ``xinheng file CODE --json`` says of the one record of a subject."""
    from xinheng.usecases.ledger.file import shown_record

    (held,) = office.file(row["CF_XDR_SHXYM"], as_of=as_of, today=LATER).entries
    return shown_record(held)


def sightings() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_sighting")
        return int(cursor.fetchone()[0])


def test_later_sightings_are_kept_as_sources_of_the_record_its_own_first(office: Office) -> None:
    row, other = office.province.penalty(), office.province.other_agency
    first = office.hand_in(row)
    again = office.hand_in(office.province.penalty(1), row, on=LATER)
    theirs = office.submit(penalty_sheet(row, row), agency=other, on=LATER)
    assert fates(theirs) == Counter(unchanged=2)
    sources = [
        (one["agency"], one["submission"], one["row"], one["received_on"]) for one in entry(office, row)["sources"]
    ]
    assert sources == [
        (office.province.agency, first.submission, 2, TODAY.isoformat()),
        (office.province.agency, again.submission, 3, LATER.isoformat()),
        (other, theirs.submission, 2, LATER.isoformat()),
    ]
    assert entry(office, row)["corrects"] is None
    assert len(entry(office, row, as_of=TODAY)["sources"]) == 1  # as it was known on that day


def test_a_row_that_a_file_says_twice_is_no_source_of_its_own(office: Office) -> None:
    row = office.province.penalty()
    office.hand_in(row, row)
    assert sightings() == 0


def test_a_file_whose_work_broke_off_and_is_done_again_is_one_source(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.usecases.intake import submit as intake

    row = office.province.penalty()
    office.hand_in(row)
    content = penalty_sheet(office.province.penalty(1), row)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(intake, "_commit", _interrupted)
        office.submit(content, on=LATER)
    assert sightings() == 1
    assert len(entry(office, row)["sources"]) == 1  # not committed: not shown
    office.submit(content, on=LATER)
    assert sightings() == 1
    assert len(entry(office, row)["sources"]) == 2


def test_rows_that_are_settled_twice_make_one_sighting(office: Office) -> None:
    from xinheng.store.appending import keep_sightings
    from xinheng.store.queries.sources import sightings_of

    row = office.province.penalty()
    office.hand_in(row)
    again = office.hand_in(row, office.province.penalty(1), on=LATER)
    (record,) = office.records(row["CF_XDR_SHXYM"])
    said = (record.subject_id, record.record_key, 0, 9)
    keep_sightings([said, said], submission=again.submission, agency=office.province.agency)
    (source,) = sightings_of(record.subject_id, as_of=LATER)[record.record_key]
    assert source.row == 2


def test_sightings_of_a_file_that_turns_out_to_be_unusable_are_taken_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.store.models import Submission
    from xinheng.usecases.intake import submit as intake
    from xinheng.usecases.intake.receiving import undo

    row = office.province.penalty()
    office.hand_in(row)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(intake, "_commit", _interrupted)
        office.hand_in(row, office.province.penalty(1), on=LATER)
    undo(Submission.objects.latest("id"), {"what": "文件不可用", "what_en": "unusable"})
    assert (sightings(), ledger_rows()) == (0, 1)


def test_a_correction_names_the_revision_and_the_submission_that_it_corrects(office: Office) -> None:
    from xinheng.store.models import Submission

    row = office.province.penalty()
    first = office.hand_in(row)
    corrected = office.hand_in({**row, "CF_SY": "更正后的违法事实。"}, office.province.penalty(1), on=LATER)
    shown = entry(office, row)
    assert shown["corrects"] == {
        "agency": office.province.agency, "submission": first.submission, "row": 2, "received_on": TODAY.isoformat(), "revision": 0,
    }  # fmt: skip
    assert [one["submission"] for one in shown["sources"]] == [corrected.submission]
    receipt = Submission.objects.get(pk=corrected.submission).receipt
    assert receipt.facts["corrects"] == {str(first.submission): 1}
    assert "corrects" not in Submission.objects.get(pk=first.submission).receipt.facts


def test_a_file_that_says_what_is_known_and_then_something_else_contradicts_itself(office: Office) -> None:
    row = office.province.penalty()
    office.hand_in(row)
    outcome = office.hand_in(row, {**row, "CF_SY": "另有其他情形。"}, on=LATER)
    assert fates(outcome) == Counter(unchanged=1, rejected=1)
    assert [(one.row, one.code) for one in office.issues(outcome) if one.level == "reject"] == [(3, "V10")]
    assert ledger_rows() == 1


def test_the_public_page_names_every_agency_that_reported_the_decision_once_it_is_committed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.usecases import portal
    from xinheng.usecases.intake import submit as intake

    row, other = office.province.penalty(), office.province.other_agency
    office.hand_in(row)

    def named() -> list[str]:
        (shown,) = portal.view_subject(row["CF_XDR_SHXYM"], on=LATER, at=office.at(LATER)).entries
        assert shown.source_agency_code == office.province.agency
        return [code for _, code in shown.reported_by]

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(intake, "_commit", _interrupted)
        office.hand_in(row, agency=other, on=LATER)
    assert named() == []
    office.hand_in(row, agency=other, on=LATER)
    office.hand_in(row, office.province.penalty(1), on=LATER)  # the source agency itself, again
    assert named() == [other]


def test_who_only_reported_a_decision_cannot_withdraw_it_nor_keep_it_up(office: Office) -> None:
    from xinheng.core.errors import UnusableCall

    row, other = office.province.penalty(), office.province.other_agency
    office.hand_in(row)
    office.hand_in(row, agency=other, on=LATER)
    with pytest.raises(UnusableCall) as told:
        office.withdraw(row["CF_XDR_SHXYM"], row["CF_WSH"], agency=other, on=LATER)
    assert office.province.agency in told.value.explanation.why.zh
    office.withdraw(row["CF_XDR_SHXYM"], row["CF_WSH"], on=LATER)
    assert office.records(row["CF_XDR_SHXYM"], as_of=LATER, today=LATER) == []
    office.submit(penalty_sheet(row, row), agency=other, on=LATER)
    assert office.records(row["CF_XDR_SHXYM"], as_of=LATER, today=LATER) == []


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
