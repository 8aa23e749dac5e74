"""The record of accounts, as Heads of Practice see it of their areas, and administrators all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from kids_feedback.domain.account_events import TELLS_OTHERS, AccountAct
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.organisation import account_events
from kids_feedback.storage.tables.people import AccountEvent, AccountEventArea, PersonRow

PAGE = 50  # lines
MAY_LOOK = frozenset({Role.HEAD_OF_PRACTICE, Role.ADMINISTRATOR})
_ONE_LOOK = timedelta(hours=1)  # however many pages of it
_whom, _by = aliased(PersonRow), aliased(PersonRow)


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """One thing that happened to an account, or to a shared screen."""

    at: datetime
    what: AccountAct
    person_id: str | None
    name: str | None  # of whom it happened to
    by: str | None  # a name; None: a command, or nobody who was signed in
    facts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class AccountHistory:
    """One page of the record, the newest line first."""

    lines: tuple[AccountLine, ...]
    of: str | None  # the name of the person it is about; None: everybody
    page: int
    pages: int


def note_look(session: Session, reader: Person, *, of: str | None = None, now: datetime) -> None:
    """Keep that somebody looks at the record, once an hour, before they see it.

    Raises:
        NotFound: as ``look``.
    """
    account_events.write_misses(session, now=now)
    _check(session, reader, of)
    recent = select(AccountEvent.id).where(
        AccountEvent.what == AccountAct.LOOKED,
        AccountEvent.by_id == reader.id,
        AccountEvent.person_id == of,
        AccountEvent.at > now - _ONE_LOOK,
    )
    if session.scalar(recent.limit(1)) is None:
        what = AccountAct.LOOKED
        account_events.record(
            session, what, now=now, person_id=of, by_id=reader.id, areas=reader.areas
        )


def look(
    session: Session, reader: Person, *, of: str | None = None, page: int = 1
) -> AccountHistory:
    """Return a page of the record.

    Args:
        of: the id of a person, to see only what is about them.

    Raises:
        NotFound: not for this person; or nothing of that person is theirs to see.
    """
    name, wanted = _check(session, reader, of), _scope(reader)
    if of is not None:
        wanted &= AccountEvent.person_id == of
    count = session.scalar(select(func.count()).select_from(AccountEvent).where(wanted)) or 0
    rows = session.execute(
        select(AccountEvent, _whom.name, _by.name)
        .outerjoin(_whom, _whom.id == AccountEvent.person_id)
        .outerjoin(_by, _by.id == AccountEvent.by_id)
        .where(wanted)
        .order_by(AccountEvent.at.desc(), AccountEvent.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    ).all()
    return AccountHistory(
        lines=tuple(_line(row, whom, by) for row, whom, by in rows),
        of=name,
        page=page,
        pages=max(1, -(-count // PAGE)),
    )


def unseen(session: Session, reader: Person) -> int:
    """Return how many lines others are to hear of came since this person looked at the record.

    For a site without mail, where nobody is told otherwise. Without what they did themselves.
    """
    if reader.role not in MAY_LOOK:
        return 0
    looked = select(func.max(AccountEvent.at)).where(
        AccountEvent.what == AccountAct.LOOKED, AccountEvent.by_id == reader.id
    )
    since = session.scalar(looked)
    wanted = select(func.count()).where(
        _scope(reader),
        AccountEvent.what.in_(TELLS_OTHERS),
        or_(AccountEvent.by_id.is_(None), AccountEvent.by_id != reader.id),
        AccountEvent.at > since if since else true(),
    )
    return session.scalar(wanted) or 0


def _scope(reader: Person) -> ColumnElement[bool]:
    """Return the condition on ``AccountEvent`` of what somebody may see."""
    if reader.role is Role.ADMINISTRATOR:
        return true()
    return exists().where(
        AccountEventArea.event_id == AccountEvent.id,
        AccountEventArea.area_code.in_(reader.areas),
    )


def _check(session: Session, reader: Person, of: str | None) -> str | None:
    """Return the name of the person asked for, if this person may look.

    Raises:
        NotFound: they may not, or nothing about that person is theirs to see.
    """
    if reader.role not in MAY_LOOK:
        raise NotFound
    if of is None:
        return None
    theirs = exists().where(and_(_scope(reader), AccountEvent.person_id == PersonRow.id))
    wanted = select(PersonRow.name).where(
        PersonRow.id == of, true() if reader.role is Role.ADMINISTRATOR else theirs
    )
    name = None if "\0" in of else session.scalar(wanted)
    if name is None:
        raise NotFound
    return name


def _line(row: AccountEvent, whom: str | None, by: str | None) -> AccountLine:
    return AccountLine(
        at=row.at, what=row.what, person_id=row.person_id, name=whom, by=by, facts=row.facts or {}
    )
