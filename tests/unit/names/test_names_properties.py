"""What holds of any two texts whatever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xinheng.core.names import Verdict, compare, parse
from xinheng.core.names.characters import TRADITIONAL, fold
from xinheng.core.names.numerals import in_digits

PIECES = [
    "苏州",
    "苏州市",
    "江苏省",
    "南京",
    "吴中区",
    "昆山",
    "内蒙古",
    "金龙",
    "华鑫",
    "恒瑞",
    "机械",
    "科技",
    "贸易",
    "有限公司",
    "有限责任公司",
    "股份有限公司",
    "集团",
    "（集团）",
    "（苏州）",
    "第一",
    "第2",
    "分公司",
    "支行",
    "银行",
    "中国工商银行",
    "工行",
    "营业部",
    "人民",
    "医院",
    "小学",
    "合作社",
    "厂",
    "中心",
    "（有限合伙）",
    "（原苏州华鑫厂）",
    "村民委员会",
    "附属",
    "工业园区",
    "高新区",
    "ABC",
    "ａ\u3000(",
    ")",
    "【",
    "·",
    "12",
    "三",
    "局",
]
NAMES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join)
TEXTS = st.one_of(NAMES, st.text(max_size=30), st.text(alphabet="苏州市金龙有限公司分第一二支行()（集团 ", max_size=20))
ORDER = [Verdict.SAME, Verdict.ASK, Verdict.DIFFERENT]


@given(TEXTS, TEXTS)
def test_which_of_two_names_comes_first_does_not_matter(a: str, b: str) -> None:
    there, back = compare(a, b), compare(b, a)
    assert (there.verdict, there.score, there.points_to) == (back.verdict, back.score, back.points_to)


@given(TEXTS)
def test_a_name_is_the_same_as_itself_unless_it_names_nothing_or_a_person(text: str) -> None:
    found = compare(text, text)
    assert found.verdict is Verdict.SAME or {finding.code for finding in found.findings} <= {
        "text.insufficient",
        "text.person",
    }


@given(TEXTS)
def test_the_parts_of_a_name_cover_it_without_gaps(text: str) -> None:
    name = parse(text)
    assert "".join(part.text for part in name.parts) == text
    assert [part.start for part in name.parts[1:]] == [part.end for part in name.parts[:-1]]


@given(TEXTS, TEXTS)
def test_every_verdict_has_a_score_and_a_reason_in_both_languages(a: str, b: str) -> None:
    found = compare(a, b)
    assert 0.0 < found.score <= 1.0
    assert found.why.zh
    assert found.why.en
    assert found.verdict is not Verdict.SAME or found.score > 0.5


@given(NAMES, st.data())
def test_widths_spaces_and_brackets_change_nothing(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    varied = (
        (name[:at] + data.draw(st.sampled_from([" ", "　", "\u200b", "\ufeff"])) + name[at:])
        .replace("（", "(")
        .replace("）", "〕")
    )
    assert fold(varied) == fold(name)
    assert compare(name, varied).verdict is compare(name, name).verdict


@given(NAMES)
def test_traditional_characters_change_nothing(name: str) -> None:
    back = {new: old for old, new in TRADITIONAL.items()}
    assert compare(name, "".join(back.get(one, one) for one in name)).verdict is compare(name, name).verdict


@given(st.text(max_size=40))
def test_folding_twice_is_as_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.integers(1, 999))
def test_a_number_in_chinese_is_the_number_in_digits(number: int) -> None:
    assert in_digits(f"第{_chinese(number)}分公司") == f"第{number}分公司"


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    text += f"{digits[tens]}十" if tens else ("零" if hundreds and ones else "")
    return text + (digits[ones] if ones else "")


@given(
    st.sampled_from(["苏州", "南京市", "江苏省无锡市", "昆山"]),
    st.sampled_from(["杭州", "盐城市", "广东省", "常熟"]),
    st.sampled_from(PIECES),
)
def test_no_writing_makes_one_city_another(here: str, there: str, piece: str) -> None:
    assert compare(f"{here}金龙{piece}机械有限公司", f"{there}金龙{piece}机械有限公司").verdict is not Verdict.SAME


@given(
    st.integers(1, 30), st.integers(1, 30), st.sampled_from(["第{}分公司", "{}分公司", "第{}营业部", "吴中第{}支行"])
)
def test_one_numbered_branch_is_never_another(one: int, other: int, shape: str) -> None:
    a, b = (f"苏州金龙机械有限公司{shape.format(number)}" for number in (one, other))
    assert (compare(a, b).verdict is Verdict.SAME) == (one == other)


def test_very_long_texts_are_compared_too() -> None:
    long = "苏州金龙" * 1000
    assert compare(long, long).verdict is Verdict.SAME
    assert compare(long, long + "机械").verdict is not Verdict.SAME
    assert compare("(" * 4000, "有限公司" * 1000).verdict is not Verdict.SAME
