"""What is pressed twice at the same moment, cases apart: people, devices, days, leaves, the board.

Two press at once, each in a transaction of their own. One counts; the other one is refused in a way
that its page knows, or comes to the same.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.safety import USUAL
from kids_feedback.domain.child.leaves import LeafState
from kids_feedback.domain.errors import DomainError
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.accounts import invitations
from kids_feedback.services.accounts.people import Particulars
from kids_feedback.services.board import improvements, versions
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.casework.people import duty, handing_on, staffing
from kids_feedback.services.feedback_tree import leaf_checks
from kids_feedback.services.organisation import places, shared_devices
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.closed_days import ClosedDay
from kids_feedback.storage.tables.learning import ImprovementRow
from kids_feedback.storage.tables.leaves import LeafCheck
from kids_feedback.storage.tables.people import AccountEvent, Area, PersonRow, Ticket
from kids_feedback.storage.tables.safety import Duty
from kids_feedback.storage.tables.shared_devices import Device
from kids_feedback.storage.tables.summaries import Summary, TakenBack
from tests import sample
from tests.make import (
    NOW,
    a_change,
    a_complaint,
    a_leaf,
    a_person,
    an_area,
    an_office,
    person_of,
)
from tests.services.acts import MONDAY, a_head, a_manager, moment
from tests.services.board.test_summaries import WINTER, children_of, preview, release

TIMES = sample.many(small=2, full=50)
Act = Callable[[Session, int], object]  # with which of the two it is


@dataclass(frozen=True)
class Pressed:
    """What two do at once, and of what there is one more then."""

    table: type
    begin: Callable[[Session, int], Act]  # in which of the rounds
    more: int = 1
    recorded: int = 1  # at most, in the record of accounts


def by(db: Session, role: Role = Role.ADMINISTRATOR) -> Person:
    return person_of(a_person(db, "Ada Admin", role=role))


def add_person(db: Session, turn: int) -> Act:
    admin, new = by(db), Particulars(name=f"Pat {turn}", role=None)
    return lambda db, _: staffing.add(db, admin, new, moment(), key=f"person-{turn:015}")


def add_staff(db: Session, turn: int) -> Act:
    admin, area = by(db), an_area(db).code
    new = Particulars(
        name=f"Pat {turn}",
        role=Role.HEAD_OF_PRACTICE,
        email=f"pat{turn}@example.org",
        areas=frozenset({area}),
    )
    return lambda db, number: staffing.add(db, admin, new, moment(), key=f"{number}-{turn:020}")


def invite(db: Session, turn: int) -> Act:
    admin, who = by(db), a_head(db).id
    return lambda db, _: invitations.invite(db, admin, who, now=NOW)


def put_on_duty(db: Session, turn: int) -> Act:
    admin, who = by(db), a_head(db).id
    return lambda db, _: duty.add(db, admin, who, None, USUAL.shift, now=NOW)


def hand_on(db: Session, turn: int) -> Act:
    admin, manager, other = by(db), a_manager(db), a_manager(db, "Otto Other").id
    row = a_complaint(db, manager=manager, stage=Stage.ALLOCATED)
    case_id, who = row.id, manager.id
    return lambda db, _: handing_on.hand_on(db, admin, who, {case_id: other}, moment())


def add_area(db: Session, turn: int) -> Act:
    return lambda db, _: places.add_area(db, f"a{turn}", "Another")


def make_kiosk(db: Session, turn: int) -> Act:
    admin, office, token = by(db), an_office(db).code, f"kiosk of round {turn}"
    return lambda db, _: shared_devices.register(
        db, admin, office=office, name="Desk", now=NOW, token=token
    )


def lend(db: Session, turn: int) -> Act:
    manager = person_of(a_manager(db))
    return lambda db, _: shared_devices.hand_over(
        db, manager, office="eastham", now=NOW, token=f"tablet of round {turn}"
    )


def close_day(db: Session, turn: int) -> Act:
    day = MONDAY + timedelta(days=2 + 7 * turn)  # a Wednesday is no bank holiday
    return lambda db, _: working_days.close_day(db, day, "A storm", now=NOW, today=MONDAY)


def hang_leaf(db: Session, turn: int) -> Act:
    leaf, manager = a_leaf(db, state=LeafState.WAITING), person_of(a_manager(db))
    leaf_id, words = leaf.id, leaf.words or ""
    return lambda db, _: leaf_checks.hang(db, leaf_id, manager, seen=0, shown=words, now=NOW)


def keep_leaf(db: Session, turn: int) -> Act:
    leaf_id, manager = a_leaf(db, state=LeafState.WAITING).id, person_of(a_manager(db))
    return lambda db, _: leaf_checks.keep_private(db, leaf_id, manager, seen=0, now=NOW)


def write_change(db: Session, turn: int) -> Act:
    secretary, key = by(db, Role.BOARD_SECRETARY), f"change-{turn:015}"
    return lambda db, _: improvements.write(db, secretary, said="Cold.", did="Heater.", key=key)


def rewrite_change(db: Session, turn: int) -> Act:
    secretary, change_id = by(db, Role.BOARD_SECRETARY), a_change(db).id
    seen = improvements.one(db, change_id).mark

    def write(db: Session, number: int) -> None:
        improvements.write(
            db, secretary, said="Cold.", did=f"{number} heaters.", change_id=change_id, seen=seen
        )

    return write


def release_figures(db: Session, turn: int) -> Act:
    secretary = by(db, Role.BOARD_SECRETARY)
    children_of(db, WINTER, ["unfair"] * 62)
    digest = preview(db, WINTER).digest
    return lambda db, _: release(db, WINTER, secretary, digest)


def take_back(db: Session, turn: int) -> Act:
    release_figures(db, turn)(db, 0)
    secretary = by(db, Role.BOARD_SECRETARY)
    return lambda db, _: versions.take_back(
        db, WINTER, secretary, number=turn + 1, why="Wrong.", now=NOW
    )


ONCE = {
    "somebody who does not sign in is added": Pressed(PersonRow, add_person),
    "two add somebody who signs in": Pressed(PersonRow, add_staff),
    "an invitation": Pressed(Ticket, invite, recorded=2),  # the second link ends the first
    "a line of the duty list": Pressed(Duty, put_on_duty),
    "a case is handed on": Pressed(Event, hand_on),
    "an area": Pressed(Area, add_area),
    "a kiosk": Pressed(Device, make_kiosk),
    "a tablet is lent": Pressed(Device, lend),
    "a closed day": Pressed(ClosedDay, close_day),
    "a leaf is hung": Pressed(LeafCheck, hang_leaf),
    "a leaf is kept": Pressed(LeafCheck, keep_leaf),
    "what changed": Pressed(ImprovementRow, write_change),
    "what changed is written anew by two": Pressed(ImprovementRow, rewrite_change, more=0),
    "figures are taken back": Pressed(TakenBack, take_back),
}


@pytest.mark.parametrize("what", ONCE)
def test_of_two_at_once_one_counts(transactions: Transactions, what: str) -> None:
    pressed = ONCE[what]
    for turn in range(TIMES):
        with transactions() as db:
            act = pressed.begin(db, turn)
        before, recorded = count(transactions, pressed.table), count(transactions, AccountEvent)
        refused = race(transactions, act)
        assert len(refused) <= 1, refused
        assert count(transactions, pressed.table) - before == pressed.more, (turn, refused)
        assert count(transactions, AccountEvent) - recorded <= pressed.recorded, "done once"
        assert refused or pressed.more, "nobody heard that somebody else was faster"


def test_of_two_who_release_figures_one_does(transactions: Transactions) -> None:
    with transactions() as db:
        act = release_figures(db, 0)
    assert race(transactions, act) in (["EditConflict"], ["AlreadyShown"])
    assert count(transactions, Summary) == 1


def race(transactions: Transactions, act: Act) -> list[str]:
    """Let two press at once; return by what name which of them was refused."""
    ready = Barrier(2)

    def one(number: int) -> str | None:
        ready.wait()
        try:
            with transactions() as db:
                act(db, number)
        except DomainError as error:
            return type(error).__name__
        return None

    with ThreadPoolExecutor(2) as pool:
        return [name for name in pool.map(one, range(2)) if name]


def count(transactions: Transactions, table: Any) -> int:
    wanted = select(func.count()).select_from(table)
    if table is Event:
        wanted = wanted.where(Event.what == Step.HAND_ON.value)
    with transactions.reading() as db:
        return db.scalar(wanted) or 0
