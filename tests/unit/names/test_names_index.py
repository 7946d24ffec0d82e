"""The index of names: it finds what comparing with everybody finds, and is right the moment a name was added."""

from __future__ import annotations

from random import Random

import pyarrow as pa
import pytest
from tests.benchmarks.names.measure import pairs

from xinheng.core.names import NameIndex, Verdict, compare
from xinheng.core.names.grams import hashes, pieces

NAMES = [
    "苏州金龙机械有限公司",
    "苏州金龙机械有限公司吴江分公司",
    "南京金龙机械有限公司",
    "苏州金凤食品有限公司",
    "昆山华鑫电子有限公司",
    "苏州市第一人民医院",
    "苏州市第二人民医院",
    "中国工商银行股份有限公司苏州分行",
]


@pytest.fixture
def index() -> NameIndex:
    return NameIndex(range(len(NAMES)), NAMES)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("蘇州金龍機械有限責任公司", 0),
        ("苏州金龙机械公司吴江区分公司", 1),
        ("南京市金龙机械有眼公司", 2),
        ("昆山市华鑫电子有限公司", 4),
        ("苏州市第2人民医院", 6),
        ("工行苏州分行", 7),
    ],
)
def test_one_bearer_is_found_by_another_writing(index: NameIndex, asked: str, found: int) -> None:
    [answer] = index.best([asked])
    assert answer.verdict is Verdict.SAME
    assert answer.candidates[0].id == found
    assert answer.candidates[0].name == NAMES[found]


@pytest.mark.parametrize(
    "asked", ["无锡金龙机械有限公司", "苏州市第三人民医院", "苏州华鑫电子有限公司", "上海宇恒物流有限公司"]
)
def test_a_name_that_is_not_in_the_index_is_nobody(index: NameIndex, asked: str) -> None:
    [answer] = index.best([asked])
    assert answer.verdict is not Verdict.SAME


@pytest.mark.parametrize("asked", ["", "苏州市", "有限公司", "王小明", "🏭", "分公司"])
def test_what_names_no_organisation_finds_nobody(index: NameIndex, asked: str) -> None:
    [answer] = index.best([asked])
    assert (answer.verdict, answer.candidates) == (Verdict.DIFFERENT, ())


def test_a_name_that_two_bear_is_for_a_person_to_judge() -> None:
    [answer] = NameIndex([7, 3], ["苏州金龙机械有限公司", "苏州市金龙机械有限公司"]).best(["苏州金龙机械有限责任公司"])
    assert answer.verdict is Verdict.ASK
    [answer] = NameIndex([7, 3], ["苏州金龙机械有限公司"] * 2).best(["苏州金龙机械有限公司"])
    assert answer.verdict is Verdict.ASK
    assert [candidate.id for candidate in answer.candidates] == [3, 7]


def test_the_very_name_goes_before_one_that_is_only_another_writing() -> None:
    [answer] = NameIndex([7, 3], ["苏州金龙机械有限公司", "苏州市金龙机械有限公司"]).best(["苏州金龙机械有限公司"])
    assert (answer.verdict, answer.candidates[0].id) == (Verdict.SAME, 7)


def test_a_bearer_of_several_names_is_one_candidate() -> None:
    [answer] = NameIndex([5, 5], ["苏州金龙机械有限公司", "苏州金龙机械厂"]).best(["苏州金龙机械有限责任公司"])
    assert answer.verdict is Verdict.SAME
    assert [candidate.id for candidate in answer.candidates] == [5]


def test_a_name_is_found_as_soon_as_it_is_added_and_gone_as_soon_as_it_is_removed(index: NameIndex) -> None:
    asked = ["常熟宇恒物流有限公司"]
    assert index.best(asked)[0].verdict is Verdict.DIFFERENT
    index.add([99], ["常熟市宇恒物流有限公司"])
    assert index.best(asked)[0].candidates[0].id == 99
    index.remove([99])
    assert 99 not in [candidate.id for candidate in index.best(asked)[0].candidates]
    assert len(index) == len(NAMES)


def test_how_the_names_came_in_does_not_matter() -> None:
    pool = [pair.a for pair in pairs(5, 6)]
    asked = [pair.b for pair in pairs(5, 6)]
    whole = NameIndex(range(len(pool)), pa.array(pool))
    grown = NameIndex()
    for number, name in enumerate(pool):
        grown.add([number], [name])
    answers, others = whole.best(asked), grown.best(asked)
    told = [
        [(one.verdict, [c.id for c in one.candidates if c.comparison.verdict is Verdict.SAME]) for one in some]
        for some in (answers, others)
    ]
    assert told[0] == told[1]
    assert whole.best(asked) == answers


def test_nobody_whose_name_is_the_same_is_missed() -> None:
    random = Random(3)
    made = pairs(11, 8)
    pool = sorted({pair.a for pair in made})
    asked = random.sample([pair.b for pair in made], 150)
    index = NameIndex(range(len(pool)), pool)
    for name, answer in zip(asked, index.best(asked, limit=50), strict=True):
        expected = {at for at, other in enumerate(pool) if compare(name, other).verdict is Verdict.SAME}
        found = {candidate.id for candidate in answer.candidates if candidate.comparison.verdict is Verdict.SAME}
        assert expected <= found or len(expected) > 1, name
        assert found <= expected


def test_as_many_numbers_as_names_are_needed() -> None:
    with pytest.raises(ValueError, match="as many numbers as names"):
        NameIndex([1], [])


def test_an_empty_index_finds_nobody() -> None:
    assert NameIndex().best(["苏州金龙机械有限公司"])[0].candidates == ()


def test_pieces_are_those_of_the_slow_twin() -> None:
    texts = ["苏州金龙", "", "金", "ab", "苏州金龙"]
    buckets, owners = pieces(texts, 24)
    assert sorted(set(owners.tolist())) == [0, 3, 4]
    assert sorted(buckets[owners == 0].tolist()) == sorted(buckets[owners == 4].tolist())
    assert (owners == 0).sum() == 3 + 2 + 3
    keys = hashes(texts)
    assert keys[0] == keys[4]
    assert len(set(keys.tolist())) == 4
