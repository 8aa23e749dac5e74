"""What a child asks for behind the secret words that a person makes sure of first (ruling R28).

Nothing here changes how the child is reached, who comes along or whether it goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from kids_feedback.domain.case import contact
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.procedure import Fact, Step
from kids_feedback.domain.case.requests import TASKS, Asked, RequestState, WayState
from kids_feedback.domain.case.submission import Answers
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.services.case import case_state
from kids_feedback.services.case.access import case_of_child
from kids_feedback.services.case.act import Act
from kids_feedback.services.case.asked import requests
from kids_feedback.services.site import outbox
from kids_feedback.storage.tables.case import Case

_STEPS = {
    Asked.STOP: Step.ASK_TO_STOP,
    Asked.WAY: Step.ASK_FOR_WAY,
    Asked.SUPPORTER: Step.ASK_FOR_SUPPORTER,
}


@dataclass(frozen=True, kw_only=True)
class WaitingRequest:
    """What the child asked for and has not got yet."""

    what: Asked
    on: date
    again_on: date | None  # they said it again
    is_asked_first: bool  # a person asks them, by the way that was safe first
    is_not_safe: bool  # that way is not: another is found first
    may_say_again: bool  # today, as nothing but the words leads to them

    @property
    def task(self) -> FollowUp:
        """What it leaves to somebody."""
        if self.is_asked_first:
            return TASKS[self.what]
        return FollowUp.ASKED_AGAIN if self.again_on else FollowUp.TO_ASK_AGAIN


def waiting(session: Session, row: Case, today: date) -> Sequence[WaitingRequest]:
    """Return what the child asked for and has not got yet, the oldest first.

    Source: docs/procedure.md, paragraph 20a.
    """
    found = requests.waiting(session, row)
    twice = bool(found) and requests.is_said_twice(row)
    return tuple(
        WaitingRequest(
            what=item.what,
            on=item.asked_on,
            again_on=item.asked_again_on,
            is_asked_first=not twice,
            is_not_safe=row.way_not_used is not None,
            may_say_again=twice and item.asked_again_on is None and item.asked_on < today,
        )
        for item in found
    )


def waiting_in(act: Act) -> Sequence[WaitingRequest]:
    """Return what the child who acts asked for and has not got yet."""
    return waiting(act.session, act.row, act.today)


def of_case(session: Session, case_id: str, *, today: date) -> Sequence[WaitingRequest]:
    """Return what the child of a case asked for and has not got yet.

    Raises:
        NotFound: it has been erased since.
    """
    return waiting(session, case_of_child(session, case_id), today)


def ask_for(act: Act, what: Asked, given: Answers | None = None) -> None:
    """Ask for a stop, another way to be reached or another supporter. Until then the old holds.

    The same again is a second press; where nothing but the words leads to the child, on another day
    it is said again (see ``say_again``).

    Args:
        given: all that was answered, by the names of the child's pages.

    Raises:
        StepNotOpen: it is over, praise, or nothing that can be stopped.

    Source: docs/procedure.md, paragraphs 9, 20a and 22 (ruling R28).
    """
    before = requests.find(act.session, act.row, what)
    if before is not None and (before.given or {}) == dict(given or {}):
        say_again(act, what)
        return
    twice = requests.is_said_twice(act.row)
    act.take(_STEPS[what], *((Fact.ONLY_HERE,) if twice else ()))
    requests.keep(act, what, given)
    act.record()


def add_missing(act: Act, given: Answers) -> None:
    """Say how to be reached, in the visit that sent it, where that was left out; it is so at once.

    Nobody typed the secret words, and there is no other way that it could take away. Who gave one,
    or wanted no contact, asks for it like anybody. A second press says nothing new.

    Raises:
        StepNotOpen: it is over, or praise.

    Source: docs/procedure.md, paragraphs 20 and 20a.
    """
    row = act.row
    if (row.method, row.contact) == (given.get("method"), dict(given)):
        return
    left_out = case_state.wants_contact(row) and contact.lacks(row.method, row.contact or {})
    if not left_out or row.way_not_used is not None:
        ask_for(act, Asked.WAY, given)
        return
    act.take(Step.CHANGE_CONTACT, Fact.JUST_SENT)
    row.method, row.contact = Method(str(given["method"])), dict(given)
    act.record(facts={"method": row.method.value})


def say_again(act: Act, what: Asked) -> None:
    """Ask for the same on another day, where there is no other way to ask the child.

    A second press on the same day says nothing new.

    Raises:
        StepNotOpen: nothing of the kind waits.

    Source: docs/procedure.md, paragraph 20a (ruling R28).
    """
    found = requests.find(act.session, act.row, what)
    if found is None:
        raise StepNotOpen(step=Step.ASK_AGAIN, state=act.row.stage)
    first = found.asked_again_on is None and found.asked_on < act.today
    if not (first and requests.is_said_twice(act.row)):
        return
    act.take(Step.ASK_AGAIN, Fact.ONLY_HERE)
    found.asked_again_on = act.today
    act.record(facts=requests.facts_of(found))


def take_back(act: Act, what: Asked) -> None:
    """Ask for it no more. Whoever has the case hears of that as well.

    A second press says nothing new.

    Raises:
        StepNotOpen: nothing of the kind waits.

    Source: docs/procedure.md, paragraph 20a.
    """
    found = requests.find(act.session, act.row, what)
    if found is None and act.is_second_press(Step.TAKE_REQUEST_BACK):
        return
    if found is None or what is Asked.NOT_SAFE:
        raise StepNotOpen(step=Step.TAKE_REQUEST_BACK, state=act.row.stage)
    act.take(Step.TAKE_REQUEST_BACK)
    requests.end(act, found, RequestState.TAKEN_BACK, Outcome.TAKEN_BACK)
    act.record(facts=requests.facts_of(found))


def say_not_safe(act: Act) -> None:
    """Say that the way on which the child was to be reached is not safe: nobody uses it any more.

    What waits to go there is withdrawn. Only two people decide what is used from then on. A second
    press says nothing new.

    Raises:
        StepNotOpen: there never was such a way, or it is praise.

    Source: docs/procedure.md, paragraph 20a (ruling R28).
    """
    if act.row.way_not_used is not None:
        return
    if not requests.has_first_way(act.row):
        raise StepNotOpen(step=Step.SAY_NOT_SAFE, state=act.row.stage)
    act.take(Step.SAY_NOT_SAFE)
    act.row.way_not_used = WayState.NOT_SAFE
    requests.keep(act, Asked.NOT_SAFE)
    outbox.withdraw(act.session, act.row.id)
    act.record()
