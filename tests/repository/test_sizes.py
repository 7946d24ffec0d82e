"""What tires a reader is the tail: long functions and long files are counted, and none is very long."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Mapping
from pathlib import Path

FUNCTION_LINES_P90 = 25
FILE_LINES_P90 = 250
FILE_LINES_MOST = 400
WRITTEN_BY_HAND = {".py", ".sql", ".html", ".css", ".js"}


def _p90(lengths: Mapping[str, int]) -> float:
    return statistics.quantiles(lengths.values(), n=10)[-1]


def _longest(lengths: Mapping[str, int], above: int) -> str:
    listed = sorted(((size, name) for name, size in lengths.items() if size > above), reverse=True)
    return "\n".join(f"{size:5d}  {name}" for size, name in listed)


def test_nine_functions_in_ten_fit_in_twenty_five_lines(root: Path, package_trees: Mapping[Path, ast.Module]) -> None:
    lengths = {
        f"{path.relative_to(root)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, tree in package_trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    exceptions = _longest(lengths, FUNCTION_LINES_P90)
    print(f"functions over {FUNCTION_LINES_P90} lines:\n{exceptions}")
    assert _p90(lengths) <= FUNCTION_LINES_P90, exceptions


def test_files_stay_short_and_none_is_over_four_hundred_lines(root: Path, texts: Mapping[Path, str]) -> None:
    lengths = {
        str(path.relative_to(root)): text.count("\n") + 1
        for path, text in texts.items()
        if path.suffix in WRITTEN_BY_HAND and "migrations" not in path.parts and "vendor" not in path.parts
    }
    exceptions = _longest(lengths, FILE_LINES_P90)
    print(f"files over {FILE_LINES_P90} lines:\n{exceptions}")
    assert _p90(lengths) <= FILE_LINES_P90, exceptions
    assert max(lengths.values()) <= FILE_LINES_MOST, exceptions
