"""A year of the catalogue: drafted, asked about, answered, signed by a second person; then it judges what is handed in from its first day on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from xinheng.core.catalogue.cycle import CycleState, DraftAnswer
from xinheng.core.catalogue.load import load
from xinheng.core.catalogue.problem import InvalidDefinition
from xinheng.core.errors import Missing, Refused, UnusableCall

from ..office import Office
from ..sheets import PENALTY, TODAY, penalty_sheet
from .conftest import ActorOf

FIRST = dt.date(TODAY.year + 1, 1, 1)
BY = TODAY + dt.timedelta(days=10)
AFTER = BY + dt.timedelta(days=1)
AT = Office.at(TODAY)


def _opened(office: Office, **changes: Any) -> int:
    from xinheng.usecases.catalogue.cycle import open_year

    asked = {"first_day": FIRST, "basis": "苏信用办〔2026〕1号", "actor": office.operator, "at": AT, "on": TODAY}
    return open_year(FIRST.year, **{**asked, **changes})


def _narrowed(office: Office, number: int) -> None:
    """Let the draft say that penalties are open on authorized inquiry only, and are kept for seven years."""
    from xinheng.core.catalogue.draft import with_terms
    from xinheng.usecases.catalogue.cycle import change_item
    from xinheng.usecases.catalogue.views import view_draft

    found = view_draft(number, PENALTY, actor=office.operator, at=AT, on=TODAY)
    terms = {
        "openness": "授权查询",
        "retention_years": "7",
        "retention_basis": "苏信用办〔2026〕1号",
        "frequency": "每月",
    }
    change_item(number, PENALTY, with_terms(found.text, terms), actor=office.operator, at=AT, on=TODAY)


def _asked(office: Office) -> int:
    from xinheng.usecases.catalogue.cycle import ask_departments

    number = _opened(office)
    _narrowed(office, number)
    assert ask_departments(number, answer_by=BY, actor=office.operator, at=AT, on=TODAY) == {PENALTY: 2}
    return number


def _answer(office: Office, person: ActorOf, number: int, agency: str, said: DraftAnswer, text: str = "") -> None:
    from xinheng.usecases.catalogue.cycle import answer

    answer(number, PENALTY, agency, said, text=text, actor=person("department-manager", agency=agency), at=AT, on=TODAY)


def _signed(office: Office, person: ActorOf) -> int:
    from xinheng.usecases.catalogue.cycle import sign
    from xinheng.usecases.catalogue.signed import know_signed_versions

    number = _asked(office)
    for agency in (office.province.agency, office.province.other_agency):
        _answer(office, person, number, agency, DraftAnswer.AGREE)
    sign(number, actor=person("centre-operator", name="second"), at=AT, on=TODAY)
    know_signed_versions(at_once=True)
    return number


def test_a_signed_version_judges_from_its_first_day_and_leaves_what_was_collected_alone(
    office: Office, person: ActorOf
) -> None:
    before = load(PENALTY)
    office.hand_in(office.province.penalty(0))
    _signed(office, person)
    after = load(PENALTY)
    assert after.versions[:-1] == before.versions
    assert after.at(TODAY) == before.at(TODAY)
    new = after.at(FIRST)
    assert (new.revision.version, new.revision.in_force) == (str(FIRST.year), FIRST)
    assert (new.openness.value, new.retention_years, new.frequency) == ("授权查询", 7, "每月")
    assert {field.openness.value for field in new.fields} <= {"授权查询", "政务共享"}
    from xinheng.store.models import Submission

    later = office.submit(penalty_sheet(office.province.penalty(1)), on=FIRST)
    assert Submission.objects.get(pk=later.submission).version == str(FIRST.year)
    assert Submission.objects.earliest("id").version == before.at(TODAY).revision.version
    (record,) = office.records(office.province.penalty(0)["CF_XDR_SHXYM"])
    assert record.version == before.at(TODAY).revision.version


def test_every_step_leaves_a_receipt(office: Office, person: ActorOf) -> None:
    from xinheng.store.models import Receipt

    number = _signed(office, person)
    actions = list(Receipt.objects.filter(asked__year=number).order_by("at", "action").values_list("action", flat=True))
    assert {"draft-catalogue", "answer-draft", "sign-catalogue"} <= set(actions)
    signed = Receipt.objects.get(action="sign-catalogue")
    assert set(signed.facts["definitions"]) == {PENALTY}
    assert signed.basis == "苏信用办〔2026〕1号"


def test_who_drafted_does_not_sign(office: Office, person: ActorOf) -> None:
    from xinheng.store.models import AuditEvent, CatalogueStep, User
    from xinheng.usecases.catalogue.cycle import sign

    number = _asked(office)
    later = Office.at(AFTER)
    with pytest.raises(Refused):
        sign(number, actor=office.operator, at=later, on=AFTER)
    assert AuditEvent.objects.latest("id").allowed is False
    operator = User.objects.get(username="operator")
    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        CatalogueStep.objects.create(year_id=number, kind="signed", at=later, by=operator, first_day=FIRST)


def test_a_colleague_who_stands_in_for_the_drafter_does_not_sign(office: Office, person: ActorOf) -> None:
    from xinheng.store.models import Cover, User
    from xinheng.usecases.catalogue.cycle import sign

    number, second = _asked(office), person("centre-operator", name="second")
    users = {user.username: user for user in User.objects.all()}
    Cover.objects.create(
        principal=users["operator"], deputy=users["second"], valid_from=TODAY, valid_until=AFTER + dt.timedelta(days=9)
    )
    with pytest.raises(Refused):
        sign(number, actor=second, at=Office.at(AFTER), on=AFTER)


def test_it_is_not_signed_before_all_answered_or_their_day_is_over(office: Office, person: ActorOf) -> None:
    from xinheng.usecases.catalogue.cycle import sign

    number, second = _asked(office), person("centre-operator", name="second")
    with pytest.raises(UnusableCall):
        sign(number, actor=second, at=AT, on=TODAY)
    sign(number, actor=second, at=Office.at(AFTER), on=AFTER)


def test_with_an_objection_the_signer_says_why_it_is_not_followed(office: Office, person: ActorOf) -> None:
    from xinheng.usecases.catalogue.cycle import sign
    from xinheng.usecases.catalogue.views import view_year

    number, second = _asked(office), person("centre-operator", name="second")
    _answer(office, person, number, office.province.agency, DraftAnswer.OBJECT, "七年没有上位法依据")
    with pytest.raises(UnusableCall):
        _answer(office, person, number, office.province.agency, DraftAnswer.OBJECT)
    view = view_year(number, actor=second, at=AT, on=TODAY)
    assert [(one.asked, one.agreed, one.objected, one.open) for one in view.drafts] == [(2, 0, 1, 1)]
    with pytest.raises(UnusableCall):
        sign(number, actor=second, at=Office.at(AFTER), on=AFTER)
    sign(number, reason="条例已有规定", actor=second, at=Office.at(AFTER), on=AFTER)


def test_a_later_draft_asks_again(office: Office, person: ActorOf) -> None:
    from xinheng.usecases.catalogue.cycle import ask_departments, take_back
    from xinheng.usecases.catalogue.views import view_year

    number = _asked(office)
    _answer(office, person, number, office.province.agency, DraftAnswer.OBJECT, "期限不妥")
    take_back(number, reason="按意见修改", actor=office.operator, at=AT)
    _narrowed(office, number)
    ask_departments(number, answer_by=BY, actor=office.operator, at=AT, on=TODAY)
    (draft,) = view_year(number, actor=office.operator, at=AT, on=TODAY).drafts
    assert (draft.asked, draft.open) == (2, 2)


def test_no_answer_is_taken_after_its_day_or_from_who_is_not_asked(office: Office, person: ActorOf) -> None:
    from xinheng.store.models import Grant
    from xinheng.usecases.catalogue.cycle import answer

    number, ours, theirs = _asked(office), office.province.agency, office.province.other_agency
    manager = person("department-manager", agency=ours)
    with pytest.raises(UnusableCall):
        answer(number, PENALTY, ours, DraftAnswer.AGREE, actor=manager, at=Office.at(AFTER), on=AFTER)
    with pytest.raises(Refused):
        answer(number, PENALTY, theirs, DraftAnswer.AGREE, actor=manager, at=AT, on=TODAY)
    with pytest.raises(Refused):
        answer(number, PENALTY, ours, DraftAnswer.AGREE, actor=person("data-clerk", agency=ours), at=AT, on=TODAY)
    Grant.objects.filter(agency__uscc=ours, item=PENALTY).update(valid_until=TODAY)
    with pytest.raises(UnusableCall):
        answer(number, PENALTY, ours, DraftAnswer.AGREE, actor=manager, at=AT, on=TODAY)


def test_what_is_signed_is_frozen(office: Office, person: ActorOf) -> None:
    from xinheng.store.models import CatalogueDraft, User
    from xinheng.usecases.catalogue.cycle import change_item, drop
    from xinheng.usecases.catalogue.views import view_year

    number = _signed(office, person)
    assert view_year(number, actor=office.operator, at=AT, on=TODAY).row.state is CycleState.SIGNED
    (draft,) = CatalogueDraft.objects.all()
    with pytest.raises(UnusableCall):
        change_item(number, PENALTY, draft.text, actor=office.operator, at=AT, on=TODAY)
    with pytest.raises(UnusableCall):
        drop(number, reason="不要了", actor=office.operator, at=AT)
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        CatalogueDraft.objects.create(
            year_id=number, item=PENALTY, version="x", text="x", at=AT, by=User.objects.get(username="operator")
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        CatalogueDraft.objects.filter(pk=draft.pk).update(text="x")


def test_a_draft_may_not_name_what_may_not_be_collected_nor_change_the_past(office: Office) -> None:
    from xinheng.usecases.catalogue.cycle import change_item, problems_of
    from xinheng.usecases.catalogue.views import view_draft

    number = _opened(office)
    text = view_draft(number, PENALTY, actor=office.operator, at=AT, on=TODAY).text
    assert problems_of(number, PENALTY, text, actor=office.operator, on=TODAY) == ()
    faith = text + (
        "  - name: CF_ZJXY\n    title: 宗教信仰\n    title_en: Faith\n    type: string\n"
        f'    openness: 政务共享\n    from: "{FIRST}"\n'
    )
    first = load(PENALTY).revisions[0]
    wrong = {
        "never-collect": faith,
        "past-changed": text.replace(f'"{first.in_force}"', '"2001-01-01"', 1),
        "renamed": text.replace(f"name: {PENALTY}\n", "name: another-penalty\n", 1),
        "identity-changed": text.replace("effect: adverse", "effect: favourable", 1),
        "not-of-the-year": text.replace(f'"{FIRST}"', '"2031-01-01"', 1),
        "not-yaml": text + "\n  : [",
        "too-long": text + "#" * 200_001,
    }
    for code, changed in wrong.items():
        assert changed != text
        with pytest.raises(InvalidDefinition) as refused:
            change_item(number, PENALTY, changed, actor=office.operator, at=AT, on=TODAY)
        assert code in {problem.code for problem in refused.value.problems}, code


def test_the_first_day_may_be_moved_while_it_is_asked_about(office: Office) -> None:
    from xinheng.usecases.catalogue.cycle import ask_departments
    from xinheng.usecases.catalogue.views import view_draft, view_year

    number, later = _opened(office), FIRST + dt.timedelta(days=31)
    _narrowed(office, number)
    ask_departments(number, answer_by=BY, first_day=later, actor=office.operator, at=AT, on=TODAY)
    assert view_year(number, actor=office.operator, at=AT, on=TODAY).row.first_day == later
    found = view_draft(number, PENALTY, actor=office.operator, at=AT, on=TODAY)
    assert found.after is not None
    assert found.after.revision.in_force == later


def test_a_second_year_begins_from_what_was_signed(office: Office, person: ActorOf) -> None:
    from xinheng.usecases.catalogue.cycle import change_item, open_year
    from xinheng.usecases.catalogue.views import view_draft

    _signed(office, person)
    with pytest.raises(UnusableCall):  # not after the signed one
        _opened(office)
    next_day = dt.date(FIRST.year + 1, 1, 1)
    number = open_year(
        next_day.year, first_day=next_day, basis="次年文件", actor=office.operator, at=AT, on=TODAY
    )  # fmt: skip
    found = view_draft(number, PENALTY, actor=office.operator, at=AT, on=TODAY)
    assert found.before is not None
    assert found.before.revision.version == str(FIRST.year)
    change_item(number, PENALTY, found.text, actor=office.operator, at=AT, on=TODAY)
    with pytest.raises(UnusableCall):  # one year at a time
        open_year(next_day.year + 1, first_day=next_day, basis="文件", actor=office.operator, at=AT, on=TODAY)


def test_a_city_drafts_and_signs_its_own_catalogue_and_not_the_provinces(office: Office, person: ActorOf) -> None:
    from importlib.resources import files

    from xinheng.usecases.catalogue.cycle import ask_departments, change_item, sign
    from xinheng.usecases.catalogue.signed import know_signed_versions
    from xinheng.usecases.catalogue.views import view_year

    manager = person("region-manager", region="320500")
    second = person("region-manager", region="320500", name="second-of-the-city")
    with pytest.raises(Refused):
        _opened(office, actor=manager)
    with pytest.raises(Refused):
        _opened(office, actor=manager, region="320100")
    number = _opened(office, actor=manager, region="320500")
    name = "suzhou-approval-intermediaries"
    held = files("xinheng.core.catalogue").joinpath("supplements", f"{name}.yaml").read_text(encoding="utf-8")
    text = _as_new_item(held)
    item = text.split("name: ", 1)[1].split("\n", 1)[0]
    change_item(number, item, text, actor=manager, at=AT, on=TODAY)
    with pytest.raises(InvalidDefinition):
        change_item(number, PENALTY, text, actor=manager, at=AT, on=TODAY)
    ask_departments(number, answer_by=BY, actor=manager, at=AT, on=TODAY)
    with pytest.raises(Missing):
        view_year(number, actor=person("data-clerk", agency=office.province.agency), at=AT, on=TODAY)
    sign(number, actor=second, at=AT, on=TODAY)
    know_signed_versions(at_once=True)
    assert load(item).at(FIRST).region == "320500"


def _as_new_item(text: str) -> str:
    """Return a city's definition as a new item whose one revision is that of the year."""
    lines, out, inside = text.splitlines(), [], False
    for line in lines:
        if line.startswith("revisions:"):
            inside = True
            out += [
                "revisions:", f'  - version: "{FIRST.year}"', f'    from: "{FIRST}"', "    basis: 苏州市文件", "    source: made up", '    sure: "D"',
                "    changes: {}",
            ]  # fmt: skip
            continue
        if inside and line and not line.startswith((" ", "#")):
            inside = False
        if not inside:
            out.append(line)
    return "\n".join(out) + "\n"


def test_of_two_requests_to_ask_the_departments_the_later_is_refused(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.usecases.catalogue import cycle

    number = _opened(office)
    _narrowed(office, number)
    lock, asked = cycle._locked, {"answer_by": BY, "actor": office.operator, "at": AT, "on": TODAY}

    def overtaken(year: Any) -> None:
        monkeypatch.setattr(cycle, "_locked", lock)
        cycle.ask_departments(number, **asked)  # another request is done first
        lock(year)

    monkeypatch.setattr(cycle, "_locked", overtaken)
    with pytest.raises(UnusableCall):
        cycle.ask_departments(number, **asked)


def test_a_signature_is_for_the_drafts_that_were_looked_at(
    office: Office, person: ActorOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.usecases.catalogue import cycle

    number = _asked(office)
    lock = cycle._locked

    def overtaken(year: Any) -> None:
        monkeypatch.setattr(cycle, "_locked", lock)
        cycle.take_back(number, reason="再改", actor=office.operator, at=AT)
        cycle.leave_out(number, PENALTY, actor=office.operator, at=AT)
        _narrowed(office, number)
        cycle.ask_departments(number, answer_by=BY, actor=office.operator, at=AT, on=TODAY)
        lock(year)

    monkeypatch.setattr(cycle, "_locked", overtaken)
    with pytest.raises(UnusableCall):
        cycle.sign(number, actor=person("centre-operator", name="second"), at=AT, on=AFTER)


def test_a_persons_number_in_a_note_or_a_filter_is_in_no_receipt(office: Office) -> None:
    from xinheng.core.sample.codes import identity_number
    from xinheng.store.models import Receipt
    from xinheng.usecases.accounts.directory import page_of_accounts
    from xinheng.usecases.catalogue.cycle import change_item
    from xinheng.usecases.catalogue.views import view_draft
    from xinheng.usecases.intake.listing import Wanted

    person, number = identity_number(1), _opened(office)
    text = view_draft(number, PENALTY, actor=office.operator, at=AT, on=TODAY).text
    change_item(number, PENALTY, text, note=f"由 {person} 提出", actor=office.operator, at=AT, on=TODAY)
    page_of_accounts(Wanted(filters={"q": person}), actor=office.operator, at=AT, on=TODAY)
    kept = [str(asked) for asked in Receipt.objects.values_list("asked", flat=True)]
    assert [one for one in kept if person in one] == []
    assert any("由 ****" in one for one in kept)
