"""S11: of a required group at least one cell is filled (必填分组): one of the unified code, the registration number, the organisation code.

Real catalogues have them beside the mandatory fields; which fields stand together the item's definition says (``groups``). Codes are not asked of a
row that its name alone attached (W03), or a person: whose it is, is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import REQUIRED_GROUPS, SINCE_2018
from xinheng.core.intake.rules.rule import About, Check, Level, quoted, rule
from xinheng.core.subjects.by_name import BY_NAME

_CODES = frozenset(
    {
        "uscc",
        "registration_number",
        "organization_code",
        "taxpayer_number",
        "institution_number",
        "social_organization_number",
        "tax_number",
    }
)


@rule(
    "S11",
    Text("必填分组全空", "A required group is empty"),
    basis=REQUIRED_GROUPS,
    since=SINCE_2018,
    about=About.ORGANISATIONS,
)
def groups(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each group; it is told at the group's first field."""
    for group in version.groups:
        members = [version.field(name) for name in group]
        where = " AND ".join(f"{quoted(member)} IS NULL" for member in members)
        if version.effect in BY_NAME and {member.role for member in members} <= _CODES:
            where += " AND subject IS NULL"
        titles = Text("、".join(m.title for m in members), ", ".join(m.title_en for m in members))
        expected = Text(f"以下至少填一项：{titles.zh}", f"at least one of: {titles.en}")
        yield Check("S11", Level.REJECT, members[0].name, where, expected, _MEND)


_MEND = Text("请至少补填其中一项后重新报送。", "Fill in one of them at least and hand the row in again.")
