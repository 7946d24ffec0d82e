"""A subject's file (信用档案) for officials: what stands on a day, and for those whom the law names what has ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xinheng.core.access import Action, Actor, Matter, Purpose, Target, decide
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.ledger.events import HISTORY
from xinheng.core.ledger.stops import Ground
from xinheng.core.ledger.visibility import ENDED, State, Terms, state_on
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Subject
from xinheng.store.queries.records import StandingRecord, standing_records
from xinheng.store.queries.sources import Source, revisions_of, sightings_of
from xinheng.store.queries.stops import grounds_of
from xinheng.store.queries.subject_changes import NOBODY_AROUND, Around, around
from xinheng.store.queries.subjects import subject_by_code
from xinheng.usecases.deed import deed


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A record in a file, with where it stands on the day.

    ``sources`` say where it comes from, its own row first, then who said the same again; ``corrects`` is the revision that it replaces;
    ``stopped`` why its publication is suspended now.
    """

    record: StandingRecord
    state: State
    sources: tuple[Source, ...]
    corrects: Source | None
    stopped: Ground | None = None


@dataclass(frozen=True, slots=True)
class CreditFile:
    """A subject's file on a day. ``entries`` holds what the reader may see; ``withheld`` counts what is shown for a fitting matter only.

    ``around`` are predecessors and successors, parent and branches: the file points to them, their records stay with them.
    """

    subject: Subject
    names: tuple[tuple[str, bool], ...]
    entries: tuple[FileEntry, ...]
    as_of: dt.date
    receipt: str
    withheld: int = 0
    around: Around = NOBODY_AROUND


def view_file(
    code: str,
    *,
    as_of: dt.date,
    today: dt.date,
    actor: Actor,
    at: dt.datetime,
    matter: Matter | None = None,
    shown_from: dt.date | None = None,
) -> CreditFile:
    """Return the file of the subject with this code as it stood on ``as_of``, seen through today's rules.

    What has ended or was withdrawn by today is shown to nobody but those who may view what has ended. What is not open to society is shown for a
    ``matter`` that its class of openness admits, and to its source agency. The subject sees the look and its matter; ``shown_from`` is the day from
    which it does, where an investigation keeps it until then. Raises ``Missing``, and ``UnusableCall`` where a look is kept back for anything but an
    investigation, or for more than a year.
    """
    _ensure_kept_rightly(matter, shown_from, today)
    asked = {"code": mask(code), "as_of": as_of.isoformat(), **_asked_for(matter)}
    with deed(actor, Action.VIEW_FILE, Target(), about=f"file {mask(code)}"[:200], asked=asked, at=at) as done:
        subject = subject_or_missing(code)
        done.about, done.basis = file_of(subject.uscc), _basis(matter)
        if shown_from is not None:
            done.facts["shown_from"] = shown_from.isoformat()
        all_of_it = decide(actor, Action.VIEW_ENDED, Target()).allowed
        over, held = _over(subject.pk, today), standing_records(subject.pk, as_of=as_of)
        sources, corrected = sources_of(held, as_of=as_of), corrected_of(held, as_of=as_of)
        grounds = grounds_of(record.stopped for record in held if record.stopped is not None)
        current = tuple(
            FileEntry(
                record,
                state_of(record, as_of),
                sources[record.record_key],
                corrected.get(record.record_key),
                grounds.get(record.stopped or 0),
            )
            for record in held
            if all_of_it
            or not (record.record_key in over or ENDED & {state_of(record, today), state_of(record, as_of)})
        )
        entries = tuple(entry for entry in current if is_shown(entry.record, actor, matter))
        names = tuple((held.name, held.current) for held in subject.names.order_by("-current", "id"))
        done.result = {
            "subject": subject.uscc,
            "records": [f"{e.record.record_key}/{e.record.revision}" for e in entries],
            "withheld": len(current) - len(entries),
        }
    assert done.receipt is not None  # noqa: S101 (the deed is over)
    return CreditFile(
        subject, names, entries, as_of, str(done.receipt.pk), len(current) - len(entries), around(subject)
    )


def _asked_for(matter: Matter | None) -> dict[str, str]:
    return {"purpose": matter.purpose.value, "reference": mask(matter.reference)} if matter else {}


def is_shown(record: StandingRecord, actor: Actor, matter: Matter | None) -> bool:
    """Tell whether the openness of a record lets the actor see it in this matter; whether it has ended is another question."""
    openness = load(record.item).version(record.version).openness
    target = Target(item=record.item, openness=openness, source=record.source_agency, matter=matter)
    return decide(actor, Action.VIEW_FILE, target).allowed


def _over(subject_id: int, today: dt.date) -> frozenset[str]:
    """Return the records of a subject that have ended by the terms of today."""
    held = standing_records(subject_id, as_of=today)
    return frozenset(record.record_key for record in held if state_of(record, today) in ENDED)


def sources_of(records: Sequence[StandingRecord], *, as_of: dt.date) -> dict[str, tuple[Source, ...]]:
    """Return, by record of one subject, where it comes from: its own row, then who said the same again by ``as_of``."""
    again = sightings_of(records[0].subject_id, as_of=as_of) if records else {}
    return {record.record_key: (_source(record), *again.get(record.record_key, ())) for record in records}


def corrected_of(records: Sequence[StandingRecord], *, as_of: dt.date) -> dict[str, Source]:
    """Return, by record of one subject, the revision that stood before it; of those only that are a correction."""
    if not any(record.revision for record in records):
        return {}
    known = revisions_of(records[0].subject_id, as_of=as_of)
    earlier = {
        record.record_key: [one for one in known.get(record.record_key, ()) if one.revision < record.revision]
        for record in records
    }
    return {key: revisions[-1] for key, revisions in earlier.items() if revisions}


def _source(record: StandingRecord) -> Source:
    return Source(record.source_agency, record.submission_id, record.row_number, record.received_on, record.revision)


def _basis(matter: Matter | None) -> str:
    return f"{matter.purpose.label.zh}：{mask(matter.reference)}"[:_LONGEST_BASIS] if matter else ""


def _ensure_kept_rightly(matter: Matter | None, shown_from: dt.date | None, today: dt.date) -> None:
    if shown_from is None:
        return
    investigates = matter is not None and matter.purpose is Purpose.INVESTIGATION and bool(matter.reference.strip())
    if not investigates or shown_from > today + _LONGEST_SECRET:
        raise UnusableCall(_NOT_SECRET)


def file_of(code: str) -> str:
    """Return how the audit log names the file of the subject with this code; who looked is found by it."""
    return f"file {code}"


def subject_or_missing(code: str) -> Subject:
    """Return the subject with this code, or raise ``Missing``."""
    subject = subject_by_code(code.strip().upper())
    if subject is None:
        raise Missing(NOBODY)
    return subject


def state_of(record: StandingRecord, day: dt.date) -> State:
    """Return where a record stands on a day."""
    return state_on(terms_of(record), day, retention_years=load(record.item).version(record.version).retention_years)


def terms_of(record: StandingRecord) -> Terms:
    """Return the days of a record that decide where it stands."""
    return Terms(
        record.published, record.first_day, record.last_day, record.decided_on, record.withdrawn_on, record.repaired_on,
        record.stopped is not None, record.detached_on,
    )  # fmt: skip


def shown_record(entry: FileEntry) -> dict[str, Any]:
    """Return an entry as plain data, for ``--json``."""
    record = entry.record
    days = {
        "decided_on": record.decided_on,
        "first_day": record.first_day,
        "shortest_last_day": record.shortest_last_day,
        "last_day": record.last_day,
    }
    return {
        "record": record.record_key, "revision": record.revision, "item": record.item, "state": entry.state.value,
        "decision_number": record.decision_number, "deciding_authority": record.deciding_authority, "source_agency": record.source_agency,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "instrument": record.instrument, "submission": record.submission_id, "row": record.row_number,
        "received_on": record.received_on.isoformat(), "imported": record.channel == HISTORY,
        "confirmed_severity": record.severity, "fields": record.fields, "sources": [_shown_source(one) for one in entry.sources],
        "corrects": _shown_source(entry.corrects) if entry.corrects else None,
        "stopped": {"stop": record.stopped, "zh": entry.stopped.wording.zh, "en": entry.stopped.wording.en} if entry.stopped else None,
    }  # fmt: skip


def _shown_source(source: Source) -> dict[str, Any]:
    return {**source._asdict(), "received_on": source.received_on.isoformat()}


_LONGEST_BASIS = 300  # characters
_LONGEST_SECRET = dt.timedelta(days=366)
_NOT_SECRET = Explanation(
    Text("不能对当事主体暂不显示这次查看", "This look cannot be kept from the subject"),
    Text("只有依法调查可以暂不显示，且最长一年", "only an investigation under law may, for a year at the most"),
    Text("请写明调查的案号，并将显示日期定在一年以内。", "Give the number of the case, and a day within a year."),
)
NOBODY = Explanation(
    Text("登记库中没有该代码的主体", "The register has no subject with this code"),
    Text("代码可能有误，或登记信息尚未到达", "the code may be wrong, or the registration has not arrived yet"),
    Text(
        "请用 xinheng identify 核对代码，或用 xinheng search 按名称查询。",
        "Check it with xinheng identify, or look by name with xinheng search.",
    ),
)
