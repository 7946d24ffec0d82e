"""Mutated files handed in by the real command, ``xinheng submit``, in a home of their own: the same counts, and as many records as were taken."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.fuzz import course
from tests.fuzz.case import ONE_CHUNK, Result, play
from tests.fuzz.course import Read
from tests.fuzz.sources import Source, sources
from tests.integration.commands import Done, Xinheng, fresh_home
from tests.spec.rules.desk import ENTRIES, OTHER_BODY, PERSON, PUBLIC_BODY, TODAY

COUNTS = ("accepted", "unchanged", "corrected", "rejected", "waiting")
USUAL = (0, 2, 3)  # all taken; unusable; some went back


def submitted(seed: int, numbers: range, *, form: str | None) -> Iterator[tuple[int, Result]]:
    """Hand cases in, one after the other, and yield each with its number and what was wrong with how it ended."""
    with fresh_home() as home, tempfile.TemporaryDirectory() as folder:
        _furnish(home, Path(folder))
        for number in numbers:
            case = play(seed, number, form)
            source = next(one for one in sources() if one.name == case.source)
            file = Path(folder) / f"{number}.dat"
            file.write_bytes(case.data)
            faults, outcome = _handed_in(home, source, case.data, file)
            yield (
                number,
                Result(case.form, case.source, outcome, case.counted, case.steps, (*case.faults, *faults), case.data),
            )


def _furnish(home: Xinheng, folder: Path) -> None:
    register = [
        {"名称": one.name, "统一社会信用代码": one.uscc, "工商注册号": one.reg_no, "组织机构代码": one.org_code}
        for one in ENTRIES
    ]
    agencies = [
        {"uscc": code, "name": f"样例局{place}", "region": "320100"}
        for place, code in enumerate((PUBLIC_BODY, OTHER_BODY))
    ]
    for name, rows in {"register": register, "agencies": agencies}.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    home("subjects", "load", folder / "register.csv")
    grants = [word for item in sorted({one.version.name for one in sources()}) for word in ("--grant", item)]
    home("agencies", "load", folder / "agencies.csv", *grants, "--from", "2026-01-01")


def _handed_in(home: Xinheng, source: Source, data: bytes, file: Path) -> tuple[list[str], str]:
    words = ["submit", source.version.name, file, "--agency", PUBLIC_BODY, "--on", TODAY.isoformat(), "--json"]
    before = home.value("SELECT count(*) FROM record")
    known = home.value("SELECT count(*) FROM store_submission")
    done = home(*words, *(["--profile", source.profile] if source.profile else []), expect=None)
    faults = [f"exit code {done.code}: {done.err[-500:]}"] if done.code not in USUAL else []
    faults += ["a person's number was printed"] if PERSON in done.out + done.err else []
    foreseen = course.run(source, data, chunk_bytes=ONE_CHUNK)
    if done.code == USUAL[1]:
        faults += [f"refused, but foreseen as read: {done.err[-500:]}"] if isinstance(foreseen, Read) else []
        return faults, "refused"
    if not isinstance(foreseen, Read):
        return [*faults, f"taken, but foreseen as refused: {foreseen.reason}"], "read"
    taken = home.value("SELECT count(*) FROM record") - before
    is_new = home.value("SELECT count(*) FROM store_submission") > known
    return [*faults, *_compared(done, foreseen, taken if is_new else None)], "read"


def _compared(done: Done, foreseen: Read, taken: int | None) -> Iterator[str]:
    told: dict[str, Any] = done.json
    if told["received"] != sum(told[name] for name in COUNTS):
        yield f"the counts do not add up: {told}"
    if (
        told["received"] != foreseen.counts.received or told["waiting"] > foreseen.counts.waiting
    ):  # registrations were taken meanwhile
        yield f"handed in {told}, foreseen {foreseen.counts}"
    if taken is not None and taken != told["accepted"] + told["corrected"]:
        yield f"{taken} records came in, but {told}"
