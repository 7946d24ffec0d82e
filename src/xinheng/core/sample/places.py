"""The made-up province's places: Jiangsu's 13 cities, 95 counties (GB/T 2260, 2023) and a few zones.

Zones (功能区) report and register too but have no code in GB/T 2260; the codes here are those seen in issued USCCs.
"""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.sample.draws import slots

PROVINCE = ("320000", "江苏省", "江苏")

_CITIES = (
    ("320100", "南京市", "宁", 15, "02玄武区 04秦淮区 05建邺区 06鼓楼区 11浦口区 13栖霞区 14雨花台区 15江宁区 16六合区 17溧水区 18高淳区", "91江北新区"),
    ("320200", "无锡市", "锡", 11, "05锡山区 06惠山区 11滨湖区 13梁溪区 14新吴区 81江阴市 82宜兴市", ""),
    ("320300", "徐州市", "徐", 9, "02鼓楼区 03云龙区 05贾汪区 11泉山区 12铜山区 21丰县 22沛县 24睢宁县 81新沂市 82邳州市", "91徐州经济技术开发区"),
    ("320400", "常州市", "常", 7, "02天宁区 04钟楼区 11新北区 12武进区 13金坛区 81溧阳市", ""),
    ("320500", "苏州市", "苏", 18, "05虎丘区 06吴中区 07相城区 08姑苏区 09吴江区 81常熟市 82张家港市 83昆山市 85太仓市", "94苏州工业园区"),
    ("320600", "南通市", "通", 9, "12通州区 13崇川区 14海门区 23如东县 81启东市 82如皋市 85海安市", "91南通经济技术开发区"),
    ("320700", "连云港市", "连", 4, "03连云区 06海州区 07赣榆区 22东海县 23灌云县 24灌南县", "91连云港经济技术开发区"),
    ("320800", "淮安市", "淮", 5, "03淮安区 04淮阴区 12清江浦区 13洪泽区 26涟水县 30盱眙县 31金湖县", "91淮安经济技术开发区"),
    ("320900", "盐城市", "盐", 7, "02亭湖区 03盐都区 04大丰区 21响水县 22滨海县 23阜宁县 24射阳县 25建湖县 81东台市", ""),
    ("321000", "扬州市", "扬", 5, "02广陵区 03邗江区 12江都区 23宝应县 81仪征市 84高邮市", ""),
    ("321100", "镇江市", "镇", 4, "02京口区 11润州区 12丹徒区 81丹阳市 82扬中市 83句容市", "91镇江新区"),
    ("321200", "泰州市", "泰", 5, "02海陵区 03高港区 04姜堰区 81兴化市 82靖江市 83泰兴市", "91泰州医药高新技术产业开发区"),
    ("321300", "宿迁市", "宿", 5, "02宿城区 11宿豫区 22沭阳县 23泗阳县 24泗洪县", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class City:
    """A city: code, name, the one character that heads its decision numbers, and its weight in a hundred or so."""

    code: str
    name: str
    letter: str
    weight: int

    @property
    def short(self) -> str:
        """The name without 市."""
        return self.name[:-1]


@dataclass(frozen=True, slots=True)
class County:
    """A county or zone: code, name, and the number of its city in :data:`CITIES`."""

    code: str
    name: str
    city: int
    zone: bool

    @property
    def full_name(self) -> str:
        """The name as addresses begin: with its city, except for county-level cities and zones named after theirs."""
        city = CITIES[self.city]
        own = self.name.endswith("市") or self.name.startswith(city.short)
        return self.name if own else city.name + self.name


CITIES = tuple(City(code, name, letter, weight) for code, name, letter, weight, _, _ in _CITIES)


def _counties() -> tuple[County, ...]:
    found = []
    for number, (code, _, _, _, counties, zones) in enumerate(_CITIES):
        for zone, names in ((False, counties), (True, zones)):
            found += [County(code[:4] + name[:2], name[2:], number, zone) for name in names.split()]
    return tuple(found)


COUNTIES = _counties()


def county_slots() -> list[int]:
    """Return numbers of counties, each as often as its share of the city's weight asks."""
    sizes = [sum(county.city == number for county in COUNTIES) for number in range(len(CITIES))]
    weights = [max(1, CITIES[county.city].weight * 10 // sizes[county.city]) for county in COUNTIES]
    return [int(number) for number in slots(weights)]
