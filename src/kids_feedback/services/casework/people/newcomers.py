"""Somebody comes, moves or is called otherwise: a child may have meant them before that."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.names_in_text import named_in
from kids_feedback.domain.people import Role
from kids_feedback.domain.people_names import meant
from kids_feedback.services.accounts.people import find
from kids_feedback.services.case.act import Act, by_service
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.case.people import complained_about
from kids_feedback.services.casework import conflicts
from kids_feedback.services.organisation import account_events
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow

MAY_BE_MEANT_NOW = frozenset(
    {AccountAct.NAME_CHANGED, AccountAct.ROLE_CHANGED, AccountAct.PLACES_CHANGED}
)
"""After which a child may have meant somebody whom nobody could know before."""


def bar(session: Session, person_id: str, moment: Moment) -> None:
    """Keep somebody out of the open cases in their reach in which a child may mean them.

    Only where staff have not said yet who it is. Of each such case the names are read, no more is
    kept of it, and nobody sees it.

    Raises:
        NotFound: no such person.

    Source: docs/procedure.md, paragraph 31 (ruling R21).
    """
    person = find(session, person_id)
    wanted = select(Case).where(
        Case.closed_on.is_(None), Case.kind != Kind.COMPLIMENT, _in_reach(session, person)
    )
    for row in session.scalars(wanted.order_by(Case.received_on, Case.id)).all():
        act = by_service(session, row, moment)
        if _may_be_meant(act, person):
            conflicts.bar_there(act)
            conflicts.see_to_it(act)


def _in_reach(session: Session, person: PersonRow) -> ColumnElement[bool]:
    there = Case.area_code.in_(account_events.areas_of(session, person.id))
    nobodys = person.role is Role.CUSTOMER_SERVICE
    return or_(there, Case.area_code.is_(None)) if nobodys else there


def _may_be_meant(act: Act, person: PersonRow) -> bool:
    about, known = complained_about.of_case(act), {person.id: person.name}
    if about.is_said:
        return False
    typed = any(meant(name, known).everybody for name in about.typed)
    return typed or any(named_in(text, known) for text in complained_about.told(act))
