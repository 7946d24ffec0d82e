"""The name of an organisation itself, without notes and branches, as it is taken apart from both ends (名称主体部分)."""

from __future__ import annotations

import re
from functools import lru_cache

from xinheng.core.names import forms, places, trades
from xinheng.core.names.branches import kind_at_end
from xinheng.core.names.forms import Form
from xinheng.core.names.notes import Notes, Token
from xinheng.core.names.numerals import in_digits
from xinheng.core.names.places import Codes, chain_of

_DOUBTFUL = ("company", "factory", "place-office", "trade-house")
_LEFT_OF_FORMS = ("股", "份", "分", "限", "有", "责", "任")
_HAN = re.compile("[\u3400-\u9fff]+")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严金魏陶姜谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费薛雷贺倪汤殷罗毕郝安常于傅皮齐康伍余元顾孟黄穆萧尹姚邵汪祁毛狄臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季"
    "贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房解应宗丁宣邓洪包左石崔吉龚程邢裴陆荣翁荀惠曲封储靳段焦巴牧车侯全班仰秋仲伊宫宁仇甘厉祖武符刘景詹龙叶司黎白蒲邰从鄂索赖卓屠池乔闻党翟谭申冉桑桂牛寿通边燕浦尚温庄晏"
    "柴瞿阎习艾容古易慎廖耿满匡文寇广东欧沃利师巩聂关查游权盖岳肖付代涂闫"
)
_COMPOUND = tuple("欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 司徒 令狐 东方 独孤 南宫".split())  # noqa: SIM905
_MUNICIPALITIES = ("11", "12", "31", "50")


class Head:
    """The parts of a name's head. ``start`` and ``end`` close in on the core; what was taken is where the other fields say.

    The order is: legal form, place, group, zone, a place inside the name, then brand and industry.
    """

    __slots__ = (
        "brand_length", "codes", "core", "end", "form", "form_misspelt", "form_start", "form_word", "group", "group_span", "inner", "inner_span", "inner_word",
        "known", "misspelt", "spans", "start", "stem", "sure", "text", "trade", "word", "written", "zone", "zone_span",
    )  # fmt: skip

    start: int
    end: int
    codes: Codes
    word: str
    spans: tuple[places.Span, ...]
    known: bool

    def __init__(self, text: str, notes: Notes) -> None:
        self.text, self.zone = text, ""
        self.group_span = self.zone_span = self.inner_span = (0, 0)
        self.inner, self.inner_word, self.group = notes.inner, notes.inner_word, notes.group
        self._take_form()
        self._take_places()
        self._take_group()
        if self.spans and self.start >= self.end and self.form and not self.stem:
            self._give_back()  # nothing but places before the form: the last one is the brand
        if self.spans and self.start < self.end:
            self._take_zone()
        if not self.inner and not self.stem and self.end - self.start >= 4:
            self._take_inner()
        self._take_core()

    def _take_form(self) -> None:
        text = self.text
        self.end, self.form, self.form_word, self.form_misspelt = _form(text)
        form = self.form
        if (
            form
            and form.family == "company"
            and (bank := forms.form_at_end(text, self.end))
            and bank[1].family == "bank"
            and bank[0]
        ):
            self.end, self.form = bank  # 某银行股份有限公司 is 某银行
            self.form_word = text[self.end :]
        self.form_start = self.end
        self.stem = self.form is not None and self.form.stem

    def _take_places(self) -> None:
        self._keep(chain_of(self.text[: self.end]))
        self.misspelt = False
        if not self.spans and (wrong := places.misspelt_at(self.text[: self.end])) and len(wrong[0]) < self.end:
            self.misspelt, self.start = True, len(wrong[0])
            self.codes, self.word, self.spans = wrong[1].codes, wrong[1].word, ((0, self.start, True),)

    def _keep(self, chain: places.Chain) -> None:
        self.start, self.codes, self.word = chain.end, chain.codes, chain.word
        self.spans, self.known = chain.spans, chain.known

    def _give_back(self) -> None:
        start = self.spans[-1][0]
        self._keep(chain_of(self.text[:start]))
        self.start = start

    def _take_group(self) -> None:
        if self.text.endswith("集团", self.start, self.end):
            size = 4 if self.text.endswith("企业集团", self.start, self.end) and self.end - self.start > 4 else 2
            if self.end - size > self.start:
                self.group, self.group_span = True, (self.end - size, self.end)
                self.end -= size

    def _take_zone(self) -> None:
        zone = places.zone_at(self.text, self.start)
        if zone and zone[0] < self.end + (0 if self.stem else -1):
            self.zone_span = (self.start, zone[0])
            self.start, self.zone = zone

    def _take_inner(self) -> None:
        last = places.place_before(self.text, self.end)
        if last and _is_inner(last, self.end, self.start):
            self.inner, self.inner_word = last[1], last[0].word
            self.inner_span = (self.end - len(self.inner_word), self.end)
            self.end -= len(self.inner_word)
            self._take_group()

    def _take_core(self) -> None:
        core = _core(self.text[self.start : self.end], self.form_word, self.stem)
        self.sure = _is_sure(self)
        if self.spans and not self.sure and not core[1] and not self.stem and not self.zone:
            self._give_back()  # 平安银行: no place, but the brand
            core, self.sure = _core(self.text[self.start : self.end], self.form_word, self.stem), True
        self.core, self.brand_length, self.trade, self.written = core
        if not self.spans and self.trade and not self.brand_length:
            self.brand_length = self.written = len(self.trade[0])
            self.trade = self.trade[1:]

    def tokens(self) -> list[Token]:
        """Return the parts with their places in the head's text."""
        split = min(self.start + self.written, self.end)
        found = [
            *(("place", start, end) for start, end, _ in self.spans), ("zone", *self.zone_span), ("brand", self.start, split), ("trade", split, self.end),
            ("group", *self.group_span), ("inner", *self.inner_span), ("form", self.form_start, len(self.text)),
        ]  # fmt: skip
        return [token for token in found if token[2] > token[1]]

    def like_a_person(self) -> bool:
        """Tell whether the name reads like a natural person's: two or three characters, a surname first, nothing of an organisation."""
        text = self.text
        if not 2 <= len(text) <= 4 or self.form or self.spans or self.trade or self.group or self.zone:
            return False
        if not _HAN.fullmatch(text) or kind_at_end(text):
            return False
        return text.startswith(_COMPOUND) or (text[0] in _SURNAMES and len(text) <= 3)


def _is_sure(head: Head) -> bool:
    """A county's short name is surely a place only behind its city: 苏州吴中, but 泰山 in 山东泰山焦化 may be the brand."""
    if not head.spans or head.spans[-1][2] or any(code.endswith("00") for code in head.codes):
        return True
    above = chain_of(head.text[: head.spans[-1][0]]).codes
    return any((code.endswith("00") and not code.endswith("0000")) or code[:2] in _MUNICIPALITIES for code in above)


def _is_inner(last: tuple[places.Place, Codes], end: int, at: int) -> bool:
    place, codes = last
    wide = any(code.endswith("00") for code in codes) and places.NATION not in codes
    return wide and end - len(place.word) - at >= 3


def _is_holding(text: str, at: int) -> bool:
    """Tell whether 股 at ``at`` belongs to 控股 or the like, and is no 股份 with a character lost."""
    return text[at] == "股" and text[at - 1] in "控参持入"


def _form(text: str) -> tuple[int, Form | None, str, bool]:
    """Return where the form begins, the form, its writing, and whether that is misspelt."""
    end = len(text)
    found = forms.form_at_end(text, end)
    if found is None or found[1].code in _DOUBTFUL or text[found[0] - 1 : found[0]] in _LEFT_OF_FORMS:
        wrong = forms.misspelt_at_end(text, end)
        if wrong and (found is None or wrong[0] < found[0]) and wrong[0] > 0 and not _is_holding(text, wrong[0]):
            return wrong[0], wrong[1], text[wrong[0] :], True
    if found is None or (found[0] == 0 and not found[1].stem):
        return end, None, "", False
    return found[0], found[1], text[found[0] :], False


@lru_cache(maxsize=131072)
def _core(text: str, form_word: str, stem: bool) -> tuple[str, int, tuple[str, ...], int]:  # noqa: FBT001
    """Return the core in digits, the length of its brand, its words of industry, and the length of the brand as written."""
    core = in_digits(text + form_word)[: -len(form_word)] if form_word else in_digits(text)
    if stem:
        return core, len(core), (), len(text)
    start, trade = trades.split(core)
    return core, start, trade, start if core == text else trades.split(text)[0]
