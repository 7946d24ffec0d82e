"""Words for the codes that the desk shows: states, channels, rules and what they do, items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import Text
from xinheng.core.intake.counts import Counts
from xinheng.core.intake.rules import rule_named
from xinheng.core.ledger.visibility import State
from xinheng.web.portal.labels import headed

STATES: Mapping[str, tuple[Text, str]] = {
    "committed": (Text("已入库", "In the ledger"), "calm"),
    "unfinished": (Text("处理中", "Under way"), "plain"),
    "waiting": (Text("排队等待", "In line"), "plain"),
    "running": (Text("正在处理", "Under way"), "plain"),
    "failed": (Text("未成功", "Failed"), "marked"),
}
CHANNELS = {
    "file": Text("文件", "File"), "form": Text("在线填报", "Form"), "pasted": Text("粘贴", "Pasted rows"), "mended": Text("更正重报", "Mended rows"),
    "corrected": Text("记录更正", "Correction"),
    "database": Text("数据库对接", "Database"), "history": Text("历史导入", "History"), "api": Text("接口", "API"),
}  # fmt: skip
LEVELS: Mapping[str, tuple[Text, str]] = {
    "reject": (Text("退回", "Rejected"), "marked"),
    "wait": (Text("待认领", "Waits"), "plain"),
    "warn": (Text("提示", "Noted"), "plain"),
}
REASONS = {
    "W01": Text("登记库中尚无该主体", "The register does not know the subject yet"),
    "W02": Text("没有可用于查找主体的代码", "No code to find the subject by"),
}
RECORD_STATES: Mapping[str, tuple[Text, str]] = {
    "public": (Text("公示中", "Published"), "calm"),
    "withdrawn": (Text("已撤回", "Withdrawn"), "marked"),
}


def item_title(name: str) -> Text:
    """Return the title of an item; its name where the catalogue no longer has it."""
    if name not in item_names():
        return Text(name, name)
    latest = load(name).latest
    return Text(latest.title, latest.title_en)


def items(names: Iterable[str]) -> tuple[tuple[str, Text], ...]:
    """Return items as the choices of a filter."""
    return tuple((name, item_title(name)) for name in sorted(set(names)))


def channel(value: str) -> Text:
    """Return through which channel a submission came."""
    return CHANNELS.get(value, Text(value, value))


def rule_title(code: str) -> Text:
    """Return what a rule is about."""
    try:
        return rule_named(code).title
    except KeyError:
        return Text(code, code)


def record_state(state: State) -> tuple[Text, str]:
    """Return where a record stands, in words and as the tone of a label."""
    label = headed(state.label)
    return label, RECORD_STATES.get(state.value, (label, "plain"))[1]


def counts_of(counts: Counts) -> tuple[tuple[Text, int, str], ...]:
    """Return the counts of a receipt in their order, each with its tone: those after the first add up to it."""
    return (
        (Text("收到", "Received"), counts.received, "total"),
        (Text("入库", "Accepted"), counts.accepted, "good"),
        (Text("未变", "Unchanged"), counts.unchanged, "plain"),
        (Text("更正", "Corrected"), counts.corrected, "good"),
        (Text("退回", "Rejected"), counts.rejected, "bad" if counts.rejected else "plain"),
        (Text("待认领", "Waiting"), counts.waiting, "plain"),
    )
