"""Leaves as staff see and check them, before anybody else does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from kids_feedback.domain.case.engine import Situation, after, transition
from kids_feedback.domain.case.route.routes import LEAF
from kids_feedback.domain.child.leaves import (
    LeafFact,
    LeafPicture,
    LeafShape,
    LeafState,
    LeafStep,
    only_hides,
    plain,
)
from kids_feedback.domain.errors import DomainError, EditConflict, NotFound, StepNotOpen
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.organisation.scope import offices_of
from kids_feedback.storage.tables.leaves import Leaf, LeafCheck
from kids_feedback.storage.tables.people import Office, PersonRow

PAGE = 50  # leaves


class NotTheWords(DomainError):
    """What would hang on the tree is not the child's words with parts hidden."""


class NotForTheTree(DomainError):
    """The child did not say that others may see it."""


@dataclass(frozen=True, kw_only=True)
class LeafDecision:
    """What somebody decided about a leaf."""

    at: datetime
    who: str
    state: LeafState


@dataclass(frozen=True, kw_only=True)
class LeafForStaff:
    """A leaf as staff see it. Nothing leads to the child."""

    id: str
    office: str | None  # a name
    shape: LeafShape
    picture: LeafPicture
    words: str
    shown: str  # what hangs on the tree, if it does
    public: bool
    state: LeafState
    left_on: date
    checks: tuple[LeafDecision, ...] = ()  # the newest last; only where one leaf is looked at


@dataclass(frozen=True, kw_only=True)
class LeafPage:
    """A page of leaves."""

    leaves: tuple[LeafForStaff, ...]
    page: int  # from 1
    pages: int
    counts: Mapping[LeafState, int]  # of everything in reach


def listed(session: Session, person: Person, state: LeafState, *, page: int = 1) -> LeafPage:
    """Return leaves in this person's reach: those that wait oldest first, the others newest first.

    Args:
        page: from 1; one that is not there is empty.
    """
    counts = _counts(session, person)
    waits = state is LeafState.WAITING
    wanted = (
        _with_office()
        .where(_in_reach(person), Leaf.state == state)
        .order_by(Leaf.left_on if waits else Leaf.left_on.desc(), Leaf.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    return LeafPage(
        leaves=tuple(_left(row, office) for row, office in session.execute(wanted)),
        page=page,
        pages=max(1, -(-counts[state] // PAGE)),
        counts=counts,
    )


def details(session: Session, leaf_id: str, person: Person) -> LeafForStaff:
    """Return one leaf, with what was decided about it.

    Raises:
        NotFound: no such leaf, or not in this person's reach.
    """
    wanted = _with_office().where(Leaf.id == leaf_id, _in_reach(person))
    found = None if "\0" in leaf_id else session.execute(wanted).one_or_none()
    if found is None:
        raise NotFound
    checks = session.execute(
        select(LeafCheck, PersonRow.name)
        .join(PersonRow, PersonRow.id == LeafCheck.person_id)
        .where(LeafCheck.leaf_id == leaf_id)
        .order_by(LeafCheck.at, LeafCheck.id)
    )
    return _left(
        found[0],
        found[1],
        checks=tuple(LeafDecision(at=row.at, who=who, state=row.state) for row, who in checks),
    )


def hang(
    session: Session,
    leaf_id: str,
    person: Person,
    *,
    seen: int,
    shown: str,
    office: str | None = None,
    now: datetime,
) -> None:
    """Let a leaf onto its office's tree, with parts of its words hidden where that is needed.

    Args:
        seen: how many decisions there were on the page before the person.
        shown: the child's words, with "…" for each part that was taken out.
        office: the code of the tree's office, where the child named none.

    Raises:
        NotFound: no such leaf, or not in this person's reach.
        EditConflict: somebody has decided since.
        NotForTheTree: the child wants it kept within Cafcass.
        NotTheWords: something was changed that was not only hidden.
        Incomplete: there is no office whose tree it could hang on.
    """
    row = _to_decide(session, leaf_id, person, seen)
    try:
        decision = _decision(row, person, LeafStep.HANG)
    except StepNotOpen as error:
        raise NotForTheTree from error
    if not only_hides(row.words or "", shown):
        raise NotTheWords
    if row.office_code is None:
        if office is None or session.get(Office, office) is None:
            raise Incomplete(missing=("office",))
        row.office_code = office
    row.shown = plain(shown) or None
    _decided(session, row, person, decision, now)


def keep_private(
    session: Session, leaf_id: str, person: Person, *, seen: int, now: datetime
) -> None:
    """Keep a leaf within Cafcass, or take it off the tree again.

    Raises:
        NotFound: no such leaf, or not in this person's reach.
        EditConflict: somebody has decided since.
    """
    row = _to_decide(session, leaf_id, person, seen)
    decision = _decision(row, person, LeafStep.KEEP_PRIVATE)
    row.shown = None
    _decided(session, row, person, decision, now)


def _in_reach(person: Person) -> ColumnElement[bool]:
    """Return the condition on ``Leaf``. Leaves without an office are for customer service."""
    if person.role is Role.CUSTOMER_SERVICE:
        return true()
    return Leaf.office_code.in_(select(Office.code).where(offices_of(person)))


def _counts(session: Session, person: Person) -> dict[LeafState, int]:
    wanted = select(Leaf.state, func.count()).where(_in_reach(person)).group_by(Leaf.state)
    counts = dict.fromkeys(LeafState, 0)
    for state, count in session.execute(wanted):
        counts[state] = count
    return counts


def _with_office() -> Select[Leaf, str | None]:
    return select(Leaf, Office.name).outerjoin(Office, Office.code == Leaf.office_code)


def _to_decide(session: Session, leaf_id: str, person: Person, seen: int) -> Leaf:
    wanted = select(Leaf).where(Leaf.id == leaf_id, _in_reach(person)).with_for_update()
    row = None if "\0" in leaf_id else session.scalar(wanted)
    if row is None:
        raise NotFound
    checks = select(func.count()).select_from(LeafCheck).where(LeafCheck.leaf_id == row.id)
    if session.scalar(checks) != seen:
        raise EditConflict
    return row


def _decision(row: Leaf, person: Person, step: LeafStep) -> LeafState:
    facts = {LeafFact.PUBLIC} if row.public else set()
    situation = Situation(kind="leaf", stage=row.state, facts=frozenset(facts))
    return LeafState(after(transition(LEAF, step, situation, person.role), situation)[1])


def _decided(session: Session, row: Leaf, person: Person, state: LeafState, now: datetime) -> None:
    row.state = state
    session.add(LeafCheck(leaf_id=row.id, at=now, person_id=person.id, state=state))
    session.flush()


def _left(row: Leaf, office: str | None, *, checks: tuple[LeafDecision, ...] = ()) -> LeafForStaff:
    return LeafForStaff(
        id=row.id,
        office=office,
        shape=LeafShape(row.shape),
        picture=LeafPicture(row.picture),
        words=row.words or "",
        shown=row.shown or "",
        public=row.public,
        state=row.state,
        left_on=row.left_on,
        checks=checks,
    )
