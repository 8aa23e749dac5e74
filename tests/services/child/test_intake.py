"""A child sends: once, durably, to whoever answers for it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import (
    AgeBand,
    Door,
    Kind,
    PassOn,
    Receipt,
    Submission,
    Wish,
)
from kids_feedback.domain.errors import CalendarGap, NotFound
from kids_feedback.domain.people import Role
from kids_feedback.services.case import access, colleagues
from kids_feedback.services.child import case_status, intake
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow
from tests.make import CALENDAR, LONDON, NOW, a_person, an_office, person_of

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
    db: Session, draft: Submission = COMPLAINT, key: str = "k1", now: datetime = NOW
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
    )


def the_row(db: Session) -> Case:
    return db.scalars(select(Case)).one()


def test_a_child_gets_four_words_and_the_dates_that_are_promised(db: Session) -> None:
    receipt = send(db)
    assert len(set(receipt.words)) == 4
    assert (receipt.read_by, receipt.contact_by) == (date(2026, 3, 3), date(2026, 3, 5))
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


def test_an_area_whose_head_is_complained_about_does_not_get_it(db: Session) -> None:
    a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE, offices=("leeds",))
    an_office(db, "leeds", area="east")
    send(db, replace(COMPLAINT, worker="Hana Head"))
    assert (the_row(db).area_code, the_row(db).next_step) == (None, Step.ROUTE)


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


def about(db: Session) -> dict[str, bool]:
    """Return who is kept out, and whether they are certainly meant, by name."""
    wanted = select(PersonRow.name, PersonComplainedAbout.certain).join(
        PersonRow, PersonRow.id == PersonComplainedAbout.person_id
    )
    return {row.name: row.certain for row in db.execute(wanted)}


def leicester(db: Session) -> None:
    an_office(db, "leicester", area="east", towns="LE1\nLoughborough")
    a_person(db, "Hazel Quill", role=Role.HEAD_OF_PRACTICE)
    a_person(db, "Cosmo Wren", role=Role.CUSTOMER_SERVICE)
    a_person(db, "Marlow Finch", role=Role.LOCAL_MANAGER, offices=("leicester",))


@pytest.mark.parametrize("typed", ["Hazel", "Miss Quill", "Hazle", "hazel q", "Quil Hazel"])
def test_who_is_possibly_meant_is_kept_out_until_somebody_else_says(
    db: Session, typed: str
) -> None:
    leicester(db)
    a_person(db, "Hazel Elsewhere", role=Role.LOCAL_MANAGER, offices=())
    send(db, replace(COMPLAINT, worker=typed, town="in Leicester."))
    row, head = the_row(db), the_person(db, "Hazel Quill")
    assert about(db)["Hazel Quill"] is False
    assert row.area_code is None, "nobody there may see it, so customer service decides"
    assert db.scalars(select(Message)).all() == []
    with pytest.raises(NotFound):
        access.find(db, row.id, person_of(head))
    assert access.find(db, row.id, person_of(the_person(db, "Cosmo Wren"))) is row


def test_a_possibly_meant_workers_line_manager_is_kept_out_too(db: Session) -> None:
    leicester(db)
    head = the_person(db, "Hazel Quill")
    a_person(db, "Basil Thistle", offices=("leicester",), line_manager=head)
    send(db, replace(COMPLAINT, worker="Basil", town="Leicester"))
    assert about(db) == {"Basil Thistle": False}
    assert the_row(db).area_code is None


def test_a_whole_name_is_certain_and_says_where(db: Session) -> None:
    leicester(db)
    a_person(db, "Sinead O'Neill", offices=("leicester",))
    a_person(db, "Sinead Oak", offices=("leicester",))
    send(db, replace(COMPLAINT, worker="Ms Sinead O’Neill"))
    assert about(db) == {"Sinead O'Neill": True}
    assert the_row(db).office_code == "leicester"


def test_a_namesake_elsewhere_is_not_meant_where_the_child_named_a_place(db: Session) -> None:
    leicester(db)
    an_office(db, "york", area="west")
    a_person(db, "Basil Thistle", offices=("leicester",))
    a_person(db, "Basil Rowan", role=Role.LOCAL_MANAGER, offices=("york",))
    send(db, replace(COMPLAINT, worker="Basil", office="leicester"), key="k1")
    assert about(db) == {"Basil Thistle": False}
    send(db, replace(COMPLAINT, worker="Basil"), key="k2")
    assert about(db).keys() == {"Basil Thistle", "Basil Rowan"}


def test_who_left_in_the_last_two_years_can_be_named(db: Session) -> None:
    leicester(db)
    marlow = the_person(db, "Marlow Finch")
    for name, left in (("Iris Copper", 700), ("Iris Longago", 800)):
        a_person(
            db,
            name,
            offices=("leicester",),
            closed_at=NOW - timedelta(days=left),
            line_manager=marlow,
        )
    send(db, replace(COMPLAINT, worker="Iris Copper"))
    row = the_row(db)
    assert about(db) == {"Iris Copper": True}
    assert (row.area_code, row.office_code) == ("east", "leicester")
    assert colleagues.managers_of(db, row.id, "east") == [], "their line manager of then"


def test_where_no_place_is_typed_a_slip_in_a_name_still_leads_there(db: Session) -> None:
    leicester(db)
    a_person(db, "Basil Thistle", offices=("leicester",))
    send(db, replace(COMPLAINT, worker="Basil Thisle"))
    assert (about(db), the_row(db).office_code) == ({"Basil Thistle": False}, "leicester")


@pytest.mark.parametrize("town", ["Leicester.", "in leicester", "Leicester city", "LE1 4AB"])
def test_a_town_is_forgiven_how_it_is_written(db: Session, town: str) -> None:
    leicester(db)
    send(db, replace(COMPLAINT, town=town))
    assert the_row(db).office_code == "leicester"


@pytest.mark.parametrize("area", ["east", "west"])
def test_where_two_offices_fit_customer_service_decides(db: Session, area: str) -> None:
    leicester(db)
    a_person(db, "Rowan Lantern", role=Role.HEAD_OF_PRACTICE, areas=("west",))
    an_office(db, "darlington", area="east", towns="Richmond")
    an_office(db, "richmond", area=area)
    send(db, replace(COMPLAINT, town="Richmond"))
    row = the_row(db)
    assert (row.area_code, row.office_code, row.next_step) == (None, None, Step.ROUTE)


def test_a_name_typed_when_the_form_is_sent_again_is_looked_at_too(db: Session) -> None:
    leicester(db)
    manager = the_person(db, "Marlow Finch")
    send(db, replace(COMPLAINT, town="Leicester"))
    row = the_row(db)
    assert row.area_code == "east"
    _give(row, manager)
    again = {"happened": "And it was Marlow.", "worker": "Marlow"}
    send(db, replace(COMPLAINT, worker="Marlow", statement=again))
    assert about(db) == {"Marlow Finch": False}
    assert (row.manager_id, row.stage) == (None, Stage.ACKNOWLEDGED)
    again["worker"] = "Hazel"
    send(db, replace(COMPLAINT, worker="Hazel", statement=again))
    assert about(db) == {"Marlow Finch": False, "Hazel Quill": False}
    assert row.area_code is None, "back to customer service"


def _give(row: Case, manager: PersonRow) -> None:
    row.stage, row.manager_id = Stage.ALLOCATED, manager.id


def the_person(db: Session, name: str) -> PersonRow:
    return db.scalars(select(PersonRow).where(PersonRow.name == name)).one()


def test_the_office_of_the_device_goes_before_what_is_typed(db: Session) -> None:
    a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE)
    an_office(db, "leeds", area="east")
    send(db, replace(COMPLAINT, office="leeds", town="York"))
    assert the_row(db).office_code == "leeds"
