"""What the tests of answers share: a child who was talked with, and an answer that is written."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.identity import Identity
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Person
from kids_feedback.services.casework import identity
from kids_feedback.services.casework.answering import answers
from kids_feedback.storage.tables.case import Case
from tests.make import a_complaint, person_of
from tests.services.acts import MONDAY, WHOLE, a_head, a_manager, an_act, open_words


def talked(db: Session, **columns: Any) -> tuple[Case, Person]:
    manager = a_manager(db)
    row = a_complaint(
        db, **{"stage": Stage.TALKED, "talk_on": MONDAY, "manager": manager, **columns}
    )
    return row, person_of(manager)


def written(
    db: Session, *, head_has_read: bool = True, **columns: Any
) -> tuple[Case, Person, Person]:
    """Return a complaint whose answer waits to be checked, its manager and a Head of Practice."""
    row, manager = talked(db, **columns)
    answers.submit(an_act(db, row, manager), parts=WHOLE)
    head = person_of(a_head(db))
    if head_has_read:
        open_words(db, row, head)
    return row, manager, head


def delivered(db: Session, **columns: Any) -> tuple[Case, Person, Person]:
    row, manager, head = written(db, **columns)
    answers.approve(an_act(db, row, head))
    answers.deliver(an_act(db, row, manager), how=Method.HERE)
    return row, manager, head


def check_identity(
    db: Session, row: Case, by: Person, result: Identity, today: date = MONDAY, **said: str
) -> None:
    words = {"who": "Case 12, Robin Moss"} if result is Identity.FOUND else {"note": "No Robin."}
    identity.record_check(an_act(db, row, by, today), result=result, **{**words, **said})
