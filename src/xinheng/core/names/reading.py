"""Reading a name into what is compared (解析): the inner form behind ``parse`` and ``compare``, made once a name and kept.

The order is: notes in brackets, short names, the branch, the legal form, the place at the beginning, a place at the end of the core, industry.
What is left is the 字号 (brand).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from xinheng.core.names import forms, places, trades
from xinheng.core.names.branches import Branch, kind_at_end, read_tail, tail_of
from xinheng.core.names.forms import Form
from xinheng.core.names.numerals import in_digits
from xinheng.core.names.places import Codes
from xinheng.core.names.short_names import full_names, length_with_form, short_name_at_start

_NONE: Codes = frozenset()
_BRACKETED = re.compile(r"\(([^()]*)\)")
_PLAIN = re.compile("[^()]*[^\\W_]")
_HAN = re.compile("[\u3400-\u9fff]")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严金魏陶姜谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费薛雷贺倪汤殷罗毕郝安常于傅皮齐康伍余元顾孟黄穆萧尹姚邵汪祁毛狄臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季"
    "贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房解应宗丁宣邓洪包左石崔吉龚程邢裴陆荣翁荀惠曲封储靳段焦巴牧车侯全班仰秋仲伊宫宁仇甘厉祖武符刘景詹龙叶司黎白蒲邰从鄂索赖卓屠池乔闻党翟谭申冉桑桂牛寿通边燕浦尚温庄晏"
    "柴瞿阎习艾容古易慎廖耿满匡文寇广东欧沃利师巩聂关查游权盖岳肖付代涂闫"
)
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "令狐",
    "东方",
    "独孤",
    "南宫",
)

Token = tuple[str, int, int]
"""A part of the folded text: its kind, where it begins and where it ends."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as it is compared. ``core`` is brand and industry in one, its numbers in digits; ``brand_length`` of it is the brand."""

    text: str
    place: Codes
    place_word: str
    place_sure: bool
    place_known: bool
    place_misspelt: bool
    inner: Codes
    inner_word: str
    zone: str
    core: str
    brand_length: int
    trade: tuple[str, ...]
    group: bool
    form: Form | None
    form_word: str
    form_misspelt: bool
    former: str
    remark: str
    branches: tuple[Branch, ...]
    short: str
    short_certain: bool
    known: str
    person: bool
    tokens: tuple[Token, ...]

    @property
    def brand(self) -> str:
        """The 字号: what of the core is no word of industry."""
        return self.core[: self.brand_length]

    @property
    def comparable(self) -> bool:
        """Tell whether anything is left by which one organisation differs from others."""
        if self.core:
            return self.core not in forms.forms()
        return bool((self.place and self.form and self.form.stem) or self.short)


@dataclass(slots=True)
class _Notes:
    inner: Codes = _NONE
    inner_word: str = ""
    group: bool = False
    former: str = ""
    remark: str = ""


@lru_cache(maxsize=262144)
def read(text: str) -> Reading:
    """Return the reading of a folded name. Never raises; a text that is no name is one brand."""
    plain, kept, notes, tokens = (
        (text, None, _Notes(), list[Token]()) if _PLAIN.fullmatch(text) else _without_notes(text)
    )
    short = short_name_at_start(plain)
    if short is not None:
        return _short(text, plain, kept, tokens, short.full, length_with_form(plain, short), certain=short.certain)
    head_end = tail_of(plain)
    own, place_context = _head(plain[:head_end], notes)
    tail = read_tail(plain, head_end, place_context) if head_end < len(plain) else None
    if tail is not None:
        starts = (head_end, *tail.ends[:-1])
        own["tokens"] += [("branch", start, end) for start, end in zip(starts, tail.ends, strict=True)]
    found = own.pop("tokens")
    placed = sorted(tokens + [_in_text(token, kept) for token in found], key=lambda token: token[1])
    person = tail is None and _like_a_person(text, own)
    return Reading(text=text, former=notes.former, remark=notes.remark, branches=tail.branches if tail else (), short="", short_certain=True,
                   known=plain[:head_end] if plain[:head_end] in full_names() else "", person=person, tokens=tuple(placed), **own)  # fmt: skip


def _short(
    text: str, plain: str, kept: list[int] | None, tokens: list[Token], full: str, length: int, *, certain: bool
) -> Reading:
    head = read(full)
    tail = read_tail(plain, length, _NONE)
    starts = (length, *tail.ends[:-1])
    found = [("short", 0, length), *(("branch", start, end) for start, end in zip(starts, tail.ends, strict=False))]
    placed = sorted(tokens + [_in_text(token, kept) for token in found], key=lambda token: token[1])
    return Reading(
        text=text, place=head.place, place_word=head.place_word, place_sure=head.place_sure, place_known=head.place_known, place_misspelt=False,
        inner=head.inner, inner_word=head.inner_word, zone=head.zone, core=head.core, brand_length=head.brand_length, trade=head.trade,
        group=head.group, form=head.form, form_word=head.form_word, form_misspelt=False, former="", remark="", branches=tail.branches,
        short=plain[:length], short_certain=certain, known=full if certain else "", person=False, tokens=tuple(placed),
    )  # fmt: skip


def _in_text(token: Token, kept: list[int] | None) -> Token:
    return token if kept is None else (token[0], kept[token[1]], kept[token[2] - 1] + 1)


def _without_notes(text: str) -> tuple[str, list[int], _Notes, list[Token]]:
    """Take what stands in brackets out, understand it, and leave the rest with its places."""
    notes, tokens, gone = _Notes(), list[Token](), set[int]()
    for found in _BRACKETED.finditer(text):
        kind = _note(found[1], notes) or _remark(text, found, notes)
        if kind and not _is_all(text, found):
            gone.update(range(*found.span()))
            tokens.append((kind, found.start() + 1, found.end() - 1))
        else:
            gone.update((found.start(), found.end() - 1))
    gone.update(at for at, character in enumerate(text) if character in "()")
    end = len(text)
    while end and (end - 1 in gone or not text[end - 1].isalnum()):  # a full stop, a sign that was left behind
        end -= 1
    gone.update(range(end if end else len(text), len(text)))
    kept = [at for at in range(len(text)) if at not in gone]
    return "".join(text[at] for at in kept), kept, notes, [token for token in tokens if token[2] > token[1]]


def _remark(text: str, found: re.Match[str], notes: _Notes) -> str:
    """What stands in brackets behind the legal form and is no branch only says where or what: 某公司（冈山工业园）."""
    form = forms.form_at_end(text, found.start())
    if found.end() < len(text) or form is None or form[0] == 0 or kind_at_end(found[1]):
        return ""
    notes.remark = found[1]
    return "note"


def _is_all(text: str, found: re.Match[str]) -> bool:
    return found.end() - found.start() == len(text)


def _note(note: str, notes: _Notes) -> str:
    if (
        note in forms.kind_notes()
        or not note
        or (note in forms.forms() and forms.forms()[note].family in ("partnership", "sole", "company"))
    ):
        return "note"
    if note in forms.group_words():
        notes.group = True
        return "group"
    mark = next((mark for mark in forms.former_marks() if note.startswith(mark) and len(note) > len(mark) + 3), "")
    if mark:
        notes.former = note[len(mark) :].lstrip(":名为,")
        return "note"
    end, codes, word = _chain(note)[:3]
    if codes and end == len(note) and not notes.inner:
        notes.inner, notes.inner_word = codes, word
        return "inner"
    return ""


_Chain = tuple[int, Codes, str, list[tuple[int, int, bool]], bool]


def _chain(text: str) -> _Chain:
    """Read places from the beginning, each within the one before: end, divisions, last word, the words' places and kinds, whether all are known."""
    at, codes, word, spans, known = 0, _NONE, "", list[tuple[int, int, bool]](), True
    while len(spans) < 4 and (found := places.place_at(text, at, codes)):
        place, codes = found
        word, end = place.word, at + len(place.word)
        spans.append((at, end, place.full))
        known = known and place.known
        at = end
    return at, codes, word, spans, known


def _head(text: str, notes: _Notes) -> tuple[dict[str, object], Codes]:
    """Read the name of the organisation itself, without branch and notes."""
    tokens: list[Token] = []
    end, form, form_word, misspelt = _form(text)
    if (
        form
        and form.family == "company"
        and (bank := forms.form_at_end(text, end))
        and bank[1].family == "bank"
        and bank[0] > 0
    ):
        end, form, form_word = bank[0], bank[1], text[bank[0] :]  # 某银行股份有限公司 is 某银行
    if form:
        tokens.append(("form", end, end + len(form_word)))
    at, codes, word, spans, known = _chain(text[:end])
    wrong = places.misspelt_at(text[:end]) if not spans else None
    if wrong and len(wrong[0]) < end:
        at, codes, word, spans = len(wrong[0]), wrong[1].codes, wrong[1].word, [(0, len(wrong[0]), True)]
    group_end = end
    mark = next((mark for mark in forms.group_words() if text.endswith(mark, at, end) and end - len(mark) > at), "")
    if mark:
        end -= len(mark)
        tokens.append(("group", end, group_end))
    stem = form is not None and form.stem
    if spans and at >= end and form and not stem:  # nothing but places before the form: the last one is the brand
        at, codes, word, spans = _given_back(text, spans)
    zone = places.zone_at(text, at) if spans and at < end else None
    zone_name = ""
    if zone and zone[0] < end + (0 if stem else -1):
        tokens.append(("zone", at, zone[0]))
        at, zone_name = zone
    inner, inner_word = notes.inner, notes.inner_word
    if (
        not inner
        and not stem
        and end - at >= 4
        and (last := places.place_before(text, end))
        and _is_inner(last, end, at)
    ):
        inner, inner_word, inner_end = last[1], last[0].word, end
        end -= len(inner_word)
        tokens.append(("inner", end, inner_end))
        if text.endswith("集团", at, end) and end - 2 > at:
            mark, end = "集团", end - 2
            tokens.append(("group", end, end + 2))
    core, brand_length, trade, raw = _core(text[at:end], stem=stem)
    sure = _is_sure(spans, codes, text)
    if (
        spans and not sure and not core[:brand_length] and not stem and not zone_name
    ):  # 平安银行: no place, but the brand
        at, codes, word, spans = _given_back(text, spans)
        core, brand_length, trade, raw = _core(text[at:end], stem=stem)
        sure = True
    if not spans and trade and not brand_length:
        brand_length, trade = len(trade[0]), trade[1:]
        raw = len(core) and len(core[:brand_length])
    tokens += [("place", start, stop) for start, stop, _ in spans]
    tokens += [token for token in (("brand", at, at + raw), ("trade", at + raw, end)) if token[2] > token[1]]
    own: dict[str, object] = {
        "place": codes, "place_word": word, "place_sure": sure, "place_known": known, "place_misspelt": wrong is not None and bool(spans), "inner": inner,
        "inner_word": inner_word, "zone": zone_name, "core": core, "brand_length": brand_length, "trade": trade, "group": bool(mark) or notes.group,
        "form": form, "form_word": form_word, "form_misspelt": misspelt, "tokens": tokens,
    }  # fmt: skip
    return own, codes or inner


def _is_sure(spans: list[tuple[int, int, bool]], codes: Codes, text: str) -> bool:
    """A county's short name is surely a place only behind its city: 苏州吴中, but 泰山 in 山东泰山焦化 may be the brand."""
    if not spans or spans[-1][2] or any(code.endswith("00") for code in codes):
        return True
    above = _chain(text[: spans[-1][0]])[1]
    return any(
        (code.endswith("00") and not code.endswith("0000")) or code[:2] in ("11", "12", "31", "50") for code in above
    )


def _given_back(text: str, spans: list[tuple[int, int, bool]]) -> tuple[int, Codes, str, list[tuple[int, int, bool]]]:
    start = spans[-1][0]
    at, codes, word, left, _ = _chain(text[:start])
    return (at, codes, word, left) if at == start else (start, codes, word, left)


def _is_inner(last: tuple[places.Place, Codes], end: int, at: int) -> bool:
    place, codes = last
    wide = any(code.endswith("00") for code in codes) and places.NATION not in codes
    return wide and end - len(place.word) - at >= 3


def _form(text: str) -> tuple[int, Form | None, str, bool]:
    end = len(text)
    found = forms.form_at_end(text, end)
    if found is None or found[1].code in ("company", "factory", "place-office", "trade-house"):
        wrong = forms.misspelt_at_end(text, end)
        if wrong and (found is None or wrong[0] < found[0]) and wrong[0] > 0:
            return wrong[0], wrong[1], text[wrong[0] :], True
    if found is None or found[0] == 0:
        stem = found is not None and found[1].stem
        return (0, found[1], text, False) if stem and found is not None else (end, None, "", False)
    return found[0], found[1], text[found[0] :], False


@lru_cache(maxsize=131072)
def _core(text: str, *, stem: bool) -> tuple[str, int, tuple[str, ...], int]:
    """Return the core in digits, the length of its brand, its words of industry, and the length of the brand as written."""
    core = in_digits(text + "局")[:-1]
    if stem:
        return core, len(core), (), len(text)
    start, trade = trades.split(core)
    raw = start if core == text else trades.split(text)[0]
    return core, start, trade, raw


def _like_a_person(text: str, own: dict[str, object]) -> bool:
    """Tell whether a text reads like a natural person's name: two to four characters, a surname first, nothing of an organisation."""
    if own["form"] or own["place"] or own["trade"] or own["group"] or own["zone"] or not 2 <= len(text) <= 4:
        return False
    if not all(_HAN.fullmatch(character) for character in text) or kind_at_end(text) not in ("",):
        return False
    return text.startswith(_COMPOUND) or (text[0] in _SURNAMES and len(text) <= 3)
