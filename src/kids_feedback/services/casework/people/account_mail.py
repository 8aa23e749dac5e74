"""Mail about accounts: whoever it happened to hears of it, and somebody who looks after the area.

A line of the record of accounts waits (``untold``) until the worker has put its mail down, so that
no act can forget to. The mail says what kind of thing was done, and neither to whom nor by whom.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.account_events import TELLS_OTHERS, TELLS_PERSON, AccountAct
from kids_feedback.domain.errors import CannotOpen
from kids_feedback.domain.people import Role
from kids_feedback.services.organisation import account_events
from kids_feedback.services.site import outbox
from kids_feedback.storage.tables.people import (
    AccountEvent,
    AccountEventArea,
    PersonArea,
    PersonRow,
)

AT_ONCE = 50  # lines
TO_PERSON = "Something changed in your account"
TO_OTHERS = "Something changed in an account"
WHAT: Mapping[AccountAct, str] = {
    AccountAct.ADDED: "Somebody was added who works here.",
    AccountAct.INVITED: "An invitation to set up a sign-in was made.",
    AccountAct.LINK_SHOWN: "The link of an invitation was shown to an administrator.",
    AccountAct.ACCEPTED: "A sign-in was set up: a password and a phone.",
    AccountAct.NAME_CHANGED: "A name was changed.",
    AccountAct.ROLE_CHANGED: "A role was changed.",
    AccountAct.PLACES_CHANGED: "The areas or offices were changed.",
    AccountAct.ADDRESS_CHANGED: "An email address was changed.",
    AccountAct.SIGN_IN_CHANGED: "A password was changed.",
    AccountAct.CODES_RENEWED: "New recovery codes were made.",
    AccountAct.NEW_PLACE: "Somebody signed in from a browser and a network that are new here.",
    AccountAct.RECOVERY_CODE_USED: "A recovery code was used to sign in.",
    AccountAct.MANY_WRONG_CODES: "Somebody who knew the password tried several wrong codes.",
    AccountAct.CLOSED: "An account was closed.",
    AccountAct.REOPENED: "A closed account was opened again.",
    AccountAct.LAST_RESORT_CHANGED: "Who is named for what nobody else may have was changed.",
    AccountAct.AWAY: "Somebody is away, and a deputy stands in.",
    AccountAct.BACK: "Somebody who was away is back.",
    AccountAct.DUTY_ADDED: "Somebody was put on the duty list.",
    AccountAct.DUTY_REMOVED: "Somebody was taken off the duty list.",
}
_YOU = "If you did not expect this, tell your manager or an administrator today.\n"
_OTHERS = "To see whose, and who did it, sign in and open Account record.\n"


def put_down(session: Session, *, now: datetime) -> None:
    """Put down the mail that is still to be written about accounts."""
    account_events.write_misses(session, now=now)
    wanted = (
        select(AccountEvent)
        .where(AccountEvent.untold)
        .order_by(AccountEvent.at, AccountEvent.person_id, AccountEvent.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    waiting = session.scalars(wanted).all()
    for _, together in groupby(waiting, key=lambda line: (line.at, line.person_id)):
        lines = list(together)
        _tell(session, lines, now)
        for line in lines:
            line.untold = False
    if waiting:
        session.flush()


def _tell(session: Session, lines: list[AccountEvent], now: datetime) -> None:
    """Write of what was done to one account at once: one mail to each."""
    to_person = [line for line in lines if line.what in TELLS_PERSON]
    person = session.get(PersonRow, lines[0].person_id) if lines[0].person_id else None
    if person is not None and to_person:
        for address in dict.fromkeys(_addresses(person, to_person)):
            text = _text(to_person, _YOU)
            outbox.put(
                session, subject=TO_PERSON, body=text, now=now, person_id=person.id, to=address
            )
    to_others = [line for line in lines if line.what in TELLS_OTHERS]
    for other in _others(session, to_others):
        text = _text(to_others, _OTHERS)
        outbox.put(session, subject=TO_OTHERS, body=text, now=now, person_id=other)


def _addresses(person: PersonRow, lines: list[AccountEvent]) -> Iterator[str]:
    """Yield where the person hears: the address they have, and each that was changed."""
    if person.email:
        yield person.email
    for line in lines:
        if line.what is AccountAct.ADDRESS_CHANGED:
            with suppress(CannotOpen):  # the others are told all the same
                facts = line.facts or {}
                yield from filter(None, (facts.get("from"), facts.get("to")))


def _text(lines: list[AccountEvent], end: str) -> str:
    said = sorted({line.what for line in lines}, key=list(AccountAct).index)
    return "\n".join([*(WHAT[what] for what in said), "", end])


def _others(session: Session, lines: list[AccountEvent]) -> list[str]:
    """Return the ids of who looks after an account: the Heads of Practice of its areas.

    Where there is none but those concerned, the other administrators; else any Head of Practice.
    """
    if not lines:
        return []
    concerned = {*(line.person_id for line in lines), *(line.by_id for line in lines)}
    of_lines = AccountEventArea.event_id.in_([line.id for line in lines])
    areas = select(AccountEventArea.area_code).where(of_lines)
    in_area = PersonRow.id.in_(select(PersonArea.person_id).where(PersonArea.area_code.in_(areas)))
    is_head = PersonRow.role == Role.HEAD_OF_PRACTICE
    able = (
        select(PersonRow.id)
        .where(PersonRow.closed_at.is_(None), PersonRow.email.is_not(None))
        .order_by(PersonRow.id)
    )
    for who in (is_head & in_area, PersonRow.role == Role.ADMINISTRATOR, is_head):
        found = [one for one in session.scalars(able.where(who)) if one not in concerned]
        if found:
            return found
    return []
