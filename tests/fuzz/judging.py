"""What must hold of every course, whatever the file: counts that add up, a sentence for each bad row, nothing of a person anywhere."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

from tests.fuzz.course import Course, Read, Unusable
from tests.fuzz.sources import Sheet
from tests.spec.rules.desk import PERSON

from xinheng.core.intake.issues import FOUND_LENGTH
from xinheng.core.ledger.rows import COLUMNS
from xinheng.core.standards.resident_id import SEPARATORS

LONGEST_SENTENCE = 2_000
_PERSON = re.compile(f"(?<![0-9]){PERSON}(?![0-9])")
_GAPS = re.compile(f"[{re.escape(SEPARATORS)}]")


def names_a_person(text: str) -> bool:
    """Tell whether the made-up person's number stands in a text by itself, however it is spaced and in whatever width."""
    return _PERSON.search(_GAPS.sub("", unicodedata.normalize("NFKC", text))) is not None if len(text) > 17 else False


def faults_of(course: Course) -> Iterator[str]:
    """Yield what is wrong with a course by itself."""
    yield from (_refusal(course) if isinstance(course, Unusable) else _reading(course))


def _refusal(refused: Unusable) -> Iterator[str]:
    sentences = [*refused.explanation.in_language("zh"), *refused.explanation.in_language("en")]
    if not all(sentence.strip() for sentence in sentences):
        yield f"the refusal {refused.reason} is not filled"
    if max(map(len, sentences)) > LONGEST_SENTENCE:
        yield f"the refusal {refused.reason} has a sentence of {max(map(len, sentences))} characters"
    if any(map(names_a_person, sentences)):
        yield f"the refusal {refused.reason} tells a person's number"


def _reading(read: Read) -> Iterator[str]:
    yield from read.faults
    if len(set(read.rows)) != len(read.rows):
        yield "a row number occurs twice"
    if read.counts.received != len(read.rows):
        yield f"received {read.counts.received}, rows {len(read.rows)}"
    if strange := set(read.told) - set(read.rows):
        yield f"issues for rows that are not there: {sorted(strange)[:5]}"
    rejected = sum(verdict == "reject" for verdict in read.verdicts.values())
    waiting = sum(verdict == "wait" for verdict in read.verdicts.values())
    if waiting != read.counts.waiting or rejected > read.counts.rejected:
        yield f"{rejected} rows with a reason to go back and {waiting} to wait, but {read.counts}"
    yield from _texts(read)


def _texts(read: Read) -> Iterator[str]:
    for row, told in read.told.items():
        for code, column, _, found, words in told:
            if names_a_person(f"{found or ''}") or names_a_person(words):
                yield f"an issue {code} at {column or 'the row'} tells a person's number (row {row})"
            if len(found or "") > FOUND_LENGTH or len(words) > 4 * LONGEST_SENTENCE:
                yield f"an issue {code} at {column} is too long"
    for line in read.lines:
        cells = line.removesuffix("\n").split("\t")
        if len(cells) != len(COLUMNS) or "\n" in line[:-1]:
            yield f"a line for the ledger has {len(cells)} cells"
        elif _broken(cells[COLUMNS.index("fields")].replace("\\\\", "\\")):
            yield "the fields of a line for the ledger are no JSON"
        if names_a_person(line):
            yield "a line for the ledger tells a person's number"
    for fields in read.waiting:
        if _broken(fields):
            yield "a waiting row is no JSON"
        if names_a_person(fields):
            yield "a waiting row tells a person's number"


def _broken(text: str) -> bool:
    try:
        held = json.loads(text)
        return not isinstance(held, dict) or any("\0" in str(cell) for cell in held.values())
    except ValueError:
        return True


def differences(one: Course, other: Course) -> Iterator[str]:
    """Yield in what two courses of one file differ that was cut into other chunks."""
    if isinstance(one, Unusable) or isinstance(other, Unusable):
        if type(one) is not type(other) or one.explanation != other.explanation:  # type: ignore[union-attr]
            yield f"with other chunks: {_shortly(one)} / {_shortly(other)}"
        return
    if sorted(one.rows) != sorted(other.rows):
        yield f"with other chunks other rows: {len(one.rows)} / {len(other.rows)}"
    if one.counts != other.counts:
        yield f"with other chunks other counts: {one.counts} / {other.counts}"
    for row in {*one.told, *other.told}:
        if sorted(map(str, one.told.get(row, []))) != sorted(map(str, other.told.get(row, []))):
            yield f"with other chunks other issues in row {row}: {one.told.get(row)} / {other.told.get(row)}"
    if sorted(one.lines) != sorted(other.lines) or sorted(one.waiting) != sorted(other.waiting):
        yield "with other chunks other records"


def _shortly(course: Course) -> str:
    return (
        f"refused: {course.reason} {course.explanation.why.en[:200]}"
        if isinstance(course, Unusable)
        else f"read {len(course.rows)}"
    )


def against_the_sheet(sheet: Sheet, course: Course, before: Course, base: Sheet) -> Iterator[str]:
    """Yield in what a file whose structure is whole differs from the sheet it was written from, and from what was said before."""
    filled = [number for number, row in zip(sheet.ids, sheet.rows, strict=True) if any(row)]
    if isinstance(course, Unusable):
        if sheet.comparable and filled and isinstance(before, Read):
            yield f"a whole file is refused: {course.reason} {course.explanation.what.en} {course.explanation.why.en}"
        return
    if course.counts.received != len(filled):
        yield f"received {course.counts.received}, but {len(filled)} rows were written"
        return
    if not sheet.comparable or isinstance(before, Unusable):
        return
    here = dict(zip(filled, sorted(course.rows), strict=True))
    there = dict(zip(base.ids, sorted(before.rows), strict=True))
    for number in (set(here) & set(there)) - sheet.touched:
        now, then = course.told.get(here[number], []), before.told.get(there[number], [])
        if sorted(map(str, now)) != sorted(map(str, then)):
            yield f"a row that was not touched is judged otherwise: {then} / {now}"
