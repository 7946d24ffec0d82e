"""What two names say about branches: which branch it is, or whose (分支机构的比对)."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.names.branches import Branch
from xinheng.core.names.characters import nearly_sound_alike, shape_alike
from xinheng.core.names.cores import Difference
from xinheng.core.names.places import relation
from xinheng.core.names.reading import Reading


def about_branches(one: Reading, other: Reading) -> Iterator[Difference]:
    """Yield what is found about the branches of two names."""
    if not one.branches and not other.branches:
        return
    a, b = (" ".join(branch.text for branch in reading.branches) for reading in (one, other))
    if not one.branches or not other.branches:
        yield "branch.parent", a, b
    elif a == b:
        yield "branch.equal", a, b
    else:
        yield _differ(one.branches, other.branches), a, b


def _differ(one: tuple[Branch, ...], other: tuple[Branch, ...]) -> str:
    found = _which(one[-1], other[-1])
    if found == "branch.written" and len(one) > 1 and len(other) > 1 and _which(one[-2], other[-2]) == "branch.apart":
        return "branch.apart"
    if found == "branch.written" and len(one) != len(other) and not (one[-1].codes or one[-1].label):
        return "branch.near"
    return found


def _which(a: Branch, b: Branch) -> str:
    if a.kind != b.kind:
        return "branch.apart"
    if a.number is not None and b.number is not None and a.number != b.number:
        return "branch.apart"
    findings = [_where(a, b), _labels(a, b)]
    if (a.number is None) != (b.number is None):
        findings.append("branch.near" if a.codes and b.codes else "branch.unsaid")
    order = ("branch.apart", "branch.unsaid", "branch.near", "branch.written")
    return min(findings, key=order.index)


def _where(a: Branch, b: Branch) -> str:
    if a.codes and b.codes:
        return {"equal": "branch.written", "within": "branch.near", "apart": "branch.apart"}[relation(a.codes, b.codes)]
    if not a.codes and not b.codes:
        return "branch.written"
    placed, other = (a, b) if a.codes else (b, a)
    if other.label == placed.place + placed.label:
        return "branch.written"
    if not other.label and other.number is None:
        return "branch.unsaid"
    return "branch.near" if other.label == placed.label or other.number is not None else "branch.apart"


def _labels(a: Branch, b: Branch) -> str:
    x, y = a.label, b.label
    if x == y or bool(a.codes) != bool(b.codes):
        return "branch.written"
    if not x or not y:
        return "branch.near" if a.codes and b.codes else "branch.unsaid"
    slips = [(m, n) for m, n in zip(x, y, strict=False) if m != n]
    alike = len(x) == len(y) and len(slips) == 1 and (shape_alike(*slips[0]) or nearly_sound_alike(*slips[0]))
    return "branch.near" if alike or x in y or y in x else "branch.apart"
