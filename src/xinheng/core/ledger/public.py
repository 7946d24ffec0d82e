"""What the public is shown of a subject and of a record: only what may be public, only while it may.

For the portal and for ``xinheng search``. Legal basis: GB/T 41196-2021; administrative penalty law article 48.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from xinheng.core.errors import Text

NO_END = dt.date(2099, 12, 31)
"""How the national layout writes that there is no end."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One subject found: ``code`` is its USCC, ``records`` how many of its records are public on the day."""

    code: str
    name: str
    kind: str
    status: str
    address: str
    records: int
    former_name: str = ""  # filled where the search met a former name


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits; ``total`` is exact, unless there are ``more``: then it is how many are listed, the first in order.

    A one-person business is among them by its full name or its code only. A ``personal`` number was not looked up: the page does not say it again.
    """

    query: str
    page: int
    pages: int
    total: int
    hits: tuple[Hit, ...]
    more: bool = False
    personal: bool = False


@dataclass(frozen=True, slots=True)
class PublicField:
    """A field shown: its code, its two names, its value; ``withheld`` explains an absent value.

    The value is text as its agency wrote it, a day, or words of the platform in both languages (a code, an amount).
    What stands among the attributes of ``PublicEntry`` (decision number, date, authority, source) is not repeated here.
    """

    name: str
    title: str
    title_en: str
    value: str | dt.date | Text
    withheld: str = ""  # reason key: 'text-not-reviewed'


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """One record as the public sees it: source, basis, first and last day."""

    key: str  # for the address of its page
    item: str
    item_title: str
    item_title_en: str
    decision_number: str
    decided_on: dt.date
    deciding_authority: str
    deciding_authority_code: str
    source_agency: str
    source_agency_code: str
    kinds: tuple[str, ...]
    first_day: dt.date
    shortest_last_day: dt.date | None
    last_day: dt.date
    publication_basis: Text  # citation of the instrument
    publication_reasons: tuple[Text, ...]  # sentences, in their order
    received_on: dt.date
    fields: tuple[PublicField, ...]
    revision: int
    reported_by: tuple[tuple[str, str], ...] = ()  # other agencies that reported the same decision: name and code
    corrects: dt.date | None = None  # when the version came in that this one replaces
    repair: bool = True  # whether it may end early by credit repair as penalties do; a list has its own ways out

    @property
    def version_number(self) -> int:
        """How many versions there have been, this one included."""
        return self.revision + 1

    @property
    def open_ended(self) -> bool:
        """Whether it is shown without an end, as a permit without one is."""
        return self.last_day >= NO_END


class Feed(NamedTuple):
    """Until which day an item was fed: its Chinese title, the day (nothing where never), its English title.

    Of an item that is published in part ``only`` names what is; it has no day, because a file may hold none of that part. Nor has one whose
    publication an emergency stop suspends: ``stopped`` says why, in its public wording.
    """

    title: str
    until: dt.date | None
    title_en: str = ""
    only: tuple[Text, ...] = ()
    stopped: Text | None = None


@dataclass(frozen=True, slots=True)
class PublicSubject:
    """A subject's public page on a day; ``fed`` says until when each item was fed (absence is not innocence).

    ``stopped_agencies`` names the agencies whose records no page shows now, with the public wording; it is the same on every subject's page.
    """

    code: str
    name: str
    kind: str
    status: str
    address: str
    established_on: dt.date | None
    former_names: tuple[tuple[str, dt.date | None, dt.date | None], ...]
    entries: tuple[PublicEntry, ...]
    fed: tuple[Feed, ...]
    on: dt.date
    stopped_agencies: tuple[tuple[str, Text], ...] = ()
