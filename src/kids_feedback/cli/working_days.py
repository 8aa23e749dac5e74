"""Closing a day, and noticing in time that next year's holidays are missing."""

from datetime import date

import click

from kids_feedback.cli import site
from kids_feedback.cli.calculators import a_day, long
from kids_feedback.services.casework import working_days
from kids_feedback.services.errors import DayAlreadyClosed

LONGEST_REASON = 120  # characters


def a_reason(text: str) -> str:
    """Read a reason that people can read."""
    if not 0 < len(text.strip()) <= LONGEST_REASON or not text.strip().isprintable():
        raise click.BadParameter(f"say it on one line, in 1 to {LONGEST_REASON} characters")
    return text.strip()


@click.command("close-day")
@click.argument("day", type=a_day, metavar="DAY")
@click.option("--reason", required=True, type=a_reason, help="Why nobody works on that day.")
def close_day(day: date, reason: str) -> None:
    """Take DAY (like 2026-05-15) out of the working days, and move the open promises over it."""
    settings = site.settings()
    try:
        with site.transactions(settings)() as db:
            done = working_days.close_day(
                db, day, reason, now=site.now(), today=site.today(settings)
            )
    except DayAlreadyClosed as error:
        raise click.ClickException(f"{long(day)} is no working day as it is") from error
    click.echo(f"{long(day)} is closed. Open cases with a promise that moved: {done.cases}.")


@click.command("check-calendar")
@click.option(
    "--ahead",
    default=90,
    show_default=True,
    type=click.IntRange(min=0),
    help="Days that the calendar must reach.",
)
def check_calendar(ahead: int) -> None:
    """Fail, for a timer to notice, when dates will soon be impossible to promise."""
    settings = site.settings()
    with site.transactions(settings).reading() as db:
        last = working_days.calendar_now(db).last
    left = (last - site.today(settings)).days
    if left < ahead:
        raise click.ClickException(f"the working calendar ends on {long(last)}, {left} days ahead")
    click.echo(f"The working calendar reaches {left} days ahead, to {long(last)}.")
