"""``decide`` against a slow, obvious twin, on random trees of regions, random roles and random targets.

The twin walks: from a region up to its zone's division, its city, its province, one step at a time, and never compares how codes begin.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from xinheng.core.access import Action, Actor, Assignment, Matter, Purpose, Role, Target, decide, is_reached, reach
from xinheng.core.access.decision import ALLOWED, GIVES
from xinheng.core.catalogue.item import Openness
from xinheng.core.standards.regions import regions_on

TODAY = dt.date(2026, 3, 2)
DIVISIONS = {region.code for province in ("32", "33") for region in regions_on(TODAY, under=province)}
SUFFIXES = ("SIP", "SIPX", "A1")
WITHOUT_A_TARGET = {
    Action.SEARCH_PUBLIC, Action.VIEW_PUBLIC, Action.VIEW_FILE, Action.SEARCH, Action.VIEW_AGENCIES,
    Action.VIEW_SUBMISSIONS, Action.VIEW_ISSUES, Action.VIEW_QUESTIONS, Action.VIEW_ACCOUNTS, Action.DELEGATE, Action.VIEW_STOPS,
    Action.VIEW_WORK, Action.VIEW_DRAFTS, Action.VIEW_CORRECTIONS, Action.OWN_MESSAGES,
}  # fmt: skip
APPROVERS = (Role.REVIEWER, Role.DEPARTMENT_MANAGER, Role.CENTRE_OPERATOR)  # on TODAY
NEIGHBOURS = (
    "320500",
    "320508",
    "320583",
    "320582",
    "320100",
    "320106",
    "321000",
    "321003",
    "321100",
    "320000",
    "330100",
)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Some agencies, each in a division or a zone of one; most near each other, so that they meet."""
    near = st.sampled_from(NEIGHBOURS) | st.sampled_from(sorted(DIVISIONS))
    region = st.builds(
        lambda code, suffix: code + suffix, near, st.sampled_from(("", "", *(f"-{s}" for s in SUFFIXES)))
    )
    count = draw(st.integers(1, 8))
    return {f"AGENCY-{number}": draw(region) for number in range(count)}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Actor, Action, Target]:
    """Somebody with up to three roles, an action, and somebody or something that it is about."""
    tree = draw(trees())
    agency, region = st.sampled_from(sorted(tree)), st.sampled_from(sorted({*tree.values(), *NEIGHBOURS}))
    nothing = st.just("")
    held = st.one_of(
        st.builds(Assignment, st.sampled_from(Role), agency),
        st.builds(Assignment, st.sampled_from(Role), nothing, region),
        st.builds(Assignment, st.sampled_from(Role)),
        st.builds(Assignment, st.sampled_from((Role.REPRESENTATIVE, Role.AGENT)), subject=st.sampled_from(("A", "B"))),
        st.builds(Assignment, st.just(Role.PERSON), of_person=st.integers(0, 2)),
    )
    name, other = draw(st.permutations(["li", "wang"]))
    actor = Actor(name, tuple(draw(st.lists(held, max_size=3))), draw(st.sampled_from(["", other])), TODAY)
    whose = draw(st.one_of(nothing, agency))
    where = tree[whose] if whose else draw(st.one_of(nothing, region))
    target = Target(
        agency=whose,
        region=where,
        item="i",
        granted=draw(st.booleans()),
        item_region=draw(st.one_of(nothing, region)),
        openness=draw(st.none() | st.sampled_from(Openness)),
        source=draw(st.one_of(nothing, agency)),
        matter=draw(st.none() | st.builds(Matter, st.sampled_from(Purpose), st.sampled_from(["", "7"]))),
        person=draw(st.sampled_from(["", "li", "wang", "zhao"])),
        role=draw(st.none() | st.sampled_from(Role)),
        subject=draw(st.sampled_from(["", "A", "B"])),
        of_person=draw(st.integers(0, 2)),
        statutory=draw(st.sampled_from(["", "own-request"])),
        asked_by=draw(st.frozensets(st.sampled_from(["li", "zhao"]))),
        standing_in=draw(st.frozensets(st.sampled_from(["li", "zhao"]))),
    )
    return actor, draw(st.sampled_from(Action)), target


def above(code: str) -> list[str]:
    """The region and everything above it."""
    found = [code]
    if "-" in code:
        code = code.split("-")[0]
        found.append(code)
    for step in (f"{code[:4]}00", f"{code[:2]}0000"):
        if step not in found:
            found.append(step)
    return found


def slow_twin(actor: Actor, action: Action, target: Target) -> bool:
    """Yes, where one role at least says yes to everything that is asked of it."""
    about_people = action in (Action.MANAGE_ACCOUNTS, Action.ASSIGN_ROLE, Action.ISSUE_SECRET, Action.LINK_IDENTITY)
    if about_people and target.person != "" and target.person in (actor.name, actor.on_behalf_of):
        return False
    if action is Action.OWN_MESSAGES and target.person != actor.name:
        return False
    if action is Action.SUBMIT and not target.granted:
        return False
    near = [held for held in actor.assignments if action in ALLOWED[held.role] and extends(held, action, target)]
    if action is Action.APPROVE_CORRECTION:
        if {actor.name, actor.on_behalf_of, *target.standing_in} & target.asked_by - {""}:
            return False
        near = [held for held in near if held.role in APPROVERS]
    if action is Action.GRANT_ITEM:
        near = [
            held
            for held in near
            if not held.region or (target.item_region and held.region in above(target.item_region))
        ]
    if action is Action.ASSIGN_ROLE and target.role is not None:
        near = [held for held in near if gives(held, target)]
    if action in (Action.SEARCH_PUBLIC, Action.VIEW_PUBLIC) and target.openness not in (None, Openness.PUBLIC):
        return False
    if action is Action.VIEW_PERSON and target.statutory == "":
        return any(held.of_person != 0 for held in near)
    if action is Action.VIEW_FILE and near:
        return may_see(near, target)
    return bool(near)


def extends(held: Assignment, action: Action, target: Target) -> bool:
    if action is Action.OWN_MESSAGES:  # whose account it is was asked before
        return True
    if action in (Action.VIEW_OWN_FILE, Action.GRANT_AGENT):
        return held.subject != "" and held.subject == target.subject
    if held.subject != "":
        return action in (Action.SEARCH_PUBLIC, Action.VIEW_PUBLIC)
    if held.role is Role.PERSON:
        return action is not Action.VIEW_PERSON or (held.of_person != 0 and held.of_person == target.of_person)
    if held.agency == "" and held.region == "":
        return True
    if target.agency == "" and target.region == "":
        return action in WITHOUT_A_TARGET
    if held.agency:
        return held.agency == target.agency
    return target.region != "" and held.region in above(target.region)


def gives(held: Assignment, target: Target) -> bool:
    if target.role not in GIVES[held.role]:
        return False
    of_the_same_rank = held.region != "" and target.role == held.role and target.region in above(held.region)
    return not of_the_same_rank


def may_see(near: list[Assignment], target: Target) -> bool:
    if target.openness is None or target.openness is Openness.PUBLIC:
        return True
    if target.source and target.source in [held.agency for held in near]:
        return True
    if target.matter is None or target.matter.reference == "":
        return False
    if target.matter.purpose is Purpose.INVESTIGATION:
        return True
    wanted = Purpose.DUTY if target.openness is Openness.GOVERNMENT_SHARING else Purpose.AUTHORIZATION
    return target.matter.purpose is wanted


@settings(max_examples=600)
@given(cases())
def test_decide_agrees_with_the_twin(case: tuple[Actor, Action, Target]) -> None:
    actor, action, target = case
    decision = decide(actor, action, target)
    assert decision.allowed is slow_twin(actor, action, target), decision.reasons
    assert decision.reasons


@settings(max_examples=200)
@given(trees(), cases(), st.sampled_from([Action.VIEW_SUBMISSIONS, Action.VIEW_ISSUES, Action.VIEW_ACCOUNTS]))
def test_a_list_holds_what_one_could_look_at_and_nothing_else(
    tree: dict[str, str], case: tuple[Actor, Action, Target], action: Action
) -> None:
    actor = case[0]
    for agency, region in tree.items():
        alone = decide(actor, action, Target(agency=agency, region=region)).allowed
        assert is_reached(actor, action, agency=agency, region=region) is alone
        far = reach(actor, action)
        assert alone is (far.everything or agency in far.agencies or bool(far.regions & set(above(region))))
