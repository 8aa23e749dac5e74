"""An alarm as mail to people, each told by name: whether it still goes, and if it does not.

Source: docs/procedure.md, paragraph 12 (rulings R16 and R19).
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kids_feedback.domain.case.safety import ROUNDS
from kids_feedback.domain.people import CASE_ROLES
from kids_feedback.services.case import alarms, notifications
from kids_feedback.services.case.people import holders
from kids_feedback.services.site import mail_progress
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.storage.tables.safety import AlarmTold


def address_of(session: Session, row: Case, person: PersonRow | None) -> str | None:
    """Return where an alarm goes that is for somebody; None: not to them, or not any more.

    Who is away is told only where nobody is here.
    """
    if person is None or person.role not in CASE_ROLES or not alarms.undecided(session, row.id):
        return None
    if not notifications.may_be_told(session, row, [person]):
        return None
    if person.away_on and notifications.may_be_told(session, row, _here(session, row)):
        return None
    return person.email


def not_reached(
    session: Session, case_id: str | None, person_id: str | None, now: datetime
) -> None:
    """Note that an alarm does not reach somebody: others are told at once.

    Not once everybody is told with each round. Who got none of it was not told, and sees nothing
    of the case by it.
    """
    alarm = alarms.undecided(session, case_id or "")
    if alarm is None:
        return
    if alarm.round < len(ROUNDS):
        alarm.next_round_at = now
    reached = mail_progress.by_name(session, alarm.case_id, alarm.raised_at)
    if person_id and person_id not in reached:
        theirs = (AlarmTold.alarm_id == alarm.id, AlarmTold.person_id == person_id)
        session.execute(delete(AlarmTold).where(*theirs))
    session.flush()


def _here(session: Session, row: Case) -> list[PersonRow]:
    """Return everybody who is ever told of an alarm of this case, and is here."""
    return [person for person in _ever_told(session, row) if person.away_on is None]


def _ever_told(session: Session, row: Case) -> Iterator[PersonRow]:
    yield from (duty.person for duty in alarms.duties(session))
    if row.area_code:
        yield from holders.heads_and_deputies(session, row)
    yield from holders.customer_service(session)
    yield from holders.last_resort(session)
