"""The record of accounts: what happens to one is kept in the transaction in which it happens.

Nothing deletes a line. Who is told of one by mail, and who sees it, is not decided here.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import event, select, union
from sqlalchemy.orm import Session

from kids_feedback.domain.account_events import (
    MANY_CODES,
    TELLS_OTHERS,
    TELLS_PERSON,
    AccountAct,
)
from kids_feedback.storage.tables.people import (
    AccountEvent,
    AccountEventArea,
    Office,
    PersonArea,
    PersonOffice,
    PersonRow,
)

FOLDED = timedelta(minutes=10)  # misses of one kind at one account, in one line
log = logging.getLogger(__name__)


def record(
    session: Session,
    what: AccountAct,
    *,
    now: datetime,
    person_id: str | None = None,
    by_id: str | None = None,
    areas: Iterable[str] = (),
    facts: Mapping[str, str] | None = None,
) -> None:
    """Keep that something happened, and log it once it is kept: ids and codes only.

    Args:
        person_id: to whose account; None: to a shared screen.
        by_id: who did it; None: a command, or somebody who is not signed in.
        areas: codes, besides those of that person.
        facts: codes, names of places, addresses.
    """
    line = AccountEvent(
        at=now,
        what=what,
        person_id=person_id,
        by_id=by_id,
        facts=dict(facts or {}),
        untold=what in TELLS_PERSON | TELLS_OTHERS,
    )
    session.add(line)
    session.flush()
    where = {*areas, *areas_of(session, person_id)}
    session.add_all(AccountEventArea(event_id=line.id, area_code=code) for code in sorted(where))
    session.flush()
    _log_once_kept(session, f"account {person_id or '-'}: {what.value} by {by_id or '-'}")


def count_miss(row: PersonRow, *, code: bool = False, now: datetime) -> None:
    """Count that somebody did not get in, on their own row and by no write of its own.

    So a miss takes as long as that of an address nobody has; ``write_misses`` makes a line of it.

    Args:
        code: the password was right, and the code was not.
    """
    if code:
        row.missed_codes += 1
    else:
        row.missed_passwords += 1
    row.missed_at = now


def write_misses(session: Session, *, now: datetime) -> None:
    """Make lines of what was counted: of each person one of a kind in ten minutes, however many.

    So whoever knows an address fills no table with guesses.
    """
    wanted = select(PersonRow).where(PersonRow.missed_at.is_not(None))
    for row in session.scalars(wanted.with_for_update(skip_locked=True)).all():
        many = row.failures >= MANY_CODES
        code = AccountAct.MANY_WRONG_CODES if many else AccountAct.WRONG_CODE
        if row.missed_passwords and _write_miss(
            session, row, AccountAct.REFUSED, row.missed_passwords, now
        ):
            row.missed_passwords = 0
        if row.missed_codes and _write_miss(session, row, code, row.missed_codes, now):
            row.missed_codes = 0
        if not row.missed_passwords and not row.missed_codes:
            row.missed_at = None
    session.flush()


def _write_miss(
    session: Session, row: PersonRow, what: AccountAct, times: int, now: datetime
) -> bool:
    """Keep a line, unless there is one of these minutes."""
    recent = select(AccountEvent.id).where(
        AccountEvent.person_id == row.id, AccountEvent.what == what, AccountEvent.at > now - FOLDED
    )
    if session.scalar(recent.limit(1)) is not None:
        return False
    at = row.missed_at or now
    record(session, what, now=at, person_id=row.id, facts={"times": str(times)})
    return True


def areas_of(session: Session, person_id: str | None) -> frozenset[str]:
    """Return the codes of the areas that somebody answers for, or has an office in."""
    if person_id is None:
        return frozenset()
    answers_for = select(PersonArea.area_code).where(PersonArea.person_id == person_id)
    works_in = (
        select(Office.area_code)
        .join(PersonOffice, PersonOffice.office_code == Office.code)
        .where(PersonOffice.person_id == person_id)
    )
    return frozenset(session.scalars(union(answers_for, works_in)))


def _log_once_kept(session: Session, text: str) -> None:
    """Log a line when the transaction is committed: what is rolled back has not happened."""

    def kept(ended: Session) -> None:
        log.info(text)

    event.listen(session, "after_commit", kept, once=True)
