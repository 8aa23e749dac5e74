"""Mail that waits while the database is upgraded still goes, and to whom it is for by then."""

import json

from sqlalchemy import Engine, bindparam, text
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.services.case import alarms, notifications
from kids_feedback.services.site import mail_progress
from kids_feedback.storage import schema
from kids_feedback.storage.base import UtcDateTime
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.tables.safety import Alarm, AlarmTold
from tests.conftest import KEYS
from tests.make import NOW, a_complaint
from tests.services.acts import BY_EMAIL, a_head, a_manager, post

QUEUE, ALARM = notifications.STAFF_NOTIFICATION.subject, alarms.ALARM_NOTIFICATION.subject
WROTE = text(
    "INSERT INTO message (id, feedback_id, to_sealed, to_child, language, subject, body,"
    " created_at, not_before, attempts)"
    " VALUES (:id, :case, :to, :to_child, 'en', :subject, 'Look.', :at, :at, 2)"
).bindparams(bindparam("at", type_=UtcDateTime()))


def wrote(db: Session, case_id: str, to: str, subject: str, *, to_child: bool = False) -> None:
    """Put a message down as the release before did."""
    number = db.execute(text("SELECT count(*) FROM message")).scalar_one()
    row_id = f"message{number}"
    sealed = KEYS.seal(json.dumps(to).encode(), f"message.to_sealed.{row_id}")
    values = {"id": row_id, "case": case_id, "to": sealed, "to_child": to_child}
    db.execute(WROTE, {**values, "subject": subject, "at": NOW})


def test_every_kind_of_mail_that_waits_goes_after_the_upgrade(bare_database_url: str) -> None:
    engine: Engine = engine_for(bare_database_url)
    schema.upgrade(engine, to="0022")
    with Transactions(engine, KEYS)() as db:
        manager, head = a_manager(db, email="max@example.org"), a_head(db, email="h@example.org")
        gone = a_head(db, "Gone Head", email="gone@example.org", closed_at=NOW)
        contact = {**BY_EMAIL, "email": "child@example.org"}
        row = a_complaint(db, method=Method.EMAIL, contact=contact)
        alarm = Alarm(case_id=row.id, raised_at=NOW, round=1)
        db.add(alarm)
        db.flush()
        db.add(AlarmTold(alarm_id=alarm.id, person_id=manager.id))
        wrote(db, row.id, "child@example.org", "You have a new message", to_child=True)
        wrote(db, row.id, str(head.email), QUEUE)
        wrote(db, row.id, str(gone.email), QUEUE)
        wrote(db, row.id, str(manager.email), ALARM)
        bare = a_complaint(db, method=Method.EMAIL, contact={**contact, "email_says": "bare"})
        wrote(db, bare.id, "child@example.org", "Neges gan Cafcass", to_child=True)
    schema.upgrade(engine, keys=KEYS)
    with Transactions(engine, KEYS)() as db:
        assert post(db) == ["child@example.org", "h@example.org", "max@example.org"]
        assert mail_progress.stuck(db) == []
        left = db.execute(text("SELECT count(*) FROM message WHERE sent_at IS NULL")).scalar_one()
        assert left == 0, "what names us where the child forbids it is stopped"
    engine.dispose()
