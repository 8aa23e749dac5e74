"""What a child sees with the secret words."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.calendar import ONE_DAY
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.hearings import HearingState
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.submission import PassOn
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Role
from kids_feedback.services.child import case_status
from kids_feedback.services.child.case_status import CourtLine, Status
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer, Event
from tests.make import NOW, a_complaint, a_compliment, a_hearing, a_note, a_person
from tests.services.acts import a_childs_act

TALK = date(2026, 3, 20)


def status(db: Session, row: Case, today: date = date(2026, 3, 2)) -> Status:
    return case_status.status(db, row.id, today=today)


def steps(found: Status) -> list[tuple[str, str]]:
    return [(milestone.code, milestone.state) for milestone in found.milestones]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param(
            {}, [("to_read", "now"), ("contact", "next"), ("answer_later", "next")], id="just sent"
        ),
        pytest.param(
            {"stage": Stage.ALLOCATED, "acknowledged_on": date(2026, 3, 3)},
            [("read", "done"), ("contact", "now"), ("answer_later", "next")],
            id="read",
        ),
        pytest.param(
            {
                "stage": Stage.ALLOCATED,
                "acknowledged_on": date(2026, 3, 3),
                "contacted_on": date(2026, 3, 4),
            },
            [("read", "done"), ("talk", "now"), ("answer_later", "next")],
            id="tried",
        ),
        pytest.param(
            {"stage": Stage.TALKED, "acknowledged_on": date(2026, 3, 3), "talk_on": TALK},
            [("read", "done"), ("talked", "done"), ("answer", "now")],
            id="talked",
        ),
        pytest.param(
            {"stage": Stage.ALLOCATED, "acknowledged_on": date(2026, 3, 3), "method": Method.NONE},
            [("read", "done"), ("answer_here", "now")],
            id="no contact wanted",
        ),
    ],
)
def test_where_things_are(
    db: Session, columns: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert steps(status(db, a_complaint(db, **columns))) == [("told", "done"), *expected]


def test_after_a_talk_on_20_march_the_answer_comes_by_21_april_and_says_why(db: Session) -> None:
    row = a_complaint(db, stage=Stage.TALKED, talk_on=TALK, acknowledged_on=date(2026, 3, 3))
    clock = status(db, row).clock
    assert clock is not None
    assert clock.due_on == date(2026, 4, 21)
    assert clock.not_counted == (date(2026, 4, 3), date(2026, 4, 6))


def test_a_broken_promise_is_said(db: Session) -> None:
    row = a_complaint(db)
    assert status(db, row, today=date(2026, 3, 3)).late is None
    assert status(db, row, today=date(2026, 3, 4)).late == date(2026, 3, 3)


def test_a_note_has_no_answer_ahead(db: Session) -> None:
    assert steps(status(db, a_note(db))) == [("told", "done"), ("to_read", "now")]


def test_praise_is_passed_on(db: Session) -> None:
    waiting = a_compliment(db)
    assert steps(status(db, waiting)) == [("told", "done"), ("to_pass_on", "now")]
    done = a_compliment(db, stage=Stage.CLOSED, closed_on=date(2026, 3, 4))
    assert steps(status(db, done)) == [("told", "done"), ("passed_on", "done")]


def test_an_answer_is_there_only_once_it_was_delivered(db: Session) -> None:
    manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
    row = a_complaint(db, stage=Stage.APPROVED, talk_on=TALK, manager=manager)
    parts = {"understanding": "<p>You were not asked.</p>"}
    db.add(Answer(case_id=row.id, parts=parts, written_by=manager.id, saved_at=NOW))
    db.flush()
    with pytest.raises(NotFound):
        case_status.read_answer(a_childs_act(db, row))
    row.stage, row.delivered_on = Stage.DELIVERED, date(2026, 4, 20)
    db.flush()
    assert status(db, row).answer_ready
    case_status.read_answer(a_childs_act(db, row))
    found = case_status.read_answer(a_childs_act(db, row))
    assert (found.manager, found.parts) == ("Mo Manager", parts)
    assert [event.what for event in db.scalars(select(Event))] == ["answer_read"]


def test_what_was_erased_is_not_there(db: Session) -> None:
    with pytest.raises(NotFound):
        case_status.status(db, "nothing", today=TALK)


def dates(db: Session, row: Case, today: date = date(2026, 3, 2)) -> list[tuple[str, str]]:
    return [(milestone.code, milestone.state) for milestone in status(db, row, today).dates]


def test_two_dates_always_stand_by_a_complaint(db: Session) -> None:
    read = {"acknowledged_on": date(2026, 3, 3), "stage": Stage.ALLOCATED}
    tried = {**read, "contacted_on": date(2026, 3, 4)}
    talked = {**tried, "stage": Stage.TALKED, "talk_on": TALK}
    answered = {**talked, "stage": Stage.DELIVERED, "delivered_on": date(2026, 4, 1)}
    later = ("answer_later", "next")
    for columns, expected in (
        ({}, [("contact", "now"), later]),
        (read, [("contact", "now"), later]),
        (tried, [("talk", "now"), later]),
        (talked, [("talked", "done"), ("answer", "now")]),
        (answered, [("talked", "done"), ("answered", "done")]),
    ):
        assert dates(db, a_complaint(db, **columns)) == expected
    assert dates(db, a_complaint(db, **talked), date(2026, 4, 22))[1] == ("answer", "late")
    assert dates(db, a_complaint(db), date(2026, 3, 6))[0] == ("contact", "late")


def test_who_wants_no_contact_gets_the_answer_here(db: Session) -> None:
    row = a_complaint(db, method=Method.NONE)
    expected = [("no_contact", "done"), ("answer_here", "now")]
    assert dates(db, row) == expected
    assert status(db, row).dates[1].on == row.talk_by
    assert steps(status(db, row))[-1] == ("answer_here", "next")
    assert dates(db, row, row.talk_by + ONE_DAY)[1] == ("answer_here", "late")


@pytest.mark.parametrize(
    ("method", "contact", "lacks"),
    [
        (None, {}, "method"),
        (Method.PHONE, {}, "phone"),
        (Method.MEET, {}, "meet_tell"),
        (Method.HERE, {}, None),
        (Method.NONE, {}, None),
        (Method.PHONE, {"phone": "0116 496 0000"}, None),
    ],
)
def test_who_cannot_be_reached_is_told_so_while_somebody_is_to_be_in_touch(
    db: Session, method: Method | None, contact: dict[str, str], lacks: str | None
) -> None:
    row = a_complaint(db, method=method, contact=contact)
    assert status(db, row).lacks == lacks
    row.talk_on = TALK
    assert status(db, row).lacks is None


def test_praise_that_is_not_to_be_passed_on_is_not(db: Session) -> None:
    row = a_compliment(db, pass_on=PassOn.NO)
    assert steps(status(db, row))[1] == ("to_note", "now")
    row.closed_on = TALK
    assert steps(status(db, row))[1] == ("noted", "done")


def test_a_note_and_praise_promise_no_answer(db: Session) -> None:
    assert dates(db, a_note(db)) == dates(db, a_compliment(db)) == []


HEARING = date(2026, 3, 12)
TOLD = date(2026, 3, 4)
BOTH = {"told_complaint_on": TOLD, "told_doing_on": TOLD}


@pytest.mark.parametrize(
    ("hearings", "today", "expected"),
    [
        pytest.param([], TOLD, (None, True, False), id="nobody knows when it is"),
        pytest.param([], date(2026, 3, 5), (None, True, True), id="nobody found out in time"),
        pytest.param([(HEARING, {})], TOLD, (None, True, False), id="not yet"),
        pytest.param([(HEARING, {})], HEARING, (None, True, True), id="the hearing came first"),
        pytest.param(
            [(HEARING, {"told_complaint_on": TOLD})], TOLD, (None, True, False), id="half of it"
        ),
        pytest.param([(HEARING, BOTH)], HEARING, (TOLD, False, False), id="told"),
        pytest.param(
            [(date(2026, 3, 3), BOTH)], HEARING, (TOLD, False, True), id="told after the hearing"
        ),
        pytest.param(
            [(HEARING, {**BOTH, "state": HearingState.MOVED}), (date(2026, 3, 19), {})],
            TOLD,
            (TOLD, True, False),
            id="to be told again",
        ),
        pytest.param(
            [(HEARING, BOTH), (date(2026, 3, 19), {"told_complaint_on": TOLD})],
            date(2026, 3, 20),
            (TOLD, True, True),
            id="not told again in time",
        ),
    ],
)
def test_where_a_case_goes_on_the_child_reads_what_the_court_knows(
    db: Session,
    hearings: list[tuple[date, dict[str, Any]]],
    today: date,
    expected: tuple[date | None, bool, bool],
) -> None:
    rows = [a_hearing(on, **columns) for on, columns in hearings]
    row = a_complaint(db, ongoing=True, court_asked_on=date(2026, 3, 2), hearings=rows)
    told_on, is_owed, is_late = expected
    line = CourtLine(told_on=told_on, is_owed=is_owed, is_late=is_late)
    assert status(db, row, today).court == line


@pytest.mark.parametrize("told", [{}, BOTH], ids=["not told", "told"])
def test_once_its_duty_ended_the_child_reads_no_more_that_the_court_is_to_be_told(
    db: Session, told: dict[str, Any]
) -> None:
    row = a_complaint(
        db,
        ongoing=True,
        stopped_on=TOLD,
        court_duty_ended_on=TOLD,
        hearings=[a_hearing(HEARING, **told)],
    )
    line = status(db, row, HEARING).court
    told_on = TOLD if told else None
    assert line == CourtLine(told_on=told_on, is_owed=False, is_late=False, is_over=True)


def test_without_a_case_nothing_is_said_of_a_court(db: Session) -> None:
    for ongoing in (None, False):
        assert status(db, a_complaint(db, ongoing=ongoing)).court is None
    assert status(db, a_note(db, ongoing=True)).court is None
