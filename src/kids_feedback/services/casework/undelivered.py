"""A message that was not taken: what follows where a child is thereby not reached."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.act import by_service
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.site import outbox
from kids_feedback.storage.tables.case import Case


def not_sent(
    session: Session,
    message_id: str,
    now: datetime,
    *,
    code: str,
    permanent: bool,
    zone: ZoneInfo,
) -> None:
    """Note that a message was not taken.

    Where a child is thereby not reached for good, whoever has the case is to follow it up, once for
    each message; what is so now is in ``outbox.failed_for``.

    Source: docs/procedure.md, paragraphs 33 and 31b.
    """
    case_id = outbox.failed(session, message_id, now, code=code, permanent=permanent)
    row = session.get(Case, case_id) if case_id else None
    if row is None:
        return
    calendar = working_days.calendar_now(session)
    moment = Moment(now=now, today=now.astimezone(zone).date(), calendar=calendar)
    act = by_service(session, row, moment)
    act.take(Step.EMAIL_FAILED)
    act.record()
