"""Mail that waits while the database is upgraded still goes, and to whom it is for by then."""

import json
import secrets
from collections import defaultdict
from itertools import count
from typing import Any

from sqlalchemy import Engine, bindparam, text
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.people import Role
from kids_feedback.services.case import alarms, notifications
from kids_feedback.services.site import mail_progress
from kids_feedback.storage import schema
from kids_feedback.storage.base import UtcDateTime
from kids_feedback.storage.db import Transactions, engine_for
from tests.conftest import KEYS
from tests.make import NOW
from tests.services.acts import BY_EMAIL, post
from tests.storage import filled

QUEUE, ALARM = notifications.STAFF_NOTIFICATION.subject, alarms.ALARM_NOTIFICATION.subject
_NUMBERS = count(1)
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


class Before:
    """A database as the release before left it: what its tables need, and what a test says."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._tables = filled.tables_of(db.get_bind().engine).tables

    def put(self, table: str, **values: Any) -> str:
        """Add a row, with nothing where nothing may stand; return its id."""
        row = filled.a_row(self._tables[table], filled.NEVER_SAID, defaultdict(list))
        row["id" if "id" in row else "code"] = f"{table}{next(_NUMBERS)}"
        row |= values
        sealed = {name: value for name, value in row.items() if name.endswith("_sealed") and value}
        for name, value in sealed.items():
            row[name] = KEYS.seal(json.dumps(value).encode(), f"{table}.{name}.{row['id']}")
        self._db.execute(self._tables[table].insert(), row)
        return str(row.get("id", row.get("code")))

    def a_person(self, role: Role, email: str, *, area: str, **values: Any) -> str:
        person = self.put("person", name=email, role=role.value, email=email, **values)
        if role is Role.HEAD_OF_PRACTICE:
            self._db.execute(
                self._tables["person_area"].insert(), {"person_id": person, "area_code": area}
            )
        return person

    def a_complaint(self, *, area: str, **contact: str) -> str:
        return self.put(
            "feedback",
            key=secrets.token_hex(11),
            fingerprint=secrets.token_bytes(32),
            kind=Kind.COMPLAINT.value,
            stage=Stage.RECEIVED.value,
            door="wrong",
            method=Method.EMAIL.value,
            contact_sealed={**BY_EMAIL, **contact},
            area_code=area,
            received_on=NOW.date(),
            received_at=NOW,
        )


def test_every_kind_of_mail_that_waits_goes_after_the_upgrade(bare_database_url: str) -> None:
    engine: Engine = engine_for(bare_database_url)
    schema.upgrade(engine, to="0022")
    with Transactions(engine, KEYS)() as db:
        before = Before(db)
        area = before.put("area", name="East")
        manager = before.a_person(Role.LOCAL_MANAGER, "max@example.org", area=area)
        before.a_person(Role.HEAD_OF_PRACTICE, "h@example.org", area=area)
        before.a_person(Role.HEAD_OF_PRACTICE, "gone@example.org", area=area, closed_at=NOW)
        row = before.a_complaint(area=area, email="child@example.org")
        alarm = before.put("alarm", feedback_id=row, raised_at=NOW, round=1)
        before.put("alarm_told", alarm_id=alarm, person_id=manager)
        wrote(db, row, "child@example.org", "You have a new message", to_child=True)
        wrote(db, row, "h@example.org", QUEUE)
        wrote(db, row, "gone@example.org", QUEUE)
        wrote(db, row, "max@example.org", ALARM)
        bare = before.a_complaint(area=area, email="child@example.org", email_says="bare")
        wrote(db, bare, "child@example.org", "Neges gan Cafcass", to_child=True)
    schema.upgrade(engine, keys=KEYS)
    with Transactions(engine, KEYS)() as db:
        assert post(db) == ["child@example.org", "h@example.org", "max@example.org"]
        assert mail_progress.stuck(db) == []
        left = db.execute(text("SELECT count(*) FROM message WHERE sent_at IS NULL")).scalar_one()
        assert left == 0, "what names us where the child forbids it is stopped"
    engine.dispose()
