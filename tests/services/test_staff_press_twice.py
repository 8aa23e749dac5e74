"""What is pressed at the same moment is done once, told once, and whoever was later hears so.

Both by one person who presses twice and by two people, on both databases; see ``lives`` for what.
Of a child, to whom nobody says that they pressed twice, both presses come to the same.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.procedure import ACCESS_STEPS, Step
from kids_feedback.domain.case.route.routes import route_of
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import DomainError, EditConflict, StepNotOpen
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.case.act import Act, by_child, by_person_outside, by_staff
from kids_feedback.services.errors import Incomplete
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow
from tests import sample
from tests.make import person_of
from tests.services.acts import a_head, a_manager, moment, wording
from tests.services.lives import LIVES
from tests.services.presses import CHILD, HEAD, MANAGER, OUTSIDE, Press

TIMES = sample.many(small=1, full=50)
DONE = "Done"  # before the name of any refusal
MOVED_ON = {EditConflict.__name__}
SAID_ALREADY = {StepNotOpen.__name__, Incomplete.__name__}  # … which asks why it is put right
Both = tuple[Person | None, Person | None]  # who may press the same button; None: the child
# Each answers for themselves, so of two people two lines are kept.
OF_EACH = {*ACCESS_STEPS, Step.OPEN_FROM_OUTSIDE, Step.RING_ANYWAY, Step.SAFEGUARDING}


def staff_steps() -> set[str]:
    """Return every step that a route lets a person take."""
    nobody = {Actor.CHILD, Actor.SERVICE, Role.ADMINISTRATOR}
    routes = {route_of(kind) for kind in Kind}
    return {step.step for route in routes for step in route.transitions if step.by - nobody}


def test_every_step_of_staff_is_in_some_life() -> None:
    lived = {press.step for life in LIVES.values() for press in life.presses if press.by != CHILD}
    assert lived == staff_steps()


@pytest.fixture(scope="module")
def pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2)


@pytest.mark.parametrize("people", [1, 2])
@pytest.mark.parametrize("life", LIVES)
def test_of_two_presses_one_counts(
    transactions: Transactions, pool: ThreadPoolExecutor, life: str, people: int
) -> None:
    with transactions() as db:
        team = a_team(db)
    for _ in range(TIMES):
        case_id = begin(transactions, life)
        for press in LIVES[life].presses:
            one, other = team.get(press.by, (None, None))
            race(transactions, pool, case_id, press, (one, other if people == 2 else one))


def a_team(db: Session) -> dict[str, Both]:
    """Add two people of each kind: the second manager stands in for the first."""
    heads = a_head(db), a_head(db, "Hugo Head")
    manager, deputy = a_manager(db), person_of(a_manager(db, "Dot Deputy"))
    outsiders = [
        replace(
            person_of(a_head(db, name, areas=["west"], last_resort=Fallback.OUTSIDE)),
            last_resort=Fallback.OUTSIDE,
        )
        for name in ("Ola Outside", "Odo Outside")
    ]
    return {
        HEAD: (person_of(heads[0]), person_of(heads[1])),
        MANAGER: (
            person_of(manager),
            replace(deputy, covers_people=frozenset({manager.id, deputy.id})),
        ),
        OUTSIDE: (outsiders[0], outsiders[1]),
    }


def begin(transactions: Transactions, life: str) -> str:
    with transactions() as db:
        columns = LIVES[life].columns
        if LIVES[life].presses[0].by == OUTSIDE:
            heads = select(PersonRow).where(PersonRow.role == Role.HEAD_OF_PRACTICE)
            about = db.scalars(heads.where(PersonRow.last_resort.is_(None))).all()
            columns = {**columns, "about": about, "fallback": Fallback.OUTSIDE}
        return LIVES[life].begin(db, **columns).id


def race(
    transactions: Transactions, pool: ThreadPoolExecutor, case_id: str, press: Press, both: Both
) -> None:
    """Let both press the button at the same moment, each in a transaction of their own."""
    with transactions.reading() as db:
        seen = db.get_one(Case, case_id).version if press.sees else None
        lines_before, mails_before = lines(db, case_id), set(db.scalars(select(Message.id)))
    ready = Barrier(2)

    def one(who: Person | None) -> str:
        ready.wait()
        try:
            with transactions() as db:
                press.act(an_act(db, case_id, who, press, seen))
        except DomainError as refused:
            return type(refused).__name__
        return DONE

    came_of = sorted(pool.map(one, both))
    with transactions.reading() as db:
        new = lines(db, case_id)[len(lines_before) :]
        mails = select(Message).where(Message.id.not_in(mails_before))
        told = [(row.subject, row.person_id, row.role, row.to_child) for row in db.scalars(mails)]
    who_did = [who for what, who in new if what == press.step]
    assert DONE in came_of, (press.step, came_of)
    refused = {*came_of} - {DONE}
    assert refused <= (MOVED_ON if press.sees else SAID_ALREADY), (press.step, came_of)
    assert len(who_did) == (len({*both}) if press.step in OF_EACH else 1), (press.step, new)
    assert len(who_did) == len(set(who_did)), (press.step, new)
    assert len(told) == len(set(told)), (press.step, told)
    if press.by == CHILD:
        assert came_of == [DONE, DONE], (press.step, came_of)
    elif press.sees:
        assert came_of == [DONE, EditConflict.__name__], (press.step, came_of)


def an_act(db: Session, case_id: str, who: Person | None, press: Press, seen: int | None) -> Act:
    if who is None:
        return by_child(db, case_id, moment(press.on))
    if press.by == OUTSIDE:
        return by_person_outside(db, case_id, who, moment(press.on))
    return by_staff(db, case_id, who, moment(press.on), seen=seen, wording=wording)


def lines(db: Session, case_id: str) -> list[tuple[str, str | None]]:
    wanted = select(Event.what, Event.person_id).where(Event.case_id == case_id)
    return [(what, who) for what, who in db.execute(wanted.order_by(Event.number))]
