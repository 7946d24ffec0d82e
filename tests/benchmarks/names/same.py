"""Classes in which both names mean one organisation."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

from tests.benchmarks.names import maker
from tests.benchmarks.names.kinds import Varied, city_other_than, kind_of_pair, typed
from tests.benchmarks.names.maker import COUNT, Made

from xinheng.core.names import trades
from xinheng.core.names.characters import (
    TRADITIONAL,
    VARIANT,
    misread_as,
    sound_alike,
)
from xinheng.core.names.places import short_of


@cache
def _back(table: str) -> dict[str, str]:
    held = TRADITIONAL if table == "traditional" else VARIANT
    found: dict[str, str] = {}
    for old, new in held.items():
        found.setdefault(new, old)
    return found


@kind_of_pair("same")
def _full_width(random: Random) -> Varied:
    made = replace(maker.company(random), brand=random.choice(("ABC", "TCL", "DY", "KX")) + maker.brand(random))
    return str(made), str(made).translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


@kind_of_pair("same")
def _kind_of_bracket(random: Random) -> Varied:
    made = replace(maker.company(random), place="", note=f"（{random.choice(maker.cities()).name[:2]}）")
    return str(made), str(made).replace("（", random.choice("([【〔")).replace("）", random.choice(")]】〕"))


@kind_of_pair("same")
def _place_of_bracket(random: Random) -> Varied:
    made = replace(maker.company(random), place="")
    place = f"（{short_of(made.city.name)}）"
    return str(replace(made, note=place)), f"{made.brand}{place}{made.trade}{made.form}"


@kind_of_pair("same")
def _region_moved_into_brackets(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, place="", note=f"（{short_of(made.city.name)}）"))


@kind_of_pair("same")
def _brackets_of_the_group(random: Random) -> Varied:
    made = maker.company(random)
    return str(replace(made, group="集团")), str(replace(made, group="（集团）"))


@kind_of_pair("same")
def _spaces(random: Random) -> Varied:
    text = str(maker.company(random))
    at = random.randrange(1, len(text))
    return text, text[:at] + random.choice(" 　\u00a0\t") * random.choice((1, 2)) + text[at:]


@kind_of_pair("same")
def _invisible_characters(random: Random) -> Varied:
    text = str(maker.company(random))
    at = random.randrange(len(text))
    return text, text[:at] + random.choice("\u200b\ufeff\u200e\u2060") + text[at:]


@kind_of_pair("same")
def _traditional(random: Random) -> Varied:
    text = str(maker.company(random))
    return text, "".join(_back("traditional").get(one, one) for one in text)


@kind_of_pair("same")
def _variant_character(random: Random) -> Varied:
    made = replace(maker.company(random), brand=random.choice("峰群杯凯泛丽") + maker.character(random))
    varied = "".join(_back("variant").get(one, one) for one in made.brand)
    return (str(made), str(replace(made, brand=varied))) if varied != made.brand else None


@kind_of_pair("same")
def _number_of_a_branch_in_digits(random: Random) -> Varied:
    made, number = maker.company(random), random.randrange(1, 10)
    return f"{made}第{COUNT[number - 1]}分公司", f"{made}第{number}分公司"


@kind_of_pair("same")
def _number_of_an_institution_in_digits(random: Random) -> Varied:
    city, number = random.choice(maker.cities()).name, random.randrange(1, 10)
    what = random.choice(("人民医院", "中学", "小学"))
    return f"{city}第{COUNT[number - 1]}{what}", f"{city}第{number}{what}"


@kind_of_pair("same")
def _shi_left_out(random: Random) -> Varied:
    made = maker.company(random)
    return str(replace(made, place=made.city.name)), str(replace(made, place=short_of(made.city.name)))


@kind_of_pair("same")
def _province_added(random: Random) -> Varied:
    made = maker.company(random)
    high = maker.province(made.city).name
    return str(made), str(replace(made, place=random.choice((high, short_of(high))) + made.place))


@kind_of_pair("same")
def _limited_written_long(random: Random) -> Varied:
    made = replace(maker.company(random), form="有限公司")
    return str(made), str(replace(made, form="有限责任公司"))


@kind_of_pair("same")
def _form_left_out(random: Random) -> Varied:
    made = replace(maker.company(random), form="有限公司")
    return str(made), str(replace(made, form=""))


@kind_of_pair("same")
def _form_misread(random: Random) -> Varied:
    made = replace(maker.company(random), form="有限公司")
    return str(made), str(
        replace(made, form=random.choice(("有眼公司", "有限公可", "有很公司", "有限公同", "有银公司")))
    )


@kind_of_pair("same")
def _form_with_a_character_lost(random: Random) -> Varied:
    made = maker.company(random)
    at = random.randrange(len(made.form))
    lost = made.form[:at] + made.form[at + 1 :]
    return (str(made), str(replace(made, form=lost))) if made.form != "有限责任公司" and lost != "股份公司" else None


@kind_of_pair("same")
def _industry_misread(random: Random) -> Varied:
    made = maker.company(random)
    at = random.randrange(len(made.trade))
    others = [one for one in sorted(misread_as(made.trade[at])) if one.isalpha()]
    return _misspelt(random, made, at, others)


@kind_of_pair("same")
def _industry_with_a_homophone(random: Random) -> Varied:
    made = maker.company(random)
    at = random.randrange(len(made.trade))
    return _misspelt(
        random, made, at, [one for one in typed() if sound_alike(one, made.trade[at]) and one != made.trade[at]]
    )


def _misspelt(random: Random, made: Made, at: int, others: list[str]) -> Varied:
    if not others:
        return None
    wrong = made.trade[:at] + random.choice(others) + made.trade[at + 1 :]
    slipped = trades.split(wrong)[0] > 0  # still a word: no misspelling
    return (str(made), str(replace(made, trade=wrong))) if slipped else None


@kind_of_pair("same")
def _industry_twice(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, trade=made.trade + made.trade[-2:]))


@kind_of_pair("same")
def _form_of_a_bank_left_out(random: Random) -> Varied:
    bank, city, county = maker.bank_branch(random)
    where = short_of(city.name) + short_of(county.name)
    return f"{bank}股份有限公司{where}支行", f"{bank}{where}支行"


@kind_of_pair("same")
def _short_name_of_a_bank(random: Random) -> Varied:
    bank, city, _ = maker.bank_branch(random)
    if bank not in SHORT:
        return None
    return f"{bank}股份有限公司{city.name}分行", f"{SHORT[bank]}{short_of(city.name)}分行"


SHORT = maker.SHORT_BANKS


@kind_of_pair("same")
def _kind_of_partnership_noted(random: Random) -> Varied:
    made = replace(maker.company(random), form="合伙企业", trade="创业投资")
    return str(made), f"{made}（有限合伙）"


@kind_of_pair("same")
def _branch_in_brackets(random: Random) -> Varied:
    made = maker.company(random)
    branch = f"{short_of(city_other_than(random, made))}分公司"
    return f"{made}{branch}", f"{made}（{branch}）"


@kind_of_pair("same")
def _committee_of_a_village(random: Random) -> Varied:
    city, _ = random.choice(maker.cities()), 0
    if not maker.counties(city.code):
        return None
    county = random.choice(maker.counties(city.code)).name
    village = f"{city.name}{county}{maker.brand(random, 2)}镇{maker.brand(random, 2)}村"
    return f"{village}村民委员会", f"{village}村委会"
