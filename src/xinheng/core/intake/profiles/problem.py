"""What is wrong with a delivery profile (报送配置问题), told to the person who wrote it."""

from __future__ import annotations

from xinheng.core.errors import Explanation, Text, XinhengError


class ProfileError(XinhengError):
    """The profile breaks its own form, so it maps nothing; ``where`` leads to the spot (``fields.CF_WSH.pattern``)."""

    def __init__(self, where: str, message: Text) -> None:
        super().__init__(
            Explanation(
                what=Text("报送配置有误，未予采用。", "The delivery profile is wrong and was not taken."),
                why=Text(f"{where}：{message.zh}", f"{where}: {message.en}"),
                mend=Text(
                    "请按 docs/how-to/write-a-delivery-profile.md 改正。",
                    "Mend it as docs/how-to/write-a-delivery-profile.md says.",
                ),
            ),
            where=where,
        )
        self.where = where

    def __str__(self) -> str:
        return str(self.explanation.why)
