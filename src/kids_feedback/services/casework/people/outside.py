"""The person outside the list says why they open a case that nobody else may have.

Source: docs/procedure.md, paragraph 31a (ruling R18).
"""

from sqlalchemy.orm import Session

from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.people import Person
from kids_feedback.services.case import access
from kids_feedback.services.case.act import Act
from kids_feedback.services.errors import check_said


def is_asked(session: Session, case_id: str, person: Person) -> bool:
    """Say whether this person is to say why they open a case, before it is theirs to work on.

    Raises:
        NotFound: no such case, or not one this person may know of.
    """
    _row, only_as = access.find_with_reach(session, case_id, person, to_ask_why=True)
    return Actor.OUTSIDE in only_as


def say_why(act: Act, *, reason: str) -> None:
    """Keep in the history why somebody opens a case; from then on it is open to them.

    Raises:
        StepNotOpen: they are not asked, or not any more.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraph 31a (ruling R18).
    """
    act.take(Step.OPEN_FROM_OUTSIDE)
    check_said(reason=reason)
    act.record(reason)
