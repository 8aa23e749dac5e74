"""A message that was not taken: what follows, and what staff see of those that stay."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import CalendarGap, NotFound
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.case import access, alarm_mail
from kids_feedback.services.case.act import by_service
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.site import mail_progress, outbox
from kids_feedback.services.site.mail_progress import Stuck
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow


@dataclass(frozen=True, kw_only=True)
class StuckMessage:
    """A message that does not get through, of which case, and for whom."""

    message: Stuck
    to: str | None  # the name of the person it is for; None: whoever has the case, or its child
    received_on: date | None  # when its case came in, local; None: it belongs to none
    area: str | None  # of its case
    case_id: str | None  # of a case that whoever looks may open


def not_sent(
    session: Session,
    message_id: str,
    now: datetime,
    *,
    code: str,
    permanent: bool,
    zone: ZoneInfo,
    attempt: int | None = None,
) -> None:
    """Note that a message was not taken.

    Where a child is thereby not reached, for good or for three days, whoever has the case is to
    follow it up, once for each message; what is so now is in ``mail_progress.failed_for``. Where
    somebody does not hear of an alarm, others are told at once. The rest is listed (``stuck_for``).

    Args:
        attempt: which try it was (see ``outbox.failed``).

    Source: docs/procedure.md, paragraphs 12, 33 and 31b.
    """
    message = outbox.failed(
        session, message_id, now, code=code, permanent=permanent, attempt=attempt
    )
    row = session.get(Case, message.case_id) if message and message.case_id else None
    if message is None or row is None:
        return
    if outbox.is_by_name(message):
        alarm_mail.not_reached(session, row.id, message.person_id, now)
    elif message.to_child:
        # Where the day of that cannot be counted, it is still listed.
        with suppress(CalendarGap), session.begin_nested():
            _follow_up(session, row, now, zone)


def _follow_up(session: Session, row: Case, now: datetime, zone: ZoneInfo) -> None:
    moment = working_days.moment_of(session, now=now, today=now.astimezone(zone).date())
    act = by_service(session, row, moment)
    act.take(Step.EMAIL_FAILED)
    act.record()


def may_see_stuck(person: Person) -> bool:
    """Say whether somebody looks after messages that do not get through.

    Customer service does, and those who are named for what nobody else may have.

    Source: docs/procedure.md, paragraph 31a.
    """
    return person.role is Role.CUSTOMER_SERVICE or person.last_resort is Fallback.LAST_RESORT


def stuck_for(session: Session, person: Person) -> tuple[StuckMessage, ...]:
    """Return the messages that do not get through, the oldest first.

    Without those of cases that this person may not know of: nobody hears of a complaint about
    themselves.

    Source: docs/procedure.md, paragraphs 31 and 33.
    """
    found = mail_progress.stuck(session)
    if not found:
        return ()
    ids = {item.case_id for item in found if item.case_id}
    free = access.no_conflict(session, person)
    cases = {row.id: row for row in session.scalars(select(Case).where(Case.id.in_(ids), free))}
    opens = select(Case.id).where(Case.id.in_(ids), access.visible_to(session, person))
    may_open = set(session.scalars(opens))
    wanted = {item.person_id for item in found if item.person_id}
    named = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(wanted))
    names = {row.id: row.name for row in session.execute(named)}
    return tuple(
        _stuck(item, cases.get(item.case_id or ""), names, may_open)
        for item in found
        if item.case_id is None or item.case_id in cases
    )


def try_again(session: Session, person: Person, now: datetime) -> int:
    """Let all that this person sees of what does not get through go again; return how many.

    Raises:
        NotFound: it is not theirs to look after.
    """
    if not may_see_stuck(person):
        raise NotFound
    ids = [item.message.id for item in stuck_for(session, person)]
    return outbox.try_again(session, ids, now)


def _stuck(
    item: Stuck, row: Case | None, names: Mapping[str, str], may_open: Collection[str]
) -> StuckMessage:
    return StuckMessage(
        message=item,
        to=names.get(item.person_id or ""),
        received_on=row.received_on if row else None,
        area=row.area.name if row and row.area else None,
        case_id=row.id if row and row.id in may_open else None,
    )
