"""Items that are published and not yet taken (仅公布): what may come is known, who provides it too, and no file of it is received.

Legal basis: 全国公共信用信息基础目录 has thirteen classes; a province publishes all of them before it can take all of them.
"""

from __future__ import annotations

from xinheng.core.catalogue.item import ItemVersion, Status
from xinheng.core.errors import Explanation, Text, UnusableCall

NOT_TAKEN = Text(
    "该目录项仅公布名称、依据、来源和公开属性，报送格式尚未确定，暂不接收数据。",
    "This item is published with its basis, provider and openness; its layout is not settled yet and no file of it is taken.",
)


def check_reportable(version: ItemVersion) -> None:
    """Raise ``UnusableCall`` where files of this item are not taken yet."""
    if version.status is Status.STUB:
        raise UnusableCall(
            Explanation(
                what=Text(f"「{version.title}」暂不接收数据", f"{version.title_en} cannot be handed in yet"),
                why=NOT_TAKEN,
                mend=Text(
                    "请等待目录发布该项的报送版本；可报送的目录项见 xinheng catalogue list。",
                    "Wait for a version that can be handed in; xinheng catalogue list shows the items that are taken.",
                ),
            ),
            item=version.name,
        )
