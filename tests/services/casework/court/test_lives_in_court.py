"""Random lives of a case in court: nothing is lost, hidden, or late before it was known."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.court_notice import (
    CaseOngoing,
    CourtState,
    CourtWarning,
    blocks_closing,
    is_to_be_found_out,
)
from kids_feedback.domain.case.hearings import TAKES_PLACE, HearingState
from kids_feedback.domain.people import Person
from kids_feedback.services.case import case_state
from kids_feedback.services.errors import (
    DayOutOfRange,
    HearingIsOver,
    HearingListed,
    HearingNotOver,
)
from kids_feedback.storage.tables.case import Case
from tests import sample
from tests.make import CALENDAR
from tests.services.acts import MONDAY
from tests.services.court import answered, change, hear, say, tell

LIVES = sample.many(small=range(12), full=range(400))
STEPS = 12
REFUSED = (DayOutOfRange, HearingIsOver, HearingListed, HearingNotOver)


class Life:
    """One case, and whoever has it, on a day that only goes on."""

    def __init__(self, db: Session, seed: int) -> None:
        self.db, self.today = db, MONDAY
        self.chance = sample.dice(f"a life in court {seed}")
        self.row: Case
        self.person: Person
        self.row, self.person = answered(db)

    def step(self) -> None:
        """Do something, or be refused; or let days go by."""
        acts: list[Callable[[], object]] = [self._say, self._hear, self._change, self._tell]
        before = self._missed()
        if self.chance.random() < 0.4:
            self.today += timedelta(days=self.chance.randint(1, 9))
        else:
            try:
                self.chance.choice(acts)()
            except REFUSED:
                self.db.expire_all()
        still = {row.id for row in self.row.hearings if row.state in TAKES_PLACE}
        assert before & still <= self._missed(), "only a word on the hearing itself takes a miss"

    def _say(self) -> None:
        say(self.db, self.row, self.person, self.chance.choice(list(CaseOngoing)), self.today)

    def _hear(self) -> None:
        day = None if self.chance.random() < 0.2 else self._some_day()
        held = day is not None and day < self.today and self.chance.random() < 0.5
        hear(self.db, self.row, self.person, day, self.today, was_held=held)

    def _change(self) -> None:
        there = [n for n, row in enumerate(self.row.hearings) if row.state in TAKES_PLACE]
        if there:
            which = self.chance.choice(there)
            state = self.chance.choice([item for item in HearingState if item in CHANGES])
            change(
                self.db,
                self.row,
                self.person,
                state,
                self.today,
                which=which,
                moved_to=self._some_day(),
                reason="It was so.",
            )

    def _tell(self) -> None:
        days = [self._told(), self._told()]
        if any(days):
            tell(
                self.db,
                self.row,
                self.person,
                complaint_on=days[0],
                doing_on=days[1],
                today=self.today,
            )

    def _told(self) -> date | None:
        return self.today if self.chance.random() < 0.6 else None

    def _some_day(self) -> date:
        return self.today + timedelta(days=self.chance.randint(-6, 25))

    def _missed(self) -> set[str]:
        facts = case_state.court_facts(self.row)
        return {hearing.id for hearing in facts.missed(self.today)}


CHANGES = {*HearingState} - {HearingState.AWAITED, HearingState.LISTED}


@pytest.mark.parametrize("seed", LIVES)
def test_the_court_is_never_out_of_sight(db: Session, seed: int) -> None:
    life = Life(db, seed)
    for _ in range(STEPS):
        life.step()
        row, today = life.row, life.today
        facts = case_state.court_facts(row)
        flag = case_state.flag_of(row, today=today, calendar=CALENDAR)
        if blocks_closing(flag):
            assert flag.due_on is not None, "whatever is owed has a day"
            assert row.next_due_on is not None
            assert row.next_due_on <= flag.due_on, "and the queue is sorted by it, or by a nearer"
        if is_to_be_found_out(facts, today):
            assert facts.find_out_by is not None, "whoever is asked is asked by a day"
        if facts.ongoing is CaseOngoing.NO:
            assert flag.state in {CourtState.NOT_NEEDED, CourtState.MISSED, CourtState.NOTIFIED}
            assert row.next_due_on is None
        newest = max((each.known_on for each in facts.counted), default=None)
        if newest == today and flag.hearing and flag.hearing.known_on == today:
            assert flag.warning is not CourtWarning.OVERDUE or flag.state is CourtState.FIND_OUT
