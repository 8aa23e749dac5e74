"""What goes out. docs/procedure.md, paragraphs 31 and 33."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.services.case import notifications
from kids_feedback.services.case.notifications import STAFF_NOTIFICATION
from kids_feedback.storage.tables.outbox import Message
from tests.make import NOW, a_complaint, a_person
from tests.services.acts import BY_EMAIL, a_head, a_manager, goes_to, sent_to, wording


@pytest.mark.parametrize(
    ("method", "contact"),
    [
        pytest.param(Method.EMAIL, BY_EMAIL, id="email"),
        pytest.param(Method.MEET, {**BY_EMAIL, "meet_tell": "email"}, id="meet, told by email"),
    ],
)
def test_a_child_who_called_email_safe_is_written_to(
    db: Session, method: Method, contact: dict[str, str]
) -> None:
    row = a_complaint(db, method=method, contact=contact, language="cy")
    assert notifications.notify_child(db, row, wording, now=NOW)
    message = db.scalars(select(Message)).one()
    assert goes_to(db, message) == ["robin@example.org"]
    assert (message.subject, message.body) == ("A message for you (cy)", "Cafcass")
    assert (message.case_id, message.created_at, message.not_before) == (row.id, NOW, NOW)


@pytest.mark.parametrize("says", ["bare", None])
def test_the_wording_is_bare_unless_the_child_said_otherwise(db: Session, says: str | None) -> None:
    contact = {"email": "robin@example.org", **({"email_says": says} if says else {})}
    row = a_complaint(db, method=Method.EMAIL, contact=contact)
    notifications.notify_child(db, row, wording, now=NOW)
    assert db.scalars(select(Message)).one().body == "bare"


@pytest.mark.parametrize(
    ("method", "contact"),
    [
        pytest.param(None, BY_EMAIL, id="nothing chosen"),
        pytest.param(Method.PHONE, BY_EMAIL, id="an address left on another page"),
        pytest.param(Method.NONE, BY_EMAIL, id="no contact"),
        pytest.param(Method.EMAIL, None, id="no details"),
    ],
)
def test_nobody_else_is_written_to(db: Session, method: Method | None, contact: Any) -> None:
    row = a_complaint(db, method=method, contact=contact)
    assert not notifications.notify_child(db, row, wording, now=NOW)
    assert sent_to(db) == []


def test_staff_are_told_that_something_waits_and_nothing_else(db: Session) -> None:
    row, head = a_complaint(db), a_head(db)
    assert notifications.notify(db, row, None, now=NOW) == 1
    message = db.scalars(select(Message)).one()
    assert goes_to(db, message) == [head.email]
    for secret in ("Robin", "omplaint", row.id, "child"):
        assert secret not in message.subject + message.body


def test_no_mail_goes_to_who_may_not_know_or_cannot_read_it(db: Session) -> None:
    named, manager = a_head(db), a_manager(db)
    worker = a_person(db, line_manager=manager)
    gone = a_head(db, "Gone Head", closed_at=NOW)
    row = a_complaint(db, about=[named, worker])
    for people in ([named, manager, worker, gone], []):
        assert notifications.tell_staff(db, row, people, STAFF_NOTIFICATION, now=NOW) == []
    assert notifications.notify(db, row, None, now=NOW) == 0
    assert sent_to(db) == []
