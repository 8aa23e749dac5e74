"""Whatever a child does after sending is somebody's to follow up. Paragraph 31b."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.follow_ups import RULES, FollowUp, Outcome
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.promises import Promise
from kids_feedback.domain.case.route.complaint_route import COMPLAINT
from kids_feedback.domain.case.route.routes import COMPLIMENT, route_of
from kids_feedback.domain.case.submission import Kind, PassOn
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.case import case_state, follow_ups
from kids_feedback.services.case.act import Act
from kids_feedback.services.casework import workflow
from kids_feedback.services.child import case_status, replies
from kids_feedback.services.errors import Incomplete, StillToFollowUp
from kids_feedback.services.reading import opened_words, queue
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import FollowUpRow
from tests.make import CALENDAR, a_complaint, a_compliment, a_note, person_of
from tests.services.acts import MONDAY, a_childs_act, a_head, a_manager, an_act, lines

TUESDAY, THURSDAY = date(2026, 3, 3), date(2026, 3, 5)


@dataclass
class Desk:
    """A case with the people who have it."""

    db: Session
    row: Case
    head: Person
    manager: Person

    def child(self, today: date = MONDAY) -> Act:
        return a_childs_act(self.db, self.row, today)

    def waits(self) -> list[FollowUpRow]:
        return follow_ups.waiting(self.db, self.row)

    def first(self, person: Person) -> queue.QueueEntry:
        """Return what stands first in somebody's queue."""
        found = queue.waiting(self.db, person, today=MONDAY, calendar=CALENDAR)
        return found.lines[0]


@pytest.fixture
def desk(db: Session) -> Desk:
    head, manager = a_head(db), a_manager(db)
    late = a_complaint(db, read_by=date(2026, 2, 2), next_due_on=date(2026, 2, 2), next_step=None)
    assert late.area_code == "east", "something else is late, and comes first until there is news"
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=manager, contacted_on=MONDAY)
    return Desk(db, row, person_of(head), person_of(manager))


def answered(desk: Desk) -> None:
    desk.row.stage, desk.row.delivered_on, desk.row.talk_on = Stage.DELIVERED, MONDAY, MONDAY
    case_state.restate(desk.row, today=MONDAY, calendar=CALENDAR)
    desk.db.flush()


def closed(desk: Desk) -> None:
    answered(desk)
    desk.row.stage, desk.row.closed_on, desk.row.next_step = Stage.CLOSED, MONDAY, None
    desk.row.next_owner = desk.row.next_due_on = None
    desk.db.flush()


def stop(act: Act) -> object:
    """Confirm what a manager heard."""
    act.row.stop_asked_on = act.today
    return replies.stop(act)


def reached_by_phone(desk: Desk) -> None:
    desk.row.method, desk.row.contact = Method.PHONE, {"phone": "07700 900123"}
    desk.db.flush()


NOTHING: Callable[[Desk], None] = lambda desk: None  # noqa: E731 - a word for "as it is"
MARKS: list[tuple[FollowUp, Callable[[Desk], None], Callable[[Act], object]]] = [
    (FollowUp.MORE_WORDS, NOTHING, lambda act: replies.send_more(act, "I am scared of Friday.")),
    (FollowUp.WORDS_AFTER_CLOSING, closed, lambda act: replies.send_more(act, "My teacher saw.")),
    (FollowUp.STOP_REQUESTED, reached_by_phone, replies.stop),
    (FollowUp.STOPPED, NOTHING, stop),
    (
        FollowUp.UNDERSTOOD,
        answered,
        lambda act: replies.say_of_answer(act, {"outcome": True}, ""),
    ),
    (
        FollowUp.NOT_QUITE,
        answered,
        lambda act: replies.say_of_answer(act, {"outcome": False}, "It was on Monday."),
    ),
    (FollowUp.ASKS_FOR_HEAD, closed, lambda act: replies.not_happy(act, "head")),
    (FollowUp.ASKS_FOR_ADVOCATE, answered, lambda act: replies.not_happy(act, "advocate")),
]
ELSEWHERE = {  # tested where a request, meeting, mail, closed day, ending or second answer is
    FollowUp.NUDGE,
    FollowUp.CONTACT_CHANGED,
    FollowUp.SUPPORTER_CHANGED,
    FollowUp.WAY_REQUESTED,
    FollowUp.SUPPORTER_REQUESTED,
    FollowUp.TO_ASK_AGAIN,
    FollowUp.REQUEST_TAKEN_BACK,
    FollowUp.ASKED_AGAIN,
    FollowUp.WAY_NOT_SAFE,
    FollowUp.WAY_TO_CONFIRM,
    FollowUp.MEETING_PICKED,
    FollowUp.MEETING_SUGGESTED,
    FollowUp.MEETING_DECLINED,
    FollowUp.WANTS_IT_AFTER_ALL,
    FollowUp.EMAIL_FAILED,
    FollowUp.MEETING_ON_CLOSED_DAY,
    FollowUp.ENDING_PROPOSED,
    FollowUp.ENDING_REJECTED,
    FollowUp.CHANGE_TO_CHECK,
    FollowUp.CHANGE_TO_GIVE,
    FollowUp.NOT_IN_CASE_FILE,
}


def test_every_mark_that_a_child_can_make_is_walked_here_or_named() -> None:
    assert {what for what, _, _ in MARKS} | ELSEWHERE == set(FollowUp)


def test_every_act_of_a_child_leaves_something_to_follow_up() -> None:
    """Unless it says nothing: that an answer was read, or words beside what was said of it."""
    silent = {
        row.step
        for route in (COMPLAINT, COMPLIMENT)
        for row in route.transitions
        if Actor.CHILD in row.by and row.opens is None
    }
    assert silent <= {Step.ADD, Step.READ_ANSWER, Step.READ_LETTER}
    opened = {
        row.opens for route in (COMPLAINT, COMPLIMENT) for row in route.transitions if row.opens
    }
    assert opened == set(FollowUp)


@pytest.mark.parametrize(("what", "before", "mark"), MARKS, ids=lambda item: str(item)[:20])
def test_each_mark_of_a_child_rises_at_once_until_somebody_opens_it(
    desk: Desk,
    what: FollowUp,
    before: Callable[[Desk], None],
    mark: Callable[[Act], object],
) -> None:
    before(desk)
    mark(desk.child())
    (waiting,) = desk.waits()
    assert (waiting.what, waiting.opened_on) == (what, MONDAY)
    assert waiting.due_on == CALENDAR.add(MONDAY, RULES[what].in_working_days)
    after_answer = desk.row.stage in {Stage.DELIVERED, Stage.CLOSED}
    by_head = RULES[what].for_head or after_answer
    assert waiting.owner is (Role.HEAD_OF_PRACTICE if by_head else Role.LOCAL_MANAGER)
    row = desk.first(desk.head)
    assert (row.id, row.is_news) == (desk.row.id, True)
    assert [item.what for item in row.follow_ups] == [what]
    workflow.open_follow_ups(an_act(desk.db, desk.row, desk.head))
    assert not queue_row_is_news(desk)


def queue_row_is_news(desk: Desk) -> bool:
    found = queue.waiting(desk.db, desk.head, today=MONDAY, calendar=CALENDAR)
    return any(line.is_news for line in found.lines)


def test_words_wait_until_who_has_the_case_has_read_them(desk: Desk) -> None:
    replies.send_more(desk.child(), "And more.")
    opened_words.open_statement(an_act(desk.db, desk.row, desk.head))
    assert [item.seen_on for item in desk.waits()] == [MONDAY], "seen, and still the manager's"
    opened_words.open_statement(an_act(desk.db, desk.row, desk.manager))
    assert desk.waits() == []
    assert desk.row.follow_up_by is None


def test_closing_is_refused_while_something_waits(desk: Desk) -> None:
    desk.row.ongoing = False
    answered(desk)
    replies.not_happy(desk.child(), "head")
    for who in (desk.head, desk.manager):
        with pytest.raises(StillToFollowUp) as refused:
            workflow.close(an_act(desk.db, desk.row, who))
        assert refused.value.what == (FollowUp.ASKS_FOR_HEAD,)
    (waiting,) = desk.waits()

    def spoke(who: Person, outcome: Outcome = Outcome.SPOKE, note: str = "We talked.") -> None:
        act = an_act(desk.db, desk.row, who)
        workflow.follow_up(act, follow_up_id=waiting.id, outcome=outcome, note=note)

    with pytest.raises(StepNotOpen):
        spoke(desk.manager)
    with pytest.raises(Incomplete):
        spoke(desk.head, note=" ")
    with pytest.raises(NotFound):
        spoke(desk.head, Outcome.NOTHING_NEW)
    spoke(desk.head)
    workflow.close(an_act(desk.db, desk.row, desk.head))
    assert desk.row.stage is Stage.CLOSED


def test_praise_is_not_passed_on_before_more_words_are_read(db: Session) -> None:
    head = person_of(a_head(db))
    row = a_compliment(db, pass_on=PassOn.NO)
    replies.send_more(a_childs_act(db, row), "And the room was warm.")
    with pytest.raises(StillToFollowUp):
        workflow.pass_on(an_act(db, row, head), told=False)
    opened_words.open_statement(an_act(db, row, head))
    workflow.pass_on(an_act(db, row, head), told=False)


def test_new_words_bring_a_closed_case_back_in_sight_until_somebody_says_what_follows(
    desk: Desk,
) -> None:
    closed(desk)
    assert desk.row.id not in {line.id for line in queue_of(desk)}
    replies.send_more(desk.child(), "My teacher saw it.")
    assert desk.row.id in {line.id for line in queue_of(desk)}
    (waiting,) = desk.waits()
    opened_words.open_statement(an_act(desk.db, desk.row, desk.head))
    assert desk.waits() == [waiting], "read, and still to be answered for"
    workflow.follow_up(
        an_act(desk.db, desk.row, desk.head),
        follow_up_id=waiting.id,
        outcome=Outcome.NOTHING_NEW,
        note="It was in the answer.",
    )
    assert desk.row.id not in {line.id for line in queue_of(desk)}
    replies.send_more(desk.child(), "And another thing.")
    workflow.reopen(an_act(desk.db, desk.row, desk.head), note="There is more to it.")
    assert (desk.row.stage, desk.row.closed_on) == (Stage.DELIVERED, None)
    assert desk.waits() == []


def queue_of(desk: Desk) -> tuple[queue.QueueEntry, ...]:
    return queue.waiting(desk.db, desk.head, today=MONDAY, calendar=CALENDAR).lines


def test_a_stop_is_for_the_head_and_closing_is_what_ends_it(desk: Desk) -> None:
    desk.row.ongoing = False
    stop(desk.child())
    with pytest.raises(StepNotOpen):
        workflow.close(an_act(desk.db, desk.row, desk.manager))
    workflow.close(an_act(desk.db, desk.row, desk.head))
    assert (desk.row.stage, desk.row.kind) == (Stage.CLOSED, Kind.COMPLAINT)
    assert desk.waits() == []


def test_i_do_want_it_brings_all_back_clock_included(desk: Desk) -> None:
    desk.row.ongoing = False
    before = (desk.row.stage, desk.row.contact_by, desk.row.talk_by)
    stop(desk.child())
    owed = {item.promise for item in case_state.owed_of(desk.row)}
    assert not owed & {Promise.CONTACT, Promise.TALK, Promise.ANSWER}
    replies.resume(desk.child(TUESDAY))
    assert (desk.row.stage, desk.row.contact_by, desk.row.talk_by) == before
    assert desk.row.stopped_on is None
    assert FollowUp.WANTS_IT_AFTER_ALL in {item.what for item in desk.waits()}


def test_a_note_becomes_a_complaint_from_the_day_on_which_the_child_says_so(db: Session) -> None:
    head = a_head(db)
    row = a_note(db, stage=Stage.CLOSED, closed_on=MONDAY, acknowledged_on=MONDAY)
    replies.ask_for_more(a_childs_act(db, row, THURSDAY), Allowances())
    assert (row.kind, row.stage, row.closed_on) == (Kind.COMPLAINT, Stage.ACKNOWLEDGED, None)
    assert row.asked_on == THURSDAY
    assert row.contact_by == CALENDAR.add(THURSDAY, Allowances().contact)
    assert lines(db, row) == ["asked_for_more"]
    assert case_state.next_step(row) is Step.ALLOCATE
    assert route_of(row.kind) is COMPLAINT
    assert head.role is Role.HEAD_OF_PRACTICE


def test_the_child_sees_who_has_it_and_by_when_and_then_that_it_was_done(desk: Desk) -> None:
    replies.send_more(desk.child(), "And more.")
    (shown,) = case_status.status(desk.db, desk.row.id, today=MONDAY).follow_ups
    assert (shown.who, shown.by, shown.ended_on) == ("Max Manager", TUESDAY, None)
    opened_words.open_statement(an_act(desk.db, desk.row, desk.manager, TUESDAY))
    (shown,) = case_status.status(desk.db, desk.row.id, today=TUESDAY).follow_ups
    assert (shown.outcome, shown.ended_on) == (Outcome.SEEN, TUESDAY)


def test_the_same_again_waits_once_and_is_new_again(desk: Desk) -> None:
    replies.send_more(desk.child(), "One.")
    workflow.open_follow_ups(an_act(desk.db, desk.row, desk.head))
    assert desk.row.news_on is None
    replies.send_more(desk.child(TUESDAY), "Two.")
    assert len(desk.waits()) == 1
    assert desk.row.news_on == MONDAY, "the day since which it waits"
