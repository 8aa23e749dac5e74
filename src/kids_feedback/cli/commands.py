"""Every command, as it is typed."""

import click

from kids_feedback.cli import calculators, duty, first_people, operations, posters, working_days
from kids_feedback.cli.errors import OneLine


@click.group(cls=OneLine)
@click.version_option(package_name="kids-feedback")
def main() -> None:
    """Have your say: children complain or praise, and are answered in time."""


for command in (
    operations.serve,
    operations.work,
    operations.upgrade_database,
    operations.make_keys,
    operations.demo,
    first_people.add_area,
    first_people.add_office,
    first_people.add_person,
    duty.add_duty,
    working_days.close_day,
    working_days.open_day,
    working_days.check_calendar,
    posters.poster,
    calculators.clock,
    calculators.late,
):
    main.add_command(command)
