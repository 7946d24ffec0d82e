"""The metrics in the text form of Prometheus, counted in the database when they are asked for: the same from every process."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.registry import Collector

from xinheng import __version__
from xinheng.store.queries.operations import Figures, figures


class _Once(Collector):
    """Yields the metrics of one count."""

    def __init__(self, counted: Figures) -> None:
        self._counted = counted

    def collect(self) -> Iterator[Metric]:
        """Return the families."""
        yield from _jobs(self._counted)
        yield from _submissions(self._counted)
        position = GaugeMetricFamily("xinheng_ledger_position", "Number of the last entry of the outbox.")
        position.add_metric([], self._counted.ledger_position)
        yield position
        build = GaugeMetricFamily("xinheng_build", "The version that runs; always 1.", labels=["version"])
        build.add_metric([__version__], 1)
        yield build


def as_prometheus() -> bytes:
    """Return the metrics as they stand now."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Once(figures()))
    return generate_latest(registry)


def _jobs(counted: Figures) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("xinheng_jobs", "Jobs by task and state of the queue.", labels=["task", "state"])
    for (task, state), count in counted.jobs.items():
        jobs.add_metric([task, state], count)
    yield jobs
    oldest = GaugeMetricFamily(
        "xinheng_oldest_due_job_seconds", "How long the oldest job that is due has been in line."
    )
    oldest.add_metric([], counted.oldest_job_seconds)
    yield oldest
    workers = GaugeMetricFamily("xinheng_workers", "Workers that gave a sign lately.")
    workers.add_metric([], counted.workers)
    yield workers


def _submissions(counted: Figures) -> Iterator[Metric]:
    submissions = GaugeMetricFamily("xinheng_submissions", "Submissions by item and state.", labels=["item", "state"])
    for (item, state), count in counted.submissions.items():
        submissions.add_metric([item, state], count)
    yield submissions
    rows = CounterMetricFamily(
        "xinheng_rows", "Rows of committed submissions by item and fate.", labels=["item", "fate"]
    )
    for (item, fate), count in counted.rows.items():
        rows.add_metric([item, fate], count)
    yield rows
    seconds = SummaryMetricFamily(
        "xinheng_submission_seconds", "Seconds of work on committed submissions.", labels=["item"]
    )
    for item, (total, number) in counted.seconds.items():
        seconds.add_metric([item], count_value=number, sum_value=total)
    yield seconds
    waiting = GaugeMetricFamily("xinheng_rows_waiting", "Rows that wait for their subject now.")
    waiting.add_metric([], counted.rows_waiting)
    yield waiting
