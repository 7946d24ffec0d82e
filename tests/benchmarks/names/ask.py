"""Classes that nobody could decide from the names alone."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.benchmarks.names import maker
from tests.benchmarks.names.kinds import Varied, kind_of_pair, typed
from tests.benchmarks.names.maker import Made

from xinheng.core.names.characters import (
    is_odd,
    misread_as,
    sound_alike,
)
from xinheng.core.names.places import short_of


@kind_of_pair("ask")
def _region_left_out(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, place=""))


@kind_of_pair("ask")
def _county_added(random: Random) -> Varied:
    made = maker.company(random)
    if not maker.counties(made.city.code):
        return None
    return str(made), str(replace(made, place=made.city.name + random.choice(maker.counties(made.city.code)).name))


@kind_of_pair("ask")
def _zone_added(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, place=made.place + random.choice(("工业园区", "高新区", "经济开发区"))))


@kind_of_pair("ask")
def _brand_misread(random: Random) -> Varied:
    made = maker.company(random)
    at = random.randrange(len(made.brand))
    others = [one for one in sorted(misread_as(made.brand[at])) if not is_odd(one) and one not in made.brand]
    return _branded(random, made, at, others)


@kind_of_pair("ask")
def _brand_with_a_homophone(random: Random) -> Varied:
    made = maker.company(random)
    at = random.randrange(len(made.brand))
    return _branded(
        random, made, at, [one for one in typed() if sound_alike(one, made.brand[at]) and one not in made.brand]
    )


def _branded(random: Random, made: Made, at: int, others: list[str]) -> Varied:
    if not others:
        return None
    return str(made), str(replace(made, brand=made.brand[:at] + random.choice(others) + made.brand[at + 1 :]))


@kind_of_pair("ask")
def _brand_swapped(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, brand=made.brand[1] + made.brand[0] + made.brand[2:]))


@kind_of_pair("ask")
def _brand_with_one_more(random: Random) -> Varied:
    made = maker.company(random)
    return str(made), str(replace(made, brand=made.brand + maker.character(random)))


@kind_of_pair("ask")
def _industry_shortened(random: Random) -> Varied:
    made = replace(
        maker.company(random),
        trade=random.choice(("科技发展", "机械设备", "装饰工程", "贸易发展", "建材销售", "电子科技")),
    )
    return str(made), str(replace(made, trade=made.trade[:2]))


@kind_of_pair("ask")
def _limited_became_shares(random: Random) -> Varied:
    made = replace(maker.company(random), form="有限公司")
    return str(made), str(replace(made, form="股份有限公司"))


@kind_of_pair("ask")
def _company_and_works(random: Random) -> Varied:
    made = replace(maker.company(random), form="有限公司")
    return str(made), str(replace(made, form="厂"))


@kind_of_pair("ask")
def _former_name_noted(random: Random) -> Varied:
    made = maker.company(random)
    former = replace(made, brand=maker.brand(random))
    return f"{made}（原{former}）", str(former)


@kind_of_pair("ask")
def _brand_alone(random: Random) -> Varied:
    made = replace(maker.company(random), brand=maker.brand(random, 3))
    return str(made), f"{short_of(made.city.name)}{made.brand}"
