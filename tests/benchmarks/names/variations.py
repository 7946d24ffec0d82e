"""How one name becomes another: classes of variation, each with its truth — ``same``, ``ask`` (nobody could tell from the names) or ``different``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from tests.benchmarks.names import maker
from tests.benchmarks.names.maker import COUNT, Made

from xinheng.core.names import trades
from xinheng.core.names.characters import (
    TRADITIONAL,
    VARIANT,
    is_odd,
    misread_as,
    nearly_sound_alike,
    shape_alike,
    sound_alike,
)
from xinheng.core.names.places import short_of

Pair = tuple[str, str]
Varied = Pair | None
Vary = Callable[[Random], Varied]


@dataclass(frozen=True, slots=True)
class Variation:
    """A class: its name, what is true of its pairs, and how one is made; ``None`` where the drawn name does not admit it."""

    name: str
    truth: str
    vary: Vary


VARIATIONS: list[Variation] = []


def _as(truth: str) -> Callable[[Vary], Vary]:
    def keep(vary: Vary) -> Vary:
        VARIATIONS.append(Variation(vary.__name__.strip("_").replace("_", " "), truth, vary))
        return vary

    return keep


@cache
def _back(table: str) -> dict[str, str]:
    held = TRADITIONAL if table == "traditional" else VARIANT
    found: dict[str, str] = {}
    for old, new in held.items():
        found.setdefault(new, old)
    return found


def _city_other_than(random: Random, made: Made) -> str:
    return random.choice([one for one in maker.cities() if one.code != made.city.code]).name


@_as("same")
def _full_width(random: Random) -> Varied:
    made = replace(maker.company(random), brand=random.choice(("ABC", "TCL", "DY", "KX")) + maker.brand(random))
    return str(made), str(made).translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


@_as("same")
def _kind_of_bracket(random: Random) -> Varied:
    made = replace(maker.company(random), place="", note=f"（{random.choice(maker.cities()).name[:2]}）")
    return str(made), str(made).replace("（", random.choice("([【〔")).replace("）", random.choice(")]】〕"))


@_as("same")
def _place_of_bracket(random: Random) -> Varied:
    made = replace(maker.company(random), place="")
    place = f"（{short_of(made.city.name)}）"
    return str(replace(made, note=place)), f"{made.brand}{place}{made.trade}{made.form}"


@_as("same")
def _region_moved_into_brackets(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, place="", note=f"（{short_of(made.city.name)}）"))


@_as("same")
def _brackets_of_the_group(random: Random) -> Varied:
    made = maker.company(random)
    return str(replace(made, group="集团")), str(replace(made, group="（集团）"))


@_as("same")
def _spaces(random: Random) -> Varied:
    text = str(maker.company(random))
    at = random.randrange(1, len(text))
    return text, text[:at] + random.choice(" 　\u00a0\t") * random.choice((1, 2)) + text[at:]


@_as("same")
def _invisible_characters(random: Random) -> Varied:
    text = str(maker.company(random))
    at = random.randrange(len(text))
    return text, text[:at] + random.choice("\u200b\ufeff\u200e\u2060") + text[at:]


@_as("same")
def _traditional(random: Random) -> Varied:
    text = str(maker.company(random))
    return text, "".join(_back("traditional").get(one, one) for one in text)


@_as("same")
def _variant_character(random: Random) -> Varied:
    made = replace(maker.company(random), brand=random.choice("峰群杯凯泛丽") + maker.character(random))
    varied = "".join(_back("variant").get(one, one) for one in made.brand)
    return (str(made), str(replace(made, brand=varied))) if varied != made.brand else None


@_as("same")
def _number_of_a_branch_in_digits(random: Random) -> Varied:
    made, number = maker.company(random), random.randrange(1, 10)
    return f"{made}第{COUNT[number - 1]}分公司", f"{made}第{number}分公司"


@_as("same")
def _number_of_an_institution_in_digits(random: Random) -> Varied:
    city, number = random.choice(maker.cities()).name, random.randrange(1, 10)
    what = random.choice(("人民医院", "中学", "小学"))
    return f"{city}第{COUNT[number - 1]}{what}", f"{city}第{number}{what}"


@_as("same")
def _shi_left_out(random: Random) -> Varied:
    made = maker.company(random)
    return str(replace(made, place=made.city.name)), str(replace(made, place=short_of(made.city.name)))


@_as("same")
def _province_added(random: Random) -> Varied:
    made = maker.company(random)
    high = maker.province(made.city).name
    return str(made), str(replace(made, place=random.choice((high, short_of(high))) + made.place))


@_as("same")
def _limited_written_long(random: Random) -> Varied:
    made = replace(maker.company(random), form="有限公司")
    return str(made), str(replace(made, form="有限责任公司"))


@_as("same")
def _form_left_out(random: Random) -> Varied:
    made = replace(maker.company(random), form="有限公司")
    return str(made), str(replace(made, form=""))


@_as("same")
def _form_misread(random: Random) -> Varied:
    made = replace(maker.company(random), form="有限公司")
    return str(made), str(
        replace(made, form=random.choice(("有眼公司", "有限公可", "有很公司", "有限公同", "有银公司")))
    )


@_as("same")
def _form_with_a_character_lost(random: Random) -> Varied:
    made = maker.company(random)
    at = random.randrange(len(made.form))
    lost = made.form[:at] + made.form[at + 1 :]
    return (str(made), str(replace(made, form=lost))) if made.form != "有限责任公司" and lost != "股份公司" else None


@_as("same")
def _industry_misread(random: Random) -> Varied:
    made = maker.company(random)
    at = random.randrange(len(made.trade))
    others = [one for one in sorted(misread_as(made.trade[at])) if one.isalpha()]
    return _misspelt(random, made, at, others)


@_as("same")
def _industry_with_a_homophone(random: Random) -> Varied:
    made = maker.company(random)
    at = random.randrange(len(made.trade))
    return _misspelt(
        random, made, at, [one for one in _typed() if sound_alike(one, made.trade[at]) and one != made.trade[at]]
    )


def _misspelt(random: Random, made: Made, at: int, others: list[str]) -> Varied:
    if not others:
        return None
    wrong = made.trade[:at] + random.choice(others) + made.trade[at + 1 :]
    slipped = trades.split(wrong)[0] > 0  # still a word: no misspelling
    return (str(made), str(replace(made, trade=wrong))) if slipped else None


@cache
def _typed() -> tuple[str, ...]:
    return tuple(sorted(maker.usual_in_brands()))


@_as("same")
def _industry_twice(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, trade=made.trade + made.trade[-2:]))


@_as("same")
def _form_of_a_bank_left_out(random: Random) -> Varied:
    bank, city, county = maker.bank_branch(random)
    where = short_of(city.name) + short_of(county.name)
    return f"{bank}股份有限公司{where}支行", f"{bank}{where}支行"


@_as("same")
def _short_name_of_a_bank(random: Random) -> Varied:
    bank, city, _ = maker.bank_branch(random)
    if bank not in SHORT:
        return None
    return f"{bank}股份有限公司{city.name}分行", f"{SHORT[bank]}{short_of(city.name)}分行"


SHORT = maker.SHORT_BANKS


@_as("same")
def _kind_of_partnership_noted(random: Random) -> Varied:
    made = replace(maker.company(random), form="合伙企业", trade="创业投资")
    return str(made), f"{made}（有限合伙）"


@_as("same")
def _branch_in_brackets(random: Random) -> Varied:
    made = maker.company(random)
    branch = f"{short_of(_city_other_than(random, made))}分公司"
    return f"{made}{branch}", f"{made}（{branch}）"


@_as("same")
def _committee_of_a_village(random: Random) -> Varied:
    city, _ = random.choice(maker.cities()), 0
    if not maker.counties(city.code):
        return None
    county = random.choice(maker.counties(city.code)).name
    village = f"{city.name}{county}{maker.brand(random, 2)}镇{maker.brand(random, 2)}村"
    return f"{village}村民委员会", f"{village}村委会"


@_as("ask")
def _region_left_out(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, place=""))


@_as("ask")
def _county_added(random: Random) -> Varied:
    made = maker.company(random)
    if not maker.counties(made.city.code):
        return None
    return str(made), str(replace(made, place=made.city.name + random.choice(maker.counties(made.city.code)).name))


@_as("ask")
def _zone_added(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, place=made.place + random.choice(("工业园区", "高新区", "经济开发区"))))


@_as("ask")
def _brand_misread(random: Random) -> Varied:
    made = maker.company(random)
    at = random.randrange(len(made.brand))
    others = [one for one in sorted(misread_as(made.brand[at])) if not is_odd(one) and one not in made.brand]
    return _branded(random, made, at, others)


@_as("ask")
def _brand_with_a_homophone(random: Random) -> Varied:
    made = maker.company(random)
    at = random.randrange(len(made.brand))
    return _branded(
        random, made, at, [one for one in _typed() if sound_alike(one, made.brand[at]) and one not in made.brand]
    )


def _branded(random: Random, made: Made, at: int, others: list[str]) -> Varied:
    if not others:
        return None
    return str(made), str(replace(made, brand=made.brand[:at] + random.choice(others) + made.brand[at + 1 :]))


@_as("ask")
def _brand_swapped(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, brand=made.brand[1] + made.brand[0] + made.brand[2:]))


@_as("ask")
def _brand_with_one_more(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, brand=made.brand + maker.character(random)))


@_as("ask")
def _industry_shortened(random: Random) -> Varied:
    made = replace(
        maker.company(random),
        trade=random.choice(("科技发展", "机械设备", "装饰工程", "贸易发展", "建材销售", "电子科技")),
    )
    return str(made), str(replace(made, trade=made.trade[:2]))


@_as("ask")
def _limited_became_shares(random: Random) -> Varied:
    made = replace(maker.company(random), form="有限公司")
    return str(made), str(replace(made, form="股份有限公司"))


@_as("ask")
def _company_and_works(random: Random) -> Varied:
    made = replace(maker.company(random), form="有限公司")
    return str(made), str(replace(made, form="厂"))


@_as("ask")
def _former_name_noted(random: Random) -> Varied:
    made = maker.company(random)
    former = replace(made, brand=maker.brand(random))
    return f"{made}（原{former}）", str(former)


@_as("ask")
def _brand_alone(random: Random) -> Varied:
    made = replace(maker.company(random), brand=maker.brand(random, 3))
    return str(made), f"{short_of(made.city.name)}{made.brand}"


@_as("different")
def _other_number_of_branch(random: Random) -> Varied:
    made = maker.company(random)
    one, two = random.sample(COUNT, 2)
    return f"{made}第{one}分公司", f"{made}第{two}分公司"


@_as("different")
def _other_city_of_branch(random: Random) -> Varied:
    made = maker.company(random)
    one, two = random.sample(maker.cities(), 2)
    return f"{made}{short_of(one.name)}分公司", f"{made}{short_of(two.name)}分公司"


@_as("different")
def _other_city(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, place=_city_other_than(random, made)))


@_as("different")
def _other_city_in_brackets(random: Random) -> Varied:
    made = replace(maker.company(random), place="")
    one, two = random.sample(maker.cities(), 2)
    return str(replace(made, note=f"（{short_of(one.name)}）")), str(replace(made, note=f"（{short_of(two.name)}）"))


@_as("different")
def _branch_and_parent(random: Random) -> Varied:
    made = maker.company(random)
    return str(
        made
    ), f"{made}{short_of(_city_other_than(random, made))}{random.choice(('分公司', '营业部', '第一分公司'))}"


@_as("different")
def _group_and_member(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, group="集团"))


@_as("different")
def _other_character_of_the_brand(random: Random) -> Varied:
    made = replace(maker.company(random), brand=maker.brand(random, 2))
    other = maker.character(random)
    alike = shape_alike(other, made.brand[1]) or nearly_sound_alike(other, made.brand[1])
    return None if alike or other in made.brand else (str(made), str(replace(made, brand=made.brand[0] + other)))


@_as("different")
def _other_brand(random: Random) -> Varied:
    made = maker.company(random)
    other = maker.brand(random)
    return None if set(other) & set(made.brand) else (str(made), str(replace(made, brand=other)))


@_as("different")
def _other_industry(random: Random) -> Varied:
    made = maker.company(random)
    other = random.choice(maker.TRADES)
    if trades.relation(trades.split(made.trade)[1], trades.split(other)[1]) != "apart":
        return None
    return str(made), str(replace(made, trade=other))


@_as("different")
def _other_branch_of_a_bank(random: Random) -> Varied:
    bank, city, county = maker.bank_branch(random)
    others = [one for one in maker.counties(city.code) if short_of(one.name) != short_of(county.name)]
    if not others:
        return None
    where = short_of(city.name)
    return f"{bank}{where}{short_of(county.name)}支行", f"{bank}{where}{short_of(random.choice(others).name)}支行"


@_as("different")
def _other_bank(random: Random) -> Varied:
    bank, city, _ = maker.bank_branch(random)
    other = random.choice([one for one in maker.BANKS if one != bank])
    return f"{bank}{city.name}分行", f"{other}{city.name}分行"


@_as("different")
def _other_kind_of_branch(random: Random) -> Varied:
    bank, city, _ = maker.bank_branch(random)
    return f"{bank}{city.name}分行", f"{bank}{city.name}支行"


@_as("different")
def _other_number_of_institution(random: Random) -> Varied:
    city = random.choice(maker.cities()).name
    one, two = random.sample(COUNT, 2)
    what = random.choice(("人民医院", "中学", "小学"))
    return f"{city}第{one}{what}", f"{city}第{two}{what}"


@_as("different")
def _institution_of_the_district(random: Random) -> Varied:
    city = random.choice(maker.cities())
    if not maker.counties(city.code):
        return None
    what = random.choice(("人民医院", "公安局", "教育局", "人民法院", "图书馆"))
    return f"{city.name}{what}", f"{city.name}{random.choice(maker.counties(city.code)).name}{what}"


@_as("different")
def _other_kind_of_institution(random: Random) -> Varied:
    city = random.choice(maker.cities()).name
    one, two = random.sample(("公安局", "教育局", "人民法院", "图书馆", "人民医院", "人民检察院", "博物馆"), 2)
    return f"{city}{one}", f"{city}{two}"


@_as("different")
def _school_and_its_hospital(random: Random) -> Varied:
    city = random.choice(maker.cities())
    return f"{short_of(city.name)}大学", f"{short_of(city.name)}大学附属第{random.choice(COUNT)}医院"
