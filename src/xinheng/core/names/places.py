"""Places in names: provinces, cities and counties by full and short name, old names, and zones (行政区划与功能区).

Built from ``core.standards.regions`` (GB/T 2260 since 2000): an ended division counts as its successor of today. A short name is the full name
without 省, 市, 县, 区 or the words of autonomy (苏州, 内蒙古, 恩施). Where a short name could be several places, the highest level is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from xinheng.core.names.characters import misread_as
from xinheng.core.standards.regions import all_regions

Codes = frozenset[str]
NATION = "000000"
_NOWHERE: Codes = frozenset()

_PEOPLES = ["蒙古族", "回族", "藏族", "维吾尔", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族", "白族", "土家族", "哈尼族", "哈萨克", "傣族", "黎族", "傈僳族", "佤族", "畲族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜", "土族", "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯", "塔吉克", "怒族", "俄罗斯族", "鄂温克族", "保安族", "裕固族", "鄂伦春", "独龙族", "普米族", "蒙古", "各族", "回", "土", "壮"]
_AUTONOMY = re.compile(f"(?:{'|'.join(_PEOPLES)})*(?:自治区|自治州|自治县|自治旗|联合旗)$")
_SUFFIX = re.compile("(?:特别行政区|地区|新区|林区|特区|[省市县区盟旗州])$")
_WORDS_NOT_PLACES = frozenset(
    ["长安", "东方", "和平", "新华", "平安", "兴业", "中山", "南山", "宝山", "西湖", "东海", "新兴", "兴隆", "永兴", "嘉禾", "华容", "青山", "金山", "大兴", "丰台", "大安", "永安", "兴安", "安平", "永丰", "大丰", "新丰", "海丰", "惠民", "富民", "利民", "阳光", "金湖", "金华", "长宁", "永康", "安康", "吉安", "天元", "东兴", "兴宁", "永福", "宝兴", "大方", "太和", "泰和", "泰兴", "嘉善", "安泰", "文成", "建德", "德化", "德安", "民乐", "永新", "永昌", "金昌", "新城", "东城", "西城", "南城", "北城", "城关", "江东", "江南", "江北", "河东", "河西", "河南", "海南", "路南", "路北", "中原", "太平", "双流", "高新", "向阳", "东风", "红旗", "前进", "友谊", "爱民", "光明", "龙城", "双龙", "金牛", "金水", "金凤", "凤凰", "兴庆", "隆昌", "荣昌", "盛泽", "鼎城", "同德", "同心", "共和", "贵德", "积石", "互助", "团结", "建设", "交口", "通达", "景泰", "正安", "正定", "正宁", "大通", "中卫", "中宁", "大足", "长寿", "龙江", "长江", "黄龙", "仁和", "天河", "白云", "海珠", "万州", "永川", "合川", "开阳", "开平", "恩平", "大名", "成安", "富裕", "宝清", "明水", "青龙", "宽城", "双桥", "桥东", "桥西", "大庆", "大同", "太原", "阳泉", "东营", "三明", "三亚", "黄山", "天水", "天门", "宜春", "新余", "百色", "来宾", "鹰潭", "潜江", "资阳", "巴中", "铜陵", "万年", "万安", "万载", "安义", "新建", "进贤", "德兴", "崇义", "信丰", "永修", "武功", "太白", "礼泉", "永寿", "大荔", "清流", "明溪", "华安", "长泰", "仙游", "福清", "福安", "安溪", "永泰", "和顺", "平定", "寿阳", "昌乐", "广饶", "利津", "乐安", "金安", "裕安", "金寨", "石台", "旌德", "常山", "龙游", "玉环", "吉水", "新干", "长乐", "永顺", "泰顺", "安福", "鼎湖", "宝安", "龙华", "福田", "南沙", "香洲", "金平", "龙湖", "东升", "西安区"]
)
"""County-level short names that brands bear more often than they mean the place; alone at the beginning they are not read as one."""

_CITIES_ANYHOW = frozenset(
    ["中山", "金华", "大庆", "大同", "太原", "阳泉", "东营", "三明", "三亚", "黄山", "天水", "天门", "宜春", "新余", "百色", "来宾", "鹰潭", "潜江", "资阳", "巴中", "铜陵", "安康", "吉安", "金昌", "中卫", "海南", "河南", "西安", "东方"]
)

_ZONE = re.compile(
    "(?:国家级|省级)?(经济技术|高新技术产业|高新技术|高新产业|高新|经济|工业|科技|循环经济|综合|农业高新技术产业|临港|临空|空港|航空港|生态|)"
    "(开发区|产业开发区|产业园区|工业园区|科技园区|园区|保税港区|保税区|出口加工区|示范区|试验区|旅游度假区|度假区|新区|区)"
)
_ZONE_KIN = {"经济技术": "经济", "高新技术产业": "高新", "高新技术": "高新", "高新产业": "高新"}
_ZONES_BY_NAME = ["江北新区", "两江新区", "天府新区", "滨海新区", "西咸新区", "雄安新区", "中关村科技园区", "张江高科技园区", "张江高科", "外高桥保税区", "洋山保税港区", "前海", "横琴新区", "横琴", "南沙新区", "贵安新区", "湘江新区", "经开区", "舟山群岛新区"]


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a name that tells a place: ``codes`` are the divisions that it may mean, by today's codes."""

    word: str
    codes: Codes
    full: bool
    known: bool = True


def _today() -> dict[str, tuple[str, bool]]:
    """Each code with the code of today that stands for it, and whether that is certain."""
    living = {region.code for region in all_regions() if region.ends is None}
    after = {region.code: region.successor for region in all_regions() if region.successor}
    found = {}
    for region in all_regions():
        code, steps = region.code, 0
        while code not in living and code in after and steps < 9:
            code, steps = after[code], steps + 1
        found[region.code] = (code, code in living)
    return found


def short_of(name: str) -> str:
    """Return the short name of a division (苏州市 → 苏州, 内蒙古自治区 → 内蒙古), or the name where it has none of two characters."""
    if name == "内蒙古自治区":
        return "内蒙古"
    short = _AUTONOMY.sub("", name) if _AUTONOMY.search(name) else _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name


@cache
def words() -> dict[str, Place]:
    """Return every word that tells a place, full and short."""
    today = _today()
    found: dict[str, tuple[set[str], bool, bool]] = {}
    for region in all_regions():
        code, certain = today[region.code]
        short = short_of(region.name)
        states = [(region.name, True), (short, short == region.name)]
        if _AUTONOMY.search(region.name):
            states.append((short + region.name[-1], True))
        for word, full in states:
            codes, so_far, known = found.setdefault(word, (set(), full, True))
            codes.add(code)
            found[word] = (codes, so_far or full, known and certain)
    extra = {"内蒙": "150000", "中国": NATION, "国家": NATION, "全国": NATION, "中华人民共和国": NATION, "中华": NATION}
    for word, code in extra.items():
        found[word] = ({code}, False, True)
    return {word: Place(word, frozenset(codes), full, known) for word, (codes, full, known) in found.items()}


@cache
def misspelt() -> dict[str, Place]:
    """Return misreadings of the names of provinces and cities (苏洲, 杭卅) that are no words for other places."""
    found: dict[str, Place] = {}
    for word, place in words().items():
        if len(word) < 2 or not any(code.endswith("00") for code in place.codes) or NATION in place.codes:
            continue
        for at, character in enumerate(word):
            for other in misread_as(character):
                wrong = word[:at] + other + word[at + 1 :]
                if (
                    wrong not in words()
                    and (len(word) > 2 or other in "洲卅川庄")
                    and not wrong.startswith(tuple("东西南北大小新"))
                ):
                    found.setdefault(wrong, place)
    return found


@cache
def _longest() -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words():
        found[word[:2]] = max(found.get(word[:2], 0), len(word))
    return found


def within(inner: str, outer: str) -> bool:
    """Tell whether the division of code ``inner`` lies in that of ``outer`` or is it; every one lies in the nation."""
    if outer == NATION or inner == outer:
        return True
    if outer.endswith("0000"):
        return inner[:2] == outer[:2]
    return outer.endswith("00") and inner[:4] == outer[:4]


def _narrowed(codes: Codes, outer: Codes) -> Codes:
    return frozenset(code for code in codes if any(code != high and within(code, high) for high in outer))


def _highest(codes: Codes) -> Codes:
    if len(codes) < 2:
        return codes
    for level in ("0000", "00"):
        top = frozenset(code for code in codes if code.endswith(level))
        if top:
            return frozenset(
                code
                for code in codes
                if code in top or (level == "0000" and code.endswith("00") and code[:2] in {t[:2] for t in top})
            )
    return codes


@cache
def _first(word: str) -> Codes:
    """What a word at the beginning of a name means; a county's short name does not count where brands bear it or several do."""
    place = words()[word]
    codes = place.codes if place.full else _highest(place.codes)
    if place.full or any(code.endswith("00") for code in codes):
        return _NOWHERE if word in _WORDS_NOT_PLACES and word not in _CITIES_ANYHOW else codes
    return _NOWHERE if word in _WORDS_NOT_PLACES or len(codes) > 1 else codes


def place_at(text: str, start: int, outer: Codes) -> tuple[Place, Codes] | None:
    """Return the longest word for a place at ``start``, with the divisions that it means within ``outer`` (empty: anywhere)."""
    longest = _longest().get(text[start : start + 2], 0)
    for length in range(min(longest, len(text) - start), 1, -1):
        place = words().get(text[start : start + length])
        if place is None:
            continue
        codes = _narrowed(place.codes, outer) if outer and NATION not in outer else _first(place.word)
        if codes:
            return place, codes
    return None


def misspelt_at(text: str) -> tuple[str, Place] | None:
    """Return the misspelt name of a province or city at the beginning of a text, and what is meant."""
    for length in (4, 3, 2):
        place = misspelt().get(text[:length])
        if place is not None:
            return text[:length], place
    return None


def place_before(text: str, end: int) -> tuple[Place, Codes] | None:
    """Return the longest word for a place that ends at ``end``; short names of counties count only where they are one place."""
    for length in range(min(11, end), 1, -1):
        place = words().get(text[end - length : end])
        if place is not None and (codes := _first(place.word)):
            return place, codes
    return None


def zone_at(text: str, start: int) -> tuple[int, str] | None:
    """Return where the zone that begins at ``start`` ends, and how it is written usually (高新技术产业开发区 → 高新区)."""
    for name in _ZONES_BY_NAME:
        if text.startswith(name, start):
            return start + len(name), name
    found = _ZONE.match(text, start)
    if (
        found is None
        or not (found[1] or found[2] in ("开发区", "园区", "新区", "保税区"))
        or (found[2] == "区" and found[1] not in ("高新", "经济"))
    ):
        return None
    kind = _ZONE_KIN.get(found[1], found[1])
    what = {"产业开发区": "开发区", "科技园区": "园区", "工业园区": "园区", "产业园区": "园区"}.get(found[2], found[2])
    if kind == "高新":
        what = "区"
    return found.end(), f"{kind}{what}"


def relation(one: Codes, other: Codes) -> str:
    """Tell how two places stand to each other: ``equal``, ``within`` (one lies in the other) or ``apart``."""
    if one == other or one & other:
        return "equal"
    if any(within(a, b) or within(b, a) for a in one for b in other):
        return "within"
    return "apart"
