"""Made-up names of organisations, part by part, so that one part can be changed and the rest kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from xinheng.core.names.places import short_of
from xinheng.core.names.weights import usual_in_brands
from xinheng.core.standards.regions import Region, region, regions_on

DAY = dt.date(2026, 1, 1)
TRADES = [
    "机械",
    "科技",
    "贸易",
    "建筑工程",
    "装饰工程",
    "食品",
    "化工",
    "纺织",
    "服饰",
    "物流",
    "餐饮管理",
    "环保科技",
    "生物科技",
    "电子",
    "五金制品",
    "汽车销售服务",
    "企业管理咨询",
    "房地产开发",
    "网络科技",
    "文化传媒",
    "供应链管理",
    "医疗器械",
    "新能源",
    "建材",
    "木业",
    "包装材料",
    "园林绿化工程",
    "信息技术",
    "物业管理",
    "人力资源",
    "农业科技",
    "模具",
    "塑料制品",
    "机电设备",
    "投资管理",
    "教育咨询",
    "钢结构",
    "混凝土",
    "印刷",
    "家具",
    "国际贸易",
    "电子商务",
    "劳务派遣",
    "健康管理",
    "酒店管理",
    "智能科技",
    "金属制品",
    "仓储服务",
    "市政工程",
    "广告传媒",
]
FORMS = ("有限公司",) * 8 + ("有限责任公司", "股份有限公司")
BANKS = (
    "中国工商银行",
    "中国农业银行",
    "中国建设银行",
    "中国银行",
    "交通银行",
    "招商银行",
    "中信银行",
    "江苏银行",
    "兴业银行",
    "华夏银行",
)
SHORT_BANKS = {
    "中国工商银行": "工行",
    "中国农业银行": "农行",
    "中国建设银行": "建行",
    "中国银行": "中行",
    "交通银行": "交行",
    "招商银行": "招行",
}
INSTITUTIONS = (
    "人民医院",
    "中医医院",
    "实验小学",
    "中学",
    "公安局",
    "教育局",
    "人民法院",
    "图书馆",
    "卫生健康委员会",
    "市场监督管理局",
    "中心幼儿园",
    "自然资源局",
)
COUNT = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up name in its parts; ``place`` is written before the brand, ``note`` in brackets behind the industry."""

    city: Region
    place: str
    brand: str
    trade: str
    form: str
    group: str = ""
    note: str = ""
    branch: str = ""

    def __str__(self) -> str:
        return f"{self.place}{self.brand}{self.trade}{self.note}{self.group}{self.form}{self.branch}"


@cache
def cities() -> tuple[Region, ...]:
    """Return the cities of the country, those of the four municipalities as one each."""
    return tuple(one for one in regions_on(DAY) if one.level == "city" and one.name.endswith("市"))


@cache
def counties(city: str) -> tuple[Region, ...]:
    """Return the counties of a city whose short name has two characters or more, no other's of the city."""
    return tuple(one for one in regions_on(DAY, under=city[:4]) if one.level == "county" and len(one.name) > 2)


@cache
def _characters() -> tuple[str, ...]:
    kept = sorted(usual_in_brands() - set("一二三四五六七八九十百千万东西南北中上下大小新老内外江海山城市县区州"))
    return tuple(kept)


def brand(random: Random, length: int = 0) -> str:
    """Return a brand of two or three different characters, or of ``length``."""
    return "".join(random.sample(_characters(), length or random.choice((2, 2, 2, 3))))


def character(random: Random) -> str:
    """Return one character that brands bear."""
    return random.choice(_characters())


def company(random: Random) -> Made:
    """Return a company of a city, which is written 苏州 or 苏州市."""
    city = random.choice(cities())
    place = random.choice((city.name, short_of(city.name)))
    return Made(city, place, brand(random), random.choice(TRADES), random.choice(FORMS))


def province(city: Region) -> Region:
    """Return the province of a city."""
    found = region(f"{city.code[:2]}0000", DAY)
    assert found is not None
    return found


def with_branch(made: Made, branch: str) -> Made:
    """Return the branch of a company."""
    return replace(made, branch=branch)


def bank_branch(random: Random) -> tuple[str, Region, Region]:
    """Return a bank, a city and one of its counties."""
    while True:
        city = random.choice(cities())
        if counties(city.code):
            return random.choice(BANKS), city, random.choice(counties(city.code))
