"""What the tests of the court and of its hearings share."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.court_notice import CaseOngoing, CourtState, CourtWarning
from kids_feedback.domain.case.hearings import HearingState
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Person
from kids_feedback.services.case import case_state
from kids_feedback.services.case.act import Saved
from kids_feedback.services.casework.court import court_notice, hearings
from kids_feedback.storage.tables.case import Case, Hearing
from tests.make import CALENDAR, a_complaint, person_of
from tests.services.acts import MONDAY, a_manager, an_act

PROMISES = Allowances()
HEARING = date(2026, 4, 2)  # a Thursday
LATER = date(2026, 4, 30)  # another
AFTER = date(2026, 4, 8)  # two working days after the hearing, over Easter
FRIDAY = date(2026, 3, 20)


def answered(db: Session) -> tuple[Case, Person]:
    manager = a_manager(db)
    on_time = {"talk_on": MONDAY, "delivered_on": MONDAY}
    row = a_complaint(db, stage=Stage.DELIVERED, manager=manager, court_asked_on=MONDAY, **on_time)
    return row, person_of(manager)


def hear(
    db: Session,
    row: Case,
    person: Person,
    hearing_on: date | None,
    today: date = MONDAY,
    **more: Any,
) -> Saved:
    act = an_act(db, row, person, today)
    return hearings.set_hearing(act, hearing_on=hearing_on, promises=PROMISES, **more)


def change(
    db: Session,
    row: Case,
    person: Person,
    state: HearingState,
    today: date = MONDAY,
    *,
    which: int = 0,
    **more: Any,
) -> Saved:
    return hearings.change_hearing(
        an_act(db, row, person, today),
        hearing_id=row.hearings[which].id,
        state=state,
        promises=PROMISES,
        **more,
    )


def tell(
    db: Session,
    row: Case,
    person: Person,
    *,
    complaint_on: date | None = None,
    doing_on: date | None = None,
    today: date = FRIDAY,
) -> Saved:
    act = an_act(db, row, person, today)
    return court_notice.tell_court(
        act, complaint_on=complaint_on, doing_on=doing_on, promises=PROMISES
    )


def tell_both(db: Session, row: Case, person: Person, on: date) -> Saved:
    return tell(db, row, person, complaint_on=on, doing_on=on, today=on)


def say(db: Session, row: Case, person: Person, ongoing: CaseOngoing, today: date = MONDAY) -> None:
    act = an_act(db, row, person, today)
    court_notice.set_ongoing(act, ongoing=ongoing, promises=PROMISES, note="Asked the team.")


def state(row: Case, today: date) -> tuple[CourtState, CourtWarning]:
    flag = case_state.flag_of(row, today=today, calendar=CALENDAR)
    return flag.state, flag.warning


def told(row: Hearing) -> tuple[date | None, date | None]:
    return row.told_complaint_on, row.told_doing_on


def kept(row: Case) -> list[tuple[date | None, HearingState]]:
    return [(hearing.hearing_on, hearing.state) for hearing in row.hearings]
