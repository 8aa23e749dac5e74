"""Alarms of children who may not be safe: raised, told to people, and told again.

Source: docs/procedure.md, paragraph 12 (rulings R16 and R19).
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.safety import (
    ROUNDS,
    Group,
    Look,
    Shift,
    Watch,
    day_told,
    next_look,
    rounds,
)
from kids_feedback.domain.errors import CannotOpen, UnknownCode
from kids_feedback.domain.people import CASE_ROLES
from kids_feedback.services.case import notifications
from kids_feedback.services.case.notifications import Notification
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import holders
from kids_feedback.services.errors import WordsNotOpened
from kids_feedback.services.site import mail_progress
from kids_feedback.services.site.mail_progress import Progress
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.storage.tables.safety import Alarm, AlarmTold, Duty

ALARM_NOTIFICATION = Notification(
    subject="READ NOW: something cannot wait",
    body=(
        "Something must be read now. Please sign in at once: it stands first in your queue.\n"
        "You are told again until somebody has read it and recorded a decision.\n"
    ),
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class When:
    """When it is, and when people look."""

    now: datetime
    calendar: WorkingCalendar
    watch: Watch

    @classmethod
    def of(cls, opened: Opened, watch: Watch) -> "When":
        """Return that of an act, or a look at a case."""
        return cls(now=opened.now, calendar=opened.calendar, watch=watch)


def raise_for(session: Session, row: Case, when: When) -> None:
    """Raise an alarm, and tell people at once. One that is undecided is told again instead."""
    alarm = undecided(session, row.id)
    if alarm is None:
        alarm = Alarm(case_id=row.id, raised_at=when.now, round=0)
        session.add(alarm)
        session.flush()
        flag(session, row, undecided=True)
    _tell(session, alarm, row, when)


def repeat(session: Session, when: When, *, limit: int = 20) -> int:
    """Tell people again of every alarm that nobody has decided in time; return how many.

    One of which something cannot be read keeps no other child waiting: it is tried again.

    Outside duty hours nobody is told, and the alarm waits until somebody looks.
    """
    due = (
        select(Alarm)
        .where(Alarm.decided_at.is_(None), Alarm.next_round_at <= when.now)
        .order_by(Alarm.next_round_at, Alarm.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    told = 0
    for alarm in session.scalars(due).all():
        try:
            with session.begin_nested():
                told += _repeat(session, alarm, when)
        except (CannotOpen, UnknownCode) as error:
            _log.error("an alarm cannot be repeated: %s", error)
    session.flush()
    return told


def _repeat(session: Session, alarm: Alarm, when: When) -> bool:
    """Tell people again of one alarm, if somebody looks just now; return whether that was done."""
    row = session.get_one(Case, alarm.case_id)
    looks_at = _next_look(session, row, when.now, when)
    if looks_at > when.now:
        alarm.next_round_at = looks_at
        return False
    _tell(session, alarm, row, when)
    return True


def flag(session: Session, row: Case, *, undecided: bool) -> None:
    """Keep on the case whether its alarm is undecided, whoever else saves it at the same time."""
    only_that = update(Case).where(Case.id == row.id).values(read_today=undecided)
    session.execute(only_that)


def undecided(session: Session, case_id: str) -> Alarm | None:
    """Return the alarm of a case that nobody has decided; None: there is none."""
    wanted = _of(case_id).where(Alarm.decided_at.is_(None))
    return session.scalars(wanted).first()


def newest(session: Session, case_id: str) -> Alarm | None:
    """Return the last alarm of a case, decided or not."""
    return session.scalars(_of(case_id)).first()


def look_for_child(session: Session, row: Case, when: When) -> Look | None:
    """Return when somebody looks, as the child reads it; None where no alarm is undecided."""
    alarm = undecided(session, row.id) if row.read_today else None
    if alarm is None:
        return None
    names = told(session, alarm)
    return Look(
        on=day_told(when.now, when.watch, when.calendar, _shifts(session, row)),
        outside=row.area.outside_hours if row.area else "",
        told=bool(names[Progress.SENT] or names[Progress.ON_ITS_WAY]),
        read=_opened_whole(session, row, Event.at >= alarm.raised_at),
    )


def has_opened(opened: Opened) -> bool:
    """Say whether this person opened what the child said, all that was added since included."""
    return _opened_whole(opened.session, opened.row, Event.person_id == opened.person_id)


def check_opened(opened: Opened) -> None:
    """Check that this person opened what the child said: only who has read it can decide.

    Raises:
        WordsNotOpened: they have not, or not what was added since.
    """
    if not has_opened(opened):
        raise WordsNotOpened


def told(session: Session, alarm: Alarm) -> dict[Progress, tuple[str, ...]]:
    """Return the names of those who are told of an alarm, by how far their mail has got.

    Of a mail from before that was kept, it went.
    """
    wanted = (
        select(PersonRow.id, PersonRow.name)
        .join(AlarmTold, AlarmTold.person_id == PersonRow.id)
        .where(AlarmTold.alarm_id == alarm.id)
        .order_by(PersonRow.name, PersonRow.id)
    )
    people = session.execute(wanted).all()
    got = mail_progress.by_name(session, alarm.case_id, alarm.raised_at)
    return {
        progress: tuple(who.name for who in people if got.get(who.id, Progress.SENT) is progress)
        for progress in (Progress.SENT, Progress.ON_ITS_WAY, Progress.FAILED)
    }


def on_duty(session: Session, row: Case, when: When) -> list[PersonRow]:
    """Return who is on duty now for a case: those of its area, else those of all areas."""
    local = when.now.astimezone(when.watch.zone)
    now = [duty for duty in _here(session) if shift_of(duty).covers(local, when.calendar)]
    of_area = [duty.person for duty in now if duty.area_code and duty.area_code == row.area_code]
    return of_area or [duty.person for duty in now if duty.area_code is None]


def shift_of(duty: Duty) -> Shift:
    """Return when a line of the duty list holds."""
    return Shift(
        weekdays=frozenset(map(int, duty.weekdays)),
        starts=time(*divmod(duty.starts, 60)),
        ends=time(*divmod(duty.ends, 60)),
    )


def _tell(session: Session, alarm: Alarm, row: Case, when: When) -> None:
    """Tell everybody of the next round, and set when the one after it comes.

    One in which there is nobody to tell does not make the child wait for the one after it.
    """
    reached: list[PersonRow] = []
    while not reached:
        alarm.round += 1
        people = {
            person.id: person
            for group in rounds(alarm.round)
            for person in _GROUPS[group](session, row, when)
        }
        reached = notifications.tell_staff(
            session, row, people.values(), ALARM_NOTIFICATION, now=when.now
        )
        if alarm.round >= len(ROUNDS):
            break
    known = set(session.scalars(select(AlarmTold.person_id).where(AlarmTold.alarm_id == alarm.id)))
    session.add_all(
        AlarmTold(alarm_id=alarm.id, person_id=person.id)
        for person in reached
        if person.id not in known
    )
    alarm.next_round_at = _next_look(session, row, when.now + when.watch.every, when)
    session.flush()


def _on_duty_or_else(session: Session, row: Case, when: When) -> list[PersonRow]:
    """Return who is on duty; else customer service; else everybody on the list, away or not."""
    for people in (
        on_duty(session, row, when),
        holders.customer_service(session),
        [duty.person for duty in duties(session)],
    ):
        free = notifications.may_be_told(session, row, people)
        if free:
            return free
    return []


def _heads(session: Session, row: Case, when: When) -> list[PersonRow]:
    """Return the Heads of Practice of the area, those who stand in, and the deputies."""
    return holders.heads_and_deputies(session, row) if row.area_code else []


def _customer_service(session: Session, row: Case, when: When) -> list[PersonRow]:
    return holders.customer_service(session)


def _last_resort(session: Session, row: Case, when: When) -> list[PersonRow]:
    return holders.last_resort(session)


_GROUPS: Mapping[Group, Callable[[Session, Case, When], Iterable[PersonRow]]] = {
    Group.ON_DUTY: _on_duty_or_else,
    Group.HEADS: _heads,
    Group.CUSTOMER_SERVICE: _customer_service,
    Group.LAST_RESORT: _last_resort,
}


def _next_look(session: Session, row: Case, at: datetime, when: When) -> datetime:
    return next_look(at, when.watch, when.calendar, _shifts(session, row))


def _shifts(session: Session, row: Case) -> list[Shift]:
    """Return the hours of those who are on duty for a case, in its area or everywhere."""
    places = {None, row.area_code}
    return [shift_of(duty) for duty in _here(session) if duty.area_code in places]


def _here(session: Session) -> list[Duty]:
    """Return the duty list, without those who are away: nobody looks in their hours."""
    return [duty for duty in duties(session) if duty.person.away_on is None]


def duties(session: Session) -> list[Duty]:
    """Return the duty list, without those who have left or do not work on cases any more."""
    wanted = (
        select(Duty)
        .join(PersonRow, PersonRow.id == Duty.person_id)
        .where(PersonRow.closed_at.is_(None), PersonRow.role.in_(CASE_ROLES))
        .order_by(Duty.id)
    )
    return list(session.scalars(wanted))


def _of(case_id: str) -> Select[Alarm]:
    """Select the alarms of a case, the newest first."""
    wanted = select(Alarm).where(Alarm.case_id == case_id)
    return wanted.order_by(Alarm.raised_at.desc(), Alarm.id)


def _opened_whole(session: Session, row: Case, by_whom_or_when: ColumnElement[bool]) -> bool:
    """Say whether what the child said was opened after all that was added to it."""
    added = select(func.max(Event.number)).where(
        Event.case_id == row.id, Event.what == Step.ADD.value
    )
    opened = select(Event.id).where(
        Event.case_id == row.id,
        Event.what == Step.OPEN_STATEMENT.value,
        Event.number > func.coalesce(added.scalar_subquery(), 0),
        by_whom_or_when,
    )
    return session.scalar(opened.limit(1)) is not None
