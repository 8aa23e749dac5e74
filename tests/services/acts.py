"""What the tests of staff's errands share: the moment of an act, and a letter to a child."""

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.answer import NEEDED
from kids_feedback.domain.case.contact import safe_email
from kids_feedback.domain.case.procedure import ACCESS_STEPS
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.case import notifications
from kids_feedback.services.case.act import Act, Saved, by_child, by_staff
from kids_feedback.services.case.notifications import Notification
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.casework import sending, workflow
from kids_feedback.services.child import replies
from kids_feedback.services.child.replies import Stop
from kids_feedback.services.reading import opened_words
from kids_feedback.services.site import outbox
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow
from tests.make import CALENDAR, LONDON, NOW, a_person

MONDAY = date(2026, 3, 2)  # when the complaints of ``tests.make`` come in
WHOLE = {part: f"<p>{part} in words.</p>" for part in NEEDED}
BY_EMAIL = {"email": "robin@example.org", "email_shared": "no", "email_says": "named"}


def a_head(db: Session, name: str = "Hana Head", **columns: Any) -> PersonRow:
    return a_person(db, name, role=Role.HEAD_OF_PRACTICE, **columns)


def a_manager(db: Session, name: str = "Max Manager", **columns: Any) -> PersonRow:
    return a_person(db, name, role=Role.LOCAL_MANAGER, **columns)


def moment(today: date = MONDAY, hour: int = 10) -> Moment:
    """Return an hour of that day (in UTC), by default ten in the morning."""
    now = datetime.combine(today, time(hour), tzinfo=UTC)
    return Moment(now=now, today=today, calendar=CALENDAR)


def an_act(
    db: Session,
    case: Case | str,
    person: Person,
    today: date = MONDAY,
    *,
    seen: int | None = None,
    hour: int = 10,
) -> Act:
    """Open an act of a member of staff, who writes to children with ``wording``.

    Args:
        case: a row, or an id.
    """
    return by_staff(db, _id(case), person, moment(today, hour), seen=seen, wording=wording)


def a_childs_act(db: Session, case: Case | str, today: date = MONDAY) -> Act:
    """Open an act of the child, or of whoever has the secret words."""
    return by_child(db, _id(case), moment(today))


def stop(db: Session, case: Case | str, today: date = MONDAY) -> Stop:
    """Stop it as a child does who told a manager so, and confirms it behind the words."""
    act = a_childs_act(db, case, today)
    act.row.stop_asked_on = today
    return replies.stop(act)


def acknowledge(
    db: Session, case: Case | str, person: Person, today: date = MONDAY, *, seen: int | None = None
) -> Saved:
    """Read what a child said, and say so, as a Head of Practice does."""
    opened_words.open_statement(an_act(db, case, person, today))
    return workflow.acknowledge(an_act(db, case, person, today, seen=seen))


def wording(language: str, *, named: bool) -> Notification:
    """Write to a child in a way that shows what was asked for."""
    return Notification(
        subject=f"A message for you ({language})", body="Cafcass" if named else "bare"
    )


def open_words(db: Session, case: Case | str, person: Person, today: date = MONDAY) -> None:
    """Let a member of staff read what the child said, as they must before they approve."""
    opened_words.open_statement(an_act(db, case, person, today))


def having_read(act: Act) -> Act:
    """Let whoever acts open what the child said first, and return the act."""
    opened_words.open_statement(act)
    return act


def lines(db: Session, row: Case) -> list[str]:
    """Return what the history of a case says, in order."""
    wanted = select(Event.what).where(Event.case_id == row.id)
    return list(db.scalars(wanted.order_by(Event.number)))


def done(db: Session, row: Case) -> list[str]:
    """Return what the history says was done, looks apart."""
    return [what for what in lines(db, row) if what not in ACCESS_STEPS]


def last_line(db: Session, row: Case, what: str) -> Event:
    """Return the newest line that says ``what``."""
    wanted = select(Event).where(Event.case_id == row.id, Event.what == what)
    line = db.scalars(wanted.order_by(Event.number.desc())).first()
    assert line is not None, f"nothing says {what}"
    return line


def sent_to(db: Session, *, subject: str | None = None) -> list[str]:
    """Return to whom messages go, as things are now, each as often as they do."""
    rows = db.scalars(select(Message))
    return sorted(to for row in rows if subject in {None, row.subject} for to in goes_to(db, row))


def post(db: Session, now: datetime = NOW) -> list[str]:
    """Be the worker: send what is due; return to whom it went."""
    found = sending.take(db, now=now, zone=LONDON, limit=100)
    for message in found:
        outbox.sent(db, message.id, now)
    return sorted(message.to for message in found)


def goes_to(db: Session, message: Message) -> list[str]:
    """Return where a message goes as things are now; it changes nothing."""
    row = db.get(Case, message.case_id) if message.case_id else None
    if row is not None and message.to_child:
        address = safe_email(row.method, row.contact or {})
        return [address] if address else []
    if row is not None and message.role and message.person_id is None:
        return [who.email or "" for who in notifications.recipients(db, row, message.role)]
    person = db.get(PersonRow, message.person_id) if message.person_id else None
    return [(person.email if person else message.to) or ""]


def _id(case: Case | str) -> str:
    return case if isinstance(case, str) else case.id
