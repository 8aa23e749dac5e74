"""What the tests of messages behind the secret words share: a manager's case, words, and days."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Person
from kids_feedback.storage.tables.case import Case
from tests.make import a_complaint, person_of
from tests.services.acts import a_manager

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)
NEXT_MONDAY = date(2026, 3, 9)  # five working days after the first one
HELLO = "Hello Robin, I am Max. When is a good day to talk?"


def given(db: Session, **columns: Any) -> tuple[Case, Person]:
    manager = a_manager(db)
    plain = {"stage": Stage.ALLOCATED, "manager": manager, "method": Method.HERE}
    return a_complaint(db, **{**plain, **columns}), person_of(manager)
