"""Classes in which the names mean two organisations."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.benchmarks.names import maker
from tests.benchmarks.names.kinds import Varied, city_other_than, kind_of_pair
from tests.benchmarks.names.maker import COUNT

from xinheng.core.names import trades
from xinheng.core.names.characters import (
    nearly_sound_alike,
    shape_alike,
)
from xinheng.core.names.places import short_of


@kind_of_pair("different")
def _other_number_of_branch(random: Random) -> Varied:
    made = maker.company(random)
    one, two = random.sample(COUNT, 2)
    return f"{made}第{one}分公司", f"{made}第{two}分公司"


@kind_of_pair("different")
def _other_city_of_branch(random: Random) -> Varied:
    made = maker.company(random)
    one, two = random.sample(maker.cities(), 2)
    return f"{made}{short_of(one.name)}分公司", f"{made}{short_of(two.name)}分公司"


@kind_of_pair("different")
def _other_city(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, place=city_other_than(random, made)))


@kind_of_pair("different")
def _other_city_in_brackets(random: Random) -> Varied:
    made = replace(maker.company(random), place="")
    one, two = random.sample(maker.cities(), 2)
    return str(replace(made, note=f"（{short_of(one.name)}）")), str(replace(made, note=f"（{short_of(two.name)}）"))


@kind_of_pair("different")
def _branch_and_parent(random: Random) -> Varied:
    made = maker.company(random)
    return str(
        made
    ), f"{made}{short_of(city_other_than(random, made))}{random.choice(('分公司', '营业部', '第一分公司'))}"


@kind_of_pair("different")
def _group_and_member(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, group="集团"))


@kind_of_pair("different")
def _other_character_of_the_brand(random: Random) -> Varied:
    made = replace(maker.company(random), brand=maker.brand(random, 2))
    other = maker.character(random)
    alike = shape_alike(other, made.brand[1]) or nearly_sound_alike(other, made.brand[1])
    return None if alike or other in made.brand else (str(made), str(replace(made, brand=made.brand[0] + other)))


@kind_of_pair("different")
def _other_brand(random: Random) -> Varied:
    made = maker.company(random)
    other = maker.brand(random)
    return None if set(other) & set(made.brand) else (str(made), str(replace(made, brand=other)))


@kind_of_pair("different")
def _other_industry(random: Random) -> Varied:
    made = maker.company(random)
    other = random.choice(maker.TRADES)
    if trades.relation(trades.split(made.trade)[1], trades.split(other)[1]) != "apart":
        return None
    return str(made), str(replace(made, trade=other))


@kind_of_pair("different")
def _other_branch_of_a_bank(random: Random) -> Varied:
    bank, city, county = maker.bank_branch(random)
    others = [one for one in maker.counties(city.code) if short_of(one.name) != short_of(county.name)]
    if not others:
        return None
    where = short_of(city.name)
    return f"{bank}{where}{short_of(county.name)}支行", f"{bank}{where}{short_of(random.choice(others).name)}支行"


@kind_of_pair("different")
def _other_bank(random: Random) -> Varied:
    bank, city, _ = maker.bank_branch(random)
    other = random.choice([one for one in maker.BANKS if one != bank])
    return f"{bank}{city.name}分行", f"{other}{city.name}分行"


@kind_of_pair("different")
def _other_kind_of_branch(random: Random) -> Varied:
    bank, city, _ = maker.bank_branch(random)
    return f"{bank}{city.name}分行", f"{bank}{city.name}支行"


@kind_of_pair("different")
def _other_number_of_institution(random: Random) -> Varied:
    city = random.choice(maker.cities()).name
    one, two = random.sample(COUNT, 2)
    what = random.choice(("人民医院", "中学", "小学"))
    return f"{city}第{one}{what}", f"{city}第{two}{what}"


@kind_of_pair("different")
def _institution_of_the_district(random: Random) -> Varied:
    city = random.choice(maker.cities())
    if not maker.counties(city.code):
        return None
    what = random.choice(("人民医院", "公安局", "教育局", "人民法院", "图书馆"))
    return f"{city.name}{what}", f"{city.name}{random.choice(maker.counties(city.code)).name}{what}"


@kind_of_pair("different")
def _other_kind_of_institution(random: Random) -> Varied:
    city = random.choice(maker.cities()).name
    one, two = random.sample(("公安局", "教育局", "人民法院", "图书馆", "人民医院", "人民检察院", "博物馆"), 2)
    return f"{city}{one}", f"{city}{two}"


@kind_of_pair("different")
def _school_and_its_hospital(random: Random) -> Varied:
    city = random.choice(maker.cities())
    return f"{short_of(city.name)}大学", f"{short_of(city.name)}大学附属第{random.choice(COUNT)}医院"
