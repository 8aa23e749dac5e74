"""What the tests of ways back and of endings share: a case that a manager has, and a try."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Person
from kids_feedback.services.casework.contact import contact_log
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.storage.tables.case import Case
from tests.make import a_complaint, person_of
from tests.services.acts import MONDAY, a_head, a_manager, an_act, last_line

TUESDAY = MONDAY + timedelta(days=1)


def given(db: Session, **columns: Any) -> tuple[Case, Person, Person]:
    """Return a case that a manager has, with its manager and a Head of Practice."""
    manager = a_manager(db)
    plain = {"stage": Stage.ALLOCATED, "manager": manager, "ongoing": False}
    return a_complaint(db, **{**plain, **columns}), person_of(manager), person_of(a_head(db))


def a_try(db: Session, row: Case, manager: Person, result: AttemptResult) -> int:
    contact_log.log_attempt(
        an_act(db, row, manager),
        way=Channel.PHONE,
        result=result,
        next_attempt_on=TUESDAY,
        why_way="No other way.",
        child_agreed=True,
    )
    return last_line(db, row, "log_try").number
