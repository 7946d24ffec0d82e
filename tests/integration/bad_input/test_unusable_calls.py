"""Calls that name what is not there or not allowed: exit code 2, a clear sentence, nothing done; mended, the same call works."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinheng.core.standards import uscc

from ..commands import Xinheng
from ..sheets import PENALTY, REGISTRATION, TODAY, Province, penalty_sheet, registration, small_province

DAY = TODAY.isoformat()
NEWCOMER = "11320000MB0000000"
NEWCOMER += next(sign for sign in uscc.ALPHABET if uscc.is_valid(NEWCOMER + sign))
AGENCY = small_province().agency
CALLS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "an unknown agency": ((PENALTY, "{file}", "--agency", NEWCOMER), "is not known", "未登记的报送单位"),
    "a code that is none": ((PENALTY, "{file}", "--agency", "法院"), "is not known", "未登记的报送单位"),
    "an unknown item": (("penalties", "{file}", "--agency", AGENCY), "has no item", "目录中没有"),
    "an unknown user": ((PENALTY, "{file}", "--agency", AGENCY, "--as", "nobody"), "no user nobody", "没有用户 nobody"),
    "an unknown profile": ((PENALTY, "{file}", "--agency", AGENCY, "--profile", "none"), "profile", "none"),
    "a profile of another item": (
        (REGISTRATION, "{file}", "--agency", AGENCY, "--profile", "shandong-env-penalty"),
        "is not for",
        "不用于",
    ),
    "a workbook that cannot be written": (
        (PENALTY, "{file}", "--agency", AGENCY, "--on", DAY, "--rejects", "{file}/no/folder.xlsx"),
        "folder.xlsx",
        "folder.xlsx",
    ),
}


@pytest.fixture
def file(province: Province, tmp_path: Path) -> Path:
    """A file that would be taken but for the call."""
    path = tmp_path / "file.csv"
    path.write_bytes(penalty_sheet(*(province.penalty(n, CF_WSH=f"呼罚〔2026〕{n}号") for n in range(70, 75))))
    return path


@pytest.mark.parametrize("name", CALLS)
def test_it_is_explained_and_nothing_is_done(xinheng: Xinheng, file: Path, name: str) -> None:
    words, english, chinese = CALLS[name]
    before, sealed = xinheng.counts(), xinheng.sealed_files()
    done = xinheng("submit", *(word.format(file=file) for word in words), "--json", expect=2)
    error = done.json["error"]
    assert all(error[part][language] for part in ("what", "why", "mend") for language in ("zh", "en"))
    assert english in error["what"]["en"], error
    assert chinese in error["what"]["zh"], error
    assert xinheng.counts() == before
    assert xinheng.sealed_files() == sealed


def test_a_file_that_is_not_there_is_named(xinheng: Xinheng, tmp_path: Path) -> None:
    done = xinheng("submit", PENALTY, tmp_path / "没有.csv", "--agency", AGENCY, expect=2)
    assert "没有.csv" in done.err


def test_a_folder_is_no_file(xinheng: Xinheng, tmp_path: Path) -> None:
    assert str(tmp_path) in xinheng("submit", PENALTY, tmp_path, "--agency", AGENCY, expect=2).err


def test_an_agency_without_a_grant_is_told_which_and_after_the_grant_the_same_call_works(
    xinheng: Xinheng, file: Path
) -> None:
    xinheng("agencies", "add", NEWCOMER, "--name", "新设立的局", "--region", "320100", "--from", "2026-01-01")
    call = ("submit", PENALTY, file, "--agency", NEWCOMER, "--on", DAY, "--json")
    before = xinheng.counts()
    refused = xinheng(*call, expect=2).json["error"]
    assert NEWCOMER in refused["why"]["zh"]
    assert f"xinheng agencies grant {NEWCOMER} {PENALTY}" in refused["mend"]["en"]
    assert xinheng.counts() == before
    event = "SELECT actor, action, allowed FROM store_auditevent ORDER BY id DESC LIMIT 1"
    assert xinheng.rows(event) == [("operator", "submit", False)]
    xinheng("agencies", "grant", NEWCOMER, PENALTY, "--from", "2026-01-01")
    taken = xinheng(*call).json
    assert [taken["received"], taken["accepted"]] == [5, 5]


def test_a_wrong_code_of_an_agency_is_not_added(xinheng: Xinheng) -> None:
    before = xinheng.counts()
    done = xinheng("agencies", "add", NEWCOMER[:-1] + "O", "--name", "某局", expect=2)
    assert "code is wrong" in done.err
    assert xinheng.counts() == before


def test_a_registration_file_of_an_unknown_column_is_refused_too(xinheng: Xinheng, tmp_path: Path) -> None:
    row = registration(small_province().penalty()["CF_XDR_SHXYM"], "某公司", 血型="A")
    path = tmp_path / "file.csv"
    path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    done = xinheng("submit", REGISTRATION, path, "--agency", AGENCY, "--on", DAY, "--json", expect=2)
    assert "血型" in done.json["error"]["what"]["zh"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("issues", "999999"), "no such submission"),
        (("file", "91320000000000000X"), "no subject"),
        (("withdraw", "91320000000000000X", "某号", "--agency", AGENCY, "--reason", "决定已撤销"), "no subject"),
        (("catalogue", "show", PENALTY, "--version", "1999"), "no revision 1999"),
    ],
    ids=["issues of no submission", "a file of nobody", "a withdrawal of nothing", "a revision that never was"],
)
def test_what_is_not_there_is_said_to_be_missing(xinheng: Xinheng, words: tuple[str, ...], said: str) -> None:
    assert said in xinheng(*words, expect=2).err


@pytest.mark.parametrize("sheet", [b"", b"code,title\n1,2\n", b"uscc,name\n,\n"])
def test_a_sheet_of_agencies_that_is_none_is_explained(xinheng: Xinheng, tmp_path: Path, sheet: bytes) -> None:
    path = tmp_path / "agencies.csv"
    path.write_bytes(sheet)
    before = xinheng.counts()
    xinheng("agencies", "load", path, expect=2)
    assert xinheng.counts() == before


def test_a_sheet_of_agencies_with_one_wrong_code_is_taken_whole_or_not_at_all(xinheng: Xinheng, tmp_path: Path) -> None:
    path = tmp_path / "agencies.csv"
    path.write_text(f"uscc,name,region\n{NEWCOMER},新名称的局,320100\n{NEWCOMER[:-1]}O,某局,320100\n", encoding="utf-8")
    before = xinheng.counts()
    done = xinheng("agencies", "load", path, expect=2)
    assert "3" in done.err  # the row
    assert xinheng.counts() == before
    names = xinheng("agencies", "list", "--json").json
    assert "新名称的局" not in [one["name"] for one in names]


@pytest.mark.parametrize("sheet", [b"title,code\n1,2\n", b"uscc,name\n"])
def test_a_register_that_is_none_is_explained(xinheng: Xinheng, tmp_path: Path, sheet: bytes) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(sheet)
    before = xinheng.counts()
    assert xinheng("subjects", "load", path, "--json", expect=2).json["error"]["what"]["zh"]
    assert xinheng.counts() == before
