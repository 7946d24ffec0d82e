"""The ladder of reminders on a real database: each rung once to each person, whatever is run twice or was missed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from ..office import Office
from ..sheets import TODAY

D = dt.date.fromisoformat
# The tasks of February fall due on Tuesday 2026-03-10: rungs on 2026-03-05, 03-10, 03-13 and 03-24.


def _run(office: Office, on: str) -> Any:
    from xinheng.usecases.collecting.remind import remind

    return remind(actor=office.operator, at=office.at(D(on)), on=D(on))


@pytest.fixture
def people(office: Office, person: Any) -> dict[str, str]:
    """A clerk and a manager of one agency, the manager of its city and that of another one; January's tasks of both agencies are done."""
    from xinheng.store.models import CollectionTask
    from xinheng.usecases.collecting.tasks import make_tasks
    from xinheng.usecases.collecting.zero import declare_zero

    made = {
        "clerk": person("data-clerk", office.province.agency), "manager": person("department-manager", office.province.agency),
        "city": person("region-manager", region="320100"), "elsewhere": person("region-manager", region="320500"),
    }  # fmt: skip
    make_tasks(actor=office.operator, at=office.at(TODAY), on=TODAY)
    for task in CollectionTask.objects.filter(first=D("2026-01-01")):
        declare_zero(task.pk, reason="样例", actor=office.operator, at=office.at(TODAY), on=TODAY)
    return {name: actor.name for name, actor in made.items()}


def _sent() -> Counter[tuple[str, str]]:
    from xinheng.store.models import Reminder

    return Counter(Reminder.objects.values_list("user__username", "rung"))


def test_each_rung_is_climbed_once_by_each_person(office: Office, people: dict[str, str]) -> None:
    from xinheng.store.models import Notice, Reminder

    assert _run(office, "2026-03-04").people == 0
    for _ in range(2):  # run twice on the same day
        _run(office, "2026-03-05")
    assert _sent() == {(people["clerk"], "before-due"): 2}  # two items
    (notice,) = Notice.objects.all()
    assert (notice.user.username, notice.kind, notice.link) == (people["clerk"], "task-due", "/desk/work/")
    assert "2 项即将到期" in notice.title
    _run(office, "2026-03-10")
    _run(office, "2026-03-13")
    _run(office, "2026-03-24")
    _run(office, "2026-03-25")
    assert _sent() == {
        (people["clerk"], "before-due"): 2, (people["clerk"], "on-the-day"): 2, (people["manager"], "to-department"): 2,
        (people["city"], "to-region"): 4,
    }  # fmt: skip
    assert Notice.objects.count() == 4
    late = Notice.objects.get(user__username=people["city"])
    assert late.kind == "task-late"
    assert "4 项尚未报送" in late.title
    with pytest.raises(Exception, match="append-only"):
        Reminder.objects.all().delete()


def test_days_that_were_missed_are_made_up_for_by_the_last_rung_only(office: Office, people: dict[str, str]) -> None:
    _run(office, "2026-03-16")
    assert _sent() == {(people["clerk"], "on-the-day"): 2, (people["manager"], "to-department"): 2}
    _run(office, "2026-03-18")
    assert sum(_sent().values()) == 4


def test_nothing_is_sent_on_a_day_on_which_offices_are_closed_nor_of_a_task_that_is_done(
    office: Office, people: dict[str, str]
) -> None:
    from xinheng.store.models import CollectionTask
    from xinheng.usecases.collecting.zero import declare_zero

    assert _run(office, "2026-03-14").people == 0  # a Saturday
    for task in CollectionTask.objects.filter(first=D("2026-02-01")):
        declare_zero(task.pk, reason="样例", actor=office.operator, at=office.at(D("2026-03-14")), on=D("2026-03-14"))
    assert _run(office, "2026-03-16").people == 0
    assert not _sent()


def test_who_left_is_not_told(office: Office, people: dict[str, str]) -> None:
    from xinheng.store.models import RoleAssignment, User

    RoleAssignment.objects.filter(user__username=people["clerk"]).update(valid_until=D("2026-03-05"))
    User.objects.filter(username=people["manager"]).update(is_active=False)
    _run(office, "2026-03-16")
    assert not _sent()


def test_whose_a_region_is_is_asked_once_for_each_region_however_many_tasks_there_are(
    office: Office, people: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.store.models import Agency
    from xinheng.usecases.collecting import remind

    asked: list[tuple[str, str]] = []
    inside = remind.inside
    monkeypatch.setattr(
        remind, "inside", lambda code, region, *, on: (asked.append((code, region)), inside(code, region, on=on))[1]
    )
    _run(office, "2026-03-24")
    regions = set(Agency.objects.values_list("region_code", flat=True))
    assert len(asked) <= 2 * len(regions)  # two managers of regions
    assert (people["city"], "to-region") in _sent()
