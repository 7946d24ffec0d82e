"""The zero report (零报告): an agency declares that there was nothing to report for a period; refused where records of the period are in.

It says something about the agency's duty, and nothing about any subject. A record of the period that comes later contradicts it: it is marked,
never erased.
"""

from __future__ import annotations

import datetime as dt

from xinheng.core.errors import Explanation, Text, UnusableCall

LONGEST = 500
"""Characters of a reason at the most."""


def check_zero_report(*, last: dt.date, on: dt.date, reason: str, records: int, done: bool) -> None:
    """Raise ``UnusableCall`` where a zero report may not be made on a day.

    ``last`` is the last day of the period, ``records`` how many of the agency's records (waiting ones as well) were decided in it, ``done`` whether
    the task is closed already.
    """
    if not reason.strip() or len(reason) > LONGEST:
        raise UnusableCall(_NO_REASON)
    if on <= last:
        raise UnusableCall(_TOO_EARLY)
    if records:
        raise UnusableCall(_there_are(records))
    if done:
        raise UnusableCall(_DONE)


def _there_are(records: int) -> Explanation:
    return Explanation(
        Text("该周期不能零报告", "There cannot be a zero report for this period"),
        Text(f"该周期已有 {records} 条记录报送", f"{records} records of the period are in already"),
        Text(
            "无须零报告；如记录有误，请更正或者撤回该记录。",
            "No zero report is needed; if a record is wrong, mend or withdraw it.",
        ),
    )


_NO_REASON = Explanation(
    Text("请写明零报告的理由", "Say why there is nothing to report"),
    Text(
        f"零报告须说明理由，不超过 {LONGEST} 字",
        f"a zero report states its reason, in {LONGEST} characters at the most",
    ),
    Text("请填写理由，如「本月未作出行政处罚决定」。", "Give it, e.g. 'no penalty was decided this month'."),
)
_TOO_EARLY = Explanation(
    Text("该周期尚未结束", "The period is not over"),
    Text("周期结束后才能确认没有应报送的信息", "only after its last day is it known that there was nothing"),
    Text("请在周期结束后办理。", "Please come back after the period."),
)
_DONE = Explanation(
    Text("该任务已经完成", "The task is done"),
    Text("已有报送或者零报告", "a submission or a zero report closed it already"),
    Text("无须再办理。", "Nothing is left to do."),
)
