"""Mutations of a sheet before it is written: of cells, of rows, of headings. Each says of itself what may change by it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.fuzz.cells import ODD, cell
from tests.fuzz.sources import Sheet
from tests.spec.rules.desk import PERSON

Step = Callable[[Random, Sheet], None]


def change_cells(chance: Random, sheet: Sheet) -> None:
    """Put something nasty into some cells of one row."""
    if not sheet.rows:
        return
    place = chance.randrange(len(sheet.rows))
    for _ in range(chance.randint(1, 3)):
        sheet.rows[place][chance.randrange(len(sheet.rows[place]))] = cell(chance)
    sheet.touched.add(sheet.ids[place])


def double_row(chance: Random, sheet: Sheet) -> None:
    """Repeat a row somewhere."""
    place = chance.randrange(len(sheet.rows))
    _insert(chance, sheet, list(sheet.rows[place]))


def nasty_row(chance: Random, sheet: Sheet) -> None:
    """Insert a row of nothing but nasty cells."""
    _insert(chance, sheet, [cell(chance) for _ in sheet.header])


def blank_row(chance: Random, sheet: Sheet) -> None:
    """Insert a row without anything."""
    _insert(chance, sheet, [""] * len(sheet.header))


def _insert(chance: Random, sheet: Sheet, row: list[str]) -> None:
    place = chance.randint(0, len(sheet.rows))
    number = max(sheet.ids, default=0) + 1
    sheet.rows.insert(place, row)
    sheet.ids.insert(place, number)
    sheet.touched.add(number)


def drop_row(chance: Random, sheet: Sheet) -> None:
    """Leave a row out."""
    if len(sheet.rows) > 1:
        place = chance.randrange(len(sheet.rows))
        del sheet.rows[place], sheet.ids[place]


def shuffle_rows(chance: Random, sheet: Sheet) -> None:
    """Hand the rows in in another order."""
    order = list(range(len(sheet.rows)))
    chance.shuffle(order)
    sheet.rows, sheet.ids = [sheet.rows[at] for at in order], [sheet.ids[at] for at in order]


def shuffle_columns(chance: Random, sheet: Sheet) -> None:
    """Hand the columns in in another order, headings and all."""
    order = list(range(len(sheet.header)))
    chance.shuffle(order)
    sheet.header = [sheet.header[at] for at in order]
    sheet.rows = [[row[at] if at < len(row) else "" for at in order] for row in sheet.rows]


def swap_headings(chance: Random, sheet: Sheet) -> None:
    """Two headings stand above each other's cells."""
    one, other = chance.randrange(len(sheet.header)), chance.randrange(len(sheet.header))
    sheet.header[one], sheet.header[other] = sheet.header[other], sheet.header[one]
    sheet.comparable = sheet.comparable and one == other


def change_heading(chance: Random, sheet: Sheet) -> None:
    """A heading is missing, doubled, or says something else."""
    words = [
        "",
        "  ",
        "备注",
        "不在目录的列",
        "序号",
        "\ufeff",
        "2026-01-01",
        PERSON,
        cell(chance),
        chance.choice(ODD),
        chance.choice(sheet.header),
    ]
    sheet.header[chance.randrange(len(sheet.header))] = chance.choice(words)
    sheet.comparable = sheet.whole = False


def add_columns(chance: Random, sheet: Sheet) -> None:
    """Columns that nobody knows, one or very many."""
    for number in range(chance.choice([1, 1, 2, 60, 1_200])):
        sheet.header.append(chance.choice(["", f"列{number}", cell(chance) if chance.random() < 0.1 else f"x{number}"]))
        for row in sheet.rows:
            row.append(chance.choice(["", "1"]))
    sheet.comparable = sheet.whole = False


def drop_column(chance: Random, sheet: Sheet) -> None:
    """A column is not there, heading and cells."""
    place = chance.randrange(len(sheet.header))
    del sheet.header[place]
    for row in sheet.rows:
        del row[place : place + 1]
    sheet.comparable = False


def title_above(chance: Random, sheet: Sheet) -> None:
    """A row of something above the headings, laid out as they are."""
    sheet.rows.insert(0, sheet.header)
    sheet.ids.insert(0, max(sheet.ids) + 1)
    sheet.header = [chance.choice(["某某局信息表", PERSON, cell(chance), "填报说明"]), *[""] * (len(sheet.header) - 1)]
    sheet.comparable = sheet.whole = False


ROWS: tuple[Step, ...] = (
    change_cells,
    change_cells,
    change_cells,
    double_row,
    nasty_row,
    blank_row,
    drop_row,
    shuffle_rows,
    shuffle_columns,
)
HEADS: tuple[Step, ...] = (swap_headings, change_heading, add_columns, drop_column, title_above)


def mutate(chance: Random, sheet: Sheet) -> Sheet:
    """Return a mutated copy; in most the table stays whole."""
    changed = sheet.copy()
    steps = [chance.choice(ROWS) for _ in range(chance.randint(0, 3))]
    steps += [chance.choice(HEADS)] if chance.random() < 0.25 else []
    for step in steps:
        if changed.rows and changed.header:
            step(chance, changed)
            changed.steps.append(step.__name__)
    return changed
