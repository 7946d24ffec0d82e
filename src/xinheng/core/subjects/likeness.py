"""How alike two names are (相似): what a candidate is ordered by and explained with."""

from __future__ import annotations

from xinheng.core.errors import Text
from xinheng.core.standards.names import name_key
from xinheng.core.subjects.candidates import Likeness
from xinheng.core.subjects.telling import LONGEST, all_pairs


def likeness(a: str, b: str) -> Likeness:
    """Compare two names: ``same`` where only their writing differs, otherwise ``ask`` with the share of pairs of characters that both have."""
    left, right = name_key(a)[:LONGEST], name_key(b)[:LONGEST]
    if left and left == right:
        return Likeness("same", 1.0, Text("名称一致", "the name is the same"))
    here, there = set(all_pairs(left)), set(all_pairs(right))
    score = 2 * len(here & there) / (len(here) + len(there)) if here or there else 0.0
    return Likeness("ask", score, Text(f"名称不同，相似度 {score:.0%}", f"another name, {score:.0%} alike"))
