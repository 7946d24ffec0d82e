"""At which line of a YAML text something stands (定位到行), so that a problem is told where its writer can mend it."""

from __future__ import annotations

import re
from typing import Any

import yaml

from xinheng.core.catalogue.reading import LOADER, refuse_what_hides

_LABELS = ("name", "code", "version")  # what a list's entries are known by; see ``structure``


class Lines:
    """The lines of one text, looked at once: for all its problems. A text that is refused before it is read has its first line only."""

    def __init__(self, text: str) -> None:
        self._root: Any = None
        self._refused = 1
        try:
            refuse_what_hides(text)
            self._root = yaml.compose(text, Loader=LOADER)
        except yaml.YAMLError as error:
            self._refused = line_of_error(error)

    def at(self, where: str) -> int:
        """Return the line (from 1) of ``where``, the way of a :class:`~.problem.Problem`: as deep as the text has it, else the first line."""
        if found := re.fullmatch(r"line (\d+)", where):
            return int(found[1])
        node, line = self._root, self._refused
        for part in re.sub(r" \(.*\)$", "", where).split("."):
            step = _step(node, part)
            if step is None:
                break
            line, node = step
        return line


def line_of_error(error: yaml.YAMLError) -> int:
    """Return the line at which YAML could not be read, the first where it is not told."""
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _step(node: Any, part: str) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode):
        for place, entry in enumerate(node.value):
            if part == str(place) or part in _names(entry):
                return entry.start_mark.line + 1, entry
    return None


def _names(entry: Any) -> set[str]:
    pairs = entry.value if isinstance(entry, yaml.MappingNode) else []
    return {value.value for key, value in pairs if key.value in _LABELS and isinstance(value, yaml.ScalarNode)}
