"""The edits that make one clean row defective, each as a clerk, a spreadsheet or an old system would.

An edit changes the cells of a row in place and returns the code of the field it touched (empty where it is the row).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xinheng.core.catalogue.item import NATURAL_PERSON
from xinheng.core.sample.codes import identity_number
from xinheng.core.sample.layouts import MANDATORY_TEXTS
from xinheng.core.sample.penalties import fine_texts, fine_yuan
from xinheng.core.sample.words import PEOPLE
from xinheng.core.standards.uscc import ALPHABET

Cells = dict[str, str]

MANDATORY = ("CF_WSH", "CF_WFXW", "CF_SY", "CF_YJ", "CF_NR", "CF_JDRQ", "CF_YXQ", "CF_CFJG")
NOT_AMOUNTS = ("0x1A", "1_000", "1e5", "三千", "1.2.3")
UNKNOWN_KINDS = ("罚没款", "经济处罚", "记过处分")
PLACEHOLDERS = ("无", "/", "详见附件", "不详", "略")
FORMULAS = ("=cmd|'/C calc'!A0", '=HYPERLINK("x","点击查看")', "@SUM(1+1)*cmd|' /C calc'!A0")
PHONES = ("13800000000", "13900000000")


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What an edit may use: a number of chance, the sample's day, the fine's place, another's and the former name."""

    number: int
    today: dt.date
    fine: int
    other_name: str
    former_name: str

    def one_of(self, choices: tuple[str, ...]) -> str:
        """Return one of the choices, by chance."""
        return choices[self.number % len(choices)]


def _with_fine(cells: Cells, circumstance: Circumstance) -> tuple[int, str]:
    """See to it that the row imposes a fine; return it in yuan and as the field should hold it."""
    place = max(circumstance.fine, 0)
    field, text = fine_texts(place)
    if circumstance.fine < 0:
        cells |= {"CF_CFLB": "罚款", "CF_NR": f"决定给予如下处罚：{text}。", "CF_NR_WFFF": "", "CF_NR_ZKDX": ""}
    return fine_yuan(place), field


def _with_wrong_check(code: str) -> str:
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]


def wrong_check(cells: Cells, _: Circumstance) -> str:
    """Change the check character of the counterpart's code."""
    cells["CF_XDR_SHXYM"] = _with_wrong_check(cells["CF_XDR_SHXYM"])
    return "CF_XDR_SHXYM"


def letter_for_digit(cells: Cells, _: Circumstance) -> str:
    """Write the letter O for the first zero of the code, or I for the last one where it has no zero."""
    code = cells["CF_XDR_SHXYM"]
    cells["CF_XDR_SHXYM"] = code.replace("0", "O", 1) if "0" in code else "I".join(code.rsplit("1", 1))
    return "CF_XDR_SHXYM"


def code_missing(cells: Cells, _: Circumstance) -> str:
    """Leave every code of the counterpart empty."""
    cells |= {"CF_XDR_SHXYM": "", "CF_XDR_ZZJG": ""}
    return "CF_XDR_SHXYM"


def digits_lost(cells: Cells, _: Circumstance) -> str:
    """Write the code as a spreadsheet does that took it for a number."""
    cells |= {"CF_XDR_SHXYM": f"9.{cells['CF_XDR_SHXYM'][2:6]}E+17", "CF_XDR_ZZJG": ""}
    return "CF_XDR_SHXYM"


def wrong_kind(cells: Cells, _: Circumstance) -> str:
    """Call a one-person business an organisation, or the reverse."""
    cells["CF_XDR_LB"] = "法人及非法人组织" if cells["CF_XDR_LB"] == "个体工商户" else "个体工商户"
    return "CF_XDR_LB"


def other_name(cells: Cells, circumstance: Circumstance) -> str:
    """Write another organisation's name beside the code."""
    cells["CF_XDR_MC"] = circumstance.other_name
    return "CF_XDR_MC"


def former_name(cells: Cells, circumstance: Circumstance) -> str:
    """Write the name that the subject had before."""
    cells["CF_XDR_MC"] = circumstance.former_name
    return "CF_XDR_MC"


def loose_name(cells: Cells, circumstance: Circumstance) -> str:
    """Write the name's brackets in half width, or a space inside it."""
    name = cells["CF_XDR_MC"]
    half = name.replace("（", "(").replace("）", ")")
    cells["CF_XDR_MC"] = half if half != name else name[:4] + circumstance.one_of((" ", "　")) + name[4:]
    return "CF_XDR_MC"


def nothing(_: Cells, __: Circumstance) -> str:
    """Leave the row as it is: what is odd about it lies elsewhere (its subject, another row)."""
    return ""


def unknown_subject(_: Cells, __: Circumstance) -> str:
    """Leave the row as it is; its subject is one that the register lacks."""
    return "CF_XDR_SHXYM"


def mandatory_missing(cells: Cells, circumstance: Circumstance) -> str:
    """Leave a mandatory cell empty."""
    field = circumstance.one_of(MANDATORY)
    cells[field] = ""
    return field


def too_long(cells: Cells, _: Circumstance) -> str:
    """Write more into the decision number than the layout holds."""
    cells["CF_WSH"] += "及其附件" * 40
    return "CF_WSH"


def thirtieth_of_february(cells: Cells, _: Circumstance) -> str:
    """Decide on a day that no calendar has."""
    cells["CF_JDRQ"] = f"{cells['CF_JDRQ'][:4]}/02/30"
    return "CF_JDRQ"


def decided_in_future(cells: Cells, circumstance: Circumstance) -> str:
    """Decide on a day to come."""
    day = circumstance.today + dt.timedelta(days=1 + circumstance.number % 400)
    cells |= {"CF_JDRQ": day.isoformat(), "CF_YXQ": "2099-12-31", "CF_GSJZQ": ""}
    return "CF_JDRQ"


def decided_in_2099(cells: Cells, _: Circumstance) -> str:
    """Write the sign for "long term" as the day of decision."""
    cells |= {"CF_JDRQ": "2099-12-31", "CF_YXQ": "2099-12-31", "CF_GSJZQ": ""}
    return "CF_JDRQ"


def ends_before_decision(cells: Cells, circumstance: Circumstance) -> str:
    """Let the penalty end in the year before it was decided."""
    cells["CF_YXQ"] = f"{int(cells['CF_JDRQ'][:4]) - 1}/{1 + circumstance.number % 12:02d}/15"
    return "CF_YXQ"


def not_an_amount(cells: Cells, circumstance: Circumstance) -> str:
    """Write a fine that programs take for a number and people do not, or the reverse."""
    _with_fine(cells, circumstance)
    cells["CF_NR_FK"] = circumstance.one_of(NOT_AMOUNTS)
    return "CF_NR_FK"


def dressed_amount(cells: Cells, circumstance: Circumstance) -> str:
    """Write the fine with a sign of currency or with commas between the thousands."""
    _, field = _with_fine(cells, circumstance)
    cells["CF_NR_FK"] = f"¥{field}"
    if circumstance.number % 2:
        cells |= {"CF_CFLB": "罚款", "CF_NR": "决定罚款人民币12345000元。", "CF_NR_FK": "1,234.5", "CF_NR_WFFF": ""}
    return "CF_NR_FK"


def fine_missing(cells: Cells, circumstance: Circumstance) -> str:
    """Impose a fine and leave its amount empty."""
    _with_fine(cells, circumstance)
    cells["CF_NR_FK"] = ""
    return "CF_NR_FK"


def fine_of_zero(cells: Cells, circumstance: Circumstance) -> str:
    """Impose a fine of nothing."""
    _with_fine(cells, circumstance)
    cells["CF_NR_FK"] = "0"
    return "CF_NR_FK"


def fine_in_yuan(cells: Cells, circumstance: Circumstance) -> str:
    """Write the fine in yuan where 万元 is meant: ten thousand times what the text says."""
    yuan, _ = _with_fine(cells, circumstance)
    cells["CF_NR_FK"] = str(yuan)
    return "CF_NR_FK"


def unknown_kind(cells: Cells, circumstance: Circumstance) -> str:
    """Name a kind of penalty that no law has."""
    cells["CF_CFLB"] = circumstance.one_of(UNKNOWN_KINDS)
    return "CF_CFLB"


def placeholder(cells: Cells, circumstance: Circumstance) -> str:
    """Write words that say nothing into a mandatory text."""
    field = MANDATORY_TEXTS[circumstance.number // 8 % len(MANDATORY_TEXTS)]
    cells[field] = circumstance.one_of(PLACEHOLDERS)
    return field


def null_byte(cells: Cells, _: Circumstance) -> str:
    """Put a null byte into the facts."""
    cells["CF_SY"] = cells["CF_SY"][:9] + "\0" + cells["CF_SY"][9:]
    return "CF_SY"


def formula(cells: Cells, circumstance: Circumstance) -> str:
    """Write a spreadsheet formula for a text."""
    cells["CF_WFXW"] = circumstance.one_of(FORMULAS)
    return "CF_WFXW"


def wrong_agency_code(cells: Cells, _: Circumstance) -> str:
    """Change the check character of the deciding authority's code."""
    cells["CF_CFJGDM"] = _with_wrong_check(cells["CF_CFJGDM"])
    return "CF_CFJGDM"


def other_content(cells: Cells, circumstance: Circumstance) -> str:
    """Tell the facts of an earlier row's decision otherwise."""
    cells["CF_SY"] += f"另查明当事人另有违法情形{circumstance.number % 90 + 2}起。"
    return "CF_WSH"


def identity_in_facts(cells: Cells, circumstance: Circumstance) -> str:
    """Write a made-up identity number into the facts."""
    cells["CF_SY"] += f"现场负责人身份证号码{identity_number(circumstance.number)}。"
    return "CF_SY"


def phone_in_facts(cells: Cells, circumstance: Circumstance) -> str:
    """Write a made-up telephone number into the facts."""
    cells["CF_SY"] += f"现场负责人联系电话{circumstance.one_of(PHONES)}。"
    return "CF_SY"


def natural_person(cells: Cells, circumstance: Circumstance) -> str:
    """Make the counterpart a made-up natural person, decided so lately that it is still to be kept."""
    day = circumstance.today - dt.timedelta(days=20 + circumstance.number % 300)
    cells |= {
        "CF_XDR_MC": circumstance.one_of(PEOPLE),
        "CF_XDR_LB": NATURAL_PERSON,
        "CF_XDR_SHXYM": "",
        "CF_XDR_ZZJG": "",
    }
    cells |= {"CF_FRDB": "", "CF_XDR_ZJLX": "身份证", "CF_XDR_ZJHM": identity_number(circumstance.number)}
    cells |= {"CF_JDRQ": day.isoformat(), "CF_YXQ": "2099-12-31", "CF_GSJZQ": ""}
    return "CF_XDR_LB"


def person_with_wrong_number(cells: Cells, circumstance: Circumstance) -> str:
    """Make the counterpart a made-up person and change the check character of the number."""
    natural_person(cells, circumstance)
    number = cells["CF_XDR_ZJHM"]
    cells["CF_XDR_ZJHM"] = number[:-1] + ("0" if number[-1] != "0" else "1")
    return "CF_XDR_ZJHM"


def person_with_code(cells: Cells, circumstance: Circumstance) -> str:
    """Make the counterpart a made-up person and leave the code of an organisation in the row."""
    code = cells["CF_XDR_SHXYM"]
    natural_person(cells, circumstance)
    cells["CF_XDR_GSZC"] = code
    return "CF_XDR_GSZC"


def representative_identity(cells: Cells, circumstance: Circumstance) -> str:
    """Give the legal representative's (made-up) identity number in its column."""
    cells |= {"CF_FR_ZJLX": "身份证", "CF_FR_ZJHM": identity_number(circumstance.number)}
    return "CF_FR_ZJHM"


def summary_procedure(cells: Cells, _: Circumstance) -> str:
    """Say that the penalty was imposed by summary procedure."""
    cells["XH_CX"] = "简易程序"
    return "XH_CX"
