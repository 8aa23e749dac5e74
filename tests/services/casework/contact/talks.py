"""What the tests of contact share: a child who left every way, and a talk with them."""

from datetime import date

from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Person
from kids_feedback.services.case.act import Saved
from kids_feedback.services.casework.contact import contact_log
from kids_feedback.services.casework.contact.contact_log import Channel
from kids_feedback.storage.tables.case import Case
from tests.make import a_complaint, person_of
from tests.services.acts import a_manager, an_act

FRIDAY = date(2026, 3, 20)
DUE = date(2026, 4, 21)
LEFT = {
    "phone": "07700 900123",
    "letter_where": "home",
    "letter_address": "1 Elm Road",
    "email": "robin@example.org",
}


def given(db: Session) -> tuple[Case, Person]:
    manager = a_manager(db)
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=manager, method=Method.PHONE, contact=LEFT)
    return row, person_of(manager)


def talk(
    db: Session,
    row: Case,
    manager: Person,
    talk_on: date = FRIDAY,
    *,
    today: date = date(2026, 3, 25),
    still_wants: bool = True,
) -> Saved:
    return contact_log.log_talk(
        an_act(db, row, manager, today),
        talk_on=talk_on,
        way=Channel.PHONE,
        present="Robin and a friend",
        wants="To be asked first.",
        still_wants=still_wants,
    )
