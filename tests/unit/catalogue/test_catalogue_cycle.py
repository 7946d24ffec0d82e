"""The cycle as a table, drafts as text, lines of problems, and two versions side by side."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from xinheng.core.catalogue.compare_item import field_pairs, item_pairs
from xinheng.core.catalogue.cycle import MOVES, OPEN, CycleState, CycleStepKind, cycle_state, may_sign, next_state
from xinheng.core.catalogue.draft import Year, check_draft, moved, signed_item, with_revision, with_terms
from xinheng.core.catalogue.lines import Lines
from xinheng.core.catalogue.load import define, load, provincial_names
from xinheng.core.catalogue.reading import shipped_text

NEXT = Year(label="2031", first_day=dt.date(2031, 1, 1))
S, K = CycleState, CycleStepKind
# state                 opened     asked      taken-back  signed      dropped
TABLE = {
    None:        "        draft      -          -           -           -",
    S.DRAFT:     "        -          asked      -           -           dropped",
    S.ASKED:     "        -          -          draft       signed      dropped",
    S.SIGNED:    "        -          -          -           -           -",
    S.DROPPED:   "        -          -          -           -           -",
}  # fmt: skip


def _draft(name: str) -> str:
    return with_revision(shipped_text("definitions", name), NEXT, basis="文件", source="made up")


@pytest.mark.parametrize(("state", "line"), TABLE.items(), ids=str)
def test_the_table_of_moves_is_complete(state: CycleState | None, line: str) -> None:
    for kind, word in zip(K, line.split(), strict=True):
        found = next_state(state, kind)
        assert (found.value if found else "-") == word, (state, kind)


def test_every_state_is_reached_and_only_open_ones_go_on() -> None:
    assert {move.to for move in MOVES} == set(S)
    assert {move.of for move in MOVES} - {None} == OPEN
    assert [move.kind for move in MOVES if move.second] == [K.SIGNED]


def test_steps_lead_to_their_state_and_others_are_refused() -> None:
    assert cycle_state([K.OPENED, K.ASKED, K.TAKEN_BACK, K.ASKED, K.SIGNED]) is S.SIGNED
    for steps in ([], [K.ASKED], [K.OPENED, K.SIGNED], [K.OPENED, K.ASKED, K.SIGNED, K.DROPPED]):
        with pytest.raises(ValueError, match=r"follow|begins"):
            cycle_state(steps)


def test_the_signer_is_nobody_who_drafted_and_nobody_who_stands_in_for_one() -> None:
    assert may_sign({"b"}, {"a"})
    assert not may_sign({"a"}, {"a"})
    assert not may_sign({"b", "a"}, {"a"})


@pytest.mark.parametrize("name", provincial_names())
def test_every_item_can_be_drafted_and_its_past_stays(name: str) -> None:
    base = load(name)
    text = _draft(name)
    assert check_draft(text, base=base, year=NEXT) == ()
    signed = signed_item(base, [text])
    assert signed.versions[:-1] == base.versions
    assert signed.at(NEXT.first_day).revision.version == "2031"
    assert signed.at(NEXT.first_day - dt.timedelta(days=1)) == base.at(NEXT.first_day - dt.timedelta(days=1))
    assert [pair for pair in field_pairs(base.latest, signed.latest) if pair.kind != "same"] == []


@pytest.mark.parametrize("name", provincial_names())
def test_the_form_changes_terms_of_every_item_and_keeps_its_comments(name: str) -> None:
    text = _draft(name)
    provider = '部门"甲"：乙 # 丙'
    terms = {"openness": "政务共享", "frequency": "每年", "provider": provider, "provider_en": "a: b", "retention_years": "3",
             "retention_basis": "条例: 第一条", "instrument": "某办法 {新}", "article": "第二条"}  # fmt: skip
    changed = with_terms(text, terms)
    assert check_draft(changed, base=load(name), year=NEXT) == ()
    new = define(changed).latest
    assert (new.openness.value, new.frequency, new.provider, new.provider_en) == ("政务共享", "每年", provider, "a: b")
    assert (new.retention_years, new.retention_basis.instrument) == (3, "条例: 第一条")
    assert (new.basis[-1].instrument, new.basis[-1].article) == ("某办法 {新}", "第二条")
    assert {field.openness.value for field in new.fields} == {"政务共享"}
    assert changed.splitlines()[0] == text.splitlines()[0]
    assert {pair.term for pair in item_pairs(load(name).latest, new) if pair.differs} >= {"provider", "basis"}


def test_a_first_day_is_moved_everywhere_and_nothing_else_is() -> None:
    text = _draft("utility-payment") + (
        '  - name: GY_XZ\n    title: 新增项\n    title_en: New\n    type: string\n    openness: 授权查询\n    from: "2031-01-01"\n'
    )
    later = dt.date(2031, 3, 1)
    changed = moved(text, old=NEXT.first_day, new=later)
    year = Year(label="2031", first_day=later)
    assert check_draft(changed, base=load("utility-payment"), year=year) == ()
    assert changed.count("2031-03-01") == 2
    pairs = field_pairs(load("utility-payment").latest, define(changed).latest)
    assert [(pair.name, pair.kind) for pair in pairs if pair.kind != "same"] == [("GY_XZ", "added")]
    assert check_draft(changed, base=load("utility-payment"), year=NEXT)[0].code == "not-of-the-year"


def test_a_problem_is_found_at_its_line() -> None:
    text = shipped_text("definitions", "utility-payment")
    lines = text.split("\n")
    found = Lines(text)
    assert lines[found.at("fields.GY_LB") - 1].strip() == "- name: GY_LB"
    assert "constraints" in lines[found.at("fields.GY_LB.constraints.enum") - 1]
    assert lines[found.at("retention.years") - 1].strip() == "years: 5"
    assert found.at("fields.no-such.role") == found.at("fields")
    assert found.at("no.such.thing") == 1
    assert found.at("line 7") == 7


@pytest.mark.parametrize(
    ("text", "line"), [("a: 1\nb: [", 3), ("a: &x 1\n\nb: *x", 3), ("a:\n" + "[" * 5000, 2), ("", 1)]
)
def test_a_text_that_cannot_be_read_has_the_line_where_reading_ended(text: str, line: int) -> None:
    assert Lines(text).at("anything.at.all") <= line
    assert Lines(text).at("") >= 1


def test_no_two_labels_of_states_steps_and_answers_are_the_same() -> None:
    for kinds in (S, K):
        labels = [one.label for one in kinds]
        assert all(a != b for a, b in itertools.combinations(labels, 2))
