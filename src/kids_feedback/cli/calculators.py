"""Two sums for anybody: by when an answer is due, and until when a complaint is in time."""

import json
from datetime import date, datetime

import click

from kids_feedback.domain.case import clocks
from kids_feedback.domain.errors import CalendarGap
from kids_feedback.gateways.bank_holidays import calendar_of

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def a_day(text: str) -> date:
    """Read a day like 2026-03-20, in plain digits and nothing else."""
    try:
        if not text.isascii() or len(text) != len("2026-03-20"):
            raise ValueError
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a day like 2026-03-20") from error


@click.command()
@click.argument("talk_on", type=a_day, metavar="TALK_ON")
@as_json
def clock(talk_on: date, *, as_json: bool) -> None:
    """Print by when the written answer is due after a talk on TALK_ON (like 2026-03-20)."""
    calendar = calendar_of({})
    try:
        sum_ = clocks.answer_clock(talk_on, calendar)
    except CalendarGap as error:
        raise click.ClickException(
            f"the working calendar does not know {error.day}: "
            f"it reaches from {calendar.first} to {calendar.last}"
        ) from error
    if as_json:
        click.echo(
            json.dumps(
                {
                    "talk_on": talk_on.isoformat(),
                    "due_on": sum_.due_on.isoformat(),
                    "not_counted": [day.isoformat() for day in sum_.not_counted],
                }
            )
        )
        return
    click.echo(f"Talk: {long(talk_on)}")
    click.echo(f"Written answer due: {long(sum_.due_on)}")
    for day in sum_.not_counted:
        click.echo(f"Not counted: {long(day)} ({calendar.reason(day)})")


@click.command()
@click.argument("ended_on", type=a_day, metavar="ENDED_ON")
@as_json
def late(ended_on: date, *, as_json: bool) -> None:
    """Print the last day in time for a complaint when involvement ended on ENDED_ON.

    A later complaint is never refused: staff ask what kept the child from complaining sooner.
    """
    try:
        until = clocks.last_day_in_time(ended_on)
    except ValueError as error:
        raise click.ClickException("that is beyond the year 9999") from error
    if as_json:
        click.echo(
            json.dumps({"ended_on": ended_on.isoformat(), "in_time_until": until.isoformat()})
        )
        return
    click.echo(f"In time until {long(until)}. Later complaints are taken up all the same.")


def long(day: date) -> str:
    """Return a day as people say it."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"
