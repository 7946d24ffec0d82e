"""Jobs stand in line once, fail in our words, are tried again with growing pauses, and are decided on by a person when dead."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from xinheng.core.errors import Explanation, Text, Unavailable, UnusableCall, UnusableFile

from ..office import Office
from ..sheets import TODAY, penalty_sheet

AT = Office.at(TODAY)
NUMBER = "110101199003070011"


def _queue(office: Office, *places: int) -> Any:
    from xinheng.usecases.intake.queueing import queue

    return queue(
        office.call(penalty_sheet(*(office.province.penalty(place) for place in places))), actor=office.operator, at=AT
    )


def _set(job: int, status: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s", [status, job]
        )


def _view(office: Office, job: int) -> Any:
    from xinheng.usecases.jobs.views import view_job

    return view_job(job, actor=office.operator, at=AT)


def _die(job: int, error: Exception) -> list[dt.timedelta | None]:
    """Let a job fail until it is dead; return how long after each failure it was tried again."""
    from xinheng.usecases.jobs.failing import note_failure

    pauses: list[dt.timedelta | None] = []
    while not pauses or pauses[-1] is not None:
        again = note_failure(job, error, at=AT).again_at
        pauses.append(again - AT if again else None)
    _set(job, "doing")
    _set(job, "failed")
    return pauses


def test_a_file_stands_in_line_once_however_often_it_is_handed_in(office: Office) -> None:
    first, second = _queue(office, 1, 2), _queue(office, 1, 2)
    assert first == second
    assert (first.state, first.rows, first.bytes_done) == ("waiting", 0, 0)
    assert first.size > 0


def test_a_worker_s_turn_brings_a_file_to_its_end_and_its_progress_is_seen(office: Office) -> None:
    from xinheng.usecases.intake.queueing import finish_in_line, progress_of

    queued = _queue(office, 1, 2, 3)
    steps: list[tuple[int, int, int]] = []
    outcome = finish_in_line(queued.submission, at=AT, progress=lambda *told: steps.append(told))
    assert outcome.counts.accepted == 3
    assert sum(step[0] for step in steps) == queued.size
    found = progress_of(queued.submission)
    assert (found.state, found.rows, found.bytes_done, found.reason) == ("committed", 3, queued.size, None)
    assert _queue(office, 1, 2, 3) == found


def test_an_unusable_file_is_told_at_once_and_never_stands_in_line(office: Office) -> None:
    from xinheng.store.models import Submission
    from xinheng.usecases.intake.queueing import queue

    with pytest.raises(UnusableFile):
        queue(office.call(b"a,b\r\n1,2\r\n"), actor=office.operator, at=AT)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("error", "minutes"),
    [
        (
            Unavailable(Explanation(Text("磁盘已满", "full"), Text("因", "why"), Text("办", "mend"))),
            [1 / 6, 1, 5, 15, 60],
        ),
        (UnusableCall(Explanation(Text("不行", "no"), Text("因", "why"), Text("办", "mend"))), []),
        (ValueError(f"row of {NUMBER}"), [1, 10]),
    ],
    ids=["an_outage", "what_explains_itself", "a_fault_of_the_program"],
)
def test_a_failure_is_tried_again_with_growing_pauses_as_its_kind_deserves(
    office: Office, error: Exception, minutes: list[float]
) -> None:
    job = _queue(office, 4).job
    assert _die(job, error) == [*(dt.timedelta(minutes=pause) for pause in minutes), None]
    found = _view(office, job)
    assert (found.state, found.failures) == ("dead", len(minutes) + 1)
    assert NUMBER not in repr(found)
    for text in (found.what, found.failure.what, found.failure.why, found.failure.mend):
        assert text.zh
        assert text.en


def test_a_fault_is_told_by_its_class_and_its_place_not_by_what_it_says(office: Office) -> None:
    from xinheng.usecases.intake.queueing import finish_in_line

    job = _queue(office, 4).job
    with pytest.raises(ObjectDoesNotExist) as raised:
        finish_in_line(10**9, at=AT, progress=None)
    _die(job, raised.value)
    why = _view(office, job).failure.why.en
    assert why.startswith("DoesNotExist at usecases/intake/queueing.py:")
    assert why.endswith("finish_in_line")


def test_a_dead_job_s_submission_says_that_it_failed_and_why(office: Office) -> None:
    from xinheng.usecases.intake.queueing import progress_of
    from xinheng.usecases.intake.unfinished import put_unfinished_in_line

    queued = _queue(office, 4)
    _die(queued.job, ValueError(NUMBER))
    found = progress_of(queued.submission)
    assert found.state == "failed"
    assert found.reason.en.startswith("The job failed through a fault of the program: ValueError")
    assert put_unfinished_in_line() == []  # a person decides


def test_a_dead_job_that_is_tried_again_has_all_its_tries(office: Office) -> None:
    from xinheng.usecases.intake.queueing import progress_of
    from xinheng.usecases.jobs.deciding import retry_job
    from xinheng.usecases.jobs.failing import note_failure

    queued = _queue(office, 4)
    _die(queued.job, ValueError())
    retry_job(queued.job, actor=office.operator, at=AT)
    assert _view(office, queued.job).state == "waiting"
    assert progress_of(queued.submission).state == "waiting"
    assert note_failure(queued.job, ValueError(), at=AT).again_at is not None


def test_a_discarded_job_keeps_its_reason_masked_and_its_submission_counts_as_failed(office: Office) -> None:
    from xinheng.usecases.intake.queueing import progress_of
    from xinheng.usecases.jobs.deciding import discard_job
    from xinheng.usecases.jobs.views import list_jobs

    queued = _queue(office, 4)
    _die(queued.job, ValueError())
    discard_job(queued.job, reason=f"与 {NUMBER} 重复", actor=office.operator, at=AT)
    found = _view(office, queued.job)
    assert (found.state, found.discarded) == ("discarded", f"与 {'*' * 18} 重复")
    assert progress_of(queued.submission).state == "failed"
    assert list_jobs(actor=office.operator, at=AT, dead=True) == ()
    again = _queue(office, 4)  # handed in again, it stands in line again
    assert (again.submission, again.state) == (queued.submission, "waiting")
    assert again.job != queued.job


@pytest.mark.parametrize("status", ["doing", "succeeded"])
def test_nothing_is_decided_about_a_job_that_runs_or_has_ended(office: Office, status: str) -> None:
    from xinheng.usecases.jobs.deciding import discard_job, retry_job

    job = _queue(office, 4).job
    _set(job, "doing")
    if status != "doing":
        _set(job, status)
    with pytest.raises(UnusableCall):
        retry_job(job, actor=office.operator, at=AT)
    with pytest.raises(UnusableCall):
        discard_job(job, reason="不要了", actor=office.operator, at=AT)


def test_a_submission_that_nobody_works_on_is_put_in_line_once(office: Office) -> None:
    from xinheng.usecases.intake.queueing import progress_of
    from xinheng.usecases.intake.submit import take_in
    from xinheng.usecases.intake.unfinished import put_unfinished_in_line

    left = take_in(office.call(penalty_sheet(office.province.penalty(7))), actor=office.operator, at=AT)
    assert progress_of(left.pk).state == "waiting"
    assert put_unfinished_in_line() == [left.pk]
    assert put_unfinished_in_line() == []
    assert progress_of(left.pk).job is not None


def test_a_job_that_is_held_is_not_abandoned_and_one_that_nobody_holds_is_taken_up(office: Office) -> None:
    from xinheng.usecases.jobs.abandoned import in_hand, sign_on, take_up_abandoned

    queued = _queue(office, 8)
    _set(queued.job, "doing")
    with in_hand(queued.job):
        assert take_up_abandoned(alone=True) == 0
    assert take_up_abandoned() == 0  # taken up this moment: its worker may not hold it yet
    assert sign_on() == 1  # no other worker lives
    assert _view(office, queued.job).state == "waiting"


def test_what_ended_long_ago_is_cleared_away_and_what_is_dead_stays(office: Office) -> None:
    from xinheng.store.models import JobFailure
    from xinheng.usecases.jobs.clearing import KEPT, clear_old_jobs

    done, dead = _queue(office, 1).job, _queue(office, 2).job
    _set(done, "doing")
    _set(done, "succeeded")
    _die(dead, ValueError())
    now = dt.datetime.now(dt.UTC)
    assert clear_old_jobs(at=now) == 0
    assert clear_old_jobs(at=now + KEPT + dt.timedelta(days=1)) == 1
    assert _view(office, dead).state == "dead"
    assert JobFailure.objects.filter(job=dead).exists()


def test_every_task_and_every_start_of_the_timetable_is_known_to_the_worker(office: Office) -> None:
    from procrastinate.contrib.django import app

    from xinheng.jobs.timetable import TIMETABLE
    from xinheng.usecases.jobs.tasks import QUEUES, WORDS

    app.perform_import_paths()
    ours = {name: task for name, task in app.tasks.items() if "procrastinate" not in name}
    assert set(ours) == set(WORDS)
    assert {task.queue for task in ours.values()} <= set(QUEUES)
    assert {name for name, _ in app.periodic_registry.periodic_tasks} == {entry.task for entry in TIMETABLE}


class _ToldToStop:
    """The context of a job whose worker was told to stop."""

    job = SimpleNamespace(id=1)

    @staticmethod
    def should_abort() -> bool:
        return True


def test_a_worker_told_to_stop_leaves_after_a_chunk_and_the_rest_is_taken_up(office: Office) -> None:
    from procrastinate.exceptions import JobAborted

    from xinheng.jobs.running import RETRIED
    from xinheng.jobs.tasks import finish_submission
    from xinheng.usecases.intake.queueing import finish_in_line, progress_of

    queued = _queue(office, 1, 2)
    with pytest.raises(JobAborted) as stopped:
        finish_submission.func(_ToldToStop(), submission=queued.submission)
    assert RETRIED.get_retry_decision(exception=stopped.value, job=None) is not None
    left = progress_of(queued.submission)
    assert (left.state, left.rows, left.bytes_done) == ("waiting", 2, queued.size)
    assert office.records(office.province.penalty(1)["CF_XDR_SHXYM"]) == []  # nobody sees what is not committed
    assert finish_in_line(queued.submission, at=AT, progress=None).counts.accepted == 2
    assert len(office.records(office.province.penalty(1)["CF_XDR_SHXYM"])) == 1
