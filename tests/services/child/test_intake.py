"""A child sends: once, durably, to whoever answers for it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.safety import Look
from kids_feedback.domain.case.submission import (
    AgeBand,
    Door,
    Kind,
    PassOn,
    Receipt,
    Submission,
    Wish,
)
from kids_feedback.domain.child import secret_words
from kids_feedback.domain.errors import CalendarGap, NotFound
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.services.case import access
from kids_feedback.services.child import case_status, intake
from kids_feedback.services.errors import DayInFuture
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.outbox import Message
from tests.make import CALENDAR, LONDON, NOW, a_person, an_office, person_of
from tests.services.acts import sent_to
from tests.services.alarming import FRIDAY, a_desk, alarmed

WORDS_KEY = b"w" * 32
COMPLAINT = Submission(
    door=Door.WRONG,
    wish=Wish.LOOK_INTO,
    topics=("not_listened", "unfair"),
    age="9",
    name="Pip",
    statement={"happened": 'Nobody asked me. \U0001f622 «مرحبا» "quotes"', "topics": ["unfair"]},
)


def send(
    db: Session,
    draft: Submission = COMPLAINT,
    key: str = "k1",
    now: datetime = NOW,
    received_on: date | None = None,
) -> Receipt:
    return intake.send(
        db,
        draft,
        key,
        now=now,
        zone=LONDON,
        calendar=CALENDAR,
        promises=Allowances(),
        words_key=WORDS_KEY,
        received_on=received_on,
    )


def the_row(db: Session) -> Case:
    return db.scalars(select(Case)).one()


def test_a_child_gets_five_words_and_the_dates_that_are_promised(db: Session) -> None:
    receipt = send(db)
    assert len(set(receipt.words)) == 5
    assert (receipt.read_by, receipt.contact_by) == (date(2026, 3, 3), date(2026, 3, 3))
    row = the_row(db)
    assert (row.kind, row.age_band, row.primary_topic) == (
        Kind.COMPLAINT,
        AgeBand.EIGHT_TO_ELEVEN,
        "not_listened",
    )
    assert (row.statement or {})["happened"] == COMPLAINT.statement["happened"]
    assert row.name == "Pip"


def test_the_words_lead_back_and_are_kept_nowhere(db: Session) -> None:
    receipt = send(db)
    row = the_row(db)
    assert case_status.find(db, " - ".join(receipt.words).upper(), words_key=WORDS_KEY) == row.id
    assert case_status.find(db, " ".join(receipt.words[:3]), words_key=WORDS_KEY) is None
    assert case_status.find(db, "", words_key=WORDS_KEY) is None
    kept = repr({column.key: getattr(row, column.key) for column in Case.__table__.columns})
    assert receipt.words[0] not in kept


def test_the_same_form_sent_again_is_the_same_message(db: Session) -> None:
    assert send(db) == send(db)
    assert db.scalar(select(func.count()).select_from(Case)) == 1
    assert db.scalar(select(func.count()).select_from(Event)) == 0


def test_the_same_form_with_other_words_keeps_both_texts(db: Session) -> None:
    send(db)
    send(db, replace(COMPLAINT, statement={"happened": "And she was late."}))
    assert db.scalar(select(func.count()).select_from(Case)) == 1
    assert "And she was late." in (db.scalars(select(Event)).one().note or "")
    assert (the_row(db).statement or {})["happened"] == COMPLAINT.statement["happened"]


def test_two_forms_are_two_messages_with_other_words(db: Session) -> None:
    assert send(db, key="k1").words != send(db, key="k2").words


def test_a_form_from_before_there_were_five_is_read_back_with_its_four(db: Session) -> None:
    send(db)
    row = the_row(db)
    before = intake._drawn(row.key, WORDS_KEY, 0, secret_words.OLD)
    row.fingerprint = secret_words.fingerprint(" ".join(before), WORDS_KEY)
    assert len(before) == 4
    assert send(db).words == before
    assert case_status.find(db, "".join(before).upper(), words_key=WORDS_KEY) == row.id


def test_late_on_sunday_in_utc_is_monday_in_london(db: Session) -> None:
    send(db, now=datetime(2026, 6, 7, 23, 30, tzinfo=UTC))
    assert the_row(db).received_on == date(2026, 6, 8)


def test_nothing_is_kept_when_no_date_can_be_promised(db: Session) -> None:
    with pytest.raises(CalendarGap):
        send(db, now=datetime(2035, 12, 31, 12, tzinfo=UTC))
    assert db.scalar(select(func.count()).select_from(Case)) == 0


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        pytest.param(replace(COMPLAINT, wish=Wish.JUST_KNOW), Kind.NOTE, id="just know about it"),
        pytest.param(replace(COMPLAINT, wish=Wish.ASK), Kind.COMPLAINT, id="ask me"),
        pytest.param(
            Submission(door=Door.GOOD, pass_on=PassOn.NO), Kind.COMPLIMENT, id="something was good"
        ),
    ],
)
def test_the_child_decides_what_it_is(db: Session, draft: Submission, kind: Kind) -> None:
    assert send(db, draft).kind is kind


def test_an_unrouted_message_waits_for_customer_service(db: Session) -> None:
    send(db, replace(COMPLAINT, town="Nowhere"))
    row = the_row(db)
    assert (row.area_code, row.next_step) == (None, Step.ROUTE)
    assert row.next_due_on == date(2026, 3, 3)


def test_the_town_says_whose_area_it_is_and_its_head_is_told_barely(db: Session) -> None:
    an_office(db, "leeds", area="east", towns="Leeds\nMorley")
    a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE)
    send(db, replace(COMPLAINT, town="  MORLEY "))
    row = the_row(db)
    assert (row.area_code, row.office_code, row.next_step) == ("east", "leeds", Step.ACKNOWLEDGE)
    message = db.scalars(select(Message)).one()
    assert "Pip" not in message.body + message.subject
    assert "complaint" not in (message.body + message.subject).casefold()


def test_everybody_of_the_name_given_is_barred_until_staff_say_otherwise(db: Session) -> None:
    an_office(db, "leeds", area="east")
    a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE)
    named = a_person(db, "Sam Ostrich", offices=("leeds",))
    namesake = a_person(db, "Sam Ostrich", role=Role.LOCAL_MANAGER, offices=("leeds",))
    send(db, replace(COMPLAINT, worker="sam ostrích"))
    assert the_row(db).area_code == "east"
    assert {about.person_id for about in db.scalars(select(PersonComplainedAbout))} == {
        named.id,
        namesake.id,
    }
    with pytest.raises(NotFound):
        access.find(db, the_row(db).id, person_of(namesake))


def test_where_the_head_of_the_area_is_complained_about_customer_service_stands_in(
    db: Session,
) -> None:
    a_person(db, "Cleo Desk", role=Role.CUSTOMER_SERVICE)
    a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE, offices=("leeds",))
    an_office(db, "leeds", area="east")
    send(db, replace(COMPLAINT, worker="Hana Head"))
    row = the_row(db)
    assert (row.area_code, row.fallback) == ("east", Fallback.CUSTOMER_SERVICE)
    assert row.next_step is Step.ACKNOWLEDGE


def test_praise_bars_nobody(db: Session) -> None:
    a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE, offices=("leeds",))
    send(db, Submission(door=Door.GOOD, worker="Hana Head"))
    assert db.scalar(select(func.count()).select_from(PersonComplainedAbout)) == 0
    assert the_row(db).area_code == "east"


def test_a_worker_of_two_areas_says_nothing_about_the_area(db: Session) -> None:
    a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE)
    an_office(db, "leeds", area="east")
    an_office(db, "york", area="west")
    a_person(db, "Sam Ostrich", offices=("leeds", "york"))
    send(db, replace(COMPLAINT, worker="Sam Ostrich"))
    assert the_row(db).area_code is None


def test_the_office_of_the_device_goes_before_what_is_typed(db: Session) -> None:
    a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE)
    an_office(db, "leeds", area="east")
    send(db, replace(COMPLAINT, office="leeds", town="York"))
    assert the_row(db).office_code == "leeds"


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param(Submission(door=Door.FEEL, feelings=("scared",)), id="scared"),
        pytest.param(Submission(door=Door.FEEL, feelings=("not_safe", "sad")), id="not safe"),
        pytest.param(Submission(door=Door.FEEL, reasons=("home",)), id="something at home"),
        pytest.param(replace(COMPLAINT, reasons=("not_safe",)), id="ticked with a complaint"),
    ],
)
def test_who_is_not_safe_raises_an_alarm_even_where_no_place_is_known(
    db: Session, draft: Submission
) -> None:
    desk = a_desk(db)
    receipt = send(db, draft, now=FRIDAY)
    assert alarmed(db) == [desk.email]
    assert the_row(db).read_today
    assert receipt.look == Look(on=FRIDAY.date(), outside="", told=True, read=False)
    assert send(db, draft, now=FRIDAY) == receipt
    assert len(alarmed(db)) == 1, "a press twice alarms nobody twice"


def test_a_tick_in_the_same_form_sent_once_more_raises_it_too(db: Session) -> None:
    desk = a_desk(db)
    send(db)
    assert alarmed(db) == []
    ticked = {**COMPLAINT.statement, "not_safe": ["not_safe"]}
    send(db, replace(COMPLAINT, reasons=("not_safe",), statement=ticked))
    assert alarmed(db) == [desk.email]


def test_nothing_is_guessed_from_words(db: Session) -> None:
    a_desk(db)
    receipt = send(db, replace(COMPLAINT, statement={"happened": "I am not safe at home"}))
    assert (alarmed(db), receipt.look) == ([], None)


def test_customer_service_is_told_of_what_nobody_answers_for(db: Session) -> None:
    desk = a_desk(db)
    send(db)
    assert sent_to(db) == [desk.email]


def test_what_was_told_before_it_was_recorded_is_received_on_that_day(db: Session) -> None:
    receipt = send(db, received_on=date(2026, 2, 26))
    row = the_row(db)
    assert row.received_on == date(2026, 2, 26)
    assert (receipt.read_by, receipt.contact_by) == (date(2026, 2, 27), date(2026, 2, 27))


def test_nothing_is_received_on_a_day_to_come(db: Session) -> None:
    with pytest.raises(DayInFuture):
        send(db, received_on=date(2026, 3, 3))
    assert db.scalar(select(func.count()).select_from(Case)) == 0
