"""Reaching the child, and the clock. docs/procedure.md, paragraphs 9, 20, 23 and 24."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Person
from kids_feedback.services.case.events import events_of
from kids_feedback.services.casework.contact import contact_log, letters
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.services.child import letters as child_letters
from kids_feedback.services.errors import DayOutOfRange, Incomplete
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Talk
from tests.make import CALENDAR, person_of
from tests.services.acts import MONDAY, a_childs_act, a_head, a_manager, an_act, last_line, lines
from tests.services.casework.contact.talks import DUE, FRIDAY, LEFT, given, talk


def opened_a_message(db: Session, row: Case, manager: Person) -> None:
    """Let the child be written to on this website, and open it: only then were they met there."""
    letters.write(an_act(db, row, manager), text="When can we talk?")
    child_letters.read(a_childs_act(db, row))


def test_a_manager_keeps_what_they_tried(db: Session) -> None:
    row, manager = given(db)
    saved = contact_log.log_attempt(
        an_act(db, row, manager),
        way=Channel.PHONE,
        result=AttemptResult.NO_ANSWER,
        next_attempt_on=date(2026, 3, 3),
        note="After four.",
    )
    assert (saved.stage, saved.next_step) == (Stage.ALLOCATED, Step.LOG_ATTEMPT)
    line = last_line(db, row, "log_try")
    assert line.facts == {
        "way": "phone",
        "result": "no_answer",
        "next_try_on": "2026-03-03",
        "another_way": False,
        "child_agreed": False,
    }
    assert line.note == "After four."


TRIES = [result for result in AttemptResult if result not in contact_log.REACHED]


@pytest.mark.parametrize("result", TRIES)
def test_a_try_keeps_no_promise_and_the_next_one_drives_the_queue(
    db: Session, result: AttemptResult
) -> None:
    row, manager = given(db)
    for count, day in enumerate((MONDAY, date(2026, 3, 3)), start=1):
        contact_log.log_attempt(
            an_act(db, row, manager, day),
            way=Channel.PHONE,
            result=result,
            next_attempt_on=day + timedelta(days=1),
        )
        assert row.contacted_on is None
        assert row.next_due_on == min(row.contact_by, day + timedelta(days=1))
        found = contact_log.tries(events_of(an_act(db, row, manager, day)))
        assert (found.count, found.last_on) == (count, day)
    assert lines(db, row) == ["log_try", "log_try"]
    talk(db, row, manager)
    assert row.next_attempt_on is None, "nobody has to be reached any more"


@pytest.mark.parametrize("result", TRIES)
def test_a_try_that_failed_says_when_the_next_one_is(db: Session, result: AttemptResult) -> None:
    row, manager = given(db)
    with pytest.raises(Incomplete) as refused:
        contact_log.log_attempt(an_act(db, row, manager), way=Channel.PHONE, result=result)
    assert refused.value.missing == ("next_attempt_on",)


@pytest.mark.parametrize("way", Channel)
@pytest.mark.parametrize("agreed", [True, False])
def test_only_reaching_the_child_as_they_chose_or_agreed_keeps_the_promise(
    db: Session, way: Channel, *, agreed: bool
) -> None:
    row, manager = given(db)
    opened_a_message(db, row, manager)
    contact_log.log_attempt(
        an_act(db, row, manager),
        way=way,
        result=AttemptResult.ANOTHER_TIME,
        why_way="The number is dead.",
        child_agreed=agreed,
    )
    assert (row.contacted_on == MONDAY) is (agreed or way is Channel.PHONE)
    assert last_line(db, row, "log_try").note == "The number is dead."


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("way", Channel)
def test_another_way_than_the_chosen_one_needs_a_reason(
    db: Session, method: Method, way: Channel
) -> None:
    row, manager = given(db)
    opened_a_message(db, row, manager)
    row.method, row.contact = method, {**LEFT, "meet_tell": "letter"}
    act = an_act(db, row, manager)
    is_chosen = way.value == method.value or (method is Method.MEET and way is Channel.LETTER)
    assert (way in contact_log.chosen_ways(act)) is is_chosen
    if not is_chosen:
        with pytest.raises(Incomplete) as tried:
            contact_log.log_attempt(act, way=way, result=AttemptResult.ANOTHER_TIME)
        with pytest.raises(Incomplete) as talked:
            contact_log.log_talk(
                act, talk_on=MONDAY, way=way, present="Us", wants="Peace", still_wants=True
            )
        assert tried.value.missing == talked.value.missing == ("why_way",)


def test_a_child_who_chose_no_way_is_reached_by_any(db: Session) -> None:
    row, manager = given(db)
    row.method = None
    assert contact_log.chosen_ways(an_act(db, row, manager)) == frozenset(Channel)


def test_nobody_tries_next_in_the_past(db: Session) -> None:
    row, manager = given(db)
    with pytest.raises(DayOutOfRange) as refused:
        contact_log.log_attempt(
            an_act(db, row, manager),
            way=Channel.PHONE,
            result=AttemptResult.ANOTHER_TIME,
            next_attempt_on=date(2026, 3, 1),
        )
    assert refused.value.earliest == MONDAY


def test_the_first_talk_starts_the_clock(db: Session) -> None:
    row, manager = given(db)
    saved = talk(db, row, manager)
    assert (saved.stage, saved.next_step) == (Stage.TALKED, Step.WRITE)
    assert (row.talk_on, row.answer_by, row.next_due_on) == (FRIDAY, DUE, DUE)
    assert row.contacted_on == FRIDAY
    assert last_line(db, row, "log_talk").facts == {
        "talk_on": "2026-03-20",
        "way": "phone",
        "still_wants": True,
        "to_confirm": False,
        "answer_by": "2026-04-21",
        "answer_by_before": None,
        "not_counted": ["2026-04-03", "2026-04-06"],
    }
    kept = db.scalars(select(Talk)).one()
    assert (kept.present, kept.wants) == ("Robin and a friend", "To be asked first.")


def test_a_later_talk_never_starts_it_again(db: Session) -> None:
    row, manager = given(db)
    talk(db, row, manager)
    talk(db, row, manager, date(2026, 3, 24))
    assert (row.talk_on, row.answer_by) == (FRIDAY, DUE)
    assert "answer_by" not in last_line(db, row, "log_talk").facts
    assert len(db.scalars(select(Talk)).all()) == 2


def test_an_earlier_talk_that_was_kept_later_was_the_first(db: Session) -> None:
    row, manager = given(db)
    talk(db, row, manager)
    talk(db, row, manager, date(2026, 3, 19))
    assert (row.talk_on, row.answer_by) == (date(2026, 3, 19), date(2026, 4, 20))
    assert last_line(db, row, "log_talk").facts["answer_by_before"] == "2026-04-21"


@pytest.mark.parametrize(
    "talk_on", [date(2026, 3, 1), date(2026, 3, 26)], ids=["before receipt", "tomorrow"]
)
def test_a_talk_is_between_receipt_and_today(db: Session, talk_on: date) -> None:
    row, manager = given(db)
    with pytest.raises(DayOutOfRange) as refused:
        talk(db, row, manager, talk_on)
    assert (refused.value.earliest, refused.value.latest) == (MONDAY, date(2026, 3, 25))


def test_what_a_manager_heard_in_a_talk_stops_nothing_until_the_child_confirms_it(
    db: Session,
) -> None:
    """Ruling R22."""
    row, manager = given(db)
    saved = talk(db, row, manager, still_wants=False)
    assert (row.kind, saved.stage, saved.next_step) == (Kind.COMPLAINT, Stage.TALKED, Step.WRITE)
    assert (row.talk_on, row.answer_by) == (FRIDAY, DUE)
    assert (row.stop_asked_on, row.stopped_on) == (date(2026, 3, 25), None)
    assert last_line(db, row, "log_talk").facts["still_wants"] is False


def test_a_child_may_say_no_later_and_what_was_promised_stays_on_record(db: Session) -> None:
    row, manager = given(db)
    talk(db, row, manager)
    talk(db, row, manager, date(2026, 3, 24), still_wants=False)
    assert (row.kind, row.talk_on, row.answer_by) == (Kind.COMPLAINT, FRIDAY, DUE)
    assert row.stop_asked_on == date(2026, 3, 25)


def test_only_who_has_the_case_keeps_a_talk(db: Session) -> None:
    row, _ = given(db)
    with pytest.raises(StepNotOpen):
        talk(db, row, person_of(a_head(db)))
    with pytest.raises(NotFound):
        talk(db, row, person_of(a_manager(db, "Olu Other")))


def test_no_date_is_promised_beyond_the_calendar(db: Session) -> None:
    row, manager = given(db)
    with pytest.raises(DayOutOfRange):
        talk(db, row, manager, CALENDAR.last + timedelta(days=1))
