"""What follows where a child is not reached by email. docs/procedure.md, paragraph 33."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.services.case import notifications
from kids_feedback.services.casework import undelivered
from kids_feedback.storage.tables.casework import FollowUpRow
from tests.make import LONDON, NOW, a_complaint
from tests.services.acts import BY_EMAIL, a_manager, lines, sent_to, wording


def test_who_has_the_case_follows_up_once_that_its_child_cannot_be_emailed(db: Session) -> None:
    manager = a_manager(db)
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL, manager=manager)
    letter = notifications.notify_child(db, row, wording, now=NOW)
    assert letter is not None
    for code, permanent in (("timeout", False), ("recipient_550", True), ("recipient_550", True)):
        undelivered.not_sent(db, letter, NOW, code=code, permanent=permanent, zone=LONDON)
    assert sent_to(db) == sorted(["robin@example.org", str(manager.email)])
    assert lines(db, row) == ["email_failed"]
    waits = db.scalars(select(FollowUpRow)).one()
    assert (waits.what, waits.due_on) == (FollowUp.EMAIL_FAILED, date(2026, 3, 3))
