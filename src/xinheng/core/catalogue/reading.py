"""Read YAML strictly, and the YAML files that are shipped with the catalogue.

A key given twice and an anchor are refused: both hide from a reader what a definition says.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from xinheng.core.errors import Explanation, Text, UnusableCall

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader by which every text is read: safe, and quick where the library has it so."""
_DEEPEST = 20


class _Strict(LOADER):
    """A safe loader that refuses what PyYAML passes in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001
        seen: set[Hashable] = set()
        for place, _ in node.value:
            key = self.construct_object(place, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} is given twice", place.start_mark)
            if isinstance(key, Hashable):  # the loader itself refuses any other
                seen.add(key)
        built: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return built


def read(text: str) -> object:
    """Return what the YAML ``text`` says; raises :class:`yaml.YAMLError` with the line where it cannot be read."""
    refuse_what_hides(text)
    try:
        return _Strict(text).get_single_data()
    except ValueError as error:  # 2018-02-30 without quotes
        raise yaml.YAMLError(str(error)) from error


def refuse_what_hides(text: str) -> None:
    """Raise :class:`yaml.YAMLError` with its line for an anchor that is used, and for what is nested too deep to be read by a person."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _refused(f"it is nested more than {_DEEPEST} deep", event)
        if isinstance(event, yaml.AliasEvent):
            raise _refused(f"anchors are not allowed here, write it out: *{event.anchor}", event)


def _refused(said: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=said, problem_mark=event.start_mark)


@cache
def shipped(folder: str) -> tuple[str, ...]:
    """Return the names of the YAML files in ``folder`` (``definitions``, ``codes``, ``prohibited``), sorted."""
    entries = files(__package__).joinpath(folder).iterdir()
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in entries if entry.name.endswith(".yaml")))


def texts_in(folder: Path) -> dict[str, str]:
    """Return the YAML files of a folder by their names without the ending; raises ``UnusableCall`` where it is no folder."""
    if not folder.is_dir():
        raise UnusableCall(_no_folder(folder))
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}


def shipped_text(folder: str, name: str) -> str:
    """Return the text of one shipped file; ``name`` must be one of :func:`shipped`."""
    return files(__package__).joinpath(folder, f"{name}.yaml").read_text(encoding="utf-8")


def _no_folder(folder: Path) -> Explanation:
    return Explanation(
        Text(f"没有文件夹 {folder}", f"There is no folder {folder}"),
        Text(
            "地方补充目录应放在一个文件夹中，每项一个 YAML 文件",
            "a city's supplementary items stand in a folder, one YAML file each",
        ),
        Text("请核对环境变量 XINHENG_CATALOGUE。", "Check the environment variable XINHENG_CATALOGUE."),
    )
