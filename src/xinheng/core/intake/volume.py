"""Volume assertions (数据量预期): a file with far too few rows stops before anything of it is taken, one with too many is noted.

A truncated export looks like a good small file, and a doubled one like a good large one; only the number of rows tells. The bounds
stand in the item's definition (``volume``), as rows or in per cent of the last file of the same agency.
"""

from __future__ import annotations

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Explanation, Text, UnusableFile


def fewest_rows(version: ItemVersion, previous: int | None) -> int:
    """Return the rows that a file must have at least; ``previous`` are those of the agency's last file, where there was one."""
    volume = version.volume
    if volume is None:
        return 0
    relative = -(-previous * volume.fewest_percent // 100) if previous and volume.fewest_percent else 0
    return max(volume.fewest or 0, relative)


def check_enough(version: ItemVersion, rows: int, previous: int | None) -> None:
    """Raise ``UnusableFile`` where a file of ``rows`` rows is too small."""
    fewest = fewest_rows(version, previous)
    if rows < fewest:
        raise UnusableFile(_too_few(version, rows, fewest, previous), rows=rows, fewest=fewest, previous=previous)


def volume_notes(version: ItemVersion, rows: int, previous: int | None) -> tuple[Text, ...]:
    """Return what is to be noted of a file of ``rows`` rows that was taken: nothing, or that there are too many."""
    volume = version.volume
    if volume is None:
        return ()
    notes = []
    if volume.most is not None and rows > volume.most:
        notes.append(
            Text(
                f"本次 {rows:,} 行，多于「{version.title}」预期的 {volume.most:,} 行；已照常接收，请核对是否重复导出。",
                f"{rows:,} rows, more than the {volume.most:,} expected of {version.title_en}; taken as they are. Was it exported twice?",
            )
        )
    if previous and volume.most_percent is not None and rows * 100 > previous * volume.most_percent:
        notes.append(
            Text(
                f"本次 {rows:,} 行，超过上次（{previous:,} 行）的 {volume.most_percent}%；已照常接收，请核对是否重复导出。",
                f"{rows:,} rows, more than {volume.most_percent} % of the last file ({previous:,}); taken as they are. Exported twice?",
            )
        )
    return tuple(notes)


def _too_few(version: ItemVersion, rows: int, fewest: int, previous: int | None) -> Explanation:
    last = Text(f"（上次 {previous:,} 行）", f" (the last file had {previous:,})") if previous else Text("", "")
    return Explanation(
        Text(f"行数过少：只有 {rows:,} 行", f"Too few rows: {rows:,}"),
        Text(
            f"「{version.title}」至少应有 {fewest:,} 行{last.zh}，文件可能不完整",
            f"a file of {version.title_en} has {fewest:,} at least{last.en}; this one may be cut off",
        ),
        Text(
            "未接收任何数据。请核对导出是否完整后重新报送。",
            "Nothing of it was taken. See whether the export is complete and hand it in again.",
        ),
    )
