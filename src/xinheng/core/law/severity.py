"""How grave a matter is, by which procedure and in which domain it was decided.

Two scales of gravity exist and must never meet: the national one of 2026 (国家发展改革委令第36号: 轻微、一般、严重)
and Jiangsu's older degree of dishonesty (失信程度: 一般、较重、严重、未定). Members of the same name mean
different things in them, so comparing across the scales raises ``TypeError``, even with ``==``.
"""

from __future__ import annotations

from xinheng.core.law.coded import Coded


class Scale(Coded):
    """A scale of gravity: equal only within itself, and without an order."""

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Scale) and type(other) is not type(self):
            raise TypeError(
                f"{type(self).__name__} and {type(other).__name__} are different scales: never compare them"
            )
        return self is other

    def __hash__(self) -> int:
        return hash(self._name_)


class Severity(Scale):
    """Class of dishonest conduct, national scale (失信信息分类, 国家发展改革委令第36号, from 2026-04-01)."""

    MINOR = "minor", "轻微", "minor"
    GENERAL = "general", "一般", "general"
    SERIOUS = "serious", "严重", "serious"


class LegacyDegree(Scale):
    """Degree of dishonesty in Jiangsu's older records (失信程度); kept as received, never turned into a severity."""

    GENERAL = "legacy-general", "一般", "general (Jiangsu legacy)"
    GRAVE = "legacy-grave", "较重", "grave (Jiangsu legacy)"
    SERIOUS = "legacy-serious", "严重", "serious (Jiangsu legacy)"
    UNDETERMINED = "legacy-undetermined", "未定", "undetermined (Jiangsu legacy)"


class Procedure(Coded):
    """Procedure by which a penalty was decided (行政处罚法, chapter 5)."""

    SUMMARY = "summary", "简易程序", "summary procedure"
    ORDINARY = "ordinary", "普通程序", "ordinary procedure"


class Domain(Coded):
    """Domains with a longer shortest period (国家发展改革委令第58号); every other domain is ``None``."""

    FOOD = "food", "食品", "food"
    DRUG = "drug", "药品", "drugs"
    SPECIAL_EQUIPMENT = "special-equipment", "特种设备", "special equipment"
    WORK_SAFETY = "work-safety", "安全生产", "work safety"
    FIRE = "fire", "消防", "fire safety"
