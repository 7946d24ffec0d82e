"""Recognising the layout of a file (版式识别): one in the layout of 2015–2018 is read through its profile, though nobody named it."""

from __future__ import annotations

from dataclasses import replace

from xinheng.core.catalogue.load import load
from xinheng.core.errors import Text
from xinheng.core.intake.profiles import Profile, recognise
from xinheng.core.intake.profiles.preview import never_carried
from xinheng.core.intake.read import TableReader
from xinheng.core.standards.names import name_key
from xinheng.store.models import AgencyName
from xinheng.usecases.intake.receiving import Delivery


def recognised(reader: TableReader, delivery: Delivery) -> Delivery:
    """Return the delivery with the profile by which its file is read: the one that was named, or the one whose layout it plainly has."""
    found = None if delivery.profile else recognise(delivery.version.name, reader.header)
    return delivery if found is None else replace(delivery, profile=found.name)


def layout_notes(held: Profile | None) -> tuple[Text, ...]:
    """Return what is to be noted of a file in a layout that is recognised: through which profile it was read and what the layout never carries."""
    if held is None or not held.recognised_by:
        return ()
    never = [field for field, _ in never_carried(held, load(held.item).latest)]
    zh, en = "、".join(field.title for field in never), ", ".join(field.title_en for field in never)
    return (
        Text(
            f"按“{held.title.zh}”读取（报送配置 {held.name}）；旧版式没有或者可以不填：{zh}",
            f"Read as {held.title.en!r} (profile {held.name}); never or not always carried: {en}",
        ),
    )


def known_agencies(profile: Profile) -> dict[str, str]:
    """Return the codes of known agencies by the key of their present and former names; nothing where the profile does not ask.

    A name that two agencies bear or bore names neither.
    """
    if not profile.agency_codes:
        return {}
    owners: dict[str, set[str]] = {}
    for name, code in AgencyName.objects.values_list("name", "agency__uscc"):
        owners.setdefault(name_key(name), set()).add(code)
    return {name: next(iter(codes)) for name, codes in owners.items() if len(codes) == 1}
