"""The result workbook (审查结果表) of a screening, as of its day and through today's rules, in flat memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import BinaryIO

from xinheng.core.access import Actor
from xinheng.core.errors import Text
from xinheng.core.screening.workbook import Head, ResultRow, write_result
from xinheng.store.models import Screening
from xinheng.usecases.screening.keeping import looked_at
from xinheng.usecases.screening.seeing import feeds
from xinheng.usecases.screening.viewing import (
    looking_at,
    question_of,
    rows_again,
    screening_within,
    view_of,
)

_AT_ONCE = 5000


def write_workbook(
    number: int, out: BinaryIO, *, actor: Actor, at: dt.datetime, on: dt.date, language: str = "zh"
) -> int:
    """Write the rows of a screening with what stands behind each; ``on`` is today. Returns how many rows. Raises ``Missing`` or ``Refused``."""
    kept = screening_within(number, actor, at=at)
    with looking_at(kept, actor=actor, at=at, on=on, workbook=True, language=language) as look:
        rows = _rows(kept, actor, on, look.shown)
        written = write_result(out, _head(kept, actor, at, on), rows, language=language)
        look.result["rows"] = written
    return written


def _rows(kept: Screening, actor: Actor, on: dt.date, shown: set[str]) -> Iterator[ResultRow]:
    after = -1
    while part := list(kept.lines.select_related("subject").filter(number__gt=after).order_by("number")[:_AT_ONCE]):
        after = part[-1].number
        for one in rows_again(kept, part, actor=actor, on=on)[0]:
            shown |= looked_at([one.line])
            yield ResultRow(one.line.number, one.line.given, one.line.match, one.line.assessment, one.changed)


def _head(kept: Screening, actor: Actor, at: dt.datetime, on: dt.date) -> Head:
    view, asked = view_of(kept), question_of(kept)
    notes = (
        (Text("审查编号", "screening"), str(view.number)),
        (Text("审查事项", "matter"), f"{view.matter.title}"),
        (Text("依据", "basis"), view.matter.basis),
        (Text("业务编号", "business number"), view.business_number),
        (Text("办理单位", "agency"), view.agency_name),
        (Text("审查日期", "as of"), view.on.isoformat()),
        (Text("导出日期", "exported"), on.isoformat()),
        (Text("回执", "receipt"), view.receipt),
        (Text("导出时间", "exported at"), at.isoformat(timespec="seconds")),
        *((Text("所查", "looked at"), str(look.words)) for look in view.matter.looks),
        (Text("提示", "note"), str(NOTE)),
    )
    return Head(notes, feeds(asked.matter, asked.access_matter, actor=actor, on=kept.on))


NOTE = Text(
    "结果是提示，由办理人员判定；审查之后已经终止的内容不再显示。",
    "a result is a prompt, and a person decides; what has ended since is not shown",
)
"""What every result says of itself."""
