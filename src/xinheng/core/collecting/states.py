"""Where a collection task stands on a day (任务状态): it follows from its days and from what closed it, and is stored nowhere."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from xinheng.core.collecting.office import terms_on
from xinheng.core.errors import Text
from xinheng.core.standards.workdays import working_days_between


class TaskState(StrEnum):
    """Open, done, due soon or late. Late says that nothing has been reported yet, and no more."""

    OPEN = "open"
    DUE_SOON = "due-soon"
    LATE = "late"
    DONE = "done"

    @property
    def label(self) -> Text:
        """Return the state in words."""
        return _LABELS[self]


def task_state(due: dt.date, *, done_on: dt.date | None, on: dt.date) -> TaskState:
    """Return where a task stands on a day: done from the day on which it was closed; late from the day after it was due."""
    if done_on is not None and done_on <= on:
        return TaskState.DONE
    if on > due:
        return TaskState.LATE
    soon = working_days_between(on, due) <= terms_on(on).due_soon_working_days
    return TaskState.DUE_SOON if soon else TaskState.OPEN


def days_left(due: dt.date, on: dt.date) -> int:
    """Return the working days until a due day; negative, and never nought, once it has passed."""
    if on > due:
        return -max(1, working_days_between(due, on))
    return working_days_between(on, due)


_LABELS = {
    TaskState.OPEN: Text("待报送", "open"),
    TaskState.DUE_SOON: Text("即将到期", "due soon"),
    TaskState.LATE: Text("逾期未报", "not yet reported"),
    TaskState.DONE: Text("已完成", "done"),
}
