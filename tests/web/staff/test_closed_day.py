"""A day is closed: what both sides then read. Told and talked on Monday 2 March 2026."""

from datetime import date, datetime

import pytest

from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.promises import Promise
from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.services.casework import delay_notices
from kids_feedback.services.casework.days import working_days
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.meetings import Meeting
from tests.conftest import SetClock
from tests.make import LONDON, NOW, person_of
from tests.services.acts import an_act, moment
from tests.web.child.back.test_case_status import KEY, WORDS, come_back
from tests.web.conftest import SignIn
from tests.web.page import Visitor, follow, get
from tests.web.staff.pages import Staff, a_given_case, a_talked_case, address, some_staff

TALK, CLOSED, LATER = date(2026, 3, 2), date(2026, 3, 25), date(2026, 4, 1)


@pytest.fixture
def team(transactions: Transactions) -> Staff:
    with transactions() as db:
        return some_staff(db)


def close(transactions: Transactions, day: date, today: date) -> None:
    with transactions() as db:
        working_days.close_day(db, day, "A coronation", now=moment(today).now, today=today)


def first_line(desk: Visitor, case: Case) -> str:
    return get(desk, address(case)).texts(".timeline p")[0]


def test_both_sides_read_one_sum_and_it_is_true_whenever_a_day_is_closed(
    signed_in: SignIn, transactions: Transactions, team: Staff, child: Visitor, clock: SetClock
) -> None:
    with transactions() as db:
        case = a_talked_case(db, team, fingerprint=fingerprint(" ".join(WORDS), KEY))
    close(transactions, CLOSED, TALK)
    close(transactions, date(2026, 3, 27), LATER)  # the promise is broken: it counted that day
    clock.forward(days=30)
    page = get(signed_in(team.manager), address(case))
    assert "20 working days from Mon 2 Mar 2026 is Tue 31 Mar 2026 (25 Mar not counted)." in (
        page.text
    )
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert "Your answer is late. We said Tuesday 31 March." in page.text
    assert page.texts("details li") == ["Wednesday 25 March"]


def test_the_history_says_what_moved(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    with transactions() as db:
        case = a_talked_case(db, team)
        act, later = an_act(db, case, person_of(team.manager)), date(2026, 4, 8)
        delay_notices.send_delay_notice(act, promise=Promise.ANSWER, new_on=later, reason="Ill.")
    close(transactions, CLOSED, TALK)
    assert first_line(signed_in(team.manager), case) == (
        "Wed 25 Mar 2026 was made a non-working day, so the answer is due by "
        "Tue 31 Mar 2026, not Mon 30 Mar 2026; the child is told of the answer by "
        "Thu 9 Apr 2026, not Wed 8 Apr 2026."
    )


def test_the_history_says_what_moved_back(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    with transactions() as db:
        case = a_talked_case(db, team)
    close(transactions, CLOSED, TALK)
    with transactions() as db:
        working_days.open_day(db, CLOSED, now=NOW, today=TALK)
    assert first_line(signed_in(team.manager), case) == (
        "Wed 25 Mar 2026 is a working day after all, so the answer is due by "
        "Mon 30 Mar 2026, not Tue 31 Mar 2026."
    )


@pytest.mark.parametrize("opened", [False, True], ids=["closed", "opened again"])
def test_the_history_says_that_a_meeting_is_to_be_asked_about(
    signed_in: SignIn, transactions: Transactions, team: Staff, *, opened: bool
) -> None:
    start = datetime(2026, 3, 25, 16, tzinfo=LONDON)
    with transactions() as db:
        case = a_given_case(db, team, meeting_at=start)
        db.add(
            Meeting(
                case_id=case.id,
                state=MeetingState.AGREED,
                offered_by=team.manager.id,
                minutes=45,
                starts_at=start,
            )
        )
    close(transactions, CLOSED, TALK)
    line = (
        "You are to meet the child on Wed 25 Mar 2026, on which nobody works now: "
        "ask the child whether that day still suits."
    )
    if opened:
        with transactions() as db:
            working_days.open_day(db, CLOSED, now=NOW, today=TALK)
        line = (
            "You are to meet the child on Wed 25 Mar 2026, on which people work after all: "
            "if you asked whether that day still suits, say so to the child."
        )
    assert first_line(signed_in(team.manager), case) == line


def test_the_history_says_that_an_offered_time_is_to_be_looked_at(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    with transactions() as db:
        case = a_given_case(db, team)
        db.add(
            Meeting(
                case_id=case.id,
                state=MeetingState.OFFERED,
                offered_by=team.manager.id,
                minutes=45,
                details={"slots": ["2026-03-25T16:00:00+00:00"], "places": ["The park"]},
            )
        )
    close(transactions, CLOSED, TALK)
    assert first_line(signed_in(team.manager), case) == (
        "You offered the child a time on Wed 25 Mar 2026, on which nobody works now: "
        "check whether you can keep it, or offer other times."
    )
