"""Every command, as it is typed."""

import click

from kids_feedback.cli import calendars, people, posters, running, sums
from kids_feedback.cli.faults import OneLine


@click.group(cls=OneLine)
@click.version_option(package_name="kids-feedback")
def main() -> None:
    """Have your say: children complain or praise, and are answered in time."""


for command in (
    running.serve,
    running.work,
    running.upgrade_database,
    running.make_keys,
    running.demo,
    people.add_area,
    people.add_office,
    people.add_person,
    calendars.close_day,
    calendars.check_calendar,
    posters.poster,
    sums.clock,
    sums.late,
):
    main.add_command(command)
