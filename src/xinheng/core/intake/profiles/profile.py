"""What a delivery profile (报送配置) is once it is read, and how it lays a file under its item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from xinheng.core.catalogue.headings import fold
from xinheng.core.errors import Explanation, Text, UnusableFile
from xinheng.core.intake.profiles.verbs import NOTHING, Column, Verb
from xinheng.core.intake.read.quoting import listed, quoted
from xinheng.core.intake.rejects import APPENDED_HEADINGS


@dataclass(frozen=True, slots=True)
class Profile:
    """How files of one source become rows of one item.

    ``source`` says who delivers such files. ``fields`` are the fields that are made, in the item's order, each with its
    verb; ``ignored`` the columns that are not used, each with the reason. ``allowances`` are the mandatory fields that
    the source does not carry: an empty one is a note, not a reject (``allowance_reasons`` says why). Where ``publish``
    is false the records are taken and not published, for ``publish_reason``.

    ``may_lack`` are columns that some files of the source do not have. ``headings`` are other headings by which a column is known; where any are
    given, width, case and marks of a heading do not matter. A file with all of ``recognised_by`` is read through this profile unasked.
    ``agency_codes`` are fields that take the code of the known agency which another field names.
    """

    name: str
    title: Text
    item: str
    source: Text
    fields: tuple[tuple[str, Verb], ...]
    ignored: Mapping[str, Text] = field(hash=False)
    allowance_reasons: Mapping[str, Text] = field(hash=False)
    publish_reason: Text | None = None
    may_lack: frozenset[str] = frozenset()
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    recognised_by: tuple[str, ...] = ()
    agency_codes: tuple[tuple[str, str], ...] = ()

    @property
    def allowances(self) -> frozenset[str]:
        """The codes of the mandatory fields that may be empty."""
        return frozenset(self.allowance_reasons)

    @property
    def publish(self) -> bool:
        """Whether records of this source may be published at all."""
        return self.publish_reason is None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every heading that a file of this source has, used ones first."""
        used = dict.fromkeys(column for _, verb in self.fields for column in verb.columns)
        return (*used, *self.ignored)

    def source_column(self, field_name: str) -> str | None:
        """Return the department's own heading from which a field is made; nothing for a constant or where none is."""
        verb = dict(self.fields).get(field_name)
        return verb.columns[0] if verb is not None and verb.columns else None

    @property
    def as_written(self) -> frozenset[str]:
        """The fields that repeat a column as it is."""
        return frozenset(name for name, verb in self.fields if isinstance(verb, Column))

    def fields_of(self, column: str) -> tuple[str, ...]:
        """Return the fields that are made from a heading: what is wrong with its cell is wrong with all of them."""
        return tuple(name for name, verb in self.fields if column in verb.columns)

    def named(self, header: tuple[str, ...]) -> tuple[str, ...]:
        """Return a file's header with the profile's own name for each column that it knows; what it does not know stays as written."""
        if not self.headings:
            return header
        names = {fold(column): column for column in self.columns}
        names |= {fold(heading): column for column, others in self.headings.items() for heading in others}
        return tuple(names.get(fold(heading), heading) for heading in header)

    def knows(self, heading: str) -> bool:
        """Tell whether a text is a heading of this source."""
        return self.named((heading,))[0] in self.columns

    def recognises(self, header: tuple[str, ...]) -> bool:
        """Tell whether a file with this header is plainly one of this source."""
        return bool(self.recognised_by) and frozenset(self.named(header)) >= frozenset(self.recognised_by)

    def made_of(self, header: tuple[str, ...]) -> frozenset[str]:
        """Return the fields that a file with this header can fill."""
        given = frozenset(self.named(header))
        return frozenset(name for name, verb in self.fields if not verb.columns or given & set(verb.columns))

    def mapping_sql(self, header: tuple[str, ...], *, beside: frozenset[str] = frozenset()) -> str:
        """Return the SELECT that makes the fields from a table ``source`` whose columns are c0, c1, … in header order.

        Every row gives one row, in order; every column is text. The two columns that a rejects workbook appends are
        passed over, so that a mended workbook can be handed in as it is; so are columns ``beside``, which are another reader's.

        Raises:
            UnusableFile: a column is missing, unknown or doubled; the explanation names it.
        """
        named = self.named(header)
        self._check(tuple(heading for heading in named if heading not in beside))
        places = {heading: f"c{place}" for place, heading in enumerate(named)}
        places |= {column: NOTHING for column in self.may_lack if column not in places}
        made = ", ".join(f'{verb.sql(places.__getitem__)} AS "{name}"' for name, verb in self.fields)
        return f"SELECT {made} FROM source"  # noqa: S608 (the headings are not in it, and texts are literals)

    def _check(self, header: tuple[str, ...]) -> None:
        given = [heading for heading in header if heading not in APPENDED_HEADINGS]
        doubled = tuple(heading for heading, count in Counter(given).items() if count > 1)
        missing = tuple(column for column in self.columns if column not in given and column not in self.may_lack)
        unknown = tuple(heading for heading in dict.fromkeys(given) if heading not in self.columns)
        if doubled or missing or unknown:
            raise UnusableFile(
                _unusable(self, doubled=doubled, missing=missing, unknown=unknown),
                profile=self.name,
                doubled=tuple(map(quoted, doubled)),
                missing=missing,
                unknown=tuple(map(quoted, unknown)),
            )


def _unusable(
    profile: Profile, *, doubled: tuple[str, ...], missing: tuple[str, ...], unknown: tuple[str, ...]
) -> Explanation:
    kinds = (("缺少", "missing", missing), ("配置中没有", "unknown to it", unknown), ("重复", "doubled", doubled))
    found = [(zh, en, listed(columns, marks=("“", "”"))) for zh, en, columns in kinds if columns]
    return Explanation(
        what=Text(
            f"文件的列与报送配置“{profile.name}”不符："
            + "；".join(f"{zh}{columns.zh}" for zh, _, columns in found)
            + "。",
            f"The columns do not fit the delivery profile {profile.name!r}: "
            + "; ".join(f"{en}: {columns.en}" for _, en, columns in found)
            + ".",
        ),
        why=Text(
            "每一列都须在配置中写明用途，或者写明不用的理由，否则不能确定没有遗漏。",
            "Each column is used or ignored for a reason; otherwise nobody could know that nothing was lost.",
        ),
        mend=Text(
            "请核对是否选错配置；来源确已改版的，请先修改配置。",
            "Check that it is the right profile; if the source has changed its layout, change the profile first.",
        ),
    )
