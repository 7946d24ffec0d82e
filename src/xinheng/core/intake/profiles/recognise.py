"""Recognising a layout (版式识别): a file in a layout that was once everybody's needs nobody to name its profile."""

from __future__ import annotations

from functools import cache

from xinheng.core.intake.profiles.load import load_profile, profile_names
from xinheng.core.intake.profiles.profile import Profile


@cache
def recognisable(item: str) -> tuple[Profile, ...]:
    """Return the profiles of an item whose files are told by their headings."""
    held = (load_profile(name) for name in profile_names())
    return tuple(profile for profile in held if profile.item == item and profile.recognised_by)


def recognise(item: str, header: tuple[str, ...]) -> Profile | None:
    """Return the profile whose layout a file of ``item`` with this header plainly has, or nothing."""
    return next((profile for profile in recognisable(item) if profile.recognises(header)), None)
