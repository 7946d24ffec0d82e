"""Check digits: codes per second in bulk, none judged wrong, beside python-stdnum on the same codes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from stdnum.cn import uscc as peer
from tests.benchmarks.bench import Bench, row

from xinheng.core.standards import uscc

_ALPHABET = np.array(list("0123456789ABCDEFGHJKLMNPQRTUWXY"))
_CODES = 2_000_000


def run(bench: Bench) -> Iterator[str]:
    """Measure codes of which half are spoilt in one place, all different."""
    random = np.random.default_rng(7)
    bodies = np.full((_CODES, 17), "0")
    bodies[:, 0], bodies[:, 1] = "9", random.choice(list("123"), _CODES)
    bodies[:, 2:8] = random.choice(list("0123456789"), (_CODES, 6))
    bodies[:, 8:] = random.choice(_ALPHABET, (_CODES, 9))
    codes = [uscc.complete("".join(body)) for body in bodies[:20_000]]
    spoilt = [code[:10] + ("7" if code[10] != "7" else "8") + code[11:] for code in codes]
    array = pa.array((codes + spoilt) * (_CODES // 40_000))
    seconds = []
    for _ in range(bench.rounds):
        started = time.monotonic()
        answer = uscc.is_valid_array(array)
        seconds.append(time.monotonic() - started)
    wrong = sum(
        one != uscc.is_valid(code) for one, code in zip(answer.to_pylist()[:40_000], codes + spoilt, strict=True)
    )
    started = time.monotonic()
    for code in codes:
        peer.is_valid(code)
    theirs = len(codes) / (time.monotonic() - started)
    rate = len(array) / statistics.median(seconds)
    yield row(
        "check digits",
        f"{rate / 1e6:.1f} M codes/s, {wrong} judged wrong",
        f"python-stdnum {theirs / 1e6:.2f} M/s",
        "",
        "≥ 1 M/s, none wrong",
    )
