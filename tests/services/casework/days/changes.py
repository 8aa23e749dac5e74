"""What the tests of days that change share: to close one, to open one, to follow a newer list."""

from datetime import date

from sqlalchemy.orm import Session

from kids_feedback.gateways.bank_holidays import HolidayList, newest_list
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.casework.days.redating import Redated
from tests.services.acts import MONDAY, moment

TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 3, day) for day in (3, 4, 5))
CORONATION = date(2026, 3, 11)


def close(db: Session, day: date, today: date = MONDAY) -> Redated:
    now = moment(today, hour=11).now
    return working_days.close_day(db, day, "A coronation", now=now, today=today)


def reopen(db: Session, day: date, today: date = MONDAY) -> Redated:
    return working_days.open_day(db, day, now=moment(today, hour=12).now, today=today)


def follow(
    db: Session,
    *more: date,
    without: tuple[date, ...] = (),
    release: str = "0.110",
    today: date = MONDAY,
) -> tuple[Redated, ...]:
    days = {**newest_list().days, **dict.fromkeys(more, "A coronation")}
    kept = {day: name for day, name in days.items() if day not in without}
    brought = HolidayList(days=kept, release=release)
    now = moment(today, hour=11).now
    return working_days.follow_holidays(db, brought, now=now, today=today)
