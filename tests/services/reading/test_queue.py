"""The queue. docs/procedure.md, paragraphs 12, 30, 31, 37, 43 and 63."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import CourtState, CourtWarning
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import AgeBand, Kind
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.reading import queue
from kids_feedback.services.reading.queue import PAGE, Queue
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer
from tests.make import (
    CALENDAR,
    NOW,
    a_complaint,
    a_compliment,
    a_hearing,
    a_note,
    a_person,
    person_of,
)
from tests.services.acts import MONDAY, a_head, a_manager

MUCH_LATER = date(2026, 3, 30)


def queue_of(
    db: Session,
    person: Person,
    today: date = MONDAY,
    *,
    page: int = 1,
    kind: Kind | None = None,
) -> Queue:
    return queue.waiting(db, person, today=today, calendar=CALENDAR, page=page, kind=kind)


def ids(found: Queue) -> list[str]:
    return [line.id for line in found.lines]


def test_a_line_says_who_what_and_by_when(db: Session) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    row = a_complaint(
        db,
        stage=Stage.ALLOCATED,
        manager=manager,
        office="eastham",
        method=Method.PHONE,
        needs=["interpreter"],
        language="cy",
    )
    line = queue_of(db, head).lines[0]
    assert (line.id, line.name, line.age_band) == (row.id, "Robin", AgeBand.TWELVE_TO_FOURTEEN)
    assert (line.kind, line.stage, line.next_step) == (
        Kind.COMPLAINT,
        Stage.ALLOCATED,
        Step.LOG_ATTEMPT,
    )
    assert (line.due_on, line.days_left, line.is_late) == (date(2026, 3, 3), 1, False)
    assert (line.manager, line.office, line.method) == ("Max Manager", "Eastham", Method.PHONE)
    assert (line.needs, line.language) == (("interpreter",), "cy")
    assert line.court.state is CourtState.FIND_OUT


def test_on_its_last_day_nothing_is_late_and_the_day_after_it_is(db: Session) -> None:
    head = person_of(a_head(db))
    a_complaint(db)
    last, after = (queue_of(db, head, date(2026, 3, day)).lines[0] for day in (3, 4))
    assert (last.days_left, last.is_late) == (0, False)
    assert (after.days_left, after.is_late) == (-1, True)


def test_read_today_comes_first_then_late_then_court_then_the_next_to_break(db: Session) -> None:
    head = person_of(a_head(db))
    calm = {"stage": Stage.TALKED, "talk_on": date(2026, 3, 9), "ongoing": False}
    later = a_complaint(db, **{**calm, "talk_on": date(2026, 3, 16)})
    sooner = a_complaint(db, **calm)
    nothing_due = a_note(db, stage=Stage.ACKNOWLEDGED)
    hearing = {"ongoing": True, "hearings": [a_hearing(date(2026, 4, 9))]}
    court = a_complaint(db, **{**calm, "talk_on": date(2026, 3, 16), **hearing})
    late = a_complaint(db, stage=Stage.ACKNOWLEDGED, contact_by=date(2026, 3, 5))
    later_still = a_complaint(db)
    at_noon = datetime.combine(MUCH_LATER, time(12), tzinfo=UTC)
    today = a_complaint(db, read_today=True, received_at=at_noon)
    expected = [today, later_still, late, court, sooner, later, nothing_due]
    found = queue_of(db, head, MUCH_LATER)
    assert ids(found) == [row.id for row in expected]
    assert found.lines[3].court.warning is CourtWarning.SOON
    assert (found.lines[-1].due_on, found.lines[-1].days_left) == (None, None)


def test_an_alarm_comes_first_until_it_is_decided_and_is_due_today(db: Session) -> None:
    head = person_of(a_head(db))
    a_complaint(db)
    read = a_complaint(db, read_today=True, acknowledged_on=MONDAY, stage=Stage.ACKNOWLEDGED)
    closed = a_note(db, read_today=True, stage=Stage.CLOSED, closed_on=MONDAY)
    found = queue_of(db, head)
    assert {line.id for line in found.lines[:2]} == {read.id, closed.id}
    assert all(line.read_today and line.due_on == MONDAY for line in found.lines[:2])
    assert sum(found.counts.values()) == 3


def test_closed_cases_wait_no_more(db: Session) -> None:
    a_note(db, stage=Stage.CLOSED, closed_on=MONDAY)
    found = queue_of(db, person_of(a_head(db)))
    assert (found.lines, found.pages) == ((), 1)
    assert set(found.counts.values()) == {0}


def test_one_kind_is_picked_and_all_are_counted(db: Session) -> None:
    head = person_of(a_head(db))
    a_complaint(db)
    note = a_note(db)
    praise = a_compliment(db)
    assert ids(queue_of(db, head, kind=Kind.NOTE)) == [note.id]
    found = queue_of(db, head, kind=Kind.COMPLIMENT)
    assert ids(found) == [praise.id]
    assert found.counts == {**dict.fromkeys(Kind, 1), Kind.FEELINGS: 0}


def test_a_long_queue_has_pages(db: Session) -> None:
    head = person_of(a_head(db))
    rows = [a_complaint(db, received_at=NOW + timedelta(days=day)) for day in range(-52, 0)]
    first, second, third = (queue_of(db, head, page=page) for page in (1, 2, 3))
    assert (len(first.lines), len(second.lines), len(third.lines)) == (PAGE, 2, 0)
    assert ids(first) + ids(second) == [row.id for row in rows]
    assert (first.page, second.page, first.pages) == (1, 2, 2)


def test_the_service_manager_sees_by_when_praise_is_passed_on(db: Session) -> None:
    manager = person_of(a_manager(db))
    row = a_compliment(db, office="eastham")
    a_compliment(db, office="elsewhere")
    found = queue.compliments(db, manager, today=MONDAY, calendar=CALENDAR)
    assert ids(found) == [row.id]
    line = found.lines[0]
    assert (line.next_step, line.due_on, line.pass_on) == (
        Step.PASS_ON,
        row.pass_on_by,
        row.pass_on,
    )
    assert line.court.state is CourtState.NOT_A_COMPLAINT


def waits_to_be_checked(db: Session, author: str, **columns: Any) -> Case:
    row = a_complaint(db, stage=Stage.WRITTEN, talk_on=MONDAY, **columns)
    db.add(Answer(case_id=row.id, parts={}, written_by=author, saved_at=NOW))
    db.flush()
    return row


def test_the_head_of_practice_sees_which_answers_to_check_but_not_their_own(db: Session) -> None:
    head, manager = a_head(db), a_manager(db)
    row = waits_to_be_checked(db, manager.id)
    waits_to_be_checked(db, head.id)
    a_complaint(db, stage=Stage.TALKED, talk_on=MONDAY)
    found = queue.to_check(db, person_of(head), today=MONDAY, calendar=CALENDAR)
    assert [line.id for line in found] == [row.id]
    assert queue.to_check(db, person_of(manager), today=MONDAY, calendar=CALENDAR) == ()


def test_an_answer_to_check_has_the_day_of_the_answer_and_not_of_the_court(db: Session) -> None:
    head, manager = a_head(db), a_manager(db)
    row = waits_to_be_checked(db, manager.id, hearings=[a_hearing(date(2026, 3, 12))])
    assert row.next_due_on == date(2026, 3, 11)
    (line,) = queue.to_check(db, person_of(head), today=MONDAY, calendar=CALENDAR)
    assert line.due_on == row.answer_by


def test_finding_out_about_the_court_is_sorted_and_late_like_the_rest(db: Session) -> None:
    calm = {"stage": Stage.TALKED, "acknowledged_on": MONDAY, "contacted_on": MONDAY}
    later = a_complaint(db, **calm, talk_on=MONDAY)
    asked = a_complaint(db, **calm, talk_on=MONDAY, court_asked_on=MONDAY)
    wednesday, thursday = date(2026, 3, 4), date(2026, 3, 5)
    for today, is_late in ((wednesday, False), (thursday, True)):
        found = queue_of(db, person_of(a_head(db)), today=today)
        assert ids(found) == [asked.id, later.id]
        assert (found.lines[0].due_on, found.lines[0].is_late) == (wednesday, is_late)
        assert found.lines[0].court.state is CourtState.FIND_OUT


@pytest.mark.parametrize(
    "role", [Role.CUSTOMER_SERVICE, Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER], ids=str
)
def test_the_person_complained_about_has_no_line_and_no_count(db: Session, role: Role) -> None:
    named = a_person(db, role=role)
    for about in (named, a_person(db, "Ben Under", line_manager=named)):
        a_complaint(db, about=[about], area=None)
        a_complaint(db, about=[about], stage=Stage.WRITTEN, talk_on=MONDAY)
        a_complaint(db, about=[about], manager=named, stage=Stage.ALLOCATED)
        a_note(db, about=[about])
    person = person_of(named)
    found = queue_of(db, person)
    assert found.lines == ()
    assert set(found.counts.values()) == {0}
    assert queue.to_check(db, person, today=MONDAY, calendar=CALENDAR) == ()
