"""Whoever writes a new kind of entry to the outbox must tell the lake what it brings."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from xinheng.core.ledger import outbox


def _kinds(tree: ast.Module) -> Iterator[str]:
    """Yield each kind that is written: a text, or the name of one, or a choice of these."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("OutboxEntry", "OutboxEntry.objects.create"):
            given = [part for word in node.keywords if word.arg == "kind" for part in ast.walk(word.value)]
            texts = [part.value for part in given if isinstance(part, ast.Constant)]
            names = [getattr(outbox, part.id) for part in given if isinstance(part, ast.Name) and part.id.isupper()]
            assert texts or names, f"line {node.lineno}: its kind is neither written out nor named"
            yield from [*texts, *names]


def test_every_kind_of_entry_is_known_to_the_projection(package_trees: Mapping[Path, ast.Module]) -> None:
    written = {kind for tree in package_trees.values() for kind in _kinds(tree)}
    assert len(written) > 3
    assert written <= outbox.KINDS, f"say in core/ledger/outbox.py what these bring: {sorted(written - outbox.KINDS)}"
