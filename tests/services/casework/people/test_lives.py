"""Random lives: whatever children, staff and administrators do, each open case has somebody.

Ruling R18: after every act each open case is seen by an open account that can take its next step.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from types import SimpleNamespace

import pytest
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.follow_ups import RULES
from kids_feedback.domain.case.procedure import Fact, Stage, Step
from kids_feedback.domain.case.submission import Door, Submission, Wish
from kids_feedback.domain.errors import DomainError
from kids_feedback.domain.people import CASE_ROLES, Fallback, Person, Role
from kids_feedback.services.accounts import accounts
from kids_feedback.services.accounts.people import Particulars
from kids_feedback.services.case import access, case_state, follow_ups
from kids_feedback.services.case.act import Act, by_child, by_staff
from kids_feedback.services.case.people import colleagues, holders
from kids_feedback.services.casework import conflicts, workflow
from kids_feedback.services.casework.conflicts import NamedPerson
from kids_feedback.services.casework.people import handing_on, staffing
from kids_feedback.services.casework.people.handing_on import TO_HEAD
from kids_feedback.services.casework.people.staffing import Absence
from kids_feedback.services.child.intake import send
from kids_feedback.storage import base
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from tests import sample
from tests.make import CALENDAR, LONDON, a_person, an_office, person_of
from tests.services.acts import a_head, a_manager, moment, wording

LIVES = sample.many(small=3, full=10_000)
ACTS = 30  # of each life
OPEN = 12  # cases at once; no new one is sent while so many are open, so that some get to their end
EVERY = sample.many(small=10, full=1)  # acts, after which each person is asked what they see
TODAY = date(2026, 3, 2)
NAMES = ("", "Hana Head", "Hana", "Max Manager", "Cleo Desk", "Wim", "Lena Last", "Ben")
WORDS_KEY = b"only tests"
SAID = {  # what an act says of itself, where that changes what it does
    Step.LOG_TALK: (Fact.SAID_NO,),
    Step.NUDGE: (Fact.LATE,),
    Step.SAY_OF_ANSWER: (Fact.NOT_UNDERSTOOD,),
    Step.NOT_HAPPY: (Fact.WANTS_ADVOCATE,),
}


@pytest.fixture(autouse=True)
def the_same_ids_in_each_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let cases and people stand in the same order each time, where their ids decide."""
    dice = sample.dice("ids")

    def drawn(length: int) -> str:
        return urlsafe_b64encode(dice.randbytes(length)).rstrip(b"=").decode()

    monkeypatch.setattr(base, "secrets", SimpleNamespace(token_urlsafe=drawn))


@dataclass
class Life:
    """One world, and what happens in it."""

    db: Session
    dice: Random
    told: list[str] = field(default_factory=list)  # what was done, for who reads a failure
    been: set[object] = field(default_factory=set)  # the stages and fallbacks that cases came to

    def __post_init__(self) -> None:
        db = self.db
        self.ada = person_of(a_person(db, "Ada Admin", role=Role.ADMINISTRATOR))
        an_office(db, "eastham", area="east", towns="Eastham")
        an_office(db, "westham", area="west", towns="Westham")
        a_head(db), a_head(db, "Olu Head", areas=["west"])
        a_manager(db), a_manager(db, "Mia Manager"), a_manager(db, "Ben", offices=["westham"])
        for name, last in (("Cleo Desk", None), ("Lena Last", Fallback.LAST_RESORT)):
            a_person(db, name, role=Role.CUSTOMER_SERVICE, last_resort=last, password_hash="set")
        a_person(
            db,
            "Lou Last",
            role=Role.HEAD_OF_PRACTICE,
            areas=["west"],
            last_resort=Fallback.LAST_RESORT,
            password_hash="set",
        )
        a_person(
            db,
            "Ola Outside",
            role=Role.LOCAL_MANAGER,
            offices=["westham"],
            last_resort=Fallback.OUTSIDE,
            password_hash="set",
        )
        a_person(db, "Wim Worker", offices=["eastham"])
        db.flush()

    def people(self, *roles: Role | None) -> list[PersonRow]:
        wanted = select(PersonRow).where(PersonRow.closed_at.is_(None)).order_by(PersonRow.name)
        return [row for row in self.db.scalars(wanted) if not roles or row.role in roles]

    def cases(self) -> list[Case]:
        return list(self.db.scalars(select(Case).order_by(Case.key)))

    def happen(self) -> None:
        """Let something happen; what is refused leaves no trace."""
        deed = self.dice.choices(
            (self.send, self.child, self.staff, self.person), weights=(3, 4, 8, 4)
        )[0]
        before = len(self.told)
        try:
            with self.db.begin_nested():
                deed()
            self.been |= {was for row in self.cases() for was in (row.stage, row.fallback)}
        except DomainError as refused:
            self.db.expire_all()
            self.told[before:] = [f"{self.told[-1:]} refused: {type(refused).__name__}"]

    def send(self) -> None:
        if sum(row.closed_on is None for row in self.cases()) >= OPEN:
            self.staff()
            return
        door = self.dice.choice(list(Door))
        draft = Submission(
            door=door,
            wish=self.dice.choice(list(Wish)) if door is Door.WRONG else None,
            worker=self.dice.choice(NAMES),
            town=self.dice.choice(("", "Eastham", "in Westham.", "Nowhere")),
            method=self.dice.choice((None, "here", "none")),
            feelings=("sad",) if door is Door.FEEL else (),
            statement={"happened": "Something."},
        )
        self.told.append(f"sent {door} about {draft.worker!r} in {draft.town!r}")
        send(
            self.db,
            draft,
            f"key {self.dice.getrandbits(40)}",
            now=moment(TODAY).now,
            zone=LONDON,
            calendar=CALENDAR,
            promises=Allowances(),
            words_key=WORDS_KEY,
        )

    def child(self) -> None:
        if cases := self.cases():
            row = self.dice.choice(cases)
            act = by_child(self.db, row.id, moment(TODAY))
            self.take(act, case_state.steps_of(row, Actor.CHILD))

    def staff(self) -> None:
        who = accounts.signed_in(self.db, self.dice.choice(self.people(*CASE_ROLES)).id)
        assert who is not None
        theirs = access.visible_to(self.db, who)
        seen = list(self.db.scalars(select(Case).where(theirs).order_by(Case.key)))
        if seen:
            row = self.dice.choice(seen)
            act = by_staff(self.db, row.id, who, moment(TODAY), wording=wording)
            self.take(act, act.steps)

    def take(self, act: Act, steps: frozenset[Step]) -> None:
        if not steps:
            return
        step = self.dice.choice(sorted(steps))
        if act.row.next_step in steps and self.dice.random() < 0.6:
            step = act.row.next_step
        self.told.append(f"{'/'.join(sorted(act.actors))} {step} {act.row.stage}")
        if step in self.by_hand:
            self.by_hand[step](act)
            return
        said = SAID.get(step, ()) if self.dice.random() < 0.5 else ()
        act.take(step, *said)
        if step in {Step.LOG_TALK, Step.CORRECT_TALK}:
            act.row.talk_on = act.row.talk_on or TODAY
        act.record()

    @property
    def by_hand(self) -> dict[Step, Callable[[Act], object]]:
        return {
            Step.ROUTE: lambda act: workflow.route(act, area=self.dice.choice(("east", "west"))),
            Step.ALLOCATE: self.allocate,
            Step.NAME_WORKER: self.name,
            Step.FOLLOW_UP: self.follow_up,
        }

    def allocate(self, act: Act) -> None:
        if found := colleagues.candidates(act):
            act.take(Step.ALLOCATE)
            act.row.manager_id = self.dice.choice(found).id
            act.record()

    def name(self, act: Act) -> None:
        worker = self.dice.choice(self.people())
        conflicts.name_worker(act, workers=[NamedPerson(person_id=worker.id)], none_of_them=False)

    def follow_up(self, act: Act) -> None:
        for item in follow_ups.waiting(self.db, act.row):
            if outcomes := RULES[item.what].outcomes:
                outcome = self.dice.choice(outcomes)
                workflow.follow_up(act, follow_up_id=item.id, outcome=outcome, note="Done.")
                return

    def person(self) -> None:
        """Let an administrator close, move, promote, send away or take back somebody."""
        row, stand_in = self.dice.choice(self.people()), self.dice.random() < 0.5
        deed = self.dice.choice(("close", "away", "back", "line", "move", "hand"))
        self.told.append(f"{deed} {row.name}{' with somebody standing in' if stand_in else ''}")
        now = moment(TODAY)
        if deed == "close":
            staffing.close(self.db, self.ada, row.id, now, stand_in=stand_in)
        elif deed == "away":
            absence = Absence(deputy_id=self.dice.choice(self.people(*CASE_ROLES)).id)
            staffing.go_away(self.db, self.ada, row.id, absence, now, stand_in=stand_in)
        elif deed == "back":
            staffing.come_back(self.db, self.ada, row.id, now)
        elif deed == "hand":
            to = {
                item.id: self.dice.choice([TO_HEAD, *(person.id for person in item.to)])
                for item in handing_on.held_by(self.db, self.ada, row.id)
            }
            handing_on.hand_on(self.db, self.ada, row.id, to, now)
        else:
            staffing.change(
                self.db, self.ada, row.id, self.changed(row, deed), now, stand_in=stand_in
            )

    def changed(self, row: PersonRow, deed: str) -> Particulars:
        role = row.role
        if deed == "move" and role in CASE_ROLES:
            role = self.dice.choice(sorted(CASE_ROLES))
        boss = self.dice.choice([None, *(who.id for who in self.people(*CASE_ROLES))])
        return Particulars(
            name=row.name,
            role=role,
            email=row.email or "",
            areas=frozenset({self.dice.choice(("east", "west"))}),
            offices=frozenset({self.dice.choice(("eastham", "westham"))}),
            line_manager=boss if boss != row.id else None,
        )


def somebody_has_each(life: Life) -> Iterator[str]:
    """Yield what is wrong: a case that no open account sees and can take on, by any rule."""
    people = [accounts.signed_in(life.db, row.id) for row in life.people()]
    here = [who for who in people if who is not None]
    waits = or_(Case.closed_on.is_(None), Case.follow_up_by.is_not(None))
    for row in life.db.scalars(select(Case).where(waits)).all():
        if row.next_step and not any(_can(life.db, row, who, row.next_step) for who in here):
            yield f"nobody can {row.next_step} a {row.kind} that is {row.stage}: {row.fallback}"


def _can(db: Session, row: Case, who: Person, step: Step) -> bool:
    if step not in case_state.steps_of(row, *access.roles_in(row, who)):
        return False
    seen = select(Case.id).where(Case.id == row.id, access.visible_to(db, who))
    return db.scalar(seen) is not None


@pytest.mark.long
@pytest.mark.parametrize("number", range(LIVES))
def test_whatever_happens_each_open_case_has_somebody(db: Session, number: int) -> None:
    life = Life(db, sample.dice(f"a life {number}"))
    for turn in range(ACTS):
        life.happen()
        assert holders.nobodys(db) == [], life.told
        assert turn % EVERY or list(somebody_has_each(life)) == [], life.told


@pytest.mark.long
def test_lives_come_to_every_kind_of_thing(db: Session) -> None:
    life = Life(db, sample.dice("a long life"))
    wanted = {Stage.ALLOCATED, Stage.CLOSED, Fallback.CUSTOMER_SERVICE, None}
    for _ in range(30 * ACTS):
        life.happen()
        if life.been >= wanted and len(life.told) > ACTS:
            break
        for role in sorted(CASE_ROLES):  # where all were moved or closed, somebody is hired
            if not life.people(role):
                name = f"{role} {len(life.told)}"
                a_person(db, name, role=role, areas=["east"], offices=["eastham"])
    assert list(somebody_has_each(life)) == [], life.told
    assert life.been >= wanted, life.told
    assert sum("refused" not in line for line in life.told) > len(life.told) / 3
