"""Collecting (归集任务): what an agency is to hand in by when, said by the catalogue's frequency, and whether it has.

From an item's frequency (更新频次), the agencies to which it is granted and the calendar of working days follow the collection tasks (``tasks``),
each a period and a due day; a submission or a zero report (零报告, ``zero``) closes one. ``clock`` counts the working days from a decision to the
first readable receipt (报送时效), ``ladder`` says whom to remind when. A task that is late says "not yet reported" of an agency, and nothing about
any subject (design principle 9).

Basis: 发改办财金〔2018〕424号 (7 working days for permits and penalties); the frequency of each catalogue item; due days, reminders and other
practice of the office are dated data in ``office.yaml`` and ``ladder.yaml``.
Tables: ``store.models.collecting``. Use cases: ``usecases.collecting``. Command: ``xinheng work``. Pages: ``web.desk.work``.
"""

from xinheng.core.collecting.clock import Timing, late_after, timing
from xinheng.core.collecting.ladder import Rung, reminders, rungs_on
from xinheng.core.collecting.office import OfficeTerms, terms_on
from xinheng.core.collecting.states import TaskState, task_state
from xinheng.core.collecting.tasks import GrantedItem, Task, tasks_between
from xinheng.core.collecting.zero import check_zero_report

__all__ = [
    "GrantedItem",
    "OfficeTerms",
    "Rung",
    "Task",
    "TaskState",
    "Timing",
    "check_zero_report",
    "late_after",
    "reminders",
    "rungs_on",
    "task_state",
    "tasks_between",
    "terms_on",
    "timing",
]
