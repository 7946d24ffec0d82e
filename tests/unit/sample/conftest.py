from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any, BinaryIO

import pytest

from xinheng.core.sample.write import SampleSummary, write_sample

TODAY = dt.date(2026, 5, 6)


class Outputs:
    """The outputs of a sample, kept in memory by name."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def open(self, name: str) -> BinaryIO:
        assert name not in self.kept, "an output is opened once"
        outputs = self.kept

        class Output(io.BytesIO):
            def close(self) -> None:
                outputs[name] = self.getvalue()
                super().close()

        return Output()

    def text(self, name: str, encoding: str = "utf-8") -> str:
        return self.kept[name].decode(encoding)

    def rows(self, name: str, encoding: str = "utf-8") -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.text(name, encoding), newline="")))

    def records(self, name: str) -> list[dict[str, str]]:
        header, *rows = self.rows(name)
        return [dict(zip(header, row, strict=False)) for row in rows]


class Sample:
    """A written sample and its summary."""

    def __init__(self, **options: Any) -> None:
        self.outputs = Outputs()
        given = {"organisations": 3000, "records": 4000, "seed": 5, "today": TODAY, **options}
        self.summary: SampleSummary = write_sample(self.outputs.open, **given)

    @property
    def penalty_files(self) -> list[str]:
        return [file.name for file in self.summary.files]


@pytest.fixture
def make_sample() -> type[Sample]:
    return Sample


@pytest.fixture(scope="session")
def sample() -> Sample:
    return Sample()
