"""How long traces of signing in are kept: said of each, with its reason."""

from __future__ import annotations

import pytest

from xinheng.core.access.traces import Trace, kept, read
from xinheng.core.law.loading import LawDataError

GOOD = """
values:
{rows}
basis: 个人信息保护法 第十九条
source: s
sure: D
"""
ROW = "  - {{trace: {trace}, days: {days}, reason: r, reason_zh: 由}}"


def text(days: object = 1, traces: tuple[str, ...] = tuple(Trace)) -> str:
    """Return data that say the same of some traces."""
    return GOOD.format(rows="\n".join(ROW.format(trace=trace, days=days) for trace in traces))


def test_each_trace_is_kept_for_a_time_with_a_reason_in_both_languages() -> None:
    assert set(kept()) == set(Trace)
    assert all(held.reason.zh and held.reason.en and held.time.days >= 0 for held in kept().values())
    assert {held.time.days for held in read(text()).values()} == {1}


@pytest.mark.parametrize(
    "broken", [text(traces=("session",)), text(-1), text("soon"), text(traces=(*Trace, "session"))]
)
def test_data_that_leave_something_open_are_refused(broken: str) -> None:
    with pytest.raises(LawDataError):
        read(broken)
