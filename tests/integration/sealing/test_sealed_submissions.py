"""The sealed file of a submission can be read at all times, whoever hands it in again, and however that ends."""

from __future__ import annotations

import io
from typing import Any

import pytest

from xinheng.gateways.sealing import Seals

from ..office import Office
from ..sheets import penalty_sheet


def _readable(outcome: Any, content: bytes) -> bool:
    from xinheng.store.models import Submission
    from xinheng.usecases.intake.receiving import stream_of

    with stream_of(Submission.objects.select_related("file").get(pk=outcome.submission)) as stream:
        return stream.read() == content


def test_the_file_is_kept_unchanged(office: Office) -> None:
    content = penalty_sheet(*office.province.penalties[:3], encoding="gb18030") + b"\r\n\r\n"
    assert _readable(office.submit(content), content)


def test_it_is_on_disk_once_after_it_was_handed_in_again(office: Office, tmp_path: Any) -> None:
    content = penalty_sheet(*office.province.penalties[:3])
    for _ in range(3):
        outcome = office.submit(content)
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1
    assert _readable(outcome, content)


def test_two_agencies_that_hand_in_the_same_bytes_share_the_file(office: Office) -> None:
    content = penalty_sheet(*office.province.penalties[:3])
    first = office.submit(content)
    second = office.submit(content, agency=office.province.other_agency)
    assert first.submission != second.submission
    assert _readable(first, content)
    assert _readable(second, content)


def test_it_stays_readable_when_handing_it_in_again_is_cut_off(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from xinheng.usecases.intake import receiving

    content = penalty_sheet(*office.province.penalties[:3])
    outcome = office.submit(content)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(receiving, "_kept", killed)
        office.submit(content)
    assert _readable(outcome, content)


def test_it_stays_readable_when_another_process_hands_it_in_in_between(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = penalty_sheet(*office.province.penalties[:3])
    seal = Seals.seal
    turns = iter(range(10))

    def overtaken(self: Seals, given: Any, **how: Any) -> Any:
        sealed = seal(self, given, **how)
        if next(turns) == 0:
            office.submit(content)
        return sealed

    monkeypatch.setattr(Seals, "seal", overtaken)
    assert _readable(office.submit(content), content)


def test_a_file_whose_key_was_destroyed_is_sealed_again_when_it_comes_again(office: Office) -> None:
    from xinheng.store.models import SealedFile

    content = penalty_sheet(*office.province.penalties[:3])
    outcome = office.submit(content)
    SealedFile.objects.update(wrapped_key=None, key_destroyed_at=office.at(__import__("datetime").date(2026, 4, 1)))
    again = office.submit(content)
    assert again.submission == outcome.submission
    assert _readable(outcome, content)


def test_what_is_read_of_an_open_file_does_not_change_while_it_is_handed_in_again(office: Office) -> None:
    from xinheng.store.models import Submission
    from xinheng.usecases.intake.receiving import stream_of

    content = penalty_sheet(*office.province.penalties[:40]) + b"\r\n" * (3 << 20)
    outcome = office.submit(content)
    with stream_of(Submission.objects.select_related("file").get(pk=outcome.submission)) as stream:
        start = stream.read(1000)
        office.submit(content)
        assert io.BytesIO(start + stream.read()).read() == content
