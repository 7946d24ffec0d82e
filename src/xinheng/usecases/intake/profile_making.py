"""Making a delivery profile (制作报送配置): list, show, try on a sample, and save as a new version of the agency's own. Nothing of a sample is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction

from xinheng.core.access import Action, Actor, Target, decide, reach
from xinheng.core.catalogue.draft import LONGEST
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.catalogue.reading import read
from xinheng.core.catalogue.stub import check_reportable
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall, UnusableFile
from xinheng.core.intake.issues import IssueBatch
from xinheng.core.intake.layout import heading_known, layout_by_profile
from xinheng.core.intake.profiles import Profile, ProfileError, define, load_profile, profile_names
from xinheng.core.intake.profiles.load import shipped_profile_text
from xinheng.core.intake.profiles.preview import Preview, PreviewRow, mapped_fields, never_carried, preview
from xinheng.core.intake.read import Chunk, open_table
from xinheng.core.ledger.rows import Origin
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Agency, AgencyProfile
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.intake.preparing import calculator_here
from xinheng.usecases.intake.profiles import NO_PROFILE, defined, newest_of
from xinheng.usecases.intake.receiving import Delivery
from xinheng.usecases.intake.recognising import known_agencies
from xinheng.usecases.intake.rows import views_of
from xinheng.usecases.intake.submit import preparer_for
from xinheng.usecases.intake.views import IssueView
from xinheng.usecases.reach import agencies_within, agency_names
from xinheng.usecases.users import user_named

SAMPLE = 2 << 20
"""Bytes that a sample may have."""
ROWS = 20
"""Rows of a sample that are shown."""
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A profile as it is listed; ``agency`` is empty for one that is shipped, ``number`` the newest version of an agency's own."""

    name: str
    title: Text
    item: str
    agency: str = ""
    agency_name: str = ""
    number: int = 0
    saved_on: dt.date | None = None
    saved_by: str = ""


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A profile as it is shown, with its text, the version of its item, and the versions that an agency's own has had, newest first."""

    row: ProfileRow
    profile: Profile
    version: ItemVersion
    text: str
    history: tuple[tuple[int, dt.date, str, str], ...] = ()
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants a profile to be: of which agency, for which item, its YAML, and why this version is made."""

    agency: str
    item: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TriedProfile:
    """What a profile makes of a sample, and what the rules would say of each shown row."""

    preview: Preview
    issues: dict[int, tuple[IssueView, ...]]


def list_profiles(*, actor: Actor, at: dt.datetime) -> tuple[ProfileRow, ...]:
    """Return the profiles that are shipped, and the own ones of the agencies in the actor's reach."""
    with deed(actor, Action.VIEW_SUBMISSIONS, Target(), about="delivery profiles", asked={}, at=at) as done:
        own = _own_rows([one.pk for one in agencies_within(actor, Action.VIEW_SUBMISSIONS)])
        shipped = (load_profile(name) for name in profile_names())
        found = (*own, *(ProfileRow(one.name, one.title, one.item) for one in shipped))
        done.result = {"profiles": len(found)}
    return found


def own_profiles(actor: Actor) -> tuple[ProfileRow, ...]:
    """Return the own profiles of the agencies for which the actor may hand in, for a form."""
    return _own_rows([one.pk for one in agencies_within(actor, Action.SUBMIT)])


def view_profile(
    name: str, *, agency: str = "", number: int = 0, actor: Actor, at: dt.datetime, on: dt.date
) -> ProfileView:
    """Return a profile: one that is shipped, or an agency's own in its newest or a numbered version. Raises ``Missing``."""
    if not agency:
        return _shipped_view(name, actor, at, on)
    held = _seen(agency, actor)
    target, about = Target(agency=held.uscc, region=held.region_code), f"delivery profile {name} of {agency}"
    with deed(
        actor, Action.VIEW_SUBMISSIONS, target, about=about, asked={"profile": name, "number": number}, at=at
    ) as done:
        kept = newest_of(held, name)
        history = AgencyProfile.objects.filter(agency=held, name=name).select_related("saved_by").order_by("-number")
        chosen = next((one for one in history if one.number == number), kept if not number else None)
        if chosen is None:
            raise Missing(NO_PROFILE)
        done.result = {"number": chosen.number}
    may = decide(actor, Action.SUBMIT, Target(agency=held.uscc, region=held.region_code, item=kept.item)).allowed
    return ProfileView(
        _row(chosen, agency_names([agency]).get(agency, agency)), defined(chosen), load(chosen.item).version(chosen.version), chosen.text,
        tuple((one.number, one.saved_on, one.saved_by.username, one.note) for one in history), may,
    )  # fmt: skip


def headings_of_sample(content: BinaryIO, *, name: str, size: int, item: str, on: dt.date) -> tuple[str, ...]:
    """Return the headings of a sample; raises ``UnusableFile``."""
    if size > SAMPLE:
        raise UnusableFile(_TOO_LARGE)
    return tuple(open_table(content, name=name, size=size, knows=heading_known(load(item).at(on))).header)


def checked(wanted: Wanted, *, actor: Actor, at: dt.datetime, on: dt.date) -> Profile:
    """Return what the text defines for whoever may hand in for the agency; raises ``ProfileError`` at its first problem, ``Refused``, ``UnusableCall``."""
    _, version = _handed_in_by(wanted, actor, at, on)
    return _defined(wanted.text, version, excuses=_may_excuse(actor))


def try_profile(
    wanted: Wanted, content: BinaryIO, *, name: str, size: int, actor: Actor, at: dt.datetime, on: dt.date
) -> TriedProfile:
    """Show what a profile makes of the first rows of a sample, and what the rules say of them; nothing is kept.

    Raises ``ProfileError``, ``UnusableFile``, ``UnusableCall`` or ``Refused``.
    """
    agency, version = _handed_in_by(wanted, actor, at, on)
    profile = _defined(wanted.text, version, excuses=True)
    if size > SAMPLE:
        raise UnusableFile(_TOO_LARGE)
    asked = {"agency": agency.uscc, "item": wanted.item, "profile": profile.name}
    target = Target(agency=agency.uscc, region=agency.region_code, item=wanted.item)
    with deed(actor, Action.SUBMIT, target, about=f"sample for {profile.name}", asked=asked, at=at) as done:
        tried = _tried(profile, version, agency, content, name=name, size=size, on=on)
        done.result = {"rows": len(tried.preview.rows), "with_issues": len(tried.issues)}
    return tried


def save_profile(wanted: Wanted, *, actor: Actor, at: dt.datetime, on: dt.date) -> ProfileRow:
    """Keep a text as the next version of the agency's own profile of its name. Raises ``ProfileError``, ``UnusableCall`` or ``Refused``."""
    agency, version = _handed_in_by(wanted, actor, at, on)
    profile = _defined(wanted.text, version, excuses=_may_excuse(actor))
    asked = {"agency": agency.uscc, "item": wanted.item, "profile": profile.name, "note": wanted.note[:200]}
    target = Target(agency=agency.uscc, region=agency.region_code, item=wanted.item)
    with deed(actor, Action.SUBMIT, target, about=f"delivery profile {profile.name}", asked=asked, at=at) as done:
        Agency.objects.select_for_update().get(pk=agency.pk)
        newest = AgencyProfile.objects.filter(agency=agency, name=profile.name).order_by("-number").first()
        _ensure_new(newest, wanted)
        kept = AgencyProfile.objects.create(
            agency=agency, name=profile.name, number=newest.number + 1 if newest else 1, item=wanted.item, version=version.revision.version,
            text=wanted.text, note=mask(wanted.note.replace("\x00", "").strip())[:500], saved_on=on, saved_at=at,
            saved_by=user_named(actor.name),
        )  # fmt: skip
        done.versions = {"catalogue": f"{wanted.item} {version.revision.version}"}
        done.result = {"profile": profile.name, "number": kept.number}
    return _row(kept, agency_names([agency.uscc]).get(agency.uscc, agency.uscc))


# Reading ---------------------------------------------------------------------------------------------------------------


def _tried(
    profile: Profile, version: ItemVersion, agency: Agency, content: BinaryIO, *, name: str, size: int, on: dt.date
) -> TriedProfile:
    reader = open_table(content, name=name, size=size, knows=heading_known(version, profile))
    layout = layout_by_profile(version, reader.header, profile, agencies=known_agencies(profile))
    delivery = Delivery(agency=agency, version=version, file_name=name, received_on=on)
    preparer = preparer_for(delivery, layout, Origin(0, agency.uscc, on.isoformat()), size)
    raw = next(iter(reader.chunks()), None)
    if raw is None:
        empty = Preview(profile, mapped_fields(profile, version), (), never_carried(profile, version), ())
        return TriedProfile(empty, {})
    chunk: Chunk = raw.parse()
    numbers = [int(row) for row in chunk.rows[:ROWS]]
    seen = preview(
        profile, version, header=reader.header, table=chunk.table.slice(0, ROWS), numbers=numbers, calculator=calculator_here()
    )  # fmt: skip
    with transaction.atomic():
        prepared = preparer.prepare(raw)
    return TriedProfile(seen, _by_row(prepared.issues, version, {row.row: row for row in seen.rows}))


def _by_row(
    batches: Iterable[IssueBatch], version: ItemVersion, rows: dict[int, PreviewRow]
) -> dict[int, tuple[IssueView, ...]]:
    found: dict[int, list[IssueView]] = {}
    for view in views_of(batches, version):
        if view.row in rows or len(found) < ROWS:
            found.setdefault(view.row, []).append(view)
    return {row: tuple(views) for row, views in sorted(found.items())}


def _defined(text: str, version: ItemVersion, *, excuses: bool) -> Profile:
    if len(text) > LONGEST:
        too_long = Text(f"不得超过 {LONGEST} 个字符", f"it must not be longer than {LONGEST} characters")
        raise ProfileError("", too_long)
    name = _name_in(text)
    profile = define(text, name=name, version=version)
    if not _NAME.fullmatch(name) or len(name) > 48 or name in profile_names():
        wrong = Text(
            "名称用小写字母、数字和连接号，不得与平台自带的配置重名",
            "small letters, digits and hyphens, and not the name of a shipped one",
        )
        raise ProfileError("name", wrong)
    held = read(text)
    stands_in = isinstance(held, dict) and "decided_on" in held
    if not excuses and (profile.allowance_reasons or stands_in):
        where = "allowances" if profile.allowance_reasons else "decided_on"
        raise ProfileError(
            where, Text("免填和代用日期须由中心保存", "what excuses a mandatory field is saved by the centre")
        )
    return profile


def _name_in(text: str) -> str:
    found = re.search(r"^name: *[\"']?([^\"'#\n]*)", text, re.MULTILINE)
    return found[1].strip() if found else ""


def _may_excuse(actor: Actor) -> bool:
    """Tell whether somebody may let an agency leave mandatory fields empty: who hands in for all of them, the centre."""
    return reach(actor, Action.SUBMIT).everything


def _handed_in_by(wanted: Wanted, actor: Actor, at: dt.datetime, on: dt.date) -> tuple[Agency, ItemVersion]:
    agency = Agency.objects.filter(uscc=wanted.agency).first()
    if agency is None or wanted.item not in item_names():
        raise Missing(NO_PROFILE)
    target = Target(agency=agency.uscc, region=agency.region_code, item=wanted.item)
    ensure_allowed(actor, Action.SUBMIT, target, about=f"delivery profile of {agency.uscc}", at=at)
    version = load(wanted.item).at(on)
    check_reportable(version)
    return agency, version


def _seen(code: str, actor: Actor) -> Agency:
    agency = Agency.objects.filter(uscc=code).first()
    if (
        agency is None
        or not decide(actor, Action.VIEW_SUBMISSIONS, Target(agency=code, region=agency.region_code)).allowed
    ):
        raise Missing(NO_PROFILE)
    return agency


def _shipped_view(name: str, actor: Actor, at: dt.datetime, on: dt.date) -> ProfileView:
    with deed(
        actor, Action.VIEW_SUBMISSIONS, Target(), about=f"delivery profile {name}", asked={"profile": name}, at=at
    ) as done:
        if name not in profile_names():
            raise Missing(NO_PROFILE)
        held = load_profile(name)
        done.result = {"profile": name}
    version = load(held.item).at(on)
    return ProfileView(ProfileRow(name, held.title, held.item), held, version, shipped_profile_text(name))


def _own_rows(agencies: list[int]) -> tuple[ProfileRow, ...]:
    kept = AgencyProfile.objects.filter(agency_id__in=agencies).select_related("agency", "saved_by")
    newest = kept.order_by("agency", "name", "-number").distinct("agency", "name")
    names = agency_names({one.agency.uscc for one in newest})
    return tuple(_row(one, names.get(one.agency.uscc, one.agency.uscc)) for one in newest)


def _row(kept: AgencyProfile, agency_name: str) -> ProfileRow:
    title = defined(kept).title
    return ProfileRow(
        kept.name, title, kept.item, kept.agency.uscc, agency_name, kept.number, kept.saved_on, kept.saved_by.username
    )


def _ensure_new(newest: AgencyProfile | None, wanted: Wanted) -> None:
    if newest is not None and newest.text == wanted.text:
        raise UnusableCall(_SAME)
    if newest is not None and newest.item != wanted.item:
        raise UnusableCall(_OTHER_ITEM)


_TOO_LARGE = Explanation(
    Text("样例文件过大", "The sample is too large"),
    Text(f"样例不超过 {SAMPLE >> 20} MiB", f"a sample has at most {SAMPLE >> 20} MiB"),
    Text("请只保留前面几十行再试。", "Keep the first rows of it and try again."),
)
_SAME = Explanation(
    Text("没有改动", "Nothing changed"),
    Text("内容与现行版本相同", "it is the version in use"),
    Text("修改后再保存。", "Change it and save again."),
)
_OTHER_ITEM = Explanation(
    Text("名称已用于另一目录", "The name is taken for another item"),
    Text("一个报送配置只对应一个目录", "a profile maps onto one item"),
    Text("请另取名称。", "Take another name."),
)
