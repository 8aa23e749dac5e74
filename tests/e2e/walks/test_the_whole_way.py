"""One complaint through every room: the child, the head, the manager, the court, the board."""

from datetime import UTC, datetime, timedelta
from itertools import cycle, product

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import PersonRow
from tests import sample
from tests.conftest import DATABASES, SetClock
from tests.e2e import ways
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.board import Board, Secretary
from tests.e2e.pages.child import Check, Start
from tests.e2e.pages.staff import Queue
from tests.make import a_complaint, a_compliment, a_note, a_person, an_office

SAID = "She said \"no\" \U0001f622 & 'be quiet'\nВона не слухала\nلم يسألني أحد"
WAYS = sample.many(
    small=[*zip(cycle(DATABASES), ways.to("the whole way"), strict=False)],
    full=[*product(DATABASES, ways.to("the whole way"))],
)


class Office:
    """Everybody who works on it, each in a browser of their own."""

    def __init__(self, open_page: OpenPage, transactions: Transactions, clock: SetClock) -> None:
        self._open = open_page
        self._clock = clock
        with transactions() as db:
            an_office(db, "leeds", towns="Leeds")
            roles = (
                ("Hana Head", Role.HEAD_OF_PRACTICE),
                ("Mo Manager", Role.LOCAL_MANAGER),
                ("Sec Retary", Role.BOARD_SECRETARY),
                ("Rev Iewer", Role.BOARD_REVIEWER),
            )
            self.people: dict[Role, str] = {}
            for name, role in roles:
                self.people[role] = self._person(db, name, role).id
            for day in range(14):
                told_at = datetime(2025, 11, 3, 10, tzinfo=UTC) + timedelta(days=day)
                a_complaint(
                    db, received_at=told_at, primary_topic="unfair", closed_on=told_at.date()
                )
                a_compliment(db, received_at=told_at, closed_on=told_at.date())
                a_note(db, received_at=told_at, closed_on=told_at.date())

    @staticmethod
    def _person(db: Session, name: str, role: Role) -> PersonRow:
        offices = ("leeds",) if role is Role.LOCAL_MANAGER else ()
        return a_person(db, name, role=role, offices=offices)

    def at_the_desk_of(self, role: Role) -> Page:
        """Return a page where that person is signed in now: sessions do not outlive the days."""
        return self._open(
            visit={"person": self.people[role]}, viewport={"width": 1024, "height": 800}
        )


def a_child_complains(page: Page, language: str, look: str) -> str:
    """Tell it all at 320 px, and return the secret words."""
    before = Start.open_in(page, language, look).something_was_wrong()
    at = before.go_on().on(topics=["not_listened"]).on(happened=SAID)
    at = at.on(remedies=["sorry"], wish="look_into").on(name="Pip", age="9", town="Leeds")
    at.on(method="here", supporter="no").answer(needs=["quiet"], share="no")
    return " ".join(Check(page).send().words)


@pytest.mark.long
@pytest.mark.parametrize(("database", "way"), WAYS, indirect=["database"], ids=str)
def test_a_complaint_goes_the_whole_way(
    open_page: OpenPage,
    transactions: Transactions,
    clock: SetClock,
    way: ways.Way,
) -> None:
    scripts, look, language = way
    clock.at = datetime(2026, 3, 16, 10, tzinfo=UTC)  # a Monday
    office = Office(open_page, transactions, clock)
    child = open_page(java_script_enabled=scripts)
    words = a_child_complains(child, language, look)

    queue = Queue.open(office.at_the_desk_of(Role.HEAD_OF_PRACTICE))
    queue.case("Pip").acknowledge().give_to("Mo Manager")

    clock.at = datetime(2026, 3, 20, 16, tzinfo=UTC)
    desk = office.at_the_desk_of(Role.LOCAL_MANAGER)
    case = Queue.open(desk).case("Pip").log_talk("2026-03-20")
    expect(case.main).to_contain_text("21 Apr 2026")
    expect(Queue.open(desk).row("Pip")).to_contain_text("Find out about the court")

    status = Start.open_in(child, language, look).been_here_before().enter(words)
    expect(status.main).to_contain_text("21 April" if language == "en" else "21 أبريل")
    expect(status.main).not_to_contain_text("Вона не слухала")

    case = Queue.open(desk).case("Pip").hearing_on("2026-04-02")
    expect(case.main).to_contain_text("Tell the court")
    expect(Queue.open(desk).row("Pip")).to_contain_text("Tell the court")
    Queue.open(desk).case("Pip").told_the_court_on("2026-03-20")
    expect(Queue.open(desk).row("Pip")).not_to_contain_text("Tell the court")

    case = Queue.open(desk).case("Pip").check_identity()
    case.write_answer("We are **sorry**.\n\n- We listened\n- We will")
    head = office.at_the_desk_of(Role.HEAD_OF_PRACTICE)
    Queue.open(head).case("Pip").approve()
    Queue.open(desk).case("Pip").deliver("secret words")

    now = Start.open_in(child, language, look).been_here_before().enter(words)
    answer = now.answer().read()
    expect(answer.main.locator("strong").first).to_have_text("sorry")
    expect(answer.main.get_by_role("listitem").first).to_have_text("We listened")

    clock.at = datetime(2026, 4, 22, 9, tzinfo=UTC)
    Secretary.open(office.at_the_desk_of(Role.BOARD_SECRETARY)).release()
    reviewer = office.at_the_desk_of(Role.BOARD_REVIEWER)
    expect(Board.open(reviewer, "numbers").main).to_contain_text("About 15 children")
    expect(Board.open(reviewer, "time").main).to_contain_text("Read in time")
