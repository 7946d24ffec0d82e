"""How many rows a file may be expected to have (数据量预期), in words; judged by ``core.intake.volume``."""

from __future__ import annotations

from xinheng.core.catalogue.item import Volume
from xinheng.core.errors import Text


def bounds(volume: Volume) -> Text:
    """Return the bounds of an item as a sentence without its end."""
    said = [
        (volume.fewest, "少于 {} 行退回", "fewer than {} stop the file"),
        (volume.fewest_percent, "少于上次的 {}% 退回", "fewer than {} % of the last file stop it"),
        (volume.most, "多于 {} 行提示", "more than {} are noted"),
        (volume.most_percent, "多于上次的 {}% 提示", "more than {} % of the last file are noted"),
    ]
    kept = [(zh.format(f"{number:,}"), en.format(f"{number:,}")) for number, zh, en in said if number is not None]
    return Text("；".join(zh for zh, _ in kept), ", ".join(en for _, en in kept))
