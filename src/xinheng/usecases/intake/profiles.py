"""Which delivery profile reads a file (报送配置): one that is shipped, or a version of the agency's own.

A submission names its profile for ever: ``NAME`` is a shipped one, ``NAME@NUMBER`` a version of the agency's, which never changes.
"""

from __future__ import annotations

from functools import lru_cache

from xinheng.core.catalogue.load import load
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.core.intake.profiles import Profile, define, load_profile, profile_names
from xinheng.store.models import Agency, AgencyProfile


def profile_for(agency: Agency, name: str) -> str:
    """Return the exact name of the profile that is meant: the newest version of an agency's own where none is named. Raises ``UnusableCall``."""
    if name in profile_names():
        return name
    own, _, number = name.partition("@")
    kept = AgencyProfile.objects.filter(agency=agency, name=own)
    kept = kept.filter(number=int(number)) if number.isdecimal() and len(number) < 10 else kept
    newest = kept.order_by("-number").first() if not number or number.isdecimal() else None
    if newest is None:
        return load_profile(name).name
    return exact_name(newest)


def profile_of(agency: Agency, name: str) -> Profile | None:
    """Return the profile of an exact name, nothing for none; raises ``UnusableCall`` where there is no such profile."""
    if not name:
        return None
    own, _, number = name.partition("@")
    if not number.isdecimal():
        return load_profile(name)
    kept = AgencyProfile.objects.filter(agency=agency, name=own, number=int(number)).first()
    return defined(kept) if kept else load_profile(name)


def newest_of(agency: Agency, name: str) -> AgencyProfile:
    """Return the newest version of an agency's own profile; raises ``Missing``."""
    kept = AgencyProfile.objects.filter(agency=agency, name=name).order_by("-number").first()
    if kept is None:
        raise Missing(NO_PROFILE)
    return kept


def defined(kept: AgencyProfile) -> Profile:
    """Return what a kept version defines, against the version of the item for which it was made."""
    return _defined(kept.text, kept.name, kept.item, kept.version)


def exact_name(kept: AgencyProfile) -> str:
    """Return the name by which a submission tells the version that read it."""
    return f"{kept.name}@{kept.number}"


@lru_cache(maxsize=256)
def _defined(text: str, name: str, item: str, version: str) -> Profile:
    return define(text, name=name, version=load(item).version(version))


NO_PROFILE = Explanation(
    Text("没有这个报送配置", "There is no such delivery profile"),
    Text("名称可能有误，或者不在您的职责范围内", "the name may be wrong, or it is outside your remit"),
    Text("请在报送配置列表中查看。", "See the list of delivery profiles."),
)
