"""Read the YAML of law strictly: a value without basis, a doubled or an unknown key stops everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from xinheng.core.errors import Text

SURE = {
    "F": Text("已见原文", "found in the text"),
    "F~": Text("见于转载件或摘要", "found in a reprint or a summary"),
    "K": Text("凭知识，待核对原文", "from knowledge, to be verified"),
    "C": Text("经计算核对", "computed"),
    "D": Text("本平台的取舍", "a choice of this platform"),
}
CITATION_KEYS = frozenset({"basis", "source", "sure"})


class LawDataError(ValueError):
    """The data of law breaks its own form; the message names file and place. A programmer mends it."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a value comes from: instrument code, article (empty where not verified), source read, how sure we are."""

    instrument: str
    article: str
    source: str
    sure: str


class StrictLoader(yaml.SafeLoader):
    """A safe loader that refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001
        """Build a mapping; raises :class:`LawDataError` on a doubled key."""
        seen: set[str] = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise LawDataError(f"{node.start_mark}: key {key_node.value!r} is there twice")
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)


def read_package_file(path: str) -> str:
    """Return the text of a data file of this package; ``path`` is relative to ``core/law``."""
    return files("xinheng.core.law").joinpath(path).read_text(encoding="utf-8")


def parse(text: str) -> dict[str, Any]:
    """Return the mapping that ``text`` holds; raises :class:`LawDataError` where it holds anything else."""
    document = yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a SafeLoader
    if not isinstance(document, dict):
        raise LawDataError("a file of law holds one mapping")
    return document


def check_keys(row: object, *, required: Iterable[str], optional: Iterable[str] = (), where: str) -> dict[str, Any]:
    """Return ``row`` if it is a mapping with exactly the allowed keys; raises :class:`LawDataError` otherwise."""
    if not isinstance(row, dict):
        raise LawDataError(f"{where}: a mapping is expected, not {row!r}")
    missing = set(required) - set(row)
    unknown = set(row) - set(required) - set(optional)
    if missing or unknown:
        raise LawDataError(f"{where}: missing {sorted(missing)}, unknown {sorted(map(str, unknown))}")
    return row


def citation(row: dict[str, Any], *, known: Callable[[str], bool], where: str) -> Citation:
    """Read ``basis`` (code, or code and article), ``source`` and ``sure``; the instrument must be a known one."""
    instrument, _, article = str(row["basis"]).partition(" ")
    if not known(instrument):
        raise LawDataError(f"{where}: no instrument {instrument!r}")
    if row["sure"] not in SURE:
        raise LawDataError(f"{where}: sure is {row['sure']!r}, not one of {sorted(SURE)}")
    if not str(row["source"] or "").strip():
        raise LawDataError(f"{where}: source is empty")
    return Citation(instrument, article.strip(), str(row["source"]), str(row["sure"]))


def day(value: object, *, where: str) -> dt.date | None:
    """Return a date, or nothing for ``null`` (without a beginning or an end)."""
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    raise LawDataError(f"{where}: {value!r} is not a date")


def text(row: object, *, where: str) -> Text:
    """Return a sentence in both languages; each must be filled."""
    pair = check_keys(row, required=("zh", "en"), where=where)
    if not all(isinstance(part, str) and part.strip() for part in pair.values()):
        raise LawDataError(f"{where}: both zh and en must be filled")
    return Text(pair["zh"].strip(), pair["en"].strip())
