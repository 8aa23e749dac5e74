"""Who is told of a child who may not be safe, and when again. docs/procedure.md, paragraph 12."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import literal_column, select, update
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Role
from kids_feedback.services.case import access, alarms
from kids_feedback.services.child import replies
from kids_feedback.services.reading import case_file, opened_words
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.safety import Alarm
from tests.make import LONDON, NOW, a_complaint, a_person, an_area, person_of
from tests.services.acts import MONDAY, a_childs_act, a_head, a_manager, acknowledge, an_act
from tests.services.alarming import (
    FRIDAY,
    SATURDAY,
    WEEKEND,
    a_desk,
    alarmed,
    on_duty,
    raised,
    when,
)

HALF_AN_HOUR = timedelta(minutes=30)


def test_people_on_duty_in_the_area_are_told_at_once_and_nothing_else_is_said(db: Session) -> None:
    mine = on_duty(db, a_manager(db))
    on_duty(db, a_head(db, "Everywhere", areas=["west"]), None)
    a_desk(db)
    row = a_complaint(db)
    alarm = raised(db, row)
    assert alarmed(db) == [mine.email]
    assert row.read_today
    assert (alarm.round, alarm.next_round_at) == (1, NOW + HALF_AN_HOUR)
    message = db.scalars(select(Message)).one()
    for secret in ("Robin", "safe", "child", row.id, "scared"):
        assert secret not in message.subject + message.body


def test_of_all_areas_where_the_area_has_nobody(db: Session) -> None:
    an_area(db, "west")
    on_duty(db, a_manager(db), "east")
    everywhere = on_duty(db, a_head(db, "Everywhere", areas=["east"]), None)
    raised(db, a_complaint(db, area="west"))
    assert alarmed(db) == [everywhere.email]


def test_customer_service_where_nobody_is_on_duty(db: Session) -> None:
    on_duty(db, a_manager(db), None, WEEKEND)
    desk = a_desk(db)
    raised(db, a_complaint(db, area=None))
    assert alarmed(db) == [desk.email]


def test_else_everybody_on_the_list(db: Session) -> None:
    on_list = [on_duty(db, a_manager(db), "east", WEEKEND), on_duty(db, a_head(db), None, WEEKEND)]
    raised(db, a_complaint(db, area=None))
    assert alarmed(db) == sorted(person.email or "" for person in on_list)


def test_who_is_complained_about_or_has_left_is_passed_over_and_somebody_is_told(
    db: Session,
) -> None:
    manager, gone = on_duty(db, a_manager(db)), on_duty(db, a_manager(db, "Gone"))
    gone.closed_at = NOW
    desk, named = a_desk(db), a_desk(db, "Named Desk")
    row = a_complaint(db, area=None, about=[named, a_person(db, line_manager=manager)])
    raised(db, row)
    assert alarmed(db) == [desk.email]


def test_who_is_away_looks_nowhere_and_those_who_are_here_are_told(db: Session) -> None:
    on_duty(db, a_manager(db, away_on=MONDAY))
    here = on_duty(db, a_manager(db, "Here"))
    raised(db, a_complaint(db))
    assert alarmed(db) == [here.email]


def test_where_all_on_duty_are_away_customer_service_is_told_as_far_as_it_is_there(
    db: Session,
) -> None:
    on_duty(db, a_manager(db, away_on=MONDAY))
    a_desk(db, "Away Desk", away_on=MONDAY)
    desk = a_desk(db)
    raised(db, a_complaint(db))
    assert alarmed(db) == [desk.email]


def test_somebody_who_is_away_is_told_before_nobody_is(db: Session) -> None:
    duty = on_duty(db, a_manager(db, away_on=MONDAY))
    a_desk(db, away_on=MONDAY)
    raised(db, a_complaint(db))
    assert alarmed(db) == [duty.email]


def test_where_a_round_reaches_nobody_the_next_comes_at_once(db: Session) -> None:
    a_desk(db, away_on=MONDAY)
    head = a_head(db)
    alarm = raised(db, a_complaint(db))
    assert (alarmed(db), alarm.round) == ([head.email], 2)


def test_no_child_waits_for_the_hours_of_somebody_who_is_away(db: Session) -> None:
    duty = on_duty(db, a_manager(db), "east", WEEKEND)
    a_desk(db)
    row = a_complaint(db)
    raised(db, row, FRIDAY.replace(hour=18))
    look = alarms.look_for_child(db, row, when(FRIDAY.replace(hour=18)))
    assert look is not None
    assert look.on == SATURDAY.date()
    duty.away_on = MONDAY
    look = alarms.look_for_child(db, row, when(FRIDAY.replace(hour=18)))
    assert look is not None
    assert look.on == date(2026, 3, 9)


def test_each_round_that_nobody_answers_tells_more_people(db: Session) -> None:
    duty, head, desk = on_duty(db, a_manager(db)), a_head(db), a_desk(db)
    raised(db, a_complaint(db))
    seen = [len(alarmed(db))]
    for number in range(1, 4):
        now = NOW + number * HALF_AN_HOUR
        assert alarms.repeat(db, when(now - timedelta(minutes=1))) == 0
        assert alarms.repeat(db, when(now)) == 1
        seen.append(len(alarmed(db)))
    assert seen == [1, 3, 6, 9]
    assert set(alarmed(db)) == {duty.email, head.email, desk.email}


def test_a_case_that_cannot_be_read_keeps_no_other_child_waiting(
    db: Session, caplog: pytest.LogCaptureFixture
) -> None:
    on_duty(db, a_manager(db))
    spoilt, other = a_complaint(db), a_complaint(db)
    waits = raised(db, spoilt)
    raised(db, other, NOW + timedelta(minutes=1))
    db.flush()
    db.execute(update(Case).where(Case.id == spoilt.id).values(kind=literal_column("'spoilt'")))
    db.expire_all()
    assert alarms.repeat(db, when(NOW + 2 * HALF_AN_HOUR)) == 1
    assert "cannot be repeated: Kind" in caplog.text
    assert db.get_one(Alarm, waits.id).next_round_at == NOW + HALF_AN_HOUR, "still due"


def test_a_mail_that_never_left_counts_as_not_read(db: Session) -> None:
    on_duty(db, a_manager(db))
    raised(db, a_complaint(db))
    for message in db.scalars(select(Message)):
        message.last_error = "recipient_550 permanent"
    assert alarms.repeat(db, when(NOW + HALF_AN_HOUR)) == 1


def test_over_a_weekend_nobody_is_told_twice(db: Session) -> None:
    desk = a_desk(db)
    duty = on_duty(db, a_manager(db))
    alarm = raised(db, a_complaint(db), SATURDAY)
    assert alarmed(db) == [desk.email], "at once, whatever day it is"
    monday = datetime(2026, 3, 9, 9, 0, tzinfo=LONDON)
    assert alarm.next_round_at == monday
    assert alarms.repeat(db, when(SATURDAY + timedelta(hours=3))) == 0
    assert alarms.repeat(db, when(monday)) == 1
    assert duty.email in alarmed(db)


def test_a_round_that_was_missed_waits_for_duty_hours(db: Session) -> None:
    on_duty(db, a_manager(db))
    alarm = raised(db, a_complaint(db), FRIDAY)
    assert alarms.repeat(db, when(SATURDAY)) == 0
    assert alarm.next_round_at == datetime(2026, 3, 9, 9, 0, tzinfo=LONDON)
    assert alarm.round == 1


def test_another_tick_tells_again_and_is_the_same_alarm(db: Session) -> None:
    on_duty(db, a_manager(db))
    row = a_complaint(db)
    assert raised(db, row).id == raised(db, row, NOW + timedelta(minutes=5)).id
    assert len(alarmed(db)) > 1


def test_whoever_is_told_sees_the_case_and_can_only_look_to_the_child(db: Session) -> None:
    row, desk = a_complaint(db), a_desk(db)
    with pytest.raises(NotFound):
        access.find(db, row.id, person_of(desk))
    alarm = raised(db, row)
    page = case_file.of_case(an_act(db, row, person_of(desk)))
    assert page.steps == {"opened_words", "opened_contact", "handover", "safety_decided"}
    other = a_manager(db, "Other")
    alarm.decided_at, alarm.decided_by = NOW, other.id
    row.read_today = False
    db.flush()
    with pytest.raises(NotFound):
        access.find(db, row.id, person_of(desk))


def test_who_is_named_afterwards_sees_it_no_more(db: Session) -> None:
    desk = a_desk(db)
    row = a_complaint(db)
    raised(db, row)
    access.find(db, row.id, person_of(desk))
    db.add(PersonComplainedAbout(case_id=row.id, person_id=desk.id))
    db.flush()
    with pytest.raises(NotFound):
        access.find(db, row.id, person_of(desk))
    assert alarms.repeat(db, when(NOW + HALF_AN_HOUR)) == 1
    assert alarmed(db) == [desk.email], "the first time only"


@pytest.mark.parametrize(
    ("now", "day"), [(FRIDAY, "2026-03-06"), (SATURDAY, "2026-03-09")], ids=["friday", "saturday"]
)
def test_a_child_reads_when_somebody_looks(db: Session, now: datetime, day: str) -> None:
    a_desk(db)
    row = a_complaint(db)
    assert alarms.look_for_child(db, row, when(now)) is None
    raised(db, row, now)
    an_area(db).outside_hours = "Duty team: 01234 567890"
    look = alarms.look_for_child(db, row, when(now))
    assert look is not None
    assert (look.on.isoformat(), look.told, look.read) == (day, True, False)
    assert look.outside == "Duty team: 01234 567890"


def test_a_child_reads_the_truth_where_there_is_nobody_and_once_it_was_opened(db: Session) -> None:
    row = a_complaint(db)
    raised(db, row)
    look = alarms.look_for_child(db, row, when())
    assert look is not None
    assert not look.told
    opened_words.open_statement(an_act(db, row, person_of(a_head(db))))
    later = alarms.look_for_child(db, row, when(NOW + timedelta(hours=2)))
    assert later is not None
    assert later.read


def test_only_roles_that_work_on_cases_can_be_on_duty(db: Session) -> None:
    keeper = a_person(db, role=Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        on_duty(db, keeper)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_tick_is_kept_whoever_saves_the_case_at_the_same_time(transactions: Transactions) -> None:
    """On SQLite writers take turns."""
    with transactions() as db:
        case_id, head = a_complaint(db).id, person_of(a_head(db))

    def tick() -> None:
        with transactions() as childs:
            replies.send_more(a_childs_act(childs, case_id), "", not_safe=True)

    with ThreadPoolExecutor(1) as pool:
        with transactions() as other:
            acknowledge(other, case_id, head)
            other.flush()
            ticks = pool.submit(tick)  # which waits until that is kept
        ticks.result()
    with transactions.reading() as db:
        row = db.get_one(Case, case_id)
        assert (row.read_today, row.acknowledged_on is not None) == (True, True)
