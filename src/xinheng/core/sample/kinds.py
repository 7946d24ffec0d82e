"""Which kinds of penalty (处罚类别) the made-up decisions impose, in the words of the decision's own day.

Until 2021-07-14 the values of 发改办财金〔2018〕424号, from 2021-07-15 those of 行政处罚法 (2021), article 9.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

LAW_OF_2021 = dt.date(2021, 7, 15)


@dataclass(frozen=True, slots=True)
class Imposed:
    """What one decision imposes: the cell of kinds, the text around the amounts, and which amounts there are."""

    cell: str
    before: str
    after: str
    fine: bool = False
    confiscation: bool = False
    licence: bool = False
    weight: int = 1


_BOTH_TAKEN = "决定没收违法所得和非法财物，并处"

_BOTH_ERAS = (
    Imposed("罚款", "决定给予如下处罚：", "", fine=True, weight=50),
    Imposed("警告", "决定给予警告", "", weight=6),
    Imposed("警告；罚款", "决定给予如下处罚：1.警告；2.", "", fine=True, weight=12),
    Imposed("罚款；责令停产停业", "决定给予如下处罚：1.责令停产停业；2.", "", fine=True, weight=3),
)
OF_2018 = (
    *_BOTH_ERAS,
    Imposed(
        "罚款；没收违法所得、没收非法财物",
        "决定没收违法所得和非法财物，并处",
        "",
        fine=True,
        confiscation=True,
        weight=12,
    ),
    Imposed("没收违法所得、没收非法财物", "决定给予如下处罚：", "", confiscation=True, weight=4),
    Imposed("暂扣或者吊销许可证、暂扣或者吊销执照", "决定暂扣许可证件", "，期限三个月", licence=True, weight=2),
    Imposed("罚款;暂扣或者吊销许可证、暂扣或者吊销执照", "决定吊销许可证件，并处", "", fine=True, licence=True),
    Imposed("其他-责令限期拆除", "决定责令限期拆除", ""),
)
OF_2021 = (
    *_BOTH_ERAS,
    Imposed("通报批评", "决定给予通报批评", "", weight=2),
    Imposed("通报批评；罚款", "决定给予如下处罚：1.通报批评；2.", "", fine=True, weight=2),
    Imposed("罚款；没收违法所得", "决定没收违法所得，并处", "", fine=True, confiscation=True, weight=9),
    Imposed("没收违法所得;没收非法财物;罚款", _BOTH_TAKEN, "", fine=True, confiscation=True, weight=4),
    Imposed("没收非法财物", "决定给予如下处罚：", "", confiscation=True, weight=3),
    Imposed("暂扣许可证件", "决定暂扣许可证件", "，期限六个月", licence=True),
    Imposed("罚款；吊销许可证件", "决定吊销许可证件，并处", "", fine=True, licence=True),
    Imposed("降低资质等级；罚款", "决定降低资质等级，并处", "", fine=True),
    Imposed("限制开展生产经营活动", "决定限制开展生产经营活动", "，期限三个月"),
    Imposed("责令关闭；罚款", "决定责令关闭，并处", "", fine=True),
)


def weighted(choices: tuple[Imposed, ...], *, with_licences: bool) -> list[int]:
    """Return the weights of the choices; those that need a licence column weigh nothing in a layout without one."""
    return [0 if choice.licence and not with_licences else choice.weight for choice in choices]
