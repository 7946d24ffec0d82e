"""What each kind of job is to do, in words, and under which name it stands in line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xinheng.core.errors import Text

FINISH_SUBMISSION = "finish-submission"
FINISH_UNFINISHED = "finish-unfinished"
RESOLVE_WAITING = "resolve-waiting"
TAKE_UP_ABANDONED = "take-up-abandoned"
CLEAR_OLD_JOBS = "clear-old-jobs"
PROJECT_LAKE = "project-lake"
COMPACT_LAKE = "compact-lake"
RUN_DELIVERIES = "run-deliveries"
RUN_DELIVERY = "run-delivery"
RUN_RETENTION = "run-retention"
RENEW_KEYS = "renew-keys"
KEEP_COLLECTING = "keep-collecting"
SEND_REMINDERS = "send-reminders"
SEND_NOTICES = "send-notices"
CLEAR_SIGN_ON = "clear-sign-on"
TELL_WATCHES = "tell-watches"

SMALL, LARGE, TIMETABLE = "small", "large", "timetable"
QUEUES = (SMALL, LARGE, TIMETABLE)
"""Small files, large files, and what the timetable starts: a worker may be kept for one of them."""

WORDS: Mapping[str, Text] = {
    FINISH_SUBMISSION: Text("校验报送 {submission} 并入库", "check submission {submission} and take it in"),
    FINISH_UNFINISHED: Text("将中断的报送重新排队", "put interrupted submissions in line again"),
    RESOLVE_WAITING: Text("认领主体已登记的待认领行", "take waiting rows whose subject is registered by now"),
    TAKE_UP_ABANDONED: Text("接手工作进程中断后遗留的任务", "take up jobs whose worker has gone"),
    CLEAR_OLD_JOBS: Text("清除早已完成的任务", "clear away jobs that ended long ago"),
    PROJECT_LAKE: Text("将台账的新增内容写入数据湖", "bring the lake up to the ledger"),
    COMPACT_LAKE: Text("合并数据湖中的小文件", "make large files of the lake's small ones"),
    RUN_RETENTION: Text("销毁保存期限届满的内容", "destroy what is kept no more"),
    CLEAR_SIGN_ON: Text("清理登录痕迹", "clear away what signing in left behind"),
    RENEW_KEYS: Text("将自然人数据改用当前密钥", "put persons' data under the current keys"),
    KEEP_COLLECTING: Text("形成归集任务并统计报送时效", "make collection tasks and count how timely submissions are"),
    SEND_REMINDERS: Text("提醒未完成的归集任务", "remind of collection tasks that are not done"),
    SEND_NOTICES: Text("发送待发的邮件和短信", "send the mail and text messages that wait"),
    TELL_WATCHES: Text("告知所关注主体的变化", "tell of changes to subjects that are watched"),
    RUN_DELIVERIES: Text("将全部数据库报送排队", "put all deliveries from databases in line"),
    RUN_DELIVERY: Text("运行数据库报送 {delivery}", "run the delivery {delivery}"),
}


def words_of(task: str, arguments: Mapping[str, Any]) -> Text:
    """Return what a job is to do; one that this version does not know is named as it stands in line."""
    held = WORDS.get(task)
    if held is None:
        return Text(f"未知任务 {task}", f"unknown task {task}")
    numbers = {name: arguments.get(name, "") for name in ("submission", "delivery")}
    return Text(held.zh.format(**numbers), held.en.format(**numbers))
