"""The texts of the made-up decisions, composed from many parts so that no two rows read alike.

Parts are ready texts in pools of one array for all sectors; a row picks by sector and by chance. None of them holds a
comma, a quote or a line break, so a clean row needs no quoting.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from xinheng.core.sample.draws import Bools, Draws, Ints, Texts, pool
from xinheng.core.sample.organisations import EPOCH
from xinheng.core.sample.places import COUNTIES
from xinheng.core.sample.sectors import SECTORS, Sector
from xinheng.core.sample.words import ROADS

_CHANCES = (
    "执法人员进行现场检查时",
    "执法人员根据群众举报开展核查时",
    "在专项检查中",
    "在“双随机、一公开”抽查中",
    "经上级交办线索核查",
    "在日常巡查中",
)
_ENDINGS = (
    "当事人未能当场提供相关材料",
    "当事人已当场改正",
    "当事人在调查期间积极配合",
    "当事人系初次违法",
    "当事人曾因同类行为受到告诫",
    "当事人对上述事实予以确认",
    "有现场检查笔录和照片为证",
    "有询问笔录和检测报告为证",
)
_CLOSINGS = (
    "不服本决定的可在60日内申请行政复议",
    "不服本决定的可在6个月内提起行政诉讼",
    "并责令改正违法行为",
    "",
    "限自收到决定书之日起15日内缴至指定银行",
    "逾期不缴纳的每日按罚款数额的百分之三加处罚款",
)
_WITHOUT_MONEY = 4  # of the closings
_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """Return a number below 1000 in Chinese numerals, as articles of laws are counted."""
    text = ""
    for unit, sign in ((100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += _DIGITS[digit] + sign
        elif text and number % unit and not text.endswith("零"):
            text += "零"
    return text[1:] if text.startswith("一十") else text


@dataclass(frozen=True, slots=True)
class _BySector:
    """Texts of all sectors in one array: where each sector's begin, and how many they are."""

    texts: Texts
    starts: Ints
    counts: Ints

    @classmethod
    def of(cls, lists: list[list[str]]) -> _BySector:
        counts = np.array([len(each) for each in lists])
        return cls(pool([text for each in lists for text in each]), np.cumsum(counts) - counts, counts)

    def pick(self, draws: Draws, purpose: str, rows: Ints, sectors: Ints) -> Ints:
        return np.asarray(self.starts[sectors] + draws.below(purpose, rows, self.counts[sectors]))


def _scenes(sector: Sector) -> list[str]:
    return [f"号的{site}，{chance}，发现" for site in sector.sites for chance in _CHANCES]


def _laws(sector: Sector) -> list[str]:
    return [f"《{law}》第{chinese_number(article)}条" for law in sector.laws for article in range(11, 75)]


_SCENES = _BySector.of([_scenes(sector) for sector in SECTORS])
_CONDUCT = _BySector.of([[seen for _, seen in sector.conduct] for sector in SECTORS])
_TYPES = pool([kind for sector in SECTORS for kind, _ in sector.conduct])
_LAWS = _BySector.of([_laws(sector) for sector in SECTORS])
_CLAUSES = pool(
    ["", *(f"第{chinese_number(a)}款" for a in range(1, 5))]
    + [f"第{chinese_number(a)}款第（{chinese_number(b)}）项" for a in range(1, 4) for b in range(1, 8)]
)
_UNITS = [sector.unit for sector in SECTORS]
_PLACES = pool([f"，在{county.full_name}{road}" for county in COUNTIES for road in ROADS])
_ENDS = pool([f"；{one}，{two}。" for one in _ENDINGS for two in _ENDINGS if one != two])
_CLOSES = pool([f"，{text}。" if text else "。" for text in _CLOSINGS])
_LICENCES = _BySector.of([list(sector.licences) for sector in SECTORS])
_DAYS = [EPOCH + dt.timedelta(days=number) for number in range(18_000)]
_DAYS_ZH = pool([f"{day.year}年{day.month}月{day.day}日" for day in _DAYS])


@dataclass(frozen=True, slots=True)
class TextMaker:
    """Writes the free texts of a block of rows; ``rows`` are row numbers, ``sectors`` numbers in ``SECTORS``."""

    draws: Draws

    def conduct(self, rows: Ints, sectors: Ints) -> tuple[list[str], list[str]]:
        """Return the kind of violation and what was seen of it."""
        chosen = _CONDUCT.pick(self.draws, "conduct", rows, sectors)
        return _TYPES.take(chosen).tolist(), _CONDUCT.texts.take(chosen).tolist()

    def facts(self, rows: Ints, sectors: Ints, *, days: Ints, counties: Ints, seen: list[str]) -> list[str]:
        """Return the facts: when, where, on what occasion, what was seen, how much of it, and the evidence."""
        draw = self.draws.below
        parts = (
            _DAYS_ZH.take(days - 5 - draw("inspected", rows, 90)).tolist(),
            _PLACES.take(counties * len(ROADS) + draw("fact-road", rows, len(ROADS))).tolist(),
            (1 + draw("fact-house", rows, 2999)).tolist(),
            _SCENES.texts.take(_SCENES.pick(self.draws, "scene", rows, sectors)).tolist(),
            seen,
            (1 + draw("quantity", rows, 9000)).tolist(),
            [_UNITS[sector] for sector in sectors.tolist()],
            (10 + draw("value", rows, 990_000)).tolist(),
            _ENDS.take(draw("ending", rows, len(_ENDS))).tolist(),
        )
        return [
            f"{day}{place}{house}{scene}{what}，涉及{quantity}{unit}，货值金额{value}元{end}"
            for day, place, house, scene, what, quantity, unit, value, end in zip(*parts, strict=True)
        ]

    def bases(self, rows: Ints, sectors: Ints) -> list[str]:
        """Return the legal basis: the provision broken and the provision applied."""
        broken = _LAWS.pick(self.draws, "broken", rows, sectors)
        applied = _LAWS.pick(self.draws, "applied", rows, sectors)
        clauses = self.draws.below("clauses", rows, len(_CLAUSES) ** 2)
        parts = (
            _LAWS.texts.take(broken).tolist(),
            _CLAUSES.take(clauses // len(_CLAUSES)).tolist(),
            _LAWS.texts.take(applied).tolist(),
            _CLAUSES.take(clauses % len(_CLAUSES)).tolist(),
        )
        return [f"违反{a}{b}的规定，依据{c}{d}的规定" for a, b, c, d in zip(*parts, strict=True)]

    def closings(self, rows: Ints, *, fined: Bools) -> list[str]:
        """Return how the content of a penalty ends; of paying only where there is a fine."""
        bound = np.where(fined, len(_CLOSES), _WITHOUT_MONEY)
        return list(_CLOSES.take(self.draws.below("closing", rows, bound)).tolist())

    def licences(self, rows: Ints, sectors: Ints) -> list[str]:
        """Return a licence's name and number; the number is shorter than any telephone's or identity's."""
        chosen = _LICENCES.texts.take(_LICENCES.pick(self.draws, "licence", rows, sectors)).tolist()
        return [f"{name}：苏证字第{row % 9_999_999:07d}号" for name, row in zip(chosen, rows.tolist(), strict=True)]
