from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from xinheng.core.sample.agencies import AGENCIES, CREDIT_CENTRE
from xinheng.core.sample.defects import DEFECTS
from xinheng.core.sample.layouts import Layout
from xinheng.core.sample.organisations import REGISTER_COLUMNS
from xinheng.core.sample.write import MOST_ROWS_OF_A_FILE, file_plans

CODE = "行政相对人代码_1(统一社会信用代码)"


def by_row(sample: Any) -> dict[tuple[str, int], dict[str, str]]:
    return {(truth["file"], int(truth["row"])): truth for truth in sample.outputs.records("truth.csv")}


def data_rows(sample: Any) -> dict[tuple[str, int], list[str]]:
    found = {}
    for name in sample.penalty_files:
        for number, row in enumerate(sample.outputs.rows(name)[1:], start=2):
            found[name, number] = row
    return found


def test_the_same_seed_gives_the_same_bytes(sample: Any, make_sample: Any) -> None:
    assert make_sample().outputs.kept == sample.outputs.kept


def test_the_size_of_blocks_changes_no_byte(sample: Any, make_sample: Any) -> None:
    assert make_sample(block_rows=333).outputs.kept == sample.outputs.kept


def test_another_seed_gives_other_organisations_and_other_rows(sample: Any, make_sample: Any) -> None:
    other = make_sample(seed=6)
    codes = {row["uscc"] for row in sample.outputs.records("register.csv")}
    assert len(codes & {row["uscc"] for row in other.outputs.records("register.csv")}) < 10


def test_more_records_leave_the_register_as_it_is(sample: Any, make_sample: Any) -> None:
    assert make_sample(records=10).outputs.kept["register.csv"] == sample.outputs.kept["register.csv"]


def test_outputs_are_register_agencies_penalties_truth_summary_and_readme(sample: Any) -> None:
    fixed = {"register.csv", "agencies.csv", "truth.csv", "summary.json", "README.txt"}
    assert set(sample.outputs.kept) == fixed | set(sample.penalty_files)
    assert "虚构" in sample.outputs.text("README.txt")
    assert "made up" in sample.outputs.text("README.txt")


def test_the_register_has_its_header_and_every_organisation(sample: Any) -> None:
    header, *rows = sample.outputs.rows("register.csv")
    assert tuple(header) == REGISTER_COLUMNS
    assert len(rows) == sample.summary.organisations == 3000
    assert all(len(row) == len(header) for row in rows)


def test_agencies_are_written_with_region_and_kind(sample: Any) -> None:
    rows = sample.outputs.records("agencies.csv")
    assert len(rows) == len(AGENCIES) == sample.summary.agencies
    assert {row["kind"] for row in rows} == {"机关", "事业单位"}


def test_every_record_stands_in_one_file(sample: Any) -> None:
    assert len(data_rows(sample)) == sample.summary.records == 4000
    assert sum(file.rows for file in sample.summary.files) == 4000
    assert all(file.agency in file.name for file in sample.summary.files)


def test_truth_names_exactly_the_planted_rows(sample: Any) -> None:
    truth = by_row(sample)
    assert len(truth) == len(sample.outputs.records("truth.csv")) == 80
    assert set(truth) <= set(data_rows(sample))


def test_every_kind_of_defect_comes_up_about_equally(sample: Any) -> None:
    kinds = Counter(truth["kind"] for truth in by_row(sample).values())
    assert set(kinds) == {defect.kind for defect in DEFECTS if defect.fits(Layout.FULL)}
    assert dict(kinds) == sample.summary.kinds


def test_rows_that_truth_does_not_name_are_the_same_without_defects(sample: Any, make_sample: Any) -> None:
    clean, planted = data_rows(make_sample(defects=0.0)), by_row(sample)
    given = data_rows(sample)
    assert all(given[place] == row for place, row in clean.items() if place not in planted)
    quiet = {"exact-duplicate", "unknown-subject", "former-name", "other-content"}
    assert all(given[place] != clean[place] for place, truth in planted.items() if truth["kind"] not in quiet)


def test_the_cells_that_truth_names_hold_the_defect(sample: Any) -> None:
    header, rows = sample.outputs.rows(sample.penalty_files[0])[0], data_rows(sample)
    registered = {row["uscc"]: row for row in sample.outputs.records("register.csv")}
    for place, truth in by_row(sample).items():
        cell = dict(zip(header, rows[place], strict=False)).get(truth["column"], "")
        own = registered.get(truth["uscc"])
        checks = {
            "null-byte": "\0" in cell,
            "summary-procedure": cell == "简易程序",
            "unknown-subject": cell == truth["uscc"] and own is None,
            "other-name": own is not None and cell != own["name"],
            "former-name": own is not None and cell == own["former_names"] != "",
            "mandatory-missing": cell == "",
            "ragged-row": len(rows[place]) != len(header),
            "made-up-person": cell == "自然人" and truth["uscc"] == "",
        }
        assert checks.get(truth["kind"], True), truth


def test_clean_rows_name_subjects_of_the_register_by_name_and_code(sample: Any) -> None:
    registered = {row["uscc"]: row["name"] for row in sample.outputs.records("register.csv")}
    header, planted = sample.outputs.rows(sample.penalty_files[0])[0], by_row(sample)
    name, code = header.index("行政相对人名称"), header.index(CODE)
    rows = [row for place, row in data_rows(sample).items() if place not in planted]
    assert all(registered[row[code]] == row[name] for row in rows)


def test_duplicates_repeat_an_earlier_clean_row_of_the_same_file(make_sample: Any) -> None:
    sample = make_sample(defects=0.3)
    planted = by_row(sample)
    rows = data_rows(sample)
    clean = {(name, tuple(row)) for (name, number), row in rows.items() if (name, number) not in planted}
    duplicates = [place for place, truth in planted.items() if truth["kind"] == "exact-duplicate"]
    assert duplicates
    assert all((name, tuple(rows[name, number])) in clean for name, number in duplicates)


def test_other_content_keeps_number_and_party_of_an_earlier_row(make_sample: Any) -> None:
    sample = make_sample(defects=0.3)
    planted, rows = by_row(sample), data_rows(sample)
    header = sample.outputs.rows(sample.penalty_files[0])[0]
    key = [header.index(title) for title in ("行政处罚决定书文号", CODE, "处罚机关统一社会信用代码")]
    clean = {tuple(row[at] for at in key) for place, row in rows.items() if place not in planted}
    others = [place for place, truth in planted.items() if truth["kind"] == "other-content"]
    assert others
    assert all(tuple(rows[place][at] for at in key) in clean for place in others)


def test_the_summary_counts_every_row_once(sample: Any) -> None:
    summary = sample.summary
    assert sum(summary.expected.values()) == summary.records
    assert sum(summary.kinds.values()) == 80
    truth = by_row(sample).values()
    assert Counter(row["code"] for row in truth if row["code"]) == Counter(summary.codes)
    assert json.loads(sample.outputs.text("summary.json"))["expected"] == summary.expected


def test_a_single_file_holds_all_sectors_and_comes_from_the_credit_centre(make_sample: Any) -> None:
    sample = make_sample(single_file=True, records=500)
    (file,) = sample.summary.files
    assert (file.name, file.agency, file.rows) == ("penalties.csv", CREDIT_CENTRE.uscc, 500)
    assert len({row["监管领域"] for row in sample.outputs.records("penalties.csv")}) > 5


def test_the_narrow_layout_has_eighteen_columns_and_only_defects_that_fit(make_sample: Any) -> None:
    sample = make_sample(layout=Layout.NARROW)
    header, *_ = sample.outputs.rows(sample.penalty_files[0])
    assert len(header) == 18
    assert set(sample.summary.kinds) == {defect.kind for defect in DEFECTS if defect.fits(Layout.NARROW)}
    assert not {"summary-procedure", "representative-identity"} & set(sample.summary.kinds)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_penalty_files_may_have_another_encoding_with_the_same_text(
    sample: Any, make_sample: Any, encoding: str
) -> None:
    other = make_sample(encoding=encoding)
    for name in sample.penalty_files:
        assert other.outputs.text(name, encoding) == sample.outputs.text(name)
        assert other.outputs.text(name, encoding).count("\ufeff") == 0
    assert other.outputs.kept["truth.csv"] == sample.outputs.kept["truth.csv"]


def test_progress_is_told_of_each_output_up_to_its_end(make_sample: Any) -> None:
    told: list[tuple[str, int, int]] = []
    sample = make_sample(records=300, organisations=250, block_rows=100, progress=lambda *now: told.append(now))
    ends = {name: (done, total) for name, done, total in told}
    assert ends["register.csv"] == (250, 250)
    assert all(ends[file.name] == (file.rows, file.rows) for file in sample.summary.files)


def test_a_sample_without_records_has_a_register_and_an_empty_truth(make_sample: Any) -> None:
    sample = make_sample(records=0)
    assert sample.summary.files == ()
    assert sample.outputs.records("truth.csv") == []
    assert sample.summary.expected == {"accepted": 0}


@pytest.mark.parametrize("options", [{"records": -1}, {"block_rows": 0}, {"block_rows": 100_001}, {"organisations": 1}])
def test_impossible_sizes_are_refused_before_anything_is_written(make_sample: Any, options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="sample"):
        make_sample(**options)


def test_files_of_many_records_are_split_and_leave_no_gap() -> None:
    plans = file_plans(20_000_000, single_file=False, layout=Layout.FULL)
    assert all(plan.stop - plan.start <= MOST_ROWS_OF_A_FILE for plan in plans)
    assert [plan.start for plan in plans[1:]] == [plan.stop for plan in plans[:-1]]
    assert (plans[0].start, plans[-1].stop) == (0, 20_000_000)
    assert len({plan.name for plan in plans}) == len(plans)
