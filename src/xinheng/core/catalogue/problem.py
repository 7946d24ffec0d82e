"""What is wrong with a definition (目录定义问题), told to the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xinheng.core.errors import Explanation, Text, XinhengError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a definition out of the catalogue.

    ``code`` is stable (``never-collect``); ``where`` is the way to the spot (``fields.CF_WSH.aliases``), empty for the
    whole file; ``basis`` cites the instrument that asks for it, empty where the format itself does.
    """

    code: str
    where: str
    message: Text
    basis: str = ""


class InvalidDefinition(XinhengError):
    """The definition has problems, so it defines nothing; ``problems`` lists all of them."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(
            Explanation(
                what=Text(
                    f"目录定义“{name}”有 {len(self.problems)} 处问题，未予采用。",
                    f"The definition {name!r} has {len(self.problems)} problem(s) and was not taken.",
                ),
                why=Text(f"{first.where}：{first.message.zh}", f"{first.where}: {first.message.en}"),
                mend=Text(
                    "请用 xinheng catalogue check 查看全部问题，逐项改正。",
                    "See all of them with xinheng catalogue check and mend them one by one.",
                ),
            ),
            name=name,
            problems=self.problems,
        )
