"""A second reckoning of the working days of England and Wales, to hold the first one against.

It shares no code and no data with the calendar or with the ``holidays`` package: Easter by the
church's rule, bank holidays and their substitutes by the Banking and Financial Dealings Act 1971
and the yearly proclamations, one-off days by hand, and every sum by walking from day to day.
"""

from datetime import date, timedelta

DAY = timedelta(days=1)
MONDAY, SATURDAY = 0, 5

ONE_OFF = {
    date(2011, 4, 29),  # a royal wedding
    date(2012, 6, 5),  # the Diamond Jubilee
    date(2022, 6, 3),  # the Platinum Jubilee
    date(2022, 9, 19),  # the Queen's funeral
    date(2023, 5, 8),  # the Coronation
}
MOVED = {
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}


def easter_sunday(year: int) -> date:
    """Return Easter by Gauss's reckoning, with the numbers for 1900 to 2099."""
    moon = (19 * (year % 19) + 24) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    easter = date(year, 3, 22) + DAY * (moon + sunday)
    too_late = easter == date(year, 4, 26) or (
        easter == date(year, 4, 25) and moon == 28 and sunday == 6 and year % 19 > 10
    )
    return easter - 7 * DAY if too_late else easter


def monday_on_or_after(day: date) -> date:
    while day.weekday() != MONDAY:
        day += DAY
    return day


def closed_weekdays(year: int) -> set[date]:
    """Return the bank holidays that fall on a weekday, substitutes included."""
    easter = easter_sunday(year)
    mondays = {
        monday_on_or_after(date(year, 5, 1)),
        monday_on_or_after(date(year, 5, 25)),
        monday_on_or_after(date(year, 8, 25)),
    }
    closed = {easter - 2 * DAY, easter + DAY} | {MOVED.get(monday, monday) for monday in mondays}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = fixed
        while day.weekday() >= SATURDAY or day in closed:
            day += DAY
        closed.add(day)
    return closed | {day for day in ONE_OFF if day.year == year}


CLOSED = frozenset(day for year in range(2010, 2036) for day in closed_weekdays(year))


def works(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in CLOSED


def walk(day: date, working_days: int) -> date:
    """Go on from ``day`` until that many working days have been met."""
    met = 0
    while met < working_days:
        day += DAY
        met += works(day)
    return day


def count(after: date, upto: date) -> int:
    """Count the working days after ``after``, up to and with ``upto``."""
    met = 0
    while after < upto:
        after += DAY
        met += works(after)
    return met
