"""The table of judgements: what may follow on what, complete; and what counts as evidence."""

from __future__ import annotations

import itertools

import pytest

from xinheng.core.subjects.judgement import TRANSITIONS, Standing, Step, Verdict, after, is_evidence

N, S, D, U = Standing.OPEN, Standing.SAME, Standing.DIFFERENT, Standing.UNSURE
# where the pair stands     same   different  unsure  reverse
TABLE = {
    N:                     (S,     D,         U,      None),  # nothing to reverse
    U:                     (S,     D,         None,   N),
    D:                     (None,  None,      None,   N),  # undone before anything else is said
    S:                     (None,  None,      None,   N),
}  # fmt: skip
NAME = "金陵样例（江苏）钢铁有限公司"


def test_every_step_from_every_standing_is_decided() -> None:
    assert set(TABLE) == set(Standing)
    for standing, step in itertools.product(Standing, Step):
        assert after(standing, step) is TABLE[standing][list(Step).index(step)], (standing, step)
    assert set(TRANSITIONS.values()) == set(Standing)


def test_a_verdict_leads_to_the_standing_of_its_name_and_every_judgement_can_be_reversed() -> None:
    assert {verdict.value for verdict in Verdict} == {standing.value for standing in Standing} - {"open"}
    for verdict in Verdict:
        assert after(Standing(verdict.value), Step.REVERSE) is N
        assert verdict.label.zh
        assert verdict.label.en


# text                                       is evidence
EVIDENCE = [
    ("决定书所载住所与登记住所一致",               True),
    ("已核对执照",                            True),
    ("same address as in the licence",       True),
    ("",                                     False),
    ("  \u3000 ",                            False),
    ("…………",                                 False),
    ("同同同同同",                             False),
    ("同一",                                  False),
    (NAME,                                   False),
    (" 金陵样例(江苏)钢铁有限公司 ",                False),
    ("\u202e\u202c\u202e",                   False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "counts"), EVIDENCE)
def test_a_name_or_a_few_signs_are_no_evidence(text: str, counts: bool) -> None:
    assert is_evidence(text, names=(NAME,)) is counts
