"""The words that names and addresses are made of (``words.yaml``); none is a person's name."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml


def read_table(name: str) -> dict[str, Any]:
    """Return one of this package's tables of words."""
    table: dict[str, Any] = yaml.safe_load(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return table


_WORDS = read_table("words.yaml")

FIRST: str = _WORDS["first"]
SECOND: str = _WORDS["second"]
THIRD: str = _WORDS["third"]
FOURTH: str = _WORDS["fourth"]
TRADES: tuple[str, ...] = tuple(_WORDS["trades"])
SHOPS: tuple[str, ...] = tuple(_WORDS["shops"])
ROADS: tuple[str, ...] = tuple(_WORDS["roads"])
ROOMS: tuple[str, ...] = tuple(_WORDS["rooms"])
FORMS: tuple[str, ...] = tuple(_WORDS["forms"])
FORM_WEIGHTS: tuple[int, ...] = tuple(_WORDS["forms"].values())
PLACED_FORMS = ("有限公司", "股份有限公司")
"""Legal forms that may follow a place in brackets: ``恒达科技（南京）有限公司``."""

SUFFIXES: dict[str, tuple[str, ...]] = {code: tuple(other["suffixes"]) for code, other in _WORDS["others"].items()}
"""How organisations other than enterprises and shops end, by the first two characters of their USCC."""

JOINTS: dict[str, str] = {code: other["joint"] for code, other in _WORDS["others"].items()}
"""What stands between the two halves of their name: a township or street, or nothing."""

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
PEOPLE = tuple(f"{mark}{stem}{branch}" for mark in ("测试", "样例", "虚构") for stem in _STEMS for branch in _BRANCHES)
"""Persons of the sample: words for "test", "sample" and "invented" and two signs of the calendar, nobody's name."""
