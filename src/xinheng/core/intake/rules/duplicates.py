"""V10: one decision on one party is one record (文书号重复). Key: authority, decision number, subject.

The same decision with the same content is *unchanged*; with other content, from the agency that handed it in, in a later file,
it is a *correction*. Twice in one file with different content, or different content from another agency, goes back.
This rule looks at rows together, so it is decided while writing, by ``core.ledger.identity``.
"""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018, UPLOAD_RULES
from xinheng.core.intake.rules.rule import Check, rule


@rule(
    "V10",
    Text("同一决定重复且内容不同", "The same decision again, with other content"),
    basis=UPLOAD_RULES,
    since=SINCE_2018,
)
def duplicates(version: ItemVersion) -> Iterator[Check]:  # noqa: ARG001 (decided while writing)
    """Build nothing: see the module."""
    return iter(())


EXPECTED = Text("同一机关、同一文书号、同一主体只有一条", "one row for one authority, decision number and subject")
TWICE = Text(
    "本文件中另有一行是同一决定而内容不同，请核对后只保留正确的一行。",
    "Another row of this file is the same decision with other content: keep the right one.",
)
OTHER_AGENCY = Text(
    "另一单位已报送该决定，内容不同。请与其核对；由原报送单位更正。",
    "Another agency handed in this decision with other content. Agree with it; that agency corrects it.",
)
