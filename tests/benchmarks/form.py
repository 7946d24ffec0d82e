"""One row in a form: the same plan as for a file, on one row that differs each time."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
from tests.benchmarks.bench import Bench, row

from xinheng.core.catalogue.load import load
from xinheng.core.engine.calculator import Calculator
from xinheng.core.intake.check import check_rows, compile_item
from xinheng.core.intake.facts import Circumstances
from xinheng.core.standards import uscc
from xinheng.core.subjects.register import Found
from xinheng.core.subjects.subject import CodeKind

_TIMES = 300


class EmptyRegister:
    """A register that knows nobody: the form's own cost, without a database."""

    def find(self, kind: CodeKind, codes: pa.Array) -> Found:
        """Find nobody."""
        return Found(pa.nulls(len(codes), pa.int64()), pa.nulls(len(codes), pa.string()))

    def former_keys(self, subjects: Iterable[int]) -> dict[int, frozenset[str]]:
        """Know no name."""
        return {}


def run(bench: Bench) -> Iterator[str]:
    """Check one row after the other and yield the median and the slowest twentieth."""
    today = dt.date(2026, 6, 30)
    item, calculator = compile_item(load("administrative-penalty").at(today)), Calculator()
    times = []
    for number in range(_TIMES):
        started = time.perf_counter()
        check_rows(
            item, _row(number), rows=np.array([2]), calculator=calculator, register=EmptyRegister(),
            circumstances=Circumstances(today, today, "11320000MBYYQ8U67D"),
        )  # fmt: skip
        times.append((time.perf_counter() - started) * 1000)
    times = sorted(times[5:])
    yield row(
        "one row in a form",
        f"{times[len(times) // 2]:.1f} ms (p95 {times[int(len(times) * 0.95)]:.1f} ms)",
        "–",
        "",
        "≤ 10 ms",
    )


def _row(number: int) -> dict[str, pa.Array]:
    cells = {
        "CF_XDR_MC": f"江苏虚构{number}贸易有限公司", "CF_XDR_LB": "法人及非法人组织", "CF_XDR_SHXYM": uscc.complete(f"91320100{number:09d}"),
        "CF_WSH": f"宁市监罚〔2026〕{number}号", "CF_WFXW": "未按规定公示价格", "CF_SY": f"经查，当事人第{number}次未按规定公示价格。",
        "CF_YJ": "《中华人民共和国价格法》第四十二条", "CF_CFLB": "罚款", "CF_NR": f"罚款人民币{number + 1}00元。", "CF_NR_FK": f"{(number + 1) / 100:.2f}",
        "CF_JDRQ": "2026-06-20", "CF_YXQ": "2099-12-31", "CF_CFJG": "江苏省市场监督管理局", "CF_CFJGDM": "11320000MBYYQ8U67D",
        "CF_SJLY": "江苏省市场监督管理局", "CF_SJLYDM": "11320000MBYYQ8U67D",
    }  # fmt: skip
    return {name: pa.array([text]) for name, text in cells.items()}
