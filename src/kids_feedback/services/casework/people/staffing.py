"""People come, change places, are away and leave; nobody leaves a case behind (ruling R18).

For administrators, who see no case: of each they learn when it came in, where, and whose it is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.people import (
    CASE_ROLES,
    FEWEST_NAMED,
    NAMED_ROLES,
    Fallback,
    Person,
    Role,
)
from kids_feedback.services.accounts import people
from kids_feedback.services.accounts.people import Particulars, check_administrator, find
from kids_feedback.services.case.act import by_service
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.case.people import holders
from kids_feedback.services.casework.people import handing_on, newcomers
from kids_feedback.services.casework.people.account_changes import recorded
from kids_feedback.services.errors import Incomplete, LastResortNeeded, NeedsSomebodyFirst
from kids_feedback.services.organisation import account_events
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Who is away, until when as far as anybody knows, and who stands in."""

    deputy_id: str
    until: date | None = None


def add(
    session: Session, by: Person, new: Particulars, moment: Moment, *, key: str | None = None
) -> str:
    """Keep somebody who works here; what stood in for them ends. Returns their id.

    Raises:
        NotFound, EmailTaken, Incomplete: see ``people.add``, also for ``key``.
    """
    person_id, is_new = people.add(session, by, new, key=key)
    if not is_new:  # pressed twice
        return person_id
    newcomers.bar(session, person_id, moment)
    account_events.record(
        session, AccountAct.ADDED, now=moment.now, person_id=person_id, by_id=by.id
    )
    _settle(session, holders.nobodys(session), moment, stand_in=True)
    return person_id


def change(
    session: Session,
    by: Person,
    person_id: str,
    new: Particulars,
    moment: Moment,
    *,
    stand_in: bool = False,
) -> None:
    """Change what is kept of a person.

    Args:
        stand_in: whether what would be nobody's goes to who stands in.

    Raises:
        NeedsSomebodyFirst: they have cases that are to be handed on first.
        NotFound, OwnAccount, EmailTaken, Incomplete: see ``people.change``.
    """
    before, named = holders.nobodys(session), _named(session)
    check_administrator(by)
    row = find(session, person_id)
    with recorded(session, by, row, now=moment.now) as changed:
        people.change(session, by, person_id, new)
    _check_handed_on(session, row)
    _check_named(session, named)
    _settle(session, before, moment, stand_in=stand_in)
    if changed & newcomers.MAY_BE_MEANT_NOW:  # it reads many cases
        newcomers.bar(session, person_id, moment)


def close(
    session: Session, by: Person, person_id: str, moment: Moment, *, stand_in: bool = False
) -> None:
    """Close an account. What still waits to go to them goes to who has the case then.

    Args:
        stand_in: as for ``change``.

    Raises:
        NeedsSomebodyFirst: they have cases that are to be handed on first.
        LastResortNeeded: they are one of the last two who are named for what nobody else may have.
        NotFound, OwnAccount: see ``people.close``.

    Source: docs/procedure.md, paragraph 31a (ruling R18).
    """
    before, named = holders.nobodys(session), _named(session)
    check_administrator(by)
    row = find(session, person_id)
    with recorded(session, by, row, now=moment.now):
        people.close(session, by, person_id, now=moment.now)
    _check_handed_on(session, row)
    _check_named(session, named)
    _settle(session, before, moment, stand_in=stand_in)


def go_away(
    session: Session,
    by: Person,
    person_id: str,
    absence: Absence,
    moment: Moment,
    *,
    stand_in: bool = False,
) -> None:
    """Note that somebody is away from now on; their deputy has what they have.

    Args:
        stand_in: as for ``change``.

    Raises:
        NeedsSomebodyFirst: their deputy may not have some of it: that is to be handed on first.
        Incomplete: there is no such deputy.
        NotFound: no such person, or not for this person.
    """
    check_administrator(by)
    row = find(session, person_id)
    before = holders.nobodys(session)
    with recorded(session, by, row, now=moment.now):
        row.deputy_id = _deputy(session, row, absence.deputy_id).id
        row.away_on, row.away_until = moment.today, absence.until
    _settle(session, before, moment, stand_in=stand_in)


def come_back(session: Session, by: Person, person_id: str, moment: Moment) -> None:
    """Note that somebody is back. Their deputy stays named, for what they may not have.

    Raises:
        NotFound: no such person, or not for this person.
    """
    check_administrator(by)
    row = find(session, person_id)
    with recorded(session, by, row, now=moment.now):
        row.away_on = row.away_until = None
    _settle(session, holders.nobodys(session), moment, stand_in=True)


def name_for_last_resort(
    session: Session, by: Person, person_id: str, fallback: Fallback | None, moment: Moment
) -> None:
    """Name somebody for what nobody else may have, or take that back.

    Args:
        fallback: ``LAST_RESORT``; ``OUTSIDE`` for a person who is none of those; None: neither.

    Raises:
        Incomplete: they are neither of customer service nor a Head of Practice, or, outside, work
            on no cases.
        LastResortNeeded: fewer than two would be left.
        NotFound: no such person, or not for this person.
    """
    check_administrator(by)
    row = find(session, person_id)
    if fallback and row.role not in NAMED_ROLES[fallback]:
        raise Incomplete(missing=("role",))
    named = _named(session)
    with recorded(session, by, row, now=moment.now):
        row.last_resort = fallback
    _check_named(session, named)
    _settle(session, holders.nobodys(session), moment, stand_in=True)


def deputies(session: Session, *, of: str) -> tuple[tuple[str, str], ...]:
    """Return as (id, name) who can stand in for person ``of``.

    Raises:
        NotFound: no such person.
    """
    wanted = select(PersonRow.id, PersonRow.name).where(_can_stand_in(find(session, of).id))
    rows = session.execute(wanted.order_by(PersonRow.folded, PersonRow.id))
    return tuple((row.id, row.name) for row in rows)


def named_for_last_resort(session: Session) -> int:
    """Return how many people can sign in who are named for what nobody else may have."""
    return _named(session)[0]


def _named(session: Session) -> tuple[int, int]:
    """Return how many people of the last resort can sign in, and how many outside that list."""
    wanted = select(PersonRow.last_resort).where(
        # The database compares: a role of somebody else that cannot be read closes no door.
        or_(*(_has(fallback, roles) for fallback, roles in NAMED_ROLES.items())),
        PersonRow.closed_at.is_(None),
        PersonRow.password_hash.is_not(None),
    )
    named = session.scalars(wanted).all()
    return named.count(Fallback.LAST_RESORT), named.count(Fallback.OUTSIDE)


def _has(fallback: Fallback, roles: Collection[Role]) -> ColumnElement[bool]:
    return and_(PersonRow.last_resort == fallback, PersonRow.role.in_(roles))


def waits_for_last_resort(session: Session) -> int:
    """Return how many open cases wait for those people, or for nobody at all."""
    waits = select(func.count()).where(
        Case.fallback.in_([Fallback.LAST_RESORT, Fallback.OUTSIDE]), Case.closed_on.is_(None)
    )
    return session.scalar(waits) or 0


def _check_handed_on(session: Session, row: PersonRow) -> None:
    """Refuse that a local manager goes, or changes places, who still has cases there.

    Raises:
        NeedsSomebodyFirst: names the cases.
    """
    session.flush()
    places = {office.area_code for office in row.offices}
    stays = row.role is Role.LOCAL_MANAGER and row.closed_at is None
    theirs = select(Case).where(handing_on.has(row)).order_by(Case.received_on, Case.id)
    left = [
        item.id for item in session.scalars(theirs) if not stays or item.area_code not in places
    ]
    if left:
        raise NeedsSomebodyFirst(tuple(left))


def _check_named(session: Session, before: tuple[int, int]) -> None:
    """Refuse that fewer than two stay named for what nobody else may have, or nobody outside.

    Raises:
        LastResortNeeded: there would be fewer, and fewer than ``before``.
    """
    session.flush()
    fewest = (min(before[0], FEWEST_NAMED), min(before[1], 1))
    if any(now < least for now, least in zip(_named(session), fewest, strict=True)):
        raise LastResortNeeded


def _settle(session: Session, before: list[str], moment: Moment, *, stand_in: bool) -> None:
    """See to it that no case is nobody's after an act on people; what stands in no more ends.

    Args:
        before: the ids of those that were nobody's already: they do not stand in the way.

    Raises:
        NeedsSomebodyFirst: names the cases, where nobody is to stand in, or can.
    """
    session.flush()
    lost = holders.nobodys(session)
    newly = [case_id for case_id in lost if case_id not in before]
    if newly and not stand_in:
        raise NeedsSomebodyFirst(tuple(newly))
    held_otherwise = select(Case).where(Case.fallback.is_not(None) | Case.id.in_(lost))
    for row in session.scalars(held_otherwise).all():
        act = by_service(session, row, moment)
        if row.next_owner is Role.LOCAL_MANAGER and row.id in lost:
            act.take(Step.TAKE_BACK)
            act.record(facts={"from": "away"})
        else:
            act.see_that_somebody_has_it()
    stays = [case_id for case_id in holders.nobodys(session) if case_id not in before]
    if stays:
        raise NeedsSomebodyFirst(tuple(stays))


def _deputy(session: Session, row: PersonRow, deputy_id: str) -> PersonRow:
    """Return who stands in.

    Raises:
        Incomplete: nobody like that can.
    """
    wanted = select(PersonRow).where(_can_stand_in(row.id), PersonRow.id == deputy_id)
    found = None if "\0" in deputy_id else session.scalar(wanted)
    if found is None:
        raise Incomplete(missing=("deputy",))
    return found


def _can_stand_in(of: str) -> ColumnElement[bool]:
    """Return the condition on ``PersonRow`` of who works with cases, is here, and is not ``of``."""
    return and_(
        PersonRow.role.in_(CASE_ROLES),
        PersonRow.closed_at.is_(None),
        PersonRow.away_on.is_(None),
        PersonRow.id != of,
    )
