"""The case page, and who looked at what. docs/procedure.md, paragraphs 12, 24, 30 and 31."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import AnswerClock
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import CourtState
from kids_feedback.domain.case.procedure import ACCESS_STEPS, Stage, Step
from kids_feedback.domain.case.safety import USUAL
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.case import events
from kids_feedback.services.casework import safeguarding, workflow
from kids_feedback.services.casework.contact import contact_log
from kids_feedback.services.casework.contact.contact_log import Channel
from kids_feedback.services.casework.court import court_notice
from kids_feedback.services.child import replies
from kids_feedback.services.reading import case_file, opened_words
from kids_feedback.services.reading.case_file import CaseFile
from kids_feedback.storage.tables.case import Case
from tests.make import WORDS, a_complaint, a_note, a_person, person_of
from tests.services.acts import (
    BY_EMAIL,
    MONDAY,
    a_childs_act,
    a_head,
    a_manager,
    acknowledge,
    an_act,
    lines,
)

AT_ANY_TIME = frozenset(
    {
        Step.OPEN_STATEMENT,
        Step.OPEN_CONTACT,
        Step.SAFEGUARDING,
        Step.DECIDE_SAFETY,
        Step.REPLACE_WORDS,
        Step.CHECK_IDENTITY,
        Step.WRITE_TO_CHILD,
    }
)
FRIDAY = date(2026, 3, 20)


def page_of(db: Session, row: Case, person: Person, today: date = MONDAY) -> CaseFile:
    return case_file.of_case(an_act(db, row, person, today))


def test_a_new_complaint_shows_what_comes_next(db: Session) -> None:
    worker = a_person(db)
    row = a_complaint(db, about=[worker], office="eastham", needs=["big_print"], supporter="yes")
    page = page_of(db, row, person_of(a_head(db)))
    assert (page.id, page.version, page.stage) == (row.id, row.version, Stage.RECEIVED)
    assert (page.child.name, page.child.method, page.child.needs) == (
        "Robin",
        Method.HERE,
        ("big_print",),
    )
    assert (page.summary.kind, page.summary.received_on) == (Kind.COMPLAINT, MONDAY)
    assert (page.allocation.area, page.allocation.office, page.allocation.manager) == (
        "East",
        "Eastham",
        None,
    )
    assert [(person.name, person.line_manager_may) for person in page.allocation.about] == [
        ("Ada Moss", False)
    ]
    assert (page.next_step, page.next_due_on, page.days_left) == (
        Step.ACKNOWLEDGE,
        date(2026, 3, 3),
        1,
    )
    assert page.steps == {
        Step.ROUTE,
        Step.ACKNOWLEDGE,
        Step.COURT_ONGOING,
        Step.COURT_HEARING,
        Step.CHANGE_HEARING,
        Step.COURT_TOLD,
        Step.COURT_CHILD_TOLD,
        Step.TAKE_NOTICE_BACK,
        Step.SEND_DELAY_NOTICE,
        Step.NAME_WORKER,
        Step.SAY_ENDED,
        *AT_ANY_TIME,
    }
    assert page.clock is None
    assert page.court.flag.state is CourtState.FIND_OUT
    looked = an_act(db, row, person_of(a_head(db)))
    assert (events.talks_of(looked), events.events_of(looked)) == ((), [])


def test_what_is_not_routed_is_on_nobodys_desk_yet(db: Session) -> None:
    desk = person_of(a_person(db, "Cleo Desk", role=Role.CUSTOMER_SERVICE))
    page = page_of(db, a_complaint(db, area=None), desk)
    assert (page.allocation.area, page.allocation.office, page.next_step) == (
        None,
        None,
        Step.ROUTE,
    )


def test_a_closed_case_waits_for_nothing(db: Session) -> None:
    head, row = person_of(a_head(db)), a_note(db, stage=Stage.ACKNOWLEDGED)
    workflow.close(an_act(db, row, head))
    page = page_of(db, row, head)
    assert (page.next_step, page.days_left) == (None, None)
    assert page.steps == AT_ANY_TIME | {Step.REOPEN}
    assert page.key_dates.closed_on == MONDAY


def test_no_text_of_the_child_is_on_the_page(db: Session) -> None:
    row = a_complaint(db, contact={"phone": "07700 900123"}, helper={"name": "Gran"})
    replies.send_more(a_childs_act(db, row), "And more.")
    head = person_of(a_head(db))
    lines_shown = events.events_of(an_act(db, row, head))
    shown = repr((page_of(db, row, head), lines_shown))
    for secret in (WORDS["what"], "07700", "Gran", "And more."):
        assert secret not in shown
    assert "added" in shown


def given(db: Session, **columns: Any) -> tuple[Case, Person]:
    manager = a_manager(db)
    row = a_complaint(db, **{"stage": Stage.ALLOCATED, "manager": manager, **columns})
    return row, person_of(manager)


def talk(db: Session, row: Case, manager: Person, *, still_wants: bool = True) -> None:
    contact_log.log_talk(
        an_act(db, row, manager, FRIDAY),
        talk_on=FRIDAY,
        way=Channel.MEET,
        present="",
        wants="To be asked.",
        still_wants=still_wants,
        why_way="Robin came by.",
    )


def test_the_clock_shows_its_sum(db: Session) -> None:
    row, manager = given(db)
    talk(db, row, manager)
    page = page_of(db, row, manager, FRIDAY)
    assert page.clock == AnswerClock(
        talk_on=FRIDAY,
        due_on=date(2026, 4, 21),
        not_counted=(date(2026, 4, 3), date(2026, 4, 6)),
    )
    assert (page.next_due_on, page.days_left) == (date(2026, 4, 21), 20)
    assert page.allocation.manager is not None
    assert page.allocation.manager.name == "Max Manager"
    (held,) = events.talks_of(an_act(db, row, manager))
    assert (held.talk_on, held.way, held.who, held.present, held.wants) == (
        FRIDAY,
        "meet",
        "Max Manager",
        "",
        "To be asked.",
    )
    assert page_of(db, row, manager, date(2026, 4, 22)).days_left == -1


def test_a_note_has_no_clock(db: Session) -> None:
    head, row = person_of(a_head(db)), a_note(db)
    assert page_of(db, row, head, FRIDAY).clock is None


def test_the_history_says_who_did_what(db: Session) -> None:
    head, row = person_of(a_head(db)), a_complaint(db)
    acknowledge(db, row, head)
    court_notice.tell_child(an_act(db, row, head))
    page = page_of(db, row, head)
    looked = an_act(db, row, head)
    assert [(line.who, line.what) for line in events.events_of(looked)] == [
        ("Hana Head", "opened_words"),
        ("Hana Head", "acknowledge"),
        ("Hana Head", "court_child_told"),
    ]
    assert [line.what for line in events.events_of(looked, *ACCESS_STEPS)] == ["opened_words"]
    assert page.court.child_told


def test_opening_the_words_is_kept_and_leaves_the_version_alone(db: Session) -> None:
    head, row = person_of(a_head(db)), a_complaint(db, language="cy")
    version = row.version
    replies.send_more(a_childs_act(db, row), "And more.")
    nothing = a_childs_act(db, row)
    nothing.take(Step.ADD)
    nothing.record()
    words = opened_words.open_statement(an_act(db, row, head))
    assert (words.language, words.answers) == ("cy", WORDS)
    assert [addition.answers for addition in words.added] == [{"happened": "And more."}, {}]
    assert lines(db, row)[-1] == "opened_words"
    assert row.version == version


def test_opening_the_contact_details_is_kept(db: Session) -> None:
    helper = {"helper_name": "Gran"}
    head = person_of(a_head(db))
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL, helper=helper)
    contact = opened_words.open_contact(an_act(db, row, head))
    assert (contact.method, contact.tell_by) == (Method.EMAIL, Method.EMAIL)
    assert (contact.details, contact.helper) == (BY_EMAIL, helper)
    assert contact.may_name_ourselves
    assert lines(db, row) == ["opened_contact"]


def test_a_child_who_said_little_has_little_to_open(db: Session) -> None:
    head, row = person_of(a_head(db)), a_note(db, statement=None, method=None)
    assert opened_words.open_statement(an_act(db, row, head)).answers == {}
    contact = opened_words.open_contact(an_act(db, row, head))
    assert (contact.method, contact.tell_by, contact.details, contact.helper) == (
        None,
        Method.HERE,
        {},
        {},
    )


def test_anybody_with_the_case_starts_a_handover_at_once(db: Session) -> None:
    row, manager = given(db)
    version = row.version
    safeguarding.start(an_act(db, row, manager), USUAL)
    (line,) = events.events_of(an_act(db, row, manager))
    assert (line.what, line.note) == ("handover", None)
    assert page_of(db, row, manager).version == version


def test_nobody_barred_opens_anything_and_nothing_is_kept_of_it(db: Session) -> None:
    head = a_head(db)
    row = a_complaint(db, about=[head])
    barred = person_of(head)
    for look in (
        opened_words.open_statement,
        opened_words.open_contact,
        lambda act: safeguarding.start(act, USUAL),
    ):
        with pytest.raises(NotFound):
            look(an_act(db, row, barred))
    with pytest.raises(NotFound):
        page_of(db, row, barred)
    assert lines(db, row) == []
