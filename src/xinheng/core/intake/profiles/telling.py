"""What a verb of a delivery profile does, in a sentence: for whoever looks at a profile before using it."""

from __future__ import annotations

from xinheng.core.errors import Text
from xinheng.core.intake.profiles.parts import DateIn, First, Join
from xinheng.core.intake.profiles.phrases import Phrases
from xinheng.core.intake.profiles.verbs import (
    Choose,
    CodeShape,
    Column,
    Constant,
    InUnit,
    Lookup,
    Pattern,
    Shape,
    Verb,
)

_SHAPES = {
    Shape.UNIFIED: Text("除旧代码以外的", "all but older codes"),
    Shape.REGISTRATION_NUMBER: Text("15 位工商注册号", "registration numbers of 15"),
    Shape.ORGANIZATION_CODE: Text("9 位组织机构代码", "organisation codes of 9"),
}


def told(verb: Verb) -> Text:
    """Return what the verb does with its columns, in both languages."""
    match verb:
        case Column():
            return Text("照录", "as written")
        case Constant():
            return Text(f"恒为“{verb.text}”", f"always {verb.text!r}")
        case CodeShape():
            shape = _SHAPES[verb.shape]
            return Text(f"只取{shape.zh}", f"only {shape.en}")
        case InUnit():
            return Text(f"由{verb.written}换算为{verb.wanted}", f"from {verb.written} to {verb.wanted}")
        case Pattern():
            return Text("取文字中的一段", "a part of the text")
        case DateIn():
            forms = ", ".join(verb.forms)
            return Text(f"改写日期（{forms}）", f"a day written as {forms}")
        case _:
            return _told_of_words(verb)


def _told_of_words(verb: Verb) -> Text:
    match verb:
        case Lookup():
            shown = "；".join(f"{word}→{say or '空'}" for word, say in verb.words)
            back = "".join(f"；{word}→退回（{say}）" for word, say in verb.refused)
            back_en = "".join(f"; {word} goes back ({say})" for word, say in verb.refused)
            return Text(f"逐词对应：{shown}{back}", f"word for word: {shown}{back_en}")
        case Choose():
            says = "、".join(dict.fromkeys([*(case.say for case in verb.cases), verb.otherwise or "空"]))
            return Text(f"按写法判断：{says}", f"by how it is written: {says}")
        case Phrases():
            kinds = "、".join(kind for kind, _ in verb.kinds)
            return Text(f"在文字中找：{kinds}", f"found in the text: {kinds}")
        case First():
            parts = [told(part) for part in verb.parts]
            return Text("；没有的，".join(p.zh for p in parts), "; where there is none, ".join(p.en for p in parts))
        case Join():
            parts = [told(part) for part in verb.parts]
            return Text("，连接 ".join(p.zh for p in parts), ", then ".join(p.en for p in parts))
    raise TypeError(f"no words for {type(verb).__name__}")
