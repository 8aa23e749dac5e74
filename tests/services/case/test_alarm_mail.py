"""An alarm as mail: whom it still reaches when it goes, and what follows where it does not.

docs/procedure.md, paragraph 12 (ruling R19).
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.safety import ROUNDS, Decision
from kids_feedback.domain.people import Role
from kids_feedback.services.case import alarms
from kids_feedback.services.casework import undelivered
from kids_feedback.services.site import mail_progress
from kids_feedback.services.site.mail_progress import Progress
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.storage.tables.safety import Alarm, AlarmTold
from tests.make import LONDON, NOW, a_complaint, a_message
from tests.services.acts import a_head, a_manager, post
from tests.services.alarming import a_desk, on_duty, raised, when

A_MINUTE = timedelta(minutes=1)
SUBJECT = alarms.ALARM_NOTIFICATION.subject


def closed(db: Session, row: Case, person: PersonRow) -> None:
    person.closed_at = NOW


def away(db: Session, row: Case, person: PersonRow) -> None:
    person.away_on = NOW.date()


def barred(db: Session, row: Case, person: PersonRow) -> None:
    db.add(PersonComplainedAbout(case_id=row.id, person_id=person.id))


def no_cases_any_more(db: Session, row: Case, person: PersonRow) -> None:
    person.role = Role.ADMINISTRATOR


def refuse(db: Session, code: str = "recipient_550", *, permanent: bool = True) -> None:
    """Have all that was not sent yet refused."""
    for message_id in db.scalars(select(Message.id).where(Message.sent_at.is_(None))).all():
        undelivered.not_sent(db, message_id, NOW, code=code, permanent=permanent, zone=LONDON)


def told(db: Session, alarm: Alarm) -> dict[Progress, tuple[str, ...]]:
    return {state: names for state, names in alarms.told(db, alarm).items() if names}


@pytest.mark.parametrize("change", [closed, away, barred, no_cases_any_more])
def test_who_may_not_have_it_any_more_gets_none_and_others_are_told_at_once(
    db: Session, change: Callable[[Session, Case, PersonRow], None]
) -> None:
    duty, head = on_duty(db, a_manager(db)), a_head(db)
    row = a_complaint(db)
    alarm = raised(db, row)
    change(db, row, duty)
    assert post(db) == []
    assert alarms.repeat(db, when(NOW + A_MINUTE)) == 1
    assert post(db, NOW + A_MINUTE) == [head.email]
    assert told(db, alarm) == {Progress.SENT: ("Hana Head",)}
    assert list(db.scalars(select(AlarmTold.person_id))) == [head.id]


def test_who_is_away_gets_it_where_nobody_is_here(db: Session) -> None:
    duty = on_duty(db, a_manager(db, away_on=NOW.date()))
    raised(db, a_complaint(db))
    assert post(db) == [duty.email]


def test_a_new_address_gets_it(db: Session) -> None:
    duty = on_duty(db, a_manager(db))
    raised(db, a_complaint(db))
    duty.email = "new@example.org"
    assert post(db) == ["new@example.org"]


def test_what_was_decided_meanwhile_alarms_nobody(db: Session) -> None:
    on_duty(db, a_manager(db))
    alarm = raised(db, a_complaint(db))
    alarm.decision, alarm.decided_at, alarm.next_round_at = Decision.SPOKEN, NOW, None
    assert post(db) == []
    assert alarm.next_round_at is None


def test_an_alarm_that_is_refused_goes_to_others_at_once_and_says_so(db: Session) -> None:
    on_duty(db, a_manager(db))
    a_head(db)
    row = a_complaint(db)
    alarm = raised(db, row)
    assert told(db, alarm) == {Progress.ON_ITS_WAY: ("Max Manager",)}
    refuse(db)
    assert told(db, alarm) == {Progress.FAILED: ("Max Manager",)}
    look = alarms.look_for_child(db, row, when(NOW))
    assert look is not None
    assert not look.told
    assert alarms.repeat(db, when(NOW)) == 1
    assert told(db, alarm)[Progress.ON_ITS_WAY] == ("Hana Head", "Max Manager")


def test_what_is_often_tried_in_vain_has_told_nobody(db: Session) -> None:
    on_duty(db, a_manager(db))
    alarm = raised(db, a_complaint(db))
    for message in db.scalars(select(Message)):
        message.attempts, message.tried_since = mail_progress.OFTEN, NOW
    assert told(db, alarm) == {Progress.FAILED: ("Max Manager",)}


def test_where_everybody_is_told_already_a_refusal_hurries_nothing(db: Session) -> None:
    on_duty(db, a_manager(db))
    a_desk(db)
    alarm = raised(db, a_complaint(db))
    alarm.round, before = len(ROUNDS), alarm.next_round_at
    refuse(db)
    assert alarm.next_round_at == before


def test_an_alarm_from_before_goes_to_whoever_has_the_address(db: Session) -> None:
    duty, head = on_duty(db, a_manager(db)), a_head(db)
    row = a_complaint(db)
    alarm = raised(db, row)
    for message in db.scalars(select(Message)).all():
        db.delete(message)
    for to in (str(duty.email), "nobody-has-this@example.org"):
        a_message(db, to, case_id=row.id, subject=SUBJECT)
    assert told(db, alarm) == {Progress.SENT: ("Max Manager",)}, "of those nothing else is known"
    assert post(db) == [duty.email]
    assert alarms.repeat(db, when(NOW)) == 1, "since one of them reached nobody"
    assert head.email in post(db)
