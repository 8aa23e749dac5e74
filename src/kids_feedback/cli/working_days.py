"""Closing and opening a day, following the bank holidays, and noticing when they will end."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click
from sqlalchemy.orm import Session

from kids_feedback.cli import site
from kids_feedback.cli.calculators import a_day, long
from kids_feedback.config import Settings
from kids_feedback.domain.errors import DomainError, EditConflict
from kids_feedback.gateways.bank_holidays import newest_list
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.casework.days.redating import Redated
from kids_feedback.services.casework.days.working_days import LONGEST_REASON
from kids_feedback.services.errors import DayAlreadyClosed, DayAlreadyOpen
from kids_feedback.storage.db import Transactions

T = TypeVar("T")
_TRIES = 3  # somebody may save one of the cases, or start too, at the same moment


def a_reason(text: str) -> str:
    """Read a reason that people can read."""
    if not 0 < len(text.strip()) <= LONGEST_REASON or not text.strip().isprintable():
        raise click.BadParameter(f"say it on one line, in 1 to {LONGEST_REASON} characters")
    return text.strip()


@click.command("close-day")
@click.argument("day", type=a_day, metavar="DAY")
@click.option("--reason", required=True, type=a_reason, help="Why nobody works on that day.")
def close_day(day: date, reason: str) -> None:
    """Take DAY (like 2026-05-15) out of the working days, and move the open promises over it.

    Safe to run again.
    """
    settings = site.settings()

    def close(db: Session) -> Redated:
        return working_days.close_day(db, day, reason, now=site.now(), today=site.today(settings))

    try:
        done = _change(settings, close)
    except DayAlreadyClosed as closed:
        click.echo(f"{_already(day, closed)}. Nothing moved.")
    else:
        click.echo(f"{long(day)} is closed. {_moved(done)}")


@click.command("open-day")
@click.argument("day", type=a_day, metavar="DAY")
def open_day(day: date) -> None:
    """Give DAY back that was closed with close-day, and move back what that moved.

    Safe to run again.
    """
    settings = site.settings()

    def give_back(db: Session) -> Redated:
        return working_days.open_day(db, day, now=site.now(), today=site.today(settings))

    try:
        done = _change(settings, give_back)
    except DayAlreadyOpen:
        click.echo(f"{long(day)} is a working day as it is. Nothing moved.")
    except DayAlreadyClosed as closed:
        raise click.ClickException(f"{_already(day, closed)}: it cannot be opened") from closed
    else:
        click.echo(f"{long(day)} is no longer closed by you. {_moved(done)}")


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


def follow_holidays(transactions: Transactions, settings: Settings) -> None:
    """Move what a newer list of bank holidays moves, and print it. Nothing that fails stops more.

    Raises:
        DatabaseUnavailable: the database does not answer.
    """

    def follow(db: Session) -> tuple[Redated, ...]:
        now, today = site.now(), site.today(settings)
        return working_days.follow_holidays(db, newest_list(), now=now, today=today)

    try:
        done = _again(transactions, follow)
    except DomainError as error:
        click.echo(f"Warning: a newer list of bank holidays is not followed: {error}", err=True)
        return
    for each in done:
        became = "is no bank holiday any more" if each.opens else "has become a bank holiday"
        click.echo(f"{long(each.day)} {became}. {_moved(each)}")


def _change(settings: Settings, act: Callable[[Session], Redated]) -> Redated:
    """Do it to the working days as they are by the newest list of bank holidays."""
    transactions = site.transactions(settings)
    follow_holidays(transactions, settings)
    return _again(transactions, act)


def _again(transactions: Transactions, act: Callable[[Session], T]) -> T:
    """Do it, from its beginning where somebody else was faster.

    Raises:
        EditConflict: somebody was, each time.
    """
    for _ in range(_TRIES - 1):
        try:
            with transactions() as db:
                return act(db)
        except EditConflict:
            continue
    with transactions() as db:
        return act(db)


def _already(day: date, closed: DayAlreadyClosed) -> str:
    if closed.bank_holiday:
        return f"{long(day)} is a bank holiday: {closed.bank_holiday}"
    if closed.reason:
        return f"{long(day)} is closed already: {closed.reason}"
    return f"{long(day)} is a weekend"


def _moved(done: Redated) -> str:
    return (
        f"Promised days that moved: {done.days}. Open cases that they are in: {done.cases}. "
        f"Open cases with a meeting on that day: {done.meetings}."
    )
