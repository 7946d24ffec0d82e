"""``compare``: do two names mean one organisation — ``same``, ``ask`` or ``different``, and why, part by part (名称比对).

Every part gives findings; what a finding weighs and which verdict it leaves open stands in ``data/weights.yaml``. The verdict is the worst that
any finding leaves open, and worse where the points of doubt add up. Findings are facts about two texts, never about an organisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from xinheng.core.errors import Text
from xinheng.core.names.branch_findings import about_branches
from xinheng.core.names.bulk import collector_at_rest
from xinheng.core.names.characters import fold
from xinheng.core.names.cores import Difference, differences, shared_in_order
from xinheng.core.names.form_findings import about_forms
from xinheng.core.names.place_findings import about_places
from xinheng.core.names.reading import Reading, read
from xinheng.core.names.weights import ORDER, Weight, limits, weights


class Verdict(StrEnum):
    """What names alone can say."""

    SAME = "same"
    ASK = "ask"
    DIFFERENT = "different"

    @property
    def label(self) -> Text:
        """Return the verdict in words."""
        return {
            Verdict.SAME: Text("同一单位", "the same organisation"),
            Verdict.ASK: Text("需人工核对", "a person has to look"),
            Verdict.DIFFERENT: Text("不是同一单位", "two organisations"),
        }[self]


class Finding(NamedTuple):
    """One thing that was found about a part of two names: its weight, and what stands on either side."""

    weight: Weight
    a: str
    b: str

    @property
    def code(self) -> str:
        """The finding's code in ``data/weights.yaml``: part, dot, what was found."""
        return self.weight.code

    @property
    def says(self) -> Text:
        """Return the finding as a sentence."""
        says = self.weight.says
        return Text(says.zh.replace("{a}", self.a or "（无）").replace("{b}", self.b or "（无）"),
                    says.en.replace("{a}", self.a or "(none)").replace("{b}", self.b or "(none)"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on two names. ``score`` is between 0 and 1, for ranking candidates of one name; it is no probability.

    ``points_to`` says what one is to the other where they are not the same: ``branch`` (one is a branch of the other), ``group`` (one is the group
    that the other may belong to), ``former`` (one notes the other as its former name), or empty.
    """

    verdict: Verdict
    score: float
    findings: tuple[Finding, ...]
    points_to: str = ""

    @property
    def why(self) -> Text:
        """Return the findings that decided, in one sentence; those that say that a part is the same only where nothing else does."""
        telling = [finding for finding in self.findings if finding.weight.points] or list(self.findings)
        return Text(
            "；".join(finding.says.zh for finding in telling), "; ".join(finding.says.en for finding in telling)
        )


_POINTERS = {"branch.parent": "branch", "group.member": "group", "inner.member": "group", "former.equal": "former"}
_VERDICTS = tuple(Verdict(word) for word in ORDER)


def compare(a: str, b: str) -> Comparison:
    """Compare two names of organisations. Symmetric; never raises; the same text twice is ``same`` unless it names nothing or reads like a person.

    >>> compare("中国工商银行苏州分行", "工行苏州分行").verdict.value
    'same'
    """
    one, other = read(fold(a)), read(fold(b))
    return _judged(_findings(one, other, written=a != b))


def compare_pairs(a: Sequence[str], b: Sequence[str]) -> list[Comparison]:
    """Compare names in pairs, row by row; as :func:`compare`, and faster than one by one."""
    with collector_at_rest():
        return [compare(one, other) for one, other in zip(a, b, strict=True)]


def compare_read(one: Reading, other: Reading) -> Comparison:
    """Compare two names that were read before, as an index does."""
    return _judged(_findings(one, other, written=one.text != other.text))


def as_written(a: str, b: str) -> Comparison:
    """Return the comparison of two names of an organisation that are known to be written alike but for widths, brackets and the like."""
    return _judged([("text.written" if a != b else "text.equal", a, b)])


def _judged(found: list[Difference]) -> Comparison:
    table = weights()
    findings = tuple([Finding(table[code], a, b) for code, a, b in found])
    points, worst = 0.0, 0
    for finding in findings:
        weight = finding.weight
        points += weight.points
        if weight.at_most > worst:
            worst = weight.at_most
    same, ask = limits()
    if points > same:
        worst = max(worst, 1 if points <= ask else 2)
    return Comparison(_VERDICTS[worst], 2.0**-points, findings, _pointer(findings) if worst else "")


def _pointer(findings: Iterable[Finding]) -> str:
    """What one points to: only where nothing else makes them two."""
    apart = [
        finding.code for finding in findings if finding.weight.at_most == len(ORDER) - 1 or finding.code in _POINTERS
    ]
    return _POINTERS.get(apart[0], "") if len(apart) == 1 else ""


def _findings(one: Reading, other: Reading, *, written: bool) -> list[Difference]:
    if one.person or other.person:
        return [("text.person" if one.text == other.text else "text.person-other", one.text, other.text)]
    if not one.comparable or not other.comparable:
        return [("text.insufficient", one.text, other.text)]
    if one.text == other.text:
        return [("text.written" if written else "text.equal", one.text, other.text)]
    if other.text == one.former or one.text == other.former:
        return [("former.equal", one.text, other.text)]
    return _by_parts(one, other)


def _by_parts(one: Reading, other: Reading) -> list[Difference]:
    cores = differences((one.core, one.brand_length, one.trade), (other.core, other.brand_length, other.trade))
    if cores and cores[0][0] in ("brand.apart", "brand.longer") and (short := _possible_short(one, other)):
        return [short, *about_branches(one, other)]
    return [
        *about_places(one, other),
        *cores,
        *about_forms(one, other),
        *about_branches(one, other),
        *_about_whole(one, other),
    ]


def _about_whole(one: Reading, other: Reading) -> list[Difference]:
    found = list[Difference]()
    if one.known and other.known and one.known != other.known and one.short_certain and other.short_certain:
        found.append(("short.apart", one.known, other.known))
    if one.remark != other.remark:
        found.append(("note.other", one.remark, other.remark))
    if one.short != other.short:
        certain = one.short_certain and other.short_certain
        found.append(("short.known" if certain else "short.usual", one.short or one.core, other.short or other.core))
    return found


def _possible_short(one: Reading, other: Reading) -> Difference | None:
    """A short name takes characters of the full one in their order and begins as it does: 邵阳液压 of 邵阳维克液压股份有限公司."""
    for short, full in ((one, other), (other, one)):
        size = len(short.text)
        if short.form or short.branches or not 2 <= size <= 6 or not full.form or len(full.text) < size + 2:
            continue
        begins = short.text[0] in (full.text[0], full.core[:1])
        if begins and shared_in_order(short.text, full.text) == size:
            return "short.possible", one.text, other.text
    return None
