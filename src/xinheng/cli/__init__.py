"""The command line: ``xinheng …``. Every command acts as a named user (``--as``) through the use cases."""

from __future__ import annotations

import click

from xinheng import __version__
from xinheng.cli import (
    accounts,
    agencies,
    catalogue,
    corrections,
    deliveries,
    history,
    identify,
    intake,
    jobs,
    lake,
    law,
    ledger,
    names,
    notices,
    persons,
    profiles,
    questions,
    rules,
    run,
    sample,
    screening,
    server,
    services,
    serving,
    severity,
    stops,
    subjects,
    submissions,
    waiting,
    work,
)
from xinheng.cli.failing import ExplainingGroup


@click.group(cls=ExplainingGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="xinheng")
@click.option(
    "--locale",
    envvar=["LC_ALL", "LC_MESSAGES", "LANG"],
    expose_value=True,
    help="The language of what is printed (zh or en); default that of the terminal.",
)
def main(locale: str | None) -> None:
    """Xinheng 信衡: an open public credit information platform."""


main.add_command(identify.identify_codes)
main.add_command(names.names)
main.add_command(law.law)
main.add_command(rules.rules)
main.add_command(catalogue.catalogue)
main.add_command(profiles.profile)
main.add_command(agencies.agencies)
main.add_command(accounts.accounts)
main.add_command(services.services)
main.add_command(subjects.subjects)
main.add_command(intake.submit)
main.add_command(submissions.submissions)
main.add_command(intake.issues)
main.add_command(deliveries.deliveries)
main.add_command(questions.questions)
main.add_command(waiting.waiting)
main.add_command(work.work)
main.add_command(lake.lake)
main.add_command(ledger.file)
main.add_command(ledger.search)
main.add_command(screening.screen)
main.add_command(corrections.withdraw)
main.add_command(corrections.corrections)
main.add_command(severity.severity)
main.add_command(stops.stop)
main.add_command(persons.persons)
main.add_command(persons.keys)
main.add_command(persons.retention)
main.add_command(history.history)
main.add_command(sample.sample)
main.add_command(run.run)
main.add_command(serving.serve)
main.add_command(serving.worker)
main.add_command(jobs.jobs)
main.add_command(notices.notices)
main.add_command(server.server)
