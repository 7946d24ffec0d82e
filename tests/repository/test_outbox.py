"""Whoever writes a new kind of entry to the outbox must tell the lake what it brings."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from xinheng.core.ledger.outbox import KINDS


def _kinds(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] == "OutboxEntry":
            yield from (ast.unparse(given.value) for given in node.keywords if given.arg == "kind")


def test_every_kind_of_entry_is_known_to_the_projection(package_trees: Mapping[Path, ast.Module]) -> None:
    written = {ast.literal_eval(kind) for tree in package_trees.values() for kind in _kinds(tree)}
    assert written, "nothing writes to the outbox any more?"
    assert written <= KINDS, f"say in core/ledger/outbox.py what these bring: {sorted(written - KINDS)}"
