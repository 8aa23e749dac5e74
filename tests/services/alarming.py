"""What the tests of alarms share: people on duty, a child who is not safe, and the moment."""

from datetime import datetime, time
from typing import Any

from sqlalchemy.orm import Session

from kids_feedback.domain.case.safety import USUAL, Shift
from kids_feedback.domain.people import Role
from kids_feedback.services.case import alarms
from kids_feedback.services.case.alarms import ALARM_NOTIFICATION, When
from kids_feedback.services.casework.people import duty
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.storage.tables.safety import Alarm
from tests.make import CALENDAR, LONDON, NOW, a_person
from tests.services.acts import sent_to

FRIDAY = datetime(2026, 3, 6, 15, 30, tzinfo=LONDON)
SATURDAY = datetime(2026, 3, 7, 11, 0, tzinfo=LONDON)
WEEKEND = Shift(weekdays=frozenset({5, 6}), starts=time(10), ends=time(12))


def when(now: datetime = NOW) -> When:
    return When(now=now, calendar=CALENDAR, watch=USUAL)


def on_duty(
    db: Session, person: PersonRow, area: str | None = "east", shift: Shift = USUAL.shift
) -> PersonRow:
    """Put somebody on the duty list."""
    duty.put(db, person.id, area, shift)
    return person


def a_desk(db: Session, name: str = "Cleo Desk", **columns: Any) -> PersonRow:
    return a_person(db, name, role=Role.CUSTOMER_SERVICE, **columns)


def raised(db: Session, row: Case, now: datetime = NOW) -> Alarm:
    """Raise an alarm about a case."""
    alarms.raise_for(db, row, when(now))
    alarm = alarms.undecided(db, row.id)
    assert alarm is not None
    return alarm


def alarmed(db: Session) -> list[str]:
    """Return who got an alarm by mail, each as often as they did."""
    return sent_to(db, subject=ALARM_NOTIFICATION.subject)
